"""Sharing: what each person's fair part of the quarter is, and what being away from it costs.

A share is measured by the days on which somebody was there: who came in the middle of the quarter
does not have to make up for the nights of others. Only those who can take such duties at all share
them, so that clerks and maintenance men are compared among themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from desk_console.roster.problem import Assignment, Measure, Member, Place, Problem, Share


@dataclass(frozen=True, slots=True)
class Target:
    """What somebody should have of a measure at the period's end; between the two is fair."""

    least: int
    most: int
    before: int
    """What they had before the period."""


@lru_cache(maxsize=40)
def targets(problem: Problem, measure: Measure) -> Mapping[int, Target]:
    """Each sharing person's fair part, counted over the quarter."""
    outcome: dict[int, Target] = {}
    for members, places in _circles(problem, measure):
        amount = sum(
            problem.amount(measure, one) * one.wanted
            for one in problem.duties
            if one.place in places
        )
        whole = amount + sum(member.load.of(measure) for member in members)
        days = {member.person: _days_there(problem, member) for member in members}
        all_days = sum(days.values())
        for member in members:
            share = whole * days[member.person]
            least, rest = divmod(share, all_days) if all_days else (0, 0)
            outcome[member.person] = Target(
                least=least, most=least + bool(rest), before=member.load.of(measure)
            )
    return outcome


def cost(share: Share, target: Target, amount: int) -> int:
    """What it costs that somebody has that amount of it in the period."""
    units = away(share, target, amount)
    return share.weight * units * (units + 1) // 2


def away(share: Share, target: Target, amount: int) -> int:
    """How many units they are away from what is fair, begun ones counted."""
    has = target.before + amount
    distance = max(has - target.most, target.least - has, 0)
    return -(-distance // share.unit)


def amounts(problem: Problem, measure: Measure, draft: Iterable[Assignment]) -> Mapping[int, int]:
    """What each person has of a measure in a draft."""
    outcome = dict.fromkeys(problem.member, 0)
    for cell in draft:
        demand = problem.demand_of(cell)
        if demand is not None and demand.within is None and cell.person in outcome:
            outcome[cell.person] += problem.amount(measure, demand)
    return outcome


def _days_there(problem: Problem, member: Member) -> int:
    away_days = member.leave | member.gone | member.unqualified
    if not member.is_reachable:
        return 0
    return member.load.days + sum(day not in away_days for day in problem.days)


def _circles(problem: Problem, measure: Measure) -> Iterable[tuple[list[Member], frozenset[Place]]]:
    """Those who share with one another, and what they share: linked by a duty in common."""
    open_places = {one.place for one in problem.duties if problem.amount(measure, one)}
    left = [member for member in problem.members if member.places & open_places]
    while left:
        members, places = [left.pop(0)], set[Place]()
        reached = members[0].places & open_places
        while reached - places:
            places |= reached
            joining = [member for member in left if member.places & places]
            left = [member for member in left if not member.places & places]
            members += joining
            reached = frozenset().union(*(one.places for one in members)) & open_places
        yield members, frozenset(places)
