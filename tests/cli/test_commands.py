"""init, paths, rulebook, log, search, import: exit codes and JSON are an interface."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import PIN, Runner

CLAUSE_KEYS = {"id", "regulation", "handling", "zh", "en", "where", "places"}


def test_init_writes_a_commented_config_that_loads(desk_console: Runner, site: Path) -> None:
    words = (site.parent / "config.toml").read_text(encoding="utf-8")
    assert 'name = "测试中心"' in words
    assert "# 所在时区" in words
    assert desk_console("doctor").code == 0
    assert oct(site.stat().st_mode)[-3:] == "600"
    assert oct((site.parent / "desk.secret").stat().st_mode)[-3:] == "600"


def test_init_answers_in_the_language_of_the_site(desk_console: Runner, home: Path) -> None:
    answers = ("--language", "en", "--site", "x", "--supervisor", "王", "--staff-no", "1")
    weak = desk_console("init", *answers, "--pin", "12345678")
    assert weak.code == 1 and weak.err.isascii(), weak.err
    made = desk_console("init", *answers, "--pin-stdin", typed=f"{PIN}\n")
    assert made.code == 0 and made.out.replace("王", "").isascii(), made.out


def test_every_option_says_what_it_does_in_both_languages(desk_console: Runner) -> None:
    for command in ("init", "export", "search", "demo"):
        shown = desk_console(command, "--help").out
        for line in shown.split("Options:")[1].splitlines():
            assert line.isascii() or "/" in line or "王" in line, line


def test_init_touches_nothing_where_a_desk_is_there_already(
    desk_console: Runner, site: Path
) -> None:
    before = site.read_bytes()
    ran = desk_console(
        "--lang", "en", "init", "--site", "x", "--supervisor", "王", "--staff-no", "1002",
        "--pin-stdin", typed=f"{PIN}\n",
    )  # fmt: skip
    assert ran.code == 1
    assert "config" in ran.err
    assert site.read_bytes() == before


def test_init_with_a_weak_pin_leaves_nothing_behind(desk_console: Runner, home: Path) -> None:
    ran = desk_console(
        "init", "--site", "x", "--supervisor", "王", "--staff-no", "1", "--pin", "12345678"
    )
    assert ran.code == 1
    assert not (home / "config.toml").exists()
    assert not (home / "desk.db").exists()


def test_paths_as_json(desk_console: Runner, home: Path) -> None:
    ran = desk_console("paths", "--json")
    said = json.loads(ran.out)
    assert ran.code == 0
    assert set(said) == {"config", "database", "secret", "backups", "head", "log"}
    assert said["config"] == str(home / "config.toml")


def test_rulebook_as_json_is_a_list_of_clauses(desk_console: Runner) -> None:
    ran = desk_console("rulebook", "--regulation", "property-24h", "--json")
    clauses = json.loads(ran.out)
    assert ran.code == 0
    assert {tuple(sorted(each)) for each in clauses} == {tuple(sorted(CLAUSE_KEYS))}
    assert {each["regulation"] for each in clauses} == {"property-24h"}
    assert "6.8" in [each["id"] for each in clauses]
    assert len(json.loads(desk_console("rulebook", "--json").out)) > len(clauses)


def test_an_unknown_regulation_is_refused_in_the_language_asked_for(desk_console: Runner) -> None:
    ran = desk_console("--lang", "en", "rulebook", "--regulation", "none")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("There is no regulation none")
    assert "没有这个制度" in desk_console("--lang", "zh", "rulebook", "--regulation", "none").err


def test_log_and_search_of_a_new_desk_are_empty_lists(desk_console: Runner, site: Path) -> None:
    assert json.loads(desk_console("log", "--json").out) == []
    assert json.loads(desk_console("search", "' OR 1=1 --", "--json").out) == []
    assert desk_console("log", "--from", "yesterday").code == 2


def test_a_desk_that_was_never_set_up_is_refused(desk_console: Runner, home: Path) -> None:
    for command in (("log",), ("search", "水"), ("backup",)):
        ran = desk_console(*command)
        assert ran.code == 1
        assert ran.err
    assert not (home / "desk.db").exists()


def test_import_names_each_problem_by_its_line_and_keeps_nothing(
    desk_console: Runner, site: Path, tmp_path: Path
) -> None:
    lists = tmp_path / "people.csv"
    lists.write_text("nonsense,columns\n1,2\n", encoding="utf-8")
    ran = desk_console("import", "people", lists, "--as", "1001", "--pin-stdin", typed=f"{PIN}\n")
    assert ran.code == 1
    assert ran.err


def test_import_asks_for_a_right_pin(desk_console: Runner, site: Path, tmp_path: Path) -> None:
    lists = tmp_path / "people.csv"
    lists.write_text("x\n", encoding="utf-8")
    ran = desk_console("import", "people", lists, "--as", "1001", "--pin-stdin", typed="00000001\n")
    assert ran.code == 1
    assert "PIN" in ran.err or "密码" in ran.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("nothing",),
        ("--lang", "fr"),
        ("verify",),
        ("import", "cats", "x.csv"),
        ("search", "水", "--limit", "0"),
    ],
)
def test_a_wrong_command_line_exits_2(
    desk_console: Runner, site: Path, arguments: tuple[str, ...]
) -> None:
    assert desk_console(*arguments).code == 2


def test_version(desk_console: Runner) -> None:
    ran = desk_console("--version")
    assert ran.code == 0
    assert ran.out.startswith("desk-console ")


def test_the_way_to_the_first_frame_loads_nothing_heavy() -> None:
    look = (
        "import sys; from desk_console.cli.start import plain_options;"
        "from desk_console.foundation.peek import peek; peek(plain_options([]));"
        "print([n for n in ('typer', 'pydantic', 'sqlmodel', 'sqlalchemy', 'textual')"
        " if n in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", look],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert ran.stdout.strip() == "[]"


def test_export_asks_for_the_pin_and_writes_a_table(
    desk_console: Runner, site: Path, tmp_path: Path
) -> None:
    out = tmp_path / "residents.xlsx"
    command = ("export", "residents", "--out", out, "--as", "1001", "--pin-stdin")
    assert desk_console(*command, typed="wrong-pin-1\n").code == 1
    assert not out.exists()
    ran = desk_console(*command, typed=f"{PIN}\n")
    assert (ran.code, str(out) in ran.out) == (0, True)
    assert out.read_bytes()[:2] == b"PK"
    assert desk_console("export", "people").code == 2
    assert desk_console("export", "entries", "--format", "pdf").code == 2
    assert desk_console("export", "residents", "--from", "2026-03-02").code == 2


def test_matters_as_json_is_a_list_as_it_presses(desk_console: Runner, site: Path) -> None:
    ran = desk_console("matters", "--json")
    assert ran.code == 0
    assert json.loads(ran.out) == []
    assert desk_console("matters", "--overdue", "--closed").code == 0


def test_row_21_wrong_answer_to_init_is_said_in_words_and_leaves_nothing(
    desk_console: Runner, home: Path
) -> None:
    answers = ("--site", "x", "--supervisor", "王", "--staff-no", "1", "--pin-stdin")
    for wrong, said in (("--zone", "Mars/Base"), ("--regulation", "none")):
        ran = desk_console("init", *answers, wrong, said, typed=f"{PIN}\n")
        assert ran.code == 1
        assert said in ran.err and "config.toml" not in ran.err, "there is no file yet"
    assert not home.exists()


def test_row_21_a_wrong_variable_is_named_where_no_file_is_read(
    desk_console: Runner, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_CONSOLE_LOCK__IDLE_MINUTES", "soon")
    answers = ("--site", "x", "--supervisor", "王", "--staff-no", "1", "--pin-stdin")
    ran = desk_console("init", *answers, typed=f"{PIN}\n")
    assert ran.code == 1
    assert "DESK_CONSOLE_LOCK__IDLE_MINUTES" in ran.err


def test_a_config_that_is_named_must_be_there(
    desk_console: Runner, site: Path, tmp_path: Path
) -> None:
    ran = desk_console("--config", tmp_path / "mistyped.toml", "log")
    assert ran.code == 1
    assert "mistyped.toml" in ran.err


def test_whoever_gives_a_command_is_not_asked_where_nobody_can_type(
    desk_console: Runner, site: Path
) -> None:
    for given in ((), ("--as", "1001"), ("--pin-stdin",)):
        ran = desk_console("sheet", "log", *given, typed=f"{PIN}\n")
        assert (ran.code, "--pin-stdin" in ran.err) == (1, True), given


def test_nothing_found_is_said_in_words_and_is_an_empty_list_in_json(
    desk_console: Runner, site: Path
) -> None:
    assert desk_console("log").out == "这段时间没有记录。\n"
    assert desk_console("search", "x").out == "没有找到。\n"
    assert desk_console("matters").out == "没有这样的待办。\n"
    assert desk_console("log", "--from", "2026-03-03", "--to", "2026-03-02").code == 1


def test_a_sheet_of_one_record_asks_for_its_number(desk_console: Runner, site: Path) -> None:
    for form in ("handover", "work-order", "complaint", "next-day", "patrol", "agreement"):
        ran = desk_console("sheet", form)
        assert (ran.code, "号" in ran.err) == (2, True), form
    assert "--day" in desk_console("sheet", "log", "1").err
