"""Who may take a duty at all: one person, one date, one kind of duty, nothing else looked at."""

from __future__ import annotations

from collections.abc import Iterator

from desk_console.roster.breaches import Rule
from desk_console.roster.problem import Demand, Member


def bars(member: Member, demand: Demand) -> Iterator[Rule]:
    """What stands against that person on that duty, whoever else is rostered where.

    Clauses 6.2 and 1.1 (roles), 7.2 (qualification), 2.3 (telephone), 9.8 and 2.6 (leave).
    """
    if demand.place not in member.places:
        yield Rule.ROLE
    if demand.day in member.gone:
        yield Rule.GONE
    if demand.day in member.leave:
        yield Rule.LEAVE
    if demand.day in member.unqualified:
        yield Rule.UNQUALIFIED
    if not member.is_reachable:
        yield Rule.UNREACHABLE


def is_barred(member: Member, demand: Demand) -> bool:
    """Whether anything stands against it."""
    return next(bars(member, demand), None) is not None


def counts(member: Member, demand: Demand) -> bool:
    """Whether they may be on that duty without anybody beside them. Clause 4.4."""
    return demand.day not in member.trainee
