"""Verification of what was written into a sealed row later: an answer, a note taken, a reason, an
end.

A part of `verify`: each of these is written once, and the journal says by whom, when, and by the
salted digest what. The end of a tenure is the beginning of the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from desk_console.foundation.verify_rows import Found, Rows, salted


@dataclass(frozen=True, slots=True)
class _Written:
    """What the journal says of one writing."""

    at: str
    by: int | None
    digest: str | None


@dataclass(frozen=True, slots=True)
class _Late:
    """One table: the acts that write, who and when they write down, the words and their salt."""

    acts: tuple[str, ...]
    at: str = ""
    by: str = ""
    words: str = ""
    salt: str = "salt"

    def is_written(self, row: Mapping[str, Any]) -> bool:
        """Does anything stand there that was written later?"""
        names = (self.at, self.by, self.words, self.salt if self.words else "")
        return any(row.get(name) not in (None, "") for name in names if name)


_LATE = {
    "relief_call": _Late(("handover.call_answered",), "answered_at", "answered_by", "answer"),
    "shift_report": _Late(("handover.report_acknowledged",), "acknowledged_at", "acknowledged_by"),
    "tenure": _Late(("shift.reason_given", "shift.step_out", "shift.deserted"), words="reason"),
    "handover": _Late(("handover.dropped",), words="end_reason", salt="end_salt"),
}


class Later:
    """What the journal says was written later, to be held against the rows."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        self._written: dict[str, _Written] = {}
        self._acts = {act: table for table, late in _LATE.items() for act in late.acts}

    def note(self, row: Mapping[str, Any], body: Mapping[str, Any]) -> None:
        """Takes in a row of the journal."""
        if self._acts.get(row["act"], "") == str(row["subject"]).partition(":")[0]:
            digest = body.get("digest")
            self._written[str(row["subject"])] = _Written(
                row["at"], row["person_id"], digest if isinstance(digest, str) else None
            )

    def check(self, rows: Rows, found: Found) -> None:
        """Holds the rows against it."""
        for table, late in _LATE.items():
            for row in rows(f"select * from {table} order by id"):
                self._check_row(f"{table}:{row['id']}", row, late, found)
        _check_ends(rows("select * from tenure order by post_code, id"), found)

    def _check_row(self, place: str, row: Mapping[str, Any], late: _Late, found: Found) -> None:
        written = self._written.get(place)
        if written is None:
            if late.is_written(row):
                found(place, "foundation.verify_unjournaled")
            return
        said = ((late.at, written.at), (late.by, written.by))
        is_same = all(row[name] == value for name, value in said if name)
        if late.words and written.digest is not None:
            is_same = is_same and written.digest == salted(
                row.get(late.salt, ""), {late.words: row.get(late.words, "")}
            )
        if not is_same:
            found(place, "foundation.verify_words_changed")


def _check_ends(rows: Iterable[Mapping[str, Any]], found: Found) -> None:
    """One holder follows the other: each begins at the instant at which the one before ends, and
    the last of a post still runs.
    """
    before: Mapping[str, Any] | None = None
    for row in (*rows, None):
        if before is not None:
            follows = row is not None and before["post_code"] == row["post_code"]
            ends = row["began_at"] if row is not None and follows else None
            if before["ended_at"] != ends:
                found(f"tenure:{before['id']}", "foundation.verify_words_changed")
        before = row
