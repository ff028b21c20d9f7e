"""The canonical form: the one way to write a value as bytes, so that a hash or signature can be
made again.

JSON with sorted keys, no blanks, text composed (NFC), whole numbers only. Instants are written in
UTC to the microsecond. The writers and `verify` share this module and nothing else.
"""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import Enum


def canonical(value: object) -> bytes:
    """The bytes of a value: None, bool, int, str, instants, dates, and lists and mappings of these.

    Raises TypeError for anything else; a float has no single spelling and is refused.
    """
    return json.dumps(
        _plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def canonical_text(value: object) -> str:
    """The canonical form as text, as it is stored."""
    return canonical(value).decode()


def sha256(content: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def words_digest(salt: str, words: Mapping[str, object]) -> str:
    """The salted digest that the journal keeps in place of the words; the salt stands beside the
    words and goes with them when they are erased by order.
    """
    return sha256(canonical({"salt": salt, "words": words}))


def instant_text(instant: datetime) -> str:
    """An aware instant as stored everywhere: UTC, to the microsecond, fixed width, ending in Z."""
    if instant.tzinfo is None:
        raise TypeError("an instant without a zone cannot be stored")
    return instant.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _plain(value: object) -> object:
    if type(value) is str:  # most are: asked first
        return unicodedata.normalize("NFC", value)
    match value:
        case Enum():
            return _plain(value.value)
        case None | bool() | int():
            return value
        case str():
            return unicodedata.normalize("NFC", value)
        case datetime():
            return instant_text(value)
        case date():
            return value.isoformat()
        case Mapping():
            return {str(key): _plain(each) for key, each in value.items()}
        case list() | tuple():
            return [_plain(each) for each in value]
        case _:
            raise TypeError(f"{type(value).__name__} has no canonical form")
