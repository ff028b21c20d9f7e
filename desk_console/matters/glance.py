"""What is open, by urgency, asked in plain SQL; see `foundation.reading`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from desk_console.foundation.reading import Row, instant, instant_or_none, listed, rows
from desk_console.matters.codes import Importance
from desk_console.matters.rules import is_overdue

if TYPE_CHECKING:
    from sqlmodel import Session

    from desk_console.foundation.reading import Reader


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


_LINES = """
    select matter.id, matter.entry_id, matter.kind, title, owner_id, person.name as owner_name,
        importance, is_urgent, opened_at, due_at, next_step, revision, closed_at,
        entry.caller, entry.unit_text, unit.code as unit_code
    from matter
    join person on person.id = matter.owner_id
    left join entry on entry.id = matter.entry_id
    left join unit on unit.id = entry.unit_id
"""
_OPEN_BY_URGENCY = """
    where closed_at is null
    order by case when is_urgent then 0 else 1 end,
        case when due_at < :at then 0 else 1 end,
        case when importance = :normal then 1 else 0 end,
        due_at, matter.id
    limit :most offset :passed
"""
_COUNT = """
    select count(*) as total,
        coalesce(sum(case when due_at < :at then 1 else 0 end), 0) as overdue,
        coalesce(sum(case when importance <> :normal then 1 else 0 end), 0) as important
    from matter where closed_at is null
"""


def open_matters(
    asked: Session | Reader, at: datetime, *, limit: int = 50, offset: int = 0
) -> tuple[MatterLine, ...]:
    """The open matters: urgent and overdue ones first, then by importance, then by their limits."""
    found = rows(
        asked,
        _LINES + _OPEN_BY_URGENCY,
        at=at,
        normal=Importance.NORMAL,
        most=limit,
        passed=offset,
    )
    return tuple(_line(each, at) for each in found)


def open_count(asked: Session | Reader, at: datetime) -> OpenCount:
    """How many matters are open."""
    (found,) = rows(asked, _COUNT, at=at, normal=Importance.NORMAL)
    return OpenCount(**found)


def lines_of(asked: Session | Reader, ids: Sequence[int], at: datetime) -> tuple[MatterLine, ...]:
    """The matters of those ids, open or closed, in the order of their ids."""
    if not ids:
        return ()
    found = rows(asked, f"{_LINES} where matter.id in ({listed(ids)}) order by matter.id")
    return tuple(_line(each, at) for each in found)


def _line(row: Row, at: datetime) -> MatterLine:
    opened_at, due_at = instant(row["opened_at"]), instant_or_none(row["due_at"])
    closed_at = instant_or_none(row["closed_at"])
    return MatterLine(
        id=row["id"],
        entry_id=row["entry_id"],
        kind=row["kind"],
        title=row["title"],
        owner_id=row["owner_id"],
        owner_name=row["owner_name"],
        importance=Importance(row["importance"]),
        is_urgent=bool(row["is_urgent"]),
        opened_at=opened_at,
        due_at=due_at,
        next_step=row["next_step"],
        revision=row["revision"],
        unit=row["unit_code"] or row["unit_text"] or "",
        caller=row["caller"] or "",
        is_overdue=closed_at is None and is_overdue(due_at, at),
        waited=max((closed_at or at) - opened_at, timedelta(0)),
        left=None if due_at is None else due_at - at,
        closed_at=closed_at,
    )
