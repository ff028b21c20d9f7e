"""Steps: how a matter is taken from one stage of its form to the next, on whatever path.

A step that is not in the table of `steps` is refused; so is a closing before those above have had
their say. What was done and what came of it stand beside the entry, too.
"""

from __future__ import annotations

from collections.abc import Mapping

from desk_console.foundation.catalogue import message
from desk_console.foundation.refusal import Refusal, refuse
from desk_console.foundation.store import Work
from desk_console.log.acts import write_entry
from desk_console.log.additions import add
from desk_console.log.departments import tell
from desk_console.log.forms import EventForm, NoticeForm
from desk_console.log.presence import present_writer
from desk_console.log.records import Category, Channel, Entry
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
from desk_console.matters.opening import working_here
from desk_console.matters.records import (
    Form,
    Grade,
    Matter,
    MatterEvent,
    Stage,
    Urgency,
)
from desk_console.matters.rules import (
    closing_verdict,
    dispute_verdict,
    grade_verdict,
    transfer_verdict,
    urgency_verdict,
)
from desk_console.matters.steps import Step, step_named, step_verdict
from desk_console.people.authority import authorised
from desk_console.people.records import PersonView
from desk_console.people.rules import Right
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.ladder import rung_of
from desk_console.rulebook.records import Topic

_KINDS = {
    "task": Topic.DAY_PLAN,
    "supplies": Topic.DAY_PLAN,
    "visit": Topic.PLANNED_VISIT,
    "instruction": Topic.ASSIGNED_TASKS,
}
"""Of tasks, by their kind."""

SIGNED_STEPS = frozenset({"approve", "send_back"})
"""Steps that want a signature: see `complaints`."""

_TOPICS = {
    Form.WORK_ORDER: Topic.WORK_ORDER,
    Form.COMPLAINT: Topic.COMPLAINT,
    Form.TASK: Topic.ASSIGNED_TASKS,
    Form.INCIDENT: Topic.INCIDENT,
}


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
    if found.code == "transfer":
        goes_to = _number(kept.get("department")), _number(kept.get("assignee"))
        transfer_verdict((matter.department_id, matter.assignee_id), goes_to, desk.duty).or_refuse()
    before = history(work.session, matter.id or 0)
    if found.code in ("propose", "answer"):
        dispute_verdict({**facts_of(before), **kept}, desk.duty).or_refuse()
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
        topic=_topic(found, matter.form),
    )
    if entry is not None and found.beside is not None and words:
        add(work, desk, person, entry, found.beside, words, must_be_on_duty=False)
    if matter.kind == "visit" and found.code == "report_back":
        _file_visit(work, desk, person, matter, facts_of(before))
    return revision


def topics_of(form: Form | None, kind: str, type: object = None) -> tuple[Topic, ...]:
    """What rules on a matter of that form and kind; of a complaint also its type."""
    if form is None:
        return (Topic.ANSWERED,)
    if form is Form.TASK:
        return (_KINDS.get(kind, Topic.ASSIGNED_TASKS),)
    if form is Form.COMPLAINT:
        of_dispute = (Topic.DISPUTE,) if type == "dispute" else ()
        return (Topic.COMPLAINT, Topic.COURTESY, *of_dispute)
    return (_TOPICS[form],)


def _topic(found: Step, form: Form | None) -> Topic:
    """By what a step is taken."""
    if found.code == "next_day":
        return Topic.NIGHT_REPAIR
    return _TOPICS[form] if form else Topic.ANSWERED


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
            refuse(
                desk.duty.cite(_topic(found, found.makes or found.form or Form.TASK)),
                "matters.field_wanted",
                field=name,
                label=label,
            ).or_refuse()


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None


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
        becomes = Urgency(str(urgency))
        urgency_verdict(standing_of(work.session, matter), becomes, desk.duty).or_refuse()
        matter.urgency = becomes
        matter.is_urgent = matter.urgency in (Urgency.URGENT, Urgency.LIFE_SAFETY)
    if (grade := kept.get("grade")) is not None:
        level = Grade(str(grade))
        grade_verdict(matter.grade, level, _rung(work, desk, person), desk.duty).or_refuse()
        matter.grade = level
    if isinstance(assignee := kept.get("assignee"), int):
        matter.assignee_id = working_here(work.session, assignee)
    if isinstance(department := kept.get("department"), int):
        is_other = department != matter.department_id
        if is_other and matter.department_id and "assignee" not in kept:
            matter.assignee_id = None  # somebody of the department that had it before
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
        _rung(work, desk, person),
        desk.duty,
        result=str(result or ""),
        answered=str(answered),
    ).or_refuse()
    matter.result, matter.answered = str(result), str(answered)
    matter.closed_at = max(work.now, matter.opened_at)
    matter.closed_by = person.id
    matter.due_at, matter.due_for = None, ""


def _file_visit(
    work: Work, desk: Desk, person: PersonView, matter: Matter, planned: Mapping[str, object]
) -> None:
    """What came of a planned visit goes into the customer's file: an entry of that unit (5.4)."""
    form = EventForm(
        form_id=desk.source.new_id(),
        at=work.now,
        channel=Channel.VISIT,
        is_outgoing=True,
        unit_text=str(planned.get("unit_text", "")),
        content=matter.title,
        result=matter.result,
    )
    matter.entry_id = write_entry(work, desk, person, form, is_open=False).entry.id
    work.session.add(matter)


def _rung(work: Work, desk: Desk, person: PersonView) -> int:
    """Where somebody stands on the ladder as the file has them now."""
    return rung_of(authorised(work.session, person.id, Right.LOG, desk.duty).roles, desk.duty)
