"""Stepping out: leaving the post to a stand-in for a while, and taking it in an emergency.

A manned post has exactly one holder: stepping out and coming back each pass the tenure on in one
transaction, and both stand on the timeline.
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Work
from desk_console.foundation.text import accept
from desk_console.people import views as people
from desk_console.people.authority import authorised
from desk_console.people.records import PersonView
from desk_console.people.rules import Right, qualification_verdict
from desk_console.roster.rules import current, following, role_verdict
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import Topic
from desk_console.shift import tenures
from desk_console.shift.checks import started_verdict
from desk_console.shift.coming import is_near, own_shift, sign_on_at_once
from desk_console.shift.presence import Proven, present, sign_in_as, sign_out
from desk_console.shift.records import Attendance, Shift, Tenure, TenureKind
from desk_console.shift.rules import back_verdict, holder_verdict, stand_in_verdict


def step_out(desk: Desk, proof: Proven, stand_in: Proven, *, reason: str, back_at: datetime) -> int:
    """Passes the post to a stand-in, who signs on with it; returns the tenure's id.

    Refuses (6.8, 2.8, 9.5) whoever does not hold the post, a stand-in without an allowed role, one
    of the desk's own who may not be alone there (4.4, 7.2), and while opening checks wait (7.9).
    `back_at` is when the holder means to be back, UTC: within their shift.
    """
    words = accept(reason)
    if not words:
        raise Refusal("shift.reason_wanted")
    with desk.transaction() as work:
        tenures.settle(work, desk)
        tenure = tenures.held_by(work.session, proof.person.id)
        holder_verdict(proof.person.id, tenure.person_id if tenure else None, desk.duty).or_refuse()
        if tenure is None or tenure.kind is TenureKind.STAND_IN:
            raise Refusal("shift.stand_in_stays", clause=desk.duty.cite(Topic.STEP_OUT))
        running = tenures.running_shift(work.session, tenure.post_code)
        due_at = running.due_at if running else None
        started_verdict(work.session, running, desk.duty).or_refuse()
        back_verdict(back_at, due_at, work.now, desk.duty).or_refuse()
        stands_in = authorised(work.session, stand_in.person.id, Right.LOG, desk.duty)
        _may_stand_in(work, desk, tenure, stands_in)
        role = next(iter(sorted(stands_in.roles & set(desk.duty.stand_in_roles))), "")
        sign_in_as(work, desk, stands_in, tenure.post_code, role)
        passed = tenures.pass_on(
            work,
            post_code=tenure.post_code,
            kind=TenureKind.STAND_IN,
            person_id=stands_in.id,
            shift_id=tenure.shift_id,
            due_at=back_at,
            reason=words,
            salt=desk.source.random_bytes(tenures.SALT_BYTES).hex(),
            away_person_id=proof.person.id,
        )
        work.journal(
            "shift.step_out",
            by=proof.person.id,
            subject=f"tenure:{passed.id}",
            clause=desk.duty.cite(Topic.STEP_OUT),
            stand_in=stands_in.id,
            back_at=back_at,
            digest=tenures.reason_digest(passed),
        )
        return passed.id or 0


def _may_stand_in(work: Work, desk: Desk, tenure: Tenure, stands_in: PersonView) -> None:
    """Refuses who may not stand in there now: by role, alone, or for holding another post."""
    runs = current(desk.duty, desk.zone, tenure.post_code, work.now)
    shift = runs or following(desk.duty, desk.zone, tenure.post_code, work.now)
    is_night = shift is not None and shift.ends_at.astimezone(desk.zone).date() > shift.day
    stand_in_verdict(tenure.person_id, stands_in, shift, desk.duty, is_night=is_night).or_refuse()
    if shift is not None and role_verdict(stands_in, shift, desk.duty).is_allowed:
        held = people.qualifications(work.session, stands_in.id)
        qualification_verdict(stands_in, held, shift.day, desk.duty).or_refuse()
    if tenures.held_by(work.session, stands_in.id) is not None:
        raise Refusal("shift.holds_another", name=stands_in.name)


def come_back(desk: Desk, proof: Proven) -> int:
    """Takes the post back from the stand-in, who is signed off with it; returns the tenure's id."""
    with desk.transaction() as work:
        tenures.settle(work, desk)
        standing = _standing_in_for(work.session, proof.person.id)
        if standing is None or standing.person_id is None:
            raise Refusal("shift.not_out", name=proof.person.name)
        shift = tenures.running_shift(work.session, standing.post_code)
        attendance = present(work.session, proof.person.id)
        is_rostered = attendance is not None and attendance.duty_id is not None
        own = TenureKind.ROSTERED if is_rostered else TenureKind.UNROSTERED
        due_at = shift.due_at if shift else None
        owed_at = tenures.relief_owed(work.session, desk, standing)
        is_held_over = owed_at is not None and work.now >= owed_at
        passed = tenures.pass_on(
            work,
            post_code=standing.post_code,
            kind=TenureKind.HELD_OVER if is_held_over else own,
            person_id=proof.person.id,
            shift_id=standing.shift_id,
            due_at=None if is_held_over else due_at,
        )
        sign_out(work, standing.person_id)
        work.journal(
            "shift.come_back",
            by=proof.person.id,
            subject=f"tenure:{passed.id}",
            clause=desk.duty.cite(Topic.STEP_OUT),
            stand_in=standing.person_id,
        )
        return passed.id or 0


def take_now(desk: Desk, proof: Proven, *, post_code: str) -> int:
    """Takes a post at once in an emergency, whoever holds it; the reason is asked for afterwards.

    Returns the tenure's id. The tenure stays marked as wanting its reason until `give_reason`. Who
    comes for the next shift comes early or late for it as at any sign-on, and opens it.
    """
    with desk.transaction() as work:
        tenures.settle(work, desk)
        person = authorised(work.session, proof.person.id, Right.LOG, desk.duty)
        tenure = tenures.open_tenure(work.session, post_code)
        if tenure is None:
            raise Refusal("shift.no_such_post")
        if tenure.person_id == person.id:
            raise Refusal("shift.holds_already")
        if tenures.held_by(work.session, person.id) is not None:
            raise Refusal("shift.holds_another", name=person.name)
        attendance = sign_on_at_once(work, desk, person, post_code)
        shift = _shift_taken(work, desk, attendance, post_code)
        passed = tenures.pass_on(
            work,
            post_code=post_code,
            kind=TenureKind.EMERGENCY,
            person_id=person.id,
            shift_id=shift.id if shift else None,
            due_at=shift.due_at if shift and shift.due_at > work.now else None,
        )
        work.journal(
            "shift.take_now",
            by=person.id,
            subject=f"tenure:{passed.id}",
            clause=desk.duty.cite(Topic.STAY_AT_POST),
            post=post_code,
            from_person=tenure.person_id,
        )
        return passed.id or 0


def _shift_taken(work: Work, desk: Desk, attendance: Attendance, post_code: str) -> Shift | None:
    """The shift that somebody takes a post in: the next one, where they are its relief, else the
    one that runs; None at a post that is closed.
    """
    running = tenures.running_shift(work.session, post_code)
    comes = own_shift(desk, attendance)
    is_next = running and comes and comes.begins_at >= running.due_at and is_near(comes, work.now)
    if running is not None and comes is not None and is_next:
        tenures.close_shift(work, desk, running)
        return tenures.open_shift(work, desk, comes)
    runs = current(desk.duty, desk.zone, post_code, work.now)
    if running is None and runs is not None:
        return tenures.open_shift(work, desk, runs)
    return running


def give_reason(desk: Desk, person_id: int, tenure_id: int, reason: str) -> None:
    """Says why a post was taken in an emergency: once, by whoever took it."""
    words = accept(reason, limit=1000, lines=True)
    if not words:
        raise Refusal("shift.reason_wanted")
    with desk.transaction() as work:
        tenure = work.session.get(Tenure, tenure_id)
        if tenure is None or tenure.kind is not TenureKind.EMERGENCY or tenure.reason:
            raise Refusal("shift.no_reason_wanted")
        if tenure.person_id != person_id:
            raise Refusal("shift.not_your_reason")
        tenure.reason, tenure.salt = words, desk.source.random_bytes(tenures.SALT_BYTES).hex()
        work.session.add(tenure)
        work.journal(
            "shift.reason_given",
            by=person_id,
            subject=f"tenure:{tenure_id}",
            clause=desk.duty.cite(Topic.STAY_AT_POST),
            digest=tenures.reason_digest(tenure),
        )


def settle(desk: Desk) -> int:
    """Puts on record what time alone has brought; how many things. Writes only where there is
    one.
    """
    with desk.reading() as session:
        if tenures.is_settled(session, desk, desk.now()):
            return 0
    with desk.transaction() as work:
        return tenures.settle(work, desk)


def _standing_in_for(session: Session, person_id: int) -> Tenure | None:
    return session.exec(
        select(Tenure).where(Tenure.away_person_id == person_id, col(Tenure.ended_at).is_(None))
    ).first()
