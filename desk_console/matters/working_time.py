"""Time as a promise counts it: by the clock, or in office hours on office days.

Either kind answers two questions: when so much of it has passed, and how much of it lies between
two instants. The instants are UTC; office hours are the site's own wall clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Protocol

from desk_console.rulebook.records import Limits, Weekday

_FAR = 400
"""Days that are looked at: a year of closed days says that there are no office days at all."""


class Counter(Protocol):
    """A way to count time."""

    def after(self, start: datetime, span: timedelta) -> datetime:
        """The instant at which `span` has passed since `start`."""

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How much has passed from `start` to `end`; nothing where the end comes first."""


class ByTheClock:
    """Every minute counts."""

    def after(self, start: datetime, span: timedelta) -> datetime:
        """`span` later."""
        return start + span

    def between(self, start: datetime, end: datetime) -> timedelta:
        """The time between."""
        return max(end - start, timedelta(0))


@dataclass(frozen=True, slots=True)
class InOfficeHours:
    """Only office hours on office days count."""

    zone: tzinfo
    begins: time
    ends: time
    is_office_day: Callable[[date], bool]

    @property
    def day(self) -> timedelta:
        """How long an office day is."""
        today = date(2000, 1, 1)
        return datetime.combine(today, self.ends) - datetime.combine(today, self.begins)

    def after(self, start: datetime, span: timedelta) -> datetime:
        """The instant at which so many office hours have passed."""
        left = span
        for opens, closes in self._hours(start):
            begins = max(start, opens)
            if closes - begins >= left:
                return begins + left
            left -= max(closes - begins, timedelta(0))
        return start + span

    def between(self, start: datetime, end: datetime) -> timedelta:
        """The office hours between."""
        total = timedelta(0)
        for opens, closes in self._hours(start):
            if opens >= end:
                break
            total += max(min(closes, end) - max(opens, start), timedelta(0))
        return total

    def _hours(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        first = start.astimezone(self.zone).date()
        for number in range(_FAR):
            day = first + timedelta(days=number)
            if self.is_office_day(day):
                yield (
                    datetime.combine(day, self.begins, self.zone).astimezone(UTC),
                    datetime.combine(day, self.ends, self.zone).astimezone(UTC),
                )


def office_hours(
    limits: Limits, zone: tzinfo, is_holiday: Callable[[date], bool | None]
) -> InOfficeHours:
    """The office hours of a site. `is_holiday` says of a date whether it is a holiday, a working
    day though it is a weekend (False), or neither (None).
    """

    def is_office_day(day: date) -> bool:
        holiday = is_holiday(day)
        if holiday is not None:
            return not holiday
        return tuple(Weekday)[day.weekday()] in limits.office_days

    return InOfficeHours(zone, limits.office_start, limits.office_end, is_office_day)
