"""What is added beside an entry later: corrections, facts, and the end of what it waited for.

The original stands as it was written; each addition says who, when and why (5.1).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select

from desk_console.foundation.canonical import words_digest
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Work
from desk_console.foundation.text import LONG_LIMIT, accept, narrow
from desk_console.log.acts import SALT_BYTES, entry_at
from desk_console.log.entry_source import index_entry
from desk_console.log.forms import (
    MOST_RINGS,
    whole_number,
)
from desk_console.log.presence import present_writer
from desk_console.log.records import (
    Addition,
    AdditionKind,
    Awaited,
    Category,
    Entry,
)
from desk_console.log.rules import time_verdict
from desk_console.people.records import PersonView
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.topics import Topic

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
        return correct_step(work, desk, person, entry_id, field, words, reason, form_id=form_id)


def correct_step(
    work: Work,
    desk: Desk,
    person: PersonView,
    entry_id: int,
    field: str,
    words: str,
    reason: str,
    *,
    form_id: str | None = None,
) -> int:
    """The step of `correct`, for an act that does more."""
    entry = entry_at(work.session, entry_id)
    if form_id is not None and (before := addition_of(work.session, form_id)) is not None:
        return before
    right = _corrected_words(work.session, entry, field, words)
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


def _corrected_words(session: Session, entry: Entry, field: str, words: str) -> str:
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
    if right == as_it_stands(session, entry, field):
        raise Refusal("log.correction_same", field=field)
    return right


def as_it_stands(session: Session, entry: Entry, field: str) -> str:
    """A field as its newest correction has it, else as it was written: a correction that was wrong
    can be put right, also by what was written first (5.1).
    """
    newest = (
        select(Addition.words)
        .where(Addition.entry_id == entry.id, Addition.kind == AdditionKind.CORRECTION)
        .where(Addition.field == field, col(Addition.erased_by).is_(None))
        .order_by(col(Addition.id).desc())
    )
    corrected = session.exec(newest).first()
    if corrected is not None:
        return corrected
    was = getattr(entry, field)
    return "" if was is None else str(was)


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
        entry = entry_at(work.session, entry_id)
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
        entry = entry_at(work.session, entry_id)
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
        entry = entry_at(work.session, entry_id)
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
    salt = desk.source.random_bytes(SALT_BYTES).hex()
    addition = work.make(
        Addition,
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


def _original(desk: Desk) -> str | None:
    return desk.duty.cite(Topic.ORIGINAL_RECORD)
