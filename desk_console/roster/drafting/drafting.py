"""Drafting by the optimiser, in the process of its own.

However it ends, what was found until then is at hand: proof, time, a stop, a kill from outside.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import cast

from desk_console.roster.drafting.orders import DraftOrder
from desk_console.roster.drafting.progress import Found, Progress
from desk_console.roster.drafting.working import Working
from desk_console.roster.problem import Draft, Problem


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


class Drafting(Working[Found]):
    """One drafting at work."""

    def __init__(
        self,
        problem: Problem,
        *,
        seconds: float = 20.0,
        workers: int = 2,
        start: Draft | None = None,
        seed: int = 1,
        began: float | None = None,
    ) -> None:
        """Begins at once. `start` is a draft to begin from; the turns are gone round without."""
        self._latest = Progress(0.0)
        self._best: Draft | None = None
        super().__init__(DraftOrder(problem, seconds, workers, start, seed), began=began)

    @property
    def latest(self) -> Progress:
        """How far it has come; its seconds go on by themselves."""
        with self._lock:
            latest = self._latest
        return Progress(self.seconds, latest.cost, latest.bound, latest.phase)

    @property
    def best(self) -> Draft | None:
        """The best draft so far."""
        with self._lock:
            return self._best

    def drafted(self) -> Drafted:
        """Waits for the end; off the loop."""
        self.wait()
        seconds = self.seconds
        with self._lock:
            found = self._done
            if found is None:
                latest = self._latest
                return Drafted(Ending.LOST, self._best, latest.cost, latest.bound, seconds)
            if found.is_impossible:
                ending = Ending.IMPOSSIBLE
            elif found.is_proved:
                ending = Ending.PROVED
            else:
                ending = Ending.STOPPED if self._is_stopped else Ending.OUT_OF_TIME
            if found.draft is None:  # stopped before the optimiser had one of its own
                return Drafted(ending, self._best, self._latest.cost, found.bound, seconds)
        return Drafted(ending, found.draft, found.cost, found.bound, seconds)

    def _take(self, told: object) -> None:
        progress, draft = cast("tuple[Progress, Draft | None]", told)
        self._latest = progress
        self._best = self._best if draft is None else draft
