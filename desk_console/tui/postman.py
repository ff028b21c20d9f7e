"""The postman: a thread that has due mail delivered while the console runs.

Only where a mail server is configured. What failed stands in the outbox; this thread says nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from desk_console.foundation.refusal import Refusal

if TYPE_CHECKING:
    from desk_console.rulebook.desk import Desk

ROUND_EVERY = 10.0
"""Seconds between two looks into the outbox."""

LAST_MAIL_SECONDS = 1.5
"""How long the end of the program waits for a mail that is on its way."""


class Postman:
    """Looks into the outbox in a thread of its own until it is stopped."""

    def __init__(
        self, desk: Desk, *, failed: Callable[[Exception], None], every: float = ROUND_EVERY
    ) -> None:
        """`failed` is called in the thread with a defect: it passes it on to the loop."""
        self._desk = desk
        self._failed = failed
        self._every = every
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="postman", daemon=True)

    def start(self) -> None:
        """Begin, where mail can leave at all."""
        if self._desk.mail.host and not self._desk.store.is_read_only:
            self._thread.start()

    def stop(self) -> None:
        """End after the mail that is being sent, if that is soon: it may take a moment."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(LAST_MAIL_SECONDS)

    def _run(self) -> None:
        try:
            while not self._stop.wait(self._every):
                self._deliver()
        except Exception as error:  # whatever it is, the app must hear of it, not this thread
            if not self._stop.is_set():
                self._failed(error)

    def _deliver(self) -> None:
        from desk_console.outputs.mail.delivery import deliver

        try:
            deliver(self._desk, is_stopped=self._stop.is_set)
        except Refusal:
            # The file is busy or full: acts say so to whoever acts; the next round tries again.
            return
