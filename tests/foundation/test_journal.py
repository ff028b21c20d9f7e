"""The canonical form and the chain: the same value has one spelling, each row holds the last."""

import os
import stat
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from desk_console.foundation.canonical import canonical, instant_text
from desk_console.foundation.journal import FIRST_LINK
from desk_console.foundation.options import Options
from desk_console.foundation.paths import desk_secret, find_paths
from desk_console.rulebook.desk import Desk

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def test_one_value_has_one_spelling() -> None:
    assert canonical({"b": 1, "a": "é"}) == canonical({"a": "é", "b": 1})
    assert (
        canonical({"b": [1, None, True], "a": "物业"}) == '{"a":"物业","b":[1,null,true]}'.encode()
    )
    assert canonical(date(2026, 3, 2)) == b'"2026-03-02"'


def test_an_instant_is_spelt_in_utc_whatever_its_zone() -> None:
    there = datetime(2026, 3, 2, 8, 45, tzinfo=timezone(timedelta(hours=8)))
    assert instant_text(there) == instant_text(there.astimezone(UTC))
    assert instant_text(there) == "2026-03-02T00:45:00.000000Z"


@pytest.mark.parametrize("value", [1.5, object(), b"x", {1, 2}, datetime(2026, 3, 2)])
def test_what_has_no_single_spelling_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical({"value": value})


@given(PLAIN)
def test_the_canonical_form_is_steady(value: object) -> None:
    assert canonical(value) == canonical(value)


def test_each_row_holds_the_hash_of_the_one_before(desk: Desk) -> None:
    hashes = [FIRST_LINK]
    for number in range(5):
        with desk.transaction() as work:
            hashes.append(work.journal("tests.act", by=None, subject=f"thing:{number}"))
    with desk.reading() as session:
        rows = session.connection().execute(
            text("select seq, prev, hash from journal order by seq")
        )
        assert [tuple(row) for row in rows] == [
            (seq, hashes[seq - 1], hashes[seq]) for seq in range(1, 6)
        ]


def test_a_unit_that_failed_leaves_no_row(desk: Desk) -> None:
    with pytest.raises(ZeroDivisionError), desk.transaction() as work:
        work.journal("tests.act", by=None, subject="thing:1")
        raise ZeroDivisionError
    with desk.reading() as session:
        assert session.connection().execute(text("select count(*) from journal")).scalar() == 0


def test_the_secret_is_made_once_and_read_by_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "desk.secret"
    secret = desk_secret(path)
    assert len(secret) == 32
    assert desk_secret(path) == secret
    assert [each.name for each in path.parent.iterdir()] == ["desk.secret"]
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_option_goes_before_the_config_and_the_config_before_the_folder(
    tmp_path: Path,
) -> None:
    environ = {"DESK_CONSOLE_HOME": str(tmp_path)}
    assert find_paths(Options(), environ=environ).database == tmp_path / "desk.db"
    said = find_paths(Options(), database="other/desk.db", environ=environ)
    assert said.database == tmp_path / "other" / "desk.db"
    chosen = find_paths(Options(db=Path("/x/y.db")), database="other.db", environ=environ)
    assert chosen.database == Path("/x/y.db")
    assert chosen.backups == Path("/x/backups")
    assert chosen.secret.parent == tmp_path
