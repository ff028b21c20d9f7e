"""Who could take the post over now, and why somebody who is there could not (9.13, 6.2, 7.2).

Asked by the same rule that decides when they come: nobody is offered who is then refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from desk_console.foundation.refusal import Refusal
from desk_console.handover import parties, rules
from desk_console.handover.records import Handover, HandoverKind
from desk_console.handover.weighing import may_be_side
from desk_console.people import views as people
from desk_console.people.records import PersonView
from desk_console.people.rules import qualification_verdict
from desk_console.roster.findings import shift_name
from desk_console.roster.rules import current, role_verdict
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import Topic
from desk_console.shift import tenures
from desk_console.shift.departures import relief_shift
from desk_console.shift.presence import present, present_at
from desk_console.shift.records import Shift


@dataclass(frozen=True, slots=True)
class Taker:
    """Somebody signed on at the post who does not hand it over; `refusal` where they may not."""

    person: PersonView
    refusal: Refusal | None


def takers(session: Session, desk: Desk, handover_id: int) -> tuple[Taker, ...]:
    """Those signed on at the post of a handover, first come first, but not who hands it over."""
    row = session.get(Handover, handover_id)
    if row is None:
        return ()
    is_closed = parties.is_closed(session, row)
    leaving = () if is_closed else (row.outgoing_id, parties.giver_of(row))
    here = (people.person(session, one.person_id) for one in present_at(session, row.post_code))
    now = desk.now()
    return tuple(
        Taker(one, _refusal(session, desk, row, one, at=now))
        for one in here
        if one is not None and one.id not in leaving
    )


def _refusal(
    session: Session, desk: Desk, row: Handover, person: PersonView, *, at: datetime
) -> Refusal | None:
    try:
        may_take_over(session, desk, row, person, at=at)
    except Refusal as refusal:
        return refusal
    return None


def may_take_over(
    session: Session, desk: Desk, row: Handover, person: PersonView, *, at: datetime
) -> None:
    """Refuses whoever may not come to a handover as its incoming person."""
    clause = desk.duty.cite(Topic.SIGN_BOTH) or desk.duty.cite(Topic.STAY_AT_POST)
    if person.id in (row.outgoing_id, row.acting_id) and not parties.is_closed(session, row):
        raise Refusal("shift.same_person", clause=clause)
    attendance = present(session, person.id)
    if attendance is None or attendance.post_code != row.post_code:
        raise Refusal("shift.incoming_not_signed_on", clause=clause)
    held = tenures.held_by(session, person.id)
    if parties.is_left(row):
        if held is None or held.post_code != row.post_code:
            raise Refusal("shift.not_holder", clause=clause)
        return
    if row.kind is HandoverKind.APART:
        raise Refusal("handover.apart_waits", clause=clause)
    if held is not None:
        raise Refusal("shift.holds_another", name=person.name)
    takes_over(session, desk, row, person, at=at)


def takes_over(
    session: Session, desk: Desk, row: Handover, person: PersonView, *, at: datetime
) -> None:
    """Refuses whoever has not the role (6.2) or the qualification (7.2) for the shift they take,
    a mid-shift relief by who comes for the next shift and the handover of a shift's end to who is
    signed on for that shift (9.13), and whoever made less of what they would take over (9.17).
    Asked when they come, and again when they sign.
    """
    may_be_side(session, desk, person.id, row.post_code, at=at)
    attendance = present(session, person.id)
    if attendance is None:
        raise Refusal("shift.incoming_not_signed_on")
    takes = relief_shift(attendance, desk, post_code=row.post_code, at=at)
    running = tenures.running_shift(session, row.post_code)
    is_running = running is not None and tenures.is_running(running, takes)
    if running is not None:
        ends_at = running.due_at if is_running and _is_relieved(desk, running) else None
        rules.taker_verdict(
            row.kind,
            person.name,
            shift_name(desk.duty, takes.plan_code, takes.post_code),
            at,
            desk.duty,
            ends_at=ends_at,
            is_running=is_running,
        ).or_refuse()
    role_verdict(person, takes, desk.duty).or_refuse()
    shown = people.qualifications(session, person.id)
    qualification_verdict(person, shown, takes.day, desk.duty).or_refuse()


def _is_relieved(desk: Desk, running: Shift) -> bool:
    """Whether another shift follows at the post at once."""
    return current(desk.duty, desk.zone, running.post_code, running.due_at) is not None
