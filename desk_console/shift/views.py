"""What the screens ask about posts beside the live shift's board: the timeline, who is signed on,
who was there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from desk_console.people import glance as people
from desk_console.people.values import PersonView
from desk_console.shift.board import Alarm as Alarm
from desk_console.shift.board import Board as Board
from desk_console.shift.board import PostView as PostView
from desk_console.shift.board import board as board
from desk_console.shift.due import DueView as DueView
from desk_console.shift.glance import Present as Present
from desk_console.shift.glance import signed_on as signed_on
from desk_console.shift.records import Attendance, Tenure, TenureKind


@dataclass(frozen=True, slots=True)
class TenureLine:
    """One stretch of a post's timeline."""

    id: int
    kind: TenureKind
    person: PersonView | None
    began_at: datetime
    ended_at: datetime | None
    reason: str
    away: PersonView | None


def timeline(
    session: Session, post_code: str, since: datetime, until: datetime
) -> tuple[TenureLine, ...]:
    """Who held a post in a stretch of time, first to last."""
    rows = session.exec(
        select(Tenure)
        .where(
            Tenure.post_code == post_code,
            (col(Tenure.ended_at).is_(None)) | (col(Tenure.ended_at) > since),
            col(Tenure.began_at) < until,
        )
        .order_by(col(Tenure.id))
    )
    return tuple(
        TenureLine(
            id=row.id or 0,
            kind=row.kind,
            person=_person(session, row.person_id),
            began_at=row.began_at,
            ended_at=row.ended_at,
            reason=row.reason,
            away=_person(session, row.away_person_id),
        )
        for row in rows
    )


def attendance_of(session: Session, day: date) -> tuple[Attendance, ...]:
    """Who signed on for the shifts of a date, first come first (2.2, 9.9, 6.10)."""
    return tuple(
        session.exec(
            select(Attendance).where(Attendance.day == day).order_by(col(Attendance.arrived_at))
        )
    )


def present_at_moment(session: Session, at: datetime) -> tuple[PersonView, ...]:
    """Who was signed on at that moment, at whatever post, first come first."""
    rows = session.exec(
        select(Attendance.person_id)
        .where(
            col(Attendance.arrived_at) <= at,
            (col(Attendance.left_at).is_(None)) | (col(Attendance.left_at) > at),
        )
        .order_by(col(Attendance.arrived_at), col(Attendance.id))
    )
    found = [_person(session, person_id) for person_id in dict.fromkeys(rows)]
    return tuple(one for one in found if one is not None)


def _person(session: Session, person_id: int | None) -> PersonView | None:
    return None if person_id is None else people.person(session, person_id)
