"""Taking the post now, in an emergency: a name and a PIN; the reason is asked afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult

from desk_console.foundation.refusal import Refusal
from desk_console.rulebook.topics import Topic
from desk_console.tui.citing import cited
from desk_console.tui.dialogs.act import ActDialog, Label, row
from desk_console.tui.dialogs.times import typed_time
from desk_console.tui.turn import Hold, hold_keys
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import TIME, Line, PinField
from desk_console.tui.widgets.person_field import PersonField

if TYPE_CHECKING:
    from desk_console.people.records import PersonView
    from desk_console.rulebook.desk import Desk


class TakePost(ActDialog[bool]):
    """Takes a post at once. Where its holder is known to be gone, since when is asked."""

    title_key: ClassVar[str] = "tui.act.take_post"
    blames: ClassVar[Mapping[str, str]] = {
        "tui.act.bad_time": "take-gone",
        "shift.gone_since": "take-gone",
        "shift.no_such_post": "post",
    }

    def fields(self) -> ComposeResult:
        """Who, the PIN; the post where there are several; since when its holder is gone."""
        how = cited("tui.act.take_post_how", self.desk.duty, Topic.STAY_AT_POST)
        yield Label(how, classes="said")
        posts = self.desk.duty.posts()
        if len(posts) > 1:
            names = {post.code: post.name_key for post in posts}
            choice = Choice(
                names, lambda code: self.tr(names[code]), value=posts[0].code, id="post"
            )
            yield row("tui.act.post", choice)
        yield row("tui.act.who", PersonField(id="take-who", lists_all=not self.seat.is_locked))
        yield row("tui.act.pin", PinField(id="take-pin"))
        yield row(
            "tui.act.gone_since", Line(id="take-gone", pattern=TIME, hint="tui.act.gone_hint")
        )

    def ends_with(self, line: Line) -> bool:
        """The PIN is enough; since when the holder is gone is known to few."""
        return line.id == "take-pin" or super().ends_with(line)

    def on_mount(self) -> None:
        """Whoever writes here needs nothing but the PIN, unless the post is theirs already: then
        it is another one who takes it.
        """
        if self.seat.writer is not None:
            self._name_taker(self.seat.writer, hold_keys(self))

    @work
    async def _name_taker(self, writer: PersonView, held: Hold) -> None:
        def is_holder(desk: Desk) -> bool:
            from desk_console.shift.glance import tenure_now

            with desk.glancing() as reader:
                held = [tenure_now(reader, post.code) for post in desk.duty.posts()]
            return any(one is not None and one.person_id == writer.id for one in held)

        with held:
            if not await self.off_loop(is_holder):
                self.query_one(PersonField).take(writer)
                self.query_one("#take-pin").focus()

    async def act(self) -> None:
        """Prove the person; the post is theirs from this instant."""
        person = self.query_one(PersonField).person
        if person is None:
            raise Refusal("tui.act.who_wanted", field="take-who")
        pin = self.text_of("take-pin")
        post = next((one.value for one in self.query(Choice)), None)
        post_code = post or self.desk.duty.posts()[0].code
        gone = typed_time(self.text_of("take-gone"), self.desk.now(), self.desk.zone, is_past=True)

        def take(desk: Desk) -> tuple[PersonView, int | None]:
            from desk_console.people.pins import prove
            from desk_console.people.sessions import take_seat
            from desk_console.shift.arrivals import take_unheld
            from desk_console.shift.step_out import take_now

            proof = prove(desk, person.id, pin)
            if gone is not None:
                take_unheld(desk, proof, post_code=post_code, gone_since=gone)
                tenure = None
            else:
                tenure = take_now(desk, proof, post_code=post_code)
            take_seat(desk, proof)
            return proof.person, tenure

        taker, tenure = await self.off_loop(take)
        self.seat.take(taker, at=self.desk.now())
        self.host.spread()
        self.dismiss(True)
        self.say("tui.act.taken", name=taker.name)
        if tenure is not None:
            self.app.push_screen(GiveReason(tenure))


class GiveReason(ActDialog[None]):
    """Asks why the post was taken. It may wait: the live shift reminds of it."""

    title_key: ClassVar[str] = "tui.act.give_reason"

    def __init__(self, tenure_id: int) -> None:
        """The reason for that tenure."""
        super().__init__()
        self._tenure_id = tenure_id

    def fields(self) -> ComposeResult:
        """One line."""
        yield Label("tui.act.give_reason_how", classes="said")
        yield row("tui.act.reason", Line(id="reason"))

    async def act(self) -> None:
        """Keep the reason."""
        writer = self.seat.writer
        if writer is None:
            self.dismiss(None)
            return
        reason, tenure_id = self.text_of("reason"), self._tenure_id

        def keep(desk: Desk) -> None:
            from desk_console.shift.step_out import give_reason

            give_reason(desk, writer.id, tenure_id, reason)

        await self.off_loop(keep)
        self.host.spread()
        self.dismiss(None)
