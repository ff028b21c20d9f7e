"""What is loaded at the start: the first frame and the first figures wait for nothing heavy.

Each case runs in a fresh interpreter: this one has everything loaded.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from desk_console.foundation.options import Options
from desk_console.founding import SetUp, set_up

HEAVY = (
    "alembic",
    "fpdf",
    "icalendar",
    "jinja2",
    "nacl",
    "numpy",
    "openpyxl",
    "ortools",
    "pydantic_settings",
    "pypinyin",
    "sqlalchemy",
    "sqlmodel",
    "tomlkit",
    "typer",
    "xlsxwriter",
)
"""None of these before the first figures stand."""

BEFORE_THE_FIRST_FRAME = (*HEAVY, "pydantic", "pysqlite3", "desk_console.wiring")
"""None of these before the first frame: the desk is opened after it."""

FIRST_FRAME = """
from desk_console.cli import start
from desk_console.foundation.peek import peek
from desk_console.foundation.options import Options
from desk_console.tui.app import DeskApp
from desk_console.tui.opening import Opening

peek(Options())
app = DeskApp(Opening(open=lambda: None))
app.get_default_screen()
print(*sorted(sys.modules))
"""

FIRST_FIGURES = """
import gc
from pathlib import Path
from desk_console.foundation.options import Options
from desk_console.tui.app import DeskApp
from desk_console.tui.opening import Opening
from desk_console.wiring import open_desk

loaded = []

def looked(app):
    if app.desk is not None:
        loaded.extend(sorted(sys.modules))
        app.exit(0)

DeskApp.has_opened = looked
folder = Path({folder!r})
options = Options(config=folder / "config.toml", db=folder / "desk.db")
gc.disable()
DeskApp(Opening(open=lambda: open_desk(options))).run(headless=True)
print(*loaded)
"""


def loaded_by(code: str) -> set[str]:
    ran = subprocess.run(
        [sys.executable, "-c", "import sys\n" + code], capture_output=True, text=True, check=True
    )
    return set(ran.stdout.split())


def test_first_frame_waits_for_nothing_heavy() -> None:
    assert not loaded_by(FIRST_FRAME) & set(BEFORE_THE_FIRST_FRAME)


def test_first_figures_are_read_before_the_tables_are_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a `glance` room imports, the start waits for: see `foundation.reading`."""
    monkeypatch.setenv("DESK_CONSOLE_HOME", str(tmp_path))
    answers = SetUp(
        language="zh",
        site="测试中心",
        zone="Asia/Shanghai",
        regulation="property-24h",
        also=(),
        supervisor="周静怡",
        staff_no="1001",
        pin="kestrel-42x",
    )
    desk, _ = set_up(Options(config=tmp_path / "config.toml", db=tmp_path / "desk.db"), answers)
    desk.store.close()

    loaded = loaded_by(FIRST_FIGURES.format(folder=str(tmp_path)))

    assert "desk_console.tui.screens.live_rows" in loaded
    assert not loaded & set(HEAVY)
    assert not {name for name in loaded if name.endswith(".records")} - {
        "desk_console.rulebook.records"
    }
