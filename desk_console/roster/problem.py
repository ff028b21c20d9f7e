"""The vocabulary of a roster that is to be made, checked or mended: frozen values, no store.

A problem says who there is, what is wanted on which date, what is fixed, and by which rules; a
draft is a set of assignments. Dates are the site's own: a duty belongs to the date on which it
begins. Instants are UTC, so that rest is right over midnight and over a change of the clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

ONE_DAY = timedelta(days=1)
SATURDAY, SUNDAY = 5, 6


class Place(NamedTuple):
    """A plan at a post: the kind of duty there is."""

    plan: str
    post: str


class Assignment(NamedTuple):
    """One person's duty: what a draft is made of."""

    day: date
    plan: str
    post: str
    person: int

    @property
    def place(self) -> Place:
        """The kind of duty."""
        return Place(self.plan, self.post)


Draft = frozenset[Assignment]


class Measure(StrEnum):
    """What is shared fairly, counted per person over the quarter."""

    NIGHTS = "nights"
    WEEKENDS = "weekends"
    """Duties that begin on a Saturday or Sunday that is no working day by decree (4.2)."""
    HOLIDAYS = "holidays"
    MINUTES = "minutes"
    WORKLOAD = "workload"
    """What the shifts bring by measure: entries per shift (3.1)."""


@dataclass(frozen=True, slots=True)
class Demand:
    """What a plan wants at a post on one date."""

    day: date
    plan: str
    post: str
    begins_at: datetime
    ends_at: datetime
    minutes: int
    """Work, net of the break (4.1)."""
    wanted: int = 1
    most: int | None = None
    """More than this many are too many; None: no limit."""
    is_firm: bool = True
    """Whether each one missing breaks a rule (1.1, 1.3, 2.1, 6.1), beyond its weight."""
    weight_under: int = 10_000
    """What each one missing costs."""
    weight_over: int = 1
    """What each one too many costs."""
    is_night: bool = False
    workload: int = 0
    """How much work it brings, in whole units that the caller chooses (3.1)."""
    within: str | None = None
    """The plan of which it is a turn: held by somebody of that shift, and no duty by itself."""

    @property
    def place(self) -> Place:
        """The kind of duty."""
        return Place(self.plan, self.post)

    def by(self, person: int) -> Assignment:
        """The assignment of that person to it."""
        return Assignment(self.day, self.plan, self.post, person)


@dataclass(frozen=True, slots=True)
class Worked:
    """A duty outside the period that is known: the last period's tail, or the next one's head."""

    day: date
    plan: str
    post: str
    person: int
    begins_at: datetime
    ends_at: datetime

    @property
    def place(self) -> Place:
        """The kind of duty."""
        return Place(self.plan, self.post)


@dataclass(frozen=True, slots=True)
class Load:
    """What somebody had in this quarter before the period begins."""

    days: int = 0
    """Days on which they were there to be rostered: what a fair share is measured by."""
    nights: int = 0
    weekends: int = 0
    holidays: int = 0
    minutes: int = 0
    workload: int = 0

    def of(self, measure: Measure) -> int:
        """The figure of one measure."""
        return int(getattr(self, measure.value))


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who may be rostered, and within which limits. None is no limit.

    Least and most minutes are of the period, already lowered for leave by whoever makes the
    problem.
    """

    person: int
    places: frozenset[Place]
    """What their roles let them take (6.2, 1.1)."""
    most_shifts: Mapping[Place, int] = field(default_factory=dict)
    most_minutes: int | None = None
    least_minutes: int = 0
    longest_run: int | None = None
    """Days with duty in a row."""
    shortest_run: int = 1
    shortest_break: int = 1
    """Days off in a row."""
    most_weekends: int | None = None
    """Weekends with duty on one day of them at least."""
    leave: frozenset[date] = frozenset()
    """Granted leave, and any other day on which they cannot come (9.8)."""
    unqualified: frozenset[date] = frozenset()
    """Days without a valid qualification (7.2)."""
    trainee: frozenset[date] = frozenset()
    """Days on which they may be on duty beside somebody else only (4.4)."""
    gone: frozenset[date] = frozenset()
    """Days before they began or after they left."""
    is_reachable: bool = True
    """Whether there is a telephone number (2.3)."""
    load: Load = Load()


@dataclass(frozen=True, slots=True)
class Wish:
    """To have a duty on a date, or not to have it; it costs its weight when it is not met."""

    person: int
    day: date
    place: Place | None = None
    """None: any duty at all."""
    is_on: bool = False
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Share:
    """A measure that is to be shared fairly.

    Being `n` units away from the fair share costs `weight * n * (n + 1) / 2`: two people one away
    are better than one person two away.
    """

    measure: Measure
    weight: int = 1
    unit: int = 1
    """How much of the measure counts as one: 480 for minutes in days of eight hours."""


@dataclass(frozen=True, slots=True)
class Law:
    """Working-time law. What goes beyond is a warning, never a refusal. None: not looked at."""

    week_minutes: int | None = 44 * 60
    """Most minutes a week, on average over the period."""
    rest_day_in: int | None = 7
    """A day off in each so many days in a row."""
    overtime_minutes: int | None = 36 * 60
    """Most minutes beyond the standard time in a month."""
    day_minutes: int = 8 * 60
    """Standard time of a working day, by which overtime is measured."""


@dataclass(frozen=True, slots=True)
class Turns:
    """How turns go round at some places (2.7, 1.2): a wish of the regulation, not a hard rule,
    since leave and illness must be able to break the order.
    """

    places: tuple[Place, ...]
    order: tuple[int, ...]
    """The persons in their order."""
    is_weekly: bool = False
    """A week each (1.2), instead of a duty each (2.7)."""
    after: int | None = None
    """Who had the last turn before the period; None: begin with the first."""
    weight: int = 5
    """What each duty costs that somebody else has than whose turn it is."""


@dataclass(frozen=True, eq=False)
class Problem:
    """A roster to be made: everything that decides about it.

    Two are the same when they are one object: what is worked out of a problem is kept by it.
    """

    first_day: date
    last_day: date
    members: tuple[Member, ...]
    demands: tuple[Demand, ...]
    """At most one per date, plan and post, by beginning."""
    forbidden: frozenset[tuple[Place, Place]] = frozenset()
    """Kinds of duty of which the second may not follow the first on the next date."""
    rest_minutes: int = 0
    """Least time between the end of a duty and the beginning of the next."""
    is_round_the_clock: bool = False
    """Whether every minute of the period must be covered (6.1, 2.1)."""
    wishes: tuple[Wish, ...] = ()
    pins: Draft = frozenset()
    """Assignments that stay."""
    free: frozenset[tuple[int, date]] = frozenset()
    """Persons and dates that stay without a duty."""
    around: tuple[Worked, ...] = ()
    """The duties between `known_from` and the period, and from the period to `known_until`."""
    known_from: date | None = None
    """From when on duties are known; None: from the first day on."""
    known_until: date | None = None
    """Until when duties are known; None: until the last day."""
    shares: tuple[Share, ...] = ()
    turns: tuple[Turns, ...] = ()
    holidays: frozenset[date] = frozenset()
    working_weekends: frozenset[date] = frozenset()
    """Saturdays and Sundays that are working days by decree."""
    law: Law = Law()

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The dates of the period."""
        return tuple(dates(self.first_day, self.last_day))

    @cached_property
    def timeline(self) -> tuple[date, ...]:
        """The dates of which duties are known: the period, and what is known around it."""
        return tuple(dates(self.known_from or self.first_day, self.known_until or self.last_day))

    @cached_property
    def member(self) -> Mapping[int, Member]:
        """Members by person."""
        return {member.person: member for member in self.members}

    @cached_property
    def demand(self) -> Mapping[tuple[date, str, str], Demand]:
        """Demands by date, plan and post."""
        return {(one.day, one.plan, one.post): one for one in self.demands}

    @cached_property
    def duties(self) -> tuple[Demand, ...]:
        """The demands that are duties by themselves, no turns within one."""
        return tuple(one for one in self.demands if one.within is None)

    @cached_property
    def worked(self) -> Mapping[int, tuple[Worked, ...]]:
        """The known duties around the period, by person."""
        found: dict[int, list[Worked]] = {}
        for one in self.around:
            found.setdefault(one.person, []).append(one)
        return {person: tuple(ones) for person, ones in found.items()}

    def demand_of(self, cell: Assignment) -> Demand | None:
        """What an assignment fills; None where nothing is wanted there."""
        return self.demand.get((cell.day, cell.plan, cell.post))

    def is_weekend(self, day: date) -> bool:
        """A Saturday or Sunday that is no working day by decree."""
        return day.weekday() >= SATURDAY and day not in self.working_weekends

    def is_working_day(self, day: date) -> bool:
        """A day on which an office works: what standard working time is counted by."""
        return not self.is_weekend(day) and day not in self.holidays

    def amount(self, measure: Measure, demand: Demand) -> int:
        """What one duty counts in a measure."""
        match measure:
            case Measure.NIGHTS:
                return int(demand.is_night)
            case Measure.WEEKENDS:
                return int(self.is_weekend(demand.day))
            case Measure.HOLIDAYS:
                return int(demand.day in self.holidays)
            case Measure.MINUTES:
                return demand.minutes
            case Measure.WORKLOAD:
                return demand.workload


def dates(first_day: date, last_day: date) -> Iterator[date]:
    """Each date from the first to the last, both included."""
    for number in range((last_day - first_day).days + 1):
        yield first_day + timedelta(days=number)


def saturday_of(day: date) -> date:
    """The Saturday of the week in which a date lies: names its weekend."""
    return day + timedelta(days=SATURDAY - day.weekday())


def of_person(draft: Iterable[Assignment], person: int) -> Draft:
    """One person's part of a draft."""
    return frozenset(cell for cell in draft if cell.person == person)
