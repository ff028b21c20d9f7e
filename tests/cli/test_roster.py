"""The roster from the command line: a file in, drafted, checked, published, shown, exported."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desk_console.roster.sheet import month_of
from tests.cli.conftest import PIN, Runner

NEXT = month_of(month_of(datetime.now(UTC).date())[1] + timedelta(days=1))
MONTH = f"{NEXT[0]:%Y-%m}"
WHO = ("--as", "1001", "--pin-stdin")

pytestmark = pytest.mark.usefixtures("site")


def staffed(desk_console: Runner, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    lines = ["工号,姓名,角色,电话,入职日期"]
    for number in range(4):
        lines.append(f"20{number:02},客服{number},clerk,1390000200{number},2024-01-02")
        lines.append(f"30{number:02},维修{number},maintenance,1390000300{number},2024-01-02")
    people.write_text("\n".join(lines), encoding="utf-8")
    done = desk_console("import", "people", people, *WHO, typed=f"{PIN}\n")
    assert done.code == 0, done.err


def test_a_month_is_drafted_checked_published_and_exported(
    desk_console: Runner, tmp_path: Path
) -> None:
    staffed(desk_console, tmp_path)
    month = ("--month", MONTH)
    drafted = desk_console(
        "roster", "draft", *month, "--way", "rotation", "--json", *WHO, typed=f"{PIN}\n"
    )
    assert drafted.code == 0, drafted.err
    assert json.loads(drafted.out)["findings"] == []
    assert desk_console("roster", "check", *month, "--draft").code == 0
    assert desk_console("roster", "check", *month).code == 1
    published = desk_console("roster", "publish", *month, *WHO, typed=f"{PIN}\n")
    assert published.code == 0, published.err
    shown = desk_console("roster", "show", *month, "--json")
    days = (NEXT[1] - NEXT[0]).days + 1
    assert len(json.loads(shown.out)) == days * 3
    for format in ("csv", "ics", "html"):
        out = tmp_path / f"roster.{format}"
        made = desk_console(
            "roster", "export", *month, "--format", format, "--out", out, *WHO, typed=f"{PIN}\n"
        )
        assert made.code == 0, made.err
        assert out.stat().st_size > 500


def test_a_file_becomes_the_draft_and_its_problems_are_named_by_line(
    desk_console: Runner, tmp_path: Path
) -> None:
    staffed(desk_console, tmp_path)
    file = tmp_path / "roster.csv"
    first = NEXT[0].isoformat()
    file.write_text(f"日期,班次,工号\n{first},白班,2000\n{first},晚班,2001\n", encoding="utf-8")
    refused = desk_console("import", "roster", file, *WHO, typed=f"{PIN}\n")
    assert refused.code == 1
    assert "晚班" in refused.err
    file.write_text(f"日期,班次,工号\n{first},白班,2000\n{first},夜班,维修1\n", encoding="utf-8")
    looked = desk_console("import", "roster", file, "--dry-run", *WHO, typed=f"{PIN}\n")
    assert looked.code == 0, looked.err
    assert desk_console("roster", "check", "--month", MONTH, "--draft").code == 1
    taken = desk_console("import", "roster", file, *WHO, typed=f"{PIN}\n")
    assert taken.code == 0, taken.err
    checked = desk_console("roster", "check", "--month", MONTH, "--draft", "--json")
    assert checked.code == 1
    kinds = {one["kind"] for one in json.loads(checked.out)["findings"]}
    assert "gap" in kinds


def test_6_1_a_draft_with_a_gap_is_refused_with_its_clause(
    desk_console: Runner, tmp_path: Path
) -> None:
    staffed(desk_console, tmp_path)
    month = ("--month", MONTH)
    desk_console("roster", "draft", *month, "--way", "hand", *WHO, typed=f"{PIN}\n")
    refused = desk_console("roster", "publish", *month, *WHO, typed=f"{PIN}\n")
    assert refused.code == 1
    assert "[6.1]" in refused.err
