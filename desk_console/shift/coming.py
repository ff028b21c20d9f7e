"""What somebody comes for: the shift that is theirs, when they are wanted there, as what they come.

A step of arriving and of taking a post at once; it decides nothing about who holds the post.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session

from desk_console.foundation.reading import began_at
from desk_console.foundation.store import Work
from desk_console.people.records import PersonView
from desk_console.people.rules import IN_CHARGE
from desk_console.roster import overtime
from desk_console.roster import views as roster
from desk_console.roster.overtime import Overtime
from desk_console.roster.records import Duty
from desk_console.roster.rules import (
    Occurrence,
    current,
    expected_at,
    following,
    occurrence_of,
    posts,
    role_verdict,
    turns_at,
)
from desk_console.rulebook.desk import Desk
from desk_console.shift import tenures
from desk_console.shift.codes import HANDOVER_AHEAD
from desk_console.shift.presence import present
from desk_console.shift.records import Attendance
from desk_console.shift.rules import SIGN_ON_AHEAD, is_breach, minutes_late


def offered(desk: Desk, post_code: str, now: datetime) -> list[Occurrence]:
    """The shifts that somebody may sign on for now, as people mean it: close to its end the running
    one stands behind the coming one.
    """
    runs = current(desk.duty, desk.zone, post_code, now)
    comes = following(desk.duty, desk.zone, post_code, now)
    if comes is not None and comes.begins_at - now > SIGN_ON_AHEAD:
        comes = None
    turns = [
        *turns_at(desk.duty, desk.zone, post_code, now),
        *turns_at(desk.duty, desk.zone, post_code, now + timedelta(minutes=30)),
    ]
    ordered = [runs, comes, *turns]
    if runs is not None and comes is not None and comes.begins_at - now < timedelta(hours=1):
        ordered = [comes, runs, *turns]
    return list(dict.fromkeys(one for one in ordered if one is not None))


def extra(work: Work, desk: Desk, person: PersonView) -> Overtime | None:
    """The approved overtime that somebody comes for, on a day without a shift (4.3)."""
    return overtime.near(work.session, desk, person.id, work.now, ahead=SIGN_ON_AHEAD)


def coming(
    work: Work,
    desk: Desk,
    person: PersonView,
    shift: Occurrence | None,
    post_code: str | None,
) -> Attendance:
    """The presence of somebody who comes for a shift: late or early, rostered or a breach (9.9,
    6.10, 3.5); for approved overtime, by its own hours and no breach (4.3); without either, of
    somebody who looks in.
    """
    attendance = _coming(work, desk, person, shift, post_code)
    allowed = extra(work, desk, person) if attendance.duty_id is None else None
    if allowed is not None:
        wanted_at = allowed.expected_at(desk)
        attendance.day = allowed.day if shift is None else shift.day
        attendance.expected_at = wanted_at
        attendance.late_minutes = minutes_late(work.now, wanted_at) if wanted_at else 0
        attendance.is_breach = False
    return attendance


def _coming(
    work: Work,
    desk: Desk,
    person: PersonView,
    shift: Occurrence | None,
    post_code: str | None,
) -> Attendance:
    if shift is None:
        today = work.now.astimezone(desk.zone).date()
        return Attendance(
            person_id=person.id,
            post_code=post_code or posts(desk.duty)[0],
            day=today,
            role=_first_role(person, frozenset()),
            console=work.console,
            arrived_at=work.now,
        )
    rostered = roster.on_duty(
        work.session, day=shift.day, plan_code=shift.plan_code, post_code=shift.post_code
    )
    breaks = is_breach(person.id, tuple(each.id for each in rostered))
    duty_id = roster.duty_of(
        work.session,
        person.id,
        day=shift.day,
        plan_code=shift.plan_code,
        post_code=shift.post_code,
    )
    wanted_at = None if breaks else _wanted_at(work, desk, shift, duty_id)
    return Attendance(
        person_id=person.id,
        post_code=shift.post_code,
        plan_code=shift.plan_code,
        day=shift.day,
        role=_first_role(person, shift.roles),
        console=work.console,
        duty_id=duty_id,
        arrived_at=work.now,
        expected_at=wanted_at,
        late_minutes=minutes_late(work.now, wanted_at) if wanted_at else 0,
        is_breach=breaks,
    )


def _wanted_at(work: Work, desk: Desk, shift: Occurrence, duty_id: int | None) -> datetime | None:
    """When somebody was waited for there (9.9, 6.10); late is nobody else. None in the shift in
    which the site began, as nobody can sign on before there is anything to sign on to; for whoever
    was put on the roster after that time; and for whoever comes, with nobody on the roster, to a
    shift that runs and has its holder, to help or to relieve them in its midst.
    """
    wanted_at = expected_at(shift, desk.duty)
    began = began_at(work.session)
    if began is not None and wanted_at < began <= shift.ends_at:
        return None
    if duty_id is not None:
        duty = work.session.get_one(Duty, duty_id)
        return wanted_at if duty.added_at <= wanted_at else None
    return None if _is_manned(work, shift) else wanted_at


def _is_manned(work: Work, shift: Occurrence) -> bool:
    """Whether a shift has begun and somebody who came for it holds its post."""
    running = tenures.running_shift(work.session, shift.post_code)
    if running is None or not tenures.is_running(running, shift) or not shift.runs_at(work.now):
        return False
    tenure = tenures.open_tenure(work.session, shift.post_code)
    return tenure is not None and tenure.person_id is not None


def _first_role(person: PersonView, wanted: frozenset[str]) -> str:
    return next(iter(sorted(person.roles & wanted) or sorted(person.roles)), "")


def own_shift(desk: Desk, attendance: Attendance) -> Occurrence | None:
    """The shift that somebody present came for."""
    if attendance.plan_code is None:
        return None
    return occurrence_of(
        desk.duty,
        desk.zone,
        plan_code=attendance.plan_code,
        post_code=attendance.post_code,
        day=attendance.day,
    )


def wanted_until(session: Session, desk: Desk, attendance: Attendance) -> datetime | None:
    """When what somebody present came for ends: their approved overtime, else their shift."""
    if attendance.duty_id is None:
        allowed = overtime.near(
            session, desk, attendance.person_id, attendance.arrived_at, ahead=SIGN_ON_AHEAD
        )
        if allowed is not None:
            return allowed.ends_at if allowed.has_hours else None
    shift = own_shift(desk, attendance)
    return shift.ends_at if shift else None


def is_near(shift: Occurrence, now: datetime) -> bool:
    """Whether a shift runs, or is so near that the one before it may be handed over."""
    return shift.begins_at - HANDOVER_AHEAD <= now


def sign_on_at_once(work: Work, desk: Desk, person: PersonView, post_code: str) -> Attendance:
    """The presence of who takes a post in an emergency; a step of that. Refuses nobody.

    Whoever is rostered for a shift, or comes for the next one where nobody is, comes for that:
    early or late. Anybody else comes to help, and is late for nothing.
    """
    before = present(work.session, person.id)
    if before is not None:
        return before
    running = tenures.running_shift(work.session, post_code)
    near = [one for one in offered(desk, post_code, work.now) if one.within is None]

    def is_relief(one: Occurrence) -> bool:
        runs = running is not None and tenures.is_running(running, one)
        return not runs and not person.roles & IN_CHARGE and is_near(one, work.now)

    attendance = next(
        (
            came
            for one in near
            if role_verdict(person, one, desk.duty).is_allowed
            for came in [coming(work, desk, person, one, post_code)]
            if came.duty_id is not None or (is_relief(one) and not came.is_breach)
        ),
        None,
    )
    attendance = attendance or coming(work, desk, person, None, post_code)
    work.session.add(attendance)
    work.session.flush()
    return attendance
