"""What lies under the cursor of the roster's grid: a person's day, a shift, an open place.

The two faces name their rows and columns the other way round; whoever acts on a cell asks here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desk_console.roster.problem import Assignment
from desk_console.roster.sheet import Placed, RosterMonth, Slot

GAPS = "gaps"
"""The key of the row that tells the gaps."""


class Face(StrEnum):
    """How a month is laid out."""

    PEOPLE = "people"
    """People as rows, days as columns."""
    SHIFTS = "shifts"
    """Days as rows, shifts as columns."""


@dataclass(frozen=True, slots=True)
class Under:
    """The place that the cursor is on: the keys of its row and its column."""

    month: RosterMonth
    face: Face
    row: str
    column: str

    @property
    def day(self) -> date:
        """The day that the place lies in."""
        return date.fromisoformat(self.column if self.face is Face.PEOPLE else self.row)

    @property
    def is_gap(self) -> bool:
        """The row that tells the gaps, in the face by person."""
        return self.row == GAPS

    @property
    def slot(self) -> Slot | None:
        """The shift, in the face by shift; in the row of the gaps, the day's first open one."""
        if self.face is Face.SHIFTS:
            plan, _, post = self.column.partition("/")
            return next(
                (
                    slot
                    for slot in self.month.on(self.day)
                    if (slot.occurrence.plan_code, slot.occurrence.post_code) == (plan, post)
                ),
                None,
            )
        if self.is_gap:
            return next((slot for slot in self.month.on(self.day) if slot.missing), None)
        return None

    @property
    def person_id(self) -> int | None:
        """Whose place it is; None on a gap, and on a shift that nobody has."""
        if self.face is Face.SHIFTS:
            slot = self.slot
            return slot.people[0].person_id if slot is not None and slot.people else None
        return None if self.is_gap else int(self.row)

    @property
    def placed(self) -> tuple[Placed, ...]:
        """The turns in the place, the whole shift before the turns within it."""
        slot = self.slot
        if slot is not None:
            return slot.people
        line = self.month.line_of(self.person_id) if self.person_id is not None else None
        return line.placed.get(self.day, ()) if line is not None else ()

    @property
    def cell(self) -> Assignment | None:
        """The duty; person 0 where somebody is still wanted on it; None where there is none."""
        slot = self.slot
        if slot is not None:
            one = slot.occurrence
            person_id = 0 if slot.missing or not slot.people else slot.people[0].person_id
            return Assignment(one.day, one.plan_code, one.post_code, person_id)
        if not self.placed:
            return None
        first = self.placed[0]
        return Assignment(first.day, first.plan_code, first.post_code, first.person_id)

    @property
    def duty_id(self) -> int | None:
        """The published duty; None in a draft and on an empty place."""
        return self.placed[0].duty_id if self.placed else None
