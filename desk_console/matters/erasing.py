"""What goes of the matters when a resident's data is erased by order (4.9): the words of their
steps and forms. Stages, times and who held them stay.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import update
from sqlmodel import Session, col, select

from desk_console.foundation.outbox import OutgoingMail
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Work
from desk_console.log.erasing import Doomed, batches, doomed, gone, ids_of
from desk_console.matters.records import Matter, MatterEvent


def matters_of(session: Session, entry_ids: Sequence[int], clause: str | None) -> list[int]:
    """The matters that these entries opened. Refuses while one is open: it cannot be settled
    without its words.
    """
    found: list[int] = []
    for ids in batches(entry_ids):
        rows = session.exec(select(Matter).where(col(Matter.entry_id).in_(ids)))
        for matter in rows.all():
            if matter.closed_at is None:
                number = matter.number or f"#{matter.id}"
                raise Refusal("matters.erase_open", clause=clause, number=number)
            found.append(matter.id or 0)
    return found


def doomed_of(session: Session, matter_ids: Sequence[int]) -> tuple[Doomed, ...]:
    """The steps of these matters, and the mails about them."""
    ids: list[int] = []
    places: list[str] = []
    for part in batches(matter_ids):
        steps = select(MatterEvent).where(
            col(MatterEvent.matter_id).in_(part), col(MatterEvent.erased_by).is_(None)
        )
        for each in session.exec(steps.order_by(col(MatterEvent.id))):
            ids.append(each.id or 0)
            places.append(f"matter_event:{each.matter_id}.{each.revision}")
    steps_gone = Doomed(
        MatterEvent, tuple(ids), tuple(places), {"words": "", "facts": {}, "salt": ""}
    )
    about = [f"matter:{each}" for each in matter_ids]
    mails = ids_of(session, OutgoingMail.id, OutgoingMail.about, about)
    return (steps_gone, doomed(OutgoingMail, mails, given="{}"))


def forget(work: Work, matter_ids: Sequence[int]) -> None:
    """Takes the words out of the matters themselves, where nothing is sealed."""
    for ids in batches(matter_ids):
        work.session.connection().execute(
            update(Matter)
            .where(col(Matter.id).in_(ids))
            .values(title=gone(), next_step="", result="", answered="")
        )
