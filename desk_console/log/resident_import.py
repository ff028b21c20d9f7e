"""Residents from a CSV file: every problem named by its line, all of them added or none."""

from __future__ import annotations

import re
from pathlib import Path

from sqlmodel import col, select

from desk_console.foundation.catalogue import message, pair
from desk_console.foundation.csv_in import Column, Findings, ImportReport, Row, read_rows
from desk_console.foundation.refusal import Refusal
from desk_console.log.records import Resident, Unit
from desk_console.log.residents import KINDS, ResidentForm, checked_unit, keep_residents
from desk_console.people.authority import authorised
from desk_console.people.phones import kept
from desk_console.people.rules import Right
from desk_console.rulebook.desk import Desk

BUILDING = Column("building", ("楼栋", "楼号", "栋"), is_required=True)
ENTRANCE = Column("entrance", ("单元",))
ROOM = Column("room", ("房号", "室", "unit"), is_required=True)
NAME = Column("name", ("姓名", "业主"), is_required=True)
PHONES = Column("phones", ("电话", "手机", "联系电话", "phone"))
KIND = Column("kind", ("身份", "类型"))
INSTRUCTION = Column("instruction", ("注意事项", "备注", "remarks"))

COLUMNS = (BUILDING, ENTRANCE, ROOM, NAME, PHONES, KIND, INSTRUCTION)
_BETWEEN_PHONES = re.compile(r"[,，、;；/]+|(?<=\d{7})\s+(?=\+?\d{7})")
"""Signs that part numbers, and blanks between two whole ones; not those inside `138 0000 4242`."""


def import_residents(
    desk: Desk, by_id: int, path: Path, *, is_dry_run: bool = False
) -> ImportReport:
    """Adds the residents of a file; the same name twice in one unit is a problem."""
    findings = Findings()
    rows = read_rows(path, COLUMNS, findings)
    with desk.transaction() as work:
        authorised(work.session, by_id, Right.SET_UP, desk.duty)
        known = {
            (code, name)
            for code, name in work.session.exec(
                select(Unit.code, Resident.name).join(
                    Resident, col(Resident.unit_id) == col(Unit.id)
                )
            )
        }
        forms = [form for row in rows if (form := _read(row, known, findings)) is not None]
        if findings.is_clean and not is_dry_run:
            keep_residents(work, forms)
            work.journal("log.residents_imported", by=by_id, subject="residents", rows=len(forms))
    return ImportReport(
        rows=len(rows),
        problems=findings.sorted(),
        added=len(forms) if findings.is_clean else 0,
        is_dry_run=is_dry_run,
    )


def _read(row: Row, known: set[tuple[str, str]], findings: Findings) -> ResidentForm | None:
    findings.read(row, PHONES, lambda cell: [kept(each) for each in _numbers(cell)])
    kind = findings.read(row, KIND, _kind)
    if not all(row[column.name] for column in (BUILDING, ROOM, NAME)):
        return None  # what is empty was told as the row was read
    try:
        form = ResidentForm(
            building=row["building"],
            entrance=row["entrance"],
            room=row["room"],
            name=row["name"],
            phones=tuple(_numbers(row["phones"])),
            kind=kind or "resident",
            instruction=row["instruction"],
        )
        place = (checked_unit(form).code, form.name)
    except Refusal as refusal:
        findings.add(row.line, "", refusal.message)
        return None
    if place in known:
        findings.add(row.line, NAME.title, message("log.resident_twice", unit=place[0]))
    known.add(place)
    return form


def _numbers(cell: str) -> list[str]:
    return [each for each in _BETWEEN_PHONES.split(cell.strip()) if each]


def _kind(cell: str) -> str:
    named = {name: kind for kind in KINDS for name in (kind, *pair(f"log.kind_of_{kind}"))}
    if not cell:
        return "resident"
    if cell.casefold() not in named and cell not in named:
        raise Refusal("log.resident_kind", kinds=KINDS)
    return named.get(cell) or named[cell.casefold()]
