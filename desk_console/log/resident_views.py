"""What the residents' screens ask: units, one unit's file, and what happened there, page by page.

Names and numbers leave here with their middles hidden; `resident_files.reveal` shows one whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from desk_console.foundation.refusal import Refusal
from desk_console.log.masking import Mask, masked_name, masked_phone
from desk_console.log.records import Entry, EntryKind, Resident, ResidentPhone, Unit
from desk_console.log.resident_records import ChangeKind, LookReason, ResidentChange, ResidentLook
from desk_console.log.views import EntryLine, lines_of
from desk_console.people.records import Person

MOST_SHOWN = 30
"""Changes, and looks, of a unit that its file shows."""


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit in a list, with whom lives there."""

    id: int
    code: str
    names: tuple[str, ...]
    """Masked."""
    instruction: str


@dataclass(frozen=True, slots=True)
class UnitPage:
    """Units by building and room as they were added; `next` leads on, None at the end."""

    lines: tuple[UnitLine, ...]
    next: int | None


@dataclass(frozen=True, slots=True)
class ResidentLine:
    """Somebody of a unit, masked."""

    id: int
    name: str
    kind: str
    phones: tuple[str, ...]
    left_at: datetime | None
    is_active: bool
    revision: int

    @property
    def is_erased(self) -> bool:
        """Erased by order: nothing is known any more."""
        return not self.name


@dataclass(frozen=True, slots=True)
class Changed:
    """A field of a file: what stood there, and what stands there now; names and numbers masked."""

    name: str
    was: str
    becomes: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A change of a unit's file: who, when, what, from what to what. Whole, the words stay behind
    the mask.
    """

    at: datetime
    what: ChangeKind
    fields: tuple[Changed, ...]
    resident: str
    person_name: str
    reason: str


@dataclass(frozen=True, slots=True)
class LookLine:
    """Who saw a resident's data whole, when and what for."""

    at: datetime
    resident: str
    person_name: str
    reason: LookReason


@dataclass(frozen=True, slots=True)
class UnitFile:
    """A unit's file (5.6)."""

    id: int
    code: str
    instruction: str
    residents: tuple[ResidentLine, ...]
    changes: tuple[ChangeLine, ...]
    looks: tuple[LookLine, ...]


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """What was logged of a unit, newest first; `next` leads to the older, None at the end."""

    lines: tuple[EntryLine, ...]
    next: int | None


def units(session: Session, *, after: int | None = None, limit: int = 50) -> UnitPage:
    """All units, page by page."""
    rows = session.exec(
        select(Unit).where(col(Unit.id) > (after or 0)).order_by(col(Unit.id)).limit(limit + 1)
    ).all()
    shown = rows[:limit]
    names = _names(session, [row.id or 0 for row in shown])
    lines = tuple(
        UnitLine(row.id or 0, row.code, tuple(names[row.id or 0]), row.instruction) for row in shown
    )
    return UnitPage(lines, lines[-1].id if len(rows) > limit else None)


def unit_of(session: Session, resident_id: int) -> int | None:
    """The unit of a resident."""
    return session.exec(select(Resident.unit_id).where(Resident.id == resident_id)).first()


def unit_file(session: Session, unit_id: int) -> UnitFile:
    """A unit with its people, what was changed and who looked. Refuses an unknown one."""
    unit = session.get(Unit, unit_id)
    if unit is None:
        raise Refusal("log.no_unit")
    people = session.exec(
        select(Resident)
        .where(Resident.unit_id == unit_id)
        .order_by(col(Resident.is_active).desc(), col(Resident.id))
    ).all()
    numbers = _numbers(session, [row.id or 0 for row in people])
    names = {row.id: masked_name(row.name) for row in people}
    return UnitFile(
        id=unit_id,
        code=unit.code,
        instruction=unit.instruction,
        residents=tuple(
            ResidentLine(
                id=row.id or 0,
                name=masked_name(row.name),
                kind=row.kind,
                phones=tuple(map(masked_phone, numbers[row.id or 0])),
                left_at=row.left_at,
                is_active=row.is_active,
                revision=row.revision,
            )
            for row in people
        ),
        changes=_changes(session, unit_id, names),
        looks=_looks(session, unit_id, names),
    )


def unit_history(
    session: Session,
    unit_id: int,
    *,
    kind: EntryKind | None = None,
    before: int | None = None,
    limit: int = 50,
) -> HistoryPage:
    """A page of what was logged of a unit, of one kind where that is asked; its residents' names
    and all numbers are masked in it as they are in its file. Its cost does not grow with the years
    of others.
    """
    ids = select(Entry.id).where(Entry.unit_id == unit_id)
    if kind is not None:
        ids = ids.where(Entry.kind == kind)
    if before is not None:
        ids = ids.where(col(Entry.id) < before)
    found = session.exec(ids.order_by(col(Entry.id).desc()).limit(limit + 1)).all()
    shown = [each or 0 for each in found[:limit]]
    mask = Mask.of(session.exec(select(Resident.name).where(Resident.unit_id == unit_id)))
    lines = tuple(
        replace(line, caller=mask.text(line.caller), content=mask.text(line.content))
        for line in lines_of(session, shown)
    )
    return HistoryPage(lines, shown[-1] if len(found) > limit else None)


def _names(session: Session, unit_ids: Sequence[int]) -> Mapping[int, list[str]]:
    names: dict[int, list[str]] = defaultdict(list)
    for unit_id, name in session.exec(
        select(Resident.unit_id, Resident.name)
        .where(col(Resident.unit_id).in_(unit_ids), col(Resident.is_active))
        .order_by(col(Resident.id))
    ):
        names[unit_id].append(masked_name(name))
    return names


def _numbers(session: Session, ids: Iterable[int]) -> Mapping[int, list[str]]:
    numbers: dict[int, list[str]] = defaultdict(list)
    for row in session.exec(
        select(ResidentPhone)
        .where(col(ResidentPhone.resident_id).in_(list(ids)))
        .order_by(col(ResidentPhone.id))
    ):
        numbers[row.resident_id].append(row.digits)
    return numbers


def _changes(
    session: Session, unit_id: int, names: Mapping[int | None, str]
) -> tuple[ChangeLine, ...]:
    return tuple(
        ChangeLine(
            at=row.at,
            what=row.what,
            fields=_changed(row) if row.what in _FROM_TO else (),
            resident=names.get(row.resident_id, ""),
            person_name=name,
            reason=row.reason,
        )
        for row, name in _newest(session, ResidentChange, unit_id)
    )


_FROM_TO = (ChangeKind.CHANGED, ChangeKind.INSTRUCTION)


def _changed(row: ResidentChange) -> tuple[Changed, ...]:
    return tuple(
        Changed(name, _masked(name, row.was.get(name, "")), _masked(name, value))
        for name, value in row.becomes.items()
    )


def _masked(name: str, value: Any) -> str:
    if name == "phones":
        return " ".join(map(masked_phone, value))
    return masked_name(value) if name == "name" else str(value)


def _looks(session: Session, unit_id: int, names: Mapping[int | None, str]) -> tuple[LookLine, ...]:
    return tuple(
        LookLine(row.at, names.get(row.resident_id, ""), name, row.reason)
        for row, name in _newest(session, ResidentLook, unit_id)
    )


def _newest(session: Session, table: Any, unit_id: int) -> Sequence[tuple[Any, str]]:
    return session.exec(
        select(table, col(Person.name))
        .join(Person, col(Person.id) == table.person_id)
        .where(table.unit_id == unit_id)
        .order_by(table.id.desc())
        .limit(MOST_SHOWN)
    ).all()
