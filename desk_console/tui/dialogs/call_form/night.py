"""The night's repair on the call form: put right on the spot, or put off to the next day with the
resident told by whom and when (6.6).
"""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Container

from desk_console.foundation.catalogue import message
from desk_console.log.records import Category
from desk_console.rulebook.topics import Topic
from desk_console.tui.dialogs.call_form.layout import T, caption, line, row
from desk_console.tui.dialogs.call_form.sheet import MARKS, NEXT_DAY, Sheet
from desk_console.tui.host import OnDesk
from desk_console.tui.widgets.caption import Caption
from desk_console.tui.widgets.fields import TIME, Line
from desk_console.tui.widgets.marks import Marks


class NightRows(OnDesk, Container):
    """What the night asks of a repair; hidden by day, and for anything else."""

    def __init__(self) -> None:
        """Whether it is night is not known yet."""
        super().__init__(id="row-night", classes="rows")
        self.is_night: bool | None = None

    def compose(self) -> ComposeResult:
        """What is to be done, and what is to be said where it is put off."""
        yield Caption(id="night-hint", classes="hint")
        yield row(
            caption("not_done_reason"),
            line("not_done_reason"),
            caption("told_resident", classes="inner"),
            line("told_resident", 12),
            caption("resident_told_at", classes="inner"),
            line("resident_told_at", 9, pattern=TIME, limit=5),
            id="row-next-day",
        )

    def follow(self, sheet: Sheet, marks: Marks) -> None:
        """Offers the mark where the sheet is a night's repair, and asks what it wants."""
        if self.is_night is None:
            self.display = False
            return
        is_repair = sheet.kind in _TALK and sheet.values.get("category") == Category.REPAIR
        is_ours = is_repair and sheet.values.get("direction") != "out"
        can_wait = self.is_night and is_ours and not {"urgent", "emergency"} & marks.ticked
        marks.offer((*MARKS, NEXT_DAY) if can_wait else MARKS)
        is_put_off = NEXT_DAY in marks.ticked
        self.display = can_wait
        self.query_one("#row-next-day").display = is_put_off
        if can_wait:
            clause = self.desk.duty.cite(Topic.NIGHT_REPAIR)
            key = f"{T}.night_hint_clause" if clause else f"{T}.night_hint"
            self.query_one("#night-hint", Caption).say(message(key, clause=clause))
        if is_put_off and not sheet.text("told_resident"):
            writer = self.seat.writer
            self.query_one("#told_resident", Line).value = writer.name if writer else ""
            now = self.catalogue.clock(self.desk.now())
            self.query_one("#resident_told_at", Line).value = now


_TALK = frozenset({"call", "visit", "message", "event"})
