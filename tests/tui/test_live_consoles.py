"""Two consoles on one file, and the end of one, in real pseudo-terminals."""

from __future__ import annotations

import signal
import sqlite3
import time
from pathlib import Path

import pytest

from tests.pty_console import Terminal
from tests.tui.live_site import PIN


def console(folder: Path) -> Terminal:
    return Terminal.python("-m", "tests.tui.desk_app", str(folder), is_ready=True)


def signed_on(terminal: Terminal, staff_no: str) -> None:
    terminal.wait_for("今日记录  3 条")
    terminal.send("\x0e")
    terminal.wait_for("上岗签到")
    terminal.send(staff_no)
    terminal.settle()
    terminal.send("\r")
    terminal.settle()
    terminal.send(PIN + "\r")
    terminal.wait_for("记录人")
    terminal.wait_gone("上岗签到")


def test_a_console_shows_within_a_second_what_another_wrote(tmp_path: Path) -> None:
    with console(tmp_path) as first:
        first.wait_for("今日记录  3 条", timeout=30)
        signed_on(first, "2001")
        with console(tmp_path) as second:
            signed_on(second, "2001")
            second.send("\x05")
            second.wait_for("添加提醒")
            second.send("查门禁\r")
            second.settle()
            second.send("1000")
            second.settle()
            second.send("\r")
            second.wait_gone("添加提醒")
            since = time.monotonic()
            first.wait_for("查门禁")
            assert time.monotonic() - since < 1.0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_fault_38_told_to_stop_it_closes_the_seat_on_record_within_two_seconds(
    tmp_path: Path, number: int
) -> None:
    with console(tmp_path) as terminal:
        terminal.wait_for("今日记录  3 条", timeout=30)
        signed_on(terminal, "2001")
        terminal.signal(number)
        assert terminal.wait_end(2.0) == 0
    with sqlite3.connect(tmp_path / "desk.db") as file:
        acts = file.execute("select act, body from journal order by seq desc limit 1").fetchone()
    assert acts[0] == "people.seat_left" and "hangup" in acts[1]


def test_fault_39_bytes_that_are_not_utf8_bring_a_hint_and_no_end(tmp_path: Path) -> None:
    with console(tmp_path) as terminal:
        terminal.wait_for("今日记录  3 条", timeout=30)
        terminal.send("物业".encode("gbk"))
        terminal.wait_for("UTF-8")
