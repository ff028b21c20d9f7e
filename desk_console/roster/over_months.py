"""An absence across a month's end: each month mended in turn, knowing what the last one becomes.

A month keeps its own sums, as a draft of it does; rest over the month's end is looked at with the
duties as they would be after the change.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from time import monotonic

from desk_console.roster.problem import Draft, Problem, Worked
from desk_console.roster.repair import SECONDS, WAYS, Damage, Repair, repairs


def repairs_over(
    damages: Sequence[Damage],
    *,
    ways: int = WAYS,
    seconds: float = SECONDS,
    tell: Callable[[Repair], None] = lambda repair: None,
) -> tuple[Repair, ...]:
    """Ways to mend all of it, best first; `tell` hears of each as soon as it is found."""
    first, *later = damages
    if not later:
        return repairs(first.problem, first.published, ways=ways, seconds=seconds, tell=tell)
    until, share = monotonic() + seconds, seconds / (1 + len(later) * ways)
    found = repairs(first.problem, first.published, ways=ways, seconds=share)
    before = first
    for damage in later:
        found = _with_the_next(found, before, damage, ways, until=until, share=share)
        before = damage
    for one in found:
        tell(one)
    return found


def _with_the_next(
    found: Sequence[Repair],
    before: Damage,
    damage: Damage,
    ways: int,
    *,
    until: float,
    share: float,
) -> tuple[Repair, ...]:
    """Each way with the ways of the month after it: the best of each first, then what is left."""
    best, others = list[Repair](), list[Repair]()
    for one in found:
        problem = _knowing(damage.problem, before.problem, one.draft)
        left = max(0.1, min(share, until - monotonic()))
        nexts = [
            _both(one, two) for two in repairs(problem, damage.published, ways=ways, seconds=left)
        ]
        best += nexts[:1]
        others += nexts[1:]
    chosen = [*sorted(best, key=_figures), *sorted(others, key=_figures)][:ways]
    return tuple(sorted(chosen, key=_figures))


def _knowing(problem: Problem, earlier: Problem, draft: Draft) -> Problem:
    """The problem with the days of an earlier one as a draft of that makes them."""
    comes = [
        Worked(cell.day, cell.plan, cell.post, cell.person, demand.begins_at, demand.ends_at)
        for cell in sorted(draft)
        if cell.day in problem.timeline
        and (demand := earlier.demand_of(cell)) is not None
        and demand.within is None
    ]
    stays = [one for one in problem.around if not earlier.first_day <= one.day <= earlier.last_day]
    return replace(problem, around=(*stays, *comes))


def _both(one: Repair, two: Repair) -> Repair:
    return Repair(
        draft=one.draft | two.draft,
        added=one.added | two.added,
        removed=one.removed | two.removed,
        missing=one.missing + two.missing,
        cost=one.cost + two.cost,
        breaches=(*one.breaches, *two.breaches),
    )


def _figures(repair: Repair) -> tuple[int, int, int, int]:
    return repair.missing, len(repair.breaches), repair.changes, repair.cost
