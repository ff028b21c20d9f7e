"""Signing on, taking the seat, switching person: a name, a PIN, the post where there are several.

Who has no PIN yet, or whose PIN a supervisor reset, chooses one here, twice.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult

from desk_console.foundation.catalogue import Message, message
from desk_console.foundation.refusal import Refusal
from desk_console.tui.dialogs.act import ActDialog, Label, row
from desk_console.tui.keys import DEFAULT_KEYS, key_words
from desk_console.tui.turn import Hold, hold_keys
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import Line, PinField
from desk_console.tui.widgets.person_field import PersonField

if TYPE_CHECKING:
    from desk_console.people.pins import Proof
    from desk_console.people.records import PersonView
    from desk_console.roster.news import NewsLine
    from desk_console.rulebook.desk import Desk
    from desk_console.shift.arrivals import SignedOn

AUTOMATIC = "auto"


class SignOn(ActDialog[bool]):
    """Gives True when somebody took the seat."""

    title_key: ClassVar[str] = "tui.act.sign_on"

    def __init__(self) -> None:
        """Nobody is named yet."""
        super().__init__()
        self._chooses = False
        self._asks = Hold(None)

    def fields(self) -> ComposeResult:
        """Who, the PIN, once more where it is being chosen, the post."""
        yield row("tui.act.who", PersonField(id="sign-who", lists_all=not self.seat.is_locked))
        yield Label("tui.act.choose_pin", id="sign-choose", classes="said -quiet")
        yield row("tui.act.pin", PinField(id="sign-pin"))
        yield row("tui.act.pin_again", PinField(id="sign-again"), id="sign-again-row")
        posts = self.desk.duty.posts()
        if len(posts) > 1:
            names = {post.code: post.name_key for post in posts}
            names[AUTOMATIC] = "tui.act.post_auto"
            codes = (AUTOMATIC, *(post.code for post in posts))
            choice = Choice(codes, lambda code: self.tr(names[code]), value=AUTOMATIC, id="post")
            yield row("tui.act.post", choice)

    def on_mount(self) -> None:
        """One PIN is asked until somebody is to choose one."""
        self._show_choosing(False)

    def _show_choosing(self, chooses: bool) -> None:
        self._chooses = chooses
        if not chooses and self.query_one("#sign-again").has_focus:
            self.query_one("#sign-pin").focus()
        # At once, and not by a class: the next key may be on its way to the field.
        self.query_one("#sign-again-row").display = chooses
        self.query_one("#sign-choose").set_class(not chooses, "-quiet")

    def on_person_field_taken(self, event: PersonField.Taken) -> None:
        """Has this person a PIN, or is one to be chosen?"""
        event.stop()
        self._ask_anew(event.person.id)

    def _ask_anew(self, person_id: int) -> None:
        # One that is asked for again before it has begun never begins, nor lets its keys go.
        before, self._asks = self._asks, hold_keys(self)
        before.release()
        self._ask_standing(person_id, self._asks)

    @work(exclusive=True, group="standing")
    async def _ask_standing(self, person_id: int, held: Hold) -> None:
        def standing(desk: Desk) -> bool:
            from desk_console.people.views import pin_standing

            with desk.reading() as session:
                return pin_standing(session, person_id).must_choose

        with held:
            self._show_choosing(await self.off_loop(standing))

    def ends_with(self, line: Line) -> bool:
        """The PIN is the last that must be given: the post below it goes by the roster."""
        return line.id == ("sign-again" if self._chooses else "sign-pin")

    async def act(self) -> None:
        """Prove the person, stamp the arrival where they are not signed on yet, take the seat."""
        person = self.query_one(PersonField).person
        if person is None:
            raise Refusal("tui.act.who_wanted", field="sign-who")
        pin = self.query_one("#sign-pin", PinField).value
        if self._chooses and pin != self.query_one("#sign-again", PinField).value:
            raise Refusal("tui.act.pins_differ", field="sign-pin")
        post = next((one.value for one in self.query(Choice)), None)
        post_code = None if post == AUTOMATIC else post
        chooses = self._chooses
        try:
            proof, signed = await self.off_loop(
                lambda desk: arrive(desk, person, pin, chooses=chooses, post_code=post_code)
            )
        except Refusal:
            if chooses:  # the PIN may stand although the person may not take this post
                self._ask_anew(person.id)
            raise
        news = await self.off_loop(lambda desk: _news(desk, proof.person))
        drafts = await self.off_loop(_drafts_waiting)
        self.seat.take(proof.person, at=self.desk.now())
        self.host.spread()
        # Nothing is awaited from here on: what a dialog that has gone still waits for never comes.
        self.dismiss(True)
        self.say(greeting(proof, signed))
        self._tell_drafts(drafts)
        self._tell_news(proof.person, news)
        if signed is not None:
            self._ask_start_checks(signed)

    def _tell_drafts(self, waiting: int) -> None:
        """What was being typed here when somebody was called away, or the power went."""
        if waiting:
            keys = {**DEFAULT_KEYS, **self.host.keys_by_id}
            call, drafts = key_words(keys["call"]), key_words(keys["drafts"])
            self.say("tui.act.drafts_wait", count=waiting, call=call, drafts=drafts)

    def _tell_news(self, person: PersonView, news: tuple[NewsLine, ...]) -> None:
        if news:
            from desk_console.tui.dialogs.roster.news import NewsDialog

            self.app.push_screen(NewsDialog(person, news))

    def _ask_start_checks(self, signed: SignedOn) -> None:
        from desk_console.tui.dialogs.checks import CheckDialog

        if self.desk.duty.start_checks and signed.plan_code is not None:
            self.app.push_screen(CheckDialog("start", attendance_id=signed.attendance_id))


def arrive(
    desk: Desk, person: PersonView, pin: str, *, chooses: bool, post_code: str | None
) -> tuple[Proof, SignedOn | None]:
    """Prove or enrol the PIN; sign on, unless the person is on duty already."""
    from desk_console.people import pins
    from desk_console.people.sessions import take_seat
    from desk_console.shift.arrivals import sign_on
    from desk_console.shift.views import signed_on

    proof = pins.choose_pin(desk, person.id, pin) if chooses else pins.prove(desk, person.id, pin)
    with desk.reading() as session:
        is_on_duty = any(one.person.id == person.id for one in signed_on(session))
    signed = None if is_on_duty else sign_on(desk, proof, post_code=post_code)
    take_seat(desk, proof)
    return proof, signed


def _drafts_waiting(desk: Desk) -> int:
    """How many forms were put aside at this console."""
    from desk_console.log.drafts import waiting

    with desk.reading() as session:
        return len(waiting(session, desk.store.console))


def _news(desk: Desk, person: PersonView) -> tuple[NewsLine, ...]:
    """What changed in the roster for somebody, and they have not taken note of yet."""
    from desk_console.roster.news import news_for

    with desk.reading() as session:
        return news_for(session, person.id)


def greeting(proof: Proof, signed: SignedOn | None) -> Message:
    """What somebody is told who took the seat: early, late, a breach."""
    name = proof.person.name
    if signed is None:
        return message("tui.act.seat_taken", name=name)
    if signed.is_breach:
        return message("tui.act.breach", name=name, clause=signed.clause or "-")
    if signed.expected_at is None or not signed.late_minutes:
        return message("tui.act.signed_on", name=name)
    span = timedelta(minutes=signed.late_minutes)
    if signed.late_minutes > 0:
        return message("tui.act.late", name=name, span=span, clause=signed.clause or "-")
    return message("tui.act.early", name=name, span=span)
