"""Who may write in the log: people signed on, or holding the post."""

from dataclasses import dataclass

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from desk_console.foundation.refusal import ALLOWED, Refusal, Verdict, refuse
from desk_console.people.authority import authorised
from desk_console.people.records import PersonView
from desk_console.people.rules import Right, may
from desk_console.rulebook.records import DutyRules
from desk_console.rulebook.topics import Topic
from desk_console.shift.records import Attendance, Tenure
from desk_console.shift.tenures import running_shift

# Asked whenever somebody writes: it is put together once.
_HELD = (
    select(Tenure.post_code)
    .where(col(Tenure.person_id) == bindparam("person"), col(Tenure.ended_at).is_(None))
    .order_by(col(Tenure.id).desc())
)


@dataclass(frozen=True, slots=True)
class Presence:
    """Where somebody is on duty: the post, its running shift, whether that has started (7.9)."""

    post_code: str
    shift_id: int | None
    is_started: bool


def presence(session: Session, person_id: int) -> Presence | None:
    """Where this person is signed on or holds the post; None for somebody not on duty."""
    post_code = session.exec(_HELD, params={"person": person_id}).first()
    if post_code is None:
        post_code = session.exec(
            select(Attendance.post_code)
            .where(Attendance.person_id == person_id, col(Attendance.left_at).is_(None))
            .order_by(col(Attendance.id).desc())
        ).first()
    return None if post_code is None else _at(session, post_code)


def _at(session: Session, post_code: str) -> Presence:
    running = running_shift(session, post_code)
    if running is None:
        return Presence(post_code, None, is_started=True)
    return Presence(post_code, running.id, is_started=running.started_at is not None)


def writer_verdict(person: PersonView, where: Presence | None, duty: DutyRules) -> Verdict:
    """May this person write in the log now? The right, and being on duty (6.3)."""
    allowed = may(person, Right.LOG, duty)
    if not allowed.is_allowed:
        return allowed
    if where is None:
        return refuse(duty.cite(Topic.LOG_PROMPTLY), "log.not_signed_on", name=person.name)
    return ALLOWED


def present_writer(session: Session, person: PersonView, duty: DutyRules) -> Presence:
    """Where this person writes. Refuses whoever may not, as the file has them now, or is not on
    duty.
    """
    now = authorised(session, person.id, Right.LOG, duty)
    where = presence(session, person.id)
    writer_verdict(now, where, duty).or_refuse()
    if where is None:
        raise Refusal("log.not_signed_on", name=person.name)
    return where
