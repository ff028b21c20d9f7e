"""Tables as files: CSV and spreadsheets, written row by row, nothing in them ever a formula.

Whatever people typed stays text where it is opened: a cell that a spreadsheet would calculate is
made inert. A file appears whole or not at all, readable by its owner only.
"""

from __future__ import annotations

import csv
import errno
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path
from typing import Any, Literal

from desk_console.foundation.refusal import Refusal
from desk_console.foundation.text import visible
from desk_console.outputs.files import whole

Format = Literal["csv", "xlsx"]
FORMATS: tuple[Format, ...] = ("csv", "xlsx")

Cell = str | int | bool | date | datetime | None
"""What a cell may hold. Instants are aware; they are written in the zone of the table."""

MOST_ROWS = 1_048_575
"""Rows that a sheet of a spreadsheet has under its heading."""

_ACTIVE = frozenset("=+-@\t\r\n＝＋－＠")
"""What a cell begins with that some spreadsheet would calculate, or run."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: its heading in words, and about how many letters wide a spreadsheet shows it."""

    heading: str
    letters: int = 14


@dataclass(frozen=True, slots=True)
class Table:
    """What is to be written: a name, columns, and rows that are only read once, as they come."""

    name: str
    columns: Sequence[TableColumn]
    rows: Iterable[Sequence[Cell]]
    zone: tzinfo = UTC
    yes_no: tuple[str, str] = ("是", "否")
    """The words for true and false."""


def write(path: Path, table: Table, *, format: Format) -> int:
    """Writes the table as a new file; returns how many rows it has.

    Refuses a name that is taken, a folder that is not there or may not be written, and a full disk;
    nothing is left behind then.
    """
    with whole(path) as unfinished:
        return fill(unfinished, table, format=format)


def fill(unfinished: Path, table: Table, *, format: Format) -> int:
    """Writes the table into a file that is there and empty; returns how many rows it has."""
    return _WRITERS[format](unfinished, table)


def format_of(path: Path) -> Format | None:
    """The format that a file's name asks for; None where it names none."""
    ending = path.suffix.lower().removeprefix(".")
    return next((each for each in FORMATS if each == ending), None)


def is_active(text: str) -> bool:
    """Would a spreadsheet take this text for something to calculate?"""
    return text[:1] in _ACTIVE or text.lstrip()[:1] in _ACTIVE


def inert(text: str) -> str:
    """The text for a CSV cell: what would be calculated gets the apostrophe that says it is text.

    What has such an apostrophe of its own gets one more, so that the mark can be told from it.
    """
    shown = visible(text)
    return f"'{shown}" if is_active(shown.lstrip("'")) else shown


def _write_csv(path: Path, table: Table) -> int:
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        lines = csv.writer(file)
        lines.writerow([inert(each.heading) for each in table.columns])
        for row in table.rows:
            lines.writerow([_csv_cell(cell, table) for cell in row])
            count += 1
    return count


def _csv_cell(cell: Cell, table: Table) -> str | int:
    match cell:
        case None:
            return ""
        case bool():
            return table.yes_no[0 if cell else 1]
        case int():
            return cell
        case datetime():
            return f"{cell.astimezone(table.zone):%Y-%m-%d %H:%M}"
        case date():
            return cell.isoformat()
        case _:
            return inert(cell)


def _write_xlsx(path: Path, table: Table) -> int:
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    book = xlsxwriter.Workbook(
        path,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    sheet = book.add_worksheet(_sheet_name(table.name))
    sheet.freeze_panes(1, 0)
    styles = _styles(book)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, column.letters)
        sheet.write_string(0, place, visible(column.heading), styles["heading"])
    count = 0
    for row in table.rows:
        count += 1
        if count > MOST_ROWS:
            raise Refusal("outputs.too_many_rows", limit=MOST_ROWS)
        for place, cell in enumerate(row):
            _write_cell(sheet, (count, place), cell, table, styles)
    try:
        book.close()
    except FileCreateError as error:
        raise OSError(errno.EIO, "the spreadsheet could not be written") from error
    return count


def _styles(book: Any) -> dict[str, Any]:
    return {
        "heading": book.add_format({"bold": True, "bottom": 1}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "inert": book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True}),
        "instant": book.add_format({"num_format": "yyyy-mm-dd hh:mm", "valign": "top"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"}),
    }


def _write_cell(
    sheet: Any, at: tuple[int, int], cell: Cell, table: Table, styles: dict[str, Any]
) -> None:
    match cell:
        case None | "":
            return
        case bool():
            sheet.write_string(*at, table.yes_no[0 if cell else 1], styles["text"])
        case int():
            sheet.write_number(*at, cell, styles["text"])
        case datetime():
            local = cell.astimezone(table.zone).replace(tzinfo=None, second=0, microsecond=0)
            sheet.write_datetime(*at, local, styles["instant"])
        case date():
            sheet.write_datetime(*at, datetime(cell.year, cell.month, cell.day), styles["day"])
        case _:
            text = visible(cell)
            sheet.write_string(*at, text, styles["inert" if is_active(text) else "text"])


def _sheet_name(name: str) -> str:
    """A sheet's name has 31 letters at most, and none of its own signs."""
    return "".join(" " if sign in "[]:*?/\\'" else sign for sign in visible(name))[:31] or "1"


_WRITERS = {"csv": _write_csv, "xlsx": _write_xlsx}
