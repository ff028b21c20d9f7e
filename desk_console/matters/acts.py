"""Matters: opened by an entry, moved on by people, closed with an answer.

Logging is one transaction: the entry, its notices, the matter that it leaves open with its form,
the journal. A matter is moved only by the steps of its form.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlmodel import Session, select

from desk_console.foundation.catalogue import Message, message
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Work
from desk_console.foundation.text import LONG_LIMIT, accept
from desk_console.log.acts import Written, write_entry
from desk_console.log.additions import add
from desk_console.log.forms import EntryForm, PatrolForm
from desk_console.log.presence import presence, present_writer
from desk_console.log.records import AdditionKind
from desk_console.log.rules import is_late_answer, open_reasons
from desk_console.matters.fields import accepted
from desk_console.matters.moving import (
    entry_of,
    is_night_duty,
    matter_at,
    record,
)
from desk_console.matters.opening import (
    OpenMatter,
    cause_of,
    open_matter,
    wants_matter,
    working_here,
)
from desk_console.matters.records import (
    Form,
    Matter,
)
from desk_console.matters.stepping import step as step
from desk_console.matters.stepping import take_step as take_step
from desk_console.people.records import PersonView
from desk_console.rulebook.desk import Desk
from desk_console.shift.tasks import record_round

__all__ = [
    "Logged",
    "OpenMatter",
    "change_owner",
    "close",
    "hand_on",
    "log_entry",
    "log_step",
    "progress",
    "step",
    "take_step",
]


@dataclass(frozen=True, slots=True)
class Logged:
    """What logging came to."""

    entry_id: int
    matter_id: int | None
    is_new: bool
    """False where the form had been saved before."""
    open_reasons: tuple[tuple[Message, str | None], ...]
    """Why it stays open, each with its clause."""
    warnings: tuple[Message, ...]
    number: str | None = None
    """The number of the form that went out with it."""
    form: Form | None = None


def log_entry(
    desk: Desk, person: PersonView, form: EntryForm, opened: OpenMatter | None = None
) -> Logged:
    """Logs an entry of any kind; what it leaves open becomes a matter with an owner (6.3, 2.9,
    3.8), a repair its work order (6.4), a complaint its record (4.11). A night's repair may be put
    off to the next day at once, the resident told (6.6).

    Saying the same form twice gives the same entry. Refuses (6.3) whoever is not on duty.
    """
    with desk.transaction() as work:
        return log_step(work, desk, person, form, opened)


def log_step(
    work: Work, desk: Desk, person: PersonView, form: EntryForm, opened: OpenMatter | None = None
) -> Logged:
    """The step of `log_entry`, for an act that does more."""
    reasons, cause = open_reasons(form), cause_of(form)
    where = presence(work.session, person.id)
    at_night = is_night_duty(where, desk.duty)
    is_open = (
        bool(reasons) or opened is not None or wants_matter(cause, desk.duty, at_night=at_night)
    )
    written = write_entry(work, desk, person, form, is_open=is_open, where=where)
    unseen = _walk(work, desk, person, form, written) if isinstance(form, PatrolForm) else 0
    matter: Matter | None = None
    if not written.is_new:
        matter = _matter_of(work.session, written.entry.id or 0)
    elif is_open:
        matter_id = open_matter(work, desk, person, cause, written.entry, opened or OpenMatter())
        matter = work.session.get_one(Matter, matter_id)
        if opened is not None and opened.next_day is not None:
            step(work, desk, person, matter, "next_day", accepted(opened.next_day))
    is_started = written.where is None or written.where.is_started
    warnings = _warnings(desk, form, unseen, is_started=is_started)
    return Logged(
        entry_id=written.entry.id or 0,
        matter_id=matter.id if matter else None,
        is_new=written.is_new,
        open_reasons=tuple((reason.message, reason.clause(desk.duty)) for reason in reasons),
        warnings=warnings,
        number=matter.number if matter else None,
        form=matter.form if matter else None,
    )


def _walk(work: Work, desk: Desk, person: PersonView, form: PatrolForm, written: Written) -> int:
    """The round that was due is done with its entry (9.3), once the shift has started (7.9). Gives
    how many of its points were not seen, where it stays due for them.
    """
    where = written.where
    if not (written.is_new and form.route and where and where.is_started and where.shift_id):
        return 0
    return record_round(
        work,
        desk,
        person.id,
        shift_id=where.shift_id,
        route=form.route,
        seen=len(form.points),
        note=f"#{written.entry.id}",
    )


def progress(
    desk: Desk,
    person: PersonView,
    matter_id: int,
    revision: int,
    words: str,
    *,
    next_step: str | None = None,
    is_reply: bool = False,
) -> int:
    """Puts what was done about a matter on record; returns its new revision.

    `is_reply`: the caller was told where it stands, which keeps the promise of a first reply.
    """
    said = accept(words, limit=LONG_LIMIT, lines=True)
    if not said:
        raise Refusal("matters.words_wanted", field="words")
    following = None if next_step is None else accept(next_step)

    def move(_session: Session, matter: Matter) -> None:
        if following is not None:
            matter.next_step = following

    what = "reply" if is_reply else "progress"
    return _act(desk, person, matter_id, revision, what, said, move)


def change_owner(
    desk: Desk, person: PersonView, matter_id: int, revision: int, owner_id: int, *, words: str = ""
) -> int:
    """Gives a matter to somebody else; returns its new revision. It always has an owner."""

    def move(session: Session, matter: Matter) -> None:
        matter.owner_id = working_here(session, owner_id)

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
    matter.owner_id = working_here(work.session, owner_id)
    matter.next_step = next_step
    record(work, desk, matter, "owner", by=person.id, words=words)


def close(
    desk: Desk,
    person: PersonView,
    matter_id: int,
    revision: int,
    *,
    result: str,
    answered: str = "",
) -> int:
    """Closes a matter without a form; returns its new revision.

    Refuses one without its result (2.9), one whose caller has no answer (3.8), and one whose form
    closes by steps of its own (6.4, 4.11).
    """
    return take_step(
        desk, person, matter_id, revision, "close", {"result": result, "answered": answered}
    )


def _act(
    desk: Desk,
    person: PersonView,
    matter_id: int,
    revision: int,
    what: str,
    words: str,
    move: Callable[[Session, Matter], Mapping[str, object] | None],
) -> int:
    with desk.transaction() as work:
        present_writer(work.session, person, desk.duty)
        matter = matter_at(work.session, matter_id, revision)
        facts = move(work.session, matter)
        made = record(work, desk, matter, what, by=person.id, words=words, facts=facts)
        entry = entry_of(work.session, matter)
        if entry is not None and what in ("progress", "reply"):
            add(work, desk, person, entry, AdditionKind.ACTION, words, must_be_on_duty=False)
        return made


def _warnings(desk: Desk, form: EntryForm, unseen: int, *, is_started: bool) -> tuple[Message, ...]:
    warnings = []
    if is_late_answer(form.rings, desk.duty.answer_within_rings):
        warnings.append(
            message("log.late_answer", rings=form.rings, within=desk.duty.answer_within_rings)
        )
    if unseen:
        warnings.append(message("log.points_unseen", count=unseen))
    if not is_started:
        warnings.append(message("log.shift_not_started"))
    return tuple(warnings)


def _matter_of(session: Session, entry_id: int) -> Matter | None:
    return session.exec(select(Matter).where(Matter.entry_id == entry_id)).first()
