"""Public holidays: which days are free by law, and which weekend days are worked instead.

Each year is a file of its own. A year whose official plan is not out yet is marked as estimated; a
year without a file is not known at all, and the screens say so.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "holiday_years"
_SATURDAY = 5


class DayKind(StrEnum):
    """What a year's plan makes of a day."""

    HOLIDAY = "holiday"
    """A public holiday."""
    REST = "rest"
    """A working day that is free beside a holiday."""
    WORK = "work"
    """A weekend day that is worked instead."""


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that is not what its weekday says."""

    on: date
    kind: DayKind
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class HolidayYear:
    """The plan of one year."""

    year: int
    is_estimated: bool
    """The official plan with its swapped days was not out when this was written."""
    days: tuple[SpecialDay, ...]


@cache
def holiday_year(year: int) -> HolidayYear | None:
    """The plan of a year; None where there is no file for it."""
    path = _FOLDER / f"{year}.toml"
    if not path.is_file():
        return None
    plan = tomllib.loads(path.read_text(encoding="utf-8"))
    return HolidayYear(
        year=plan["year"],
        is_estimated=plan["is_estimated"],
        days=tuple(
            SpecialDay(one["on"], DayKind(one["kind"]), one["zh"], one["en"]) for one in plan["day"]
        ),
    )


@cache
def _by_day(year: int) -> dict[date, SpecialDay]:
    plan = holiday_year(year)
    return {one.on: one for one in plan.days} if plan else {}


def special_day(day: date) -> SpecialDay | None:
    """What is special about a day; None on an ordinary one."""
    return _by_day(day.year).get(day)


def is_holiday(day: date) -> bool:
    """Whether it is free by the holiday plan: a holiday, or a day joined to one."""
    found = special_day(day)
    return found is not None and found.kind is not DayKind.WORK


def is_weekend(day: date) -> bool:
    """Saturday or Sunday, but for those that are worked instead of another day."""
    found = special_day(day)
    return day.weekday() >= _SATURDAY and (found is None or found.kind is not DayKind.WORK)


def weekend_of(day: date) -> date:
    """The Saturday of the weekend that a day belongs to: its own week's."""
    return day + timedelta(days=_SATURDAY - day.weekday())
