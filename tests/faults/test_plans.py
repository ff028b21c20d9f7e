"""Row 21: shift hours that overlap or leave a hole name the line; row 41: poor terminals."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desk_console.foundation.catalogue import Catalogue
from desk_console.foundation.config_file import load_config
from desk_console.foundation.refusal import Refusal
from desk_console.wiring import duty_of

ROOT = Path(__file__).parents[2]
HOURS = """\
regulation = "property-24h"

[duty]
shifts = [
  {{ code = "day", zh = "白", en = "D", start = "09:00", end = "{end}", roles = ["clerk"] }},
  {{ code = "night", zh = "夜", en = "N", start = "17:30", end = "09:00", roles = ["security"] }},
]
"""


@pytest.mark.parametrize(
    ("words", "line", "name"),
    [
        (HOURS.format(end="18:00"), (5, 6), "duty.shifts"),
        (HOURS.format(end="17:00"), (5,), "duty.shifts"),
        ("[duty]\narrive_before_minute = 5\n", (2,), "duty.arrive_before_minute"),
        ('[duty]\narrive_before_minutes = "soon"\n', (2,), "duty.arrive_before_minutes"),
        ('# one\nregulation = "property-25h"\n', (2,), "regulation"),
    ],
)
def test_row_21_a_wrong_plan_names_file_key_and_line(
    tmp_path: Path, words: str, line: tuple[int, ...], name: str
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(words, encoding="utf-8")
    with pytest.raises(Refusal) as refused:
        duty_of(load_config(path))
    values = refused.value.message.values
    assert values["line"] in line
    assert str(values["name"]).startswith(name)
    assert str(path) in Catalogue("en").text(refused.value.message)


def test_a_sound_plan_of_the_sites_own_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(HOURS.format(end="17:30"), encoding="utf-8")
    assert [shift.code for shift in duty_of(load_config(path)).shifts] == ["day", "night"]


def test_row_41_a_dumb_terminal_in_the_c_locale_gets_one_line(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "TERM": "dumb",
        "DESK_CONSOLE_HOME": str(tmp_path),
    }
    ran = subprocess.run(
        [sys.executable, "-m", "desk_console"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 1
    assert len(ran.stderr.decode("utf-8").strip().splitlines()) == 1
    assert b"Traceback" not in ran.stderr
