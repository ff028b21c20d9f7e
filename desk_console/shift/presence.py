"""Presence: who is signed on at a post, and the steps that other acts take with it."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from desk_console.foundation.journal import newest_first
from desk_console.foundation.store import Work
from desk_console.people.records import PersonView
from desk_console.rulebook.desk import Desk
from desk_console.shift.records import Attendance

# Asked by most acts: it is put together once.
_PRESENT = select(Attendance).where(
    col(Attendance.person_id) == bindparam("person"), col(Attendance.left_at).is_(None)
)


class Proven(Protocol):
    """Somebody who has just proved who they are with their own PIN."""

    @property
    def person(self) -> PersonView:
        """Who it is."""


def present(session: Session, person_id: int) -> Attendance | None:
    """A person's open presence; None for somebody who is not signed on."""
    return session.exec(_PRESENT, params={"person": person_id}).first()


def present_at(session: Session, post_code: str) -> tuple[Attendance, ...]:
    """Who is signed on at a post, first come first."""
    return tuple(
        session.exec(
            select(Attendance)
            .where(Attendance.post_code == post_code, col(Attendance.left_at).is_(None))
            .order_by(col(Attendance.arrived_at), col(Attendance.id))
        )
    )


def was_seen(session: Session, person_id: int, since: datetime) -> bool:
    """Whether the journal has anything that somebody did since then, at whichever console."""
    return any(by_id == person_id for _, _, by_id, _ in newest_first(session, since))


def sign_in_as(work: Work, desk: Desk, person: PersonView, post_code: str, role: str) -> Attendance:
    """A stand-in's presence, where they are not signed on already; a step of stepping out."""
    before = present(work.session, person.id)
    if before is not None:
        return before
    attendance = Attendance(
        person_id=person.id,
        post_code=post_code,
        day=work.now.astimezone(desk.zone).date(),
        role=role,
        console=work.console,
        arrived_at=work.now,
    )
    work.session.add(attendance)
    work.session.flush()
    return attendance


def sign_out(work: Work, person_id: int) -> None:
    """Ends a stand-in's presence; a step of coming back."""
    attendance = present(work.session, person_id)
    # Whoever came for something of their own, a shift or overtime, stays on for it.
    is_own = attendance is not None and attendance.expected_at is not None
    if attendance is not None and attendance.plan_code is None and not is_own:
        close(work, attendance, early=0, reason="")


def close(
    work: Work, attendance: Attendance, *, early: int, reason: str, at: datetime | None = None
) -> None:
    """Ends a presence, `early` minutes before its shift does; now, unless it was at an earlier
    instant.
    """
    attendance.left_at = max(at or work.now, attendance.arrived_at)
    attendance.left_early_minutes = early
    attendance.leave_reason = reason
    work.session.add(attendance)
