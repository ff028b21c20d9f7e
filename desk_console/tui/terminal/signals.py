"""An orderly end when the terminal is closed or the program is told to stop.

Textual runs neither `unmount` nor `finally` on SIGHUP and SIGTERM: handlers on the loop save what
has to be saved, and the program is gone within two seconds with the terminal as it was, whatever
else hangs.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Awaitable, Callable
from typing import Any

from textual.app import App

OnEnd = Callable[[str], Awaitable[None]]

SAVING_LIMIT = 1.2
"""Seconds that `on_end` may take before the app leaves without it."""

WHOLE_LIMIT = 1.9
"""Seconds after which the process ends even where the app does not."""

_RESTORED = (
    "\x1b[?2004l\x1b[?7h"
    + "\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l"
    + ("\x1b[?1004l\x1b[?1049l\x1b[?25h\x1b[0m")
)


class OrderlyEnd:
    """Ends an app in order, once: save, leave, and where that hangs put the terminal right and
    go."""

    def __init__(self, app: App[Any], on_end: OnEnd) -> None:
        """`on_end` gets the reason (SIGHUP, SIGTERM, gone) and saves what is unsaved."""
        self._app = app
        self._on_end = on_end
        self._task: asyncio.Task[None] | None = None

    def listen(self) -> None:
        """Take over the signals. Call on the running loop: in the app's `on_mount`."""
        loop = asyncio.get_running_loop()
        for name in ("SIGHUP", "SIGTERM"):
            if (number := getattr(signal, name, None)) is None:
                continue
            try:
                loop.add_signal_handler(number, self.begin, name)
            except (NotImplementedError, RuntimeError, ValueError):
                # Windows' loop has no signals, and a loop outside the main thread (tests) may have
                # none.
                return

    def begin(self, reason: str) -> None:
        """Begin the end, on the loop. A second call does nothing."""
        if self._task is not None:
            return
        watch = threading.Timer(WHOLE_LIMIT, self._force)
        watch.daemon = True
        watch.start()
        self._task = asyncio.get_running_loop().create_task(self._end(reason))

    async def _end(self, reason: str) -> None:
        try:
            await asyncio.wait_for(self._on_end(reason), SAVING_LIMIT)
        finally:
            # Also after a failure or when time is up: the app must go.
            self._app.exit(return_code=0)

    def _force(self) -> None:
        """Runs in its own thread when the loop hangs: put the terminal right by hand, and go."""
        driver = self._app._driver
        attributes = getattr(driver, "attrs_before", None)
        try:
            if attributes is not None and sys.__stdin__ is not None:
                import termios

                termios.tcsetattr(sys.__stdin__.fileno(), termios.TCSANOW, attributes)
            os.write(2, _RESTORED.encode())
        except OSError:
            pass  # there is no terminal any more
        os._exit(1)


def end_in_order(app: App[Any], on_end: OnEnd) -> OrderlyEnd:
    """Have SIGHUP and SIGTERM end the app in order. Call in `on_mount`; `begin` serves other
    causes."""
    end = OrderlyEnd(app, on_end)
    end.listen()
    return end
