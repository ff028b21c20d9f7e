"""Beginning a handover: what F4 would open for somebody, and in which forms.

A post that closes before the next person comes is handed over apart; any other by both together.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from desk_console.handover import parties
from desk_console.handover.hours import opens_at
from desk_console.handover.records import HandoverKind
from desk_console.people import views as people
from desk_console.people.rules import Right, may
from desk_console.roster.rules import current
from desk_console.rulebook.desk import Desk
from desk_console.shift import tenures
from desk_console.shift.presence import present


@dataclass(frozen=True, slots=True)
class Beginning:
    """What there is to hand over at the post where somebody is signed on."""

    post_code: str
    handover_id: int | None
    """The handover that is under way there."""
    holder: str
    """Who holds the post; empty where nobody does."""
    kinds: tuple[HandoverKind, ...]
    """The forms in which this person may begin one, the usual one first."""
    opens_at: datetime | None
    """From when it opens without a reason, where that is still to come."""

    @property
    def may_begin_at_once(self) -> bool:
        """Nothing is to be asked first: it is time, and there is one usual form."""
        return self.opens_at is None and HandoverKind.ACTING not in self.kinds


def beginning(session: Session, desk: Desk, person_id: int) -> Beginning | None:
    """What F4 opens for a person; None for somebody who is not signed on at a post."""
    attendance = present(session, person_id)
    person = people.person(session, person_id)
    if attendance is None or person is None:
        return None
    post_code = attendance.post_code
    tenure = tenures.open_tenure(session, post_code)
    holder_id = tenure.person_id if tenure else None
    holder = people.person(session, holder_id) if holder_id else None
    running = tenures.running_shift(session, post_code)
    due_at = running.due_at if running else None
    opens = opens_at(due_at)
    row = parties.at_post(session, post_code)
    closes = (
        due_at is not None
        and not desk.duty.round_the_clock
        and current(desk.duty, desk.zone, post_code, due_at) is None
    )
    is_in_charge = bool(may(person, Right.RELEASE, desk.duty).is_allowed)
    return Beginning(
        post_code=post_code,
        handover_id=row.id if row else None,
        holder=holder.name if holder else "",
        kinds=_kinds(is_holder=person_id == holder_id, closes=closes, is_in_charge=is_in_charge),
        opens_at=opens if opens is not None and desk.now() < opens else None,
    )


def _kinds(*, is_holder: bool, closes: bool, is_in_charge: bool) -> tuple[HandoverKind, ...]:
    usual = (HandoverKind.REGULAR, HandoverKind.SHORT)
    if is_holder:
        return (HandoverKind.APART, *usual) if closes else usual
    return (*usual, HandoverKind.ACTING) if is_in_charge else usual
