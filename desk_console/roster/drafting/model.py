"""The roster as a constraint model: what the checker calls sound, said to the solver.

With `groups`, each rule about each person stands behind a literal of its own, so that it can be
let go of: that is how an impossible month still gets a draft, and how reasons are found.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from math import gcd
from typing import Any

from ortools.sat.python import cp_model

from desk_console.roster import spells
from desk_console.roster.breaches import Rule
from desk_console.roster.fitness import bars, counts
from desk_console.roster.problem import (
    Assignment,
    Demand,
    Draft,
    Member,
    Place,
    Problem,
    saturday_of,
)

Term = Any
"""A linear expression or a whole number: the solver's own types know no sum of both."""

BARS = frozenset(
    {Rule.ROLE, Rule.GONE, Rule.LEAVE, Rule.UNQUALIFIED, Rule.UNREACHABLE, Rule.PINNED}
)
DEAR = 10**9
PRICES = {
    Rule.LEAST_MINUTES: 10**7,
    Rule.SHORTEST_RUN: 10**7,
    Rule.SHORTEST_BREAK: 10**7,
}
"""What lets people work too little is let go of before what lets them work too much."""


@dataclass(frozen=True, slots=True)
class Group:
    """A rule that can be let go of: about whom, and on which date or duty."""

    rule: Rule
    person: int | None = None
    day: date | None = None
    place: Place | None = None


class Model:
    """A problem's constraint model, with a variable per person and duty."""

    def __init__(
        self,
        problem: Problem,
        *,
        groups: bool = False,
        without: Callable[[Group], bool] = lambda group: False,
    ) -> None:
        """Builds everything but the objective. `groups`: each rule behind a literal; `without`:
        the rules that are left out altogether.
        """
        self.problem = problem
        self.solver_model = cp_model.CpModel()
        self.cells: dict[Assignment, cp_model.IntVar] = {}
        self.groups: dict[Group, cp_model.IntVar] = {}
        self._has_groups = groups
        self._without = without
        self.under: list[tuple[Demand, cp_model.IntVar]] = []
        self.over: list[tuple[Demand, cp_model.IntVar]] = []
        self.worked: dict[int, dict[date, Term]] = {}
        for member in problem.members:
            self._add_member(member)
        for demand in problem.demands:
            self._add_cover(demand)

    # One person.

    def _add_member(self, member: Member) -> None:
        problem, person = self.problem, member.person
        by_day: dict[date, list[Demand]] = {}
        for demand in problem.demands:
            if self._add_cell(member, demand) and demand.within is None:
                by_day.setdefault(demand.day, []).append(demand)
        known = {one.day for one in problem.worked.get(person, ())}
        worked: dict[date, Term] = {day: int(day in known) for day in problem.timeline}
        for day, demands in by_day.items():
            flag = self.solver_model.new_bool_var(f"w{person}_{day:%j}")
            self._one_a_day(person, day, [self.cells[one.by(person)] for one in demands], flag)
            worked[day] = flag
        self.worked[person] = worked
        self._add_clashes(member, by_day)
        self._add_stretches(member, worked)
        self._add_sums(member, by_day, worked)

    def _one_a_day(
        self, person: int, day: date, cells: list[cp_model.IntVar], flag: cp_model.IntVar
    ) -> None:
        if not self._has_groups:
            self.solver_model.add_exactly_one([*cells, ~flag])
            return
        self.solver_model.add_max_equality(flag, cells)
        self._constrain(sum(cells), 0, 1, Group(Rule.TWICE_A_DAY, person, day))

    def _add_cell(self, member: Member, demand: Demand) -> bool:
        cell = demand.by(member.person)
        rules = list(bars(member, demand))
        if (member.person, demand.day) in self.problem.free:
            rules.append(Rule.PINNED)
        is_pinned = cell in self.problem.pins
        held = [one for one in rules if not self._without(Group(one, cell.person, cell.day))]
        if held and not is_pinned and not self._has_groups:
            return False
        if Rule.ROLE in rules and not is_pinned:
            return False
        variable = self.solver_model.new_bool_var(
            f"x{cell.person}_{cell.day:%j}_{cell.plan}_{cell.post}"
        )
        self.cells[cell] = variable
        if is_pinned:
            self._constrain(variable, 1, 1, Group(Rule.PINNED, cell.person, cell.day, cell.place))
        for rule in rules:
            if not is_pinned:
                self._constrain(variable, 0, 0, Group(rule, cell.person, cell.day))
        return True

    def _add_clashes(self, member: Member, by_day: Mapping[date, Sequence[Demand]]) -> None:
        problem, person = self.problem, member.person
        known = [spells.Stint.of(one) for one in problem.worked.get(person, ())]
        reach = spells.reach(problem)
        for day, demands in by_day.items():
            for demand in demands:
                cell, stint = self.cells[demand.by(person)], spells.Stint.of(demand)
                for ahead in range(1, reach + 1):
                    against: dict[Rule, list[cp_model.IntVar]] = {}
                    for other in by_day.get(day + timedelta(days=ahead), ()):
                        found = spells.clash(problem, stint, spells.Stint.of(other))
                        if found:
                            against.setdefault(found[0], []).append(self.cells[other.by(person)])
                    for rule, others in against.items():
                        self._constrain(sum(others) + cell, 0, 1, Group(rule, person, day))
                for other_stint in known:
                    found = spells.clash(problem, stint, other_stint)
                    if found:
                        self._constrain(cell, 0, 0, Group(found[0], person, day))

    def _add_stretches(self, member: Member, worked: Mapping[date, Term]) -> None:
        person, line = member.person, self.problem.timeline
        flags = [worked[day] for day in line]
        if member.longest_run is not None:
            length = member.longest_run + 1
            for start in range(len(line) - length + 1):
                window = flags[start : start + length]
                if not all(isinstance(one, int) for one in window):
                    self._constrain(
                        sum(window), 0, length - 1, Group(Rule.LONGEST_RUN, person, line[start])
                    )
        for start in range(1, len(line)):
            before, now = flags[start - 1], flags[start]
            for least, rule, sign in (
                (member.shortest_run, Rule.SHORTEST_RUN, 1),
                (member.shortest_break, Rule.SHORTEST_BREAK, -1),
            ):
                for after in flags[start + 1 : start + least]:
                    # A stretch that begins here goes on: now - before <= after.
                    if all(isinstance(one, int) for one in (before, now, after)):
                        continue
                    lost = now - before - after if sign > 0 else before - now + after - 1
                    self._constrain(lost, -2, 0, Group(rule, person, line[start]))

    def _add_sums(
        self,
        member: Member,
        by_day: Mapping[date, Sequence[Demand]],
        worked: Mapping[date, Term],
    ) -> None:
        problem, person = self.problem, member.person
        mine = [one for demands in by_day.values() for one in demands]
        self._add_minutes(member, mine)
        for place, limit in member.most_shifts.items():
            ones = [self.cells[one.by(person)] for one in mine if one.place == place]
            if len(ones) > limit:
                group = Group(Rule.MOST_SHIFTS, person, place=place)
                self._constrain(sum(ones), 0, limit, group)
        if member.most_weekends is None:
            return
        weekends: dict[date, list[Term]] = {}
        for day in by_day:
            if problem.is_weekend(day):
                weekends.setdefault(saturday_of(day), []).append(worked[day])
        flags = []
        for saturday, days in weekends.items():
            flag = self.solver_model.new_bool_var(f"e{person}_{saturday:%j}")
            for day_worked in days:
                self.solver_model.add(flag >= day_worked)
            self.solver_model.add(flag <= sum(days))
            flags.append(flag)
        if len(flags) > member.most_weekends:
            group = Group(Rule.MOST_WEEKENDS, person)
            self._constrain(sum(flags), 0, member.most_weekends, group)

    def _add_minutes(self, member: Member, mine: Sequence[Demand]) -> None:
        person = member.person
        # In units of what the shifts have in common: 480 of 8640 become 1 of 18, and the bounds
        # are rounded to whole shifts, which the solver's relaxation does not see by itself.
        unit = reduce(gcd, (one.minutes for one in mine), 0) or 1
        total = sum((one.minutes // unit) * self.cells[one.by(person)] for one in mine)
        whole = sum(one.minutes // unit for one in mine)
        if member.most_minutes is not None and member.most_minutes // unit < whole:
            group = Group(Rule.MOST_MINUTES, person)
            self._constrain(total, 0, member.most_minutes // unit, group)
        if member.least_minutes > 0:
            group = Group(Rule.LEAST_MINUTES, person)
            self._constrain(total, -(-member.least_minutes // unit), whole, group)

    # One shift.

    def _add_cover(self, demand: Demand) -> None:
        members = [
            member for member in self.problem.members if demand.by(member.person) in self.cells
        ]
        cells = [self.cells[demand.by(member.person)] for member in members]
        sure = [
            self.cells[demand.by(member.person)] for member in members if counts(member, demand)
        ]
        model = self.solver_model
        name = f"{demand.day:%j}_{demand.plan}_{demand.post}"
        under = model.new_int_var(0, demand.wanted, f"u{name}")
        over = model.new_int_var(0, max(0, len(cells) - demand.wanted), f"o{name}")
        model.add(sum(cells) + under - over == demand.wanted)
        self.under.append((demand, under))
        self.over.append((demand, over))
        where = Group(Rule.CROWDED, None, demand.day, demand.place)
        if demand.most is not None and len(cells) > demand.most:
            self._constrain(sum(cells), 0, demand.most, where)
        for member in members:
            cell = self.cells[demand.by(member.person)]
            if not counts(member, demand):
                group = Group(Rule.ALONE, member.person, demand.day, demand.place)
                self._constrain(cell - sum(sure), -len(members), 0, group)
            if demand.within is not None:
                shift = self.cells.get(
                    Assignment(demand.day, demand.within, demand.post, member.person)
                )
                group = Group(Rule.WITHIN, member.person, demand.day, demand.place)
                self._constrain(cell - (0 if shift is None else shift), -1, 0, group)

    def wants_everybody(self, first_day: date | None = None, last_day: date | None = None) -> None:
        """Makes firm demands rules to be kept instead of costs: no gap between those dates."""
        for demand, under in self.under:
            day = demand.day
            if demand.is_firm and (first_day or day) <= day <= (last_day or day):
                self._constrain(under, 0, 0, Group(Rule.GAP, None, day, demand.place))

    def let_go(self) -> Term:
        """The price of the rules that are let go of, far above every cost. Who may be on duty at
        all (leave, roles, qualification) is never among them: such a duty stays a gap.
        """
        prices: list[Term] = []
        for group, literal in self.groups.items():
            if group.rule in BARS:
                self.solver_model.add(literal == 1)
            else:
                prices.append(PRICES.get(group.rule, DEAR) * ~literal)
        return sum(prices)

    # Solutions.

    def draft(self, value: Callable[[cp_model.IntVar], int]) -> Draft:
        """The assignments that a solver's `value(variable)` makes true."""
        return frozenset(cell for cell, variable in self.cells.items() if value(variable))

    def hint(self, draft: Draft) -> None:
        """Tells the solver where to begin."""
        for cell, variable in self.cells.items():
            self.solver_model.add_hint(variable, cell in draft)

    def forget_hint(self) -> None:
        """Takes back what `hint` told."""
        self.solver_model.clear_hints()  # type: ignore[no-untyped-call]  # the library's

    def fix(self, draft: Draft, is_free: Callable[[Assignment], bool]) -> None:
        """Leaves to the solver what is free, and holds all else as it is in the draft."""
        variables = self.solver_model.proto.variables
        for cell, variable in self.cells.items():
            domain = variables[variable.index].domain
            has = int(cell in draft)
            is_open = is_free(cell) and cell not in self.problem.pins
            domain[0], domain[1] = (0, 1) if is_open else (has, has)

    def _constrain(self, term: Term, low: int, high: int, group: Group) -> None:
        if self._without(group):
            return
        if isinstance(term, int):
            if low <= term <= high:
                return
            term = self.solver_model.new_constant(term)
        constraint = self.solver_model.add_linear_constraint(term, low, high)
        if self._has_groups:
            literal = self.groups.get(group)
            if literal is None:
                literal = self.solver_model.new_bool_var(f"g{len(self.groups)}")
                self.groups[group] = literal
            constraint.only_enforce_if(literal)
