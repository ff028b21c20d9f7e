"""A morning at a new desk, in a real pseudo-terminal: set up, sign on, a call, the plug pulled.

Three shifts of eight hours, so that somebody may sign on whatever the hour is.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pty_console import ROOT, Terminal

PIN = "kestrel-42x"
RESIDENTS = "楼栋,单元,房号,姓名,电话\n3,1,1502,王建国,138 0000 4242\n3,2,1502,李梅,13900007777\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A desk set up from the command line, with two residents."""
    lists = tmp_path / "residents.csv"
    lists.write_text(RESIDENTS, encoding="utf-8")
    made = _run(
        tmp_path,
        *("init", "--site", "翠湖", "--supervisor", "周静怡", "--staff-no", "1001"),
        *("--role", "manager", "--regulation", "company-24h", "--pin-stdin"),
        *("--residents", str(lists)),
        given=PIN,
    )
    assert made.returncode == 0, made.stderr
    return tmp_path


@pytest.fixture
def consoles(home: Path) -> Iterator[list[Terminal]]:
    """The consoles that a test opens; whatever is left open is killed."""
    opened: list[Terminal] = []
    yield opened
    for one in opened:
        one.kill()


def test_a_call_half_typed_is_there_again_after_the_plug_was_pulled(
    home: Path, consoles: list[Terminal]
) -> None:
    first = _console(home, consoles)
    _sign_on(first)
    _open_call_for(first, "3-1502", "王建国")
    first.send("厨房水管漏水")
    first.wait_for("厨房水管漏水")
    first.settle(quiet=1.2)  # a draft may lag behind the keys by a second
    first.kill()

    second = _console(home, consoles)
    _sign_on(second)
    second.send("\x1bOQ")
    second.wait_for("另有 1 份待续")
    second.send("\x12")
    second.wait_for("待续的草稿")
    second.send("\r")
    second.wait_for("厨房水管漏水")
    second.wait_for("王建国")
    second.send("\x13")
    second.wait_for("已保存")

    found = _entries_found(home, "漏水")
    assert [(hit["unit"], hit["caller"], hit["content"]) for hit in found] == [
        ("3-1-1502", "王建国", "厨房水管漏水")
    ]
    assert _entries_found(home, "4242") == found
    assert _entries_found(home, "wjg") == found
    assert _run(home, "verify", str(home / "desk.db")).returncode == 0


def _entries_found(home: Path, typed: str) -> list[dict[str, object]]:
    """The entries among the hits: what a call left open is found beside it."""
    shown = ("--json", "--reveal", "--as", "1001", "--pin-stdin")
    hits = json.loads(_run(home, "search", typed, *shown, given=f"{PIN}\n").stdout)
    return [hit for hit in hits if hit["source"] == "entry"]


def _console(home: Path, consoles: list[Terminal]) -> Terminal:
    console = Terminal(
        [sys.executable, "-m", "desk_console"], columns=100, lines=30, env=_env(home)
    )
    consoles.append(console)
    console.wait_for("现在该做", timeout=30)
    return console


def _sign_on(console: Terminal) -> None:
    console.send("\x0e")
    console.wait_for("密码")
    console.send("1001")
    console.wait_for("> 周静怡")
    console.send("\r")
    console.wait_gone("> 周静怡")
    console.send(PIN)
    console.wait_for("*" * len(PIN))
    console.send("\r")
    console.wait_for("记录人", timeout=30)


def _open_call_for(console: Terminal, typed: str, name: str) -> None:
    console.send("\x1bOQ")
    console.wait_for("来电登记")
    console.send(typed)
    console.wait_for(name)
    console.send("\r")
    console.wait_for(re.compile(rf"来电人 +{name}"))
    console.send("2")
    console.wait_for("[2 报修]")


def _env(home: Path) -> dict[str, str]:
    return {"DESK_CONSOLE_HOME": str(home), "LANG": "C.UTF-8"}


def _run(home: Path, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "desk_console", *arguments],
        input=given,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, **_env(home)},
        timeout=60,
        check=False,
    )
