"""Tables as files: what people typed stays text where it is opened (row 17); whole, or not."""

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from desk_console.foundation.refusal import Refusal
from desk_console.outputs.tables import (
    FORMATS,
    Cell,
    Format,
    Table,
    TableColumn,
    format_of,
    inert,
    is_active,
    write,
)

CHINA = timezone(timedelta(hours=8))
FORMULAS = (
    "=1+1",
    '=HYPERLINK("http://evil","领奖")',
    "+86 138 0013 8000",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "\t=1+1",
    " =1+1",
    "＝1+1",
)


def table(*rows: tuple[Cell, ...]) -> Table:
    width = max(len(row) for row in rows)
    return Table("记录", [TableColumn("内容")] * width, rows, zone=CHINA)


def read_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("formula", FORMULAS)
def test_row_17_a_formula_in_a_csv_cell_is_text(tmp_path: Path, formula: str) -> None:
    write(tmp_path / "out.csv", table((formula,)), format="csv")
    cell = read_csv(tmp_path / "out.csv")[1][0]
    assert cell.startswith("'")
    assert not is_active(cell)


@pytest.mark.parametrize("formula", FORMULAS)
def test_row_17_a_formula_in_a_spreadsheet_cell_is_text(tmp_path: Path, formula: str) -> None:
    write(tmp_path / "out.xlsx", table((formula, "http://evil", "0012")), format="xlsx")
    sheet = load_workbook(tmp_path / "out.xlsx").active
    assert sheet is not None
    cells = next(iter(sheet.iter_rows(min_row=2)))
    assert [cell.data_type for cell in cells] == ["s", "s", "s"]
    assert cells[0].quotePrefix
    assert cells[1].hyperlink is None


@given(st.text(max_size=6))
def test_row_17_no_text_at_all_begins_a_formula(text: str) -> None:
    assert not is_active(inert(text))


def test_the_mark_can_be_told_from_an_apostrophe_of_ones_own() -> None:
    assert [inert(each) for each in ("=1", "'=1", "'s", "")] == ["'=1", "''=1", "'s", ""]


@pytest.mark.parametrize("format", FORMATS)
def test_row_14_nothing_that_a_terminal_obeys_leaves_in_a_file(
    tmp_path: Path, format: Format
) -> None:
    path = tmp_path / f"out.{format}"
    write(path, table(("\x1b]0;owned\x07", "nul\x00", "lone \ud800")), format=format)
    if format == "csv":
        text = path.read_text(encoding="utf-8-sig")
    else:
        sheet = load_workbook(path).active
        assert sheet is not None
        text = repr([cell.value for cell in list(sheet.rows)[1]])
    assert not {"\x1b", "\x07", "\x00"} & set(text)


def test_times_stand_in_the_sites_zone_and_days_stay_days(tmp_path: Path) -> None:
    late = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    rows = table((late, date(2026, 3, 2), True, 7, None))
    write(tmp_path / "out.csv", rows, format="csv")
    write(tmp_path / "out.xlsx", rows, format="xlsx")
    assert read_csv(tmp_path / "out.csv")[1] == ["2026-03-02 07:30", "2026-03-02", "是", "7", ""]
    sheet = load_workbook(tmp_path / "out.xlsx").active
    assert sheet is not None
    assert [cell.value for cell in list(sheet.rows)[1]] == [
        datetime(2026, 3, 2, 7, 30),
        datetime(2026, 3, 2),
        "是",
        7,
        None,
    ]


@pytest.mark.parametrize("format", FORMATS)
def test_a_file_appears_whole_or_not_at_all(tmp_path: Path, format: Format) -> None:
    def broken() -> Iterator[tuple[Cell, ...]]:
        yield ("一",)
        raise Refusal("log.no_entry", id=1)

    path = tmp_path / f"out.{format}"
    with pytest.raises(Refusal):
        write(path, Table("记录", [TableColumn("内容")], broken()), format=format)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("mine")
    with pytest.raises(Refusal, match=r"outputs\.file_exists"):
        write(path, table(("a",)), format="csv")
    assert path.read_text() == "mine"


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"outputs\.file_unwritable"):
        write(tmp_path / "nowhere" / "out.csv", table(("a",)), format="csv")


def test_only_the_owner_may_read_what_was_written(tmp_path: Path) -> None:
    write(tmp_path / "out.csv", table(("a",)), format="csv")
    assert (tmp_path / "out.csv").stat().st_mode & 0o077 == 0


def test_the_name_says_the_format() -> None:
    assert [format_of(Path(name)) for name in ("a.csv", "B.XLSX", "c.txt", "d")] == [
        "csv",
        "xlsx",
        None,
        None,
    ]
