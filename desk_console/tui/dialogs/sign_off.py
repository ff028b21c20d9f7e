"""Signing off. What stands against it is said with its clause; the reason is asked where it is
early.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult

from desk_console.foundation.catalogue import message
from desk_console.tui.dialogs.act import ActDialog, Label, row
from desk_console.tui.widgets.fields import Line, PinField

if TYPE_CHECKING:
    from desk_console.rulebook.desk import Desk


class SignOff(ActDialog[bool]):
    """Signs the writer off. Gives True when it was done."""

    title_key: ClassVar[str] = "tui.act.sign_off"

    def fields(self) -> ComposeResult:
        """The PIN; a reason, which only an early leave needs."""
        writer = self.seat.writer
        name = writer.name if writer else ""
        yield Label(message("tui.act.leaves", name=name), classes="said")
        yield row("tui.act.reason_early", Line(id="off-reason"), id="off-reason-row")
        yield row("tui.act.pin", PinField(id="off-pin"))

    def on_mount(self) -> None:
        """The PIN first. The reason is asked only where it would be early."""
        self.query_one("#off-pin").focus()
        self.query_one("#off-reason-row").display = False
        self._look()

    @work
    async def _look(self) -> None:
        from desk_console.shift.departures import early_minutes

        writer = self.seat.writer

        def is_early(desk: Desk) -> bool:
            with desk.reading() as session:
                return writer is not None and early_minutes(session, desk, writer.id) > 0

        self.query_one("#off-reason-row").display = await self.off_loop(is_early)

    async def act(self) -> None:
        """Prove the writer and sign them off."""
        from desk_console.handover.closing import sign_off
        from desk_console.people.pins import prove
        from desk_console.people.sessions import leave_seats

        writer = self.seat.writer
        if writer is None:
            self.dismiss(False)
            return
        pin, reason = self.text_of("off-pin"), self.text_of("off-reason")

        def leave(desk: Desk) -> int:
            early = sign_off(desk, prove(desk, writer.id, pin), reason=reason)
            leave_seats(desk, [writer.id], why="signed_off")
            return early

        early = await self.off_loop(leave)
        self.seat.leave(writer.id)
        self.host.spread()
        self.dismiss(True)
        key = "tui.act.signed_off_early" if early > 0 else "tui.act.signed_off"
        self.say(key, name=writer.name, span=timedelta(minutes=early))
