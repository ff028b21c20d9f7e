"""Why a roster is as it is: why this person, why nobody, why not at all. Keys and values, no words.

A reason is a rule about somebody; a set of reasons is smallest when none of them can be left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from time import monotonic
from typing import TYPE_CHECKING

from desk_console.roster import fairness
from desk_console.roster.breaches import Breach, Rule
from desk_console.roster.checking import Checker
from desk_console.roster.fitness import bars
from desk_console.roster.problem import (
    Assignment,
    Demand,
    Draft,
    Measure,
    Member,
    Place,
    Problem,
)
from desk_console.roster.quality import Part
from desk_console.roster.rotation import expected

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpSolver, IntVar

    from desk_console.roster.drafting.model import Model

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


@dataclass(frozen=True, slots=True)
class Impossible:
    """Why no draft can fill every firm shift: reasons that cannot all hold together."""

    reasons: tuple[Reason, ...]
    is_smallest: bool
    """Whether it is proved that none of them can be left out; else time ran out before."""


def why_impossible(problem: Problem, *, seconds: float = 10.0) -> Impossible | None:
    """A smallest set of rules that together leave no draft without a gap; None where there is such
    a draft, or nothing was proved in time. Runs off the loop.

    Of the shifts that can be judged by themselves the one with the fewest reasons is told.
    """
    alone = [reasons for demand in problem.demands if (reasons := _alone(problem, demand))]
    if alone:
        return Impossible(min(alone, key=len), is_smallest=True)
    return _core(problem, monotonic() + seconds)


def _alone(problem: Problem, demand: Demand) -> tuple[Reason, ...]:
    """Why one shift cannot be filled whatever else happens; nothing where it may be."""
    if not demand.is_firm:
        return ()
    against = {
        member.person: _bar(problem, member, demand)
        for member in problem.members
        if demand.place in member.places
    }
    fit = sum(rule is None for rule in against.values())
    if fit >= demand.wanted:
        return ()
    barred = [
        Reason(rule, person, demand.day, demand.place)
        for person, rule in against.items()
        if rule is not None
    ]
    # So many of the barred could come and the shift would be short all the same: no reasons.
    spare = demand.wanted - 1 - fit
    return (Reason(Rule.GAP, None, demand.day, demand.place), *barred[spare:])


def _bar(problem: Problem, member: Member, demand: Demand) -> Rule | None:
    if demand.by(member.person) in problem.pins:
        return None
    if (member.person, demand.day) in problem.free:
        return Rule.PINNED
    return next(bars(member, demand), None)


def _core(problem: Problem, until: float) -> Impossible | None:
    """Asks the solver for rules that clash, and leaves out one after the other."""
    from desk_console.roster.drafting.model import Model

    model = Model(problem, groups=True)
    model.wants_everybody()
    core = _clash(model, list(model.groups.values()), until)
    if core is None:
        return None
    is_smallest = True
    for literal in list(core):
        rest = [one for one in core if one is not literal]
        if not any(one is literal for one in core):
            continue
        smaller = _clash(model, rest, until)
        if smaller is not None:
            core = smaller
        elif monotonic() >= until:
            is_smallest = False
            break
    by_index = {literal.index: group for group, literal in model.groups.items()}
    groups = [by_index[literal.index] for literal in core]
    reasons = [Reason(one.rule, one.person, one.day, one.place) for one in groups]
    return Impossible(tuple(sorted(reasons, key=_order)), is_smallest)


def _clash(model: Model, holding: Sequence[IntVar], until: float) -> list[IntVar] | None:
    """Those of the literals that cannot hold together; None where they can, or time is over."""
    from ortools.sat.python import cp_model

    if monotonic() >= until:
        return None
    model.solver_model.clear_assumptions()
    model.solver_model.add_assumptions(list(holding))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = until - monotonic()
    if solver.solve(model.solver_model) != cp_model.INFEASIBLE:
        return None
    return list(_named(solver, holding))


def _named(solver: CpSolver, holding: Sequence[IntVar]) -> Iterator[IntVar]:
    named = set(solver.sufficient_assumptions_for_infeasibility())
    yield from (literal for literal in holding if literal.index in named)


def _order(reason: Reason) -> tuple[bool, date, str, int]:
    return reason.rule is not Rule.GAP, reason.day or date.min, reason.rule, reason.person or 0
