"""Writing the log: the entry as it was first said; what is added later is in `additions`.

An entry's original is never changed. The journal holds a salted digest of the words, never the
words.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from desk_console.foundation.canonical import words_digest
from desk_console.foundation.reading import driver_of, row
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Work
from desk_console.log.departments import tell
from desk_console.log.entry_source import index_new
from desk_console.log.forms import (
    CustodyForm,
    EntryForm,
    HandOutForm,
    PatrolForm,
    VisitForm,
)
from desk_console.log.presence import Presence, present_writer
from desk_console.log.records import (
    AdditionKind,
    Awaited,
    Entry,
    EntryKind,
    Resident,
)
from desk_console.log.rules import time_verdict
from desk_console.log.units import unit_name
from desk_console.people.records import PersonView
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.topics import Topic
from desk_console.shift import items

ERASABLE_WORDS = (
    "caller",
    "unit_text",
    "phone",
    "content",
    "action",
    "result",
    "particulars",
)
"""What the digest of an entry covers."""

SALT_BYTES = 16

# What each save asks and does is put together once.
_OF_FORM = "select id from entry where form_id = :form"
_OF_UNIT = "select id from unit where code = :code"
_NO_DRAFT = "delete from draft where form_id = ?"


@dataclass(frozen=True, slots=True)
class Written:
    """An entry on record. `is_new` is false where its form had been saved before."""

    entry: Entry
    is_new: bool
    where: Presence | None


def write_entry(
    work: Work,
    desk: Desk,
    person: PersonView,
    form: EntryForm,
    *,
    is_open: bool,
    where: Presence | None = None,
) -> Written:
    """Writes an entry with its notices, stock and index, and takes its draft away; a step of a
    larger act.

    A form saved before gives its entry again. An entry belongs to the shift that writes it, so that
    one already handed over stays as it was signed. `where` the person is, if the act has looked
    already. Refuses (6.3) whoever is not on duty.
    """
    before = row(work.session, _OF_FORM, form=form.form_id)
    if before is not None:
        _drop_draft(work.session, form.form_id)
        return Written(entry_at(work.session, before["id"]), is_new=False, where=None)
    where = present_writer(work.session, person, desk.duty, where)
    time_verdict(form.at, work.now).or_refuse()
    entry = _entry(work, desk, person, form, where, is_open=is_open)
    entry_id = entry.id or 0
    for notice in form.notices:
        tell(work, desk, entry, person.id, notice)
    _await(work.session, entry_id, form)
    if isinstance(form, HandOutForm) and form.item_id is not None and form.quantity is not None:
        items.hand_out(
            work, desk, form.item_id, form.quantity, subject=f"entry:{entry_id}", by=person.id
        )
    index_new(work.session, entry)
    _drop_draft(work.session, form.form_id)
    work.journal(
        "log.entry",
        by=person.id,
        subject=f"entry:{entry_id}",
        clause=desk.duty.cite(Topic.LOG_PROMPTLY),
        digest=words_digest(entry.salt, {name: getattr(entry, name) for name in ERASABLE_WORDS}),
        kind=entry.kind,
        category=entry.category,
        channel=entry.channel,
        shift=entry.shift_id,
        happened_at=entry.at,
        is_open=is_open,
        told=[notice.department_id for notice in form.notices],
    )
    return Written(entry, is_new=True, where=where)


def _entry(
    work: Work,
    desk: Desk,
    person: PersonView,
    form: EntryForm,
    where: Presence,
    *,
    is_open: bool,
) -> Entry:
    return work.make(
        Entry,
        form_id=form.form_id,
        kind=form.kind,
        channel=form.channel,
        is_outgoing=form.is_outgoing,
        category=form.category,
        at=min(form.at, work.now),
        recorded_at=work.now,
        offset_minutes=work.offset_minutes,
        post_code=where.post_code,
        shift_id=where.shift_id,
        person_id=person.id,
        rings=form.rings,
        caller=form.caller,
        unit_id=_unit_id(work.session, form),
        unit_text=form.unit_text,
        resident_id=form.resident_id,
        phone=form.phone,
        content=form.summary() or _handed_out(work.session, form),
        action=form.action,
        result=form.result,
        is_abnormal=form.is_abnormal,
        is_emergency=form.is_emergency,
        is_open=is_open,
        particulars=form.particulars(),
        salt=desk.source.random_bytes(SALT_BYTES).hex(),
    )


def _handed_out(session: Session, form: EntryForm) -> str:
    """What was handed out and how many, where nothing else was said of it (5.3)."""
    if not isinstance(form, HandOutForm) or form.item_id is None:
        return ""
    return items.quantity_words(session, form.item_id, form.quantity or 0)


def _unit_id(session: Session, form: EntryForm) -> int | None:
    """The unit that the form names: chosen, of the resident, or typed."""
    if form.unit_id is not None:
        return form.unit_id
    if form.resident_id is not None:
        resident = session.get(Resident, form.resident_id)
        return resident.unit_id if resident else None
    typed = form.unit_text
    if not typed and isinstance(form, CustodyForm):
        typed = form.for_whom.split(" ")[0]  # `3-1502 张先生`
    named = unit_name(typed)
    if named is None:
        return None
    found = row(session, _OF_UNIT, code=named.code)
    return found["id"] if found else None


def _await(session: Session, entry_id: int, form: EntryForm) -> None:
    """Notes what the entry still waits for: 7.8 a collection, a visitor's leaving, 9.3 a
    re-check.
    """
    awaited: AdditionKind | None = None
    if form.kind is EntryKind.CUSTODY:
        awaited = AdditionKind.COLLECTED
    elif isinstance(form, VisitForm) and form.out_at is None:
        awaited = AdditionKind.VISITOR_OUT
    elif isinstance(form, PatrolForm) and not all(point.is_ok for point in form.points):
        awaited = AdditionKind.RECHECK
    if awaited is not None:
        session.add(Awaited(kind=awaited, entry_id=entry_id))


def _drop_draft(session: Session, form_id: str) -> None:
    driver_of(session).execute(_NO_DRAFT, (form_id,))


def entry_at(session: Session, entry_id: int) -> Entry:
    """An entry. Refuses an unknown one."""
    entry = session.get(Entry, entry_id)
    if entry is None:
        raise Refusal("log.no_entry", id=entry_id)
    return entry
