"""Doing what is due: which dialog belongs to which kind, and those of tasks and reminders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult

from desk_console.foundation.catalogue import Message, Named, message
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.text import narrow
from desk_console.rulebook.topics import Topic
from desk_console.tui.dialogs.act import ActDialog, Label, row
from desk_console.tui.dialogs.checks import CheckDialog
from desk_console.tui.dialogs.take_post import GiveReason
from desk_console.tui.screen import DeskDialog
from desk_console.tui.widgets.fields import Line

if TYPE_CHECKING:
    from desk_console.rulebook.desk import Desk
    from desk_console.shift.views import DueView


def dialog_for(due: DueView) -> DeskDialog[Any]:
    """The dialog in which a due thing is done; a round, by its entry with every point (9.3)."""
    if due.kind == "round":
        from desk_console.tui.screens.call import CallScreen

        return CallScreen(route_id=due.route_id)
    if due.kind in ("opening", "start", "tidy"):
        shift_id = None if due.kind == "start" else due.shift_id
        return CheckDialog(
            due.kind, shift_id=shift_id, attendance_id=due.attendance_id, since=due.since
        )
    if due.kind == "reason" and due.tenure_id is not None:
        return GiveReason(due.tenure_id)
    return DueDialog(due)


class DueDialog(ActDialog[None]):
    """A recurring task or a reminder, done now."""

    def __init__(self, due: DueView) -> None:
        """That run of the task, or that reminder."""
        super().__init__()
        self._due = due

    def heading(self) -> Message:
        """What it is, with the clause that asks for it."""
        due = self._due
        name = Named(due.zh, due.en)
        if due.reminder_id is not None:
            return message("tui.live.due_reminder", words=name)
        clause = due.clause or (self.desk.duty.cite(Topic.TASK_COUNTS) if due.has_count else None)
        if clause is None:
            return message("tui.act.due_name", name=name)
        return message("tui.app.cited", words=name, clause=clause)

    def fields(self) -> ComposeResult:
        """Since when it is due; how many, where it is counted; a note."""
        due = self._due
        yield Label(message("tui.act.due_at", at=due.due_at), classes="said")
        if due.has_count:
            yield row("tui.act.count", Line(id="due-count", digits=True))
        if due.reminder_id is None:
            yield row("tui.act.note", Line(id="due-note"))

    async def act(self) -> None:
        """Put it on record as done."""
        writer, due = self.seat.writer, self._due
        if writer is None:
            self.dismiss(None)
            return
        count = None
        if due.has_count:
            typed = narrow(self.text_of("due-count"))
            if not typed.isdecimal():
                raise Refusal("tui.act.count_wanted", field="due-count")
            count = int(typed)
        note = "" if due.reminder_id is not None else self.text_of("due-note")

        def keep(desk: Desk) -> None:
            from desk_console.shift import reminders, tasks

            if due.reminder_id is not None:
                reminders.done(desk, writer.id, due.reminder_id)
            elif due.task_id is not None and due.shift_id is not None:
                tasks.do(
                    desk,
                    writer.id,
                    shift_id=due.shift_id,
                    task_id=due.task_id,
                    due_at=due.due_at,
                    count=count,
                    note=note,
                )

        await self.off_loop(keep)
        self.host.spread()
        self.dismiss(None)
        self.say("tui.act.kept")
