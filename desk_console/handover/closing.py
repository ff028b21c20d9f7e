"""Signing off: after the handover, or at closing once the outgoing part was signed (9.16).

Whoever holds a post leaves it by no other way than these; what is left undone keeps them there.
"""

from __future__ import annotations

from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Work
from desk_console.handover import parties, versions
from desk_console.handover.comparing import changes
from desk_console.handover.gathering import gather_first_part
from desk_console.handover.opening import void
from desk_console.handover.records import Handover, HandoverVersion
from desk_console.handover.reporting import report_closed
from desk_console.handover.sheet import Sheet
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import Topic
from desk_console.shift import departures, tenures
from desk_console.shift.presence import Proven


class _Changed(Exception):
    """What was signed at closing is no longer what there is."""

    def __init__(self, handover_id: int, refusal: Refusal) -> None:
        super().__init__("changed")
        self.handover_id, self.refusal = handover_id, refusal


def sign_off(desk: Desk, proof: Proven, *, reason: str = "") -> int:
    """Closes a person's presence; returns the minutes by which they leave early.

    Refuses (9.16, 6.8, 9.5, 2.8) whoever holds a post, but for the closing of a post that is not
    manned round the clock, where the outgoing part of its handover is signed and still holds. With
    it the shift is reported (3.10): the handover may be sealed a weekend later.
    """
    try:
        with desk.transaction() as work:
            tenures.settle(work, desk)
            tenure = tenures.held_by(work.session, proof.person.id)
            if tenure is not None:
                departures.hours_verdict(work, desk, tenure).or_refuse()
                row, signed = _handed_over(work, desk, tenure.post_code, proof.person.id)
                report_closed(work, desk, row, signed)
            return departures.sign_off_step(work, desk, proof.person, reason=reason)
    except _Changed as changed:
        with desk.transaction() as work:
            row = parties.under_way(work, desk, changed.handover_id)
            void(work, row, "changed")
        raise changed.refusal from None


def _handed_over(work: Work, desk: Desk, post_code: str, holder_id: int) -> tuple[Handover, Sheet]:
    """The outgoing part with which a post may be closed. Refuses where it is not signed, or no
    longer holds; what was left at an earlier closing is taken over first.
    """
    clause = desk.duty.cite(Topic.SIGN_OFF) or desk.duty.cite(Topic.SIGN_BOTH)
    row = parties.at_post(work.session, post_code)
    if row is None or not parties.is_left(row):
        raise Refusal("handover.close_first", clause=clause)
    if row.outgoing_id != holder_id or parties.is_closed(work.session, row):
        raise Refusal("handover.take_over_first", clause=clause)
    version = work.session.get(HandoverVersion, row.version_id)
    if version is None:
        raise LookupError(f"handover {row.id} has no version")
    signed = versions.sheet_of(work.session, version)
    now = gather_first_part(work.session, desk, row)
    if signed.mark != now.mark:
        refusal = Refusal("handover.changed", clause=clause, what=changes(signed, now))
        raise _Changed(row.id or 0, refusal)
    return row, signed
