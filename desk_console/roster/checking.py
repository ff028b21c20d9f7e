"""Checking a roster: every hard rule, the warnings and the quality, whoever made the draft.

The same checker judges drafts by hand, by rotation, by the optimiser and from a file. It keeps what
it found for each person and each duty, so that after one changed cell only these are looked at
again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from desk_console.roster import cover, fitness, spells
from desk_console.roster.breaches import Breach, Rule
from desk_console.roster.problem import Assignment, Demand, Draft, Problem
from desk_console.roster.quality import Quality, quality

Key = tuple[date, str, str]


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found."""

    breaches: tuple[Breach, ...]
    """Hard rules broken: with one of them a roster is not published without a reason."""
    warnings: tuple[Breach, ...]
    """Working-time law: shown with its figures, stops nobody."""
    quality: Quality

    @property
    def is_sound(self) -> bool:
        """Whether no hard rule is broken."""
        return not self.breaches


class Checker:
    """Checks drafts of one problem."""

    def __init__(self, problem: Problem) -> None:
        """Keeps nothing but what the problem says and what was found for parts of drafts."""
        self._problem = problem
        self._by_person: dict[tuple[int, Draft], tuple[tuple[Breach, ...], tuple[Breach, ...]]] = {}
        self._by_demand: dict[tuple[Demand, Draft], tuple[Breach, ...]] = {}

    def report(self, draft: Draft) -> Report:
        """Everything that is to be said about a draft."""
        found = tuple(self._breaches(draft))
        warnings = tuple(
            warning
            for person, cells in self._persons(draft).items()
            for warning in self._person(person, cells)[1]
        )
        return Report(found, warnings, quality(self._problem, draft))

    def breaches(self, draft: Draft) -> tuple[Breach, ...]:
        """The hard rules that a draft breaks."""
        return tuple(self._breaches(draft))

    def of_person(self, person: int, cells: Draft) -> tuple[Breach, ...]:
        """The hard rules about one person that their duties break."""
        return self._person(person, cells)[0]

    def _breaches(self, draft: Draft) -> Iterator[Breach]:
        problem = self._problem
        yield from self._of_the_plans
        for cell in sorted(problem.pins - draft):
            yield Breach(Rule.PINNED, days=(cell.day,), person=cell.person, place=cell.place)
        for cell in sorted(draft):
            if (cell.person, cell.day) in problem.free:
                yield Breach(Rule.PINNED, days=(cell.day,), person=cell.person, place=cell.place)
        filled: dict[Key, set[Assignment]] = {}
        for cell in draft:
            filled.setdefault((cell.day, cell.plan, cell.post), set()).add(cell)
        for demand in problem.demands:
            cells = filled.get((demand.day, demand.plan, demand.post), set())
            if demand.within is not None:
                cells = cells | filled.get((demand.day, demand.within, demand.post), set())
            yield from self._demand(demand, frozenset(cells))
        for key in filled.keys() - problem.demand.keys():
            for cell in sorted(filled[key]):
                yield Breach(Rule.NO_SHIFT, days=(cell.day,), person=cell.person, place=cell.place)
        for person, mine in self._persons(draft).items():
            yield from self._person(person, mine)[0]

    @cached_property
    def _of_the_plans(self) -> tuple[Breach, ...]:
        return tuple(cover.holes(self._problem))

    def _persons(self, draft: Draft) -> dict[int, Draft]:
        cells: dict[int, set[Assignment]] = {person: set() for person in self._problem.member}
        for cell in draft:
            cells.setdefault(cell.person, set()).add(cell)
        return {person: frozenset(ones) for person, ones in cells.items()}

    def _demand(self, demand: Demand, cells: Draft) -> tuple[Breach, ...]:
        key = demand, cells
        if key not in self._by_demand:
            persons = {cell.person for cell in cells if cell.place == demand.place}
            shift = {cell.person for cell in cells if cell.place != demand.place}
            self._by_demand[key] = tuple(cover.breaches(self._problem, demand, persons, shift))
        return self._by_demand[key]

    def _person(self, person: int, cells: Draft) -> tuple[tuple[Breach, ...], tuple[Breach, ...]]:
        key = person, cells
        if key not in self._by_person:
            self._by_person[key] = _judged(self._problem, person, cells)
        return self._by_person[key]


def _judged(
    problem: Problem, person: int, cells: Draft
) -> tuple[tuple[Breach, ...], tuple[Breach, ...]]:
    member = problem.member.get(person)
    if member is None:
        return tuple(
            Breach(Rule.NO_MEMBER, days=(cell.day,), person=person, place=cell.place)
            for cell in sorted(cells)
        ), ()
    found: list[Breach] = []
    stints = [spells.Stint.of(one) for one in problem.worked.get(person, ())]
    for cell in sorted(cells):
        demand = problem.demand_of(cell)
        if demand is None:
            continue
        found += (
            Breach(rule, days=(cell.day,), person=person, place=cell.place)
            for rule in fitness.bars(member, demand)
        )
        if demand.within is None:
            stints.append(spells.Stint.of(demand))
    stints.sort(key=lambda stint: stint.begins_at)
    found += spells.breaches(problem, member, stints)
    return tuple(found), tuple(spells.law_warnings(problem, member, stints))


def is_sound(problem: Problem, draft: Draft) -> bool:
    """Whether a draft breaks no hard rule but that shifts want people: one to go on from."""
    gaps = {Rule.GAP, Rule.SHORT, Rule.UNCOVERED}
    return all(one.rule in gaps for one in Checker(problem).breaches(draft))
