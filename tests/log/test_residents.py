"""Residents: found while somebody types, brought in whole or not at all, masked in lists."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from desk_console.foundation.refusal import Refusal
from desk_console.log.masking import masked_name, masked_phone
from desk_console.log.resident_files import add_resident
from desk_console.log.resident_import import import_residents
from desk_console.log.residents import ResidentForm, match, unit_residents
from desk_console.log.units import unit_name
from desk_console.rulebook.desk import Desk
from tests.staff import Staff

HEADING = "楼栋,单元,房号,姓名,电话,身份,注意事项\n"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("3栋1502", "3-1502"),
        ("3-1502", "3-1502"),
        ("３－１５０２", "3-1502"),
        ("3#1502", "3-1502"),
        ("3幢2单元1502室", "3-2-1502"),
        ("3-2-1502", "3-2-1502"),
        ("3号楼1502房", "3-1502"),
        ("03栋1502", "3-1502"),
        ("十二栋301", "12-301"),
        ("a座 801", "A-801"),
    ],
)
def test_a_unit_is_read_in_every_form(typed: str, code: str) -> None:
    named = unit_name(typed)
    assert named is not None
    assert named.code == code


@pytest.mark.parametrize("typed", ["", "1502", "漏水", "3栋", "138-0013-8000", "-", "[/]"])
def test_what_is_no_unit_is_none(typed: str) -> None:
    assert unit_name(typed) is None


@pytest.fixture
def settled(desk: Desk, staff: Staff) -> Desk:
    """A desk with two families."""
    for form in (
        ResidentForm(
            building="3",
            entrance="2",
            room="1502",
            name="单建国",
            phones=("138 0013 8000", "(010) 6234-5678"),
            kind="owner",
            instruction="老人独居",
        ),
        ResidentForm(building="3栋", room="1503", name="Ann Smith", phones=("95588",)),
    ):
        add_resident(desk, staff.supervisor.person, form)
    return desk


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("3栋2单元1502", "unit"),
        ("3-1502", "unit"),
        ("3-15", "unit"),
        ("1502", "unit"),
        ("8000", "phone"),
        ("13800138000", "phone"),
        ("+86 138-0013-8000", "phone"),
        ("１３８００１３８０００", "phone"),
        ("(010) 6234-5678", "phone"),
        ("010-62345678", "phone"),
        ("单建国", "name"),
        ("建国", "name"),
        ("国", "name"),
        ("sjg", "initials"),
        ("DJG", "initials"),
    ],
)
def test_a_resident_is_found_by_whatever_the_caller_says(
    settled: Desk, typed: str, why: str
) -> None:
    with settled.reading() as session:
        first = match(session, typed)[0]
    assert (first.name, first.why, first.instruction) == ("单建国", why, "老人独居")
    assert first.phones == ("13800138000", "01062345678")


@pytest.mark.parametrize("typed", ["", " ", "%", "_", "'", '"', "*", "[/]", "' OR 1=1 --", "王"])
def test_what_means_nobody_finds_nobody(settled: Desk, typed: str) -> None:
    with settled.reading() as session:
        assert match(session, typed) == ()


def test_5_6_who_is_at_the_desk_keeps_the_files_nobody_else(desk: Desk, staff: Staff) -> None:
    form = ResidentForm(building="3", room="1", name="张三")
    with pytest.raises(Refusal, match=r"people\.no_right"):
        add_resident(desk, staff.guard.person, form)
    assert add_resident(desk, staff.clerk.person, form)


def bring_in(desk: Desk, staff: Staff, path: Path, *, dry: bool = False) -> object:
    return import_residents(desk, staff.supervisor.person.id, path, is_dry_run=dry)


def test_a_list_comes_in_whole(desk: Desk, staff: Staff, tmp_path: Path) -> None:
    path = tmp_path / "residents.csv"
    path.write_text(
        HEADING
        + "3,2,1502,张三,13800138000 13900139000,业主,\n3,2,1502,李四,,租户,\n5,,301,王五,110,,\n",
        encoding="gb18030",
    )
    dry = import_residents(desk, staff.supervisor.person.id, path, is_dry_run=True)
    assert (dry.problems, dry.added, dry.is_done) == ((), 3, False)
    with desk.reading() as session:
        assert match(session, "张三") == ()
    done = import_residents(desk, staff.supervisor.person.id, path)
    assert (done.added, done.is_done) == (3, True)
    with desk.reading() as session:
        zhang = match(session, "张三")[0]
        assert zhang.phones == ("13800138000", "13900139000")
        assert [each.name for each in unit_residents(session, zhang.unit_id)] == ["张三", "李四"]


def test_every_problem_is_named_by_its_line_and_nothing_comes_in(
    desk: Desk, staff: Staff, tmp_path: Path
) -> None:
    path = tmp_path / "residents.csv"
    path.write_text(
        HEADING
        + "3,2,1502,张三,13800138000,业主,\n"
        + "3幢,2单元,1502室,张三,,,\n"  # the same again
        + "3,2,1503,李四,电话没有,,\n"
        + "3,2,,王五,,,\n"
        + "3,2,1504,赵六,,房客甲,\n",
        encoding="utf-8-sig",
    )
    report = import_residents(desk, staff.supervisor.person.id, path)
    assert not report.is_done
    assert {problem.line for problem in report.problems} == {3, 4, 5, 6}
    with desk.reading() as session:
        assert match(session, "张三") == ()


def test_names_and_numbers_are_masked() -> None:
    assert [masked_name(name) for name in ("张建国", "李四", "", "John Smith")] == [
        "张**",
        "李*",
        "",
        "J***",
    ]
    assert [masked_phone(each) for each in ("13800138000", "01062345678", "95588", "110")] == [
        "138****8000",
        "010****5678",
        "***88",
        "*10",
    ]


def test_blanks_inside_a_number_do_not_part_it(desk: Desk, staff: Staff, tmp_path: Path) -> None:
    path = tmp_path / "residents.csv"
    path.write_text(HEADING + "3,2,1502,张三,138 0013 8000、010-62345678,业主,\n", encoding="utf-8")
    import_residents(desk, staff.supervisor.person.id, path)
    with desk.reading() as session:
        assert match(session, "张三")[0].phones == ("13800138000", "01062345678")


def spreadsheet(path: Path, *rows: tuple[object, ...]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def test_a_spreadsheet_comes_in_as_a_list_does(desk: Desk, staff: Staff, tmp_path: Path) -> None:
    path = spreadsheet(
        tmp_path / "residents.xlsx",
        ("楼栋", "单元", "房号", "姓名", "电话"),
        (3, 2, 1502, "张三", 13800138000),
        (None, None, None, None, None),
        ("5栋", None, "301", "李四", "(010) 6234-5678"),
    )
    assert import_residents(desk, staff.supervisor.person.id, path).added == 2
    with desk.reading() as session:
        assert match(session, "3-2-1502")[0].phones == ("13800138000",)
        assert match(session, "5-301")[0].name == "李四"


def test_row_22_a_spreadsheet_s_problems_are_named_by_line(
    desk: Desk, staff: Staff, tmp_path: Path
) -> None:
    path = spreadsheet(
        tmp_path / "residents.xlsx",
        ("楼栋", "房号", "姓名", "电话"),
        (3, 1502, "张三", "没有"),
        (3, 1503, None, None),
    )
    report = import_residents(desk, staff.supervisor.person.id, path, is_dry_run=True)
    assert {problem.line for problem in report.problems} == {2, 3}
    assert not report.is_done


def test_what_is_called_a_spreadsheet_and_is_none_is_refused(
    desk: Desk, staff: Staff, tmp_path: Path
) -> None:
    path = tmp_path / "residents.xlsx"
    path.write_text("楼栋,房号")
    with pytest.raises(Refusal, match=r"foundation\.xlsx_broken"):
        import_residents(desk, staff.supervisor.person.id, path)
