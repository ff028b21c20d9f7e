"""The masked screen: the clock and counts, no name and no number. A PIN brings the screen back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container

from desk_console.foundation.catalogue import Message
from desk_console.foundation.refusal import Refusal
from desk_console.tui.dialogs.act import Label
from desk_console.tui.host import Changed, OnDesk
from desk_console.tui.refusing import WRONG
from desk_console.tui.screen import DeskScreen
from desk_console.tui.widgets.clockface import ClockFace
from desk_console.tui.widgets.fields import Line, Notice, PinField
from desk_console.tui.widgets.footer import KeyLine
from desk_console.tui.widgets.plain import Plain

if TYPE_CHECKING:
    from desk_console.people.records import PersonView
    from desk_console.rulebook.desk import Desk


class LockScreen(OnDesk, DeskScreen[bool]):
    """Masks everything until the writer's PIN, or somebody else's sign-on, lifts it."""

    def __init__(self) -> None:
        """Counts come when they were read."""
        super().__init__()
        self._counts: tuple[int, int, int] | None = None
        self._writer: PersonView | None = None
        self._said: Message | str | None = None
        self._seconds = 0

    def compose(self) -> ComposeResult:
        """The clock, the counts, the PIN."""
        with Container(id="lock-face"):
            yield ClockFace(self._clock, id="lock-clock")
            yield Label("tui.app.locked", classes="strong")
            yield Plain(id="lock-counts")
            yield PinField(hint="tui.app.locked_pin", id="lock-pin")
            yield Plain(id="lock-refusal", classes="refusal")
            yield Label("tui.app.locked_other", classes="muted")
        yield KeyLine()

    def on_mount(self) -> None:
        """The PIN first."""
        self._writer = self.seat.writer
        self.query_one(PinField).focus()
        self.set_interval(1.0, self._second)
        self._count()

    def _clock(self) -> str:
        return self.desk.now().astimezone(self.desk.zone).strftime("%H:%M")

    def on_changed(self, event: Changed) -> None:
        """Counts anew; somebody else signed on: the mask is lifted."""
        if self.seat.writer is not None and self.seat.writer is not self._writer:
            self.dismiss(True)
            return
        self._count()

    @work(exclusive=True)
    async def _count(self) -> None:
        def counted(desk: Desk) -> tuple[int, int, int]:
            from desk_console.tui.screens.live_picture import look

            picture = look(desk)
            due = picture.to_do(sees_reports=False)  # anybody may be looking
            return picture.count.total, picture.count.overdue, due

        self._counts = await self.off_loop(counted)
        self.refresh_texts()

    def refresh_texts(self) -> None:
        """The counts and the refusal, in the language that is on."""
        if not self.is_mounted:
            return
        if self._counts is not None:
            total, overdue, due = self._counts
            words = self.tr("tui.app.locked_counts", open=total, overdue=overdue, due=due)
            self.query_one("#lock-counts", Plain).put(words)
        line = self.query_one("#lock-refusal", Plain)
        if self._seconds:
            line.put(self.tr("tui.app.wait", seconds=self._seconds))
        else:
            line.put(self.tr(self._said) if self._said else "")

    def _why(self, refusal: Refusal) -> Message | str:
        """Only the PIN was asked: no name can be wrong, and none is said."""
        return "tui.app.locked_wrong" if refusal.message.key == WRONG else refusal.message

    def _second(self) -> None:
        if self._seconds:
            self._seconds -= 1
            if not self._seconds:
                self._said = None
            self.refresh_texts()

    @on(Notice)
    def _field_said(self, event: Notice) -> None:
        event.stop()
        self._said = event.message
        self.refresh_texts()

    @work(exclusive=True, group="pin")
    async def on_line_entered(self, event: Line.Entered) -> None:
        """Is it the writer's PIN?"""
        event.stop()
        pin, writer = event.value, self._writer
        self.query_one(PinField).value = ""
        if writer is None or not pin:
            return

        def check(desk: Desk) -> None:
            from desk_console.people.pins import prove

            prove(desk, writer.id, pin)

        try:
            await self.off_loop(check)
        except Refusal as refusal:
            # Never the name: what a masked screen says is for anybody's eyes.
            self._said = self._why(refusal)
            seconds = refusal.message.values.get("seconds")
            self._seconds = seconds if isinstance(seconds, int) else 0
            self.refresh_texts()
            return
        self.dismiss(True)
