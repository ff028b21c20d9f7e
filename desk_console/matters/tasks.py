"""Tasks: the day's plan, what comes from above, planned visits, and what somebody saw on a round.

A task is a matter with an assignee and a time; it is reported back, or carried over with a reason
(1.4, 3.6, 5.4, 1.5).
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from pydantic import AwareDatetime
from sqlmodel import Session, col, or_, select

from desk_console.foundation.canonical import instant_text
from desk_console.foundation.refusal import Refusal
from desk_console.log.forms import Form, Short
from desk_console.log.presence import present_writer
from desk_console.matters.acts import take_step
from desk_console.matters.moving import number_for, record
from desk_console.matters.opening import working_here
from desk_console.matters.records import Form as Paper
from desk_console.matters.records import Importance, Matter, Stage
from desk_console.people.authority import authorised
from desk_console.people.records import PersonView
from desk_console.people.rules import Right
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.ladder import rung_of
from desk_console.rulebook.records import Topic

KINDS = ("task", "visit", "instruction", "supplies")
"""A job of the day's plan, a planned visit to a customer, an instruction from above, supplies to
be checked."""

_TOPICS = {
    "task": Topic.DAY_PLAN,
    "supplies": Topic.DAY_PLAN,
    "visit": Topic.PLANNED_VISIT,
    "instruction": Topic.ASSIGNED_TASKS,
}


class TaskForm(Form):
    """A task as it is given: what, to whom, until when; of a visit, to which unit."""

    kind: str = "task"
    title: Short
    assignee_id: int
    due: AwareDatetime | None = None
    from_whom: Short = ""
    """Who above it comes from (3.6)."""
    unit_text: Short = ""
    next_step: Short = ""


def assign_task(desk: Desk, person: PersonView, form: TaskForm) -> int:
    """Gives somebody a task (1.4), notes an instruction (3.6), plans a visit (5.4); returns the
    matter's id.

    Whoever is on duty may, and whoever stands above the foot of the ladder.
    """
    if form.kind not in KINDS:
        raise LookupError(form.kind)
    clause = desk.duty.cite(_TOPICS[form.kind])
    if not form.title:
        raise Refusal("matters.task_wanted", clause=clause, field="title")
    if form.kind == "visit" and not form.unit_text:
        raise Refusal("matters.visit_unit_wanted", clause=clause, field="unit_text")
    with desk.transaction() as work:
        giver = authorised(work.session, person.id, Right.LOG, desk.duty)
        if rung_of(giver.roles, desk.duty) == 0:
            present_writer(work.session, giver, desk.duty)
        assignee = working_here(work.session, form.assignee_id)
        facts: dict[str, object] = {"assignee": assignee}
        if form.due is not None:
            facts["due"] = instant_text(form.due)
        for name in ("from_whom", "unit_text"):
            if value := getattr(form, name):
                facts[name] = value
        matter = Matter(
            kind=form.kind,
            title=form.title,
            owner_id=assignee,
            assignee_id=assignee,
            importance=Importance.NORMAL,
            opened_at=work.now,
            next_step=form.next_step,
            form=Paper.TASK,
            number=number_for(work, desk, Paper.TASK),
            stage=Stage.ASSIGNED,
        )
        record(
            work,
            desk,
            matter,
            "opened",
            by=giver.id,
            words=form.title,
            facts=facts,
            topic=_TOPICS[form.kind],
        )
        return matter.id or 0


def report_back(desk: Desk, person: PersonView, matter_id: int, revision: int, result: str) -> int:
    """Reports a task done; returns its new revision. A visit's result goes into the customer's
    file: an entry of that unit (5.4).
    """
    return take_step(desk, person, matter_id, revision, "report_back", {"result": result})


def plan_of(session: Session, desk: Desk, day: date) -> tuple[int, ...]:
    """The tasks of a day, by id: given that day or due that day, still open or closed that day
    (1.4), and those carried over from days before.
    """
    begins = datetime.combine(day, time(), desk.zone)
    ends = begins + timedelta(days=1)
    query = select(Matter.id).where(
        Matter.form == Paper.TASK,
        or_(
            col(Matter.closed_at).is_(None),
            (col(Matter.closed_at) >= begins) & (col(Matter.closed_at) < ends),
        ),
        col(Matter.opened_at) < ends,
    )
    return tuple(each or 0 for each in session.exec(query.order_by(col(Matter.due_at))))
