"""Set-up (F9): who works here, who lives here, who is told, what is kept, and the rule book."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from sqlmodel import Session
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from desk_console.foundation.catalogue import Catalogue
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.text import narrow
from desk_console.log import departments, masking, residents
from desk_console.people import acts, views
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import role_key
from desk_console.rulebook.views import clauses
from desk_console.shift import items, rounds
from desk_console.tui.dialogs.confirm import Confirm
from desk_console.tui.dialogs.setup import AddThing, ResetPin, T
from desk_console.tui.host import OnDesk
from desk_console.tui.keys import binding
from desk_console.tui.language import tr
from desk_console.tui.screen import DeskScreen
from desk_console.tui.screens.help import HelpScreen
from desk_console.tui.widgets.caption import Caption
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import Line
from desk_console.tui.widgets.footer import KeyLine
from desk_console.tui.widgets.table import Column, Listing, Row

SUBJECTS = ("people", "residents", "departments", "items", "routes", "rules")

Reader = Callable[[Session, Catalogue, str], list[Row]]


def _people(session: Session, words: Catalogue, typed: str) -> list[Row]:
    return [
        Row(
            str(one.id),
            (
                one.staff_no,
                one.name,
                "  ".join(
                    [
                        words.value([words.text(role_key(role)) for role in sorted(one.roles)]),
                        one.phone,
                    ]
                ),
            ),
        )
        for one in views.find(session, typed)
    ]


def _residents(session: Session, words: Catalogue, typed: str) -> list[Row]:
    if not typed:
        return []
    return [
        Row(
            f"{one.unit_id}-{one.resident_id}",
            (
                one.unit,
                masking.masked_name(one.name),
                "  ".join(
                    [masking.masked_phone(phone) for phone in one.phones] + [one.instruction]
                ),
            ),
        )
        for one in residents.match(session, typed, limit=50)
    ]


def _departments(session: Session, words: Catalogue, typed: str) -> list[Row]:
    return [
        Row(str(one.id), (one.code, words.either(one.zh, one.en), one.phone))
        for one in departments.departments(session)
        if typed in f"{one.code} {one.zh} {one.en}".casefold()
    ]


def _items(session: Session, words: Catalogue, typed: str) -> list[Row]:
    return [
        Row(
            str(one.id),
            (
                one.code,
                one.name,
                words.text(f"{T}.stock", balance=one.balance, unit=one.unit) + f"  {one.group}",
            ),
        )
        for one in items.items(session)
        if typed in f"{one.code} {one.name} {one.group}".casefold()
    ]


def _routes(session: Session, words: Catalogue, typed: str) -> list[Row]:
    return [
        Row(
            str(one.id),
            (
                one.code,
                words.either(one.zh, one.en),
                words.value([words.either(zh, en) for zh, en in one.points]),
            ),
        )
        for one in rounds.routes(session)
        if typed in f"{one.code} {one.zh} {one.en}".casefold()
    ]


def _rules(session: Session, words: Catalogue, typed: str) -> list[Row]:
    return [
        Row(
            one.id,
            (
                one.id,
                words.text(f"tui.find.handling_{one.handling}"),
                words.either(one.zh, one.en),
            ),
        )
        for one in clauses()
        if typed in f"{one.id} {one.zh} {one.en}".casefold()
    ]


READERS: dict[str, Reader] = {
    "people": _people,
    "residents": _residents,
    "departments": _departments,
    "items": _items,
    "routes": _routes,
    "rules": _rules,
}


class SetupScreen(OnDesk, DeskScreen[None]):
    """One subject at a time: a list that is narrowed by typing, and a key to add to it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding("cancel", "app.home"),
        binding("new", "add"),
        binding("reveal", "reset", words=f"{T}.key_reset"),
        binding("discard", "retire", words=f"{T}.key_retire", priority=True),
    ]

    def compose(self) -> ComposeResult:
        """The subjects, the line that narrows, the list."""
        yield Caption(f"{T}.title", classes="heading")
        with Horizontal(classes="row"):
            yield Caption(f"{T}.subject", classes="label")
            yield Choice(
                SUBJECTS,
                lambda code: tr(self, f"{T}.subject_{code}"),
                value="people",
                id="subject",
                classes="field",
            )
        yield Line(hint=f"{T}.hint", id="setup-typed")
        yield Caption(f"{T}.said_people", id="setup-said", classes="hint")
        yield Listing(
            Column("code", f"{T}.col_code", 12),
            Column("name", f"{T}.col_name", 18),
            Column("rest", f"{T}.col_rest"),
            id="setup-rows",
        )
        yield KeyLine()

    def on_mount(self) -> None:
        """The people first."""
        self.query_one("#subject").focus()
        self._load()

    @property
    def _subject(self) -> str:
        return self.query_one("#subject", Choice).value or "people"

    @on(Choice.Chosen)
    def _other_subject(self) -> None:
        self.query_one("#setup-said", Caption).say(f"{T}.said_{self._subject}")
        self.query_one("#setup-typed", Line).value = ""
        self._load()

    @on(Line.Edited)
    def _typed(self) -> None:
        self._load()

    @work(exclusive=True, group="setup")
    async def _load(self) -> None:
        subject, words = self._subject, self.catalogue
        typed = narrow(self.query_one("#setup-typed", Line).value).casefold()

        def look(desk: Desk) -> list[Row]:
            with desk.reading() as session:
                return READERS[subject](session, words, typed)

        try:
            rows = await self.off_loop(look)
        except Refusal as refusal:
            self.refused(refusal)
            return
        self.query_one("#setup-rows", Listing).set_rows(rows)

    def refresh_texts(self) -> None:
        """The rows in the language that is on."""
        if self.is_mounted:
            self._load()

    @on(Line.Entered)
    def _to_list(self) -> None:
        self.query_one("#setup-rows", Listing).focus()

    @on(Listing.RowChosen)
    def _open(self, event: Listing.RowChosen) -> None:
        if self._subject == "rules":
            self.app.push_screen(HelpScreen(event.key))

    @work
    async def action_add(self) -> None:
        """One more of the subject."""
        if self._subject == "rules" or not await self.host.somebody():
            return
        if await self.app.push_screen_wait(AddThing(self._subject)):
            self._load()

    @work
    async def action_reset(self) -> None:
        """Begin a new PIN for the marked person."""
        key = self.query_one("#setup-rows", Listing).key
        if self._subject == "people" and key is not None and await self.host.somebody():
            await self.app.push_screen_wait(ResetPin(int(key)))

    @work
    async def action_retire(self) -> None:
        """The marked person leaves; what was recorded stays."""
        key = self.query_one("#setup-rows", Listing).key
        if self._subject != "people" or key is None or not await self.host.somebody():
            return
        asked = Confirm(
            f"{T}.retire_title", f"{T}.retire_ask", yes=f"{T}.retire_yes", no=f"{T}.retire_no"
        )
        writer = self.seat.writer
        if writer is None or not await self.app.push_screen_wait(asked):
            return
        try:
            await self.off_loop(lambda desk: acts.retire_person(desk, int(key), by_id=writer.id))
        except Refusal as refusal:
            self.refused(refusal)
            return
        self.say(f"{T}.retired")
        self._load()
