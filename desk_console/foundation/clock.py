"""Clocks: where the time comes from. It is always handed in, so that a test lives through a month
at once.
"""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time of day (UTC, aware) and a count of seconds that no clock change moves."""

    def now(self) -> datetime:
        """The present instant, in UTC."""

    def monotonic(self) -> float:
        """Seconds from some fixed moment: for waits and idle times only."""


class SystemClock:
    """The computer's own clock."""

    def now(self) -> datetime:
        """The present instant, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds from some fixed moment."""
        return time.monotonic()


class ShiftedClock:
    """The computer's clock, set to another time when it was made: the demo's `--at`."""

    def __init__(self, start: datetime) -> None:
        """From `start` (aware) on, time runs at its usual pace."""
        self._ahead = start.astimezone(UTC) - datetime.now(UTC)

    def now(self) -> datetime:
        """The present instant of the shifted clock, in UTC."""
        return datetime.now(UTC) + self._ahead

    def monotonic(self) -> float:
        """Seconds from some fixed moment."""
        return time.monotonic()


class MovingClock:
    """A clock that stands until it is moved: for tests, and for the sample's lived-in month."""

    def __init__(self, start: datetime) -> None:
        """It stands at `start` (aware)."""
        self._now = start.astimezone(UTC)
        self._seconds = 0.0

    def now(self) -> datetime:
        """The instant at which it stands, in UTC."""
        return self._now

    def monotonic(self) -> float:
        """Seconds that it was moved forward by `advance`; `jump` leaves them alone."""
        return self._seconds

    def advance(self, span: timedelta) -> None:
        """Lets time pass."""
        self._now += span
        self._seconds += span.total_seconds()

    def move_to(self, instant: datetime) -> None:
        """Lets time pass until `instant`."""
        self.advance(instant.astimezone(UTC) - self._now)

    def jump(self, span: timedelta) -> None:
        """Sets the clock forward or back, as somebody at the desk or NTP may: no time passes."""
        self._now += span
