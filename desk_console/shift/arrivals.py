"""Arriving: signing on for a shift, and taking a post that nobody holds.

The post passes from a holder to the next only by relief; signing on at a held post is being
present.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from desk_console.foundation.refusal import Refusal, Verdict
from desk_console.foundation.store import Work
from desk_console.people import views as people
from desk_console.people.authority import authorised
from desk_console.people.records import PersonView
from desk_console.people.rules import IN_CHARGE, Right, qualification_verdict
from desk_console.roster import views as roster
from desk_console.roster.rules import (
    Occurrence,
    current,
    posts,
    role_verdict,
)
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import Topic
from desk_console.shift import tenures
from desk_console.shift.codes import HANDOVER_AHEAD
from desk_console.shift.coming import coming, extra, offered
from desk_console.shift.presence import Proven, close, present
from desk_console.shift.records import Attendance, Shift, TenureKind
from desk_console.shift.rules import gone_since_verdict


@dataclass(frozen=True, slots=True)
class SignedOn:
    """What a sign-on came to."""

    attendance_id: int
    person: PersonView
    post_code: str
    plan_code: str | None
    day: date
    late_minutes: int
    """After the time at which the regulation wants the person there; early is negative."""
    expected_at: datetime | None
    is_breach: bool
    clause: str | None
    """The clause on arrival, or on unrostered sign-ons where it is a breach."""
    holds_post: bool
    shift_id: int | None


def sign_on(
    desk: Desk, proof: Proven, *, post_code: str | None = None, plan_code: str | None = None
) -> SignedOn:
    """Stamps a person's arrival; a post that nobody holds is theirs from this instant.

    Refuses a person without the role (6.2, 1.1) or qualification (7.2) for every shift that runs or
    soon begins, one in training with nobody trained at the post (4.4), one who is signed on, and
    outside the hours whoever has no approved overtime (4.1, 4.3).
    """
    with desk.transaction() as work:
        tenures.settle(work, desk)
        person = authorised(work.session, proof.person.id, Right.LOG, desk.duty)
        return _arrive(work, desk, person, post_code, plan_code)


def take_unheld(
    desk: Desk, proof: Proven, *, post_code: str, gone_since: datetime | None = None
) -> SignedOn:
    """Takes a post that nobody holds, or one whose holder on record is gone: deserted from then
    until now, on record.

    `gone_since`, wanted where somebody is on record, lies between the moment at which they took the
    post and now. Somebody who is signed on already takes the post as they are.
    """
    with desk.transaction() as work:
        tenures.settle(work, desk)
        person = authorised(work.session, proof.person.id, Right.LOG, desk.duty)
        tenure = tenures.open_tenure(work.session, post_code)
        if tenure is None or tenure.person_id is None:
            return _take_as_present(work, desk, person, post_code)
        if tenure.person_id == person.id:
            raise Refusal("shift.same_person")
        if gone_since is None:
            raise Refusal("shift.gone_since", since=tenure.began_at, until=work.now)
        gone_since_verdict(gone_since, tenure.began_at, work.now).or_refuse()
        gone = present(work.session, tenure.person_id)
        left = tenures.pass_on(
            work,
            post_code=post_code,
            kind=TenureKind.DESERTED,
            at=gone_since,
            shift_id=tenure.shift_id,
        )
        if gone is not None:
            close(work, gone, early=0, reason="", at=left.began_at)
        work.journal(
            "shift.found_deserted",
            by=person.id,
            subject=f"tenure:{left.id}",
            clause=desk.duty.cite(Topic.SIGN_OFF) or desk.duty.cite(Topic.STAY_AT_POST),
            post=post_code,
            since=left.began_at,
            holder=tenure.person_id,
        )
        return _take_as_present(work, desk, person, post_code)


def _take_as_present(work: Work, desk: Desk, person: PersonView, post_code: str) -> SignedOn:
    """Gives a post that nobody holds to somebody signed on already, or signs them on to it."""
    attendance = present(work.session, person.id)
    if attendance is None:
        return _arrive(work, desk, person, post_code, None)
    if tenures.held_by(work.session, person.id) is not None:
        raise Refusal("shift.holds_another", name=person.name)
    shift = _shift_for(work, desk, person, post_code, None)
    outer = _outer(work, desk, shift)
    if outer is None:
        raise Refusal("shift.no_shift_now", clause=desk.duty.cite(Topic.DUTY_HOURS))
    _fit_verdict(work, desk, person, outer).or_refuse()
    running = tenures.take(work, desk, outer, attendance)
    work.journal(
        "shift.take_unheld",
        by=person.id,
        subject=f"attendance:{attendance.id}",
        clause=desk.duty.cite(Topic.STAY_AT_POST),
        post=post_code,
    )
    return _signed_on(desk, person, attendance, running)


def _outer(work: Work, desk: Desk, shift: Occurrence | None) -> Occurrence | None:
    """The shift whose running a person takes: for a turn within a shift, the shift around it."""
    if shift is None or shift.within is None:
        return shift
    return current(desk.duty, desk.zone, shift.post_code, work.now)


def _arrive(
    work: Work, desk: Desk, person: PersonView, post_code: str | None, plan_code: str | None
) -> SignedOn:
    if present(work.session, person.id) is not None:
        raise Refusal("shift.signed_on_already", name=person.name)
    shift = _shift_for(work, desk, person, post_code, plan_code)
    if shift is not None:
        _fit_verdict(work, desk, person, shift).or_refuse()
    attendance = coming(work, desk, person, shift, post_code)
    work.session.add(attendance)
    work.session.flush()
    running: Shift | None = None
    outer = _outer(work, desk, shift)
    if outer is not None and _is_free(work, outer.post_code):
        running = tenures.take(work, desk, outer, attendance)
    signed_on = _signed_on(desk, person, attendance, running)
    work.journal(
        "shift.sign_on",
        by=person.id,
        subject=f"attendance:{attendance.id}",
        clause=signed_on.clause,
        post=attendance.post_code,
        plan=attendance.plan_code,
        late_minutes=attendance.late_minutes,
        is_breach=attendance.is_breach,
        holds_post=signed_on.holds_post,
    )
    return signed_on


def _fit_verdict(work: Work, desk: Desk, person: PersonView, shift: Occurrence) -> Verdict:
    """May they come for that shift? Somebody in training comes as the second person, beside a
    holder of the post who may be alone; never to a post that nobody holds (4.4, 7.2).
    """
    tenure = tenures.open_tenure(work.session, shift.post_code)
    holder_id = tenure.person_id if tenure is not None else None
    holder = people.person(work.session, holder_id) if holder_id not in (None, person.id) else None
    is_beside = holder is not None and _may_be_alone(work, desk, holder, shift.day).is_allowed
    held = people.qualifications(work.session, person.id)
    return qualification_verdict(person, held, shift.day, desk.duty, is_beside=is_beside)


def _may_be_alone(work: Work, desk: Desk, person: PersonView, day: date) -> Verdict:
    held = people.qualifications(work.session, person.id)
    return qualification_verdict(person, held, day, desk.duty)


def _signed_on(
    desk: Desk, person: PersonView, attendance: Attendance, running: Shift | None
) -> SignedOn:
    return SignedOn(
        attendance_id=attendance.id or 0,
        person=person,
        post_code=attendance.post_code,
        plan_code=attendance.plan_code,
        day=attendance.day,
        late_minutes=attendance.late_minutes,
        expected_at=attendance.expected_at,
        is_breach=attendance.is_breach,
        clause=_clause(desk, attendance),
        holds_post=running is not None,
        shift_id=running.id if running else None,
    )


def _shift_for(
    work: Work, desk: Desk, person: PersonView, post_code: str | None, plan_code: str | None
) -> Occurrence | None:
    """The shift that somebody signs on for: the rostered one first, then what fits the role.

    None for those in charge, who may be present without a shift of their own, and for approved
    overtime, which is none (4.3).
    """
    near = [
        one
        for code in ([post_code] if post_code else posts(desk.duty))
        for one in offered(desk, code, work.now)
        if plan_code in (None, one.plan_code)
    ]
    for one in near:
        if roster.duty_of(
            work.session,
            person.id,
            day=one.day,
            plan_code=one.plan_code,
            post_code=one.post_code,
        ):
            role_verdict(person, one, desk.duty).or_refuse()
            return one
    ending = _ending(work, near)
    fitting = [
        one for one in near if one != ending and role_verdict(person, one, desk.duty).is_allowed
    ]
    allowed = extra(work, desk, person)
    free = [
        one
        for one in fitting
        if _is_free(work, one.post_code)
        and one.within is None
        # Overtime is no shift to come: it takes a post only while the plan mans it.
        and (allowed is None or one.runs_at(work.now))
    ]
    # Where the post is held, whoever comes beside its holder comes for the turn inside the shift.
    turns = [one for one in fitting if one.within is not None]
    if free:
        return free[0]
    if person.roles & IN_CHARGE or allowed is not None:
        # Who is in charge looks in beside the holder, and takes nobody's turn; whoever has
        # approved overtime comes for that (4.3).
        return None
    if fitting:
        return (turns or fitting)[0]
    for one in near:
        if one != ending:
            role_verdict(person, one, desk.duty).or_refuse()
    beforehand = desk.duty.cite(Topic.OVERTIME)
    if not near and beforehand is not None:
        raise Refusal("shift.no_shift_no_overtime", clause=beforehand)
    raise Refusal("shift.no_shift_now", clause=desk.duty.cite(Topic.DUTY_HOURS))


def _ending(work: Work, near: list[Occurrence]) -> Occurrence | None:
    """The shift that ends within minutes at a post that is held, while the next is about to begin:
    nobody comes for it whom the roster has not there, they would be late by all of it.
    """
    runs = next((one for one in near if one.within is None and one.runs_at(work.now)), None)
    if runs is None or work.now < runs.ends_at - HANDOVER_AHEAD or _is_free(work, runs.post_code):
        return None
    is_followed = any(
        one.begins_at == runs.ends_at and one.post_code == runs.post_code for one in near
    )
    return runs if is_followed else None


def _clause(desk: Desk, attendance: Attendance) -> str | None:
    if attendance.is_breach:
        return desk.duty.cite(Topic.UNROSTERED)
    return desk.duty.cite(Topic.ARRIVE_EARLY) or desk.duty.cite(Topic.PUNCTUAL)


def _is_free(work: Work, post_code: str) -> bool:
    tenure = tenures.open_tenure(work.session, post_code)
    return tenure is None or tenure.person_id is None
