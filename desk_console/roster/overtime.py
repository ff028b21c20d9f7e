"""Overtime on a day without a shift: once it is approved, a duty with hours of its own (4.3).

What prolongs a shift is no duty of its own: it is counted from the end of that shift.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlmodel import Session, col, select

from desk_console.roster.records import DutyRequest, RequestKind, RequestState
from desk_console.rulebook.desk import Desk


@dataclass(frozen=True, slots=True)
class Overtime:
    """What somebody was allowed to come for, on a day without a shift."""

    person_id: int
    day: date
    """On which it begins, in the site's zone."""
    begins_at: datetime
    ends_at: datetime
    has_hours: bool
    """False: asked for before requests named their hours. It may be worked at any time of its day,
    and nobody is late for it.
    """

    def expected_at(self, desk: Desk) -> datetime | None:
        """When its person is to be there: before it begins by the lead time (6.10, 9.9)."""
        if not self.has_hours:
            return None
        return self.begins_at - timedelta(minutes=desk.duty.arrive_before_minutes)


def approved(
    session: Session, desk: Desk, first_day: date, last_day: date, person_id: int | None = None
) -> tuple[Overtime, ...]:
    """The approved overtime without a shift that begins on those dates, of one person or all."""
    query = select(DutyRequest).where(
        DutyRequest.kind == RequestKind.OVERTIME,
        DutyRequest.state == RequestState.APPLIED,
        col(DutyRequest.duty_id).is_(None),
        col(DutyRequest.first_day) >= first_day,
        col(DutyRequest.last_day) <= last_day,
    )
    if person_id is not None:
        query = query.where(DutyRequest.person_id == person_id)
    rows = session.exec(query.order_by(col(DutyRequest.first_day), col(DutyRequest.id)))
    return tuple(_overtime(desk, row) for row in rows)


def near(
    session: Session, desk: Desk, person_id: int, at: datetime, *, ahead: timedelta
) -> Overtime | None:
    """The approved overtime that somebody may come for now: it runs, or begins so soon."""
    today = at.astimezone(desk.zone).date()
    day = timedelta(days=1)
    found = approved(session, desk, today - day, today + day, person_id)
    return next((one for one in found if one.begins_at - ahead <= at < one.ends_at), None)


def _overtime(desk: Desk, row: DutyRequest) -> Overtime:
    midnight = datetime.combine(row.first_day, time(), desk.zone)
    if row.begins_at is None:
        begins_at, ends_at = midnight, midnight + timedelta(days=1)
    else:
        begins_at, ends_at = row.begins_at, row.begins_at + timedelta(minutes=row.minutes)
    return Overtime(
        person_id=row.person_id,
        day=row.first_day,
        begins_at=begins_at,
        ends_at=ends_at,
        has_hours=row.begins_at is not None,
    )
