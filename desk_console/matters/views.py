"""What the screens ask about matters: what is open, by urgency, and the story of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from desk_console.foundation.refusal import Refusal
from desk_console.matters.glance import MatterLine as MatterLine
from desk_console.matters.glance import OpenCount as OpenCount
from desk_console.matters.glance import lines_of
from desk_console.matters.glance import open_count as open_count
from desk_console.matters.glance import open_matters as open_matters
from desk_console.matters.records import Matter, MatterEvent
from desk_console.people.records import Person


@dataclass(frozen=True, slots=True)
class MatterEventLine:
    """One step in a matter's history."""

    at: datetime
    person_name: str
    what: str
    words: str
    owner_name: str
    revision: int


@dataclass(frozen=True, slots=True)
class MatterStory:
    """A matter and all that happened to it, oldest first."""

    line: MatterLine
    events: tuple[MatterEventLine, ...]
    result: str
    answered: str
    closed_by_name: str


def matter_story(session: Session, matter_id: int, at: datetime) -> MatterStory:
    """A matter with its history. Refuses an unknown one."""
    matter = session.get(Matter, matter_id)
    if matter is None:
        raise Refusal("matters.unknown")
    (line,) = lines_of(session, [matter_id], at)
    names = dict(session.execute(select(Person.id, Person.name)).all())
    events = session.exec(
        select(MatterEvent).where(MatterEvent.matter_id == matter_id).order_by(col(MatterEvent.id))
    )
    return MatterStory(
        line=line,
        events=tuple(
            MatterEventLine(
                at=event.at,
                person_name=names.get(event.person_id, ""),
                what=event.what,
                words=event.words,
                owner_name=names.get(event.owner_id, ""),
                revision=event.revision,
            )
            for event in events
        ),
        result=matter.result,
        answered=matter.answered,
        closed_by_name=names.get(matter.closed_by, ""),
    )


def of_entries(session: Session, entry_ids: Sequence[int], at: datetime) -> dict[int, MatterLine]:
    """The matters that these entries opened, by entry."""
    ids = session.exec(select(Matter.id).where(col(Matter.entry_id).in_(entry_ids))).all()
    found = lines_of(session, [each or 0 for each in ids], at)
    return {line.entry_id: line for line in found if line.entry_id is not None}
