"""Stepping out and coming back: the post passes to a stand-in with an allowed role, and back.

The stand-in gives their own PIN; nobody is out before somebody stands in. Whoever comes back gives
theirs, also where the stand-in sits at the console.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.widget import Widget

from desk_console.foundation.catalogue import Message, message
from desk_console.foundation.refusal import Refusal
from desk_console.rulebook.topics import Topic
from desk_console.tui.citing import cited
from desk_console.tui.dialogs.act import PIN_KEYS, ActDialog, Label, row
from desk_console.tui.dialogs.times import typed_time
from desk_console.tui.turn import Hold, hold_keys
from desk_console.tui.widgets.fields import TIME, Line, PinField
from desk_console.tui.widgets.person_field import PersonField

if TYPE_CHECKING:
    from desk_console.people.records import PersonView
    from desk_console.rulebook.desk import Desk

OUT_ROWS = ("out-stand-in-row", "out-their-pin-row", "out-reason-row", "out-back-row")


class StepOut(ActDialog[bool]):
    """Steps out, or comes back where the writer is out, or stands in for who is."""

    title_key: ClassVar[str] = "tui.act.step_out"
    blames: ClassVar[Mapping[str, str]] = {
        "tui.act.bad_time": "out-back",
        "shift.back_in_past": "out-back",
        "shift.reason_wanted": "out-reason",
        "shift.stand_in_is_holder": "out-stand-in",
        "shift.stand_in_role": "out-stand-in",
        "shift.holds_another": "out-stand-in",
    }

    def __init__(self) -> None:
        """Who is out is looked up when it opens."""
        super().__init__()
        self._comes_back: PersonView | None = None

    def fields(self) -> ComposeResult:
        """The writer's PIN; who stands in, their PIN, why, until when."""
        yield Label(self._how("tui.act.step_out"), id="out-how", classes="said")
        yield row("tui.act.reason", Line(id="out-reason"), id="out-reason-row")
        yield row(
            "tui.act.back_at",
            Line(id="out-back", pattern=TIME, hint="tui.act.time_hint"),
            id="out-back-row",
        )
        yield row("tui.act.stand_in", PersonField(id="out-stand-in"), id="out-stand-in-row")
        yield row("tui.act.their_pin", PinField(id="out-their-pin"), id="out-their-pin-row")
        yield row("tui.act.own_pin", PinField(id="out-pin"))

    def _how(self, title: str, **values: object) -> Message | str:
        """What happens, and which clause wants it so (6.8, 2.8, 9.5)."""
        return cited(message(f"{title}_how", **values), self.desk.duty, Topic.STEP_OUT)

    def on_mount(self) -> None:
        """Is somebody to come back? Keys wait for the fields that this asks for."""
        self._look(hold_keys(self))

    @work
    async def _look(self, held: Hold) -> None:
        writer = self.seat.writer

        def who_is_out(desk: Desk) -> PersonView | None:
            from desk_console.shift.views import board

            with desk.reading() as session:
                posts = board(session, desk, desk.now()).posts
            both = ((post.away, post.holder) for post in posts if post.away is not None)
            return next((away for away, holder in both if writer in (away, holder)), None)

        with held:
            try:
                out = self._comes_back = await self.off_loop(who_is_out)
            except Refusal as refusal:
                self.show_refusal(refusal)
                return
            for name in OUT_ROWS:
                self.query_one(f"#{name}").set_class(out is not None, "-off")
            if out is not None:
                self.query_one(".title", Label).word("tui.act.come_back")
                how = self._how("tui.act.come_back", name=out.name)
                self.query_one("#out-how", Label).word(how)
            self.query_one("#out-reason" if out is None else "#out-pin").focus()
            await self.wait_for_refresh()

    async def act(self) -> None:
        """Who goes and who stands in prove themselves, or who comes back; the post passes."""
        writer = self.seat.writer
        if self._comes_back is not None:
            await self._come_back(self._comes_back)
        elif writer is None:
            self.dismiss(False)
        else:
            await self._step_out(writer)

    async def _come_back(self, person: PersonView) -> None:
        own, seated = self.text_of("out-pin"), self.seat.people

        def pass_back(desk: Desk) -> list[int]:
            from desk_console.people.pins import prove
            from desk_console.shift import step_out
            from desk_console.shift.presence import present

            step_out.come_back(desk, prove(desk, person.id, own))
            with desk.reading() as session:
                return [one.id for one in seated if present(session, one.id) is None]

        # Who came only to stand in is signed off with it.
        for gone in await self.off_loop(pass_back):
            self.seat.leave(gone)
        self._passed_to(person)
        self.say("tui.act.is_back", name=person.name)

    async def _step_out(self, writer: PersonView) -> None:
        stand_in = self.query_one(PersonField).person
        if stand_in is None:
            raise Refusal("tui.act.stand_in_wanted", field="out-stand-in")
        back = typed_time(self.text_of("out-back"), self.desk.now(), self.desk.zone)
        if back is None:
            raise Refusal("tui.act.back_wanted", field="out-back")
        own, theirs = self.text_of("out-pin"), self.text_of("out-their-pin")
        reason = self.text_of("out-reason")

        def pass_on(desk: Desk) -> None:
            from desk_console.people.pins import prove
            from desk_console.shift import step_out

            proof, other = prove(desk, writer.id, own), prove(desk, stand_in.id, theirs)
            step_out.step_out(desk, proof, other, reason=reason, back_at=back)

        await self.off_loop(pass_on)
        self._passed_to(stand_in)
        self.say("tui.act.is_out", name=writer.name, stand_in=stand_in.name)

    def field_about(self, refusal: Refusal) -> Widget | None:
        """Two people give a PIN here: the field is that of whoever's was wrong."""
        stand_in, name = self.query_one(PersonField).person, refusal.message.values.get("name")
        if refusal.message.key.startswith(PIN_KEYS) and self._comes_back is None:
            is_theirs = stand_in is not None and stand_in.name == name
            return self.query_one("#out-their-pin" if is_theirs else "#out-pin")
        return super().field_about(refusal)

    def empty_pins(self, about: Widget | None) -> None:
        """Nobody gives theirs again because of the other's."""
        if isinstance(about, PinField):
            about.value = ""
        else:
            super().empty_pins(about)

    def _passed_to(self, person: PersonView) -> None:
        """Whoever holds the post from now on writes here."""
        self.seat.take(person, at=self.desk.now())
        self.host.spread()
        self.dismiss(True)
