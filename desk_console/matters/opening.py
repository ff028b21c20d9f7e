"""How a matter begins: out of an entry, with the form that its category calls for.

A repair logged by day has its work order out in the same act, a complaint its record, an emergency
its timer to the first report. The night's own wait for the morning (6.7).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from desk_console.foundation.canonical import instant_text
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Work
from desk_console.foundation.text import accept
from desk_console.log.departments import tell
from desk_console.log.forms import EntryForm, NoticeForm
from desk_console.log.records import Category, Channel, Department, Entry, EntryKind
from desk_console.matters.moving import is_of_night, number_for, record
from desk_console.matters.records import (
    Form,
    Grade,
    Importance,
    Matter,
    Stage,
    Urgency,
)
from desk_console.people import views as people
from desk_console.people.records import PersonView
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import DutyRules, Topic
from desk_console.shift import tenures

_TITLE_CHARACTERS = 60
GRADE_OF = {
    Importance.NORMAL: Grade.MINOR,
    Importance.IMPORTANT: Grade.MAJOR,
    Importance.MAJOR: Grade.CRITICAL,
}
"""The level of a complaint on which so much hangs."""
_PRESSING = frozenset({Urgency.LIFE_SAFETY, Urgency.URGENT})


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
    appointment: datetime | None = None
    """When somebody is to come."""
    next_day: Mapping[str, object] | None = None
    """At night: it is put off to the next day; why, and who told the resident when (6.6)."""
    is_missed: bool = False
    """A call that nobody took: it is to be called back."""


def wants_matter(form: EntryForm, duty: DutyRules, *, at_night: bool) -> bool:
    """Whether an entry leaves a matter though it is settled: an emergency is to be reported (2.4),
    a repair by day has its work order (6.4).
    """
    if form.is_emergency:
        return True
    is_repair = form.category is Category.REPAIR and not form.is_outgoing
    return is_repair and not at_night and duty.cite(Topic.WORK_ORDER) is not None


def open_matter(
    work: Work,
    desk: Desk,
    person: PersonView,
    form: EntryForm,
    entry: Entry,
    opened: OpenMatter,
) -> int:
    """Opens the matter that an entry leaves, with its form and number; a step of an act."""
    at_night = is_of_night(work.session, entry, desk.duty)
    urgency = _urgency(form, opened)
    paper = _form_for(form, desk.duty, at_night=at_night and urgency not in _PRESSING)
    owner_id = _owner(work.session, person, entry, opened)
    title = accept(opened.title) or entry.content.split("\n")[0][:_TITLE_CHARACTERS]
    matter = Matter(
        entry_id=entry.id,
        kind=_kind(form, opened, paper),
        title=title,
        owner_id=owner_id,
        importance=opened.importance,
        is_urgent=urgency in _PRESSING,
        urgency=urgency,
        opened_at=entry.at,
        next_step=accept(opened.next_step),
    )
    facts: dict[str, object] = {}
    if opened.due_at is not None:
        facts["due"] = instant_text(opened.due_at)
    if opened.appointment is not None:
        facts["appointment"] = instant_text(opened.appointment)
    topic = Topic.ANSWER_IN_TIME
    if paper is not None:
        topic = _begin_form(work, desk, person, form, entry, matter, paper, facts)
    elif form.notices:
        matter.department_id = form.notices[0].department_id
    record(work, desk, matter, "opened", by=person.id, words=title, facts=facts, topic=topic)
    return matter.id or 0


def working_here(session: Session, person_id: int) -> int:
    """The id of somebody who works here. Refuses who does not."""
    person = people.person(session, person_id)
    if person is None or not person.is_active:
        raise Refusal("people.unknown_person")
    return person_id


def default_department(session: Session, duty: DutyRules) -> Department | None:
    """The department that repairs go to, where there is one in use (6.4)."""
    found = session.exec(select(Department).where(Department.code == duty.repair_department))
    department = found.first()
    return department if department is not None and department.is_active else None


def _begin_form(
    work: Work,
    desk: Desk,
    person: PersonView,
    form: EntryForm,
    entry: Entry,
    matter: Matter,
    paper: Form,
    facts: dict[str, object],
) -> Topic:
    matter.form = paper
    matter.number = number_for(work, desk, paper)
    if form.notices:
        matter.department_id = form.notices[0].department_id
    if paper is Form.COMPLAINT:
        matter.stage = Stage.RECEIVED
        matter.grade = GRADE_OF[matter.importance]
        facts["grade"] = matter.grade.value
        return Topic.COMPLAINT
    if paper is Form.INCIDENT:
        return Topic.INCIDENT
    if matter.department_id is None:
        department = default_department(work.session, desk.duty)
        if department is not None and department.id is not None:
            notice = NoticeForm(department_id=department.id, how=Channel.SHEET)
            tell(work, desk, entry, person.id, notice)
            matter.department_id = department.id
    if form.result:
        # Put right while the caller was on the line: the order is out, and what was done is in it.
        matter.stage = Stage.DONE
        facts["work_done"] = form.result
    elif matter.department_id is not None:
        matter.stage = Stage.DISPATCHED
    facts["urgency"] = matter.urgency.value
    return Topic.WORK_ORDER


def _form_for(form: EntryForm, duty: DutyRules, *, at_night: bool) -> Form | None:
    if form.is_outgoing and not form.is_emergency:
        return None
    if form.category is Category.REPAIR:
        has_orders = duty.cite(Topic.WORK_ORDER) is not None
        return Form.WORK_ORDER if has_orders and not at_night else None
    if form.category is Category.COMPLAINT:
        topics = (Topic.COMPLAINT, Topic.LEFTOVERS, Topic.DISPUTE)
        has_records = any(duty.cite(topic) for topic in topics)
        return Form.COMPLAINT if has_records and not at_night else None
    return Form.INCIDENT if form.is_emergency else None


def _urgency(form: EntryForm, opened: OpenMatter) -> Urgency:
    if form.is_emergency:
        return Urgency.LIFE_SAFETY
    return Urgency.URGENT if opened.is_urgent else Urgency.MINOR


def _kind(form: EntryForm, opened: OpenMatter, paper: Form | None) -> str:
    if opened.is_missed:
        return "missed"
    is_event = form.kind is EntryKind.EVENT and form.category is Category.OTHER
    return "incident" if paper is Form.INCIDENT and is_event else form.category.value


def _owner(session: Session, person: PersonView, entry: Entry, opened: OpenMatter) -> int:
    if opened.owner_id is not None:
        return working_here(session, opened.owner_id)
    tenure = tenures.open_tenure(session, entry.post_code)
    return (tenure.person_id if tenure else None) or person.id
