"""Checklists from a CSV file: every problem named by its line, all lines added or none."""

from __future__ import annotations

from pathlib import Path

from sqlmodel import select

from desk_console.foundation.catalogue import message
from desk_console.foundation.csv_in import Column, Findings, ImportReport, read_rows
from desk_console.foundation.refusal import Refusal
from desk_console.people.authority import authorised
from desk_console.people.rules import Right
from desk_console.rulebook.desk import Desk
from desk_console.shift.records import CheckItem, CheckKind

KIND = Column("kind", ("类型", "清单"), is_required=True)
CODE = Column("code", ("编号", "代码"), is_required=True)
ZH = Column("zh", ("中文", "内容"), is_required=True)
EN = Column("en", ("英文", "english"))

_KINDS = {
    "opening": CheckKind.OPENING,
    "开班": CheckKind.OPENING,
    "start": CheckKind.START,
    "上岗": CheckKind.START,
    "tidy": CheckKind.TIDY,
    "整理": CheckKind.TIDY,
    "area": CheckKind.AREA,
    "区域": CheckKind.AREA,
}


def import_checklists(
    desk: Desk, by_id: int, path: Path, *, is_dry_run: bool = False
) -> ImportReport:
    """Adds the lines of a file to the site's checklists."""
    findings = Findings()
    rows = read_rows(path, (KIND, CODE, ZH, EN), findings)
    with desk.transaction() as work:
        authorised(work.session, by_id, Right.SET_UP, desk.duty)
        known = set(work.session.exec(select(CheckItem.code)))
        for position, row in enumerate(rows, 100):
            kind = findings.read(row, KIND, _kind)
            if row["code"] in known:
                findings.add(row.line, CODE.title, message("shift.check_twice", code=row["code"]))
            known.add(row["code"])
            if kind is not None and findings.is_clean and not is_dry_run:
                work.session.add(
                    CheckItem(
                        kind=kind,
                        code=row["code"],
                        zh=row["zh"],
                        en=row["en"] or row["zh"],
                        position=position,
                    )
                )
        if not findings.is_clean:
            work.session.rollback()
        elif not is_dry_run:
            work.journal("shift.checks_imported", by=by_id, subject="checks", rows=len(rows))
    return ImportReport(
        rows=len(rows),
        problems=findings.sorted(),
        added=len(rows) if findings.is_clean else 0,
        is_dry_run=is_dry_run,
    )


def _kind(cell: str) -> CheckKind:
    found = _KINDS.get(cell.casefold())
    if found is None:
        raise Refusal("shift.check_kind")
    return found
