"""Recurring tasks: due again and again during a shift, each run done or missed on record.

A run is due every so many minutes from the shift's start, or at set times of the site's day. What
was not done within its grace is missed; that is put on record by time alone, with nobody having
to report it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, select

from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Work
from desk_console.foundation.text import accept
from desk_console.people.authority import authorised
from desk_console.people.rules import Right
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import DutyRules, TaskRule
from desk_console.shift.checks import started_verdict
from desk_console.shift.records import RecurringTask, Shift, TaskRun
from desk_console.shift.rounds import routes
from desk_console.shift.task_runs import ASKED_AHEAD as ASKED_AHEAD
from desk_console.shift.task_runs import DueRun as DueRun
from desk_console.shift.task_runs import TaskSpec as TaskSpec
from desk_console.shift.task_runs import doing_verdict as doing_verdict
from desk_console.shift.task_runs import due as due
from desk_console.shift.task_runs import recorded, runs, undone
from desk_console.shift.task_runs import runs_between as runs_between
from desk_console.shift.task_runs import tasks as tasks


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
    """Puts a run on record as done; refuses one that is not due, was missed, or is done already,
    and any while the shift's opening checks wait (7.9).
    """
    words = accept(note, limit=1000, lines=True)
    with desk.transaction() as work:
        authorised(work.session, person_id, Right.LOG, desk.duty)
        shift = work.session.get(Shift, shift_id)
        started_verdict(work.session, shift, desk.duty).or_refuse()
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
    every = runs(work.session, desk, shift_id, work.now, task_id=task_id)
    run = next((each for each in every if each.due_at == due_at), None)
    if run is None:
        raise Refusal("shift.task_unknown")
    if (task_id, due_at) in recorded(work.session, shift_id):
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


def record_round(
    work: Work, desk: Desk, person_id: int, *, shift_id: int, route: str, seen: int, note: str
) -> int:
    """A round that is logged with its route is that route's run, where one is due and every point
    was `seen` (9.3); a step of logging it. Gives how many points were not: the run stays due.
    """
    points = {one.id: len(one.points) for one in routes(work.session) if route in (one.zh, one.en)}
    for run in due(work.session, desk, shift_id, work.now):
        if run.task.route_id not in points or run.task.has_count:
            continue
        if (unseen := points[run.task.route_id] - seen) > 0:
            return unseen
        record_done(
            work,
            desk,
            person_id,
            shift_id=shift_id,
            task_id=run.task.id,
            due_at=run.due_at,
            note=note,
        )
        break
    return 0


def record_missed(work: Work, desk: Desk, shift_id: int, until: datetime) -> int:
    """Puts every run of a shift whose grace ended before `until` on record as missed; how many."""
    missed = _missed(work.session, desk, shift_id, until)
    _keep_missed(work, shift_id, missed)
    return len(missed)


def record_undone(work: Work, desk: Desk, shift_id: int, until: datetime) -> None:
    """Puts every run that fell due by `until` and was not done on record as missed, its grace over
    or not: the shift closes, and the next one has runs of its own.
    """
    found = [run for run in undone(work.session, desk, shift_id, until) if run.due_at <= until]
    _keep_missed(work, shift_id, found)


def has_missed(session: Session, desk: Desk, shift_id: int, until: datetime) -> bool:
    """Whether `record_missed` would find a run."""
    return bool(_missed(session, desk, shift_id, until))


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


def _missed(session: Session, desk: Desk, shift_id: int, until: datetime) -> list[DueRun]:
    return [run for run in undone(session, desk, shift_id, until) if run.is_missed(until)]


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
