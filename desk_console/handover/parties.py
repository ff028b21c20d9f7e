"""Who is who in a handover that is under way: fetched, and checked at the moment of acting."""

from __future__ import annotations

from sqlmodel import Session, col, select

from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Work
from desk_console.handover.records import Handover, HandoverKind, HandoverStage, Side
from desk_console.people.authority import authorised
from desk_console.people.records import PersonView
from desk_console.people.rules import Right
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import Topic
from desk_console.shift import tenures
from desk_console.shift.presence import present
from desk_console.shift.records import TenureKind


def at_post(session: Session, post_code: str) -> Handover | None:
    """The handover that is under way at a post."""
    return session.exec(
        select(Handover).where(Handover.post_code == post_code, col(Handover.closed_at).is_(None))
    ).first()


def is_left(row: Handover) -> bool:
    """Whether the outgoing person has signed at closing and the next one is awaited."""
    return row.kind is HandoverKind.APART and row.stage is HandoverStage.SIGNED


def is_closed(session: Session, row: Handover) -> bool:
    """Whether the post was closed over what the outgoing person signed: her part stands from then
    on, and whoever opens the post again takes it up, also she herself.
    """
    tenure = tenures.open_tenure(session, row.post_code)
    return is_left(row) and not is_theirs(session, row, tenure.person_id if tenure else None)


def giver_of(row: Handover) -> int:
    """Who hands over: the outgoing person, or the supervisor who acts for them."""
    return row.acting_id or row.outgoing_id


def under_way(work: Work, desk: Desk, handover_id: int) -> Handover:
    """A handover that is under way and whose post is still held by its outgoing person.

    Refuses one that is over, one that was overtaken (somebody else holds the post), and one whose
    holder is out.
    """
    row = work.session.get(Handover, handover_id)
    if row is None:
        raise Refusal("handover.unknown")
    if row.closed_at is not None:
        raise Refusal(f"handover.over_{row.stage}")
    tenures.settle(work, desk)
    holds(work.session, desk, row)
    return row


def holds(session: Session, desk: Desk, row: Handover) -> None:
    """Refuses a handover whose post has passed to somebody else, or whose holder is out."""
    tenure = tenures.open_tenure(session, row.post_code)
    holder_id = tenure.person_id if tenure else None
    if tenure is not None and tenure.kind is TenureKind.STAND_IN:
        raise Refusal("shift.holder_is_out", clause=desk.duty.cite(Topic.STEP_OUT))
    if not is_left(row) and not is_theirs(session, row, holder_id):
        raise Refusal("handover.overtaken")


def is_theirs(session: Session, row: Handover, holder_id: int | None) -> bool:
    """Whether the outgoing person still holds the post, in the shift that is handed over."""
    running = tenures.running_shift(session, row.post_code)
    return holder_id == row.outgoing_id and (running.id if running else None) == row.shift_id


def editable(work: Work, desk: Desk, handover_id: int) -> Handover:
    """A handover in which something may still be entered: not after the outgoing side has signed,
    unless that was at closing and the other part is to come.
    """
    row = under_way(work, desk, handover_id)
    if row.stage is HandoverStage.SIGNED and not is_left(row):
        raise Refusal("handover.signed_wait", clause=desk.duty.cite(Topic.SIGN_BOTH))
    return row


def outgoing(work: Work, desk: Desk, row: Handover, person: PersonView) -> PersonView:
    """The person, as the one who hands over. Refuses anybody else, and once they left for good."""
    if person.id != giver_of(row) or is_left(row):
        raise Refusal(
            "handover.not_your_turn",
            clause=desk.duty.cite(Topic.SIGN_BOTH),
            side=_named(Side.OUTGOING),
        )
    return authorised(work.session, person.id, Right.LOG, desk.duty)


def incoming(work: Work, desk: Desk, row: Handover, person: PersonView) -> PersonView:
    """The person, as the one who takes over and is signed on at the post. Refuses anybody else."""
    attendance = present(work.session, person.id)
    is_here = attendance is not None and attendance.post_code == row.post_code
    if row.incoming_id is None or person.id != row.incoming_id:
        raise Refusal(
            "handover.not_your_turn",
            clause=desk.duty.cite(Topic.READ_RECORD) or desk.duty.cite(Topic.SIGN_BOTH),
            side=_named(Side.INCOMING),
        )
    if not is_here:
        raise Refusal("shift.incoming_not_signed_on")
    return authorised(work.session, person.id, Right.LOG, desk.duty)


def _named(side: Side) -> object:
    from desk_console.foundation.catalogue import message

    return message(f"handover.side_{side}")
