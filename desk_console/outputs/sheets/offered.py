"""Which sheets belong to what is on the screen: to an entry, a matter, a handover, a person."""

from __future__ import annotations

from sqlmodel import Session, select

from desk_console.handover.records import HandoverSeal
from desk_console.log.records import Entry, EntryKind
from desk_console.matters.moving import history
from desk_console.matters.records import Form, Matter
from desk_console.outputs.sheets.making import Wanted
from desk_console.people.views import person

_BY_FORM = {Form.WORK_ORDER: "work-order", Form.COMPLAINT: "complaint"}


def of_matter(session: Session, matter_id: int) -> tuple[Wanted, ...]:
    """The forms of a matter: its order or record, and its next-day follow-up."""
    matter = session.get(Matter, matter_id)
    if matter is None:
        return ()
    names = [_BY_FORM[matter.form]] if matter.form in _BY_FORM else []
    if any(event.what == "next_day" for event in history(session, matter_id)):
        names.append("next-day")
    return tuple(Wanted(name, of=matter.number or str(matter_id)) for name in names)


def of_entry(session: Session, entry_id: int) -> tuple[Wanted, ...]:
    """A round's patrol record, and the forms of what the entry left open."""
    entry = session.get(Entry, entry_id)
    if entry is None:
        return ()
    is_patrol = entry.kind is EntryKind.PATROL
    own = (Wanted("patrol", of=str(entry_id)),) if is_patrol else ()
    opened = session.exec(select(Matter.id).where(Matter.entry_id == entry_id)).all()
    return (*own, *(each for one in opened for each in of_matter(session, one or 0)))


def of_handover(session: Session, handover_id: int) -> tuple[Wanted, ...]:
    """The record of a handover, once it is sealed."""
    sealed = select(HandoverSeal.id).where(HandoverSeal.handover_id == handover_id)
    return (Wanted("handover", of=str(handover_id)),) if session.exec(sealed).first() else ()


def of_person(session: Session, person_id: int) -> tuple[Wanted, ...]:
    """The agreement that makes their PIN their signature, to be signed on paper."""
    found = person(session, person_id)
    return (Wanted("agreement", of=found.staff_no),) if found is not None else ()
