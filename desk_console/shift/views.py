"""What the screens ask about posts: who holds them, until when, who comes next, what is due, what
is wrong.

The cost of an answer depends on the day's doings, not on the years of history.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import text
from sqlmodel import Session, col, select

from desk_console.foundation.catalogue import Message, message
from desk_console.people import views as people
from desk_console.people.records import PersonView
from desk_console.roster import views as roster
from desk_console.roster.rules import Occurrence, expected_at, following
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import Post, Topic
from desk_console.shift import checks, reminders, tasks, tenures
from desk_console.shift.presence import present_at
from desk_console.shift.records import Attendance, CheckKind, Tenure, TenureKind


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody signed on at a post."""

    attendance_id: int
    person: PersonView
    role: str
    plan_code: str | None
    arrived_at: datetime
    late_minutes: int
    is_breach: bool


@dataclass(frozen=True, slots=True)
class PostView:
    """A post as it stands now."""

    code: str
    name_key: str
    """Its name in the catalogue."""
    tenure_id: int
    kind: TenureKind
    holder: PersonView | None
    since: datetime
    until: datetime | None
    """When the shift should end."""
    shift_id: int | None
    plan: tuple[str, str] | None
    """The shift's name, Chinese and English."""
    day: date | None
    is_started: bool
    reason: str
    away: PersonView | None
    """Who stepped out, while somebody stands in."""
    back_at: datetime | None
    next_plan: tuple[str, str] | None
    next_at: datetime | None
    next_expected_at: datetime | None
    """When the regulation wants the next person there."""
    next_people: tuple[PersonView, ...]
    present: tuple[Present, ...]


@dataclass(frozen=True, slots=True)
class DueView:
    """Something that is to be done now. `kind`: opening, start, tidy, task, round or reminder."""

    kind: str
    zh: str
    en: str
    due_at: datetime
    clause: str | None
    post_code: str
    shift_id: int | None = None
    task_id: int | None = None
    reminder_id: int | None = None
    attendance_id: int | None = None
    route_id: int | None = None
    has_count: bool = False


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that is wrong at a post, and the clause that it breaks."""

    what: Message
    clause: str | None
    post_code: str
    tenure_id: int | None = None
    """The tenure that it is about, where somebody is to say why."""


@dataclass(frozen=True, slots=True)
class Board:
    """Everything about the posts that the live shift shows."""

    posts: tuple[PostView, ...]
    due: tuple[DueView, ...]
    alarms: tuple[Alarm, ...]


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


def board(session: Session, desk: Desk, at: datetime) -> Board:
    """The posts as they stand at an instant, what is due at them and what is wrong."""
    found = [
        view for post in desk.duty.posts() if (view := _post(session, desk, post, at)) is not None
    ]
    due = [one for post in found for one in _due(session, desk, post, at)]
    alarms = [one for post in found for one in _alarms(session, desk, post, at)]
    return Board(
        posts=tuple(found),
        due=tuple(sorted(due, key=lambda one: one.due_at)),
        alarms=tuple(alarms),
    )


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


def signed_on(session: Session) -> tuple[Present, ...]:
    """Everybody signed on, at whichever post."""
    rows = session.exec(
        select(Attendance)
        .where(col(Attendance.left_at).is_(None))
        .order_by(col(Attendance.arrived_at), col(Attendance.id))
    )
    return tuple(_present(session, row) for row in rows)


def attendance_of(session: Session, day: date) -> tuple[Attendance, ...]:
    """Who signed on for the shifts of a date, first come first (2.2, 9.9, 6.10)."""
    return tuple(
        session.exec(
            select(Attendance).where(Attendance.day == day).order_by(col(Attendance.arrived_at))
        )
    )


def _post(session: Session, desk: Desk, post: Post, at: datetime) -> PostView | None:
    tenure = tenures.open_tenure(session, post.code)
    if tenure is None:
        return None
    shift = tenures.running_shift(session, post.code)
    comes = following(desk.duty, desk.zone, post.code, at)
    return PostView(
        code=post.code,
        name_key=post.name_key,
        tenure_id=tenure.id or 0,
        kind=tenure.kind,
        holder=_person(session, tenure.person_id),
        since=tenure.began_at,
        until=shift.due_at if shift else None,
        shift_id=shift.id if shift else None,
        plan=_plan(desk, shift.plan_code) if shift else None,
        day=shift.day if shift else None,
        is_started=shift is None or shift.started_at is not None,
        reason=tenure.reason,
        away=_person(session, tenure.away_person_id),
        back_at=tenure.due_at if tenure.kind is TenureKind.STAND_IN else None,
        next_plan=_plan(desk, comes.plan_code) if comes else None,
        next_at=comes.begins_at if comes else None,
        next_expected_at=expected_at(comes, desk.duty) if comes else None,
        next_people=_next_people(session, comes),
        present=tuple(_present(session, row) for row in present_at(session, post.code)),
    )


def _next_people(session: Session, comes: Occurrence | None) -> tuple[PersonView, ...]:
    if comes is None:
        return ()
    return roster.on_duty(
        session, day=comes.day, plan_code=comes.plan_code, post_code=comes.post_code
    )


def _present(session: Session, row: Attendance) -> Present:
    person = people.person(session, row.person_id)
    if person is None:
        raise LookupError(f"attendance {row.id} names nobody")
    return Present(
        attendance_id=row.id or 0,
        person=person,
        role=row.role,
        plan_code=row.plan_code,
        arrived_at=row.arrived_at,
        late_minutes=row.late_minutes,
        is_breach=row.is_breach,
    )


def _person(session: Session, person_id: int | None) -> PersonView | None:
    return None if person_id is None else people.person(session, person_id)


def _plan(desk: Desk, code: str) -> tuple[str, str] | None:
    plan = desk.duty.shift(code)
    return (plan.zh, plan.en) if plan else None


def _due(session: Session, desk: Desk, post: PostView, at: datetime) -> Iterator[DueView]:
    yield from _due_checks(session, desk, post, at)
    if post.shift_id is not None:
        for run in tasks.due(session, desk, post.shift_id, at):
            yield DueView(
                kind="round" if run.task.route_id is not None else "task",
                zh=run.task.zh,
                en=run.task.en,
                due_at=run.due_at,
                clause=run.task.clause,
                post_code=post.code,
                shift_id=post.shift_id,
                task_id=run.task.id,
                route_id=run.task.route_id,
                has_count=run.task.has_count,
            )
    for reminder in reminders.waiting(session, post.code, at + timedelta(minutes=15)):
        yield DueView(
            kind="reminder",
            zh=reminder.words,
            en=reminder.words,
            due_at=reminder.due_at,
            clause=None,
            post_code=post.code,
            reminder_id=reminder.id,
        )


def _due_checks(session: Session, desk: Desk, post: PostView, at: datetime) -> Iterator[DueView]:
    if post.shift_id is not None and not post.is_started:
        yield _check_due(desk, post, "opening", post.since, Topic.OPENING_CHECKS)
    for one in post.present:
        if one.plan_code is None:
            continue
        waiting = checks.lines(session, CheckKind.START, attendance_id=one.attendance_id)
        open_lines = [line for line in waiting if line.is_ok is None]
        if open_lines:
            yield DueView(
                kind="start",
                zh=one.person.name,
                en=one.person.name,
                due_at=one.arrived_at,
                clause=open_lines[0].clause,
                post_code=post.code,
                attendance_id=one.attendance_id,
            )
    tidy_from = timedelta(minutes=desk.duty.tidy_before_minutes)
    if post.until is not None and tidy_from and at >= post.until - tidy_from:
        waiting = checks.lines(session, CheckKind.TIDY, shift_id=post.shift_id)
        if any(line.is_ok is None for line in waiting):
            yield _check_due(desk, post, "tidy", post.until - tidy_from, Topic.TIDY)


def _check_due(desk: Desk, post: PostView, kind: str, due_at: datetime, topic: Topic) -> DueView:
    return DueView(
        kind=kind,
        zh="",
        en="",
        due_at=due_at,
        clause=desk.duty.cite(topic),
        post_code=post.code,
        shift_id=post.shift_id,
    )


def _alarms(session: Session, desk: Desk, post: PostView, at: datetime) -> Iterator[Alarm]:
    stay = desk.duty.cite(Topic.STAY_AT_POST)
    span = max(at - post.since, timedelta(0))
    name = post.holder.name if post.holder else ""
    match post.kind:
        case TenureKind.UNMANNED | TenureKind.DESERTED:
            since = _empty_since(session, post)
            what = message(f"shift.alarm_{post.kind}", since=since, span=at - since)
            yield Alarm(what, stay, post.code)
        case TenureKind.HELD_OVER:
            what = message("shift.alarm_held_over", name=name, since=post.since, span=span)
            yield Alarm(what, desk.duty.cite(Topic.ARRIVE_EARLY) or stay, post.code)
        case TenureKind.STAND_IN if post.away and post.back_at and at > post.back_at:
            what = message(
                "shift.alarm_stand_in_late", name=post.away.name, due=post.back_at, stand_in=name
            )
            yield Alarm(what, desk.duty.cite(Topic.STEP_OUT), post.code)
        case _:
            pass
    yield from _reasons_wanted(session, post, stay)
    if post.shift_id is not None and not post.is_started:
        opening = checks.lines(session, CheckKind.OPENING, shift_id=post.shift_id)
        verdict = checks.start_verdict(opening, desk.duty)
        if verdict.message is not None:
            what = message("shift.alarm_not_started", **verdict.message.values)
            yield Alarm(what, verdict.clause, post.code)
    for one in post.present:
        if one.is_breach:
            clause = desk.duty.cite(Topic.UNROSTERED)
            yield Alarm(message("shift.alarm_breach", name=one.person.name), clause, post.code)


def _reasons_wanted(session: Session, post: PostView, clause: str | None) -> Iterator[Alarm]:
    """Posts taken in an emergency whose reason is still missing, also after the relief."""
    rows = session.exec(
        select(Tenure)
        .where(Tenure.post_code == post.code, text("kind = 'emergency' and reason = ''"))
        .order_by(col(Tenure.id))
    )
    for row in rows:
        person = _person(session, row.person_id)
        what = message("shift.alarm_reason", name=person.name if person else "")
        yield Alarm(what, clause, post.code, tenure_id=row.id)


def _empty_since(session: Session, post: PostView) -> datetime:
    """Since when nobody has held the post, over tenures that follow each other without a holder."""
    empty = (TenureKind.UNMANNED, TenureKind.DESERTED)
    rows = session.exec(
        select(Tenure)
        .where(Tenure.post_code == post.code)
        .order_by(col(Tenure.id).desc())
        .limit(50)
    )
    since = post.since
    for row in rows:
        if row.kind not in empty:
            break
        since = row.began_at
    return since
