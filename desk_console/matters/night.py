"""What the night leaves to the morning, and how it is turned into orders and records (6.7).

A night repair, complaint or errand that is neither settled nor an emergency waits for the clerk who
takes over; each becomes a work order, a complaint record or a task, and a department is told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select
from sqlmodel import Session, col, select

from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Work
from desk_console.log.records import Category, Entry, Unit
from desk_console.log.rules import is_night
from desk_console.matters.acts import step
from desk_console.matters.fields import accepted, instant
from desk_console.matters.moving import facts_of, history, matter_at
from desk_console.matters.opening import GRADE_OF, default_department
from desk_console.matters.records import Form, Matter, Stage
from desk_console.people.records import PersonView
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import DutyRules, Topic
from desk_console.shift.records import Shift

_STEPS = {Form.WORK_ORDER: "issue", Form.COMPLAINT: "record", Form.TASK: "assign"}
_FORMS = {
    Category.REPAIR: Form.WORK_ORDER,
    Category.COMPLAINT: Form.COMPLAINT,
    Category.ERRAND: Form.TASK,
}


@dataclass(frozen=True, slots=True)
class Leftover:
    """Something that the night left, with what the morning needs to turn it into its form."""

    matter_id: int
    entry_id: int
    revision: int
    kind: str
    title: str
    unit: str
    caller: str
    opened_at: datetime
    is_urgent: bool
    becomes: Form
    """The form that it usually becomes."""
    department_id: int | None
    """Who was told already, or who repairs go to."""
    not_done_reason: str
    interim: str
    told_resident: str
    """Who told the resident that it will be arranged the next day (6.6); empty: nobody."""
    told_at: datetime | None


def leftovers(session: Session, duty: DutyRules) -> tuple[Leftover, ...]:
    """What the night left and nobody has turned into its form yet, oldest first (6.7)."""
    nights = tuple(rule.code for rule in duty.shifts if is_night(rule))
    rows = session.execute(
        _open_plain(nights).order_by(col(Matter.opened_at), col(Matter.id))
    ).all()
    repairs = default_department(session, duty)
    return tuple(
        _leftover(session, matter, entry, unit_code, repairs.id if repairs else None)
        for matter, entry, unit_code in rows
    )


def has_leftovers(session: Session, duty: DutyRules) -> bool:
    """Whether the night left anything."""
    nights = tuple(rule.code for rule in duty.shifts if is_night(rule))
    return session.execute(_open_plain(nights).limit(1)).first() is not None


def convert(
    work: Work,
    desk: Desk,
    person: PersonView,
    matter_id: int,
    *,
    revision: int | None = None,
    becomes: Form | None = None,
    given: Mapping[str, object] | None = None,
) -> str:
    """Turns a leftover into its form, in the caller's transaction; returns the form's number.

    `given` are the fields of the step (see `steps`: department, urgency, assignee, grade, type …).
    Refuses (6.7) what is no leftover, and a form whose department was not told.
    """
    clause = desk.duty.cite(Topic.LEFTOVERS)
    matter = matter_at(work.session, matter_id, revision)
    if matter.form is not None or matter.kind not in _FORMS:
        raise Refusal("matters.no_leftover", clause=clause)
    form = becomes or _FORMS[Category(matter.kind)]
    facts = accepted(given or {})
    if form is Form.COMPLAINT:
        facts.setdefault("grade", GRADE_OF[matter.importance].value)
        facts.setdefault("type", "service")
    if form is Form.TASK:
        facts.setdefault("assignee", person.id)
    if form is Form.WORK_ORDER and "department" not in facts and matter.department_id is None:
        department = default_department(work.session, desk.duty)
        if department is not None and department.id is not None:
            facts["department"] = department.id
    if "department" not in facts and matter.department_id is None:
        raise Refusal("matters.leftover_department", clause=clause, field="department")
    if matter.stage is Stage.ON_HOLD:
        # Put on hold at night, it waits for the morning all the same.
        step(work, desk, person, matter, "resume", {})
    step(work, desk, person, matter, _STEPS[form], facts)
    return matter.number or ""


def _open_plain(nights: Sequence[str]) -> Select[tuple[Matter, Entry, str | None]]:
    return (
        select(Matter, Entry, col(Unit.code))  # type: ignore[return-value] # SQLModel's own Select
        .join(Entry, col(Entry.id) == col(Matter.entry_id))
        .join(Shift, col(Shift.id) == col(Entry.shift_id))
        .join(Unit, col(Unit.id) == col(Entry.unit_id), isouter=True)
        .where(
            col(Matter.closed_at).is_(None),
            col(Matter.form).is_(None),
            col(Matter.kind).in_([category.value for category in _FORMS]),
            col(Entry.is_emergency).is_(False),
            col(Shift.plan_code).in_(nights),
        )
    )


def _leftover(
    session: Session, matter: Matter, entry: Entry, unit_code: str | None, repairs: int | None
) -> Leftover:
    facts = facts_of(history(session, matter.id or 0))
    is_repair = matter.kind == Category.REPAIR
    return Leftover(
        matter_id=matter.id or 0,
        entry_id=entry.id or 0,
        revision=matter.revision,
        kind=matter.kind,
        title=matter.title,
        unit=unit_code or entry.unit_text,
        caller=entry.caller,
        opened_at=matter.opened_at,
        is_urgent=matter.is_urgent,
        becomes=_FORMS[Category(matter.kind)],
        department_id=matter.department_id or (repairs if is_repair else None),
        not_done_reason=str(facts.get("not_done_reason", "")),
        interim=str(facts.get("interim", "")),
        told_resident=str(facts.get("told_resident", "")),
        told_at=instant(facts, "told_at"),
    )
