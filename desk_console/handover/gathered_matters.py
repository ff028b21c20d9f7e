"""The open matters on a sheet, what presses most first, with what was said of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import Session, col, func, or_, select

from desk_console.foundation.refusal import ALLOWED, Verdict
from desk_console.handover import rules
from desk_console.handover.faces import Faces, faces_of
from desk_console.handover.records import Handover, HandoverKind, HandoverPoint
from desk_console.handover.sheet import MatterPoint
from desk_console.log.records import Entry, Unit
from desk_console.matters.moving import standing_of
from desk_console.matters.night import leftovers
from desk_console.matters.records import Importance, Matter, MatterEvent, Urgency
from desk_console.matters.rules import report_verdict
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import Topic


def matters_of_post(desk: Desk, row: Handover) -> tuple[object, ...]:
    """The conditions that an open matter of this handover meets.

    A matter belongs to the post at which its entry was written; one without an entry, or of a post
    that the site has no more (it runs by another regulation now), to its first post.
    """
    codes = [post.code for post in desk.duty.posts()]
    here = col(Entry.post_code) == row.post_code
    nowhere = or_(col(Matter.entry_id).is_(None), col(Entry.post_code).not_in(codes))
    place = or_(here, nowhere) if row.post_code == codes[0] else here
    if row.through_entry_id is None:
        return (col(Matter.closed_at).is_(None), place)
    stated = select(HandoverPoint.matter_id).where(HandoverPoint.handover_id == row.id)
    return (col(Matter.closed_at).is_(None), place, col(Matter.id).in_(stated))


def matters_of(
    session: Session,
    desk: Desk,
    row: Handover,
    faces: Faces | None = None,
    *,
    only: int | None = None,
) -> tuple[MatterPoint, ...]:
    """The open matters of a handover, what presses most first, with what was said of each; `only`
    one of them, where that is named.
    """
    narrowed = () if only is None else (col(Matter.id) == only,)
    about = () if only is None else (HandoverPoint.matter_id == only,)
    rows = session.exec(
        select(Matter, Entry.unit_text, Unit.code)
        .join(Entry, col(Entry.id) == col(Matter.entry_id), isouter=True)
        .join(Unit, col(Unit.id) == col(Entry.unit_id), isouter=True)
        .where(*matters_of_post(desk, row), *narrowed)  # type: ignore[arg-type]  # column conditions
    ).all()
    found = [matter for matter, _, _ in rows]
    units = {matter.id: code or said or "" for matter, said, code in rows}
    points = {
        one.matter_id: one
        for one in session.exec(
            select(HandoverPoint).where(HandoverPoint.handover_id == row.id, *about)
        )
    }
    faces = faces or faces_of(
        session, [*(one.owner_id for one in found), *(one.owner_id for one in points.values())]
    )
    ordered = sorted(
        found,
        key=lambda one: (
            not one.is_urgent,
            one.importance is Importance.NORMAL,
            _due_at(one) is None,
            _due_at(one) or one.opened_at,
            one.id,
        ),
    )
    taken = _last_steps(session, [one.id or 0 for one in found])
    may_be_left = any(one.form is None for one in found)
    waiting = _leftovers(session, desk, row) if may_be_left else frozenset()
    return tuple(
        _point(one, points.get(one.id or 0), row, faces, taken.get(one.id or 0, 1)).model_copy(
            update={
                "unit": units[one.id],
                "is_leftover": one.id in waiting,
                "lacks_report": not _report_verdict(session, desk, one).is_allowed,
            }
        )
        for one in ordered
    )


def _due_at(matter: Matter) -> datetime | None:
    """Until when the desk has; None while the ladder is asked: its rungs' clocks go on by
    themselves, from one to the next.
    """
    return None if matter.asked_rung is not None else matter.due_at


def _last_steps(session: Session, matter_ids: Sequence[int]) -> Mapping[int, int]:
    """The revision that the last step taken by somebody made of each matter.

    What time alone adds (the next rung is asked by itself) tells nobody anything new: who has
    acknowledged or signed a matter is not asked again for that.
    """
    rows = session.exec(
        select(MatterEvent.matter_id, func.max(MatterEvent.revision))
        .where(col(MatterEvent.matter_id).in_(matter_ids), col(MatterEvent.person_id).is_not(None))
        .group_by(col(MatterEvent.matter_id))
    )
    return {matter_id: revision or 1 for matter_id, revision in rows}


def _leftovers(session: Session, desk: Desk, row: Handover) -> frozenset[int]:
    """What the night left and nobody has turned into its form (6.7); who is relieved in the middle
    of the night leaves it to the morning.
    """
    if row.kind is HandoverKind.SHORT or desk.duty.cite(Topic.LEFTOVERS) is None:
        return frozenset()
    return frozenset(one.matter_id for one in leftovers(session, desk.duty))


def _report_verdict(session: Session, desk: Desk, matter: Matter) -> Verdict:
    """Has it been reported where it must be before it is handed over (9.6, 2.4)?"""
    if matter.importance is not Importance.MAJOR and matter.urgency is not Urgency.LIFE_SAFETY:
        return ALLOWED
    return report_verdict(standing_of(session, matter), desk.duty)


def _point(
    matter: Matter, point: HandoverPoint | None, row: Handover, faces: Faces, revision: int
) -> MatterPoint:
    plain = MatterPoint(
        matter_id=matter.id or 0,
        entry_id=matter.entry_id,
        kind=matter.kind,
        title=matter.title,
        importance=matter.importance,
        is_urgent=matter.is_urgent,
        opened_at=matter.opened_at,
        due_at=_due_at(matter),
        matter_revision=revision,
        number=matter.number or "",
        stage=matter.stage,
        owner=faces.signer(matter.owner_id),
        least_severity=rules.least_severity(matter.importance, is_urgent=matter.is_urgent),
    )
    if point is None:
        return plain
    is_same = point.acknowledged_by == row.incoming_id and point.acknowledged_by is not None
    is_read_back = point.read_back_by == row.incoming_id and point.read_back_by is not None
    return plain.model_copy(
        update={
            "severity": point.severity,
            "state": point.state,
            "next_step": point.next_step,
            "new_owner": faces.maybe(point.owner_id),
            "next_at": point.due_at,
            "if_then": point.if_then,
            "carry_reason": point.carry_reason,
            "point_revision": point.revision,
            "is_acknowledged": is_same
            and point.acknowledged_revision == point.revision
            and point.matter_revision == revision,
            "read_back": point.read_back if is_read_back else "",
            "is_read_back": is_read_back,
            "is_accepted": is_read_back and point.accepted_by is not None,
            "said_again": point.said_again,
            "converted_to": point.converted_to,
        }
    )
