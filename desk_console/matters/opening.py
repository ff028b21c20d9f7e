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
PRESSING = frozenset({Urgency.LIFE_SAFETY, Urgency.URGENT})


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


@dataclass(frozen=True, slots=True)
class Cause:
    """What of an entry decides how its matter begins: as written, or as corrected since (5.1)."""

    category: Category
    kind: EntryKind
    is_outgoing: bool
    is_emergency: bool
    result: str
    department_id: int | None
    """The department that was told of it, or the first of several."""


def cause_of(form: EntryForm) -> Cause:
    """The cause that stands in an entry as it is written."""
    told = form.notices[0].department_id if form.notices else None
    return Cause(form.category, form.kind, form.is_outgoing, form.is_emergency, form.result, told)


def wants_matter(cause: Cause, duty: DutyRules, *, at_night: bool) -> bool:
    """Whether an entry leaves a matter though it is settled: an emergency is to be reported (2.4),
    a repair by day has its work order (6.4).
    """
    if cause.is_emergency:
        return True
    is_repair = cause.category is Category.REPAIR and not cause.is_outgoing
    return is_repair and not at_night and duty.cite(Topic.WORK_ORDER) is not None


def open_matter(
    work: Work,
    desk: Desk,
    person: PersonView,
    cause: Cause,
    entry: Entry,
    opened: OpenMatter,
) -> int:
    """Opens the matter that an entry leaves, with its form and number; a step of an act."""
    at_night = is_of_night(work.session, entry, desk.duty)
    urgency = _urgency(cause, opened)
    paper = form_for(cause, desk.duty, at_night=at_night and urgency not in PRESSING)
    owner_id = _owner(work.session, person, entry, opened)
    title = accept(opened.title) or entry.content.split("\n")[0][:_TITLE_CHARACTERS]
    matter = Matter(
        entry_id=entry.id,
        kind="missed" if opened.is_missed else kind_for(cause, paper),
        title=title,
        owner_id=owner_id,
        importance=opened.importance,
        is_urgent=urgency in PRESSING,
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
        topic = begin_form(work, desk, person, cause, entry, matter, paper, facts)
    else:
        matter.department_id = cause.department_id
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


def begin_form(
    work: Work,
    desk: Desk,
    person: PersonView,
    cause: Cause,
    entry: Entry,
    matter: Matter,
    paper: Form,
    facts: dict[str, object],
) -> Topic:
    """Gives a matter its form and number, and puts what the form begins with among the facts; a
    step of an act.
    """
    matter.form = paper
    matter.number = number_for(work, desk, paper)
    matter.department_id = cause.department_id or matter.department_id
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
    if cause.result:
        # Put right while the caller was on the line: the order is out, and what was done is in it.
        matter.stage = Stage.DONE
        facts["work_done"] = cause.result
    elif matter.department_id is not None:
        matter.stage = Stage.DISPATCHED
    facts["urgency"] = matter.urgency.value
    return Topic.WORK_ORDER


def form_for(cause: Cause, duty: DutyRules, *, at_night: bool) -> Form | None:
    """The form that is made out at once; None for a plain matter, as the night's are (6.4, 4.11,
    2.4, 6.7).
    """
    if cause.is_outgoing and not cause.is_emergency:
        return None
    if cause.category is Category.REPAIR:
        has_orders = duty.cite(Topic.WORK_ORDER) is not None
        return Form.WORK_ORDER if has_orders and not at_night else None
    if cause.category is Category.COMPLAINT:
        topics = (Topic.COMPLAINT, Topic.LEFTOVERS, Topic.DISPUTE)
        has_records = any(duty.cite(topic) for topic in topics)
        return Form.COMPLAINT if has_records and not at_night else None
    return Form.INCIDENT if cause.is_emergency else None


def _urgency(cause: Cause, opened: OpenMatter) -> Urgency:
    if cause.is_emergency:
        return Urgency.LIFE_SAFETY
    return Urgency.URGENT if opened.is_urgent else Urgency.MINOR


def kind_for(cause: Cause, paper: Form | None) -> str:
    """What a matter of that cause is about."""
    is_event = cause.kind is EntryKind.EVENT and cause.category is Category.OTHER
    return "incident" if paper is Form.INCIDENT and is_event else cause.category.value


def _owner(session: Session, person: PersonView, entry: Entry, opened: OpenMatter) -> int:
    if opened.owner_id is not None:
        return working_here(session, opened.owner_id)
    tenure = tenures.open_tenure(session, entry.post_code)
    return (tenure.person_id if tenure else None) or person.id
