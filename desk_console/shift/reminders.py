"""Reminders: something the desk is to be told at a time, and stays told until somebody has done
it.
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel import select

from desk_console.foundation.refusal import Refusal
from desk_console.foundation.text import accept
from desk_console.people.authority import authorised
from desk_console.people.rules import Right
from desk_console.rulebook.desk import Desk
from desk_console.shift.records import Reminder
from desk_console.shift.waiting import ReminderView as ReminderView
from desk_console.shift.waiting import waiting as waiting


def remind(
    desk: Desk, by_id: int, *, form_id: str, post_code: str, due_at: datetime, words: str
) -> int:
    """Keeps a reminder; the same form saved twice is one reminder. Returns its id."""
    kept = accept(words)
    if not kept:
        raise Refusal("shift.reminder_empty")
    with desk.transaction() as work:
        authorised(work.session, by_id, Right.LOG, desk.duty)
        before = work.session.exec(select(Reminder).where(Reminder.form_id == form_id)).first()
        if before is not None:
            return before.id or 0
        reminder = Reminder(
            form_id=form_id, post_code=post_code, due_at=due_at, words=kept, made_by=by_id
        )
        work.session.add(reminder)
        work.session.flush()
        work.journal(
            "shift.reminder_made", by=by_id, subject=f"reminder:{reminder.id}", due_at=due_at
        )
        return reminder.id or 0


def done(desk: Desk, by_id: int, reminder_id: int) -> None:
    """Marks a reminder as done; one that is done already stays as it is."""
    with desk.transaction() as work:
        authorised(work.session, by_id, Right.LOG, desk.duty)
        reminder = work.session.get(Reminder, reminder_id)
        if reminder is None:
            raise Refusal("shift.reminder_unknown")
        if reminder.done_at is None:
            reminder.done_at, reminder.done_by = work.now, by_id
            work.session.add(reminder)
            work.journal("shift.reminder_done", by=by_id, subject=f"reminder:{reminder_id}")
