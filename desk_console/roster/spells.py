"""One person's duties over time: rest, runs, days off, weekends, minutes.

A run or a stretch of days off that touches the edge of what is known is never too short: nobody
knows how long it really is. What lies wholly outside the period is not reported.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import groupby

from desk_console.roster.breaches import Breach, Rule
from desk_console.roster.problem import Demand, Member, Place, Problem, Worked, saturday_of


@dataclass(frozen=True, slots=True)
class Stint:
    """A duty of one person: what is needed of it to see what may stand beside it."""

    day: date
    place: Place
    begins_at: datetime
    ends_at: datetime
    minutes: int
    is_known: bool
    """Whether it lies outside the period and cannot be changed."""

    @classmethod
    def of(cls, one: Demand | Worked) -> Stint:
        """The stint of whoever takes that."""
        is_known = isinstance(one, Worked)
        minutes = 0 if isinstance(one, Worked) else one.minutes
        return cls(one.day, one.place, one.begins_at, one.ends_at, minutes, is_known)


def clash(problem: Problem, one: Stint, other: Stint) -> tuple[Rule, int] | None:
    """Why nobody can have both, and the minutes between them; None where somebody can."""
    first, second = sorted((one, other), key=lambda stint: (stint.begins_at, stint.ends_at))
    between = int((second.begins_at - first.ends_at) / timedelta(minutes=1))
    if between < 0:
        return Rule.OVERLAP, between
    if one.day == other.day:
        return Rule.TWICE_A_DAY, between
    if between < problem.rest_minutes:
        return Rule.REST, between
    if second.day - first.day == timedelta(days=1) and (
        (first.place, second.place) in problem.forbidden
    ):
        return Rule.SUCCESSION, between
    return None


@lru_cache(maxsize=8)
def reach(problem: Problem) -> int:
    """Within how many days two duties can clash at all."""
    longest = max((one.ends_at - one.begins_at for one in problem.duties), default=timedelta())
    return 1 + (longest + timedelta(minutes=problem.rest_minutes)).days


def breaches(problem: Problem, member: Member, stints: Sequence[Stint]) -> Iterator[Breach]:
    """Every rule about time that one person's duties break. `stints` are by beginning."""
    yield from _clashes(problem, member, stints)
    yield from _stretches(problem, member, {stint.day for stint in stints})
    inside = [stint for stint in stints if not stint.is_known]
    yield from _sums(problem, member, inside)


def _clashes(problem: Problem, member: Member, stints: Sequence[Stint]) -> Iterator[Breach]:
    near = timedelta(days=reach(problem))
    for number, one in enumerate(stints):
        for other in stints[number + 1 :]:
            if other.day - one.day > near:
                break
            found = clash(problem, one, other)
            if found and not (one.is_known and other.is_known):
                rule, between = found
                limit = problem.rest_minutes if rule is Rule.REST else 0
                yield Breach(
                    rule,
                    days=(one.day, other.day),
                    person=member.person,
                    place=other.place,
                    found=between,
                    limit=limit,
                )


def _stretches(problem: Problem, member: Member, worked: set[date]) -> Iterator[Breach]:
    timeline = problem.timeline
    for is_duty, grouped in groupby(timeline, key=worked.__contains__):
        days = tuple(grouped)
        if days[-1] < problem.first_day or days[0] > problem.last_day:
            continue
        is_whole = days[0] != timeline[0] and days[-1] != timeline[-1]
        found = len(days)
        rule, limit = None, 0
        if is_duty and member.longest_run is not None and found > member.longest_run:
            rule, limit = Rule.LONGEST_RUN, member.longest_run
        elif is_duty and is_whole and found < member.shortest_run:
            rule, limit = Rule.SHORTEST_RUN, member.shortest_run
        elif not is_duty and is_whole and found < member.shortest_break:
            rule, limit = Rule.SHORTEST_BREAK, member.shortest_break
        if rule is not None:
            yield Breach(rule, days=days, person=member.person, found=found, limit=limit)


def _sums(problem: Problem, member: Member, stints: Sequence[Stint]) -> Iterator[Breach]:
    minutes = sum(stint.minutes for stint in stints)
    if member.most_minutes is not None and minutes > member.most_minutes:
        yield Breach(
            Rule.MOST_MINUTES, person=member.person, found=minutes, limit=member.most_minutes
        )
    if minutes < member.least_minutes:
        yield Breach(
            Rule.LEAST_MINUTES, person=member.person, found=minutes, limit=member.least_minutes
        )
    weekends = {saturday_of(stint.day) for stint in stints if problem.is_weekend(stint.day)}
    if member.most_weekends is not None and len(weekends) > member.most_weekends:
        yield Breach(
            Rule.MOST_WEEKENDS,
            days=tuple(sorted(weekends)),
            person=member.person,
            found=len(weekends),
            limit=member.most_weekends,
        )
    if member.most_shifts:
        for place, found in Counter(stint.place for stint in stints).items():
            limit = member.most_shifts.get(place)
            if limit is not None and found > limit:
                yield Breach(
                    Rule.MOST_SHIFTS,
                    person=member.person,
                    place=place,
                    found=found,
                    limit=limit,
                )


def law_warnings(problem: Problem, member: Member, stints: Sequence[Stint]) -> Iterator[Breach]:
    """Where one person's month goes beyond the working-time law's figures."""
    law = problem.law
    minutes = sum(stint.minutes for stint in stints if not stint.is_known)
    days = len(problem.days)
    if law.week_minutes is not None and minutes * 7 > law.week_minutes * days:
        yield Breach(
            Rule.LAW_WEEK, person=member.person, found=minutes * 7 // days, limit=law.week_minutes
        )
    if law.overtime_minutes is not None:
        standard = law.day_minutes * sum(map(problem.is_working_day, problem.days))
        if minutes - standard > law.overtime_minutes:
            yield Breach(
                Rule.LAW_OVERTIME,
                person=member.person,
                found=minutes - standard,
                limit=law.overtime_minutes,
            )
    if law.rest_day_in is not None:
        yield from _restless(problem, member, {stint.day for stint in stints}, law.rest_day_in)


def _restless(
    problem: Problem, member: Member, worked: set[date], rest_day_in: int
) -> Iterator[Breach]:
    for is_duty, grouped in groupby(problem.timeline, key=worked.__contains__):
        run = tuple(grouped)
        is_inside = run[-1] >= problem.first_day and run[0] <= problem.last_day
        if is_duty and is_inside and len(run) >= rest_day_in:
            yield Breach(
                Rule.LAW_REST_DAY,
                days=run,
                person=member.person,
                found=len(run),
                limit=rest_day_in - 1,
            )
