"""Drafting by the optimiser, in a process of its own: begun, watched, stopped; never waited for.

However it ends, what was found until then is at hand: proof, time, a stop, a kill from outside.
"""

from __future__ import annotations

import pickle
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from threading import Event, Lock, Thread
from time import monotonic
from types import TracebackType
from typing import IO, Self

from desk_console.roster.drafting import worker
from desk_console.roster.drafting.progress import Found, Progress
from desk_console.roster.problem import Draft, Problem

GRACE_SECONDS = 10.0
"""How long after its time a process may still be at handing in."""


class Ending(StrEnum):
    """How a drafting ended. The text of each is `roster.ending_<ending>`."""

    PROVED = "proved"
    """Nothing better exists."""
    OUT_OF_TIME = "out_of_time"
    STOPPED = "stopped"
    IMPOSSIBLE = "impossible"
    """No draft keeps every hard rule: the one at hand breaks as few as could be found."""
    LOST = "lost"
    """The process ended by itself or was killed: what it had told until then is kept."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """What a drafting came to."""

    ending: Ending
    draft: Draft | None
    """The best one; None: none was found in time."""
    cost: int | None
    bound: int | None
    """No draft costs less than that, proved; None: nothing is."""
    seconds: float

    @property
    def gap(self) -> float | None:
        """The part of the cost that is not proved to be needed, 0 to 1."""
        if self.cost is None or self.bound is None:
            return None
        return (self.cost - self.bound) / self.cost if self.cost else 0.0


class Drafting:
    """One drafting at work. Use it in a `with`, so that its process never outlives it."""

    def __init__(
        self,
        problem: Problem,
        *,
        seconds: float = 20.0,
        workers: int = 2,
        start: Draft | None = None,
        seed: int = 1,
    ) -> None:
        """Begins at once. `start` is a draft to begin from; the turns are gone round without."""
        self._began = monotonic()
        self._seconds = seconds
        self._lock = Lock()
        self._latest = Progress(0.0)
        self._best: Draft | None = None
        self._found: Found | None = None
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
        order = worker.Order(problem, seconds, workers, start, seed)
        assert self._child.stdin is not None and self._child.stdout is not None
        self._asked: IO[bytes] = self._child.stdin
        Thread(target=self._hear, args=(self._child.stdout, order), daemon=True).start()

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._child.pid

    @property
    def latest(self) -> Progress:
        """How far it has come; its seconds go on by themselves."""
        with self._lock:
            latest = self._latest
        return Progress(monotonic() - self._began, latest.cost, latest.bound, latest.phase)

    @property
    def best(self) -> Draft | None:
        """The best draft so far."""
        with self._lock:
            return self._best

    @property
    def is_over(self) -> bool:
        """Whether it has ended: `drafted` returns at once."""
        return self._over.is_set() or monotonic() > self._began + self._seconds + GRACE_SECONDS

    def stop(self) -> None:
        """Asks for the best so far, now."""
        with self._lock:
            self._is_stopped = True
        self._send(worker.STOP)

    def drafted(self) -> Drafted:
        """Waits for the end; off the loop. One that does not end in time is ended."""
        left = self._began + self._seconds + GRACE_SECONDS - monotonic()
        self._over.wait(max(0.0, left))
        self.close()
        seconds = monotonic() - self._began
        with self._lock:
            found = self._found
            if found is None:
                latest = self._latest
                return Drafted(Ending.LOST, self._best, latest.cost, latest.bound, seconds)
            if found.is_impossible:
                ending = Ending.IMPOSSIBLE
            elif found.is_proved:
                ending = Ending.PROVED
            else:
                ending = Ending.STOPPED if self._is_stopped else Ending.OUT_OF_TIME
        return Drafted(ending, found.draft, found.cost, found.bound, seconds)

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

    def _send(self, what: bytes) -> None:
        with suppress(OSError, ValueError):  # It may have ended already.
            self._asked.write(what)
            self._asked.flush()

    def _hear(self, told: IO[bytes], order: worker.Order) -> None:
        self._send(pickle.dumps(order))
        try:
            while not isinstance(message := pickle.load(told), Found):
                progress, draft = message
                with self._lock:
                    self._latest = progress
                    self._best = self._best if draft is None else draft
            with self._lock:
                self._found = message
        except (EOFError, OSError, pickle.UnpicklingError):
            pass  # Killed in the middle of a word: what was told before it is kept.
        finally:
            told.close()
            self._over.set()
