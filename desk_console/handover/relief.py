"""Relief that does not come: the holder stays, and the ladder is called rung by rung (9.6, 9.9).

Each rung has its minutes to answer; then the next is called by itself, from its own minute, also
where nobody looked at the screen in between.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from desk_console.foundation import outbox
from desk_console.foundation.canonical import words_digest
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Work
from desk_console.foundation.text import accept
from desk_console.handover.records import ReliefCall
from desk_console.handover.reporting import report_irregular, unreported
from desk_console.people import views as people
from desk_console.people.authority import authorised
from desk_console.people.mailing import readers_as
from desk_console.people.records import PersonView
from desk_console.people.rules import Right
from desk_console.roster.rules import posts
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.ladder import rung_of, rungs
from desk_console.rulebook.records import DutyRules, Topic
from desk_console.shift import step_out, tenures

_SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class DueCall:
    """A rung that is to be called, and from which minute."""

    rung: int
    role: str
    at: datetime


def rungs_above(roles: Collection[str], duty: DutyRules) -> tuple[str, ...]:
    """The roles of the ladder above somebody, lowest first (9.6, 2.11, 1.7)."""
    return rungs(duty)[rung_of(roles, duty) + 1 :]


def calls_due(
    since: datetime,
    now: datetime,
    answered_rung: int | None,
    above: tuple[str, ...],
    minutes: int,
) -> tuple[DueCall, ...]:
    """The rungs that are to have been called by now, each from its own minute; none above the one
    that answered.
    """
    found = []
    for rung, role in enumerate(above):
        at = since + timedelta(minutes=minutes * rung)
        if at > now or (answered_rung is not None and rung > answered_rung):
            break
        found.append(DueCall(rung, role, at))
    return tuple(found)


def settle(desk: Desk) -> int:
    """Puts on record what time alone has brought, to the posts and to those who are called; how
    many things. Writes only where there is one.
    """
    found = step_out.settle(desk)
    with desk.reading() as session:
        is_due = any(True for _ in _missing(session, desk, desk.now()))
        if not (is_due or unreported(session, desk, desk.now())):
            return found
    with desk.transaction() as work:
        return found + settle_calls(work, desk) + report_irregular(work, desk)


def settle_calls(work: Work, desk: Desk) -> int:
    """The step of `settle` for the calls: each rung that is due and was not called."""
    found = list(_missing(work.session, desk, work.now))
    for post_code, since, due in found:
        _call(work, desk, post_code, since, due)
    return len(found)


def call_now(work: Work, desk: Desk, post_code: str, *, refused_by: str) -> None:
    """Calls the first rung at once: the incoming person refuses to take over; a step of that."""
    tenure = tenures.open_tenure(work.session, post_code)
    holder = people.person(work.session, tenure.person_id) if tenure and tenure.person_id else None
    above = rungs_above(holder.roles, desk.duty) if holder else ()
    is_called = select(ReliefCall.id).where(
        ReliefCall.post_code == post_code, ReliefCall.since == work.now
    )
    if (
        tenure is None
        or holder is None
        or not above
        or work.session.exec(is_called).first() is not None
    ):
        return
    due = DueCall(0, above[0], work.now)
    said = {"name": refused_by, "holder": holder.name}
    _call(work, desk, post_code, work.now, due, template="refused", said=said)


def answer_call(desk: Desk, person: PersonView, call_id: int, words: str) -> None:
    """Somebody who was called says what happens now: no further rung is called for this."""
    said = accept(words, limit=1000, lines=True)
    if not said:
        raise Refusal("handover.answer_wanted")
    with desk.transaction() as work:
        now = authorised(work.session, person.id, Right.LOG, desk.duty)
        call = work.session.get(ReliefCall, call_id)
        if call is None or call.answered_at is not None:
            raise Refusal("handover.call_answered")
        if not _may_answer(now, call, desk.duty):
            raise Refusal("handover.call_not_yours", clause=desk.duty.cite(Topic.ESCALATION))
        call.answered_at, call.answered_by, call.answer = work.now, person.id, said
        call.salt = desk.source.random_bytes(_SALT_BYTES).hex()
        work.session.add(call)
        work.journal(
            "handover.call_answered",
            by=person.id,
            subject=f"relief_call:{call_id}",
            clause=desk.duty.cite(Topic.ESCALATION),
            rung=call.rung,
            digest=words_digest(call.salt, {"answer": said}),
        )


def _may_answer(person: PersonView, call: ReliefCall, duty: DutyRules) -> bool:
    """Who has the role that was called, or one above it."""
    if call.role not in rungs(duty):
        return call.role in person.roles
    return rung_of(person.roles, duty) >= rungs(duty).index(call.role)


def _missing(
    session: Session, desk: Desk, now: datetime
) -> Iterator[tuple[str, datetime, DueCall]]:
    for post_code in posts(desk.duty):
        tenure = tenures.open_tenure(session, post_code)
        since = tenures.relief_owed(session, desk, tenure) if tenure else None
        if tenure is None or since is None or since > now:
            continue
        # Of somebody who stepped out and is not back, those above are called, not the stand-in's.
        waits_id = tenure.away_person_id or tenure.person_id
        holder = people.person(session, waits_id) if waits_id else None
        calls = session.exec(
            select(ReliefCall).where(ReliefCall.post_code == post_code, ReliefCall.since == since)
        ).all()
        answered = [call.rung for call in calls if call.answered_at is not None]
        due = calls_due(
            since,
            now,
            min(answered, default=None),
            rungs_above(holder.roles if holder else frozenset(), desk.duty),
            desk.duty.relief_call_minutes,
        )
        called = {call.rung for call in calls}
        for one in due:
            if one.rung not in called:
                yield post_code, since, one


def _call(
    work: Work,
    desk: Desk,
    post_code: str,
    since: datetime,
    due: DueCall,
    *,
    template: str = "relief",
    said: Mapping[str, object] | None = None,
) -> None:
    call = ReliefCall(
        post_code=post_code, since=since, rung=due.rung, role=due.role, called_at=due.at
    )
    work.session.add(call)
    work.session.flush()
    work.journal(
        "handover.relief_called",
        by=None,
        subject=f"relief_call:{call.id}",
        clause=desk.duty.cite(Topic.ESCALATION) or desk.duty.cite(Topic.STAY_AT_POST),
        post=post_code,
        rung=due.rung,
        role=due.role,
        since=since,
        called_at=due.at,
    )
    for reader in readers_as(work.session, desk, due.role):
        outbox.put(
            work,
            desk.source,
            template=f"handover.{template}",
            address=reader.address,
            language=reader.language,
            about=f"relief_call:{call.id}",
            values={"site": desk.site.name, "since": since, "called_at": due.at, **(said or {})},
        )


def waiting_calls(session: Session) -> tuple[ReliefCall, ...]:
    """The calls that nobody has answered, newest first."""
    return tuple(
        session.exec(
            select(ReliefCall)
            .where(col(ReliefCall.answered_at).is_(None))
            .order_by(col(ReliefCall.called_at).desc())
            .limit(20)
        )
    )
