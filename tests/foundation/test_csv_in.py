"""Lists that come in as CSV: encodings, headings in two languages, every problem by its line."""

from pathlib import Path

import pytest

from desk_console.foundation.catalogue import Catalogue
from desk_console.foundation.csv_in import Column, Findings, read_rows
from desk_console.foundation.refusal import Refusal

NAME = Column("name", ("姓名", "full name"), is_required=True)
PHONE = Column("phone", ("电话",))
COLUMNS = (NAME, PHONE)


def read(path: Path, content: bytes) -> tuple[list[dict[str, str]], list[str]]:
    path.write_bytes(content)
    findings = Findings()
    rows = read_rows(path, COLUMNS, findings)
    said = [Catalogue("zh").text(problem.message) for problem in findings.sorted()]
    return [dict(row.cells) for row in rows], said


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_an_office_programs_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    rows, said = read(tmp_path / "a.csv", "姓名,电话\n张三,110\n".encode(encoding))
    assert rows == [{"name": "张三", "phone": "110"}]
    assert said == []


@pytest.mark.parametrize(
    "heading", ["Full Name;PHONE", "name\t电话", "full_name,phone", "姓名 ,电话"]
)
def test_columns_may_be_named_in_either_language(tmp_path: Path, heading: str) -> None:
    mark = next(mark for mark in ";\t," if mark in heading)
    rows, said = read(tmp_path / "a.csv", f"{heading}\n李四{mark}95588\n".encode())
    assert rows == [{"name": "李四", "phone": "95588"}]
    assert said == []


def test_every_problem_is_named_by_its_line(tmp_path: Path) -> None:
    content = '姓名,电话,星座\n\n"王\n五",1\n,2\n赵六,3,白羊,多\n'
    rows, said = read(tmp_path / "a.csv", content.encode())
    assert [row["name"] for row in rows] == ["王\n五", "", "赵六"]
    assert said == [
        "第 1 行「星座」：认不出这一列",
        "第 5 行「姓名」：不能为空",
        "第 6 行：比表头多出了内容（表头有 3 列）",
    ]


def test_a_missing_column_is_named_and_no_row_is_read(tmp_path: Path) -> None:
    rows, said = read(tmp_path / "a.csv", "电话\n1\n2\n".encode())
    assert rows == []
    assert said == ["第 1 行：缺少列：姓名 / full name / name"]


def test_a_quote_left_open_is_a_problem_of_its_line(tmp_path: Path) -> None:
    _, said = read(tmp_path / "a.csv", '姓名,电话\n张三,1\n"李四,2\n'.encode())
    assert said == ["第 3 行：引号不成对，无法读取这一行"]


def test_what_a_terminal_would_obey_is_dropped(tmp_path: Path) -> None:
    rows, _ = read(tmp_path / "a.csv", "姓名,电话\n\x1b]0;x\x07张\u202e三\x00,1\n".encode())
    assert rows[0]["name"] == "张三"


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "foundation.csv_empty"),
        (b"\n \n", "foundation.csv_empty"),
        (b"\xff\xfe\x00\x01\xff", "foundation.csv_encoding"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, content: bytes, key: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(tmp_path / "a.csv", content)
    assert refused.value.message.key == key


def test_no_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path, key in ((tmp_path / "none.csv", "csv_missing"), (tmp_path, "csv_is_folder")):
        with pytest.raises(Refusal) as refused:
            read_rows(path, COLUMNS, Findings())
        assert refused.value.message.key == f"foundation.{key}"


def test_a_hundred_thousand_rows_are_read(tmp_path: Path) -> None:
    lines = "".join(f"人{number},{number}\n" for number in range(100_000))
    rows, said = read(tmp_path / "a.csv", ("姓名,电话\n" + lines).encode())
    assert len(rows) == 100_000
    assert said == []
