"""Why a roster is as it is: why this person, why nobody. Keys and values, no words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desk_console.roster import fairness
from desk_console.roster.breaches import Breach, Rule
from desk_console.roster.checking import Checker
from desk_console.roster.fitness import bars
from desk_console.roster.problem import (
    Assignment,
    Demand,
    Draft,
    Measure,
    Place,
    Problem,
)
from desk_console.roster.quality import Part
from desk_console.roster.rotation import expected

_COVER = frozenset({Rule.GAP, Rule.SHORT})


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody who might have had the duty instead."""

    person: int
    against: tuple[Breach, ...]
    """The hard rules that it would newly break; none: it would have been allowed."""
    dearer: Mapping[Part, int]
    """By how much each part of the quality would be worse (more) or better (less than 0)."""

    @property
    def cost(self) -> int:
        """By how much the whole figure would be worse."""
        return sum(self.dearer.values())


@dataclass(frozen=True, slots=True)
class Why:
    """Why somebody has a duty."""

    cell: Assignment
    is_pinned: bool
    """It was fixed by hand."""
    is_turn: bool
    """It is their turn in the order (2.7, 1.2)."""
    is_wished: bool
    had: Mapping[Measure, tuple[int, int, int]]
    """What they have of each measure with it, and the least and most that is fair."""
    others: tuple[Other, ...]
    """The others whose roles take such a duty: the nearest to having it first."""

    @property
    def is_only_one(self) -> bool:
        """Whether the rules leave nobody else, as the rest of the roster stands."""
        return all(other.against for other in self.others)


def why(problem: Problem, draft: Draft, cell: Assignment) -> Why:
    """Why that person has that duty, as the rest of the draft stands."""
    checker = Checker(problem)
    before = checker.report(draft)
    known = set(before.breaches)
    others = []
    for member in problem.members:
        instead = cell._replace(person=member.person)
        if instead == cell or instead in draft or cell.place not in member.places:
            continue
        report = checker.report(draft - {cell} | {instead})
        parts = report.quality.parts
        others.append(
            Other(
                member.person,
                tuple(one for one in report.breaches if one not in known),
                {
                    part: parts[part] - cost
                    for part, cost in before.quality.parts.items()
                    if parts[part] != cost
                },
            )
        )
    others.sort(key=lambda one: (len(one.against), one.cost, one.person))
    return Why(
        cell=cell,
        is_pinned=cell in problem.pins,
        is_turn=cell in expected(problem),
        is_wished=any(
            wish.is_on
            and (wish.person, wish.day) == (cell.person, cell.day)
            and wish.place in {None, cell.place}
            for wish in problem.wishes
        ),
        had=_had(problem, draft, cell.person),
        others=tuple(others),
    )


def _had(problem: Problem, draft: Draft, person: int) -> Mapping[Measure, tuple[int, int, int]]:
    outcome = {}
    for share in problem.shares:
        target = fairness.targets(problem, share.measure).get(person)
        if target is not None:
            amount = fairness.amounts(problem, share.measure, draft)[person]
            outcome[share.measure] = target.before + amount, target.least, target.most
    return outcome


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that has a part in it: about whom, on which date, at which duty."""

    rule: Rule
    person: int | None = None
    day: date | None = None
    place: Place | None = None


def why_open(problem: Problem, draft: Draft, demand: Demand) -> tuple[Reason, ...]:
    """Why nobody more is on that duty as the draft stands: one reason for each person whose roles
    take it. Somebody for whom there is no reason is not named: they could take it.
    """
    checker = Checker(problem)
    known = set(checker.breaches(draft))
    reasons = []
    for member in problem.members:
        cell = demand.by(member.person)
        if demand.place not in member.places or cell in draft:
            continue
        rule = next(bars(member, demand), None)
        if rule is None and (member.person, demand.day) in problem.free:
            rule = Rule.PINNED
        if rule is None:
            new = [one for one in checker.breaches(draft | {cell}) if one not in known]
            rule = next((one.rule for one in new if one.rule not in _COVER), None)
        if rule is not None:
            reasons.append(Reason(rule, member.person, demand.day, demand.place))
    return tuple(reasons)
