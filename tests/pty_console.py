"""A terminal for tests: runs a program in a pseudo-terminal and reads its screen as a person would.

Wide characters behave as in a real terminal: what overwrites one half of a character removes the
other.
"""

from __future__ import annotations

import codecs
import contextlib
import errno
import fcntl
import os
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from functools import cache
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType

import pyte
from pyte.screens import Char
from wcwidth import wcwidth

from tests import ready

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 30.0
"""Seconds that a crowded machine is given to show something."""

# Enquiries and settings that pyte would print as text.
_UNKNOWN = re.compile(r"\x1b\[(?:\?\d+\$p|[<>=][\d;]*[uqm]|\?u)")
_UNFINISHED = re.compile(r"\x1b(?:\[[0-?]*[ -/]*)?\Z")


@cache
def _cells(sign: str) -> int:
    return wcwidth(sign)


class _Screen(pyte.Screen):
    """pyte's screen, with the halves of wide characters removed together, and text that fits its
    line put there at once: most of the time of a test at a terminal went into that.
    """

    def draw(self, data: str) -> None:
        """Put text at the cursor."""
        cursor, row = self.cursor, self.buffer[self.cursor.y]
        for sign in data:
            cells, x = _cells(sign), cursor.x
            if cells > 0 and x < self.columns:
                self._clear_halves(row, x, min(self.columns, x + cells) - 1)
            if cells <= 0 or x + cells > self.columns:
                super().draw(sign)  # wraps, or adds to the sign before
                row = self.buffer[cursor.y]
                continue
            row[x] = _char(cursor.attrs, sign)
            if cells == 2:
                row[x + 1] = _char(cursor.attrs, "")
            cursor.x = x + cells
        self.dirty.add(cursor.y)

    def _clear_halves(self, row: dict[int, Char], first: int, last: int) -> None:
        if first in row and row[first].data == "" and first > 0:
            row[first - 1] = self.default_char
        if last + 1 in row and row[last + 1].data == "":
            row[last + 1] = self.default_char


@cache
def _char(attributes: Char, sign: str) -> Char:
    return attributes._replace(data=sign)


_COLOURS = re.compile(r"\x1b\[([\d;]*)m")


class _Stream(pyte.Stream):
    """pyte's stream, which takes a change of colours in one step where it went sign by sign."""

    def feed(self, data: str) -> None:
        """Take in what the program wrote."""
        begun = 0
        for found in _COLOURS.finditer(data):
            super().feed(data[begun : found.start()])
            begun = found.end()
            if self._taking_plain_text and self.listener is not None:
                codes = [int(code or 0) for code in found[1].split(";")]
                self.listener.select_graphic_rendition(*codes)
            else:
                super().feed(found[0])
        super().feed(data[begun:])


def _set_size(terminal: int, columns: int, lines: int) -> None:
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))


def _begin(
    command: Sequence[str], terminal: int, env: Mapping[str, str], cwd: Path
) -> subprocess.Popen[bytes]:
    def own() -> None:  # in the new process: that terminal is its own
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    return subprocess.Popen(
        command,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        env=env,
        cwd=cwd,
        start_new_session=True,
        preexec_fn=own,
    )


def _begin_ready(
    command: Sequence[str], terminal: int, env: Mapping[str, str], cwd: Path
) -> BaseProcess:
    python, option, module, *arguments = command
    assert (python, option) == (sys.executable, "-m"), command
    return ready.at_terminal(module, arguments, terminal=terminal, env=env, cwd=cwd)


def _ended(program: subprocess.Popen[bytes] | BaseProcess, seconds: float = 0.0) -> int | None:
    """Its exit code, waiting so long at most; None where it still runs."""
    if isinstance(program, BaseProcess):
        program.join(seconds)
        return program.exitcode
    with contextlib.suppress(subprocess.TimeoutExpired):
        program.wait(seconds)
    return program.returncode


class Terminal:
    """A program in a pseudo-terminal of some columns and lines. Every wait is bounded."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 80,
        lines: int = 24,
        env: Mapping[str, str] | None = None,
        cwd: Path = ROOT,
        is_ready: bool = False,
    ) -> None:
        """Start the program; `env` is put over the environment of the tests. `is_ready`: a module
        of this Python, in a process that has the product loaded (see `tests.ready`).
        """
        self.raw = bytearray()
        self.screen = _Screen(columns, lines)
        self._stream = _Stream(self.screen)
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._held = ""
        self.titles: list[str] = []
        self.exit_code: int | None = None
        given = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(env or {})}
        # What pytest's workers have in theirs; a terminal's size is asked of the terminal.
        for name in ("TEXTUAL_DISABLE_KITTY_KEY", "COLUMNS", "LINES"):
            given.pop(name, None)
        self._fd, inside = os.openpty()
        _set_size(inside, columns, lines)  # before it starts: it asks once
        begin = _begin_ready if is_ready else _begin
        self._program = begin(command, inside, given, cwd)
        os.close(inside)
        self._open = True

    @classmethod
    def python(cls, *arguments: str, **kwargs: object) -> Terminal:
        """Runs this Python with those arguments, e.g. `-m`, `tests.tui.app`."""
        return cls([sys.executable, *arguments], **kwargs)  # type: ignore[arg-type] # handed through

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()

    # What is seen

    def read(self, seconds: float = 0.0) -> bool:
        """Take in what the program wrote, waiting so long for the first of it. False where none
        came."""
        if not self._open:
            return False
        got = False
        while select.select([self._fd], [], [], 0.0 if got else seconds)[0]:
            try:
                chunk = os.read(self._fd, 65536)
            except OSError as error:
                if error.errno != errno.EIO:
                    raise
                chunk = b""
            if not chunk:
                self._open = False
                break
            got = True
            self._take(chunk)
        return got

    def _take(self, chunk: bytes) -> None:
        self.raw += chunk
        text = self._held + self._decode(chunk)
        cut = _UNFINISHED.search(text)
        self._held = text[cut.start() :] if cut else ""
        self._stream.feed(_UNKNOWN.sub("", text[: cut.start()] if cut else text))

    def screen_lines(self) -> list[str]:
        """The lines of the screen, as they would be read aloud: each wide character once."""
        self.read()
        rows = self.screen.buffer
        return [
            "".join(rows[y][x].data for x in range(self.screen.columns)).rstrip()
            for y in range(self.screen.lines)
        ]

    def screen_text(self) -> str:
        """The whole screen."""
        return "\n".join(self.screen_lines())

    @property
    def cursor(self) -> tuple[int, int]:
        """Column and line of the terminal's cursor, from 0."""
        self.read()
        return self.screen.cursor.x, self.screen.cursor.y

    @property
    def title(self) -> str:
        """The window's title, as the program set it."""
        return str(self.screen.title)

    # What is done

    def send(self, keys: str | bytes) -> None:
        """Type: text, or bytes as they are."""
        rest = keys.encode() if isinstance(keys, str) else keys
        while rest:
            # Reading meanwhile, or both ends wait for ever with their buffers full.
            if select.select([], [self._fd], [], 5.0)[1]:
                rest = rest[os.write(self._fd, rest[:1024]) :]
            self.read()

    def paste(self, text: str) -> None:
        """Paste as a terminal does: in brackets."""
        self.send(b"\x1b[200~" + text.encode("utf-8", "surrogatepass") + b"\x1b[201~")

    def resize(self, columns: int, lines: int) -> None:
        """Change the window's size."""
        self.read()
        self.screen.resize(lines, columns)
        _set_size(self._fd, columns, lines)

    @property
    def pid(self) -> int:
        """The program's number."""
        return self._program.pid or 0

    def signal(self, number: int) -> None:
        """Send the program a signal."""
        os.kill(self.pid, number)

    def hang_up(self) -> None:
        """Close the terminal, as its window being closed does."""
        self._open = False
        os.close(self._fd)
        self._fd = -1

    # What is waited for

    def wait_for(self, text: str | re.Pattern[str], timeout: float = PATIENCE) -> str:
        """The screen, as soon as it shows the text. Fails with the screen after `timeout`
        seconds."""
        end = time.monotonic() + timeout
        while True:
            shown = self.screen_text()
            if text.search(shown) if isinstance(text, re.Pattern) else text in shown:
                return shown
            left = end - time.monotonic()
            if left <= 0 or (not self._open and not self.read()):
                raise AssertionError(f"{text!r} did not come. The screen:\n{shown}")
            self.read(min(left, 0.25))

    def wait_gone(self, text: str, timeout: float = PATIENCE) -> str:
        """The screen, as soon as it does not show the text any more."""
        end = time.monotonic() + timeout
        while text in (shown := self.screen_text()):
            if time.monotonic() > end:
                raise AssertionError(f"{text!r} stayed. The screen:\n{shown}")
            self.read(0.1)
        return shown

    def settle(self, quiet: float = 0.15, timeout: float = 5.0) -> str:
        """The screen, once nothing was written to it for `quiet` seconds."""
        end = time.monotonic() + timeout
        while time.monotonic() < end and self.read(quiet):
            pass
        return self.screen_text()

    def wait_end(self, timeout: float = 5.0) -> int:
        """The program's exit code. Fails where it has not ended after `timeout` seconds."""
        end = time.monotonic() + timeout
        while self.exit_code is None:
            if self._open:
                self.read(0.02)
            self.exit_code = _ended(self._program)
            if self.exit_code is not None:
                break
            if time.monotonic() > end:
                raise AssertionError(f"still running. The screen:\n{self.screen_text()}")
            if not self._open:
                select.select([], [], [], 0.02)
        return self.exit_code

    def attributes(self) -> list[object]:
        """The terminal's own settings (termios), to see whether they were put back."""
        return termios.tcgetattr(self._fd)

    def kill(self) -> None:
        """End the program, whatever it does, and close the terminal."""
        if self.exit_code is None:
            self._program.kill()
            while self.exit_code is None:
                self.exit_code = _ended(self._program, seconds=1.0)
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1
        self._open = False
