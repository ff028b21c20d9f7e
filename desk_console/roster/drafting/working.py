"""A process at work on one order: begun, watched, stopped; never waited for on the screen.

Its time runs from the moment that is given as its beginning, which is when a key was pressed: what
starting the process takes is part of it. However it ends, what it told until then is at hand.
"""

from __future__ import annotations

import pickle
import subprocess
from contextlib import suppress
from threading import Event, Lock, Thread
from time import monotonic
from types import TracebackType
from typing import IO, Generic, Self, TypeVar, cast

from desk_console.roster.drafting import worker
from desk_console.roster.drafting.orders import Order

GRACE_SECONDS = 10.0
"""How long after its time a process may still be at handing in."""

ResultT = TypeVar("ResultT")


class Working(Generic[ResultT]):
    """One order being worked out. Use it in a `with`, so that its process never outlives it."""

    def __init__(self, order: Order, *, began: float | None = None) -> None:
        """Begins at once. `began` is the monotonic instant from which its seconds count."""
        self._began = monotonic() if began is None else began
        self._until = self._began + order.seconds
        self._lock = Lock()
        self._done: ResultT | None = None
        self._is_done = False
        self._is_stopped = False
        self._over = Event()
        command, environment = worker.command()
        self._child = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert self._child.stdin is not None and self._child.stdout is not None
        self._asked: IO[bytes] = self._child.stdin
        Thread(target=self._hear, args=(self._child.stdout, order), daemon=True).start()

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._child.pid

    @property
    def seconds(self) -> float:
        """How long it has been at it."""
        return monotonic() - self._began

    @property
    def is_over(self) -> bool:
        """Whether it has ended: asking for what it came to returns at once."""
        return self._over.is_set() or monotonic() > self._until + GRACE_SECONDS

    def stop(self) -> None:
        """Asks for the best so far, now."""
        with self._lock:
            self._is_stopped = True
        self._send(worker.STOP)

    def wait(self) -> None:
        """Waits for the end; off the loop. One that does not end in time is ended."""
        self._over.wait(max(0.0, self._until + GRACE_SECONDS - monotonic()))
        self.close()

    def close(self) -> None:
        """Ends the process, whatever it is doing."""
        self._child.kill()
        self._child.wait()
        self._over.wait(1.0)
        with suppress(OSError):
            self._asked.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _take(self, told: object) -> None:
        """What it told on the way; called with the lock held."""

    def _send(self, what: bytes) -> None:
        with suppress(OSError, ValueError):  # It may have ended already.
            self._asked.write(what)
            self._asked.flush()

    def _hear(self, told: IO[bytes], order: Order) -> None:
        try:
            while not isinstance(what := pickle.load(told), worker.Done):
                if what == worker.READY:
                    left = max(0.1, self._until - monotonic())
                    self._send(pickle.dumps(order.within(left)))
                    continue
                with self._lock:
                    self._take(what)
            with self._lock:
                self._done, self._is_done = cast("ResultT", what.value), True
        except (EOFError, OSError, pickle.UnpicklingError):
            pass  # Killed in the middle of a word: what was told before it is kept.
        finally:
            told.close()
            self._over.set()
