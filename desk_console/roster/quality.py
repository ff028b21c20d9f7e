"""How good a roster is: one figure, the sum of its parts. Less is better, 0 is perfect."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from desk_console.roster import fairness
from desk_console.roster.problem import Assignment, Draft, Problem, Wish
from desk_console.roster.rotation import expected


class Part(StrEnum):
    """What the figure is made of. The text of each is `roster.part_<part>`."""

    UNDER = "under"
    """People missing on shifts."""
    OVER = "over"
    """People too many on shifts."""
    WISHES = "wishes"
    TURNS = "turns"
    """Duties that somebody else has than whose turn it is (2.7, 1.2)."""
    NIGHTS = "nights"
    WEEKENDS = "weekends"
    HOLIDAYS = "holidays"
    MINUTES = "minutes"
    WORKLOAD = "workload"


@dataclass(frozen=True, slots=True)
class Quality:
    """The figure, and what each part adds to it; parts that a problem does not look at are out."""

    parts: Mapping[Part, int]

    @property
    def total(self) -> int:
        """The cost: what the optimiser makes small."""
        return sum(self.parts.values())


def quality(problem: Problem, draft: Draft) -> Quality:
    """What a draft costs, by parts."""
    under, over = _cover(problem, draft)
    parts = {Part.UNDER: under, Part.OVER: over}
    if problem.wishes:
        parts[Part.WISHES] = sum(wish.weight for wish in unmet(problem, draft))
    if problem.turns:
        parts[Part.TURNS] = sum(
            weight * (cell not in draft) for cell, weight in expected(problem).items()
        )
    for share in problem.shares:
        has = fairness.amounts(problem, share.measure, draft)
        parts[Part(share.measure)] = sum(
            fairness.cost(share, target, has[person])
            for person, target in fairness.targets(problem, share.measure).items()
        )
    return Quality(parts)


def unmet(problem: Problem, draft: Collection[Assignment]) -> tuple[Wish, ...]:
    """The wishes that a draft does not meet."""
    at_all = {(cell.person, cell.day) for cell in draft}
    exactly = {(cell.person, cell.day, cell.place) for cell in draft}
    return tuple(
        wish
        for wish in problem.wishes
        if wish.is_on
        is not (
            (wish.person, wish.day) in at_all
            if wish.place is None
            else (wish.person, wish.day, wish.place) in exactly
        )
    )


def _cover(problem: Problem, draft: Draft) -> tuple[int, int]:
    found = Counter((cell.day, cell.plan, cell.post) for cell in draft)
    under = over = 0
    for key, demand in problem.demand.items():
        missing = demand.wanted - found[key]
        if missing > 0:
            under += missing * demand.weight_under
        else:
            over -= missing * demand.weight_over
    return under, over
