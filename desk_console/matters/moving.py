"""How a matter is moved: every change of one goes through here.

A change raises the revision, names who holds the matter from now on, computes what falls due next,
and stands in the history and the journal; whoever acts on a matter as it no longer is, is told
what changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlmodel import Session, col, select

from desk_console.foundation.canonical import words_digest
from desk_console.foundation.catalogue import Message, message
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Work
from desk_console.log.presence import Presence, presence
from desk_console.log.records import Entry
from desk_console.log.rules import is_night
from desk_console.matters.clocks import Clock, Mark, Terms, clocks, next_due
from desk_console.matters.fields import instant
from desk_console.matters.findable import MATTERS
from desk_console.matters.records import Form, Matter, MatterEvent, MatterSeries, Stage
from desk_console.matters.rules import Standing
from desk_console.matters.steps import level_of
from desk_console.matters.working_time import InOfficeHours, office_hours
from desk_console.people import views as people
from desk_console.roster.holidays import DayKind, special_day
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import DutyRules, Topic
from desk_console.shift.records import Shift

_OF_NOTICE = ("how", "told")
_SALT_BYTES = 16
_PREFIX = {
    Form.WORK_ORDER: "WX",
    Form.COMPLAINT: "TS",
    Form.TASK: "RW",
    Form.INCIDENT: "SJ",
}
"""维修, 投诉, 任务, 事件: how a form's numbers begin."""


def matter_at(session: Session, matter_id: int, revision: int | None = None) -> Matter:
    """The open matter to be changed. Refuses one that is closed, and one that is no longer at that
    revision.
    """
    matter = session.get(Matter, matter_id)
    if matter is None:
        raise Refusal("matters.unknown")
    if revision is not None and matter.revision != revision:
        raise Refusal("matters.stale", changes=_changes(session, matter_id, revision))
    if matter.closed_at is not None:
        raise Refusal("matters.closed_already")
    return matter


def record(
    work: Work,
    desk: Desk,
    matter: Matter,
    what: str,
    *,
    by: int | None,
    words: str = "",
    facts: Mapping[str, object] | None = None,
    at: datetime | None = None,
    topic: Topic = Topic.ANSWER_IN_TIME,
) -> int:
    """Puts a change on record and sets the clocks anew; returns the matter's new revision.

    `by` None, with `at`: time alone brought it, at its own minute.
    """
    is_new = matter.id is None
    if not is_new:
        matter.revision += 1
    else:
        work.put(matter)
    matter.level = level_of(matter.stage, is_asked=matter.asked_rung is not None)
    salt = desk.source.random_bytes(_SALT_BYTES).hex()
    kept = dict(facts or {})
    event = work.make(
        MatterEvent,
        matter_id=matter.id or 0,
        at=at or work.now,
        person_id=by,
        what=what,
        words=words,
        owner_id=matter.owner_id,
        revision=matter.revision,
        stage=matter.stage,
        level=matter.level,
        facts=kept,
        salt=salt,
    )
    _set_clock(work, desk, matter)
    work.session.add(matter)
    work.session.flush()
    MATTERS.index(work.session, matter.id or 0, version=matter.revision)
    work.journal(
        f"matters.{what}",
        by=by,
        subject=f"matter:{matter.id}",
        clause=desk.duty.cite(topic),
        owner=matter.owner_id,
        importance=matter.importance,
        revision=matter.revision,
        stage=matter.stage,
        level=matter.level,
        number=matter.number,
        happened_at=event.at,
        digest=digest_of(event),
    )
    return matter.revision


def digest_of(event: MatterEvent) -> str:
    """The salted digest of what a step says: the journal holds it, and signatures are made over it.
    It stays when the words are erased by order.
    """
    said: dict[str, object] = {"words": event.words}
    return words_digest(event.salt, said | {"facts": event.facts} if event.facts else said)


def number_for(work: Work, desk: Desk, form: Form) -> str:
    """The next number of a form, in order for each year of the site's calendar."""
    year = work.now.astimezone(desk.zone).year
    series = work.session.get(MatterSeries, (form, year)) or MatterSeries(
        form=form, year=year, last=0
    )
    series.last += 1
    work.session.add(series)
    return f"{_PREFIX[form]}{year}-{series.last:04}"


def history(session: Session, matter_id: int) -> tuple[MatterEvent, ...]:
    """All steps of a matter, oldest first."""
    return tuple(
        session.exec(
            select(MatterEvent)
            .where(MatterEvent.matter_id == matter_id)
            .order_by(col(MatterEvent.revision))
        )
    )


def facts_of(events: tuple[MatterEvent, ...]) -> dict[str, object]:
    """What stands in the form's fields: of each field what was written last. With the department
    that it went to before goes whom of it was told, and how.
    """
    facts: dict[str, object] = {}
    for event in events:
        if "department" in event.facts:
            for name in _OF_NOTICE:
                facts.pop(name, None)
        facts.update(event.facts)
    return facts


def clocks_of(
    session: Session, desk: Desk, matter: Matter, events: tuple[MatterEvent, ...]
) -> tuple[Clock, ...]:
    """The promises of a matter, kept or not (9.4)."""
    entry = entry_of(session, matter)
    facts = facts_of(events)
    terms = Terms(
        kind=matter.kind,
        form=matter.form,
        urgency=matter.urgency,
        channel=entry.channel if entry else None,
        opened_at=matter.opened_at,
        appointment=instant(facts, "appointment"),
        due=instant(facts, "due"),
        resume_at=instant(facts, "resume_at"),
        asked_at=matter.asked_at,
        reported_at=matter.reported_at,
    )
    return clocks(terms, marks_of(events), desk.duty.limits, office(desk))


def marks_of(events: tuple[MatterEvent, ...]) -> tuple[Mark, ...]:
    """A history as the clocks read it."""
    return tuple(Mark(each.at, each.what, each.stage, each.level) for each in events)


def office(desk: Desk) -> InOfficeHours:
    """The office hours in which working days are counted."""

    return office_hours(desk.duty.limits, desk.zone, _is_holiday)


def _is_holiday(day: date) -> bool | None:
    found = special_day(day)
    return None if found is None else found.kind is not DayKind.WORK


def stage_before_hold(events: tuple[MatterEvent, ...]) -> Stage:
    """The stage to which a matter goes back when it comes off hold."""
    return next(each.stage for each in reversed(events) if each.stage is not Stage.ON_HOLD)


def entry_of(session: Session, matter: Matter) -> Entry | None:
    """The entry that left the matter open; None for a task from above."""
    return session.get(Entry, matter.entry_id) if matter.entry_id else None


def has_caller(entry: Entry | None) -> bool:
    """Whether somebody waits for an answer (3.8)."""
    return entry is not None and bool(
        entry.caller or entry.phone or entry.unit_text or entry.resident_id or entry.unit_id
    )


def is_of_night(session: Session, entry: Entry | None, duty: DutyRules) -> bool:
    """Whether it was logged on a night shift (6.5)."""
    shift = session.get(Shift, entry.shift_id) if entry and entry.shift_id else None
    plan = duty.shift(shift.plan_code) if shift else None
    return plan is not None and is_night(plan)


def is_at_night(session: Session, person_id: int, duty: DutyRules) -> bool:
    """Whether somebody is on a night shift now: what they log is the night's (6.5)."""
    return is_night_duty(presence(session, person_id), duty)


def is_night_duty(where: Presence | None, duty: DutyRules) -> bool:
    """The same, of whom it is known where they are."""
    plan = duty.shift(where.plan_code) if where and where.plan_code else None
    return plan is not None and is_night(plan)


def standing_of(session: Session, matter: Matter) -> Standing:
    """What the closing of a matter hangs on."""
    return Standing(
        kind=matter.kind,
        form=matter.form,
        importance=matter.importance,
        urgency=matter.urgency,
        asked_rung=matter.asked_rung,
        decided_rung=matter.decided_rung,
        is_reported=matter.reported_at is not None,
        has_caller=has_caller(entry_of(session, matter)),
        told_rung=matter.told_rung,
    )


def _set_clock(work: Work, desk: Desk, matter: Matter) -> None:
    if matter.closed_at is not None:
        return
    events = history(work.session, matter.id or 0)
    due = next_due(clocks_of(work.session, desk, matter, events))
    matter.due_at = due.due_at if due else None
    matter.due_for = due.promise.value if due else ""


def _changes(session: Session, matter_id: int, revision: int) -> list[Message]:
    rows = session.exec(
        select(MatterEvent)
        .where(MatterEvent.matter_id == matter_id, col(MatterEvent.revision) > revision)
        .order_by(col(MatterEvent.id))
    )
    changes = []
    for row in rows:
        person = people.person(session, row.person_id) if row.person_id else None
        what = message(f"matters.what_{row.what}")
        if person is None:
            changes.append(what)
        else:
            changes.append(message("matters.change", name=person.name, what=what))
    return changes
