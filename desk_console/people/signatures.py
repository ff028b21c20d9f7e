"""Signatures: what a signed statement says, and whether it holds.

A statement binds a person, the role in which they sign, the meaning in words, the time and the
digest of exactly what they were shown. Its bytes are stored as signed and never made again.
"""

import json
from collections.abc import Mapping
from datetime import datetime

from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

from desk_console.foundation.canonical import canonical, canonical_text, instant_text, sha256
from desk_console.foundation.refusal import ALLOWED, Verdict, refuse
from desk_console.people.records import SignedStatement

APP = "desk-console/1"
"""What every statement begins with: a signature made elsewhere never counts here."""


def digest(content: Mapping[str, object]) -> str:
    """The SHA-256 of the canonical form of what the signer was shown."""
    return sha256(canonical(content))


def statement(
    *,
    subject: str,
    content: Mapping[str, object],
    meaning: str,
    role: str,
    person_id: int,
    public_key: str,
    at: datetime,
) -> str:
    """The statement to sign, in canonical JSON."""
    return canonical_text(
        {
            "app": APP,
            "subject": subject,
            "digest": digest(content),
            "meaning": meaning,
            "role": role,
            "person": person_id,
            "public_key": public_key,
            "at": at,
        }
    )


def verify_signature(
    signed: SignedStatement,
    *,
    enrolled: str,
    content: Mapping[str, object] | None = None,
    role: str | None = None,
) -> Verdict:
    """Does the signature hold, made with the `enrolled` public key of the person it names?

    `content` and `role`, where given, must be what was signed. A stored column that says other than
    the signed bytes is found too.
    """
    try:
        says = json.loads(signed.statement)
        is_canonical = canonical_text(says) == signed.statement
    except (ValueError, TypeError, RecursionError):
        return refuse(None, "people.signature_unreadable")
    expected = {
        "app": APP,
        "subject": signed.subject,
        "meaning": signed.meaning,
        "person": signed.person_id,
        "public_key": signed.public_key,
        "at": instant_text(signed.at),
    }
    if not is_canonical or not isinstance(says, dict):
        return refuse(None, "people.signature_unreadable")
    if any(says.get(name) != value for name, value in expected.items()):
        return refuse(None, "people.signature_moved")
    if signed.public_key != enrolled:
        return refuse(None, "people.signature_other_key")
    if role is not None and says.get("role") != role:
        return refuse(None, "people.signature_moved")
    if content is not None and says.get("digest") != digest(content):
        return refuse(None, "people.signature_other_content")
    try:
        VerifyKey(bytes.fromhex(enrolled)).verify(
            signed.statement.encode(), bytes.fromhex(signed.signature)
        )
    except (BadSignatureError, ValueError, TypeError):
        return refuse(None, "people.signature_false")
    return ALLOWED


def role_of(statement: str) -> str:
    """The role in which a statement was signed; empty where it cannot be read."""
    try:
        says = json.loads(statement)
    except (ValueError, TypeError, RecursionError):
        return ""
    return str(says.get("role", "")) if isinstance(says, dict) else ""
