"""Figures of matters in a stretch of time: how long each kind took, how many were late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from desk_console.foundation.reading import rows

if TYPE_CHECKING:
    from sqlmodel import Session

    from desk_console.foundation.reading import Reader

_HANDLED = """
    select kind, count(*) as number,
        avg(julianday(closed_at) - julianday(opened_at)) as days
    from matter where closed_at >= :since and closed_at < :until
    group by kind order by number desc, kind
"""


@dataclass(frozen=True, slots=True)
class HandlingTime:
    """How many matters of a kind were closed, and how long they took on average (3.9)."""

    kind: str
    count: int
    average: timedelta


def handling_times(
    asked: Session | Reader, since: datetime, until: datetime
) -> tuple[HandlingTime, ...]:
    """The handling times of what was closed from `since` up to `until`, by kind (3.9)."""
    return tuple(
        HandlingTime(each["kind"], each["number"], timedelta(seconds=round(each["days"] * 86_400)))
        for each in rows(asked, _HANDLED, since=since, until=until)
    )
