"""Times as people type them: 9:05, 0905, with full-width digits and colons."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, tzinfo

from desk_console.foundation.refusal import Refusal
from desk_console.foundation.text import narrow


def typed_time(
    typed: str, now: datetime, zone: tzinfo, *, is_past: bool = False
) -> datetime | None:
    """The next moment after now at that time of day, or the last one before it; None for nothing
    typed. Refuses what is no time.
    """
    plain = narrow(typed).replace(" ", "")
    if not plain:
        return None
    digits = plain.replace(":", "")
    if ":" not in plain and len(digits) <= 2:
        digits += "00"
    if not (digits.isdecimal() and 3 <= len(digits) <= 4):
        raise Refusal("tui.act.bad_time")
    hour, minute = int(digits[:-2]), int(digits[-2:])
    if hour > 23 or minute > 59:
        raise Refusal("tui.act.bad_time")
    local = now.astimezone(zone)
    at = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
    if is_past and at > local:
        at -= timedelta(days=1)
    elif not is_past and at <= local:
        at += timedelta(days=1)
    return at


_MOMENT = re.compile(r"(?:(?:(\d{4})-)?(\d{1,2})-)?(\d{1,2})\s+(\d{1,2}:?\d{2})")


def typed_moment(
    typed: str, now: datetime, zone: tzinfo, *, is_past: bool = False
) -> datetime | None:
    """A moment as people type it: `14:30`, `26 9:00`, `11-26 9:00`; None for nothing typed.

    A day without its month is the next such day (or the last one); a day without its year is the
    nearest such day in that direction. Refuses what is no moment.
    """
    plain = narrow(typed).replace("/", "-")
    if " " not in plain:
        return typed_time(plain, now, zone, is_past=is_past)
    found = _MOMENT.fullmatch(plain)
    clock = typed_time(found[4], now, zone) if found else None
    if found is None or clock is None:
        raise Refusal("tui.matters.bad_when")
    year, month, day = (int(part) if part else None for part in found.groups()[:3])
    today = now.astimezone(zone)
    for back in range(-1, 25):
        months = today.year * 12 + today.month - 1 + (-back if is_past else back)
        tried = (year or months // 12, month or months % 12 + 1)
        try:
            at = clock.replace(year=tried[0], month=tried[1], day=day or 1)
        except ValueError:
            continue
        is_there = at <= today if is_past else at > today
        if is_there or year is not None:
            return at
    raise Refusal("tui.matters.bad_when")
