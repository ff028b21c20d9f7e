"""Exports: what leaves the console is whole, inert, asked for with a PIN, and on record (4.9)."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from desk_console.foundation.catalogue import Catalogue
from desk_console.foundation.clock import MovingClock
from desk_console.foundation.refusal import Refusal
from desk_console.log.additions import correct
from desk_console.log.records import Category
from desk_console.log.resident_files import add_resident
from desk_console.log.residents import ResidentForm
from desk_console.matters.acts import log_entry
from desk_console.outputs.exports import ExportOf, Wanted, export
from desk_console.outputs.sheets.making import Wanted as SheetWanted
from desk_console.outputs.sheets.making import make
from desk_console.people.pins import Proof, begin_reset, choose_pin
from desk_console.rulebook.desk import Desk
from tests.conftest import DeskMaker
from tests.log.desk_at_work import AtWork, begin_work
from tests.staff import hire, hire_all, opened

ZH = Catalogue("zh")
PIN = "kestrel-42x"


@pytest.fixture
def work(make_desk: DeskMaker) -> AtWork:
    """A clerk on duty under the regulation whose clause 4.9 guards what leaves."""
    desk = make_desk("property-24h", also=("cs-department",), onboarding_days=0)
    return begin_work(desk, hire_all(desk))


@pytest.fixture
def chief(work: AtWork) -> Proof:
    """The supervisor, the PIN just given."""
    return choose_pin(work.desk, work.staff.supervisor.person.id, PIN)


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def acts(desk: Desk) -> list[tuple[str, str | None]]:
    with desk.reading() as session:
        found = session.connection().execute(
            text("select act, clause from journal where act like 'outputs.%'")
        )
        return [(row.act, row.clause) for row in found]


def csv_of(what: ExportOf, **days: date) -> Wanted:
    return Wanted(what, "csv", **days)


def test_entries_of_some_days_come_out_oldest_first(
    work: AtWork, chief: Proof, clock: MovingClock, tmp_path: Path
) -> None:
    log_entry(work.desk, work.clerk, work.call(content="第一天"))
    clock.advance(timedelta(days=1))
    log_entry(work.desk, work.clerk, work.call(content="第二天，上午"))
    log_entry(work.desk, work.clerk, work.call(content="第二天，下午"))
    second = date(2026, 3, 3)
    made = export(
        work.desk,
        chief,
        csv_of(ExportOf.ENTRIES, since=second, until=second),
        ZH,
        out=tmp_path / "out.csv",
    )
    heading, *lines = rows(made.path)
    place = heading.index("内容")
    assert [line[place] for line in lines] == ["第二天，上午", "第二天，下午"]
    assert made.rows == 2


def test_5_1_a_corrected_category_is_what_the_export_and_the_sheets_show(
    work: AtWork, chief: Proof, tmp_path: Path
) -> None:
    entry_id = log_entry(work.desk, work.clerk, work.call(category=Category.REPAIR)).entry_id
    correct(work.desk, work.clerk, entry_id, "category", "complaint", "业主要投诉")
    made = export(work.desk, chief, csv_of(ExportOf.ENTRIES), ZH, out=tmp_path / "out.csv")
    heading, line = rows(made.path)
    assert line[heading.index("类别")] == "投诉"
    for form in ("log", "calls"):
        sheet = make(work.desk, work.clerk, SheetWanted(form), language="zh")
        assert "投诉" in sheet.path.read_text(encoding="utf-8"), form


def test_row_17_what_callers_said_is_no_formula(work: AtWork, chief: Proof, tmp_path: Path) -> None:
    log_entry(work.desk, work.clerk, work.call(content="=cmd|' /C calc'!A0", caller="@SUM(A1)"))
    export(work.desk, chief, csv_of(ExportOf.ENTRIES), ZH, out=tmp_path / "out.csv")
    assert not [
        cell for line in rows(tmp_path / "out.csv") for cell in line if cell[:1] in "=@" and cell
    ]


def test_row_17_what_stands_in_matters_is_no_formula(
    work: AtWork, chief: Proof, tmp_path: Path
) -> None:
    for number, words in enumerate(("=cmd|' /C calc'!A0", "+1", "-2+3", "@SUM(A1)", "\t=1")):
        form = work.call(form_id=f"f{number}", category=Category.REPAIR, content=words)
        log_entry(work.desk, work.clerk, form)
    export(work.desk, chief, csv_of(ExportOf.MATTERS), ZH, out=tmp_path / "out.csv")
    lines = rows(tmp_path / "out.csv")
    assert len(lines) == 6 and any("calc" in cell for line in lines for cell in line)
    assert not [cell for line in lines for cell in line if cell[:1] in tuple("=+-@\t") and cell]


def test_matters_and_residents_come_out_in_words(
    work: AtWork, chief: Proof, tmp_path: Path
) -> None:
    log_entry(work.desk, work.clerk, work.call(category=Category.REPAIR, caller="林小满"))
    add_resident(
        work.desk,
        work.clerk,
        ResidentForm(building="3", room="1502", name="林小满", phones=("138 0013 8000", "110")),
    )
    export(work.desk, chief, csv_of(ExportOf.MATTERS), ZH, out=tmp_path / "m.csv")
    export(work.desk, chief, csv_of(ExportOf.RESIDENTS), ZH, out=tmp_path / "r.csv")
    assert "报修" in rows(tmp_path / "m.csv")[1]
    assert rows(tmp_path / "r.csv")[1][:6] == ["3", "", "1502", "林小满", "13800138000 110", "住户"]


def test_4_9_an_export_is_on_record_before_a_row_is_written(
    work: AtWork, chief: Proof, tmp_path: Path
) -> None:
    taken = tmp_path / "out.csv"
    taken.write_text("mine")
    with pytest.raises(Refusal, match=r"outputs\.file_exists"):
        export(work.desk, chief, csv_of(ExportOf.RESIDENTS), ZH, out=taken)
    made = export(work.desk, chief, csv_of(ExportOf.RESIDENTS), ZH)
    assert made.path.parent == work.desk.folder / "exports"
    assert acts(work.desk) == [
        ("outputs.export", "4.9"),
        ("outputs.export_failed", "4.9"),
        ("outputs.export", "4.9"),
    ]


def test_4_9_who_has_no_right_takes_nothing_out(work: AtWork, tmp_path: Path) -> None:
    clerk = choose_pin(work.desk, work.clerk.id, PIN)
    with pytest.raises(Refusal, match=r"people\.no_right") as refused:
        export(work.desk, clerk, csv_of(ExportOf.ENTRIES), ZH, out=tmp_path / "out.csv")
    assert refused.value.clause == "4.9"
    assert not (tmp_path / "out.csv").exists()
    assert acts(work.desk) == []


def test_a_pin_that_was_reset_since_takes_nothing_out(
    work: AtWork, chief: Proof, tmp_path: Path
) -> None:

    director = hire(work.desk, "9001", "高远", "director", by=work.staff.supervisor)
    begin_reset(
        work.desk,
        choose_pin(work.desk, opened(work.desk, director.person).id, "harrier-77y"),
        chief.person.id,
    )
    with pytest.raises(Refusal, match=r"people\.pin_changed_elsewhere"):
        export(work.desk, chief, csv_of(ExportOf.ENTRIES), ZH, out=tmp_path / "out.csv")


def test_days_the_wrong_way_round_are_refused(work: AtWork, chief: Proof) -> None:
    turned = csv_of(ExportOf.ENTRIES, since=date(2026, 3, 3), until=date(2026, 3, 2))
    with pytest.raises(Refusal, match=r"outputs\.days_turned"):
        export(work.desk, chief, turned, ZH)
