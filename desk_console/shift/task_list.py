"""The list of recurring tasks as a site keeps it: what is on it, and changing it.

What was due keeps the words and times under which it was put on record.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from sqlmodel import Session, col, select

from desk_console.foundation.refusal import Refusal
from desk_console.foundation.text import accept, narrow
from desk_console.people.authority import authorised
from desk_console.people.rules import Right
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import TaskRule
from desk_console.shift.records import RecurringTask

MOST_MINUTES = 24 * 60
_BETWEEN_TIMES = re.compile(r"[\s,，、;；]+")


@dataclass(frozen=True, slots=True)
class ListedTask:
    """A task as the set-up shows it, also one that is out of use."""

    id: int
    code: str
    zh: str
    en: str
    clause: str | None
    every_minutes: int | None
    at_times: str
    """Times of the day: `08:00 12:00`."""
    grace_minutes: int
    has_count: bool
    route_id: int | None
    is_active: bool


def listed(session: Session) -> tuple[ListedTask, ...]:
    """Every task, those out of use too, in the order in which they were added."""
    return tuple(
        ListedTask(**{name: getattr(one, name) for name in ListedTask.__dataclass_fields__})
        for one in session.exec(select(RecurringTask).order_by(col(RecurringTask.id)))
    )


def task_rule(
    *, code: str, zh: str, en: str, every: str, at: str, grace: str, has_count: bool
) -> TaskRule:
    """A task as it was typed. Refuses what cannot be read: minutes, times of the day, no name."""
    code, zh, en = accept(code).lower(), accept(zh), accept(en)
    if not (code and zh):
        raise Refusal("shift.task_incomplete")
    times = tuple(_time(one) for one in _BETWEEN_TIMES.split(narrow(at)) if one)
    minutes = _minutes(every) if every.strip() else None
    if minutes is None and not times:
        raise Refusal("shift.task_without_time")
    if minutes is not None and times:
        raise Refusal("shift.task_two_ways")
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,39}", code):
        raise Refusal("people.code_unreadable", code=code)
    return TaskRule(
        code=code,
        zh=zh,
        en=en or zh,
        every_minutes=minutes,
        at=times,
        grace_minutes=_minutes(grace) if grace.strip() else 30,
        counts=has_count,
    )


def change_task(
    desk: Desk,
    by_id: int,
    task_id: int,
    rule: TaskRule,
    *,
    route_id: int | None = None,
    is_active: bool = True,
) -> None:
    """Changes a task's words and times, or takes it off the list or back onto it. Its code and its
    clause stay."""
    with desk.transaction() as work:
        authorised(work.session, by_id, Right.SET_UP, desk.duty)
        task = work.session.get(RecurringTask, task_id)
        if task is None:
            raise Refusal("shift.task_unknown")
        before = _told(task)
        task.zh, task.en = rule.zh, rule.en
        task.every_minutes = rule.every_minutes
        task.at_times = " ".join(each.strftime("%H:%M") for each in rule.at)
        task.grace_minutes, task.has_count = rule.grace_minutes, rule.counts
        task.route_id, task.is_active = route_id, is_active
        work.session.add(task)
        work.journal(
            "shift.task_changed",
            by=by_id,
            subject=f"task:{task_id}",
            clause=task.clause,
            before=before,
            after=_told(task),
        )


def _told(task: RecurringTask) -> dict[str, object]:
    return {
        "zh": task.zh,
        "every_minutes": task.every_minutes,
        "at_times": task.at_times,
        "grace_minutes": task.grace_minutes,
        "is_active": task.is_active,
    }


def _minutes(typed: str) -> int:
    plain = narrow(typed)
    if not plain.isdecimal() or not 1 <= int(plain) <= MOST_MINUTES:
        raise Refusal("shift.task_minutes", typed=typed)
    return int(plain)


def _time(typed: str) -> time:
    try:
        return time.fromisoformat(typed.zfill(5))
    except ValueError:
        raise Refusal("shift.task_time", typed=typed) from None
