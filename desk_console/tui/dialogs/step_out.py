"""Stepping out and coming back: the post passes to a stand-in with an allowed role, and back.

The stand-in gives their own PIN; nobody is out before somebody stands in.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult

from desk_console.foundation.catalogue import Message
from desk_console.foundation.refusal import Refusal
from desk_console.rulebook.topics import Topic
from desk_console.tui.citing import cited
from desk_console.tui.dialogs.act import ActDialog, Label, row
from desk_console.tui.dialogs.times import typed_time
from desk_console.tui.turn import Hold, hold_keys
from desk_console.tui.widgets.fields import TIME, Line, PinField
from desk_console.tui.widgets.person_field import PersonField

if TYPE_CHECKING:
    from desk_console.rulebook.desk import Desk

OUT_ROWS = ("out-stand-in-row", "out-their-pin-row", "out-reason-row", "out-back-row")


class StepOut(ActDialog[bool]):
    """Steps out, or comes back where the writer is out."""

    title_key: ClassVar[str] = "tui.act.step_out"

    def __init__(self) -> None:
        """Whether the writer is out is looked up when it opens."""
        super().__init__()
        self._is_out = False

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

    def _how(self, title: str) -> Message | str:
        """What happens, and which clause wants it so (6.8, 2.8, 9.5)."""
        return cited(f"{title}_how", self.desk.duty, Topic.STEP_OUT)

    def on_mount(self) -> None:
        """Is the writer out? Keys wait for the fields that this asks for."""
        self._look(hold_keys(self))

    @work
    async def _look(self, held: Hold) -> None:
        writer = self.seat.writer

        def is_out(desk: Desk) -> bool:
            from desk_console.shift.views import board

            with desk.reading() as session:
                posts = board(session, desk, desk.now()).posts
            return any(post.away and writer and post.away.id == writer.id for post in posts)

        self._is_out = await self.off_loop(is_out)
        for name in OUT_ROWS:
            self.query_one(f"#{name}").set_class(self._is_out, "-off")
        title = "tui.act.come_back" if self._is_out else "tui.act.step_out"
        self.query_one(".title", Label).word(title)
        self.query_one("#out-how", Label).word(self._how(title))
        self.query_one("#out-pin" if self._is_out else "#out-reason").focus()
        self.call_after_refresh(held.release)

    async def act(self) -> None:
        """Both prove themselves; the post passes."""
        writer, is_out = self.seat.writer, self._is_out
        if writer is None:
            self.dismiss(False)
            return
        stand_in = self.query_one(PersonField).person
        if stand_in is None and not is_out:
            raise Refusal("tui.act.stand_in_wanted")
        now = self.desk.now()
        back: datetime | None = typed_time(self.text_of("out-back"), now, self.desk.zone)
        if back is None and not is_out:
            raise Refusal("tui.act.back_wanted")
        own, theirs = self.text_of("out-pin"), self.text_of("out-their-pin")
        reason = self.text_of("out-reason")

        def pass_on(desk: Desk) -> None:
            from desk_console.people.pins import prove
            from desk_console.shift import step_out

            proof = prove(desk, writer.id, own)
            if stand_in is None or back is None or is_out:
                step_out.come_back(desk, proof)
                return
            other = prove(desk, stand_in.id, theirs)
            step_out.step_out(desk, proof, other, reason=reason, back_at=back)

        await self.off_loop(pass_on)
        if stand_in is not None and not is_out:
            self.seat.take(stand_in)
        self.host.spread()
        self.dismiss(True)
        if is_out or stand_in is None:
            self.say("tui.act.is_back", name=writer.name)
        else:
            self.say("tui.act.is_out", name=writer.name, stand_in=stand_in.name)
