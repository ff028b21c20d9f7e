"""Lists that come in, as CSV or a spreadsheet: each problem named by its line, all kept or none.

A file may be UTF-8 (with or without its mark) or GB18030, parted by commas, tabs or semicolons; its
columns may be named in Chinese or English. Reading never stops at the first problem: an importer
goes on with `Findings` and writes only where they are empty.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from desk_console.foundation.catalogue import Literally, Message, message
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.text import accept, narrow
from desk_console.foundation.xlsx_in import is_spreadsheet, numbered_lines

LARGEST_FILE = 64 * 1024 * 1024
"""Bytes of a file that is read at all."""

MOST_ROWS = 200_000

_CELL_LIMIT = 4000
_BETWEEN_WORDS = re.compile(r"[\s_\-./()]+")

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Column:
    """A column that an importer knows: its `name` in the row, and the titles that people give it.

    The name itself is a title too. Titles are compared without case, blanks and punctuation.
    """

    name: str
    titles: tuple[str, ...]
    is_required: bool = False

    @property
    def title(self) -> str:
        """The first of its titles: how a problem names it."""
        return self.titles[0] if self.titles else self.name


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file: the number of its first line, and its cells by column name.

    Every known column is there, empty where the file has none; texts passed `accept`.
    """

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        """The cell of that column."""
        return self.cells[name]


@dataclass(frozen=True, slots=True)
class LineProblem:
    """What is wrong in one line; `column` is its title, empty where the whole line is meant."""

    line: int
    column: str
    what: Message

    @property
    def message(self) -> Message:
        """The whole of it, to be shown: line, column, what is wrong."""
        if not self.column:
            return message("foundation.csv_line", line=self.line, what=self.what)
        return message(
            "foundation.csv_cell", line=self.line, column=Literally(self.column), what=self.what
        )


@dataclass(slots=True)
class Findings:
    """The problems found so far. An import goes through only where it `is_clean`."""

    problems: list[LineProblem] = field(default_factory=list)
    _cells: set[tuple[int, str]] = field(default_factory=set)

    @property
    def is_clean(self) -> bool:
        """True while nothing was found."""
        return not self.problems

    def add(self, line: int, column: str, what: Message) -> None:
        """Notes a problem; of one cell only the first, for what else is wrong follows from it."""
        if column and (line, column) in self._cells:
            return
        self._cells.add((line, column))
        self.problems.append(LineProblem(line, column, what))

    def read(self, row: Row, column: Column, reader: Callable[[str], Value]) -> Value | None:
        """The cell as `reader` reads it; where it refuses, None, and the problem is noted."""
        try:
            return reader(row[column.name])
        except Refusal as refusal:
            self.add(row.line, column.title, refusal.message)
            return None

    def sorted(self) -> tuple[LineProblem, ...]:
        """All of them, by line."""
        return tuple(sorted(self.problems, key=lambda problem: problem.line))


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do: nothing at all where it found problems."""

    rows: int
    problems: tuple[LineProblem, ...] = ()
    added: int = 0
    changed: int = 0
    is_dry_run: bool = False

    @property
    def is_done(self) -> bool:
        """True where the rows are in the database."""
        return not self.problems and not self.is_dry_run


def read_rows(path: Path, columns: Sequence[Column], findings: Findings) -> list[Row]:
    """The rows of a CSV file, blank lines left out; what is wrong with a line goes to `findings`.

    Refuses (nothing can be read then): no such file, a folder, no right to read, empty, too large,
    in no known encoding.
    """
    numbered = _lines_of(path, findings)
    heading = next(numbered, None)
    if heading is None:
        raise Refusal("foundation.csv_empty", file=str(path))
    places = _places(heading[1], columns, findings, heading[0])
    if places is None:
        return []
    rows: list[Row] = []
    for line, cells in numbered:
        if len(rows) >= MOST_ROWS:
            findings.add(line, "", message("foundation.csv_too_many_rows", limit=MOST_ROWS))
            break
        if len(cells) > len(heading[1]) and any(cells[len(heading[1]) :]):
            wrong = message("foundation.csv_too_many_cells", limit=len(heading[1]))
            findings.add(line, "", wrong)
        rows.append(_row(line, cells, columns, places, findings))
    return rows


def _lines_of(path: Path, findings: Findings) -> Iterator[tuple[int, list[str]]]:
    if is_spreadsheet(path):
        _refuse_unreadable(path)
        return numbered_lines(path)
    text = _text(path)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    return _numbered(lines, findings)


def _row(
    line: int,
    cells: Sequence[str],
    columns: Sequence[Column],
    places: Mapping[str, int],
    findings: Findings,
) -> Row:
    kept: dict[str, str] = {}
    for column in columns:
        place = places.get(column.name)
        raw = cells[place] if place is not None and place < len(cells) else ""
        try:
            kept[column.name] = accept(raw, limit=_CELL_LIMIT, lines=True)
        except Refusal as refusal:
            kept[column.name] = ""
            findings.add(line, column.title, refusal.message)
            continue
        if column.is_required and not kept[column.name]:
            findings.add(line, column.title, message("foundation.csv_cell_empty"))
    return Row(line, kept)


def _refuse_unreadable(path: Path) -> None:
    if path.is_dir():
        raise Refusal("foundation.csv_is_folder", file=str(path))
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise Refusal(
                "foundation.csv_too_large", file=str(path), limit=LARGEST_FILE // 1024 // 1024
            )
        with path.open("rb"):
            pass
    except FileNotFoundError:
        raise Refusal("foundation.csv_missing", file=str(path)) from None
    except OSError:
        raise Refusal("foundation.csv_unreadable", file=str(path)) from None


def _text(path: Path) -> str:
    _refuse_unreadable(path)
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refusal("foundation.csv_encoding", file=str(path))


def _delimiter(text: str) -> str:
    heading = text.lstrip().partition("\n")[0]
    return max(",\t;", key=heading.count)


def _numbered(lines: Iterator[list[str]], findings: Findings) -> Iterator[tuple[int, list[str]]]:
    """Each line that holds anything, with the number at which it begins."""
    while True:
        begins = lines.line_num + 1  # type: ignore[attr-defined]  # csv's readers have it
        try:
            cells = next(lines)
        except StopIteration:
            return
        except csv.Error:
            findings.add(begins, "", message("foundation.csv_broken_line"))
            continue
        if any(cell.strip() for cell in cells):
            yield begins, cells


def _places(
    heading: Sequence[str], columns: Sequence[Column], findings: Findings, line: int
) -> dict[str, int] | None:
    """Where each known column stands. None where a needed one is missing: no row makes sense
    then.
    """
    known = {_plain(title): each for each in columns for title in (each.name, *each.titles)}
    places: dict[str, int] = {}
    for place, title in enumerate(heading):
        if not _plain(title):
            continue
        column = known.get(_plain(title))
        if column is None:
            findings.add(line, _shown(title), message("foundation.csv_unknown_column"))
        elif column.name in places:
            findings.add(line, _shown(title), message("foundation.csv_column_twice"))
        else:
            places[column.name] = place
    missing = [each for each in columns if each.is_required and each.name not in places]
    for column in missing:
        titles = Literally(" / ".join(dict.fromkeys((*column.titles, column.name))))
        findings.add(line, "", message("foundation.csv_missing_column", column=titles))
    return None if missing else places


def _plain(title: str) -> str:
    return _BETWEEN_WORDS.sub("", narrow(title)).casefold()


def _shown(title: str) -> str:
    return title.strip()[:40]
