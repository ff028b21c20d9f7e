"""Saying how much hangs on a matter, where a handover may stop at it (9.17).

Nobody makes less of it who is a side of the handover that goes on, nor becomes one after having
done so in that shift: the way past an important matter is a release by somebody else.
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, func, select

from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Work
from desk_console.handover.records import Handover, HandoverSeal
from desk_console.matters import weighing
from desk_console.matters.records import Importance
from desk_console.people.pins import Proof
from desk_console.people.records import PersonView
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import Topic
from desk_console.shift import tenures
from desk_console.shift.records import Tenure


def set_importance(
    desk: Desk,
    person: PersonView,
    matter_id: int,
    revision: int,
    importance: Importance,
    *,
    is_urgent: bool | None = None,
    words: str = "",
    proof: Proof | None = None,
) -> int:
    """Says how much hangs on a matter; returns its new revision. An urgent one may wait less.

    Refuses to let less hang on it (9.17, 9.6) without the reason and the fresh PIN (`proof`) of
    somebody in charge who neither holds the post, nor is only out from it, nor is a side of a
    handover under way.
    """
    with desk.transaction() as work:
        return weighing.weigh(
            work,
            desk,
            person,
            matter_id,
            revision,
            importance,
            is_urgent=is_urgent,
            words=words,
            proof=proof,
            sides=_sides(work),
        )


def may_be_side(
    session: Session, desk: Desk, person_id: int, post_code: str, *, at: datetime
) -> None:
    """Refuses a side of a handover who made less of a matter in what is handed over (9.17, 9.6):
    else they would pass what they may not release.
    """
    since = _handed_over_since(session, post_code, at)
    matter = weighing.made_less_by(session, person_id, since)
    if matter is not None:
        clause = desk.duty.cite(Topic.BLOCKING_MATTER)
        raise Refusal("handover.made_less_self", clause=clause, title=matter.title)


def _handed_over_since(session: Session, post_code: str, at: datetime) -> datetime | None:
    """When the shift began; earlier, where its forerunner ended without a handover; None where none
    was ever sealed at the post.
    """
    running = tenures.running_shift(session, post_code)
    sealed_at = session.exec(
        select(func.max(HandoverSeal.sealed_at)).where(HandoverSeal.post_code == post_code)
    ).first()
    return min(running.opened_at if running else at, sealed_at) if sealed_at else None


def _sides(work: Work) -> frozenset[int]:
    """Who is a side of a handover that goes on, or will be: whoever is out comes back to it."""
    rows = work.session.exec(select(Handover).where(col(Handover.closed_at).is_(None)))
    named = {one for row in rows for one in (row.outgoing_id, row.acting_id, row.incoming_id)}
    away = select(Tenure.away_person_id).where(col(Tenure.ended_at).is_(None))
    return frozenset(one for one in (*named, *work.session.exec(away)) if one is not None)
