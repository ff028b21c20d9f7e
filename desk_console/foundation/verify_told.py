"""Verification of rows that the journal tells of: who wrote each, when, and what it says of it.

A part of `verify`: an act's row in the journal holds more than a digest of words. Each column that
it tells is held against it; what it does not tell, as an older program's does not, is left alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desk_console.foundation.verify_rows import Found, Rows

_AT, _BY = "@at", "@by"
"""When the act was done, and by whom."""

_NOTE = {"person_id": _BY, "at": _AT, "handover_id": "handover", "signature_id": "signature"}
_STRETCH = {"post_code": "post", "began_at": "since", "person_id": "person"}
_TELLS: Mapping[str, Mapping[str, str]] = {
    "handover.opened": {
        "opened_at": _AT,
        "opened_by": _BY,
        "post_code": "post",
        "kind": "kind",
        "shift_id": "shift",
        "outgoing_id": "outgoing",
        "after_entry_id": "after_entry",
    },
    "handover.dropped": {"closed_at": _AT},
    "handover.note": _NOTE,
    "handover.refused": {"person_id": _BY, "at": _AT, "handover_id": "handover"},
    "handover.released": {
        **_NOTE,
        "matter_id": "matter",
        "importance": "importance",
        "new_owner_id": "new_owner",
    },
    "handover.relief_called": {
        "post_code": "post",
        "rung": "rung",
        "role": "role",
        "since": "since",
        "called_at": "called_at",
    },
    "shift.take_now": {"post_code": "post", "person_id": _BY},
    "shift.step_out": {"away_person_id": _BY, "person_id": "stand_in", "due_at": "back_at"},
    **dict.fromkeys(
        ("shift.held_over", "shift.unmanned", "shift.closed", "shift.deserted"), _STRETCH
    ),
}
"""Which column an act tells by what of its row in the journal."""

_KINDS = {
    "shift.take_now": "emergency",
    "shift.step_out": "stand_in",
    "shift.held_over": "held_over",
    "shift.unmanned": "unmanned",
    "shift.closed": "closed",
    "shift.deserted": "deserted",
}
"""What a stretch of holding a post is, by the act that began it."""

_TABLES = {"handover": True, "relief_call": True, "shift_report": False, "tenure": False}
"""The tables of which a row goes missing unseen by its words; is every row of it told of?"""
_WITH_WORDS = ("handover_note", "handover_refusal", "handover_release")


class Told:
    """What the journal tells of rows, to be held against them."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        self._told: dict[str, dict[str, dict[str, object]]] = {
            table: {} for table in (*_TABLES, *_WITH_WORDS)
        }

    def note(self, row: Mapping[str, Any], body: Mapping[str, Any]) -> None:
        """Takes in a row of the journal."""
        subject = str(row["subject"])
        of_table = self._told.get(subject.partition(":")[0])
        if of_table is None:
            return
        told = of_table.setdefault(subject, {})
        known = {_AT: row["at"], _BY: row["person_id"], **body}
        for column, name in _TELLS.get(str(row["act"]), {}).items():
            if name in known:
                told[column] = known[name]
        if (kind := _KINDS.get(str(row["act"]))) is not None:
            told["kind"] = kind

    def check(self, rows: Rows, found: Found) -> None:
        """Holds the rows against it. They are numbered without a gap: none is ever removed."""
        for table, of_table in self._told.items():
            missing, expected = dict(of_table), 1
            for row in rows(f"select * from {table} order by id"):
                place = f"{table}:{row['id']}"
                if row["id"] != expected:
                    missing.setdefault(f"{table}:{expected}", {})
                expected = row["id"] + 1
                told = missing.pop(place, None)
                if told is None and _TABLES.get(table):
                    found(place, "foundation.verify_unjournaled")
                elif any(row.get(name, value) != value for name, value in (told or {}).items()):
                    found(place, "foundation.verify_words_changed")
            for place in missing if table in _TABLES else ():
                found(place, "foundation.verify_record_missing")
