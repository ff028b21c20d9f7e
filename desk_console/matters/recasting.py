"""A corrected category, and what becomes of the matter that the entry left open (5.1).

The matter follows by steps of its own, in one transaction with the correction: a plain one changes
its kind, and has the form that the new one calls for; a form made out by mistake is withdrawn and
the right one made out beside it. What is further on stays as it is, and whoever corrects is told.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from desk_console.foundation.catalogue import Message, message
from desk_console.foundation.store import Work
from desk_console.log.acts import entry_at
from desk_console.log.additions import addition_of, as_it_stands, correct_step
from desk_console.log.records import Category, Entry
from desk_console.matters.fields import instant
from desk_console.matters.findable import kind_message
from desk_console.matters.moving import facts_of, history, is_of_night, record, standing_of
from desk_console.matters.opening import (
    PRESSING,
    Cause,
    OpenMatter,
    begin_form,
    form_for,
    kind_for,
    open_matter,
    wants_matter,
)
from desk_console.matters.records import Form, Matter, Stage
from desk_console.matters.rules import recast_verdict
from desk_console.matters.steps import step_named
from desk_console.people.authority import authorised
from desk_console.people.records import PersonView
from desk_console.people.rules import Right
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.ladder import rung_of
from desk_console.rulebook.topics import Topic

_STEPS = {Form.WORK_ORDER: "issue", Form.COMPLAINT: "record"}


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a correction came to."""

    addition_id: int
    follows: Message | None = None
    """What became of the matter; None: there is none, or it is not touched."""


def correct(
    desk: Desk,
    person: PersonView,
    entry_id: int,
    field: str,
    words: str,
    reason: str,
    *,
    form_id: str | None = None,
) -> Corrected:
    """Corrects a field of an entry (5.1), see `log.additions.correct`; where it is the category,
    the matter that the entry left follows.
    """
    with desk.transaction() as work:
        if form_id is not None and (before := addition_of(work.session, form_id)) is not None:
            return Corrected(before)
        made = correct_step(work, desk, person, entry_id, field, words, reason, form_id=form_id)
        if field != "category":
            return Corrected(made)
        entry = entry_at(work.session, entry_id)
        becomes = Category(as_it_stands(work.session, entry, "category"))
        return Corrected(made, _follow(work, desk, person, entry, becomes, reason.strip()))


def _follow(
    work: Work, desk: Desk, person: PersonView, entry: Entry, becomes: Category, reason: str
) -> Message | None:
    matters = _matters_of(work.session, entry)
    matter = next((one for one in matters if one.closed_at is None), None)
    cause = Cause(
        category=becomes,
        kind=entry.kind,
        is_outgoing=entry.is_outgoing,
        is_emergency=entry.is_emergency,
        result=entry.result,
        department_id=matter.department_id if matter and matter.form is None else None,
    )
    at_night = is_of_night(work.session, entry, desk.duty)
    if matter is None:
        if matters or not wants_matter(cause, desk.duty, at_night=at_night):
            return None
        return _opened(work, desk, person, cause, entry)
    paper = form_for(cause, desk.duty, at_night=at_night and matter.urgency not in PRESSING)
    kind = kind_for(cause, paper)
    if matter.kind in ("missed", kind):
        return None
    roles = authorised(work.session, person.id, Right.LOG, desk.duty).roles
    verdict = recast_verdict(
        standing_of(work.session, matter), kind, rung_of(roles, desk.duty), desk.duty
    )
    if not verdict.is_allowed:
        return verdict.message
    if matter.form is not None and matter.form is not paper:
        return _made_out_anew(work, desk, person, cause, entry, matter, reason)
    return _changed(work, desk, person, cause, entry, matter, kind, paper, reason)


def _opened(work: Work, desk: Desk, person: PersonView, cause: Cause, entry: Entry) -> Message:
    """What is a repair after all has its work order, though it is settled (6.4)."""
    made = open_matter(work, desk, person, cause, entry, OpenMatter())
    matter = work.session.get_one(Matter, made)
    return message("matters.recast_opened", number=matter.number or f"#{made}")


def _changed(
    work: Work,
    desk: Desk,
    person: PersonView,
    cause: Cause,
    entry: Entry,
    matter: Matter,
    kind: str,
    paper: Form | None,
    reason: str,
) -> Message:
    """The same matter, of another kind; a plain one has its form made out where one is due."""
    was, matter.kind = matter.kind, kind
    said = {"kind_was": was, "kind_now": kind}
    record(work, desk, matter, "recast", by=person.id, words=reason, facts=said, topic=_ORIGINAL)
    if paper is None or paper is matter.form:
        return message("matters.recast_kind", kind=kind_message(kind))
    if matter.stage is Stage.ON_HOLD:
        matter.stage = Stage.OPEN
        record(work, desk, matter, "resume", by=person.id)
    facts: dict[str, object] = {}
    topic = begin_form(work, desk, person, cause, entry, matter, paper, facts)
    record(work, desk, matter, _STEPS[paper], by=person.id, facts=facts, topic=topic)
    return message("matters.recast_form", kind=kind_message(kind), number=matter.number)


def _made_out_anew(
    work: Work,
    desk: Desk,
    person: PersonView,
    cause: Cause,
    entry: Entry,
    matter: Matter,
    reason: str,
) -> Message:
    """The form that was made out by mistake is withdrawn, and another matter has what it left:
    owner, importance and urgency, and with them all that those above must hear of.
    """
    old = matter.number or f"#{matter.id}"
    if step_named(matter.form, matter.stage, "withdraw") is None:
        stage = message(f"matters.stage_{matter.stage}")
        return message("matters.recast_stays", number=old, stage=stage)
    facts = facts_of(history(work.session, matter.id or 0))
    carried = OpenMatter(
        owner_id=matter.owner_id,
        importance=matter.importance,
        is_urgent=matter.is_urgent,
        appointment=instant(facts, "appointment"),
        next_step=matter.next_step,
        title=matter.title,
    )
    matter.stage, matter.closed_at, matter.closed_by = Stage.CLOSED, work.now, person.id
    matter.result, matter.due_at, matter.due_for = reason, None, ""
    record(work, desk, matter, "withdraw", by=person.id, words=reason, topic=_ORIGINAL)
    made = work.session.get_one(Matter, open_matter(work, desk, person, cause, entry, carried))
    return message(
        "matters.recast_anew",
        old=old,
        kind=kind_message(made.kind),
        number=made.number or f"#{made.id}",
    )


_ORIGINAL = Topic.ORIGINAL_RECORD


def _matters_of(session: Session, entry: Entry) -> list[Matter]:
    """The newest first."""
    query = select(Matter).where(Matter.entry_id == entry.id).order_by(col(Matter.id).desc())
    return list(session.exec(query))
