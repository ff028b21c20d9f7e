"""Verification of signatures: is each made with its person's key, and does the chain name it so?

A part of `verify`: a signature that verifies says nothing of where it stands. Who signed what, and
when, is in the journal's row that names the signature; one of a handover that none names was put
in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desk_console.foundation.canonical import canonical_text
from desk_console.foundation.verify_rows import Found, Rows, parsed

_OF_HANDOVERS = "handover_"
"""How the subjects begin whose signatures the journal always names."""


@dataclass(frozen=True, slots=True)
class _Named:
    """What the journal says of one signature."""

    at: object
    by: object
    about: str
    """The subject signed, or how it begins where it ends in a dot."""
    content: object

    def is_of(self, row: Mapping[str, Any], statement: Mapping[str, Any]) -> bool:
        """Is it the signature that stands there, with what it states?"""
        subject = str(row["subject"])
        is_about = subject == self.about or subject.startswith(f"{self.about}.")
        is_over = self.content is None or statement.get("digest") == self.content
        return is_about and is_over and (row["at"], row["person_id"]) == (self.at, self.by)


class Signatures:
    """The keys and signatures that the journal names, to be held against their rows."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        self._keys: dict[str, object] = {}
        self._named: dict[int, _Named] = {}
        self.count = 0

    def note(self, row: Mapping[str, Any], body: Mapping[str, Any]) -> None:
        """Takes in a row of the journal."""
        if isinstance(key := body.get("public_key"), str):
            self._keys[key] = body.get("person_id", row["person_id"])
        if isinstance(number := body.get("signature"), int):
            about, content = _about(row, body), body.get("content")
            over = content if isinstance(content, str) else None
            self._named[number] = _Named(row["at"], row["person_id"], about, over)

    def check(self, rows: Rows, found: Found) -> None:
        """Holds the rows against it."""
        missing = set(self._named)
        for row in rows("select * from signature order by id"):
            self.count += 1
            missing.discard(row["id"])
            if (fault := self._fault(row)) is not None:
                found(f"signature:{row['id']}", fault)
        for number in sorted(missing):
            found(f"signature:{number}", "foundation.verify_record_missing")

    def check_keys(self, rows: Rows, found: Found) -> None:
        """Holds the keys that stand in the file against those that were enrolled."""
        for row in rows("select * from signing_key order by id"):
            if self._keys.get(row["public_key"]) != row["person_id"]:
                found(f"signing_key:{row['id']}", "foundation.verify_key_unknown")

    def _fault(self, row: Mapping[str, Any]) -> str | None:
        if (statement := _statement(row)) is None:
            return "foundation.verify_signature_bad"
        stated = {name: row[name] for name in ("subject", "meaning", "public_key", "at")}
        if any(statement.get(name) != value for name, value in stated.items()):
            return "foundation.verify_signature_moved"
        if self._keys.get(row["public_key"]) != row["person_id"]:
            return "foundation.verify_key_unknown"
        named = self._named.get(row["id"])
        if named is None:
            is_known = not str(row["subject"]).startswith(_OF_HANDOVERS)
            return None if is_known else "foundation.verify_unjournaled"
        return None if named.is_of(row, statement) else "foundation.verify_signature_moved"


def _about(row: Mapping[str, Any], body: Mapping[str, Any]) -> str:
    """What a signature is under that a journal row names. Of a matter that is a step of it, of a
    note its words, of a release the matter and how important it was.
    """
    match row["act"]:
        case "handover.signed":
            return f"handover_version:{body.get('version')}"
        case "handover.note":
            return f"handover_note:{body.get('handover')}.{str(body.get('digest'))[:16]}"
        case "handover.released":
            about = (body.get(name) for name in ("handover", "matter", "importance"))
            return f"handover_release:{'.'.join(map(str, about))}"
        case _:
            return str(row["subject"])


def _statement(row: Mapping[str, Any]) -> dict[str, Any] | None:
    """What is stated; None where that is not in its canonical form, or not signed with the key
    beside it.
    """
    from nacl.exceptions import BadSignatureError
    from nacl.signing import VerifyKey

    try:
        statement = parsed(row["statement"])
        if not isinstance(statement, dict) or canonical_text(statement) != row["statement"]:
            return None
        VerifyKey(bytes.fromhex(row["public_key"])).verify(
            row["statement"].encode(), bytes.fromhex(row["signature"])
        )
    except (BadSignatureError, ValueError, TypeError):
        return None
    return statement
