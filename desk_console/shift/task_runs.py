"""When recurring tasks are due in a shift, and which of their runs are on record already; asked in
plain SQL, see `foundation.reading`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING

from desk_console.foundation.reading import Row, instant, instant_or_none, row, rows
from desk_console.foundation.refusal import ALLOWED, Verdict, refuse
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import DutyRules, Topic

if TYPE_CHECKING:
    from sqlmodel import Session

    from desk_console.foundation.reading import Reader

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


_TASKS = """
    select id, code, zh, en, clause, every_minutes, at_times, grace_minutes, has_count, route_id
    from recurring_task
"""
_SHIFT = "select opened_at, due_at, closed_at from shift where id = :id"
_RECORDED = "select task_id, due_at from task_run where shift_id = :shift"


def tasks(asked: Session | Reader) -> tuple[TaskSpec, ...]:
    """The recurring tasks in use."""
    return tuple(_spec(each) for each in rows(asked, f"{_TASKS} where is_active order by id"))


def runs(
    asked: Session | Reader, desk: Desk, shift_id: int, until: datetime, *, task_id: int
) -> tuple[DueRun, ...]:
    """Every run of one task in a shift up to an instant, done or not; none of an unknown one."""
    found = row(asked, f"{_TASKS} where id = :id", id=task_id)
    return () if found is None else tuple(_runs(asked, desk, shift_id, until, (_spec(found),)))


def undone(
    asked: Session | Reader, desk: Desk, shift_id: int, until: datetime
) -> tuple[DueRun, ...]:
    """The runs of a shift up to an instant that are not on record, task by task."""
    known = recorded(asked, shift_id)
    every = _runs(asked, desk, shift_id, until, tasks(asked))
    return tuple(run for run in every if (run.task.id, run.due_at) not in known)


def due(asked: Session | Reader, desk: Desk, shift_id: int, at: datetime) -> tuple[DueRun, ...]:
    """The runs of a shift that are to be done now: soonest first, each task's earliest open one."""
    first: dict[int, DueRun] = {}
    for run in undone(asked, desk, shift_id, at):
        if not run.is_missed(at):
            first.setdefault(run.task.id, run)
    return tuple(sorted(first.values(), key=lambda run: (run.due_at, run.task.id)))


def recorded(asked: Session | Reader, shift_id: int) -> set[tuple[int, datetime]]:
    """Which runs of a shift are on record, done or missed."""
    found = rows(asked, _RECORDED, shift=shift_id)
    return {(each["task_id"], instant(each["due_at"])) for each in found}


def _runs(
    asked: Session | Reader,
    desk: Desk,
    shift_id: int,
    until: datetime,
    of: tuple[TaskSpec, ...],
) -> Iterator[DueRun]:
    shift = row(asked, _SHIFT, id=shift_id)
    if shift is None:
        return
    ends_at = instant_or_none(shift["closed_at"]) or instant(shift["due_at"])
    # A run that falls due at the very end is the next shift's.
    horizon = min(until + ASKED_AHEAD, ends_at - timedelta.resolution)
    for task in of:
        for when in runs_between(task, instant(shift["opened_at"]), horizon, desk.zone):
            yield DueRun(task, when)


def _spec(row: Row) -> TaskSpec:
    return TaskSpec(
        id=row["id"],
        code=row["code"],
        zh=row["zh"],
        en=row["en"],
        clause=row["clause"],
        every=timedelta(minutes=row["every_minutes"]) if row["every_minutes"] else None,
        at_times=tuple(time.fromisoformat(at) for at in row["at_times"].split()),
        grace=timedelta(minutes=row["grace_minutes"]),
        has_count=bool(row["has_count"]),
        route_id=row["route_id"],
    )
