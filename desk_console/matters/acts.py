"""Matters: opened by an entry, moved on by people, closed with an answer.

Logging is one transaction: the entry, its notices, the matter that it leaves open, the journal.
Whoever acts on a matter as it no longer is, is told what changed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from desk_console.foundation.catalogue import Message, message
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Work
from desk_console.foundation.text import LONG_LIMIT, accept
from desk_console.log.acts import add, write_entry
from desk_console.log.forms import EntryForm
from desk_console.log.presence import present_writer
from desk_console.log.records import AdditionKind, Entry
from desk_console.log.rules import is_late_answer, open_reasons, words_digest
from desk_console.matters.records import Importance, Matter, MatterEvent
from desk_console.matters.rules import closing_verdict, limit_for
from desk_console.people import views as people
from desk_console.people.records import PersonView
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import Topic
from desk_console.shift import tenures

_SALT_BYTES = 16
_TITLE_CHARACTERS = 60
_BESIDE = {"progress": AdditionKind.ACTION, "closed": AdditionKind.RESULT}


@dataclass(frozen=True, slots=True)
class OpenMatter:
    """How a matter is to be opened; given, it stays open though it could close by itself."""

    owner_id: int | None = None
    """None: whoever holds the post."""
    importance: Importance = Importance.NORMAL
    is_urgent: bool = False
    due_at: datetime | None = None
    next_step: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Logged:
    """What logging came to."""

    entry_id: int
    matter_id: int | None
    is_new: bool
    """False where the form had been saved before."""
    open_reasons: tuple[Message, ...]
    warnings: tuple[Message, ...]


def log_entry(
    desk: Desk, person: PersonView, form: EntryForm, opened: OpenMatter | None = None
) -> Logged:
    """Logs an entry of any kind; what it leaves open becomes a matter with an owner (6.3, 2.9,
    3.8).

    Saying the same form twice gives the same entry. Refuses (6.3) whoever is not on duty.
    """
    with desk.transaction() as work:
        return log_step(work, desk, person, form, opened)


def log_step(
    work: Work, desk: Desk, person: PersonView, form: EntryForm, opened: OpenMatter | None = None
) -> Logged:
    """The step of `log_entry`, for an act that does more."""
    reasons = open_reasons(form)
    is_open = bool(reasons) or opened is not None
    written = write_entry(work, desk, person, form, is_open=is_open)
    matter_id = _matter_of(work.session, written.entry.id or 0)
    if written.is_new and is_open:
        matter_id = _open(work, desk, person, form, written.entry, opened or OpenMatter())
    warnings = _warnings(desk, form, is_started=written.where is None or written.where.is_started)
    return Logged(
        entry_id=written.entry.id or 0,
        matter_id=matter_id,
        is_new=written.is_new,
        open_reasons=tuple(reason.message for reason in reasons),
        warnings=warnings,
    )


def progress(
    desk: Desk,
    person: PersonView,
    matter_id: int,
    revision: int,
    words: str,
    *,
    next_step: str | None = None,
) -> int:
    """Puts what was done about a matter on record; returns its new revision."""
    said = accept(words, limit=LONG_LIMIT, lines=True)
    if not said:
        raise Refusal("matters.words_wanted")
    step = None if next_step is None else accept(next_step)

    def move(_session: Session, matter: Matter) -> None:
        if step is not None:
            matter.next_step = step

    return _act(desk, person, matter_id, revision, "progress", said, move)


def change_owner(
    desk: Desk, person: PersonView, matter_id: int, revision: int, owner_id: int, *, words: str = ""
) -> int:
    """Gives a matter to somebody else; returns its new revision. It always has an owner."""

    def move(session: Session, matter: Matter) -> None:
        matter.owner_id = _working_here(session, owner_id)

    return _act(desk, person, matter_id, revision, "owner", accept(words), move)


def hand_on(
    work: Work,
    desk: Desk,
    person: PersonView,
    matter_id: int,
    owner_id: int,
    *,
    next_step: str,
    words: str = "",
) -> None:
    """Gives an open matter to whoever has it from now on; a step of a handover (9.11).

    A matter that stays as it is gets no new revision.
    """
    matter = work.session.get(Matter, matter_id)
    if matter is None or matter.closed_at is not None:
        raise Refusal("matters.unknown")
    if (matter.owner_id, matter.next_step) == (owner_id, next_step):
        return
    matter.owner_id = _working_here(work.session, owner_id)
    matter.next_step = next_step
    matter.revision += 1
    work.session.add(matter)
    _record(work, desk, person, matter, "owner", words)


def set_importance(
    desk: Desk,
    person: PersonView,
    matter_id: int,
    revision: int,
    importance: Importance,
    *,
    is_urgent: bool | None = None,
    words: str = "",
) -> int:
    """Says how much hangs on a matter; returns its new revision. An urgent one may wait less."""

    def move(session: Session, matter: Matter) -> None:
        matter.importance = importance
        if is_urgent is None or is_urgent == matter.is_urgent:
            return
        matter.is_urgent = is_urgent
        entry = session.get(Entry, matter.entry_id) if matter.entry_id else None
        if entry is not None:
            limit = limit_for(entry.category, is_urgent=is_urgent)
            matter.due_at = matter.opened_at + limit

    return _act(desk, person, matter_id, revision, "importance", accept(words), move)


def close(
    desk: Desk,
    person: PersonView,
    matter_id: int,
    revision: int,
    *,
    result: str,
    answered: str = "",
) -> int:
    """Closes a matter; returns its new revision.

    Refuses one without its result (2.9), and one whose caller has no answer (3.8).
    """
    outcome = accept(result, limit=LONG_LIMIT, lines=True)
    told = accept(answered, limit=LONG_LIMIT, lines=True)

    def move(session: Session, matter: Matter) -> None:
        entry = session.get(Entry, matter.entry_id) if matter.entry_id else None
        has_caller = entry is not None and bool(
            entry.caller or entry.phone or entry.unit_text or entry.resident_id or entry.unit_id
        )
        closing_verdict(outcome, told, desk.duty, has_caller=has_caller).or_refuse()
        matter.result, matter.answered = outcome, told
        matter.closed_at = max(desk.now(), matter.opened_at)
        matter.closed_by = person.id

    return _act(desk, person, matter_id, revision, "closed", outcome, move)


def _act(
    desk: Desk,
    person: PersonView,
    matter_id: int,
    revision: int,
    what: str,
    words: str,
    move: Callable[[Session, Matter], None],
) -> int:
    with desk.transaction() as work:
        present_writer(work.session, person, desk.duty)
        matter = work.session.get(Matter, matter_id)
        if matter is None:
            raise Refusal("matters.unknown")
        if matter.revision != revision:
            raise Refusal("matters.stale", changes=_changes(work.session, matter_id, revision))
        if matter.closed_at is not None:
            raise Refusal("matters.closed_already")
        move(work.session, matter)
        matter.revision += 1
        work.session.add(matter)
        _beside_entry(work, desk, person, matter, what, words)
        _record(work, desk, person, matter, what, words)
        return matter.revision


def _beside_entry(
    work: Work, desk: Desk, person: PersonView, matter: Matter, what: str, words: str
) -> None:
    """What was done and what came of it stand beside the entry too, where search finds them
    (2.9).
    """
    entry = work.session.get(Entry, matter.entry_id) if matter.entry_id else None
    if entry is not None and what in _BESIDE:
        add(work, desk, person, entry, _BESIDE[what], words)


def _changes(session: Session, matter_id: int, revision: int) -> list[Message]:
    rows = session.exec(
        select(MatterEvent)
        .where(MatterEvent.matter_id == matter_id, col(MatterEvent.revision) > revision)
        .order_by(col(MatterEvent.id))
    )
    changes = []
    for row in rows:
        person = people.person(session, row.person_id)
        name = person.name if person else ""
        changes.append(
            message("matters.change", name=name, what=message(f"matters.what_{row.what}"))
        )
    return changes


def _open(
    work: Work,
    desk: Desk,
    person: PersonView,
    form: EntryForm,
    entry: Entry,
    opened: OpenMatter,
) -> int:
    tenure = tenures.open_tenure(work.session, entry.post_code)
    holder_id = tenure.person_id if tenure else None
    owner_id = holder_id or person.id
    if opened.owner_id is not None:
        owner_id = _working_here(work.session, opened.owner_id)
    is_urgent = opened.is_urgent or form.is_emergency
    title = accept(opened.title) or entry.content.split("\n")[0][:_TITLE_CHARACTERS]
    matter = Matter(
        entry_id=entry.id,
        kind=entry.category.value,
        title=title,
        owner_id=owner_id,
        importance=opened.importance,
        is_urgent=is_urgent,
        opened_at=entry.at,
        due_at=opened.due_at or entry.at + limit_for(entry.category, is_urgent=is_urgent),
        next_step=accept(opened.next_step),
    )
    work.session.add(matter)
    work.session.flush()
    _record(work, desk, person, matter, "opened", title)
    return matter.id or 0


def _working_here(session: Session, owner_id: int) -> int:
    owner = people.person(session, owner_id)
    if owner is None or not owner.is_active:
        raise Refusal("people.unknown_person")
    return owner_id


def _record(
    work: Work, desk: Desk, person: PersonView, matter: Matter, what: str, words: str
) -> None:
    salt = desk.source.random_bytes(_SALT_BYTES).hex()
    work.session.add(
        MatterEvent(
            matter_id=matter.id or 0,
            at=work.now,
            person_id=person.id,
            what=what,
            words=words,
            owner_id=matter.owner_id,
            revision=matter.revision,
            salt=salt,
        )
    )
    work.journal(
        f"matters.{what}",
        by=person.id,
        subject=f"matter:{matter.id}",
        clause=desk.duty.cite(Topic.ANSWER_IN_TIME),
        owner=matter.owner_id,
        importance=matter.importance,
        revision=matter.revision,
        digest=words_digest(salt, {"words": words}),
    )


def _warnings(desk: Desk, form: EntryForm, *, is_started: bool) -> tuple[Message, ...]:
    warnings = []
    if is_late_answer(form.rings, desk.duty.answer_within_rings):
        warnings.append(
            message("log.late_answer", rings=form.rings, within=desk.duty.answer_within_rings)
        )
    if not is_started:
        warnings.append(message("log.shift_not_started"))
    return tuple(warnings)


def _matter_of(session: Session, entry_id: int) -> int | None:
    return session.exec(select(Matter.id).where(Matter.entry_id == entry_id)).first()
