"""Matters: opened by an entry, moved on by people, closed with an answer.

Logging is one transaction: the entry, its notices, the matter that it leaves open with its form,
the journal. A matter is moved only by the steps of its form.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlmodel import Session, select

from desk_console.foundation.catalogue import Message, message
from desk_console.foundation.refusal import Refusal, refuse
from desk_console.foundation.store import Work
from desk_console.foundation.text import LONG_LIMIT, accept
from desk_console.log.acts import add, write_entry
from desk_console.log.departments import tell
from desk_console.log.forms import EntryForm, NoticeForm
from desk_console.log.presence import presence, present_writer
from desk_console.log.records import AdditionKind, Category, Channel, Entry
from desk_console.log.rules import is_late_answer, is_night, open_reasons
from desk_console.matters.fields import accepted
from desk_console.matters.moving import (
    entry_of,
    facts_of,
    history,
    is_of_night,
    matter_at,
    number_for,
    record,
    stage_before_hold,
    standing_of,
)
from desk_console.matters.opening import OpenMatter, open_matter, wants_matter, working_here
from desk_console.matters.records import (
    Form,
    Grade,
    Importance,
    Matter,
    MatterEvent,
    Stage,
    Urgency,
)
from desk_console.matters.rules import closing_verdict
from desk_console.matters.steps import Step, step_named, step_verdict
from desk_console.people.records import PersonView
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.ladder import rung_of
from desk_console.rulebook.records import Topic
from desk_console.shift.records import Shift

__all__ = [
    "Logged",
    "OpenMatter",
    "change_owner",
    "close",
    "hand_on",
    "log_entry",
    "log_step",
    "progress",
    "set_importance",
    "step",
    "take_step",
]

SIGNED_STEPS = frozenset({"approve", "send_back"})
"""Steps that want a signature: see `complaints`."""

_TOPICS = {
    Form.WORK_ORDER: Topic.WORK_ORDER,
    Form.COMPLAINT: Topic.COMPLAINT,
    Form.TASK: Topic.ASSIGNED_TASKS,
    Form.INCIDENT: Topic.INCIDENT,
}


@dataclass(frozen=True, slots=True)
class Logged:
    """What logging came to."""

    entry_id: int
    matter_id: int | None
    is_new: bool
    """False where the form had been saved before."""
    open_reasons: tuple[Message, ...]
    warnings: tuple[Message, ...]
    number: str | None = None
    """The number of the form that went out with it."""
    form: Form | None = None


def log_entry(
    desk: Desk, person: PersonView, form: EntryForm, opened: OpenMatter | None = None
) -> Logged:
    """Logs an entry of any kind; what it leaves open becomes a matter with an owner (6.3, 2.9,
    3.8), a repair its work order (6.4), a complaint its record (4.11).

    Saying the same form twice gives the same entry. Refuses (6.3) whoever is not on duty.
    """
    with desk.transaction() as work:
        return log_step(work, desk, person, form, opened)


def log_step(
    work: Work, desk: Desk, person: PersonView, form: EntryForm, opened: OpenMatter | None = None
) -> Logged:
    """The step of `log_entry`, for an act that does more."""
    reasons = open_reasons(form)
    at_night = _is_at_night(work.session, desk, person)
    is_open = (
        bool(reasons) or opened is not None or wants_matter(form, desk.duty, at_night=at_night)
    )
    written = write_entry(work, desk, person, form, is_open=is_open)
    matter = _matter_of(work.session, written.entry.id or 0)
    matter_id = matter.id if matter else None
    if written.is_new and is_open:
        matter_id = open_matter(work, desk, person, form, written.entry, opened or OpenMatter())
        matter = work.session.get(Matter, matter_id)
    warnings = _warnings(desk, form, is_started=written.where is None or written.where.is_started)
    return Logged(
        entry_id=written.entry.id or 0,
        matter_id=matter_id,
        is_new=written.is_new,
        open_reasons=tuple(reason.message for reason in reasons),
        warnings=warnings,
        number=matter.number if matter else None,
        form=matter.form if matter else None,
    )


def take_step(
    desk: Desk,
    person: PersonView,
    matter_id: int,
    revision: int,
    code: str,
    given: Mapping[str, object] | None = None,
) -> int:
    """Takes a step of a matter's form (see `steps`); returns its new revision.

    Refuses one that is not legal from where the matter stands, one whose fields are empty, and a
    closing before those above have had their say (6.4, 6.6, 4.11, 9.6, 1.7, 1.11).
    """
    facts = accepted(given or {})
    with desk.transaction() as work:
        present_writer(work.session, person, desk.duty)
        matter = matter_at(work.session, matter_id, revision)
        if code in SIGNED_STEPS:
            raise Refusal(
                "matters.signature_wanted", clause=desk.duty.cite(Topic.COMPLAINT), what=code
            )
        return step(work, desk, person, matter, code, facts)


def step(
    work: Work,
    desk: Desk,
    person: PersonView,
    matter: Matter,
    code: str,
    facts: Mapping[str, object],
) -> int:
    """The step of `take_step`, for an act that does more; `facts` are accepted already."""
    found = step_named(matter.form, matter.stage, code)
    if found is None:
        raise _no_such_step(desk, matter, code)
    kept = {name: value for name, value in facts.items() if name in found.fields}
    entry = entry_of(work.session, matter)
    step_verdict(
        found,
        matter.stage,
        grade=matter.grade,
        is_repair=matter.kind == Category.REPAIR,
        at_night=is_of_night(work.session, entry, desk.duty),
        duty=desk.duty,
    ).or_refuse()
    _fill_in(found, matter, kept)
    _want(desk, found, kept)
    before = history(work.session, matter.id or 0)
    matter.stage = found.to or _kept_stage(found, matter, before)
    _apply(work, desk, person, matter, entry, kept)
    if found.makes is not None:
        matter.form, matter.number = found.makes, number_for(work, desk, found.makes)
    if found.closes:
        _close(work, desk, person, matter, found, {**facts_of(before), **kept})
    words = str(kept.get(found.said, ""))
    revision = record(
        work,
        desk,
        matter,
        found.code,
        by=person.id,
        words=words,
        facts=kept,
        topic=_TOPICS.get(matter.form, Topic.ANSWER_IN_TIME) if matter.form else Topic.ANSWERED,
    )
    if entry is not None and found.beside is not None and words:
        add(work, desk, person, entry, found.beside, words, must_be_on_duty=False)
    return revision


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

    def move(_session: Session, matter: Matter) -> Mapping[str, object] | None:
        matter.importance = importance
        if is_urgent is None or is_urgent == matter.is_urgent:
            return None
        matter.is_urgent = is_urgent
        matter.urgency = Urgency.URGENT if is_urgent else Urgency.MINOR
        return {"urgency": matter.urgency.value}

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


def _no_such_step(desk: Desk, matter: Matter, code: str) -> Refusal:
    what = message(f"matters.what_{code}")
    stage = message(f"matters.stage_{matter.stage}")
    topic = _TOPICS.get(matter.form) if matter.form else None
    clause = desk.duty.cite(topic) if topic else None
    return Refusal("matters.no_such_step", clause=clause, what=what, stage=stage)


def _fill_in(found: Step, matter: Matter, kept: dict[str, object]) -> None:
    """What the matter knows already need not be said again."""
    if "department" in found.fields and "department" not in kept and matter.department_id:
        kept["department"] = matter.department_id


def _want(desk: Desk, found: Step, kept: Mapping[str, object]) -> None:
    for name in found.wants:
        # A closing's result and answer have reasons of their own, and clauses.
        if name not in kept and not (found.closes and name == "result"):
            label = message(f"matters.field_{name}")
            topic = _TOPICS.get(found.makes or found.form or Form.TASK, Topic.ANSWER_IN_TIME)
            refuse(
                desk.duty.cite(topic), "matters.field_wanted", field=name, label=label
            ).or_refuse()


def _kept_stage(found: Step, matter: Matter, before: tuple[MatterEvent, ...]) -> Stage:
    if found.code == "resume":
        return stage_before_hold(before)
    return matter.stage


def _apply(
    work: Work,
    desk: Desk,
    person: PersonView,
    matter: Matter,
    entry: Entry | None,
    kept: Mapping[str, object],
) -> None:
    """Writes into the matter what its lists are sorted and chosen by, and tells the department."""
    if (urgency := kept.get("urgency")) is not None:
        matter.urgency = Urgency(str(urgency))
        matter.is_urgent = matter.urgency in (Urgency.URGENT, Urgency.LIFE_SAFETY)
    if (grade := kept.get("grade")) is not None:
        matter.grade = Grade(str(grade))
    if isinstance(assignee := kept.get("assignee"), int):
        matter.assignee_id = working_here(work.session, assignee)
    if isinstance(department := kept.get("department"), int):
        is_other = department != matter.department_id
        matter.department_id = department
        if entry is not None and (is_other or matter.stage in _TELLING):
            notice = NoticeForm(
                department_id=department,
                how=Channel(str(kept.get("how") or _usual_way(matter))),
                told=str(kept.get("told", "")),
            )
            tell(work, desk, entry, person.id, notice)


_TELLING = frozenset({Stage.DISPATCHED, Stage.TRANSFERRED, Stage.INVESTIGATING})


def _usual_way(matter: Matter) -> Channel:
    is_order = matter.stage in (Stage.DISPATCHED, Stage.TRANSFERRED)
    return Channel.SHEET if is_order else Channel.CALL


def _close(
    work: Work,
    desk: Desk,
    person: PersonView,
    matter: Matter,
    found: Step,
    facts: Mapping[str, object],
) -> None:
    result = facts.get("work_done") if found.form is Form.WORK_ORDER else facts.get("result")
    if found.code == "withdraw":
        result = facts.get("reason")
    answered = facts.get("answered") or facts.get("follow_result") or ""
    closing_verdict(
        standing_of(work.session, matter),
        rung_of(person.roles, desk.duty),
        desk.duty,
        result=str(result or ""),
        answered=str(answered),
    ).or_refuse()
    matter.result, matter.answered = str(result), str(answered)
    matter.closed_at = max(work.now, matter.opened_at)
    matter.closed_by = person.id
    matter.due_at, matter.due_for = None, ""


def _is_at_night(session: Session, desk: Desk, person: PersonView) -> bool:
    where = presence(session, person.id)
    shift = session.get(Shift, where.shift_id) if where and where.shift_id else None
    plan = desk.duty.shift(shift.plan_code) if shift else None
    return plan is not None and is_night(plan)


def _warnings(desk: Desk, form: EntryForm, *, is_started: bool) -> tuple[Message, ...]:
    warnings = []
    if is_late_answer(form.rings, desk.duty.answer_within_rings):
        warnings.append(
            message("log.late_answer", rings=form.rings, within=desk.duty.answer_within_rings)
        )
    if not is_started:
        warnings.append(message("log.shift_not_started"))
    return tuple(warnings)


def _matter_of(session: Session, entry_id: int) -> Matter | None:
    return session.exec(select(Matter).where(Matter.entry_id == entry_id)).first()
