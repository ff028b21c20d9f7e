"""Leaving: after the handover, at closing time, or without relief, which is on record.

The holder of a post leaves only when somebody else holds it, or when its hours are over.
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from desk_console.foundation.refusal import Refusal, Verdict
from desk_console.foundation.store import Work
from desk_console.foundation.text import accept
from desk_console.people.records import PersonView
from desk_console.roster.rules import Occurrence, current, occurrence_of, posts
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import Topic
from desk_console.shift import tenures
from desk_console.shift.codes import HANDOVER_AHEAD
from desk_console.shift.coming import own_shift, wanted_until
from desk_console.shift.presence import Proven, close, present
from desk_console.shift.records import Attendance, Shift, Tenure, TenureKind
from desk_console.shift.rules import holder_verdict, leaving_verdict, relief_verdict
from desk_console.shift.unhanded import unhanded


def hand_over(work: Work, desk: Desk, outgoing: PersonView, incoming: PersonView) -> Shift:
    """Passes a post from its holder to somebody signed on for it: the old shift closes, the next
    opens. The step of sealing a handover; no act of its own passes a post on.

    Refuses where the one does not hold it, the other is not signed on, or both are one person
    (9.13, 9.16).
    """
    tenure = tenures.held_by(work.session, outgoing.id)
    holder_verdict(outgoing.id, tenure.person_id if tenure else None, desk.duty).or_refuse()
    if tenure is None:
        raise Refusal("shift.not_holder")
    arrival = present(work.session, incoming.id)
    is_signed_on = arrival is not None and arrival.post_code == tenure.post_code
    relief_verdict(
        tenure.kind, outgoing.id, incoming.id, desk.duty, is_signed_on=is_signed_on
    ).or_refuse()
    if arrival is None:
        raise Refusal("shift.incoming_not_signed_on")
    occurrence = relief_shift(arrival, desk, post_code=tenure.post_code, at=work.now)
    return tenures.take(work, desk, occurrence, arrival)


def sign_off(desk: Desk, proof: Proven, *, reason: str = "") -> int:
    """Closes the presence of somebody who holds no post; returns the minutes by which they leave
    early.

    The holder of a post passes it on first (9.16, 6.8, 9.5, 2.8); how a post is closed when its
    hours are over, the handover decides.
    """
    with desk.transaction() as work:
        tenures.settle(work, desk)
        tenure = tenures.held_by(work.session, proof.person.id)
        if tenure is not None:
            hours_verdict(work, desk, tenure).or_refuse()
            raise Refusal("shift.close_by_handover", clause=desk.duty.cite(Topic.SIGN_OFF))
        return sign_off_step(work, desk, proof.person, reason=reason)


def sign_off_step(work: Work, desk: Desk, person: PersonView, *, reason: str = "") -> int:
    """The step of signing off, for an act that does more; a holder may go only where the hours of
    the post are over, and the post is closed with it.
    """
    words = accept(reason)
    attendance = present(work.session, person.id)
    if attendance is None:
        raise Refusal("shift.not_signed_on", name=person.name)
    _let_go(work, desk, person)
    early = _early_minutes(work.session, desk, attendance, work.now)
    close(work, attendance, early=early, reason=words)
    work.session.flush()
    lost = unhanded(work.session, attendance.day, attendance.day).get(attendance.id or 0)
    left = desk.duty.cite(Topic.SIGN_OFF) or desk.duty.cite(Topic.STAY_AT_POST)
    said = {"unhanded_since": lost} if lost else {}
    work.journal(
        "shift.sign_off",
        by=person.id,
        subject=f"attendance:{attendance.id}",
        clause=left if lost else desk.duty.cite(Topic.PUNCTUAL) if early else None,
        early_minutes=early,
        **said,
    )
    return early


def hours_verdict(work: Work, desk: Desk, tenure: Tenure) -> Verdict:
    """May the holder close the post now? Only where its hours are over (9.16, 6.8, 9.5, 2.8)."""
    running = tenures.running_shift(work.session, tenure.post_code)
    runs = current(desk.duty, desk.zone, tenure.post_code, work.now)
    if runs is not None and running is not None and tenures.is_running(running, runs):
        runs = None
    return leaving_verdict(work.now, running.due_at if running else None, runs, desk.duty)


def leave_post(desk: Desk, proof: Proven, reason: str) -> None:
    """Leaves a post without relief: deserted from this minute, on record (9.5, 9.16, 2.8, 6.8)."""
    person, words = proof.person, accept(reason)
    if not words:
        raise Refusal("shift.reason_wanted")
    with desk.transaction() as work:
        tenures.settle(work, desk)
        tenure = tenures.held_by(work.session, person.id)
        holder_verdict(person.id, tenure.person_id if tenure else None, desk.duty).or_refuse()
        if tenure is None:
            raise Refusal("shift.not_holder")
        left = tenures.pass_on(
            work,
            post_code=tenure.post_code,
            kind=TenureKind.DESERTED,
            shift_id=tenure.shift_id,
            reason=words,
            salt=desk.source.random_bytes(tenures.SALT_BYTES).hex(),
        )
        attendance = present(work.session, person.id)
        if attendance is not None:
            early = _early_minutes(work.session, desk, attendance, work.now)
            close(work, attendance, early=early, reason=words)
        work.journal(
            "shift.deserted",
            by=person.id,
            subject=f"tenure:{left.id}",
            clause=desk.duty.cite(Topic.SIGN_OFF) or desk.duty.cite(Topic.STAY_AT_POST),
            post=tenure.post_code,
            digest=tenures.reason_digest(left),
        )


def relief_shift(arrival: Attendance, desk: Desk, *, post_code: str, at: datetime) -> Occurrence:
    """The shift that somebody signed on at a post takes when the post passes to them. Who came for
    none of their own takes the one that runs; near its end, the one that follows.
    """
    found = (
        occurrence_of(
            desk.duty,
            desk.zone,
            plan_code=arrival.plan_code,
            post_code=post_code,
            day=arrival.day,
        )
        if arrival.plan_code
        else None
    )
    if found is None or found.within is not None:
        found = current(desk.duty, desk.zone, post_code, at + HANDOVER_AHEAD)
        found = found or current(desk.duty, desk.zone, post_code, at)
    if found is None:
        raise Refusal("shift.no_shift_now", clause=desk.duty.cite(Topic.DUTY_HOURS))
    return found


def _let_go(work: Work, desk: Desk, person: PersonView) -> None:
    for post_code in posts(desk.duty):
        tenure = tenures.open_tenure(work.session, post_code)
        if tenure is not None and tenure.away_person_id == person.id:
            raise Refusal("shift.come_back_first", clause=desk.duty.cite(Topic.STEP_OUT))
    tenure = tenures.held_by(work.session, person.id)
    if tenure is None:
        return
    hours_verdict(work, desk, tenure).or_refuse()
    running = tenures.running_shift(work.session, tenure.post_code)
    if running is not None:
        tenures.close_shift(work, desk, running)
    tenures.pass_on(work, post_code=tenure.post_code, kind=TenureKind.CLOSED)


def early_minutes(session: Session, desk: Desk, person_id: int) -> int:
    """By how many minutes somebody who signs off now leaves early (7.3, 9.16); 0 where not."""
    attendance = present(session, person_id)
    return _early_minutes(session, desk, attendance, desk.now()) if attendance else 0


def _early_minutes(session: Session, desk: Desk, attendance: Attendance, now: datetime) -> int:
    shift = own_shift(desk, attendance)
    running = tenures.running_shift(session, attendance.post_code)
    is_handed_over = (
        shift is not None
        and shift.within is None
        and (running is None or not tenures.is_running(running, shift))
    )
    ends_at = wanted_until(session, desk, attendance)
    if ends_at is None or now >= ends_at:
        return 0
    if is_handed_over and now >= ends_at - HANDOVER_AHEAD:
        return 0
    return int((ends_at - now).total_seconds() // 60)
