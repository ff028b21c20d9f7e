"""Times as people type them: 9:05, 0905, with full-width digits and colons."""

from __future__ import annotations

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
