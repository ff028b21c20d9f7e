"""What the screens ask about matters: what is open, by urgency, and the story of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, func
from sqlalchemy import select as rows_of
from sqlmodel import Session, col, select

from desk_console.foundation.refusal import Refusal
from desk_console.log.records import Entry, Unit
from desk_console.matters.records import Importance, Matter, MatterEvent
from desk_console.matters.rules import is_overdue
from desk_console.people.records import Person


@dataclass(frozen=True, slots=True)
class MatterLine:
    """An open (or closed) matter, with how long it has waited and may still wait."""

    id: int
    entry_id: int | None
    kind: str
    title: str
    owner_id: int
    owner_name: str
    importance: Importance
    is_urgent: bool
    opened_at: datetime
    due_at: datetime | None
    next_step: str
    revision: int
    unit: str
    caller: str
    is_overdue: bool
    waited: timedelta
    left: timedelta | None
    """Negative when it is overdue."""
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class OpenCount:
    """How many matters are open, overdue, and important."""

    total: int
    overdue: int
    important: int


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


def open_matters(
    session: Session, at: datetime, *, limit: int = 50, offset: int = 0
) -> tuple[MatterLine, ...]:
    """The open matters: urgent and overdue ones first, then by importance, then by their limits."""
    order = (
        case((col(Matter.is_urgent).is_(True), 0), else_=1),
        case((col(Matter.due_at) < at, 0), else_=1),
        case((col(Matter.importance) == Importance.NORMAL, 1), else_=0),
        col(Matter.due_at),
        col(Matter.id),
    )
    query = _lines().where(col(Matter.closed_at).is_(None)).order_by(*order)
    rows = session.execute(query.limit(limit).offset(offset))
    return tuple(_line(row, at) for row in rows)


def open_count(session: Session, at: datetime) -> OpenCount:
    """How many matters are open."""
    total, overdue, important = session.execute(
        select(
            func.count(),
            func.coalesce(func.sum(case((col(Matter.due_at) < at, 1), else_=0)), 0),
            func.coalesce(
                func.sum(case((col(Matter.importance) != Importance.NORMAL, 1), else_=0)), 0
            ),
        ).where(col(Matter.closed_at).is_(None))
    ).one()
    return OpenCount(total, overdue, important)


def matter_story(session: Session, matter_id: int, at: datetime) -> MatterStory:
    """A matter with its history. Refuses an unknown one."""
    row = session.execute(_lines().where(Matter.id == matter_id)).first()
    if row is None:
        raise Refusal("matters.unknown")
    names = dict(session.execute(select(Person.id, Person.name)).all())
    events = session.exec(
        select(MatterEvent).where(MatterEvent.matter_id == matter_id).order_by(col(MatterEvent.id))
    )
    matter: Matter = row[0]
    return MatterStory(
        line=_line(row, at),
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
    rows = session.execute(_lines().where(col(Matter.entry_id).in_(entry_ids)))
    return {row[0].entry_id: _line(row, at) for row in rows}


def _lines() -> Any:
    return (
        rows_of(Matter, col(Person.name), col(Entry.caller), col(Entry.unit_text), col(Unit.code))
        .join(Person, col(Person.id) == col(Matter.owner_id))
        .join(Entry, col(Entry.id) == col(Matter.entry_id), isouter=True)
        .join(Unit, col(Unit.id) == col(Entry.unit_id), isouter=True)
    )


def _line(row: Any, at: datetime) -> MatterLine:
    matter, owner_name, caller, unit_text, unit_code = row
    return MatterLine(
        id=matter.id,
        entry_id=matter.entry_id,
        kind=matter.kind,
        title=matter.title,
        owner_id=matter.owner_id,
        owner_name=owner_name,
        importance=matter.importance,
        is_urgent=matter.is_urgent,
        opened_at=matter.opened_at,
        due_at=matter.due_at,
        next_step=matter.next_step,
        revision=matter.revision,
        unit=unit_code or unit_text or "",
        caller=caller or "",
        is_overdue=matter.closed_at is None and is_overdue(matter.due_at, at),
        waited=max((matter.closed_at or at) - matter.opened_at, timedelta(0)),
        left=None if matter.due_at is None else matter.due_at - at,
        closed_at=matter.closed_at,
    )
