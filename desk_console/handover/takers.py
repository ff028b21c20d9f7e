"""Who could take the post over now, and why somebody who is there could not (9.13, 6.2, 7.2).

Asked by the same rule that decides when they come: nobody is offered who is then refused.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Work
from desk_console.handover.opening import may_take_over
from desk_console.handover.parties import giver_of, is_closed
from desk_console.handover.records import Handover
from desk_console.people import views as people
from desk_console.people.records import PersonView
from desk_console.rulebook.desk import Desk
from desk_console.shift.presence import present_at


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
    leaving = () if is_closed(session, row) else (row.outgoing_id, giver_of(row))
    here = (people.person(session, one.person_id) for one in present_at(session, row.post_code))
    look = Work(session, desk.now(), 0, desk.store.console)  # nothing is written by it
    return tuple(
        Taker(one, _refusal(look, desk, row, one))
        for one in here
        if one is not None and one.id not in leaving
    )


def _refusal(look: Work, desk: Desk, row: Handover, person: PersonView) -> Refusal | None:
    try:
        may_take_over(look, desk, row, person)
    except Refusal as refusal:
        return refusal
    return None
