"""A home of its own for each test of the command line, and a way to run commands in it."""

import io
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from desk_console.cli.main import run

PIN = "73910482"


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command came to."""

    code: int
    out: str
    err: str


Runner = Callable[..., Ran]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in which everything is kept; PINs checked at the least cost allowed."""
    monkeypatch.setenv("DESK_CONSOLE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DESK_CONSOLE_PIN__PASSES", "1")
    monkeypatch.setenv("DESK_CONSOLE_PIN__MEMORY_MIB", "64")
    return tmp_path / "home"


@pytest.fixture
def desk_console(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Runner:
    """Runs a command line; `typed` is its standard input."""

    def ran(*arguments: object, typed: str = "") -> Ran:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        with pytest.raises(SystemExit) as ended:
            run([str(each) for each in arguments])
        said = capsys.readouterr()
        return Ran(int(ended.value.code or 0), said.out, said.err)

    return ran


@pytest.fixture(scope="session")
def set_up_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the home of a desk that was set up is kept, to be copied; empty before the first."""
    return tmp_path_factory.mktemp("set-up")


@pytest.fixture
def site(desk_console: Runner, home: Path, set_up_once: Path) -> Path:
    """A desk that was set up; returns its database."""
    if any(set_up_once.iterdir()):
        shutil.copytree(set_up_once, home)
        return home / "desk.db"
    made = desk_console(
        "init", "--site", "测试中心", "--supervisor", "周静怡", "--staff-no", "1001",
        "--pin-stdin", typed=f"{PIN}\n",
    )  # fmt: skip
    assert made.code == 0, made.err
    shutil.copytree(home, set_up_once, dirs_exist_ok=True)
    return home / "desk.db"
