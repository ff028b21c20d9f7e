"""Recurring tasks: due again and again during a shift, each run done or missed on record.

A run is due every so many minutes from the shift's start, or at set times of the site's day. What
was not done within its grace is missed; that is put on record by time alone, with nobody having
to report it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo

from sqlmodel import Session, col, select

from desk_console.foundation.refusal import ALLOWED, Refusal, Verdict, refuse
from desk_console.foundation.store import Work
from desk_console.foundation.text import accept
from desk_console.people.authority import authorised
from desk_console.people.rules import Right
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import DutyRules, TaskRule, Topic
from desk_console.shift.records import RecurringTask, Shift, TaskRun

ASKED_AHEAD = timedelta(minutes=15)
"""From how long before it is due a run is shown, and may be done."""


@dataclass(frozen=True, slots=True)
class TaskSpec:
    """When a task comes back."""

    id: int
    code: str
    zh: str
    en: str
    clause: str | None
    every: timedelta | None
    at_times: tuple[time, ...]
    grace: timedelta
    has_count: bool
    route_id: int | None


@dataclass(frozen=True, slots=True)
class DueRun:
    """One run of a task that is to be done now or was missed."""

    task: TaskSpec
    due_at: datetime

    def is_missed(self, at: datetime) -> bool:
        """Whether its grace is over at that instant."""
        return at > self.due_at + self.task.grace


def runs_between(
    task: TaskSpec, opened_at: datetime, until: datetime, zone: tzinfo
) -> Iterator[datetime]:
    """When a task is due in a shift that opened at an instant, up to `until` and with it (UTC)."""
    if task.every is not None:
        due = opened_at + task.every
        while due <= until:
            yield due
            due += task.every
        return
    day = opened_at.astimezone(zone).date()
    while datetime.combine(day, time(0), zone) <= until:
        for at in sorted(task.at_times):
            due = datetime.combine(day, at, zone).astimezone(UTC)
            if opened_at <= due <= until:
                yield due
        day += timedelta(days=1)


def doing_verdict(run: DueRun, at: datetime, count: int | None, duty: DutyRules) -> Verdict:
    """May this run be done now? Not long before it is due, nor after its grace (7.10, 1.12).

    Tasks whose amount is counted want the number (7.12).
    """
    clause = run.task.clause or duty.cite(Topic.RECURRING_TASKS)
    if at < run.due_at - ASKED_AHEAD:
        return refuse(clause, "shift.task_too_early", due=run.due_at)
    if run.is_missed(at):
        return refuse(clause, "shift.task_missed", due=run.due_at)
    if run.task.has_count and (count is None or count < 0):
        return refuse(duty.cite(Topic.TASK_COUNTS) or clause, "shift.task_count_wanted")
    return ALLOWED


def seed(work: Work, duty: DutyRules) -> None:
    """Puts the regulation's own tasks on the list; those that are there stay as they are."""
    known = set(work.session.exec(select(RecurringTask.code)))
    for rule in duty.recurring_tasks:
        if rule.code not in known:
            work.session.add(_row(rule, duty))


def add_task(desk: Desk, by_id: int, rule: TaskRule, *, route_id: int | None = None) -> int:
    """Adds a site's own task, or a patrol round where a route is named; returns its id."""
    if rule.every_minutes is None and not rule.at:
        raise Refusal("shift.task_without_time")
    with desk.transaction() as work:
        authorised(work.session, by_id, Right.SET_UP, desk.duty)
        if work.session.exec(select(RecurringTask).where(RecurringTask.code == rule.code)).first():
            raise Refusal("shift.task_twice", code=rule.code)
        task = _row(rule, desk.duty)
        task.route_id = route_id
        work.session.add(task)
        work.session.flush()
        work.journal("shift.task_added", by=by_id, subject=f"task:{task.id}", code=rule.code)
        return task.id or 0


def retire_task(desk: Desk, by_id: int, task_id: int) -> None:
    """Takes a task off the list; its runs stay on record."""
    with desk.transaction() as work:
        authorised(work.session, by_id, Right.SET_UP, desk.duty)
        task = work.session.get(RecurringTask, task_id)
        if task is None:
            raise Refusal("shift.task_unknown")
        task.is_active = False
        work.session.add(task)
        work.journal("shift.task_retired", by=by_id, subject=f"task:{task_id}")


def tasks(session: Session) -> tuple[TaskSpec, ...]:
    """The recurring tasks in use."""
    rows = session.exec(
        select(RecurringTask).where(col(RecurringTask.is_active)).order_by(col(RecurringTask.id))
    )
    return tuple(_spec(row) for row in rows)


def due(session: Session, desk: Desk, shift_id: int, at: datetime) -> tuple[DueRun, ...]:
    """The runs of a shift that are to be done now: soonest first, each task's earliest open one."""
    shift = session.get(Shift, shift_id)
    if shift is None:
        return ()
    recorded = _recorded(session, shift_id)
    found = []
    for task in tasks(session):
        for when in runs_between(task, shift.opened_at, _horizon(shift, at), desk.zone):
            run = DueRun(task, when)
            if (task.id, when) not in recorded and not run.is_missed(at):
                found.append(run)
                break
    return tuple(sorted(found, key=lambda run: (run.due_at, run.task.id)))


def do(
    desk: Desk,
    person_id: int,
    *,
    shift_id: int,
    task_id: int,
    due_at: datetime,
    count: int | None = None,
    note: str = "",
) -> None:
    """Puts a run on record as done; refuses one that is not due, was missed, or is done already."""
    words = accept(note, limit=1000, lines=True)
    with desk.transaction() as work:
        authorised(work.session, person_id, Right.LOG, desk.duty)
        record_done(
            work,
            desk,
            person_id,
            shift_id=shift_id,
            task_id=task_id,
            due_at=due_at,
            count=count,
            note=words,
        )


def record_done(
    work: Work,
    desk: Desk,
    person_id: int,
    *,
    shift_id: int,
    task_id: int,
    due_at: datetime,
    count: int | None = None,
    note: str = "",
) -> None:
    """The step of `do`, for an act that does more: a patrol round's entry is its run."""
    shift, row = work.session.get(Shift, shift_id), work.session.get(RecurringTask, task_id)
    if shift is None or row is None:
        raise Refusal("shift.task_unknown")
    run = DueRun(_spec(row), due_at)
    if due_at not in runs_between(run.task, shift.opened_at, _horizon(shift, work.now), desk.zone):
        raise Refusal("shift.task_unknown")
    if (task_id, due_at) in _recorded(work.session, shift_id):
        raise Refusal("shift.task_done", clause=run.task.clause)
    doing_verdict(run, work.now, count, desk.duty).or_refuse()
    work.session.add(
        TaskRun(
            task_id=task_id,
            shift_id=shift_id,
            due_at=due_at,
            is_done=True,
            recorded_at=work.now,
            person_id=person_id,
            count=count,
            note=note,
        )
    )
    work.journal(
        "shift.task_done",
        by=person_id,
        subject=f"task:{task_id}",
        clause=run.task.clause,
        shift=shift_id,
        due_at=due_at,
        count=count,
    )


def record_missed(work: Work, desk: Desk, shift_id: int, until: datetime) -> int:
    """Puts every run of a shift whose grace ended before `until` on record as missed; how many."""
    missed = list(_missed(work.session, desk, shift_id, until))
    _keep_missed(work, shift_id, missed)
    return len(missed)


def record_undone(work: Work, desk: Desk, shift_id: int, until: datetime) -> None:
    """Puts every run that fell due by `until` and was not done on record as missed, its grace over
    or not: the shift closes, and the next one has runs of its own.
    """
    undone = [run for run in _undone(work.session, desk, shift_id, until) if run.due_at <= until]
    _keep_missed(work, shift_id, undone)


def has_missed(session: Session, desk: Desk, shift_id: int, until: datetime) -> bool:
    """Whether `record_missed` would find a run."""
    return next(_missed(session, desk, shift_id, until), None) is not None


def _keep_missed(work: Work, shift_id: int, missed: Iterable[DueRun]) -> None:
    for run in missed:
        work.session.add(
            TaskRun(
                task_id=run.task.id,
                shift_id=shift_id,
                due_at=run.due_at,
                is_done=False,
                recorded_at=work.now,
            )
        )
        work.journal(
            "shift.task_missed",
            by=None,
            subject=f"task:{run.task.id}",
            clause=run.task.clause,
            shift=shift_id,
            due_at=run.due_at,
        )


def _missed(session: Session, desk: Desk, shift_id: int, until: datetime) -> Iterator[DueRun]:
    undone = _undone(session, desk, shift_id, until)
    return (run for run in undone if run.is_missed(until))


def _undone(session: Session, desk: Desk, shift_id: int, until: datetime) -> Iterator[DueRun]:
    shift = session.get(Shift, shift_id)
    if shift is None:
        return
    recorded = _recorded(session, shift_id)
    for task in tasks(session):
        for when in runs_between(task, shift.opened_at, _horizon(shift, until), desk.zone):
            if (task.id, when) not in recorded:
                yield DueRun(task, when)


def _horizon(shift: Shift, at: datetime) -> datetime:
    """The last instant looked at: a run that falls due at the very end is the next shift's."""
    return min(at + ASKED_AHEAD, (shift.closed_at or shift.due_at) - timedelta.resolution)


def _recorded(session: Session, shift_id: int) -> set[tuple[int, datetime]]:
    rows = session.exec(select(TaskRun.task_id, TaskRun.due_at).where(TaskRun.shift_id == shift_id))
    return {(task_id, due_at) for task_id, due_at in rows}


def _row(rule: TaskRule, duty: DutyRules) -> RecurringTask:
    return RecurringTask(
        code=rule.code,
        zh=rule.zh,
        en=rule.en,
        clause=duty.cite(rule.topic) if rule.topic else None,
        every_minutes=rule.every_minutes,
        at_times=" ".join(at.strftime("%H:%M") for at in rule.at),
        grace_minutes=rule.grace_minutes,
        has_count=rule.counts,
    )


def _spec(row: RecurringTask) -> TaskSpec:
    return TaskSpec(
        id=row.id or 0,
        code=row.code,
        zh=row.zh,
        en=row.en,
        clause=row.clause,
        every=timedelta(minutes=row.every_minutes) if row.every_minutes else None,
        at_times=tuple(time.fromisoformat(at) for at in row.at_times.split()),
        grace=timedelta(minutes=row.grace_minutes),
        has_count=row.has_count,
        route_id=row.route_id,
    )
