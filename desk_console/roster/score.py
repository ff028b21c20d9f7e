"""What a roster's figure is made of, part by part: the points, and whom they are about.

A figure that nobody can take apart says nothing: each part names who has too much or too little.
"""

from __future__ import annotations

from dataclasses import dataclass

from desk_console.roster import fairness
from desk_console.roster.problem import Draft, Measure, Problem
from desk_console.roster.quality import Part, Quality


@dataclass(frozen=True, slots=True)
class Uneven:
    """Somebody who has more or less of a measure than is fair, counted over the quarter."""

    person: int
    has: int
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Scored:
    """One part of the figure."""

    part: Part
    points: int
    uneven: tuple[Uneven, ...] = ()
    """For what is shared: whoever is away from the fair share, the farthest first."""


def biggest(quality: Quality) -> tuple[tuple[Part, int], ...]:
    """The parts that cost anything, the dearest first."""
    found = [(part, points) for part, points in quality.parts.items() if points]
    return tuple(sorted(found, key=lambda one: -one[1]))


def scored(problem: Problem, draft: Draft, quality: Quality) -> tuple[Scored, ...]:
    """Every part that is looked at, the dearest first, with whom it is about."""
    shares = {Part(share.measure): share.measure for share in problem.shares}
    outcome = [
        Scored(part, points, _uneven(problem, draft, shares[part]) if part in shares else ())
        for part, points in quality.parts.items()
    ]
    return tuple(sorted(outcome, key=lambda one: -one.points))


def _uneven(problem: Problem, draft: Draft, measure: Measure) -> tuple[Uneven, ...]:
    share = next(one for one in problem.shares if one.measure is measure)
    amounts = fairness.amounts(problem, measure, draft)
    found = []
    for person, target in fairness.targets(problem, measure).items():
        away = fairness.away(share, target, amounts[person])
        if away:
            has = target.before + amounts[person]
            found.append((away, Uneven(person, has, target.least, target.most)))
    return tuple(one for _, one in sorted(found, key=lambda each: (-each[0], each[1].person)))
