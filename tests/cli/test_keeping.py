"""backup, restore, verify, doctor: exit codes and JSON are an interface."""

import json
from pathlib import Path

import pytest

from desk_console.foundation import sqlite
from desk_console.foundation.receipts import receipt_code
from tests.cli.conftest import Runner
from tests.foundation.desk_file import meddle


def test_backup_names_its_file_and_exits_0(desk_console: Runner, site: Path) -> None:
    ran = desk_console("backup", "--json")
    said = json.loads(ran.out)
    assert ran.code == 0
    assert set(said) == {"backup", "bytes"}
    assert Path(said["backup"]).parent == site.parent / "backups"
    assert desk_console("verify", said["backup"]).code == 0


def test_backup_never_overwrites(desk_console: Runner, site: Path, tmp_path: Path) -> None:
    target = tmp_path / "mine.db"
    assert desk_console("backup", target).code == 0
    before = target.read_bytes()
    again = desk_console("--lang", "en", "backup", target)
    assert again.code == 1
    assert "there already" in again.err
    assert target.read_bytes() == before


def test_backup_keeps_as_many_as_the_config_says(
    desk_console: Runner, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_CONSOLE_RETENTION__BACKUPS", "2")
    for _ in range(4):
        assert desk_console("backup").code == 0
    assert len(list((site.parent / "backups").iterdir())) == 2


def test_restore_keeps_the_present_file_and_goes_on_record(
    desk_console: Runner, site: Path, tmp_path: Path
) -> None:
    made = tmp_path / "mine.db"
    desk_console("backup", made)
    ran = desk_console("restore", made, "--json")
    said = json.loads(ran.out)
    assert ran.code == 0
    assert said["database"] == str(site)
    assert Path(said["kept"]).exists()
    connection = sqlite.connect(site)
    last = connection.execute("select act from journal order by seq desc limit 1").fetchone()
    connection.close()
    assert last[0] == "desk.restored"
    assert desk_console("verify", site).code == 0


def test_row_31_restore_of_a_cut_backup_exits_1_and_touches_nothing(
    desk_console: Runner, site: Path, tmp_path: Path
) -> None:
    made = tmp_path / "mine.db"
    desk_console("backup", made)
    made.write_bytes(made.read_bytes()[:-4096])
    before = site.read_bytes()
    ran = desk_console("restore", made)
    assert ran.code == 1
    assert "没有恢复" in ran.err or "损坏" in ran.err
    assert site.read_bytes() == before


def test_row_20_verify_exits_1_and_names_the_first_bad_place(
    desk_console: Runner, site: Path
) -> None:
    meddle(site, "update journal set act = 'x' where seq = 2")
    ran = desk_console("--lang", "en", "verify", site)
    assert ran.code == 1
    assert ran.out.startswith("journal:2: its content was changed")
    said = json.loads(desk_console("verify", site, "--json").out)
    assert said["good"] is False
    assert said["first"] == "journal:2"
    assert set(said) == {"good", "first", "findings", "rows", "head", "signatures", "erased"}


def test_verify_exits_2_where_it_could_not_read(desk_console: Runner, tmp_path: Path) -> None:
    assert desk_console("verify", tmp_path / "none.db").code == 2
    (tmp_path / "text.db").write_text("hello")
    assert desk_console("verify", tmp_path / "text.db").code == 2
    assert desk_console("verify").code == 2


def test_verify_exits_1_for_a_receipt_that_the_chain_does_not_know(
    desk_console: Runner, site: Path
) -> None:
    ran = desk_console("verify", site, "--receipt", "AAAA-BBBB-CCCC-DDDD", "--json")
    assert ran.code == 1
    assert json.loads(ran.out)["first"] == "receipt:AAAA-BBBB-CCCC-DDDD"


def test_verify_says_which_receipts_stand_in_the_chain(desk_console: Runner, site: Path) -> None:
    code = receipt_code(json.loads(desk_console("verify", site, "--json").out)["head"])
    ran = desk_console("verify", site, "--receipt", code)
    assert ran.code == 0
    assert f"回执相符：{code}" in ran.out
    assert "回执" not in desk_console("verify", site).out


def test_doctor_looks_at_everything(desk_console: Runner, site: Path) -> None:
    ran = desk_console("doctor", "--json")
    said = json.loads(ran.out)
    assert ran.code == 0
    assert [each["name"] for each in said["checks"]] == [
        "sqlite", "config", "database", "index", "secret", "backups", "disk", "mail", "clock",
        "encoding", "term", "colour", "locale", "fonts",
    ]  # fmt: skip
    assert {each["level"] for each in said["checks"]} <= {"good", "warning"}
    assert set(said["checks"][0]) == {"name", "level", "words"}


def test_doctor_finds_a_damaged_file_and_exits_1(desk_console: Runner, site: Path) -> None:
    site.write_bytes(site.read_bytes()[:20000])
    ran = desk_console("doctor", "--json")
    levels = {each["name"]: each["level"] for each in json.loads(ran.out)["checks"]}
    assert ran.code == 1
    assert levels["database"] == "fault"


def test_doctor_says_what_is_wrong_with_the_config(desk_console: Runner, site: Path) -> None:
    (site.parent / "config.toml").write_text("[lock]\nidle = 3\n")
    ran = desk_console("--lang", "en", "doctor")
    assert ran.code == 1
    assert "line 2, lock.idle" in ran.out


def test_doctor_makes_the_index_anew_when_asked(desk_console: Runner, site: Path) -> None:
    said = json.loads(desk_console("doctor", "--reindex", "--json").out)
    assert said["checks"][-1]["name"] == "index"


def test_head_older_than_its_mark_is_found(
    desk_console: Runner, site: Path, tmp_path: Path
) -> None:
    made = tmp_path / "mine.db"
    desk_console("backup", made)
    desk_console("doctor", "--reindex")  # one row more, and the head is marked
    for beside in site.parent.glob("desk.db-*"):
        beside.unlink()
    site.write_bytes(made.read_bytes())
    said = json.loads(desk_console("doctor", "--json").out)
    assert "head" in [each["name"] for each in said["checks"] if each["level"] == "fault"]


def test_a_mistyped_receipt_is_no_sign_of_a_change(desk_console: Runner, site: Path) -> None:
    ran = desk_console("--lang", "en", "verify", site, "--receipt", "AAAA-BBBB-CCCC")
    assert (ran.code, ran.out) == (2, "")
    assert "16 letters and digits" in ran.err


def test_the_database_is_no_backup_of_itself(desk_console: Runner, site: Path) -> None:
    before = site.read_bytes()
    assert desk_console("restore", site).code == 1
    assert site.read_bytes() == before


def test_doctor_says_that_there_is_no_config(desk_console: Runner, home: Path) -> None:
    said = json.loads(desk_console("doctor", "--json").out)["checks"][1]
    assert (said["name"], said["level"]) == ("config", "warning")
