"""Who left without a handover: their post was taken in an emergency, or they deserted it (9.16)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from itertools import groupby

from sqlmodel import Session, col, select

from desk_console.shift.records import Attendance, Tenure, TenureKind

_WITHOUT_ONE = frozenset({TenureKind.EMERGENCY, TenureKind.DESERTED})


def unhanded(session: Session, first_day: date, last_day: date) -> dict[int, datetime]:
    """The attendances of those dates that ended without a handover, and since when the post was no
    longer theirs. Who held it again before they went, handed over then.
    """
    rows = session.exec(
        select(Attendance).where(
            col(Attendance.day) >= first_day,
            col(Attendance.day) <= last_day,
            col(Attendance.left_at).is_not(None),
        )
    ).all()
    if not rows:
        return {}
    begins = min(row.arrived_at for row in rows)
    ends = max(row.left_at for row in rows if row.left_at is not None)
    chain = session.exec(
        select(Tenure)
        .where(
            col(Tenure.began_at) <= ends,
            (col(Tenure.ended_at).is_(None)) | (col(Tenure.ended_at) >= begins),
        )
        .order_by(col(Tenure.post_code), col(Tenure.id))
    ).all()
    found = {}
    for row in rows:
        mine = [one for one in chain if one.post_code == row.post_code]
        lost = _lost_at(row, mine)
        if lost is not None:
            found[row.id or 0] = lost
    return found


def _lost_at(row: Attendance, chain: Iterable[Tenure]) -> datetime | None:
    """When a post passed from somebody present without a handover, for the rest of their stay."""
    if row.left_at is None:
        return None
    lost = None
    during = (one for one in chain if one.began_at <= row.left_at)
    holders = groupby(during, key=lambda one: one.away_person_id or one.person_id)
    was_theirs = False
    for holder_id, stretch in holders:
        first = next(stretch)
        if holder_id == row.person_id:
            was_theirs, lost = first.began_at >= row.arrived_at, None
        elif was_theirs:
            lost = first.began_at if first.kind in _WITHOUT_ONE else None
            was_theirs = False
    return lost
