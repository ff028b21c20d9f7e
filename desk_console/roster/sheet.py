"""The roster of a month as a sheet: the same turns by person and day, and by day and shift.

It is made the same way from what was published and from a draft, so that the two can be compared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from desk_console.foundation.catalogue import Message
from desk_console.people.records import PersonView
from desk_console.roster.holidays import (
    SpecialDay,
)
from desk_console.roster.records import DraftMethod
from desk_console.roster.rules import Occurrence


@dataclass(frozen=True, slots=True)
class Placed:
    """One person's turn at a shift, as published or as drafted."""

    day: date
    plan_code: str
    post_code: str
    person_id: int
    duty_id: int | None = None
    """None in a draft."""
    is_pinned: bool = False
    cause: str = ""
    """What put it there after the publication: `request:5`, `repair`; empty: the publication."""

    @property
    def place(self) -> tuple[date, str, str]:
        """Its shift: date, plan, post."""
        return self.day, self.plan_code, self.post_code


@dataclass(frozen=True, slots=True)
class Tally:
    """What somebody has over a stretch of days. Turns within a shift add nothing."""

    shifts: int = 0
    minutes: int = 0
    """Net of breaks (4.1), by the clock: a night in which the hour changes is longer or shorter."""
    nights: int = 0
    weekends: int = 0
    """Shifts that begin on a Saturday or Sunday."""
    holidays: int = 0

    def __add__(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(
            self.shifts + other.shifts,
            self.minutes + other.minutes,
            self.nights + other.nights,
            self.weekends + other.weekends,
            self.holidays + other.holidays,
        )


@dataclass(frozen=True, slots=True)
class DayHead:
    """A day of the sheet."""

    day: date
    is_working: bool
    """Whether shifts begin on it."""
    is_weekend: bool
    special: SpecialDay | None
    """The holiday it is, or the weekend day that is worked instead."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One shift at one post on one date, with the people on it."""

    occurrence: Occurrence
    is_night: bool
    people: tuple[Placed, ...]

    @property
    def missing(self) -> int:
        """How many people it still wants."""
        return max(0, self.occurrence.count - len(self.people))


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person's month."""

    person: PersonView
    placed: Mapping[date, tuple[Placed, ...]]
    """Their turns by date; dates without one are not in it."""
    leave: frozenset[date]
    """Days of granted leave."""
    wishes: Mapping[date, str]
    """A shift wished for by date; empty text: to be free."""
    month: Tally
    quarter: Tally
    """Over the calendar quarter that the month lies in, the month included."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with a roster, where it is, and the clause that it breaks."""

    kind: str
    """`gap`, `clash` (a rule is broken) or `warning` (the law's figures, an estimate)."""
    what: Message
    clause: str | None
    day: date | None = None
    plan_code: str = ""
    post_code: str = ""
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """One publication."""

    roster_id: int
    first_day: date
    last_day: date
    published_at: datetime
    published_by: str
    drafted_by: str
    is_late: bool
    late_reason: str
    breach_reason: str
    change_reason: str


@dataclass(frozen=True, slots=True)
class DraftHead:
    """What a draft says of itself."""

    draft_id: int
    first_day: date
    last_day: date
    method: DraftMethod
    made_by: str
    changed_by: str
    changed_at: datetime
    revision: int


@dataclass(frozen=True, slots=True)
class RosterMonth:
    """A month of the roster: as published, or as drafted where `draft` is there."""

    first_day: date
    last_day: date
    days: tuple[DayHead, ...]
    slots: tuple[Slot, ...]
    """By beginning."""
    people: tuple[PersonLine, ...]
    """Whoever may work a shift here or has one this month, by staff number."""
    versions: tuple[Version, ...]
    """The publications that cover dates of the month, the newest first; none: not published."""
    draft: DraftHead | None
    findings: tuple[Finding, ...] = ()
    is_estimated: bool = False
    """The holidays of the year are estimated, or not known at all."""

    @property
    def is_published(self) -> bool:
        """Whether every date of the month is covered by a publication."""
        new = self.new_days
        return not any(head.is_working and head.day in new for head in self.days)

    @property
    def new_days(self) -> frozenset[date]:
        """The dates that no publication covers."""
        return frozenset(
            head.day
            for head in self.days
            if not any(one.first_day <= head.day <= one.last_day for one in self.versions)
        )

    def on(self, day: date) -> tuple[Slot, ...]:
        """The shifts of a date."""
        return tuple(slot for slot in self.slots if slot.occurrence.day == day)

    def line_of(self, person_id: int) -> PersonLine | None:
        """One person's month."""
        return next((line for line in self.people if line.person.id == person_id), None)


@dataclass(frozen=True, slots=True)
class Content:
    """What a sheet is made from."""

    placed: Sequence[Placed]
    """The turns of the whole quarter that the month lies in."""
    people: Sequence[PersonView]
    wanted_from: datetime
    """Shifts that begin earlier want nobody any more."""
    leave: Mapping[int, frozenset[date]] = field(default_factory=dict)
    wishes: Mapping[int, Mapping[date, str]] = field(default_factory=dict)
    versions: tuple[Version, ...] = ()
    draft: DraftHead | None = None


def month_of(day: date) -> tuple[date, date]:
    """The first and the last day of the month that a day lies in."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def quarter_of(day: date) -> tuple[date, date]:
    """The first and the last day of the calendar quarter that a day lies in."""
    first = day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    return first, (first + timedelta(days=93)).replace(day=1) - timedelta(days=1)


def days_between(first_day: date, last_day: date) -> tuple[date, ...]:
    """Every date from the first to the last, both included."""
    return tuple(first_day + timedelta(days=n) for n in range((last_day - first_day).days + 1))
