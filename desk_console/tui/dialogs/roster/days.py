"""Dates as people type them: 4-6, 4月6日, 2026-04-06."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from desk_console.foundation.refusal import Refusal
from desk_console.foundation.text import narrow
from desk_console.people.fields import day

if TYPE_CHECKING:
    from desk_console.rulebook.desk import Desk


def day_typed(desk: Desk, typed: str, *, field: str) -> date:
    """A date as people write it; month and day alone are the next such day. Nothing, and what is
    none, is refused with the field that it stands in.
    """
    plain = narrow(typed)
    parts = plain.replace("/", "-").replace("月", "-").strip("日").split("-")
    try:
        if len(parts) == 2 and all(part.isdecimal() for part in parts):
            today = desk.now().astimezone(desk.zone).date()
            found = date(today.year, int(parts[0]), int(parts[1]))
            return found if found >= today else found.replace(year=today.year + 1)
        found_day = day(plain)
    except (ValueError, Refusal):
        raise Refusal("people.day_unreadable", day=plain[:40], field=field) from None
    if found_day is None:
        raise Refusal("people.day_empty", field=field)
    return found_day
