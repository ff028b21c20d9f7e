"""Tenures: who holds a post, one after the other, without a hole.

Each tenure begins at the instant at which the one before it ends, also where the clock was set
back: then it begins no earlier than its forerunner. What time alone brings (a holder past the
end, nobody where somebody should be, the closing hour) is put on record from its own minute by
`settle`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from desk_console.foundation.canonical import words_digest
from desk_console.foundation.store import Work
from desk_console.roster.rules import Occurrence, current, following, posts, relief_owed_from
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import Topic
from desk_console.shift import tasks
from desk_console.shift.records import HOLDERLESS, Attendance, Shift, Tenure, TenureKind

SALT_BYTES = 16

_UNTIL_DUE = frozenset({TenureKind.ROSTERED, TenureKind.UNROSTERED, TenureKind.EMERGENCY})
"""The kinds that become held over when the shift's end has passed."""

# Every act asks these two: putting the question together would take longer than the answer.
_OPEN = select(Tenure).where(
    col(Tenure.post_code) == bindparam("post"), col(Tenure.ended_at).is_(None)
)
_RUNNING = select(Shift).where(
    col(Shift.post_code) == bindparam("post"), col(Shift.closed_at).is_(None)
)


def open_tenure(session: Session, post_code: str) -> Tenure | None:
    """The tenure that runs at a post now; None only at a post that was never used."""
    return session.exec(_OPEN, params={"post": post_code}).first()


def held_by(session: Session, person_id: int) -> Tenure | None:
    """The tenure in which a person holds a post now."""
    return session.exec(
        select(Tenure).where(Tenure.person_id == person_id, col(Tenure.ended_at).is_(None))
    ).first()


def running_shift(session: Session, post_code: str) -> Shift | None:
    """The shift that runs at a post now."""
    return session.exec(_RUNNING, params={"post": post_code}).first()


def pass_on(
    work: Work,
    *,
    post_code: str,
    kind: TenureKind,
    at: datetime | None = None,
    person_id: int | None = None,
    shift_id: int | None = None,
    due_at: datetime | None = None,
    reason: str = "",
    salt: str = "",
    away_person_id: int | None = None,
) -> Tenure:
    """Ends the running tenure of a post and begins the next at the same instant; a step of an act.

    `at` is the act's own instant unless it is named. A clock set back is put on record. With a
    reason goes its salt; the act's journal row holds `reason_digest`.
    """
    before = open_tenure(work.session, post_code)
    begins = at or work.now
    if before is not None:
        if begins < before.began_at:
            work.journal("shift.clock_back", by=None, subject=f"tenure:{before.id}", shown=begins)
            begins = before.began_at
        before.ended_at = begins
        work.session.add(before)
        work.session.flush()
    after = Tenure(
        post_code=post_code,
        shift_id=shift_id,
        person_id=person_id,
        kind=kind,
        began_at=begins,
        due_at=due_at,
        reason=reason,
        salt=salt,
        away_person_id=away_person_id,
    )
    work.session.add(after)
    work.session.flush()
    return after


def reason_digest(tenure: Tenure) -> str:
    """The salted digest of a tenure's reason, as the journal holds it."""
    return words_digest(tenure.salt, {"reason": tenure.reason})


def open_shift(work: Work, desk: Desk, occurrence: Occurrence) -> Shift:
    """Opens the running of a shift plan; it has started unless opening checks wait (7.9)."""
    shift = Shift(
        post_code=occurrence.post_code,
        plan_code=occurrence.plan_code,
        day=occurrence.day,
        opened_at=work.now,
        due_at=occurrence.ends_at,
        started_at=None if desk.duty.opening_checks else work.now,
    )
    work.session.add(shift)
    work.session.flush()
    return shift


def is_running(running: Shift, shift: Occurrence) -> bool:
    """Whether a running shift is that plan on that date."""
    return (running.plan_code, running.day) == (shift.plan_code, shift.day)


def take(work: Work, desk: Desk, shift: Occurrence, attendance: Attendance) -> Shift:
    """Has somebody signed on hold the post until the shift's end; a step of an act. Another shift
    that still runs there closes, and this one opens unless it runs.
    """
    running = running_shift(work.session, shift.post_code)
    if running is not None and not is_running(running, shift):
        close_shift(work, desk, running)
        running = None
    opened = running or open_shift(work, desk, shift)
    pass_on(
        work,
        post_code=shift.post_code,
        kind=TenureKind.ROSTERED if attendance.duty_id else TenureKind.UNROSTERED,
        person_id=attendance.person_id,
        shift_id=opened.id,
        due_at=shift.ends_at,
    )
    return opened


def close_shift(work: Work, desk: Desk, shift: Shift) -> None:
    """Closes the running of a shift, what was missed in it on record first."""
    tasks.record_undone(work, desk, shift.id or 0, work.now)
    shift.closed_at = max(work.now, shift.opened_at)
    work.session.add(shift)
    work.session.flush()


def relief_owed(session: Session, desk: Desk, tenure: Tenure) -> datetime | None:
    """Since when, or from when, whoever holds a post is owed relief: rostered, standing in, or
    there in an emergency; None where nobody holds it, or no shift is to come (9.9, 6.8, 9.5).
    """
    if tenure.person_id is None:
        return None
    shift = session.get(Shift, tenure.shift_id) if tenure.shift_id else None
    ends_at = shift.due_at if shift else tenure.began_at
    owed = relief_owed_from(desk.duty, desk.zone, tenure.post_code, ends_at)
    return max(owed, shift.opened_at) if owed and shift else owed


def settle(work: Work, desk: Desk) -> int:
    """Puts on record what time alone has brought since the last act; how many things it was."""
    found = 0
    for post_code in posts(desk.duty):
        tenure = open_tenure(work.session, post_code)
        if tenure is None:
            tenure = _begin(work, desk, post_code)
            found += 1
        while (step := _due_step(tenure, desk, work.now)) is not None:
            tenure = _take(work, desk, tenure, *step)
            found += 1
        shift = running_shift(work.session, post_code)
        if shift is not None:
            found += tasks.record_missed(work, desk, shift.id or 0, work.now)
    return found


def is_settled(session: Session, desk: Desk, at: datetime) -> bool:
    """Whether `settle` would find nothing to do at that instant: a look that writes nothing."""
    for post_code in posts(desk.duty):
        tenure = open_tenure(session, post_code)
        if tenure is None or _due_step(tenure, desk, at) is not None:
            return False
        shift = running_shift(session, post_code)
        if shift is not None and tasks.has_missed(session, desk, shift.id or 0, at):
            return False
    return True


def chain_faults(
    session: Session, desk: Desk, post_code: str, since: datetime, until: datetime
) -> tuple[str, ...]:
    """What breaks the rule of one holder at every moment, in a stretch of time; empty is good.

    Looks for holes, overlaps, negative lengths, and minutes closed that should be manned.
    """
    rows = session.exec(
        select(Tenure)
        .where(
            Tenure.post_code == post_code,
            (col(Tenure.ended_at).is_(None)) | (col(Tenure.ended_at) >= since),
            col(Tenure.began_at) <= until,
        )
        .order_by(col(Tenure.id))
    ).all()
    return tuple(_faults(rows, desk, until))


def _faults(rows: Sequence[Tenure], desk: Desk, until: datetime) -> Iterator[str]:
    before: Tenure | None = None
    for row in rows:
        if row.ended_at is not None and row.ended_at < row.began_at:
            yield f"tenure {row.id} ends before it begins"
        if before is not None and before.ended_at != row.began_at:
            yield f"tenure {row.id} does not begin where {before.id} ends"
        if (row.person_id is None) != (row.kind in HOLDERLESS):
            yield f"tenure {row.id} is {row.kind} but its holder says otherwise"
        end = min(row.ended_at or until, until)
        if row.kind is TenureKind.CLOSED and end > row.began_at and desk.duty.round_the_clock:
            yield f"tenure {row.id} closes a post that is manned round the clock"
        before = row
    if before is None or (before.ended_at is not None and before.ended_at < until):
        yield "no tenure runs to the end"


def _begin(work: Work, desk: Desk, post_code: str) -> Tenure:
    is_wanted = desk.duty.round_the_clock or current(desk.duty, desk.zone, post_code, work.now)
    return pass_on(
        work,
        post_code=post_code,
        kind=TenureKind.UNMANNED if is_wanted else TenureKind.CLOSED,
    )


def _due_step(tenure: Tenure, desk: Desk, now: datetime) -> tuple[TenureKind, datetime] | None:
    """The next thing that time has brought at a post: what its tenure becomes, and from when."""
    post_code = tenure.post_code
    if tenure.kind in _UNTIL_DUE:
        if tenure.due_at is None or now < tenure.due_at:
            return None
        owed = relief_owed_from(desk.duty, desk.zone, post_code, tenure.due_at)
        if owed is not None and now >= owed:
            return TenureKind.HELD_OVER, max(owed, tenure.began_at)
        return None
    if tenure.person_id is not None or desk.duty.round_the_clock:
        return None
    runs = current(desk.duty, desk.zone, post_code, tenure.began_at)
    if tenure.kind is TenureKind.CLOSED:
        wanted = runs or following(desk.duty, desk.zone, post_code, tenure.began_at)
        if wanted is not None and now >= wanted.begins_at:
            return TenureKind.UNMANNED, max(wanted.begins_at, tenure.began_at)
        return None
    if runs is None:
        return TenureKind.CLOSED, tenure.began_at
    if now < runs.ends_at:
        return None
    if current(desk.duty, desk.zone, post_code, runs.ends_at) is None:
        return TenureKind.CLOSED, runs.ends_at
    return tenure.kind, runs.ends_at


def _take(work: Work, desk: Desk, tenure: Tenure, kind: TenureKind, at: datetime) -> Tenure:
    post_code = tenure.post_code
    is_held = kind is TenureKind.HELD_OVER
    if not is_held and tenure.shift_id is not None:
        shift = running_shift(work.session, post_code)
        if shift is not None and shift.due_at <= at:
            close_shift(work, desk, shift)
    after = pass_on(
        work,
        post_code=post_code,
        kind=kind,
        at=at,
        person_id=tenure.person_id if is_held else None,
        shift_id=tenure.shift_id if is_held else None,
    )
    work.journal(
        f"shift.{kind}",
        by=None,
        subject=f"tenure:{after.id}",
        clause=desk.duty.cite(Topic.STAY_AT_POST),
        post=post_code,
        since=at,
        person=after.person_id,
    )
    return after
