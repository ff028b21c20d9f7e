"""Attendance against the roster and against approved overtime: who came, when, for what.

Everything follows from what sign-ons and handovers recorded; nobody writes a figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from desk_console.people import views as people
from desk_console.people.records import PersonView
from desk_console.roster import overtime
from desk_console.roster.overtime import Overtime
from desk_console.roster.records import Duty
from desk_console.roster.request_views import overtime_minutes
from desk_console.roster.rules import Occurrence, occurrence_of
from desk_console.rulebook.desk import Desk
from desk_console.shift.marks import Facts, Mark, approved_minutes, marks_of, over_minutes
from desk_console.shift.records import Attendance, Tenure, TenureKind
from desk_console.shift.rules import SIGN_ON_AHEAD
from desk_console.shift.unhanded import unhanded


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
    overtime_minutes: int
    """Minutes worked with approval: those beyond the end, or those on a day without a shift."""
    is_overtime: bool
    """By approval on a day without a shift."""
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class _Turn:
    """What somebody was to be there for on a date, if anything, and when they were."""

    person_id: int
    day: date
    plan_code: str | None
    post_code: str
    rows: Sequence[Attendance]
    """Their presences for it, first to last; none: they did not come."""
    duty: Duty | None = None
    shift: Occurrence | None = None
    extra: Overtime | None = None

    @property
    def ends_at(self) -> datetime | None:
        """When it should end; None for a stand-in."""
        if self.extra is not None:
            return self.extra.ends_at
        return self.shift.ends_at if self.shift else None

    @property
    def cause(self) -> str | None:
        """Why they were to come; None: they were not."""
        if self.extra is not None:
            return "overtime"
        return self.duty.cause if self.duty else None


@dataclass(frozen=True, slots=True)
class _Chain:
    """What the chain of holders says of some dates."""

    held_over: frozenset[tuple[int, date]]
    stood_in: frozenset[tuple[int, date]]
    left: frozenset[int]
    """The attendances that ended without a handover."""


def attendance(
    session: Session, desk: Desk, first_day: date, last_day: date, at: datetime
) -> tuple[AttendanceLine, ...]:
    """Everybody rostered, allowed overtime or present on those dates, by date and arrival; no turns
    within a shift.

    A shift that has not ended by `at` leaves nobody absent yet.
    """
    rows = list(
        session.exec(
            select(Attendance)
            .where(col(Attendance.day) >= first_day, col(Attendance.day) <= last_day)
            .order_by(col(Attendance.day), col(Attendance.arrived_at))
        )
    )
    turns = list(_rostered(session, desk, first_day, last_day, rows))
    turns += _allowed(session, desk, first_day, last_day, rows, turns)
    known = {row.id for turn in turns for row in turn.rows}
    turns += [
        _Turn(
            row.person_id,
            row.day,
            row.plan_code,
            row.post_code,
            [row],
            shift=_shift(desk, row.day, row.plan_code, row.post_code),
        )
        for row in rows
        if row.id not in known and not _is_within(desk, row.plan_code)
    ]
    chain = _Chain(
        held_over=_as(session, desk, TenureKind.HELD_OVER, first_day, last_day),
        stood_in=_as(session, desk, TenureKind.STAND_IN, first_day, last_day),
        left=frozenset(unhanded(session, first_day, last_day)),
    )
    lines = [_line(session, turn, chain, at) for turn in turns]
    far = datetime.max.replace(tzinfo=at.tzinfo)
    return tuple(sorted(lines, key=lambda one: (one.day, one.arrived_at or far, one.person.id)))


def _line(session: Session, turn: _Turn, chain: _Chain, at: datetime) -> AttendanceLine:
    person = people.person(session, turn.person_id)
    if person is None:
        raise LookupError(f"nobody is person {turn.person_id}")
    first, last = (turn.rows[0], turn.rows[-1]) if turn.rows else (None, None)
    key, is_stand_in = (turn.person_id, turn.day), turn.cause is None and turn.shift is None
    facts = Facts(
        cause=turn.cause,
        arrived_at=first.arrived_at if first else None,
        left_at=last.left_at if last else None,
        late_minutes=first.late_minutes if first else 0,
        early_minutes=last.left_early_minutes if last else 0,
        ends_at=turn.ends_at,
        is_over=turn.ends_at is not None and at >= turn.ends_at,
        is_breach=any(row.is_breach for row in turn.rows),
        is_stand_in=is_stand_in and key in chain.stood_in,
        is_unhanded=last is not None and last.id in chain.left,
        was_held_over=key in chain.held_over,
        approved_minutes=_approved(session, turn),
        is_overtime=turn.extra is not None,
    )
    return AttendanceLine(
        person=person,
        day=turn.day,
        plan_code=turn.plan_code,
        post_code=turn.post_code,
        arrived_at=facts.arrived_at,
        left_at=facts.left_at,
        late_minutes=max(0, facts.late_minutes),
        early_minutes=facts.early_minutes,
        over_minutes=over_minutes(facts),
        overtime_minutes=approved_minutes(facts, turn.extra.begins_at if turn.extra else None),
        is_overtime=facts.is_overtime,
        marks=marks_of(facts),
    )


def _approved(session: Session, turn: _Turn) -> int:
    """The minutes by which somebody was allowed to stay beyond the end of their shift (4.3)."""
    if turn.extra is not None or turn.shift is None:
        return 0
    return overtime_minutes(session, turn.person_id, turn.day, before=turn.shift.ends_at)


def _allowed(
    session: Session,
    desk: Desk,
    first_day: date,
    last_day: date,
    rows: Sequence[Attendance],
    rostered: Sequence[_Turn],
) -> list[_Turn]:
    """Overtime that was approved for days without a shift (4.1, 4.3). Whoever was rostered there
    after all is expected for that.
    """
    on_duty = {(turn.person_id, turn.day) for turn in rostered}
    found = []
    for one in overtime.approved(session, desk, first_day, last_day):
        mine = [
            row
            for row in rows
            if row.person_id == one.person_id
            and row.duty_id is None
            and one.begins_at - SIGN_ON_AHEAD <= row.arrived_at < one.ends_at
        ]
        if mine or (one.has_hours and (one.person_id, one.day) not in on_duty):
            plan, post = (mine[0].plan_code, mine[0].post_code) if mine else (None, "")
            found.append(_Turn(one.person_id, one.day, plan, post, mine, extra=one))
    return found


def _rostered(
    session: Session, desk: Desk, first_day: date, last_day: date, rows: Sequence[Attendance]
) -> Iterator[_Turn]:
    """The duties that were in force when their shift began, or were put in force during it."""
    query = select(Duty).where(col(Duty.day) >= first_day, col(Duty.day) <= last_day)
    for row in session.exec(query.order_by(col(Duty.day), col(Duty.id))):
        shift = _shift(desk, row.day, row.plan_code, row.post_code)
        if shift is None or shift.within is not None:
            continue
        was_off = row.withdrawn_at is not None and row.withdrawn_at <= shift.begins_at
        if not was_off and row.added_at <= shift.ends_at:
            key = row.person_id, row.day, row.plan_code, row.post_code
            mine = [one for one in rows if _key(one) == key]
            yield _Turn(*key, mine, duty=row, shift=shift)


def _as(
    session: Session, desk: Desk, kind: TenureKind, first_day: date, last_day: date
) -> frozenset[tuple[int, date]]:
    """Who held a post as that, on which date or in the night that began on it."""
    begins = datetime.combine(first_day, datetime.min.time(), tzinfo=desk.zone)
    rows: Iterable[Tenure] = session.exec(
        select(Tenure).where(
            Tenure.kind == kind,
            col(Tenure.began_at) >= begins,
            col(Tenure.began_at) < begins + timedelta(days=(last_day - first_day).days + 3),
        )
    )
    found: set[tuple[int, date]] = set()
    for row in rows:
        if row.person_id is not None:
            began = row.began_at.astimezone(desk.zone).date()
            found |= {(row.person_id, began), (row.person_id, began - timedelta(days=1))}
    return frozenset(found)


def _key(row: Attendance) -> tuple[int, date, str | None, str]:
    return row.person_id, row.day, row.plan_code, row.post_code


def _is_within(desk: Desk, plan_code: str | None) -> bool:
    plan = desk.duty.shift(plan_code) if plan_code else None
    return plan is not None and plan.within is not None


def _shift(desk: Desk, day: date, plan_code: str | None, post_code: str) -> Occurrence | None:
    if plan_code is None:
        return None
    return occurrence_of(desk.duty, desk.zone, plan_code=plan_code, post_code=post_code, day=day)
