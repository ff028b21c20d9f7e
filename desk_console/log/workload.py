"""How much work each shift brings, as measured: the roster weighs it (3.1)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import func
from sqlmodel import Session, col, select

from desk_console.log.records import Entry
from desk_console.shift.records import Shift

WEEKS = 8
"""How far back it is measured."""

UNITS = 10
"""Units of one entry, so that tenths count."""


def entries_per_shift(session: Session, today: date) -> Mapping[tuple[str, str], int]:
    """Entries of an average shift, in tenths, by plan and post, over the last eight weeks.

    Shifts that never ran are not in it: a new site has no figures.
    """
    rows = session.exec(
        select(
            Shift.plan_code,
            Shift.post_code,
            func.count(func.distinct(Shift.id)),
            func.count(col(Entry.id)),
        )
        .join(Entry, col(Entry.shift_id) == Shift.id, isouter=True)
        .where(col(Shift.day) >= today - timedelta(weeks=WEEKS), col(Shift.day) < today)
        .group_by(col(Shift.plan_code), col(Shift.post_code))
    )
    return {
        (plan, post): entries * UNITS // shifts for plan, post, shifts, entries in rows if shifts
    }
