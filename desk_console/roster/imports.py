"""A roster from a CSV file: it becomes the month's draft, to be checked and published as any other.

Every problem is named by its line; all of it is taken over, or none.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from desk_console.foundation.catalogue import message
from desk_console.foundation.csv_in import Column, Findings, ImportReport, read_rows
from desk_console.foundation.refusal import Refusal
from desk_console.people import fields
from desk_console.people import views as people
from desk_console.people.authority import authorised
from desk_console.people.rules import Right
from desk_console.roster import views
from desk_console.roster.drafts import begin_draft, take_over
from desk_console.roster.problem import Assignment
from desk_console.roster.records import DraftMethod
from desk_console.roster.rules import occurrence_of
from desk_console.roster.sheet import month_of
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import DESK, DutyRules

DAY = Column("date", ("日期", "day"), is_required=True)
SHIFT = Column("shift", ("班次", "plan"), is_required=True)
PERSON = Column("staff_no", ("工号", "staff number", "值班人", "姓名", "name"), is_required=True)
POST = Column("post", ("岗位",))

COLUMNS = (DAY, SHIFT, PERSON, POST)


def import_roster(desk: Desk, path: Path, *, by_id: int, is_dry_run: bool = False) -> ImportReport:
    """Makes the draft of the file's month from it, instead of what an open draft of it holds.

    Refuses whoever may not draft (9.1). Rules of the roster are looked at in the draft, not here.
    """
    findings = Findings()
    rows = read_rows(path, COLUMNS, findings)
    with desk.reading() as session:
        authorised(session, by_id, Right.DRAFT, desk.duty)
        known: dict[str, int] = {}
        for one in people.people(session):
            known[one.staff_no] = known[one.name] = one.id
    cells: set[Assignment] = set()
    for row in rows:
        day = findings.read(row, DAY, _day)
        plan = findings.read(row, SHIFT, lambda cell: _plan(cell, desk.duty))
        person = findings.read(row, PERSON, lambda cell: _person(cell, known))
        if day is None or plan is None or person is None:
            continue
        cell = Assignment(day, plan, row["post"].strip() or DESK, person)
        shift = occurrence_of(desk.duty, desk.zone, plan_code=plan, post_code=cell.post, day=day)
        if shift is None:
            findings.add(row.line, SHIFT.title, message("roster.no_such_shift", day=day))
        elif cell in cells:
            findings.add(row.line, DAY.title, message("roster.import_twice"))
        elif cells and month_of(day) != month_of(min(cells).day):
            findings.add(row.line, DAY.title, message("roster.import_months"))
        cells.add(cell)
    if findings.is_clean and cells and not is_dry_run:
        _keep(desk, by_id, frozenset(cells))
    return ImportReport(
        rows=len(rows),
        problems=findings.sorted(),
        added=len(cells) if findings.is_clean else 0,
        is_dry_run=is_dry_run,
    )


def _keep(desk: Desk, by_id: int, cells: frozenset[Assignment]) -> None:
    first, last = month_of(min(cells).day)
    with desk.reading() as session:
        draft = views.open_draft(session, first)
        at = (draft.id or 0, draft.revision) if draft is not None else None
    if at is None:
        begun = begin_draft(desk, by_id, first, last, DraftMethod.IMPORT)
        at = begun.draft_id, begun.revision
    take_over(desk, by_id, *at, cells, DraftMethod.IMPORT)


def _day(cell: str) -> date:
    found = fields.day(cell)
    if found is None:
        raise Refusal("people.day_unreadable", day=cell)
    return found


def _plan(cell: str, duty: DutyRules) -> str:
    typed = cell.strip().casefold()
    for plan in duty.shifts:
        if typed in (plan.code, plan.zh.casefold(), plan.en.casefold()):
            return plan.code
    raise Refusal("roster.import_shift", name=cell)


def _person(cell: str, known: Mapping[str, int]) -> int:
    found = known.get(cell.strip())
    if found is None:
        raise Refusal("roster.import_person", name=cell)
    return found
