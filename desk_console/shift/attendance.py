"""Attendance against the roster: late, early, absent, held over, stand-in, swapped, overtime.

Everything follows from what sign-ons and handovers recorded; nobody writes a figure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlmodel import Session, col, select

from desk_console.people import views as people
from desk_console.people.records import PersonView
from desk_console.roster.records import Duty
from desk_console.roster.request_views import overtime_minutes
from desk_console.roster.rules import Occurrence, occurrence_of
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import DutyRules, Topic
from desk_console.shift.records import Attendance, Tenure, TenureKind
from desk_console.shift.unhanded import unhanded

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
    """Worked beyond the end with approval."""
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


@dataclass(frozen=True, slots=True)
class AttendanceLine:
    """One person at one shift: as rostered, and as it was."""

    person: PersonView
    day: date
    plan_code: str | None
    post_code: str
    arrived_at: datetime | None
    left_at: datetime | None
    late_minutes: int
    early_minutes: int
    over_minutes: int
    """Minutes worked beyond the end, handing over left out."""
    marks: tuple[Mark, ...]


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


def clause_of(mark: Mark, duty: DutyRules) -> str | None:
    """The clause that a mark rests on at this site."""
    topic = TOPICS.get(mark)
    return duty.cite(topic) if topic else None


def attendance(
    session: Session, desk: Desk, first_day: date, last_day: date, at: datetime
) -> tuple[AttendanceLine, ...]:
    """Everybody rostered or present on those dates, by date and arrival; no turns within a shift.

    A shift that has not ended by `at` leaves nobody absent yet.
    """
    rows = list(
        session.exec(
            select(Attendance)
            .where(col(Attendance.day) >= first_day, col(Attendance.day) <= last_day)
            .order_by(col(Attendance.day), col(Attendance.arrived_at))
        )
    )
    held = _as(session, desk, TenureKind.HELD_OVER, first_day, last_day)
    stood_in = _as(session, desk, TenureKind.STAND_IN, first_day, last_day)
    left = frozenset(unhanded(session, first_day, last_day))
    rostered = _rostered(session, desk, first_day, last_day)
    lines = []
    for duty, shift in rostered:
        key = duty.person_id, duty.day, duty.plan_code, duty.post_code
        mine = [row for row in rows if _key(row) == key]
        lines.append(_line(session, duty.person_id, duty, shift, mine, (held, set(), left), at))
    known = {(d.person_id, d.day, d.plan_code, d.post_code) for d, _ in rostered}
    for row in rows:
        if _key(row) in known or _is_within(desk, row.plan_code):
            continue
        runs = _shift(desk, row.day, row.plan_code, row.post_code)
        lines.append(_line(session, row.person_id, None, runs, [row], (held, stood_in, left), at))
    far = datetime.max.replace(tzinfo=at.tzinfo)
    return tuple(sorted(lines, key=lambda one: (one.day, one.arrived_at or far, one.person.id)))


def _line(
    session: Session,
    person_id: int,
    duty: Duty | None,
    shift: Occurrence | None,
    rows: list[Attendance],
    tenures: tuple[set[tuple[int, date]], set[tuple[int, date]], frozenset[int]],
    at: datetime,
) -> AttendanceLine:
    person = people.person(session, person_id)
    if person is None:
        raise LookupError(f"nobody is person {person_id}")
    first, last = (rows[0], rows[-1]) if rows else (None, None)
    day = duty.day if duty else rows[0].day
    facts = Facts(
        cause=duty.cause if duty else None,
        arrived_at=first.arrived_at if first else None,
        left_at=last.left_at if last else None,
        late_minutes=first.late_minutes if first else 0,
        early_minutes=last.left_early_minutes if last else 0,
        ends_at=shift.ends_at if shift else None,
        is_over=shift is not None and at >= shift.ends_at,
        is_breach=any(row.is_breach for row in rows),
        is_stand_in=(person_id, day) in tenures[1] and shift is None,
        is_unhanded=last is not None and last.id in tenures[2],
        was_held_over=(person_id, day) in tenures[0],
        approved_minutes=(
            overtime_minutes(session, person_id, day, before=shift.ends_at) if shift else 0
        ),
    )
    return AttendanceLine(
        person=person,
        day=day,
        plan_code=duty.plan_code if duty else rows[0].plan_code,
        post_code=duty.post_code if duty else rows[0].post_code,
        arrived_at=facts.arrived_at,
        left_at=facts.left_at,
        late_minutes=max(0, facts.late_minutes),
        early_minutes=facts.early_minutes,
        over_minutes=over_minutes(facts),
        marks=marks_of(facts),
    )


def _rostered(
    session: Session, desk: Desk, first_day: date, last_day: date
) -> list[tuple[Duty, Occurrence]]:
    """The duties that were in force when their shift began, or were put in force during it."""
    found = []
    query = select(Duty).where(col(Duty.day) >= first_day, col(Duty.day) <= last_day)
    for row in session.exec(query.order_by(col(Duty.day), col(Duty.id))):
        shift = _shift(desk, row.day, row.plan_code, row.post_code)
        if shift is None or shift.within is not None:
            continue
        was_off = row.withdrawn_at is not None and row.withdrawn_at <= shift.begins_at
        if not was_off and row.added_at <= shift.ends_at:
            found.append((row, shift))
    return found


def _as(
    session: Session, desk: Desk, kind: TenureKind, first_day: date, last_day: date
) -> set[tuple[int, date]]:
    """Who held a post as that, on which date or in the night that began on it."""
    begins = datetime.combine(first_day, datetime.min.time(), tzinfo=desk.zone)
    rows: Iterable[Tenure] = session.exec(
        select(Tenure).where(
            Tenure.kind == kind,
            col(Tenure.began_at) >= begins,
            col(Tenure.began_at) < begins + timedelta(days=(last_day - first_day).days + 3),
        )
    )
    found = set()
    for row in rows:
        if row.person_id is not None:
            began = row.began_at.astimezone(desk.zone).date()
            found |= {(row.person_id, began), (row.person_id, began - timedelta(days=1))}
    return found


def _key(row: Attendance) -> tuple[int, date, str | None, str]:
    return row.person_id, row.day, row.plan_code, row.post_code


def _is_within(desk: Desk, plan_code: str | None) -> bool:
    plan = desk.duty.shift(plan_code) if plan_code else None
    return plan is not None and plan.within is not None


def _shift(desk: Desk, day: date, plan_code: str | None, post_code: str) -> Occurrence | None:
    if plan_code is None:
        return None
    return occurrence_of(desk.duty, desk.zone, plan_code=plan_code, post_code=post_code, day=day)
