"""Matters as their paper forms have them: the fields in order, for sheets and the screen.

A field that nothing was written into is empty; a code is put in words where it is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from desk_console.foundation.refusal import Refusal
from desk_console.log.records import Channel, Entry
from desk_console.matters.fields import instant
from desk_console.matters.moving import facts_of, history
from desk_console.matters.records import Form, Grade, Matter, MatterEvent, Stage, Urgency
from desk_console.matters.views import MatterLine, line_of
from desk_console.people import views as people

Names = tuple[str, str]
"""Chinese and English."""


@dataclass(frozen=True, slots=True)
class WorkOrder:
    """维修工作单, the repair work order."""

    number: str
    caller: str
    unit: str
    phone: str
    reported_at: datetime
    place: str
    fault: str
    channel: Channel | None
    urgency: Urgency
    appointment: datetime | None
    dispatched_at: datetime | None
    department: Names | None
    assignee: str
    due: datetime | None
    """Until when it is to be done, where that was agreed; else what falls due next."""
    accepted_at: datetime | None
    on_site_at: datetime | None
    work_done: str
    materials: str
    fee: int | None
    """Fen."""
    chargeable: str
    """`free`, `paid`, or empty."""
    finished_at: datetime | None
    signed_by: str
    """Who signed for it in the unit."""
    follow_up_at: datetime | None
    follow_up_result: str
    satisfaction: str
    not_done_reason: str
    stage: Stage
    taken_by: str
    """Who wrote it."""


@dataclass(frozen=True, slots=True)
class Party:
    """One side of a dispute (5.5)."""

    name: str
    unit: str
    phone: str
    words: str


@dataclass(frozen=True, slots=True)
class Complaint:
    """投诉记录表, the complaint record."""

    number: str
    at: datetime
    name: str
    phone: str
    unit: str
    source: Channel | None
    kind: str
    """`service`, `facility`, `safety`, `fee`, `environment`, `dispute`, or empty."""
    grade: Grade | None
    account: str
    demand: str
    evidence: str
    other_party: Party | None
    taken_by: str
    department: Names | None
    findings: str
    proposal: str
    approval: str
    approved_by: str
    approved_at: datetime | None
    result: str
    answered: str
    replied_at: datetime | None
    follow_up_at: datetime | None
    follow_up_result: str
    satisfaction: str
    corrective: str
    stage: Stage


@dataclass(frozen=True, slots=True)
class NextDay:
    """次日跟进单, the next-day follow-up of a night's repair (6.6, 6.7)."""

    source_entry: int | None
    title: str
    unit: str
    caller: str
    not_done_reason: str
    interim: str
    told_by: str
    """Who told the resident."""
    told_at: datetime | None
    owner: str
    due: datetime | None
    result: str
    number: str
    """Of the order that it became."""


def work_order(session: Session, matter_id: int) -> WorkOrder:
    """The work order of a matter. Refuses one that has none."""
    matter, entry, events, line = _read(session, matter_id, Form.WORK_ORDER)
    facts = facts_of(events)
    text = _texts(facts)
    fee = facts.get("fee")
    return WorkOrder(
        number=matter.number or "",
        caller=line.caller,
        unit=line.unit,
        phone=line.phone,
        reported_at=matter.opened_at,
        place=text("place"),
        fault=entry.content if entry else matter.title,
        channel=entry.channel if entry else None,
        urgency=matter.urgency,
        appointment=instant(facts, "appointment"),
        dispatched_at=_reached(events, Stage.DISPATCHED, Stage.TRANSFERRED),
        department=line.department,
        assignee=line.assignee_name,
        due=instant(facts, "due") or matter.due_at,
        accepted_at=_reached(events, Stage.ACCEPTED),
        on_site_at=_reached(events, Stage.ON_SITE),
        work_done=text("work_done"),
        materials=text("materials"),
        fee=fee if isinstance(fee, int) else None,
        chargeable=text("chargeable"),
        finished_at=_reached(events, Stage.DONE),
        signed_by=text("signed_by"),
        follow_up_at=_taken(events, "follow_up"),
        follow_up_result=text("follow_result"),
        satisfaction=text("satisfaction"),
        not_done_reason=text("not_done_reason"),
        stage=matter.stage,
        taken_by=_writer(session, entry, events),
    )


def complaint(session: Session, matter_id: int) -> Complaint:
    """The complaint record of a matter. Refuses one that has none."""
    matter, entry, events, line = _read(session, matter_id, Form.COMPLAINT)
    facts = facts_of(events)
    text = _texts(facts)
    approved = next((each for each in reversed(events) if each.what == "approve"), None)
    party = Party(text("party_name"), text("party_unit"), text("party_phone"), text("party_words"))
    return Complaint(
        number=matter.number or "",
        at=matter.opened_at,
        name=line.caller,
        phone=line.phone,
        unit=line.unit,
        source=entry.channel if entry else None,
        kind=text("type"),
        grade=matter.grade,
        account=entry.content if entry else matter.title,
        demand=text("demand"),
        evidence=text("evidence"),
        other_party=party if party.name or party.unit else None,
        taken_by=_writer(session, entry, events),
        department=line.department,
        findings=text("findings"),
        proposal=text("proposal"),
        approval=text("approval"),
        approved_by=_name(session, approved.person_id if approved else None),
        approved_at=approved.at if approved else None,
        result=text("result"),
        answered=text("answered"),
        replied_at=_reached(events, Stage.ANSWERED),
        follow_up_at=_taken(events, "follow_up"),
        follow_up_result=text("follow_result"),
        satisfaction=text("satisfaction"),
        corrective=text("corrective"),
        stage=matter.stage,
    )


def next_day(session: Session, matter_id: int) -> NextDay:
    """The next-day follow-up of a matter. Refuses one that was not put off."""
    matter, entry, events, line = _read(session, matter_id, None)
    if _taken(events, "next_day") is None:
        raise Refusal("matters.no_such_form")
    facts = facts_of(events)
    text = _texts(facts)
    return NextDay(
        source_entry=entry.id if entry else None,
        title=matter.title,
        unit=line.unit,
        caller=line.caller,
        not_done_reason=text("not_done_reason"),
        interim=text("interim"),
        told_by=text("told_resident"),
        told_at=instant(facts, "told_at") or _taken(events, "next_day"),
        owner=line.owner_name,
        due=matter.due_at,
        result=matter.result,
        number=matter.number or "",
    )


def _read(
    session: Session, matter_id: int, form: Form | None
) -> tuple[Matter, Entry | None, tuple[MatterEvent, ...], MatterLine]:
    matter = session.get(Matter, matter_id)
    if matter is None:
        raise Refusal("matters.unknown")
    if form is not None and matter.form is not form:
        raise Refusal("matters.no_such_form")
    entry = session.get(Entry, matter.entry_id) if matter.entry_id else None
    line = line_of(session, matter_id, matter.opened_at)
    return matter, entry, history(session, matter_id), line


def _texts(facts: dict[str, object]) -> Callable[[str], str]:
    return lambda name: str(facts.get(name, ""))


def _reached(events: tuple[MatterEvent, ...], *stages: Stage) -> datetime | None:
    """When it last came to one of those stages."""
    before: Stage | None = None
    found = None
    for each in events:
        if each.stage in stages and each.stage is not before:
            found = each.at
        before = each.stage
    return found


def _taken(events: tuple[MatterEvent, ...], what: str) -> datetime | None:
    return next((each.at for each in reversed(events) if each.what == what), None)


def _writer(session: Session, entry: Entry | None, events: tuple[MatterEvent, ...]) -> str:
    return _name(session, entry.person_id if entry else events[0].person_id)


def _name(session: Session, person_id: int | None) -> str:
    person = people.person(session, person_id) if person_id else None
    return person.name if person else ""
