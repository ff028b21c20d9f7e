"""What the screens ask about matters: the lists in `glance`, the whole of one in `story`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from desk_console.foundation.refusal import Refusal
from desk_console.log.records import Entry
from desk_console.matters.glance import MatterFilter as MatterFilter
from desk_console.matters.glance import MatterLine as MatterLine
from desk_console.matters.glance import OpenCount as OpenCount
from desk_console.matters.glance import lines_of
from desk_console.matters.glance import open_count as open_count
from desk_console.matters.glance import open_matters as open_matters
from desk_console.matters.records import Matter


def still_open(session: Session, entry_ids: Collection[int]) -> frozenset[int]:
    """Of these entries those whose matter is open now; what was left open then may be done."""
    found = session.exec(
        select(Matter.entry_id).where(
            col(Matter.entry_id).in_(entry_ids), col(Matter.closed_at).is_(None)
        )
    )
    return frozenset(one for one in found if one is not None)


@dataclass(frozen=True, slots=True)
class UnitMatters:
    """What stayed open of a unit, the newest first; `next` leads to the older, None at the end."""

    lines: tuple[MatterLine, ...]
    next: int | None


def unit_matters(
    session: Session, unit_id: int, at: datetime, *, before: int | None = None, limit: int = 50
) -> UnitMatters:
    """A page of the matters that a unit's entries opened, open or closed; `before` is the last
    page's `next`. Its cost does not grow with the matters of others.
    """
    query = (
        select(Matter.id)
        .join(Entry, col(Entry.id) == col(Matter.entry_id))
        .where(Entry.unit_id == unit_id)
    )
    if before is not None:
        query = query.where(col(Matter.id) < before)
    found = session.exec(query.order_by(col(Matter.id).desc()).limit(limit + 1)).all()
    shown = [number or 0 for number in found[:limit]]
    known = {line.id: line for line in lines_of(session, shown, at)}
    lines = tuple(known[number] for number in shown)
    return UnitMatters(lines, shown[-1] if len(found) > limit else None)


def line_of(session: Session, matter_id: int, at: datetime) -> MatterLine:
    """One matter. Refuses an unknown one."""
    found = lines_of(session, [matter_id], at)
    if not found:
        raise Refusal("matters.unknown")
    return found[0]


def by_number(session: Session, number: str) -> int | None:
    """The matter whose form has that number, however it was typed."""
    plain = number.strip().upper()
    return session.exec(select(Matter.id).where(Matter.number == plain)).first()


def of_entries(session: Session, entry_ids: Sequence[int], at: datetime) -> dict[int, MatterLine]:
    """The matter that each of these entries left; of several the newest, which is the open one."""
    ids = session.exec(select(Matter.id).where(col(Matter.entry_id).in_(entry_ids))).all()
    found = lines_of(session, [each or 0 for each in ids], at)
    by_age = sorted(found, key=lambda line: line.id)
    return {line.entry_id: line for line in by_age if line.entry_id is not None}
