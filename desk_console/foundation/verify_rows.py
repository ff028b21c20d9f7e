"""What the parts of `verify` have in common: rows that are read whatever stands in them.

Whoever changes a file with an SQL tool may put anything anywhere: a text where a number was, no
JSON, a hundred brackets, bytes that are no text. All of that is found, and nothing of it ends the
reading.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from desk_console.foundation.canonical import canonical, sha256

Found = Callable[..., None]
"""Takes in what is not as it was sealed: its place, the key of what is said, values."""
Gone = Callable[[str, object], bool]
"""Is told of words that are missing: their place, and the row of the order. Did that take them?"""
Rows = Callable[[str], Iterable[dict[str, Any]]]
"""The rows of a query, by the names of their columns."""

_DEEPEST = 40
"""More levels than anything has that the program writes."""


def text_of(stored: bytes) -> str:
    """The text that stands there; bytes that are none are kept as signs that no text has."""
    return stored.decode(errors="surrogateescape")


def bytes_of(text: object) -> bytes:
    """The bytes that stood there."""
    return str(text).encode(errors="surrogateescape")


def sayable(value: object) -> object:
    """What of a file may be said of it: a text without the signs that no screen can write."""
    return value.encode(errors="replace").decode() if isinstance(value, str) else value


def parsed(text: object) -> Any:
    """The JSON that stands there, None where it is none."""
    try:
        found = json.loads(text)  # type: ignore[arg-type] # a number or a blob, if it was changed
    except (TypeError, ValueError, RecursionError):
        return None
    return found if _fits(found, _DEEPEST) else None


def _fits(value: object, levels: int) -> bool:
    layer = [value]
    for _ in range(levels):
        layer = [
            inner
            for each in layer
            if isinstance(each, dict | list)
            for inner in (each.values() if isinstance(each, dict) else each)
        ]
        if not layer:
            return True
    return False


def parsed_object(text: object) -> dict[str, Any]:
    """The JSON object that stands there, empty where it is none."""
    found = parsed(text)
    return found if isinstance(found, dict) else {}


def is_as_stored(value: object) -> bool:
    """Has every sign in it the form in which the program stores it? One that is another's twin
    (U+F981 of 女) has the same canonical form, and so the same digest.
    """
    match value:
        case str():
            return unicodedata.is_normalized("NFC", value) or all(
                unicodedata.is_normalized("NFC", sign) for sign in value
            )
        case dict():
            return all(is_as_stored(each) for pair in value.items() for each in pair)
        case list():
            return all(map(is_as_stored, value))
        case _:
            return True


def salted(salt: object, words: Mapping[str, object]) -> str:
    """The digest of words with their salt; empty, as no digest is, where they have none."""
    if not is_as_stored(words):
        return ""
    try:
        return sha256(canonical({"salt": salt, "words": words}))
    except (TypeError, ValueError):
        return ""
