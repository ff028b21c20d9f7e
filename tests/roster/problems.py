"""Small problems to try rules on, and the sizes that issue and benchmark speak of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from random import Random

from desk_console.roster.problem import (
    Assignment,
    Demand,
    Draft,
    Measure,
    Member,
    Place,
    Problem,
    Share,
    Wish,
    dates,
)

MONDAY = date(2026, 3, 2)
HOURS = {"day": (8, 16), "late": (16, 24), "night": (0, 8)}


def day(number: int) -> date:
    """The date so many days after the Monday on which the problems begin."""
    return MONDAY + timedelta(days=number)


def demand(
    on: date, plan: str = "day", *, hours: tuple[int, int] | None = None, zone: tzinfo = UTC
) -> Demand:
    """A shift of the desk with its hours on the wall clock; 24 and more are the next date's."""
    begins, ends = hours or HOURS[plan]
    return Demand(
        day=on,
        plan=plan,
        post="desk",
        begins_at=_instant(on, begins, zone),
        ends_at=_instant(on, ends, zone),
        minutes=(ends - begins) * 60,
        most=1,
        is_night=plan == "night",
    )


def problem(
    people: int | Iterable[Member] = 3, *, length: int = 7, plans: Sequence[str] = ("day",)
) -> Problem:
    """So many people who may do everything, so many days, one person per shift."""
    last = day(length - 1)
    demands = tuple(demand(on, plan) for on in dates(MONDAY, last) for plan in sorted_by(plans))
    places = frozenset(one.place for one in demands)
    members = (
        tuple(Member(person=number, places=places) for number in range(1, people + 1))
        if isinstance(people, int)
        else tuple(people)
    )
    return Problem(first_day=MONDAY, last_day=last, members=members, demands=demands)


def sorted_by(plans: Sequence[str]) -> list[str]:
    """Plans by the hour at which they begin."""
    return sorted(plans, key=lambda plan: HOURS[plan])


def member(person: int, *plans: str, **limits: object) -> Member:
    """Somebody who may take those plans at the desk."""
    places = frozenset(Place(plan, "desk") for plan in plans or HOURS)
    return replace(Member(person=person, places=places), **limits)  # type: ignore[arg-type]


def cells(*lines: tuple[int, str, int]) -> Draft:
    """Assignments at the desk, each as day number, plan, person."""
    return frozenset(Assignment(day(on), plan, "desk", person) for on, plan, person in lines)


def month(
    people: int, *, per_shift: int = 1, seed: int = 1, length: int = 31, wishes: int = 4
) -> Problem:
    """A month of three shifts round the clock with all rules on: what the console itself has."""
    random = Random(seed)
    base = problem(people, length=length, plans=("night", "day", "late"))
    demands = tuple(replace(one, wanted=per_shift, most=per_shift + 1) for one in base.demands)
    whole = sum(one.minutes * one.wanted for one in demands)
    share = whole // people
    members = []
    for one in base.members:
        leave = frozenset(random.sample(base.days, k=2))
        members.append(
            replace(
                one,
                leave=leave,
                longest_run=6,
                shortest_break=1,
                most_minutes=min(share + 1440, 184 * 60),
                least_minutes=max(0, share - 1920),
                most_weekends=4,
            )
        )
    return replace(
        base,
        members=tuple(members),
        demands=demands,
        rest_minutes=11 * 60,
        is_round_the_clock=True,
        wishes=tuple(
            Wish(one.person, on, weight=random.randint(1, 3))
            for one in members
            for on in random.sample(base.days, k=wishes)
        ),
        shares=(
            Share(Measure.NIGHTS, weight=10),
            Share(Measure.WEEKENDS, weight=10),
            Share(Measure.MINUTES, weight=5, unit=480),
        ),
    )


def _instant(on: date, hour: int, zone: tzinfo) -> datetime:
    extra, hour = divmod(hour, 24)
    local = datetime.combine(on + timedelta(days=extra), time(hour), tzinfo=zone)
    return local.astimezone(UTC)
