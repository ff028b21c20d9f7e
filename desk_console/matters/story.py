"""The whole story of one matter: its entry, every step, whom was told, its clocks and levels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from desk_console.foundation.refusal import Refusal
from desk_console.log.records import Department, Entry
from desk_console.log.views import NoticeLine, notices_of
from desk_console.matters.clocks import Clock, charged
from desk_console.matters.moving import clocks_of, facts_of, history, is_of_night, marks_of
from desk_console.matters.records import Level, Matter, MatterEvent, Stage
from desk_console.matters.steps import Step, steps_from
from desk_console.matters.views import MatterLine, line_of
from desk_console.people.records import Person
from desk_console.rulebook.desk import Desk


@dataclass(frozen=True, slots=True)
class MatterEventLine:
    """One step in a matter's history."""

    at: datetime
    person_name: str
    """Empty: time alone brought it."""
    what: str
    words: str
    owner_name: str
    revision: int
    stage: Stage = Stage.OPEN
    level: Level = Level.DESK
    facts: Mapping[str, object] | None = None
    """What it wrote: people by their names, a department by its Chinese and English one."""


@dataclass(frozen=True, slots=True)
class MatterStory:
    """A matter and all that happened to it, oldest first."""

    line: MatterLine
    events: tuple[MatterEventLine, ...]
    result: str
    answered: str
    closed_by_name: str
    facts: Mapping[str, object]
    """What stands in the form's fields now."""
    content: str
    """What was said at first."""
    notices: tuple[NoticeLine, ...]
    clocks: tuple[Clock, ...]
    levels: Mapping[Level, timedelta]
    """How long each level held it; together the whole (9.4)."""
    steps: tuple[Step, ...]
    """What may be done now."""


def matter_story(session: Session, desk: Desk, matter_id: int, at: datetime) -> MatterStory:
    """A matter with its history, clocks and next steps. Refuses an unknown one."""
    matter = session.get(Matter, matter_id)
    if matter is None:
        raise Refusal("matters.unknown")
    events = history(session, matter_id)
    names = _names(session, events, matter)
    departments = _departments(session, events)
    entry = session.get(Entry, matter.entry_id) if matter.entry_id else None
    at_night = is_of_night(session, entry, desk.duty)
    return MatterStory(
        line=line_of(session, matter_id, at),
        events=tuple(_event(event, names, departments) for event in events),
        result=matter.result,
        answered=matter.answered,
        closed_by_name=names.get(matter.closed_by or 0, ""),
        facts=facts_of(events),
        content=entry.content if entry else matter.title,
        notices=notices_of(session, entry.id or 0) if entry else (),
        clocks=clocks_of(session, desk, matter, events),
        levels=charged(matter.opened_at, marks_of(events), matter.closed_at or at),
        steps=tuple(
            step
            for step in steps_from(matter.form, matter.stage)
            if at_night or step.code != "next_day"
        ),
    )


def _names(session: Session, events: tuple[MatterEvent, ...], matter: Matter) -> dict[int, str]:
    wanted = {matter.closed_by, matter.owner_id}
    for event in events:
        wanted |= {event.person_id, event.owner_id}
        wanted |= {value for name, value in event.facts.items() if name in _PEOPLE}
    ids = [each for each in wanted if isinstance(each, int)]
    rows = session.exec(select(Person.id, Person.name).where(col(Person.id).in_(ids)))
    return {number or 0: name for number, name in rows}


def _departments(
    session: Session, events: tuple[MatterEvent, ...]
) -> Mapping[int, tuple[str, str]]:
    wanted = {event.facts["department"] for event in events if "department" in event.facts}
    rows = session.exec(select(Department).where(col(Department.id).in_(wanted)))
    return {row.id or 0: (row.zh, row.en) for row in rows}


_PEOPLE = ("assignee", "superior", "spoke_to")


def _event(
    event: MatterEvent, names: Mapping[int, str], departments: Mapping[int, tuple[str, str]]
) -> MatterEventLine:
    facts = {
        name: names.get(value, "") if name in _PEOPLE and isinstance(value, int) else value
        for name, value in event.facts.items()
    }
    if "department" in facts:
        facts["department"] = departments.get(event.facts["department"])
    return MatterEventLine(
        at=event.at,
        person_name=names.get(event.person_id or 0, ""),
        what=event.what,
        words=event.words,
        owner_name=names.get(event.owner_id or 0, ""),
        revision=event.revision,
        stage=event.stage,
        level=event.level,
        facts=facts,
    )
