"""Looking for the reasons of a month that cannot be filled, in the process of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from desk_console.roster.drafting.orders import WhyOrder
from desk_console.roster.drafting.working import Working
from desk_console.roster.impossible import Impossible, Looking
from desk_console.roster.problem import Problem


@dataclass(frozen=True, slots=True)
class Reasoned:
    """What a look for reasons came to."""

    found: Impossible | None
    """None: it can be filled, or nothing was proved in time."""
    is_finished: bool
    """Whether it looked to the end, not stopped or killed on the way."""


class Reasoning(Working[Impossible | None]):
    """One look for reasons at work."""

    def __init__(
        self, problem: Problem, *, seconds: float = 20.0, began: float | None = None
    ) -> None:
        """Begins at once."""
        self._latest: Looking | None = None
        super().__init__(WhyOrder(problem, seconds), began=began)

    @property
    def latest(self) -> Looking | None:
        """What it is looking at; None: it has not begun."""
        with self._lock:
            return self._latest

    def reasoned(self) -> Reasoned:
        """Waits for the end; off the loop."""
        self.wait()
        with self._lock:
            return Reasoned(self._done, self._is_done)

    def _take(self, told: object) -> None:
        self._latest = cast("Looking", told)
