"""Mending a published roster: the fewest changed cells, several ways side by side.

Somebody has fallen ill or been granted leave; the problem knows it already. What is over or begun
is pinned by whoever asks. A way that fills more comes before one that changes less, and that before
one that is fairer; hard rules are let go of only where nothing else is left, and the way says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from desk_console.roster.breaches import Breach, Rule
from desk_console.roster.checking import Checker
from desk_console.roster.fitness import is_barred
from desk_console.roster.problem import Assignment, Draft, Problem, of_person
from desk_console.roster.quality import quality

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel

    from desk_console.roster.drafting.model import Model, Term

WAYS = 3
SECONDS = 2.0
BREADTH = 4
"""How many ways are followed up while one duty after the other is taken over."""

_COVER = frozenset({Rule.GAP, Rule.SHORT})


@dataclass(frozen=True, slots=True)
class Damage:
    """A month in which somebody is missing: what is wanted of it, and what is published."""

    problem: Problem
    """It knows already who cannot come; what is over or begun is pinned."""
    published: Draft


@dataclass(frozen=True, slots=True)
class Repair:
    """One way to mend a roster."""

    draft: Draft
    added: Draft
    """Who comes in."""
    removed: Draft
    """Who goes out."""
    missing: int
    """People that are still missing on firm shifts."""
    cost: int
    """The quality figure afterwards: less is better."""
    breaches: tuple[Breach, ...]
    """Hard rules that it breaks, gaps left out; those of the roster as it was among them."""

    @property
    def changes(self) -> int:
        """How many cells change."""
        return len(self.added) + len(self.removed)


def repairs(
    problem: Problem,
    published: Draft,
    *,
    ways: int = WAYS,
    seconds: float = SECONDS,
    tell: Callable[[Repair], None] = lambda repair: None,
) -> tuple[Repair, ...]:
    """Ways to mend it, best first; none where no time was left for one. `tell` hears of each as
    soon as it is found. Runs off the loop.
    """
    until = monotonic() + seconds
    found = _taken_over(problem, published, ways)
    for one in found:
        tell(one)
    if found:
        return found
    for is_strict in (True, False):
        found = _ways(problem, published, ways, until=until, is_strict=is_strict, tell=tell)
        if found:
            return found
    return ()


def _taken_over(problem: Problem, published: Draft, ways: int) -> tuple[Repair, ...]:
    """Ways in which each duty of who cannot come is simply taken over by somebody: no way changes
    less. None where that fills not everything, or where the rest is not sound by itself.
    """
    checker = Checker(problem)
    lost = _lost(problem, published)
    rest = published - lost
    if not lost or any(one.rule not in _COVER for one in checker.breaches(rest)):
        return ()
    drafts = [rest]
    # A turn within a shift comes after the shift: it is for whoever has that now.
    for cell in sorted(lost, key=lambda one: (_shift_of(problem, one) is not None, one)):
        wider = {
            draft | {cell._replace(person=person)}
            for draft in drafts
            for person in _able(checker, problem, draft, cell)
        }
        costs = {draft: quality(problem, draft).total for draft in wider}
        drafts = sorted(wider, key=lambda draft: (costs[draft], sorted(draft - rest)))
        # Who of the same people has a turn within a shift makes no other way.
        best = {_shifts(problem, draft - rest): draft for draft in reversed(drafts)}
        kept = set(best.values())
        drafts = [draft for draft in drafts if draft in kept][: max(ways, BREADTH)]
    found = [_repair(checker, published, draft) for draft in drafts]
    sound = [one for one in found if not one.missing and not one.breaches]
    return tuple(sound[:ways])


def _lost(problem: Problem, published: Draft) -> Draft:
    """The duties of those who cannot come to them."""
    lost = set()
    for cell in published - problem.pins:
        member, demand = problem.member.get(cell.person), problem.demand_of(cell)
        if (
            member is None
            or demand is None
            or is_barred(member, demand)
            or (cell.person, cell.day) in problem.free
        ):
            lost.add(cell)
    return frozenset(lost)


def _able(checker: Checker, problem: Problem, draft: Draft, cell: Assignment) -> Iterator[int]:
    """Who can take a duty beside those they have."""
    for person, member in problem.member.items():
        taken = cell._replace(person=person)
        if cell.place not in member.places or taken in draft:
            continue
        if (person, cell.day) in problem.free:
            continue
        shift = _shift_of(problem, taken)
        if shift is not None and shift not in draft:
            continue
        if not checker.of_person(person, of_person(draft, person) | {taken}):
            yield person


def _shift_of(problem: Problem, cell: Assignment) -> Assignment | None:
    """The same person on the shift that this is a turn of; None where it is none."""
    demand = problem.demand_of(cell)
    if demand is None or demand.within is None:
        return None
    return cell._replace(plan=demand.within)


def _shifts(problem: Problem, cells: Draft) -> Draft:
    """Without the turns within shifts."""
    return frozenset(cell for cell in cells if _shift_of(problem, cell) is None)


def _ways(
    problem: Problem,
    published: Draft,
    ways: int,
    *,
    until: float,
    is_strict: bool,
    tell: Callable[[Repair], None],
) -> tuple[Repair, ...]:
    from desk_console.roster.drafting import costs
    from desk_console.roster.drafting.model import Model

    model = Model(problem, groups=not is_strict)
    broken = 0 if is_strict else model.let_go()
    missing = costs.missing(model)
    changes = _changes(model, published)
    cost = costs.cost(model)
    checker = Checker(problem)
    found: list[Repair] = []
    while len(found) < ways:
        draft = _least(model, (broken, missing, changes, cost), published, until=until)
        if draft is None or any(draft == one.draft for one in found):
            break
        repair = _repair(checker, published, draft)
        if found and (repair.missing, len(repair.breaches)) > _standing(found[0]):
            break  # Leaving a duty open is no alternative to filling it.
        found.append(repair)
        tell(repair)
        if not repair.added:
            break
        # Another way is one that does not bring in all the same people.
        comes = _shifts(problem, repair.added) or repair.added
        model.solver_model.add_bool_or([~model.cells[cell] for cell in comes])
    return tuple(found)


def _standing(repair: Repair) -> tuple[int, int]:
    return repair.missing, len(repair.breaches)


def _least(
    model: Model, prices: tuple[Term, ...], published: Draft, *, until: float
) -> Draft | None:
    """The draft that makes the first price least, among those the second, and so on."""
    from ortools.sat.python import cp_model

    held = model.solver_model.clone()
    start, draft = published, None
    for price in prices:
        if isinstance(price, int):
            continue
        left = until - monotonic()
        if left <= 0:
            break
        _hint(held, model, start)
        held.minimize(price)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 2
        solver.parameters.linearization_level = 2
        solver.parameters.max_time_in_seconds = left
        status = solver.solve(held)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            break
        draft = start = model.draft(solver.value)
        held.add(price <= round(solver.objective_value))
    return draft


def _hint(held: CpModel, model: Model, draft: Draft) -> None:
    held.clear_hints()  # type: ignore[no-untyped-call]  # the library's
    for cell, variable in model.cells.items():
        held.add_hint(variable, cell in draft)


def _changes(model: Model, published: Draft) -> Term:
    stays = [variable for cell, variable in model.cells.items() if cell in published]
    comes = [variable for cell, variable in model.cells.items() if cell not in published]
    return len(published) - sum(stays) + sum(comes)


def _repair(checker: Checker, published: Draft, draft: Draft) -> Repair:
    report = checker.report(draft)
    gaps = [one for one in report.breaches if one.rule in _COVER]
    return Repair(
        draft=draft,
        added=draft - published,
        removed=published - draft,
        missing=sum(one.limit - one.found for one in gaps),
        cost=report.quality.total,
        breaches=tuple(one for one in report.breaches if one not in gaps),
    )
