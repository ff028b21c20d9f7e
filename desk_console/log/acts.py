"""Writing the log: the entry as it was first said, and what is added beside it later.

An entry's original is never changed. The journal holds a salted digest of the words, never the
words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import bindparam, delete
from sqlmodel import Session, col, select

from desk_console.foundation.canonical import words_digest
from desk_console.foundation.reading import row
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Work
from desk_console.foundation.text import LONG_LIMIT, accept, narrow
from desk_console.log.departments import tell
from desk_console.log.entry_source import index_entry, index_new
from desk_console.log.forms import (
    MOST_RINGS,
    CustodyForm,
    EntryForm,
    HandOutForm,
    PatrolForm,
    VisitForm,
    whole_number,
)
from desk_console.log.presence import Presence, present_writer
from desk_console.log.records import (
    Addition,
    AdditionKind,
    Awaited,
    Category,
    Draft,
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

CORRECTABLE = (
    "caller",
    "unit_text",
    "phone",
    "rings",
    "category",
    "content",
    "action",
    "result",
)
"""The fields of an entry beside which a correction may stand (5.1)."""

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

_SALT_BYTES = 16

# What each save asks and does is put together once.
_OF_FORM = "select id from entry where form_id = :form"
_OF_UNIT = "select id from unit where code = :code"
_NO_DRAFT = delete(Draft).where(col(Draft.form_id) == bindparam("form"))


@dataclass(frozen=True, slots=True)
class Written:
    """An entry on record. `is_new` is false where its form had been saved before."""

    entry: Entry
    is_new: bool
    where: Presence | None


def write_entry(
    work: Work, desk: Desk, person: PersonView, form: EntryForm, *, is_open: bool
) -> Written:
    """Writes an entry with its notices, stock and index, and takes its draft away; a step of a
    larger act.

    A form saved before gives its entry again. An entry belongs to the shift that writes it, so that
    one already handed over stays as it was signed. Refuses (6.3) whoever is not on duty.
    """
    before = row(work.session, _OF_FORM, form=form.form_id)
    if before is not None:
        _drop_draft(work.session, form.form_id)
        return Written(_entry_at(work.session, before["id"]), is_new=False, where=None)
    where = present_writer(work.session, person, desk.duty)
    time_verdict(form.at, work.now).or_refuse()
    entry = _entry(work, desk, person, form, where, is_open=is_open)
    work.put(entry)
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
    return Entry(
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
        salt=desk.source.random_bytes(_SALT_BYTES).hex(),
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
    session.connection().execute(_NO_DRAFT, {"form": form_id})


def correct(
    desk: Desk,
    person: PersonView,
    entry_id: int,
    field: str,
    words: str,
    reason: str,
    *,
    form_id: str | None = None,
) -> int:
    """Puts a correction beside an entry: who, when, why; the original stays (5.1). Returns its id.

    Refuses without a reason, for a field that has no corrections, and for words that change
    nothing.
    """
    with desk.transaction() as work:
        entry = _entry_at(work.session, entry_id)
        right = _corrected_words(entry, field, words)
        why = accept(reason)
        if not why:
            raise Refusal("log.missing_reason", clause=_original(desk), field="reason")
        return add(
            work,
            desk,
            person,
            entry,
            AdditionKind.CORRECTION,
            right,
            field=field,
            reason=why,
            form_id=form_id,
        )


def _corrected_words(entry: Entry, field: str, words: str) -> str:
    if field not in CORRECTABLE:
        raise Refusal("log.not_correctable", field=field)
    right = accept(words, limit=LONG_LIMIT, lines=field in ("content", "action", "result"))
    if field == "rings":
        number = whole_number("rings", 0, MOST_RINGS)(right)
        right = "" if number is None else str(number)
    elif field == "category" and right not in tuple(Category):
        raise Refusal("log.missing_right_category", field=field)
    elif field in ("phone", "unit_text"):
        right = narrow(right)
    was = getattr(entry, field)
    if right == ("" if was is None else str(was)):
        raise Refusal("log.correction_same", field=field)
    return right


def add_fact(
    desk: Desk,
    person: PersonView,
    entry_id: int,
    kind: AdditionKind,
    words: str,
    *,
    form_id: str | None = None,
) -> int:
    """Adds what was done later, its result, or a re-check (9.3) beside an entry. Returns its id."""
    said = accept(words, limit=LONG_LIMIT, lines=True)
    if not said:
        raise Refusal("log.missing_words", field="words")
    with desk.transaction() as work:
        entry = _entry_at(work.session, entry_id)
        return add(work, desk, person, entry, kind, said, form_id=form_id)


def visitor_left(
    desk: Desk,
    person: PersonView,
    entry_id: int,
    *,
    at: datetime | None = None,
    form_id: str | None = None,
) -> int:
    """Puts down that a visitor has left, at a time (now unless given). Returns the addition's id.

    Refuses a leaving before the coming, and a second one.
    """
    with desk.transaction() as work:
        entry = _entry_at(work.session, entry_id)
        left = (at or work.now).astimezone(UTC)
        time_verdict(left, work.now).or_refuse()
        came = datetime.fromisoformat(entry.particulars.get("in_at") or entry.at.isoformat())
        if left < min(came, work.now):
            raise Refusal("log.out_before_in", field="at")
        _expect(work.session, entry_id, AdditionKind.VISITOR_OUT, form_id, "log.not_inside")
        return add(
            work,
            desk,
            person,
            entry,
            AdditionKind.VISITOR_OUT,
            "",
            particulars={"out_at": left.isoformat()},
            form_id=form_id,
        )


def collect(
    desk: Desk,
    person: PersonView,
    entry_id: int,
    *,
    taken_by: str,
    proof: str = "",
    phone: str = "",
    form_id: str | None = None,
) -> int:
    """Gives out an item left at the desk: who took it, what was shown or signed for it (7.8).

    Refuses without a name, and an item that was taken before.
    """
    clause = desk.duty.cite(Topic.CUSTODY)
    name = accept(taken_by)
    if not name:
        raise Refusal("log.missing_taken_by", clause=clause, field="taken_by")
    shown = {"taken_by": name, "proof": accept(proof), "phone": accept(narrow(phone))}
    with desk.transaction() as work:
        entry = _entry_at(work.session, entry_id)
        _expect(
            work.session, entry_id, AdditionKind.COLLECTED, form_id, "log.not_in_custody", clause
        )
        return add(
            work,
            desk,
            person,
            entry,
            AdditionKind.COLLECTED,
            name,
            particulars=shown,
            form_id=form_id,
        )


def add(
    work: Work,
    desk: Desk,
    person: PersonView,
    entry: Entry,
    kind: AdditionKind,
    words: str,
    *,
    field: str = "",
    reason: str = "",
    particulars: dict[str, Any] | None = None,
    form_id: str | None = None,
    must_be_on_duty: bool = True,
) -> int:
    """Adds a line beside an entry, a step of a larger act; a form saved before gives its line
    again.
    """
    if form_id is not None:
        before = addition_of(work.session, form_id)
        if before is not None:
            return before
    if must_be_on_duty:
        present_writer(work.session, person, desk.duty)
    salt = desk.source.random_bytes(_SALT_BYTES).hex()
    addition = Addition(
        form_id=form_id or desk.source.new_id(),
        entry_id=entry.id or 0,
        kind=kind,
        field=field,
        words=words,
        reason=reason,
        particulars=particulars or {},
        person_id=person.id,
        at=work.now,
        salt=salt,
    )
    work.put(addition)
    work.session.connection().execute(
        delete(Awaited).where(col(Awaited.kind) == kind, col(Awaited.entry_id) == entry.id)
    )
    index_entry(work.session, entry.id or 0)
    said: dict[str, object] = {
        "words": words,
        "reason": reason,
        "particulars": particulars or {},
    }
    work.journal(
        f"log.{kind.value}",
        by=person.id,
        subject=f"entry:{entry.id}",
        clause=_original(desk) if kind is AdditionKind.CORRECTION else None,
        addition=addition.id,
        field=field,
        digest=words_digest(salt, said),
    )
    return addition.id or 0


def addition_of(session: Session, form_id: str) -> int | None:
    """The id of the addition that a form made; None where it made none yet."""
    return session.exec(select(Addition.id).where(Addition.form_id == form_id)).first()


def _expect(
    session: Session,
    entry_id: int,
    kind: AdditionKind,
    form_id: str | None,
    key: str,
    clause: str | None = None,
) -> None:
    is_again = form_id is not None and addition_of(session, form_id) is not None
    if not is_again and session.get(Awaited, (kind, entry_id)) is None:
        raise Refusal(key, clause=clause)


def _entry_at(session: Session, entry_id: int) -> Entry:
    entry = session.get(Entry, entry_id)
    if entry is None:
        raise Refusal("log.no_entry", id=entry_id)
    return entry


def _original(desk: Desk) -> str | None:
    return desk.duty.cite(Topic.ORIGINAL_RECORD)
