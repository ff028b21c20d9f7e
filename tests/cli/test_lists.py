"""Lists that come in by file: what is empty is told once, whatever the list."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk_console.cli.imports import IMPORTERS
from desk_console.rulebook.desk import Desk
from tests.staff import Staff


@pytest.mark.parametrize(
    ("what", "heading", "line"),
    [
        ("people", "工号,姓名,角色", "8001,,客服管理员"),
        ("people", "工号,姓名,角色", ",王晓燕,客服管理员"),
        ("items", "编号,名称,数量", "k1,,3"),
        ("residents", "楼栋,房号,姓名", "3,1502,"),
        ("residents", "楼栋,房号,姓名", "3,,周敏"),
        ("checklists", "清单,编号,内容", "开班,radio,"),
        ("checklists", "清单,编号,内容", "开班,,对讲机有电"),
        ("phrases", "类别,中文", "报修,"),
    ],
)
def test_row_22_an_empty_cell_is_told_once(
    desk: Desk, staff: Staff, tmp_path: Path, what: str, heading: str, line: str
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"{heading}\n{line}\n{line}\n", "utf-8")
    report = IMPORTERS[what](desk, staff.supervisor.person.id, path, is_dry_run=True)
    told = [(one.line, one.what.key) for one in report.problems]
    assert told[0] == (2, "foundation.csv_cell_empty")
    assert [number for number, _ in told].count(2) == 1
    assert len({(one.line, one.column) for one in report.problems}) == len(report.problems)
