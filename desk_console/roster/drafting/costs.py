"""What a draft costs, said to the solver: the checker's quality figure, to the unit.

A test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterator

from desk_console.roster import fairness
from desk_console.roster.drafting.model import Model, Term
from desk_console.roster.problem import Assignment, Share
from desk_console.roster.rotation import expected


def cost(model: Model) -> Term:
    """The quality's total as an expression."""
    terms = [one.weight_under * under for one, under in model.under]
    terms += [one.weight_over * over for one, over in model.over]
    terms += _wishes(model)
    terms += [weight * (1 - _cell(model, cell)) for cell, weight in expected(model.problem).items()]
    for share in model.problem.shares:
        terms += _away(model, share)
    return sum(terms)


def missing(model: Model) -> Term:
    """How many people are missing on firm shifts."""
    return sum(under for demand, under in model.under if demand.is_firm)


def _cell(model: Model, cell: Assignment) -> Term:
    return model.cells.get(cell, 0)


def _wishes(model: Model) -> Iterator[Term]:
    for wish in model.problem.wishes:
        if wish.place is None:
            has: Term = model.worked.get(wish.person, {}).get(wish.day, 0)
        else:
            has = _cell(model, Assignment(wish.day, *wish.place, wish.person))
        yield wish.weight * (1 - has if wish.is_on else has)


def _away(model: Model, share: Share) -> Iterator[Term]:
    """What it costs to be away from the fair share: each unit more than the one before."""
    problem, solver_model = model.problem, model.solver_model
    for person, target in fairness.targets(problem, share.measure).items():
        mine = [
            (problem.amount(share.measure, one), model.cells[one.by(person)])
            for one in problem.duties
            if one.by(person) in model.cells
        ]
        has = target.before + sum(amount * cell for amount, cell in mine if amount)
        most = sum(amount for amount, _ in mine)
        farthest = max(fairness.away(share, target, 0), fairness.away(share, target, most))
        if not farthest:
            continue
        away = solver_model.new_int_var(0, farthest, f"a{share.measure}{person}")
        solver_model.add(share.unit * away >= has - target.most)
        solver_model.add(share.unit * away >= target.least - has)
        price = solver_model.new_int_var(0, farthest * (farthest + 1) // 2, "")
        for step in range(1, farthest + 1):
            solver_model.add(price >= step * away - step * (step - 1) // 2)
        yield share.weight * price
