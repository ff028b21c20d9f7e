"""Which cells a step of the search may change: the rest stands as it does in the best draft.

A neighbourhood has a width that follows what the solver can do with it: one that was searched to
its end was too small, one that ran out of time too large.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from random import Random

from desk_console.roster.problem import Assignment, Draft, Problem
from desk_console.roster.quality import unmet

LEAST, MOST = 0.04, 1.0
"""The width: which part of all cells is free."""
GROWS, SHRINKS = 1.12, 0.85

Free = Callable[[Assignment], bool]


@dataclass
class Kind:
    """A way to choose what is free, with the width it has come to."""

    choose: Callable[[Neighbourhoods, Draft, float], Free]
    width: float
    gained: float = 1.0
    """How much it has brought of late: it is chosen by that."""


class Neighbourhoods:
    """All of them, each as often chosen as it has been of use."""

    def __init__(self, problem: Problem, seed: int) -> None:
        """The same seed makes the same choices."""
        self._problem = problem
        self._random = Random(seed)
        self._persons = sorted(problem.member)
        self._kinds = [
            Kind(_people, 0.3),
            Kind(_window, 0.3),
            Kind(_people_in_window, 0.3),
            Kind(_around_trouble, 0.3),
            Kind(_one_kind_of_duty, 0.3),
        ]

    def next(self, draft: Draft) -> tuple[Kind, Free]:
        """The next neighbourhood to search."""
        kind = self._random.choices(self._kinds, [one.gained for one in self._kinds])[0]
        return kind, kind.choose(self, draft, kind.width)

    def learn(self, kind: Kind, *, is_searched: bool, gain: int) -> None:
        """What came of it."""
        kind.gained = max(0.15, 0.9 * kind.gained + 0.1 * (4.0 if gain else 0.0))
        kind.width *= GROWS if is_searched else SHRINKS
        kind.width = min(MOST, max(LEAST, kind.width))

    def persons(self, part: float, first: set[int] | None = None) -> set[int]:
        """Some persons: those given first, then by chance."""
        wanted = max(2, round(part * len(self._persons)))
        chosen = list(first or ())
        self._random.shuffle(chosen)
        rest = [person for person in self._persons if person not in set(chosen)]
        self._random.shuffle(rest)
        return set((chosen + rest)[:wanted])

    def window(self, part: float, around: date | None = None) -> set[date]:
        """Some dates in a row, around one where it is given."""
        days = self._problem.days
        wanted = min(len(days), max(2, round(part * len(days))))
        if around is None:
            # From before the first to after the last, so that the edges are chosen as often.
            start = self._random.randrange(len(days) + 1) - wanted // 2
        else:
            start = days.index(around) - self._random.randrange(wanted)
        start = min(max(0, start), len(days) - wanted)
        return set(days[start : start + wanted])

    def a_day_in_trouble(self, draft: Draft) -> date:
        """A date on which somebody is missing or too many, by chance; any where there is none."""
        found = Counter((cell.day, cell.plan, cell.post) for cell in draft)
        prices = {
            one.day: abs(one.wanted - found[one.day, one.plan, one.post])
            for one in self._problem.demands
        }
        days = [day for day, price in prices.items() if price] or list(self._problem.days)
        return self._random.choice(days)

    def the_unhappy(self, draft: Draft) -> set[int]:
        """Persons whose wishes are not met."""
        return {wish.person for wish in unmet(self._problem, draft)}

    def a_plan(self) -> str:
        """One of the plans."""
        return self._random.choice(sorted({one.plan for one in self._problem.demands}))

    def chance(self) -> float:
        """A number between 0 and 1."""
        return self._random.random()


def _people(choice: Neighbourhoods, draft: Draft, width: float) -> Free:
    first = choice.the_unhappy(draft) if choice.chance() < 0.4 else None
    persons = choice.persons(width, first)
    return lambda cell: cell.person in persons


def _window(choice: Neighbourhoods, draft: Draft, width: float) -> Free:
    days = choice.window(width)
    return lambda cell: cell.day in days


def _people_in_window(choice: Neighbourhoods, draft: Draft, width: float) -> Free:
    # Twice the root: the area is the width's, and neither side is too narrow to move in.
    side = width**0.5
    persons, days = choice.persons(side), choice.window(side)
    return lambda cell: cell.person in persons and cell.day in days


def _around_trouble(choice: Neighbourhoods, draft: Draft, width: float) -> Free:
    side = min(1.0, width**0.5 * 0.8)
    days = choice.window(side, choice.a_day_in_trouble(draft))
    persons = choice.persons(min(1.0, width / side), choice.the_unhappy(draft))
    return lambda cell: cell.day in days and cell.person in persons


def _one_kind_of_duty(choice: Neighbourhoods, draft: Draft, width: float) -> Free:
    """Who has one kind of duty, over half the people: shifts of one day change among them."""
    plan = choice.a_plan()
    persons = choice.persons(min(1.0, 2 * width))
    days = choice.window(min(1.0, 3 * width))
    busy: Mapping[tuple[int, date], str] = {(one.person, one.day): one.plan for one in draft}
    return lambda cell: (
        cell.person in persons
        and cell.day in days
        and (cell.plan == plan or busy.get((cell.person, cell.day)) in {plan, None})
    )
