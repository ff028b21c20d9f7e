"""Turns: in order, a duty each (2.7); weekly, a week each (1.2).

Whoever cannot take the turn (leave, rest, the last one of a run) is passed over and comes first at
the next: nobody loses a place in the order by being ill.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache

from desk_console.roster import spells
from desk_console.roster.fitness import counts, is_barred
from desk_console.roster.problem import (
    Assignment,
    Demand,
    Draft,
    Member,
    Place,
    Problem,
    Turns,
    saturday_of,
)


def by_rotation(problem: Problem) -> Draft:
    """A draft by turns alone: the problem's own where it has them, the members' order elsewhere.

    It breaks no hard rule about one person's time; what nobody may take stays a gap.
    """
    ruled = {place for turns in problem.turns for place in turns.places}
    others = tuple(dict.fromkeys(one.place for one in problem.duties if one.place not in ruled))
    order = tuple(member.person for member in problem.members)
    # Nights first where they are scarce: each kind of duty goes round by itself.
    rest = tuple(Turns(places=(place,), order=order) for place in others)
    return _gone_round(problem, (*problem.turns, *rest))


@lru_cache(maxsize=8)
def expected(problem: Problem) -> Mapping[Assignment, int]:
    """Whose turn each duty is, and what it costs that somebody else has it."""
    weights = {place: turns.weight for turns in problem.turns for place in turns.places}
    draft = _gone_round(problem, problem.turns)
    return {cell: weights[cell.place] for cell in sorted(draft) if cell.place in weights}


def _gone_round(problem: Problem, all_turns: Iterable[Turns]) -> Draft:
    book = _Book(problem)
    for cell in sorted(problem.pins):
        book.take(cell)
    for turns in all_turns:
        (_weekly if turns.is_weekly else _in_order)(problem, turns, book)
    for demand in problem.demands:
        if demand.within is not None:
            _turn_within(problem, demand, book)
    return frozenset(book.cells)


def _in_order(problem: Problem, turns: Turns, book: _Book) -> None:
    queue = _queue(turns)
    for demand in problem.duties:
        if demand.place not in turns.places:
            continue
        while book.missing(demand):
            person = next((one for one in queue if book.may_take(one, demand)), None)
            if person is None:
                break
            book.take(demand.by(person))
            queue.remove(person)
            queue.append(person)


def _weekly(problem: Problem, turns: Turns, book: _Book) -> None:
    queue = _queue(turns)
    holders = _last_holders(problem, turns)
    weeks = sorted({_monday(one.day) for one in problem.duties if one.place in turns.places})
    for monday in weeks:
        week = [
            one
            for one in problem.duties
            if one.place in turns.places and _monday(one.day) == monday
        ]
        begun = monday < problem.first_day
        for place in turns.places:
            demands = [one for one in week if one.place == place]
            fixed = holders.get(place, []) if begun else []
            for number in range(max((one.wanted for one in demands), default=0)):
                ahead = [person for person in fixed[number : number + 1] if person in queue]
                _week_of(demands, ahead, queue, book)


def _week_of(demands: list[Demand], ahead: list[int], queue: list[int], book: _Book) -> None:
    """Gives one place's week to whoever can have most of it, those ahead in the queue first."""
    queue[:] = [*ahead, *(person for person in queue if person not in ahead)]
    free = {
        person: [one for one in demands if book.missing(one) and book.may_take(person, one)]
        for person in queue
    }
    most = max((len(days) for days in free.values()), default=0)
    if not most:
        return
    holder = next(person for person in queue if len(free[person]) == most)
    taken = [one for one in free[holder] if _takes(holder, one, book)]
    queue.remove(holder)
    for one in demands:
        # Also the day on which the holder rests in the middle of the week.
        if book.missing(one) > 0 and one not in taken:
            stand_in = next((person for person in queue if book.may_take(person, one)), None)
            if stand_in is not None:
                book.take(one.by(stand_in))
    queue.append(holder)


def _takes(person: int, demand: Demand, book: _Book) -> bool:
    if not book.may_take(person, demand):
        return False
    book.take(demand.by(person))
    return True


def _turn_within(problem: Problem, demand: Demand, book: _Book) -> None:
    """Noon: somebody of the shift, whoever had the fewest."""
    shift = problem.demand.get((demand.day, demand.within or "", demand.post))
    if shift is None:
        return
    while book.missing(demand):
        able = [
            person
            for person in book.persons(shift)
            if person not in book.persons(demand) and not is_barred(problem.member[person], demand)
        ]
        if not able:
            return
        book.take(demand.by(min(able, key=lambda person: (book.had(person, demand), person))))


def _queue(turns: Turns) -> list[int]:
    order = list(turns.order)
    if turns.after in order:
        cut = order.index(turns.after) + 1
        order = order[cut:] + order[:cut]
    return order


def _last_holders(problem: Problem, turns: Turns) -> Mapping[Place, list[int]]:
    """Who has had each place since the Monday of the week in which the period begins."""
    monday = _monday(problem.first_day)
    counted: dict[Place, Counter[int]] = {}
    for one in problem.around:
        if one.place in turns.places and monday <= one.day < problem.first_day:
            counted.setdefault(one.place, Counter())[one.person] += 1
    return {
        place: [person for person, _ in counter.most_common()] for place, counter in counted.items()
    }


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


class _Book:
    """A draft in the making: what each person and each duty has so far."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._reach = timedelta(days=spells.reach(problem))
        self.cells: set[Assignment] = set()
        self._stints: dict[int, list[spells.Stint]] = {
            person: [spells.Stint.of(one) for one in problem.worked.get(person, ())]
            for person in problem.member
        }
        self._persons: dict[tuple[date, str, str], list[int]] = {}
        self._had: Counter[tuple[int, Place]] = Counter()

    def take(self, cell: Assignment) -> None:
        """Puts an assignment in."""
        demand = self._problem.demand_of(cell)
        self.cells.add(cell)
        self._had[cell.person, cell.place] += 1
        self._persons.setdefault((cell.day, cell.plan, cell.post), []).append(cell.person)
        if demand is not None and demand.within is None and cell.person in self._stints:
            stints = self._stints[cell.person]
            stints.append(spells.Stint.of(demand))
            stints.sort(key=lambda stint: stint.begins_at)

    def persons(self, demand: Demand) -> list[int]:
        """Who is on a duty so far."""
        return self._persons.get((demand.day, demand.plan, demand.post), [])

    def missing(self, demand: Demand) -> int:
        """How many people a duty still wants."""
        return max(0, demand.wanted - len(self.persons(demand)))

    def had(self, person: int, demand: Demand) -> int:
        """How often somebody has had that kind of duty in the period."""
        return self._had[person, demand.place]

    def may_take(self, person: int, demand: Demand) -> bool:
        """Whether the rules let somebody have that duty beside those they have."""
        member = self._problem.member.get(person)
        if member is None or is_barred(member, demand) or demand.by(person) in self.cells:
            return False
        if (person, demand.day) in self._problem.free:
            return False
        if not counts(member, demand) and not self._has_company(demand):
            return False
        stint = spells.Stint.of(demand)
        stints = self._stints[person]
        if any(
            abs(one.day - demand.day) <= self._reach and spells.clash(self._problem, one, stint)
            for one in stints
        ):
            return False
        return not any(
            breached(member, [*stints, stint]) for breached in (self._too_long, self._too_much)
        )

    def _has_company(self, demand: Demand) -> bool:
        return any(
            counts(self._problem.member[one], demand)
            for one in self.persons(demand)
            if one in self._problem.member
        )

    def _too_long(self, member: Member, stints: list[spells.Stint]) -> bool:
        if member.longest_run is None:
            return False
        days, newest = {stint.day for stint in stints}, stints[-1].day
        return _run_through(newest, days.__contains__) > member.longest_run

    def _too_much(self, member: Member, stints: list[spells.Stint]) -> bool:
        inside = [stint for stint in stints if not stint.is_known]
        minutes = sum(stint.minutes for stint in inside)
        if member.most_minutes is not None and minutes > member.most_minutes:
            return True
        newest = stints[-1]
        limit = member.most_shifts.get(newest.place)
        if limit is not None and sum(one.place == newest.place for one in inside) > limit:
            return True
        if member.most_weekends is None:
            return False
        weekends = {saturday_of(one.day) for one in inside if self._problem.is_weekend(one.day)}
        return len(weekends) > member.most_weekends


def _run_through(day: date, is_worked: Callable[[date], bool]) -> int:
    """How many days in a row around a date are worked, that one included."""
    length = 1
    for step in (timedelta(days=-1), timedelta(days=1)):
        at = day + step
        while is_worked(at):
            length += 1
            at += step
    return length
