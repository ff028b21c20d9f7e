"""Dates as people type them: 4-6, 4月6日, 2026-04-06."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from desk_console.foundation.refusal import Refusal
from desk_console.foundation.text import narrow
from desk_console.people.fields import day

if TYPE_CHECKING:
    from desk_console.rulebook.desk import Desk


def day_typed(desk: Desk, typed: str) -> date:
    """A date as people write it; month and day alone are the next such day."""
    plain = narrow(typed)
    parts = plain.replace("/", "-").replace("月", "-").strip("日").split("-")
    if len(parts) == 2 and all(part.isdecimal() for part in parts):
        today = desk.now().astimezone(desk.zone).date()
        try:
            found = date(today.year, int(parts[0]), int(parts[1]))
        except ValueError:
            raise Refusal("people.day_unreadable", day=plain[:40]) from None
        return found if found >= today else found.replace(year=today.year + 1)
    found_day = day(plain)
    if found_day is None:
        raise Refusal("people.day_unreadable", day=plain[:40])
    return found_day
