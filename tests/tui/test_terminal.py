"""The kit in a real pseudo-terminal: what Textual gets wrong there, and what the terminal may send.

The tests of the three defects also look at the plain widgets: when one of them fails because the
defect is not seen there any more, Textual has cured it, and the mend can go.
"""

from __future__ import annotations

import signal
import sys
import time
from pathlib import Path

import pytest

from tests.pty_console import Terminal
from tests.tui.kit_app import CHINESE

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")


def kit(*arguments: str, **kwargs: object) -> Terminal:
    # Loading mends nothing, but sets what Textual reads: a plain one starts by itself.
    is_ready = "plain" not in arguments
    return Terminal.python("-m", "tests.tui.kit_app", *arguments, is_ready=is_ready, **kwargs)


def lost_under_moves(terminal: Terminal, moves: int) -> int:
    """In how many places an overlay's text loses a character as it moves over other widgets'
    edges."""
    lost = 0
    terminal.wait_for("ready")
    for move in range(moves):
        terminal.settle(0.05)
        shown = terminal.screen_lines()[0]
        lost += CHINESE[:15] not in shown
        terminal.send("m")
        terminal.wait_for("moved m") if not move else terminal.read(0.5)
    return lost


def test_defect_a_an_overlay_keeps_its_wide_characters_over_edges_of_other_widgets() -> None:
    with kit("overlay") as mended:
        assert lost_under_moves(mended, 12) == 0
    with kit("overlay", "plain") as plain:
        assert lost_under_moves(plain, 3) > 0, "cured upstream: overlays.py can go"


def wall_lost(terminal: Terminal) -> int:
    terminal.wait_for(CHINESE[-3:])
    for _ in range(3):
        terminal.send("t")
        terminal.settle(0.1)
        terminal.send("\x1b[B")
        terminal.settle(0.1)
    return sum(CHINESE not in line for line in terminal.screen_lines()[:10])


def test_defect_b_a_table_scrolled_sideways_leaves_its_neighbour_whole() -> None:
    with kit("sideways", columns=90) as mended:
        assert wall_lost(mended) == 0
    with kit("sideways", "plain", columns=90) as plain:
        assert wall_lost(plain) > 0, "cured upstream: overlays.py can go"


def cursor_after_typing(terminal: Terminal) -> int:
    terminal.wait_for("ready")
    terminal.send(CHINESE[:20])
    terminal.wait_for(CHINESE[18:20])
    terminal.settle()
    return terminal.cursor[0]


def test_defect_c_the_terminals_cursor_stands_where_the_field_was_scrolled_to() -> None:
    with kit("scrolled") as mended:
        # Three cells of margin, one of padding, 28 cells of field: the cursor stands on the last.
        assert cursor_after_typing(mended) == 31
        mended.send("\x1b[H")
        mended.settle()
        assert mended.cursor[0] == 4
    with kit("scrolled", "plain") as plain:
        assert cursor_after_typing(plain) > 33, "cured upstream: Line.watch_scroll_x can go"


def test_fault_39_bytes_of_a_gbk_terminal_are_told_of_and_do_no_harm() -> None:
    with kit("form") as terminal:
        terminal.wait_for("ready")
        terminal.send("王".encode("gbk"))
        terminal.wait_for("UTF-8")
        half = "李".encode()
        terminal.send(half[:2])
        terminal.settle(0.1)
        terminal.send(half[2:] + b"ok\r")
        terminal.wait_for("entered 3:李ok")


def test_fault_39_textual_by_itself_ends_on_such_bytes() -> None:
    with kit("scrolled", "plain") as terminal:
        terminal.wait_for("ready")
        terminal.send(b"\xff\xff")
        # Where this does not come, it was cured upstream, and TolerantDecoder can do less.
        terminal.wait_for("UnicodeDecodeError")


def test_fault_15_a_megabyte_pasted_is_cut_with_a_notice_and_the_field_stays_quick() -> None:
    with kit("form") as terminal:
        terminal.wait_for("ready")
        began = time.monotonic()
        terminal.paste("报修\x1b[31m" * 130_000)
        terminal.wait_for("最多 200 字")
        terminal.send("\r")
        terminal.wait_for("entered 200")
        assert time.monotonic() - began < 3
        terminal.send("\t\t")
        terminal.paste("a" * 5000)
        terminal.wait_for("只保留了前 4000 字")


def test_what_is_typed_fast_after_tab_lands_in_the_next_field() -> None:
    with kit("form") as terminal:
        terminal.wait_for("ready")
        terminal.send("one\t\tthree\x1b[Ztwo")
        terminal.wait_for("three")
        terminal.wait_for("***")
        lines = terminal.screen_lines()
        assert [line.strip() for line in lines[1:4]] == ["one", "***", "three"]


def test_several_lines_pasted_into_a_line_are_joined() -> None:
    with kit("form") as terminal:
        terminal.wait_for("ready")
        terminal.paste("三栋\r\n二单元\n501")
        terminal.send("\r")
        terminal.wait_for("entered 10:二单元 501"[:11])
        assert "三栋 二单元 501" in terminal.screen_text()


HOSTILE = [
    "[red]x[/]",
    "[/]",
    "[@click=app.quit]x[/]",
    "[3-2-501]",
    "a\x1b]0;stolen\x07b",
    "a\x1b[2Jb\x9b31mc",
    "a\x00b\x07c",
    "a\ud800b",
    "a\u202eb\u2066c",
    "👨\u200d👩\u200d👧 𠮷",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_faults_13_14_hostile_text_is_shown_harmlessly_by_every_widget(text: str) -> None:
    given = text.encode("unicode_escape").decode()
    with kit("form", env={"KIT_TEXT": given}, lines=40) as terminal:
        terminal.wait_for("ready")
        shown = terminal.settle()
        # Textual sets the shape of the mouse pointer by a sequence of its own.
        written = bytes(terminal.raw).replace(b"\x1b]22;default\x07", b"")
        for raw in (b"\x1b]", b"\x07", b"\x00", b"\x1b[2J", "\x9b".encode(), "\u202e".encode()):
            assert raw not in written
        assert b"\xed\xa0" not in terminal.raw
        assert "\u200d".encode() not in terminal.raw
        if text.startswith("["):
            # Plain, the line, the words, both options, the table, the toast.
            assert shown.count(text) >= 7
        assert "stolen" not in terminal.title
        terminal.send("\x1b[F!\r")
        terminal.wait_for("entered")


def test_fault_38_sigterm_saves_and_leaves_the_terminal_as_it_was(tmp_path: Path) -> None:
    saved = tmp_path / "saved"
    with kit("form", env={"KIT_SAVED": str(saved)}) as terminal:
        before = terminal.attributes()
        terminal.wait_for("ready")
        assert terminal.attributes() != before
        began = time.monotonic()
        terminal.signal(signal.SIGTERM)
        end_and_attributes(terminal, before)
        assert time.monotonic() - began < 2
        assert saved.read_text() == "SIGTERM"


def end_and_attributes(terminal: Terminal, before: list[object]) -> None:
    end = time.monotonic() + 3
    while b"\x1b[?1049l" not in terminal.raw and time.monotonic() < end:
        terminal.read(0.05)
    assert b"\x1b[?1049l" in terminal.raw
    while terminal.attributes() != before and time.monotonic() < end:
        terminal.read(0.05)
    assert terminal.attributes() == before
    while b"\x1b[?25h" not in terminal.raw and time.monotonic() < end:
        terminal.read(0.05)
    assert b"\x1b[?25h" in terminal.raw
    terminal.wait_end(2)


def test_fault_38_a_loop_that_hangs_is_left_within_two_seconds() -> None:
    with kit("form", "hang") as terminal:
        before = terminal.attributes()
        terminal.wait_for("ready")
        began = time.monotonic()
        terminal.signal(signal.SIGTERM)
        end_and_attributes(terminal, before)
        assert time.monotonic() - began < 2.5


def test_fault_12_a_closed_window_saves_and_ends(tmp_path: Path) -> None:
    saved = tmp_path / "saved"
    with kit("form", env={"KIT_SAVED": str(saved)}) as terminal:
        terminal.wait_for("ready")
        terminal.hang_up()
        terminal.wait_end(3)
        assert saved.read_text() in ("SIGHUP", "gone")


def test_fault_40_hundreds_of_resizes_down_to_one_cell() -> None:
    with kit("form") as terminal:
        terminal.wait_for("ready")
        for step in range(300):
            terminal.resize(1 + step * 7 % 120, 1 + step * 5 % 50)
        terminal.resize(1, 1)
        terminal.settle()
        terminal.resize(40, 10)
        terminal.wait_for("窗口太小")
        assert "至少要 60 列 15 行" in terminal.screen_text()
        terminal.resize(80, 24)
        shown = terminal.wait_for("F1 帮助")
        assert "窗口太小" not in shown
        terminal.send("ok\r")
        terminal.wait_for("entered 2:ok")
