"""What is due at a post: opening checks, prompts, tidying, tasks, rounds, reminders, and the reason
why it was taken in an emergency. Asked in plain SQL, as the board is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from desk_console.people import glance as people
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import Topic
from desk_console.shift import check_list, glance, task_runs, waiting
from desk_console.shift.codes import CheckKind

if TYPE_CHECKING:
    from sqlmodel import Session

    from desk_console.foundation.reading import Reader
    from desk_console.shift.board import PostView


@dataclass(frozen=True, slots=True)
class DueView:
    """Something that is to be done now. `kind`: opening, start, tidy, task, round, reminder, or the
    reason of a post taken in an emergency.
    """

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
    tenure_id: int | None = None
    since: datetime | None = None
    """Of a checklist: what was answered before counts no more."""


def due_at(
    asked: Session | Reader,
    desk: Desk,
    post: PostView,
    at: datetime,
    last_ended: Mapping[int, datetime],
) -> Iterator[DueView]:
    """What is to be done at a post by then; `last_ended` as at `board`."""
    yield from _reasons_wanted(asked, desk, post)
    yield from _due_checks(asked, desk, post)
    yield from _due_tidying(asked, desk, post, at, last_ended)
    if post.shift_id is not None:
        for run in task_runs.due(asked, desk, post.shift_id, at):
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
    for reminder in waiting.waiting(asked, post.code, at + timedelta(minutes=15)):
        yield DueView(
            kind="reminder",
            zh=reminder.words,
            en=reminder.words,
            due_at=reminder.due_at,
            clause=None,
            post_code=post.code,
            reminder_id=reminder.id,
        )


def _due_checks(asked: Session | Reader, desk: Desk, post: PostView) -> Iterator[DueView]:
    if post.shift_id is not None and not post.is_started:
        yield _check_due(desk, post, "opening", post.since, Topic.OPENING_CHECKS)
    for one in post.present:
        if one.plan_code is None or one.has_handed_over:
            continue
        waiting = check_list.lines(asked, CheckKind.START, attendance_id=one.attendance_id)
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


def _due_tidying(
    asked: Session | Reader,
    desk: Desk,
    post: PostView,
    at: datetime,
    last_ended: Mapping[int, datetime],
) -> Iterator[DueView]:
    tidy_from = timedelta(minutes=desk.duty.tidy_before_minutes)
    if post.until is None or not tidy_from or at < post.until - tidy_from:
        return
    since = last_ended.get(post.shift_id or 0)
    waiting = check_list.lines(asked, CheckKind.TIDY, shift_id=post.shift_id, since=since)
    if any(line.is_ok is None for line in waiting):
        due_at = post.until - tidy_from
        yield _check_due(desk, post, "tidy", due_at, Topic.TIDY, since=since)


def _check_due(
    desk: Desk,
    post: PostView,
    kind: str,
    due_at: datetime,
    topic: Topic,
    *,
    since: datetime | None = None,
) -> DueView:
    return DueView(
        since=since,
        kind=kind,
        zh="",
        en="",
        due_at=due_at,
        clause=desk.duty.cite(topic),
        post_code=post.code,
        shift_id=post.shift_id,
    )


def _reasons_wanted(asked: Session | Reader, desk: Desk, post: PostView) -> Iterator[DueView]:
    """Posts taken in an emergency whose reason is still missing, also after the relief."""
    for tenure in glance.reasons_wanted(asked, post.code):
        person = people.person(asked, tenure.person_id) if tenure.person_id else None
        name = person.name if person else ""
        yield DueView(
            kind="reason",
            zh=name,
            en=name,
            due_at=tenure.began_at,
            clause=desk.duty.cite(Topic.STAY_AT_POST),
            post_code=post.code,
            tenure_id=tenure.id,
        )
