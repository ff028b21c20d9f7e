"""Who may write in the log: people signed on, or holding the post."""

from dataclasses import dataclass

from sqlmodel import Session

from desk_console.foundation.reading import row
from desk_console.foundation.refusal import ALLOWED, Refusal, Verdict, refuse
from desk_console.people.authority import authorised
from desk_console.people.records import PersonView
from desk_console.people.rules import Right, may
from desk_console.rulebook.records import DutyRules
from desk_console.rulebook.topics import Topic

# Asked whenever somebody writes. Holding a post comes before being signed on at one.
_WHERE = """
    select at.post_code, shift.id, shift.plan_code, shift.started_at from (
        select 1 as sort, id, post_code from tenure
        where person_id = :person and ended_at is null
        union all
        select 2, id, post_code from attendance
        where person_id = :person and left_at is null
        order by sort, id desc limit 1
    ) as at
    left join shift on shift.post_code = at.post_code and shift.closed_at is null
"""


@dataclass(frozen=True, slots=True)
class Presence:
    """Where somebody is on duty: the post, its running shift, whether that has started (7.9)."""

    post_code: str
    shift_id: int | None
    is_started: bool
    plan_code: str | None = None
    """The plan that its shift runs by."""


def presence(session: Session, person_id: int) -> Presence | None:
    """Where this person is signed on or holds the post; None for somebody not on duty."""
    found = row(session, _WHERE, person=person_id)
    if found is None:
        return None
    return Presence(
        found["post_code"],
        found["id"],
        is_started=found["id"] is None or found["started_at"] is not None,
        plan_code=found["plan_code"],
    )


def writer_verdict(person: PersonView, where: Presence | None, duty: DutyRules) -> Verdict:
    """May this person write in the log now? The right, and being on duty (6.3)."""
    allowed = may(person, Right.LOG, duty)
    if not allowed.is_allowed:
        return allowed
    if where is None:
        return refuse(duty.cite(Topic.LOG_PROMPTLY), "log.not_signed_on", name=person.name)
    return ALLOWED


def present_writer(
    session: Session, person: PersonView, duty: DutyRules, where: Presence | None = None
) -> Presence:
    """Where this person writes, looked up unless it is given. Refuses whoever may not, as the file
    has them now, or is not on duty.
    """
    now = authorised(session, person.id, Right.LOG, duty)
    where = where or presence(session, person.id)
    writer_verdict(now, where, duty).or_refuse()
    if where is None:
        raise Refusal("log.not_signed_on", name=person.name)
    return where
