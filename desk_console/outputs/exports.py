"""Exports: entries, matters and residents as tables that leave the program, on record.

Who takes them has the right to (4.9), gives their PIN anew, and stands in the journal before the
first row is written. Rows are read as they are written, so that years of them take no room.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

from desk_console.foundation.catalogue import Catalogue
from desk_console.foundation.refusal import Refusal
from desk_console.log.records import Entry, Resident, ResidentPhone, Unit
from desk_console.log.views import lines_of as entry_lines
from desk_console.matters.findable import kind_message
from desk_console.matters.glance import lines_of as matter_lines
from desk_console.matters.records import Matter
from desk_console.outputs.tables import Cell, Format, Table, TableColumn, write
from desk_console.people.authority import authorised
from desk_console.people.pins import Proof, require_current
from desk_console.people.rules import Right
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.topics import Topic

_AT_ONCE = 500


class ExportOf(StrEnum):
    """What may be taken out."""

    ENTRIES = "entries"
    MATTERS = "matters"
    RESIDENTS = "residents"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be exported: entries and matters of some days, both counted; residents all."""

    what: ExportOf
    format: Format
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Exported:
    """Where the table is, and how many rows it has."""

    path: Path
    rows: int


def export(
    desk: Desk, by: Proof, wanted: Wanted, words: Catalogue, *, out: Path | None = None
) -> Exported:
    """Writes the table; without a name for it, into the folder `exports` beside the data.

    Refuses (4.9) who may not take data out, days the wrong way round, and a name that is taken.
    """
    if wanted.since and wanted.until and wanted.until < wanted.since:
        raise Refusal("outputs.days_turned")
    path = out or _place(desk, wanted)
    _on_record(desk, by, wanted, "outputs.export")
    try:
        with desk.reading() as session:
            rows = write(
                path, _TABLES[wanted.what](session, desk, wanted, words), format=wanted.format
            )
    except Refusal:
        _on_record(desk, by, wanted, "outputs.export_failed")
        raise
    return Exported(path, rows)


def _on_record(desk: Desk, by: Proof, wanted: Wanted, act: str) -> None:
    with desk.transaction() as work:
        require_current(work.session, by)
        authorised(work.session, by.person.id, Right.EXPORT, desk.duty)
        work.journal(
            act,
            by=by.person.id,
            subject=f"export:{wanted.what}",
            clause=desk.duty.cite(Topic.CONFIDENTIALITY),
            format=wanted.format,
            since=wanted.since,
            until=wanted.until,
        )


def _place(desk: Desk, wanted: Wanted) -> Path:
    folder = desk.folder / "exports"
    folder.mkdir(mode=0o700, exist_ok=True)
    made = desk.now().astimezone(desk.zone)
    return folder / f"{wanted.what}-{made:%Y%m%d-%H%M%S}.{wanted.format}"


def _between(column: Any, wanted: Wanted, desk: Desk) -> list[Any]:
    """From the first moment of the first day to the last of the last, in the site's zone."""

    def begins(day: date) -> datetime:
        return datetime.combine(day, time(), desk.zone)

    conditions = []
    if wanted.since is not None:
        conditions.append(col(column) >= begins(wanted.since))
    if wanted.until is not None:
        conditions.append(col(column) < begins(wanted.until + timedelta(days=1)))
    return conditions


def _chunks(ids: Iterator[int | None]) -> Iterator[list[int]]:
    while chunk := list(islice(ids, _AT_ONCE)):
        yield [each or 0 for each in chunk]


def _table(
    name: str, columns: Sequence[tuple[str, int]], rows: Any, desk: Desk, words: Catalogue
) -> Table:
    return Table(
        name=words.text(f"outputs.export_{name}"),
        columns=[
            TableColumn(words.text(f"outputs.column_{column}"), letters)
            for column, letters in columns
        ],
        rows=rows,
        zone=desk.zone,
        yes_no=(words.text("outputs.yes"), words.text("outputs.no")),
    )


# Entries

_ENTRY = (
    ("number", 8), ("at", 17), ("recorded_at", 17), ("kind", 8), ("channel", 8), ("category", 10),
    ("rings", 6), ("caller", 12), ("unit", 12), ("phone", 16), ("content", 40), ("action", 30),
    ("result", 30), ("departments", 16), ("is_open", 8), ("is_emergency", 8), ("writer", 12),
)  # fmt: skip


def _entries(session: Session, desk: Desk, wanted: Wanted, words: Catalogue) -> Table:
    ids = session.exec(
        select(Entry.id)
        .where(*_between(Entry.at, wanted, desk))
        .order_by(col(Entry.at), col(Entry.id))
    )

    def rows() -> Iterator[Sequence[Cell]]:
        for chunk in _chunks(iter(ids)):
            for line in entry_lines(session, chunk):
                yield (
                    line.id,
                    line.at,
                    line.recorded_at,
                    words.text(f"log.kind_{line.kind}"),
                    words.text(f"log.channel_{line.channel}"),
                    words.text(f"log.category_{line.category_now}"),
                    line.rings,
                    line.caller,
                    line.unit,
                    line.phone,
                    line.content,
                    line.action,
                    line.result,
                    words.value([words.either(zh, en) for zh, en in line.departments]),
                    line.is_open,
                    line.is_emergency,
                    line.person_name,
                )

    return _table("entries", _ENTRY, rows(), desk, words)


# Matters

_MATTER = (
    ("number", 16), ("kind", 10), ("title", 40), ("unit", 12), ("caller", 12), ("phone", 16),
    ("importance", 8), ("stage", 10), ("owner", 12), ("assignee", 12), ("departments", 16),
    ("opened_at", 17), ("due_at", 17), ("closed_at", 17), ("next_step", 30),
)  # fmt: skip


def _matters(session: Session, desk: Desk, wanted: Wanted, words: Catalogue) -> Table:
    ids = session.exec(
        select(Matter.id).where(*_between(Matter.opened_at, wanted, desk)).order_by(col(Matter.id))
    )

    def rows() -> Iterator[Sequence[Cell]]:
        for chunk in _chunks(iter(ids)):
            for line in matter_lines(session, chunk, desk.now()):
                yield (
                    line.number or f"#{line.id}",
                    words.text(kind_message(line.kind)),
                    line.title,
                    line.unit,
                    line.caller,
                    line.phone,
                    words.text(f"matters.importance_{line.importance}"),
                    words.text(f"matters.stage_{line.stage}"),
                    line.owner_name,
                    line.assignee_name,
                    words.either(*line.department) if line.department else "",
                    line.opened_at,
                    line.due_at,
                    line.closed_at,
                    line.next_step,
                )

    return _table("matters", _MATTER, rows(), desk, words)


# Residents

_RESIDENT = (
    ("building", 8), ("entrance", 8), ("room", 8), ("name", 16), ("phones", 30), ("standing", 10),
    ("instruction", 40), ("left_at", 17),
)  # fmt: skip


def _residents(session: Session, desk: Desk, wanted: Wanted, words: Catalogue) -> Table:
    known = select(Resident.id).where(Resident.name != "")
    ids = session.exec(known.order_by(col(Resident.unit_id), col(Resident.id)))

    def rows() -> Iterator[Sequence[Cell]]:
        for chunk in _chunks(iter(ids)):
            numbers: dict[int, list[str]] = {each: [] for each in chunk}
            for phone in session.exec(
                select(ResidentPhone).where(col(ResidentPhone.resident_id).in_(chunk))
            ):
                numbers[phone.resident_id].append(phone.digits)
            for resident, unit in session.exec(
                select(Resident, Unit)
                .join(Unit, col(Unit.id) == col(Resident.unit_id))
                .where(col(Resident.id).in_(chunk))
                .order_by(col(Resident.unit_id), col(Resident.id))
            ):
                yield (
                    unit.building,
                    unit.entrance,
                    unit.room,
                    resident.name,
                    " ".join(numbers[resident.id or 0]),
                    words.text(f"log.kind_of_{resident.kind}"),
                    unit.instruction,
                    resident.left_at,
                )
            session.expunge_all()

    return _table("residents", _RESIDENT, rows(), desk, words)


_TABLES = {
    ExportOf.ENTRIES: _entries,
    ExportOf.MATTERS: _matters,
    ExportOf.RESIDENTS: _residents,
}
