"""Why a month cannot be filled: the smallest set of reasons. Keys and values, no words.

A set of reasons is smallest when none of them can be left out. First the fewest dates in a row are
sought that cannot be filled, then the rules that make it so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from time import monotonic
from typing import TYPE_CHECKING

from desk_console.roster.breaches import Rule
from desk_console.roster.explaining import Reason
from desk_console.roster.fitness import bars
from desk_console.roster.problem import Demand, Member, Problem

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpSolver, IntVar

    from desk_console.roster.drafting.model import Group, Model

Span = tuple[date, date]
Limit = tuple[Rule, int | None]


@dataclass(frozen=True, slots=True)
class Impossible:
    """Why no draft can fill every firm shift: reasons that cannot all hold together."""

    reasons: tuple[Reason, ...]
    is_smallest: bool
    """Whether it is proved that none of them can be left out. Else the limits of persons are told
    as wholes (no date), and the gaps of all the dates in a row that cannot be filled together.
    """


class Step(StrEnum):
    """What is being looked for. The text of each is `roster.looking_<step>`."""

    WHETHER = "whether"
    """Whether it is impossible at all."""
    DATES = "dates"
    """The fewest dates in a row that cannot be filled."""
    RULES = "rules"
    """The fewest rules that make it so."""


@dataclass(frozen=True, slots=True)
class Looking:
    """How far a look for reasons has come."""

    step: Step
    span: Span | None = None
    """The dates that are known not to be fillable."""


Tell = Callable[[Looking], None]


def why_impossible(
    problem: Problem, *, seconds: float = 10.0, tell: Tell = lambda looking: None
) -> Impossible | None:
    """A smallest set of rules that together leave no draft without a gap; None where there is such
    a draft, or nothing was proved in time. Runs off the loop.

    Of the shifts that can be judged by themselves the one with the fewest reasons is told. `tell`
    hears what is being looked for.
    """
    alone = [reasons for demand in problem.demands if (reasons := _alone(problem, demand))]
    if alone:
        return Impossible(min(alone, key=len), is_smallest=True)
    return _core(problem, monotonic() + seconds, tell)


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


def _core(problem: Problem, until: float, tell: Tell) -> Impossible | None:
    """First the fewest dates in a row that cannot be filled, then the rules that make it so."""
    span = _shortest_span(problem, until, tell)
    if span is None:
        return None
    tell(Looking(Step.RULES, span))
    fine_until = monotonic() + (until - monotonic()) / 3
    return _single_rules(problem, span, fine_until) or whole_limits(problem, span, until)


def _shortest_span(problem: Problem, until: float, tell: Tell) -> Span | None:
    """Dates in a row that cannot be filled, though they can without their first or last; None
    where all can be filled, or it was not proved in time.
    """
    days = problem.days
    tell(Looking(Step.WHETHER))
    if not _is_impossible(problem, (days[0], days[-1]), until):
        return None
    tell(Looking(Step.DATES, (days[0], days[-1])))
    # More dates are never easier to fill than fewer: halving finds the edges.
    low, high = 0, len(days) - 1
    while low < high:
        middle = (low + high) // 2
        if _is_impossible(problem, (days[0], days[middle]), until):
            high = middle
            tell(Looking(Step.DATES, (days[0], days[high])))
        else:
            low = middle + 1
    last = high
    low, high = 0, last
    while low < high:
        middle = (low + high + 1) // 2
        if _is_impossible(problem, (days[middle], days[last]), until):
            low = middle
            tell(Looking(Step.DATES, (days[low], days[last])))
        else:
            high = middle - 1
    return days[low], days[last]


def _is_impossible(
    problem: Problem,
    span: Span,
    until: float,
    without: Callable[[Group], bool] = lambda group: False,
) -> bool:
    """Whether it is proved that those dates cannot be filled."""
    from ortools.sat.python import cp_model

    from desk_console.roster.drafting.model import Model

    if monotonic() >= until:
        return False
    model = Model(problem, without=without)
    model.wants_everybody(*span)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2
    solver.parameters.max_time_in_seconds = until - monotonic()
    return solver.solve(model.solver_model) == cp_model.INFEASIBLE


def _single_rules(problem: Problem, span: Span, until: float) -> Impossible | None:
    """Asks the solver for rules that clash, and leaves out one after the other; None where that
    was not done in time.
    """
    from desk_console.roster.drafting.model import Model

    model = Model(problem, groups=True)
    model.wants_everybody(*span)
    core = _clash(model, list(model.groups.values()), until)
    if core is None:
        return None
    for literal in list(core):
        if not any(one is literal for one in core):
            continue
        smaller = _clash(model, [one for one in core if one is not literal], until)
        if smaller is not None:
            core = smaller
        elif monotonic() >= until:
            return None
    by_index = {literal.index: group for group, literal in model.groups.items()}
    groups = [by_index[literal.index] for literal in core]
    return Impossible(_in_order(groups), is_smallest=True)


def whole_limits(problem: Problem, span: Span, until: float) -> Impossible:
    """The limits of persons that are needed for it to be impossible, each limit as a whole: where
    many shifts and many people are in it, that is what can be said.
    """
    from desk_console.roster.drafting.model import Group, Model

    model = Model(problem, groups=True)
    model.wants_everybody(*span)
    kept: set[Limit] = {
        (group.rule, group.person) for group in model.groups if group.rule is not Rule.GAP
    }
    rules = sorted({rule for rule, _ in kept})
    candidates = [{one for one in kept if one[0] is rule} for rule in rules]
    candidates += [{one} for one in sorted(kept, key=lambda one: (one[0], one[1] or 0))]
    for left_out in candidates:
        fewer = kept - left_out
        if left_out <= kept and _is_impossible(problem, span, until, _without(fewer)):
            kept = fewer
    gaps = [group for group in model.groups if group.rule is Rule.GAP]
    limits = [Group(rule, person) for rule, person in kept]
    return Impossible(_in_order([*gaps, *limits]), is_smallest=False)


def _without(kept: set[Limit]) -> Callable[[Group], bool]:
    return lambda group: group.rule is not Rule.GAP and (group.rule, group.person) not in kept


def _in_order(groups: Iterable[Group]) -> tuple[Reason, ...]:
    reasons = [Reason(one.rule, one.person, one.day, one.place) for one in groups]
    return tuple(sorted(reasons, key=_order))


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
