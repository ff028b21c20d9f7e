"""The plain passing of a post: outgoing and incoming each give their PIN."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult

from desk_console.foundation.refusal import Refusal
from desk_console.tui.dialogs.act import ActDialog, Label, row
from desk_console.tui.widgets.fields import PinField
from desk_console.tui.widgets.person_field import PersonField

if TYPE_CHECKING:
    from desk_console.rulebook.desk import Desk


class Relieve(ActDialog[bool]):
    """Passes the post from its holder to somebody signed on. Gives True when it was done."""

    title_key: ClassVar[str] = "tui.act.relieve"

    def fields(self) -> ComposeResult:
        """Both people, both PINs."""
        yield Label("tui.act.relieve_how", classes="said")
        yield row("tui.act.outgoing", PersonField(id="relieve-out"))
        yield row("tui.act.outgoing_pin", PinField(id="relieve-out-pin"))
        yield row("tui.act.incoming", PersonField(id="relieve-in"))
        yield row("tui.act.incoming_pin", PinField(id="relieve-in-pin"))

    def on_mount(self) -> None:
        """The writer is the outgoing one, unless somebody else is named."""
        self.call_after_refresh(self._name_writer)

    def _name_writer(self) -> None:
        if self.seat.writer is not None:
            self.query_one("#relieve-out", PersonField).take(self.seat.writer)
            self.query_one("#relieve-out-pin").focus()

    async def act(self) -> None:
        """Both prove themselves; the incoming one signs on where not yet done; the post passes."""
        outgoing = self.query_one("#relieve-out", PersonField).person
        incoming = self.query_one("#relieve-in", PersonField).person
        if outgoing is None or incoming is None:
            raise Refusal("tui.act.both_wanted")
        out_pin, in_pin = self.text_of("relieve-out-pin"), self.text_of("relieve-in-pin")

        def pass_on(desk: Desk) -> None:
            from desk_console.people.pins import prove
            from desk_console.people.sessions import leave_seats, take_seat
            from desk_console.shift.arrivals import sign_on
            from desk_console.shift.departures import relieve
            from desk_console.shift.views import signed_on

            leaving, coming = prove(desk, outgoing.id, out_pin), prove(desk, incoming.id, in_pin)
            with desk.reading() as session:
                present = {one.person.id for one in signed_on(session)}
            if incoming.id not in present:
                sign_on(desk, coming)
            relieve(desk, leaving, coming)
            take_seat(desk, coming)
            leave_seats(desk, [outgoing.id], why="relieved")

        await self.off_loop(pass_on)
        self.seat.take(incoming)
        self.seat.leave(outgoing.id)
        self.host.spread()
        self.dismiss(True)
        self.say("tui.act.relieved", outgoing=outgoing.name, incoming=incoming.name)
