"""The first sheet of a spreadsheet as lines of text, for lists that come in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from zipfile import BadZipFile

from desk_console.foundation.refusal import Refusal

_MOST_COLUMNS = 100


def is_spreadsheet(path: Path) -> bool:
    """Does its name say that it is one?"""
    return path.suffix.lower() in (".xlsx", ".xlsm")


def numbered_lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Each line of the first sheet that holds anything, with its number; formulas by their values.

    Refuses a file that is no spreadsheet, or a broken one.
    """
    # Imported when a sheet is read, never at a start: it is large.
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        for number, row in enumerate(
            sheet.iter_rows(max_col=_MOST_COLUMNS, values_only=True), start=1
        ):
            cells = [_text(value) for value in row]
            if any(cell.strip() for cell in cells):
                yield number, _without_blank_end(cells)
        book.close()
    except (BadZipFile, InvalidFileException, KeyError, ValueError, IndexError, OSError) as error:
        raise Refusal("foundation.xlsx_broken", file=str(path)) from error


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "1" if value else "0"
        case float() if value.is_integer():
            return str(int(value))
        case datetime():
            return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
        case date():
            return value.isoformat()
        case _:
            return str(value)


def _without_blank_end(cells: list[str]) -> list[str]:
    while cells and not cells[-1].strip():
        cells.pop()
    return cells
