"""Requests as people read them: what waits for whom, and the history of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from desk_console.people import views as people
from desk_console.people.records import PersonView
from desk_console.roster.problem import Assignment
from desk_console.roster.records import (
    Duty,
    DutyRequest,
    RequestKind,
    RequestState,
    RequestStep,
)
from desk_console.roster.rules import occurrence_of
from desk_console.rulebook.desk import Desk

PAGE = 50


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step of a request."""

    at: datetime
    person: PersonView
    state: RequestState
    words: str


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A request with where it stands."""

    id: int
    revision: int
    kind: RequestKind
    person: PersonView
    first_day: date
    last_day: date
    own: Assignment | None
    """The asker's duty of a swap or of overtime."""
    partner: PersonView | None
    other: Assignment | None
    """The partner's duty, where it is an exchange."""
    minutes: int
    begins_at: datetime | None
    """Of overtime on a day without a shift."""
    reason: str
    asked_at: datetime
    state: RequestState
    steps: tuple[StepLine, ...]


def waiting(session: Session) -> tuple[RequestLine, ...]:
    """What waits for a partner or a supervisor, the soonest duty first."""
    rows = session.exec(
        select(DutyRequest)
        .where(col(DutyRequest.state).in_([RequestState.ASKED, RequestState.AGREED]))
        .order_by(col(DutyRequest.first_day), col(DutyRequest.id))
    )
    return tuple(_line(session, row) for row in rows)


def requests(session: Session, *, before_id: int | None = None) -> tuple[RequestLine, ...]:
    """All requests, the newest first, a page at a time."""
    query = select(DutyRequest).order_by(col(DutyRequest.id).desc()).limit(PAGE)
    if before_id is not None:
        query = query.where(col(DutyRequest.id) < before_id)
    return tuple(_line(session, row) for row in session.exec(query))


def request(session: Session, request_id: int) -> RequestLine | None:
    """One request."""
    row = session.get(DutyRequest, request_id)
    return None if row is None else _line(session, row)


def duties_to_cover(session: Session, desk: Desk, request_id: int) -> tuple[int, ...]:
    """The duties for which an approval of leave must name somebody, by date; no turns within."""
    row = session.get(DutyRequest, request_id)
    if row is None or row.kind is not RequestKind.LEAVE:
        return ()
    duties = session.exec(
        select(Duty)
        .where(
            Duty.person_id == row.person_id,
            col(Duty.day) >= row.first_day,
            col(Duty.day) <= row.last_day,
            col(Duty.withdrawn_at).is_(None),
        )
        .order_by(col(Duty.day), col(Duty.id))
    )
    return tuple(duty.id or 0 for duty in duties if _is_whole(desk, duty))


def overtime_minutes(session: Session, person_id: int, day: date, *, before: datetime) -> int:
    """The minutes of overtime that were approved for a person on a day, before it began (4.3)."""
    rows = session.exec(
        select(DutyRequest.minutes)
        .join(RequestStep, col(RequestStep.request_id) == col(DutyRequest.id))
        .where(
            RequestStep.state == RequestState.APPLIED,
            col(RequestStep.at) <= before,
            DutyRequest.person_id == person_id,
            DutyRequest.kind == RequestKind.OVERTIME,
            DutyRequest.state == RequestState.APPLIED,
            DutyRequest.first_day == day,
        )
    )
    return sum(rows)


def _is_whole(desk: Desk, duty: Duty) -> bool:
    shift = occurrence_of(
        desk.duty, desk.zone, plan_code=duty.plan_code, post_code=duty.post_code, day=duty.day
    )
    return shift is not None and shift.within is None


def _line(session: Session, row: DutyRequest) -> RequestLine:
    steps = session.exec(
        select(RequestStep).where(RequestStep.request_id == row.id).order_by(col(RequestStep.id))
    )
    return RequestLine(
        id=row.id or 0,
        revision=row.revision,
        kind=row.kind,
        person=_person(session, row.person_id),
        first_day=row.first_day,
        last_day=row.last_day,
        own=_cell(session, row.duty_id),
        partner=None if row.partner_id is None else _person(session, row.partner_id),
        other=_cell(session, row.other_duty_id),
        minutes=row.minutes,
        begins_at=row.begins_at,
        reason=row.reason,
        asked_at=row.asked_at,
        state=row.state,
        steps=tuple(
            StepLine(one.at, _person(session, one.person_id), one.state, one.words) for one in steps
        ),
    )


def _cell(session: Session, duty_id: int | None) -> Assignment | None:
    duty = session.get(Duty, duty_id) if duty_id is not None else None
    if duty is None:
        return None
    return Assignment(duty.day, duty.plan_code, duty.post_code, duty.person_id)


def _person(session: Session, person_id: int) -> PersonView:
    found = people.person(session, person_id)
    if found is None:
        raise LookupError(f"nobody is person {person_id}")
    return found
