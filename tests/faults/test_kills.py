"""Rows 1 and 9: killed at any moment, and two consoles at once."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desk_console.foundation import sqlite
from desk_console.foundation.clock import MovingClock
from desk_console.foundation.verify import verify
from desk_console.rulebook.desk import Desk
from tests.faults.saving import open_desk
from tests.foundation.desk_file import fill
from tests.staff import Staff

KILLS = int(os.environ.get("DESK_TEST_KILLS", "200" if "CI" in os.environ else "20"))
"""All 200 in CI, or by DESK_TEST_KILLS=200."""
RACE_SECONDS = float(os.environ.get("DESK_TEST_RACE_SECONDS", "3"))
ROOT = Path(__file__).parents[2]


@pytest.fixture
def file(desk: Desk, staff: Staff, clock: MovingClock) -> Path:
    path = fill(desk, staff, clock)
    desk.store.close()
    return path


def saving(*arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.faults.saving", *(str(each) for each in arguments)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks its savers")
def test_row_1_every_acknowledged_save_outlives_every_kill(file: Path) -> None:
    child = saving("crash", file, KILLS, 1)
    out, _ = child.communicate(timeout=280)
    outcome = json.loads(out)
    assert outcome["wrong"] == []
    assert outcome["kills"] == KILLS
    # One in eight is killed while it begins, each other one behind its first save.
    assert outcome["acknowledged"] >= KILLS * 7 // 8, "the savers hardly came to saving"
    assert sqlite.faults(file, full=True) == []
    assert verify(file).is_good


def test_row_9_two_consoles_write_at_once_and_see_each_other(file: Path) -> None:
    children = [saving("race", file, name, RACE_SECONDS) for name in ("left", "right")]
    outcomes = [json.loads(child.communicate(timeout=120)[0]) for child in children]
    assert [child.returncode for child in children] == [0, 0]
    connection = sqlite.connect(file)
    for name, mine, theirs in (("left", *outcomes), ("right", *reversed(outcomes))):
        kept = connection.execute(
            "select form_id from entry where form_id like ?", (f"{name}-%",)
        ).fetchall()
        assert {row[0] for row in kept} == set(mine["saved"])
        assert set(mine["saved"]) == set(theirs["seen"])
        late = [theirs["seen"][form_id] - at for form_id, at in mine["saved"].items()]
        # With the first save each side loads what it needs; a crowded machine may leave no
        # second one.
        assert max(late[1:], default=0.0) < 1.0, "a second at most until it is seen"
    connection.close()
    assert verify(file).is_good


def test_row_9_a_console_notices_by_its_mark_that_another_wrote(
    file: Path, desk: Desk, staff: Staff
) -> None:
    one, other = open_desk(file, "one"), open_desk(file, "other")
    before = one.store.change_mark()
    with other.transaction() as work:
        work.journal("tests.written", by=None, subject="file")
    assert one.store.change_mark() != before
    one.store.close()
    other.store.close()
