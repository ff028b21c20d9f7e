"""The questions of the first run: asked again until they hold, nothing written before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk_console.cli import first_run
from desk_console.foundation.catalogue import Catalogue
from desk_console.foundation.options import Options
from desk_console.people.views import people
from desk_console.wiring import open_desk

PIN = "kestrel-42x"


def test_lists_are_loaded_at_the_set_up_and_a_faulty_one_is_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DESK_CONSOLE_HOME", str(tmp_path))
    faulty, good = tmp_path / "faulty.csv", tmp_path / "good.csv"
    faulty.write_text("工号,姓名,角色\n2001,王晓燕,厨师\n", "utf-8")
    good.write_text("工号,姓名,角色\n2001,王晓燕,客服管理员\n", "utf-8")
    typed: Iterator[str] = iter(
        [
            *("1", "翠湖花园", "", "8", "n", "6", "y", "n", "周静怡", "1001", ""),
            *(str(faulty), str(tmp_path / "none.csv"), str(good)),
            *("", "", ""),
        ]
    )
    asked: list[str] = []

    def answer(question: str) -> str:
        asked.append(question)
        return next(typed)

    monkeypatch.setattr("builtins.input", answer)
    monkeypatch.setattr("getpass.getpass", lambda _prompt: PIN)
    assert first_run.ask_and_set_up(Options())
    said = capsys.readouterr().out
    assert "第 2 行" in said and "厨师" in said
    offered = said.partition("按哪一套制度值班？")[2].partition("\n\n")[0]
    assert offered.count("\n") <= 20 and "适合有固定营业时间的门店" in offered
    assert "经理与主管每周轮换" not in offered and "两班，提前 5 分钟到岗" in said
    assert sum(question.startswith("人员名单") for question in asked) == 3
    desk = open_desk(Options())
    with desk.reading() as session:
        assert [one.name for one in people(session)] == ["周静怡", "王晓燕"]
    desk.store.close()


def test_a_weak_pin_is_refused_before_anything_else_is_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = iter(["12345678", PIN, PIN])
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(typed))
    assert first_run._pin(Catalogue("zh"), "1001") == PIN
    assert "容易被猜到" in capsys.readouterr().out


def test_a_mistyped_time_zone_is_asked_again_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DESK_CONSOLE_HOME", str(tmp_path))
    typed = iter(
        ["1", "翠湖花园", "Asia/Shanhai", "", "6", "y", "n", "周静怡", "1001", "", *[""] * 4]
    )
    monkeypatch.setattr("builtins.input", lambda _question: next(typed))
    monkeypatch.setattr("getpass.getpass", lambda _prompt: PIN)
    assert first_run.ask_and_set_up(Options())
    said = capsys.readouterr().out
    assert said.index("没有“Asia/Shanhai”这个时区") < said.index("按哪一套制度值班？")
    desk = open_desk(Options())
    assert str(desk.zone) == first_run.DEFAULT_ZONE
    desk.store.close()


def test_a_wrong_answer_is_told_what_is_wrong_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DESK_CONSOLE_HOME", str(tmp_path))
    typed = iter(
        [
            *("3", "2", "", "Green Lake", "", "12", "six", "6", "maybe", "y", "n"),
            *("Zhou", "1001", "", "", "", "", ""),
        ]
    )
    monkeypatch.setattr("builtins.input", lambda _question: next(typed))
    monkeypatch.setattr("getpass.getpass", lambda _prompt: PIN)
    assert first_run.ask_and_set_up(Options())
    said = capsys.readouterr().out
    for reason in ("Type 1 or 2", "cannot stay empty", "no “12”", "no “six”", "Answer y or n"):
        assert said.count(reason) == 1, reason


def test_each_list_names_its_columns_and_the_roles_that_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DESK_CONSOLE_HOME", str(tmp_path))
    typed = iter(["1", "翠湖花园", "", "6", "y", "n", "周静怡", "1001", "", *[""] * 4])
    monkeypatch.setattr("builtins.input", lambda _question: next(typed))
    monkeypatch.setattr("getpass.getpass", lambda _prompt: PIN)
    assert first_run.ask_and_set_up(Options())
    said = capsys.readouterr().out
    for column in (
        "工号、姓名、角色",
        "客服管理员、",
        "编号、名称、位置",
        "编号、内容",
        "楼栋、单元",
    ):
        assert column in said, column


def test_a_number_that_cannot_be_read_is_asked_again_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DESK_CONSOLE_HOME", str(tmp_path))
    answers = ("1", "翠湖花园", "", "6", "y", "n", "周静怡", "10 01!", "1001", "12", "", *[""] * 4)
    typed = iter(answers)
    asked: list[str] = []

    def answer(question: str) -> str:
        asked.append(question)
        return next(typed)

    monkeypatch.setattr("builtins.input", answer)
    monkeypatch.setattr("getpass.getpass", lambda _prompt: PIN)
    assert first_run.ask_and_set_up(Options())
    assert [one.partition("（")[0] for one in asked[7:11]] == [
        "工号: ", "工号: ", "联系电话", "联系电话"
    ]  # fmt: skip
    assert "电话号码看不懂：12" in capsys.readouterr().out


def test_what_is_told_is_broken_between_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    first_run._tell(Catalogue("en").text("cli.first_run_welcome"))
    first_run._tell("Columns: " + "staff number, name, role, phone, " * 5)
    lines = capsys.readouterr().out.splitlines()
    assert all(len(line) < 80 for line in lines)
    assert {word for line in lines[-3:] for word in line.split()} == {
        "Columns:", "staff", "number,", "name,", "role,", "phone,"
    }  # fmt: skip
