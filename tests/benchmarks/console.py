"""A program in a pseudo-terminal, timed: how long until it shows something, what it costs to keep
open.
"""

from __future__ import annotations

import os
import re
import select
import signal
import time
from pathlib import Path

import pexpect

_ESCAPES = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[@-_]|\x1b\][^\x07]*\x07")
_PATIENCE = 60.0
"""Seconds after which a text that does not come is a failure."""
_SETTLED_BY = 2.0


class TimedConsole:
    """A command running in a terminal of its own, with a clock beside it."""

    def __init__(
        self, command: list[str], *, env: dict[str, str], size: tuple[int, int] = (40, 120)
    ):
        """Starts `command`; `size` is rows and columns. The clock starts just before."""
        whole = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **env}
        for name in ("PYTHONDONTWRITEBYTECODE", "COLUMNS", "LINES"):
            whole.pop(name, None)
        self._seen = b""
        self.started = time.perf_counter()
        self._child = pexpect.spawn(
            command[0], command[1:], env=whole, dimensions=size, timeout=_PATIENCE, echo=False
        )
        self._child.delaybeforesend = None  # it would sleep before each key, and be measured too

    @property
    def pid(self) -> int:
        """The process's id."""
        return int(self._child.pid)

    def seconds_until(self, text: str, *, since: float | None = None) -> float:
        """Seconds from the start (or from `since`) until `text` was painted."""
        wanted = text.encode()
        deadline = time.perf_counter() + _PATIENCE
        while wanted not in _ESCAPES.sub(b"", self._seen):
            if time.perf_counter() > deadline:
                raise TimeoutError(f"{text!r} was not shown")
            self._read()
        return time.perf_counter() - (self.started if since is None else since)

    def settle(self, quiet: float = 0.4) -> None:
        """Reads until nothing was painted for `quiet` seconds, or two have passed: a cursor that
        blinks never rests. Forgets what was seen.
        """
        until = time.perf_counter() + _SETTLED_BY
        while self._read(quiet) and time.perf_counter() < until:
            pass
        self._seen = b""

    def press(self, keys: str) -> float:
        """Sends keys; returns when they were sent, for `seconds_until`."""
        self._seen = b""
        sent = time.perf_counter()
        self._child.send(keys)
        return sent

    def _read(self, patience: float = 0.5) -> bool:
        ready, _, _ = select.select([self._child.child_fd], [], [], patience)
        if not ready:
            return False
        try:
            self._seen += os.read(self._child.child_fd, 65536)
        except OSError as error:
            raise RuntimeError(
                "the program ended: " + self._seen[-800:].decode(errors="replace")
            ) from error
        return True

    def drain_for(self, seconds: float) -> None:
        """Lets the program run for that long, reading what it paints."""
        until = time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            self._read(left)
        self._seen = b""

    def cpu_seconds(self) -> float:
        """Processor time used so far, of all its threads."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def resident_mib(self) -> float:
        """Memory held now, MiB."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20

    def close(self) -> None:
        """Ends the program at once, and waits until it is gone."""
        if self._child.isalive():
            self._child.kill(signal.SIGKILL)
            self._child.wait()
        self._child.close()
