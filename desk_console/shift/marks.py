"""What somebody's attendance shows: late, early, absent, held over, stand-in, swapped, overtime.

Decided from what sign-ons and handovers recorded: values in, marks out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desk_console.rulebook.records import DutyRules, Topic

HANDOVER_MINUTES = 15
"""Minutes after a shift's end that belong to handing it over, and are no overtime."""


class Mark(StrEnum):
    """What an attendance shows. The text of each is `shift.mark_<mark>`."""

    LATE = "late"
    EARLY = "early"
    """Left before the end."""
    UNHANDED = "unhanded"
    """Left without a handover: the post was taken in an emergency, or deserted."""
    ABSENT = "absent"
    HELD_OVER = "held_over"
    """Nobody came to relieve them in time."""
    STAND_IN = "stand_in"
    SWAPPED = "swapped"
    """On the roster by an approved request."""
    TAKEN_IN = "taken_in"
    """Taken in by the supervisor because somebody could not come."""
    UNROSTERED = "unrostered"
    """Signed on though others were rostered."""
    OVERTIME = "overtime"
    """Worked with approval: beyond the end, or on a day without a shift."""
    UNAPPROVED = "unapproved"
    """Worked beyond the end without approval."""


TOPICS = {
    Mark.LATE: Topic.PUNCTUAL,
    Mark.EARLY: Topic.PUNCTUAL,
    Mark.UNHANDED: Topic.SIGN_OFF,
    Mark.ABSENT: Topic.PUNCTUAL,
    Mark.UNROSTERED: Topic.UNROSTERED,
    Mark.UNAPPROVED: Topic.OVERTIME,
    Mark.OVERTIME: Topic.OVERTIME,
    Mark.SWAPPED: Topic.SWAP,
    Mark.STAND_IN: Topic.STEP_OUT,
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What is on record about one person at one shift."""

    cause: str | None
    """Of the duty: empty from the publication; None: not rostered for it."""
    arrived_at: datetime | None
    left_at: datetime | None
    late_minutes: int
    early_minutes: int
    ends_at: datetime | None
    """When the shift should end; None for a stand-in."""
    is_over: bool
    """Whether the shift has ended by now."""
    is_breach: bool = False
    is_stand_in: bool = False
    is_unhanded: bool = False
    was_held_over: bool = False
    approved_minutes: int = 0
    is_overtime: bool = False
    """Came by approval on a day without a shift: the hours are those of the approval."""


def over_minutes(facts: Facts) -> int:
    """Minutes beyond the shift's end; those within which it is handed over count for nothing."""
    if facts.left_at is None or facts.ends_at is None:
        return 0
    beyond = int((facts.left_at - facts.ends_at).total_seconds() // 60)
    return beyond if beyond > HANDOVER_MINUTES else 0


def marks_of(facts: Facts) -> tuple[Mark, ...]:
    """What the facts come to. Clauses 1.8, 2.2, 3.3, 7.3, 9.9 (punctual), 9.16 (unhanded), 3.5, 9.1
    (unrostered), 4.3 (overtime).
    """
    found = []
    if facts.is_stand_in:
        found.append(Mark.STAND_IN)
    if facts.cause is not None and facts.arrived_at is None and facts.is_over:
        found.append(Mark.ABSENT)
    if facts.late_minutes > 0:
        found.append(Mark.LATE)
    if facts.early_minutes > 0:
        found.append(Mark.EARLY)
    if facts.is_unhanded:
        found.append(Mark.UNHANDED)
    if facts.cause is not None and facts.cause.startswith("request:"):
        found.append(Mark.SWAPPED)
    if facts.cause == "cannot_come":
        found.append(Mark.TAKEN_IN)
    if facts.is_breach:
        found.append(Mark.UNROSTERED)
    if facts.is_overtime and facts.arrived_at is not None:
        found.append(Mark.OVERTIME)
    over = over_minutes(facts)
    if facts.was_held_over and (over or facts.left_at is None):
        found.append(Mark.HELD_OVER)
    if over:
        # Whoever was held over did not choose to stay: the post may not be left (9.5, 6.8).
        if over <= facts.approved_minutes:
            found.append(Mark.OVERTIME)
        elif not facts.was_held_over:
            found.append(Mark.UNAPPROVED)
    return tuple(found)


def approved_minutes(facts: Facts, begins_at: datetime | None) -> int:
    """Minutes of approved overtime that were worked; `begins_at` of its own hours, where it has
    such (4.3).
    """
    if Mark.OVERTIME not in marks_of(facts) or facts.left_at is None:
        return 0
    if facts.arrived_at is None or facts.ends_at is None or not facts.is_overtime:
        return over_minutes(facts)
    begins_at = max(facts.arrived_at, begins_at or facts.arrived_at)
    return max(0, int((min(facts.left_at, facts.ends_at) - begins_at).total_seconds() // 60))


def clause_of(mark: Mark, duty: DutyRules) -> str | None:
    """The clause that a mark rests on at this site."""
    topic = TOPICS.get(mark)
    return duty.cite(topic) if topic else None
