"""What the process can be asked for: a draft, ways to mend, the reasons of an impossible month."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import Protocol, Self

from desk_console.roster.checking import is_sound
from desk_console.roster.drafting.progress import Found, Phase, Progress
from desk_console.roster.impossible import Impossible, why_impossible
from desk_console.roster.over_months import repairs_over
from desk_console.roster.problem import Draft, Problem
from desk_console.roster.quality import quality
from desk_console.roster.repair import WAYS, Damage, Repair
from desk_console.roster.rotation import by_rotation

Tell = Callable[[object], None]


class Stopping:
    """The word to stop, which may come before there is anything to stop."""

    def __init__(self) -> None:
        """Not said yet."""
        self._lock = Lock()
        self._is_said = False
        self._stop: Callable[[], None] = lambda: None

    def then(self, stop: Callable[[], None]) -> None:
        """What is to be done at the word; at once where it was said already."""
        with self._lock:
            self._stop, is_said = stop, self._is_said
        if is_said:
            stop()

    def say(self) -> None:
        """Stop."""
        with self._lock:
            self._is_said, stop = True, self._stop
        stop()


class Order(Protocol):
    """Something to be worked out within some seconds, telling on the way what was found."""

    @property
    def seconds(self) -> float:
        """How long it may take."""

    def within(self, seconds: float) -> Self:
        """The same, in so many seconds."""

    def run(self, tell: Tell, stopping: Stopping) -> object:
        """Work it out."""


@dataclass(frozen=True, slots=True)
class DraftOrder:
    """A draft of a problem. Tells progress, each better draft with it; comes to a `Found`."""

    problem: Problem
    seconds: float
    workers: int
    start: Draft | None
    seed: int

    def within(self, seconds: float) -> DraftOrder:
        """The same, in so many seconds."""
        return DraftOrder(self.problem, seconds, self.workers, self.start, self.seed)

    def run(self, tell: Tell, stopping: Stopping) -> Found:
        """Goes round the turns, then searches."""
        began = monotonic()
        start = by_rotation(self.problem) if self.start is None else self.start
        if is_sound(self.problem, start):
            # Loading the solver takes longer than going round the turns: something is there now.
            cost = quality(self.problem, start).total
            tell((Progress(0.0, cost, None, Phase.IMPROVING), start))

        from desk_console.roster.drafting.search import Search

        search = Search(
            self.problem,
            seconds=self.seconds - (monotonic() - began),
            workers=self.workers,
            start=start,
            tell=lambda progress, draft: tell((progress, draft)),
            seed=self.seed,
        )
        stopping.then(search.stop)
        return search.run()


@dataclass(frozen=True, slots=True)
class MendOrder:
    """Ways to mend a published roster. Tells each `Repair` as it is found; comes to all."""

    damages: tuple[Damage, ...]
    seconds: float
    ways: int = WAYS

    def within(self, seconds: float) -> MendOrder:
        """The same, in so many seconds."""
        return MendOrder(self.damages, seconds, self.ways)

    def run(self, tell: Tell, stopping: Stopping) -> tuple[Repair, ...]:
        """Seeks them."""
        return repairs_over(self.damages, ways=self.ways, seconds=self.seconds, tell=tell)


@dataclass(frozen=True, slots=True)
class WhyOrder:
    """Why a month cannot be filled. Tells a `Looking` at each step; comes to reasons, or None."""

    problem: Problem
    seconds: float

    def within(self, seconds: float) -> WhyOrder:
        """The same, in so many seconds."""
        return WhyOrder(self.problem, seconds)

    def run(self, tell: Tell, stopping: Stopping) -> Impossible | None:
        """Looks for the fewest."""
        return why_impossible(self.problem, seconds=self.seconds, tell=tell)
