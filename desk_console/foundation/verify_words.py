"""Verification of words: those that stand outside the chain, by the digests that it holds of them.

A part of `verify`: which words a digest is made of is stated here a second time, on purpose.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from desk_console.foundation.verify_rows import Found, Gone, parsed, salted

DIGESTED: Mapping[str, tuple[str, ...]] = {
    "entry": ("caller", "unit_text", "phone", "content", "action", "result", "particulars"),
    "addition": ("words", "reason", "particulars"),
    "handover_note": ("words",),
    "handover_refusal": ("reason",),
    "handover_release": ("reason",),
    "matter_event": ("words", "facts"),
    "notice_reply": ("who", "words"),
    "resident_change": ("was", "becomes", "reason"),
}
"""The tables whose words stand outside the chain: the journal holds a salted digest of these."""

_JSON = frozenset({"particulars", "facts", "was", "becomes"})

_LEFT = frozenset({"", "【已依令删除】 [erased by order]"})
"""What erasing leaves where words were: nothing, or that they were erased."""


class Words:
    """The digests that stand in the journal, to be held against the words."""

    def __init__(self) -> None:
        """None is known yet."""
        self._digests: dict[str, str] = {}

    def note(self, row: Mapping[str, Any], body: Mapping[str, Any]) -> None:
        """Takes in a row of the journal."""
        if isinstance(digest := body.get("digest"), str):
            self._digests[_place_of(row, body)] = digest

    def check(
        self, table: str, rows: Iterable[Mapping[str, Any]], found: Found, *, gone: Gone
    ) -> None:
        """Holds the words of a table against them."""
        seen: set[str] = set()
        for row in rows:
            place = _place(table, row)
            seen.add(place)
            if row["erased_by"] is not None:
                if gone(place, row["erased_by"]) and not is_bare(row, DIGESTED[table]):
                    found(place, "foundation.verify_words_changed")
            elif place not in self._digests:
                found(place, "foundation.verify_unjournaled")
            elif self._digests[place] != _digest(row, DIGESTED[table]):
                found(place, "foundation.verify_words_changed")
        for place in self._digests:
            if place.startswith(f"{table}:") and place not in seen:
                found(place, "foundation.verify_record_missing")


def is_bare(row: Mapping[str, Any], names: Sequence[str]) -> bool:
    """Has an erased row no words, and no salt of them? What stands there was put in later."""
    return row["salt"] == "" and all(
        parsed(row[name]) == {} if name in _JSON else row[name] in _LEFT
        for name in names
        if name in row
    )


def _place(table: str, row: Mapping[str, Any]) -> str:
    """How a row with words of its own is called; a matter's steps by the matter's revision."""
    if table == "matter_event":
        return f"matter_event:{row['matter_id']}.{row['revision']}"
    return f"{table}:{row['id']}"


def _place_of(row: Mapping[str, Any], body: Mapping[str, Any]) -> str:
    """Where the words stand whose digest a journal row holds."""
    table, _, number = str(row["subject"]).partition(":")
    if table == "entry" and "addition" in body:
        return f"addition:{body['addition']}"
    if table == "notice" and "reply" in body:
        return f"notice_reply:{body['reply']}"
    if table in ("resident", "unit") and "change" in body:
        return f"resident_change:{body['change']}"
    if table == "matter" and "revision" in body:
        return f"matter_event:{number}.{body['revision']}"
    return str(row["subject"])


def _digest(row: Mapping[str, Any], names: Sequence[str]) -> str:
    """The salted digest of a row's words, as the journal holds it."""
    words = {
        name: parsed(row[name]) if name in _JSON else row[name] for name in names if name in row
    }
    if words.get("facts") == {}:
        del words["facts"]  # steps without facts have none in their digest
    return salted(row["salt"], words)
