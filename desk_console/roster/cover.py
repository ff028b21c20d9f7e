"""Whether each shift has the people it wants: gaps, head counts, new people, turns within."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import timedelta
from itertools import groupby

from desk_console.roster.breaches import Breach, Rule
from desk_console.roster.fitness import counts
from desk_console.roster.problem import Demand, Problem


def breaches(
    problem: Problem, demand: Demand, persons: Collection[int], shift: Collection[int]
) -> Iterator[Breach]:
    """What is wrong with the people of one duty. Clauses 1.1, 1.3, 2.1, 6.1, 6.2, 4.4.

    `shift` are the people of the shift that it is a turn of; nothing where it is none.
    """
    found = len(persons)
    if demand.is_firm and found < demand.wanted:
        yield Breach(
            Rule.SHORT if found else Rule.GAP,
            days=(demand.day,),
            place=demand.place,
            found=found,
            limit=demand.wanted,
        )
    if demand.most is not None and found > demand.most:
        yield Breach(
            Rule.CROWDED, days=(demand.day,), place=demand.place, found=found, limit=demand.most
        )
    members = [problem.member[person] for person in sorted(persons) if person in problem.member]
    if members and not any(counts(member, demand) for member in members):
        yield from (
            Breach(Rule.ALONE, days=(demand.day,), person=member.person, place=demand.place)
            for member in members
        )
    if demand.within is not None:
        yield from (
            Breach(Rule.WITHIN, days=(demand.day,), person=person, place=demand.place)
            for person in sorted(set(persons) - set(shift))
        )


def holes(problem: Problem) -> Iterator[Breach]:
    """Minutes at which no shift runs at a post, under round-the-clock duty. Clauses 6.1, 2.1.

    A matter of the plans, not of who is on them: an unfilled shift is a gap of its own.
    """
    if not problem.is_round_the_clock:
        return
    by_post = sorted(problem.duties, key=lambda one: (one.post, one.begins_at))
    for _, grouped in groupby(by_post, key=lambda one: one.post):
        reached = None
        for demand in grouped:
            if reached is not None and demand.begins_at > reached:
                yield Breach(
                    Rule.UNCOVERED,
                    days=(demand.day,),
                    place=demand.place,
                    found=int((demand.begins_at - reached) / timedelta(minutes=1)),
                )
            reached = max(reached or demand.ends_at, demand.ends_at)
