"""A first draft, fast: person after person, each given what is most wanted of what is left.

Only the shifts tie people together, and people missing on them are a cost; so a person's month can
be made alone, and a person for whom none can be made makes the whole impossible.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from ortools.sat.python import cp_model

from desk_console.roster.drafting.costs import cost as cost_of
from desk_console.roster.drafting.model import Model
from desk_console.roster.problem import Assignment, Draft, Member, Problem, of_person

PERSON_SECONDS = 2.0
"""How long one person's month is sought at most."""


def one_by_one(problem: Problem, is_over: Callable[[], bool]) -> Draft | None:
    """A draft that keeps every rule about persons; None where one person's month was not found."""
    found: set[Assignment] = set(problem.pins)
    # Who can do least is served first; new people last, since they need somebody beside them.
    order = sorted(problem.members, key=lambda one: (len(one.trainee), len(one.places)))
    for member in order:
        mine = None if is_over() else _month(problem, member, frozenset(found))
        if mine is None:
            return None
        found |= mine
    return frozenset(found)


def _month(problem: Problem, member: Member, others: Draft) -> Draft | None:
    others = others - of_person(others, member.person)
    taken = Counter((cell.day, cell.plan, cell.post) for cell in others)
    demands = tuple(
        replace(
            one,
            wanted=max(0, one.wanted - taken[key]),
            most=None if one.most is None else max(0, one.most - taken[key]),
        )
        for key, one in problem.demand.items()
    )
    accompanied = frozenset(
        day
        for day in member.trainee
        if not all(taken[one.day, one.plan, one.post] for one in demands if one.day == day)
    )
    alone = replace(
        problem,
        members=(replace(member, trainee=accompanied),),
        demands=demands,
        pins=of_person(problem.pins, member.person),
        wishes=tuple(wish for wish in problem.wishes if wish.person == member.person),
        shares=(),
        turns=(),
    )
    model = Model(alone)
    model.solver_model.minimize(cost_of(model))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = PERSON_SECONDS
    status = solver.solve(model.solver_model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return model.draft(solver.value)
