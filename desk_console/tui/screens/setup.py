"""Set-up (F9): who works here, who lives here, who is told, what is kept, asked and said, and the
rule book.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType

from desk_console.foundation.catalogue import message
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.text import narrow
from desk_console.people.rules import Right, may
from desk_console.people.views import person, pins_disabled
from desk_console.rulebook.desk import Desk
from desk_console.tui.dialogs.confirm import Confirm
from desk_console.tui.dialogs.setup import LoadList, PinHelp, ThingForm
from desk_console.tui.keys import binding
from desk_console.tui.language import tr
from desk_console.tui.printing import Prints
from desk_console.tui.screen import DeskScreen
from desk_console.tui.screens.help import HelpScreen
from desk_console.tui.screens.unit import UnitScreen
from desk_console.tui.subjects.duties import Checklists, Routes, Tasks
from desk_console.tui.subjects.others import Residents, RuleBook
from desk_console.tui.subjects.people import People
from desk_console.tui.subjects.phrases import Phrases
from desk_console.tui.subjects.stock import Departments, Items
from desk_console.tui.subjects.subject import Field, Subject, T, Values
from desk_console.tui.widgets.caption import Caption
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import Line
from desk_console.tui.widgets.footer import KeyLine
from desk_console.tui.widgets.table import Column, Listing, Row

if TYPE_CHECKING:
    from textual.worker import Worker

    from desk_console.outputs.sheets.making import Wanted
    from desk_console.people.records import PersonView

SUBJECTS: dict[str, Subject] = {
    one.code: one
    for one in (
        People(),
        Residents(),
        Departments(),
        Items(),
        Checklists(),
        Tasks(),
        Routes(),
        Phrases(),
        RuleBook(),
    )
}

_TYPED_FIRST = frozenset(code for code, one in SUBJECTS.items() if one.is_narrowed_first)
"""Subjects of which nothing is listed before something was typed: their key goes to the line."""


@dataclass(frozen=True, slots=True)
class _Picked:
    """The marked thing with its form, as the file has them now."""

    id: int
    fields: tuple[Field, ...]
    values: Values

    @property
    def is_active(self) -> bool:
        return bool(self.values.get("is_active", True))


class SetupScreen(Prints, DeskScreen[None]):
    """One subject at a time: a list that is narrowed by typing; keys add to it and change it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding("cancel", "app.home"),
        binding("new", "add"),
        binding(
            "discard", "retire", words=f"{T}.key_retire", tip=f"{T}.key_retire_tip", priority=True
        ),
        binding("reveal", "pin", words=f"{T}.key_pin", tip=f"{T}.key_pin_tip"),
        binding("drafts", "load", words=f"{T}.key_load", tip=f"{T}.key_load_tip"),
        binding(
            "print",
            words=f"{T}.key_agreement",
            tip=f"{T}.key_agreement_tip",
            priority=True,
        ),
    ]

    def __init__(self, subject: str = People.code) -> None:
        """Open at that subject."""
        super().__init__()
        self._first = subject
        self._printed: int | None = None

    def compose(self) -> ComposeResult:
        """The subjects, the line that narrows, the list. They need no label, and in Chinese one row
        holds them all at 80 columns without it.
        """
        yield Caption(f"{T}.title", classes="heading")
        yield Choice(
            SUBJECTS,
            lambda code: tr(self, f"{T}.subject_{code}"),
            value=self._first,
            moves_on=_TYPED_FIRST,
            id="subject",
        )
        yield Line(hint=f"{T}.hint", id="setup-typed")
        yield Caption(f"{T}.said_people", id="setup-said", classes="hint")
        yield Listing(
            Column("code", f"{T}.col_code", 12, is_most=True),
            Column("name", f"{T}.col_name", 24, is_most=True),
            Column("rest", f"{T}.col_rest"),
            id="setup-rows",
            show_header=False,
        )
        yield KeyLine()

    def on_mount(self) -> None:
        """The subject's own things first."""
        self.query_one("#subject").focus()
        self._load()

    def on_key(self, event: events.Key) -> None:
        """What is typed on the subjects and names none of them narrows the list."""
        if self.query_one("#subject").has_focus and event.is_printable and event.character:
            event.stop()  # else the line, which has the focus then, takes the same key again
            line = self.query_one("#setup-typed", Line)
            line.focus()
            line.insert_text_at_cursor(event.character)

    @property
    def _subject(self) -> Subject:
        return SUBJECTS[self.query_one("#subject", Choice).value or People.code]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only the keys that do something to this subject."""
        if action not in ("add", "retire", "pin", "load", "print") or not self.is_mounted:
            return True
        subject = self._subject
        return {
            "add": subject.can_add,
            "retire": subject.can_retire,
            "pin": subject.code == People.code,
            "print": subject.code == People.code,
            "load": subject.loads,
        }[action]

    @on(Choice.Chosen)
    def _other_subject(self) -> None:
        self.query_one("#setup-typed", Line).value = ""
        self.refresh_bindings()
        self._load()

    @on(Line.Edited)
    def _typed(self) -> None:
        self._load()

    @work(exclusive=True, group="setup")
    async def _load(self, new_id: int | None = None) -> None:
        """The rows; the cursor goes to the one that was just added."""
        subject, words = self._subject, self.catalogue
        typed = narrow(self.query_one("#setup-typed", Line).value).casefold()

        def look(desk: Desk) -> tuple[list[Row], int]:
            with desk.reading() as session:
                return subject.rows_at(desk, session, words, typed), subject.count(session)

        try:
            rows, count = await self.off_loop(look)
        except Refusal as refusal:
            self.refused(refusal)
            return
        listing = self.query_one("#setup-rows", Listing)
        listing.set_rows(rows)
        self._say_found(bool(rows), bool(typed), count)
        if new_id is not None:
            ids = {one.key.rpartition("-")[2]: one.key for one in rows}
            listing.go_to(ids.get(str(new_id), ""))

    def _say_found(self, finds: bool, is_narrowed: bool, count: int) -> None:
        """What the list is for; where it is empty, why. `count` is of those not listed whole."""
        subject = self._subject
        said = message(f"{T}.said_{subject.code}", count=count)
        if not finds and is_narrowed:
            said = message(f"{T}.found_none")
        elif subject.is_narrowed_first and not count:
            said = message(f"{T}.none_{subject.code}")
        elif not finds and subject.can_add and not subject.is_narrowed_first:
            said = message(f"{T}.none_yet")
        self.query_one("#setup-said", Caption).say(said)

    def refresh_texts(self) -> None:
        """The rows in the language that is on."""
        if self.is_mounted:
            self._load()

    @on(Line.Entered)
    def _to_list(self) -> None:
        self.query_one("#setup-rows", Listing).focus()

    @on(Listing.RowChosen)
    def _open(self, event: Listing.RowChosen) -> None:
        if self._subject.code == RuleBook.code:
            self.app.push_screen(HelpScreen(event.key))
        elif self._subject.code == Residents.code:
            self.app.push_screen(UnitScreen(int(event.key.partition("-")[0])))
        elif event.key.isdecimal():
            self._change(int(event.key))

    # Doing

    @work
    async def action_add(self) -> None:
        """One more of the subject."""
        subject = self._subject
        if not await self._may(subject.right):
            return

        def ask(desk: Desk) -> tuple[Field, ...]:
            with desk.reading() as session:
                return subject.form(session)

        fields = await self.off_loop(ask)
        given = await self.app.push_screen_wait(ThingForm(subject, fields))
        if given is not None:
            typed = self.query_one("#setup-typed", Line)
            with typed.prevent(Line.Edited):
                # The new one shows, whatever the list was narrowed to.
                typed.value = subject.sought(given)
            self._load(given["id"])

    @work
    async def _change(self, thing_id: int) -> None:
        subject = self._subject
        if not await self._may(subject.right):
            return
        picked = await self._pick(subject, thing_id)
        if picked is None:
            return
        form = ThingForm(subject, picked.fields, thing_id=thing_id, values=picked.values)
        if await self.app.push_screen_wait(form) is not None:
            self._load()

    async def _may(self, right: Right) -> bool:
        """Whether whoever is signed on here has that right; refused at once, before anything is
        filled in, where not."""
        if not await self.host.somebody() or self.seat.writer is None:
            return False
        try:
            may(self.seat.writer, right, self.desk.duty).or_refuse()
        except Refusal as refusal:
            self.refused(refusal)
            return False
        return True

    async def _pick(self, subject: Subject, thing_id: int) -> _Picked | None:
        def look(desk: Desk) -> _Picked:
            with desk.reading() as session:
                values = subject.values(session, thing_id)
                return _Picked(thing_id, subject.form(session), values)

        try:
            return await self.off_loop(look)
        except Refusal as refusal:
            self.refused(refusal)
            return None

    @property
    def _marked(self) -> int | None:
        key = self.query_one("#setup-rows", Listing).key
        return int(key) if key is not None and key.isdecimal() else None

    def sheets(self, desk: Desk) -> tuple[Wanted, ...]:
        """The agreement of the marked person."""
        from desk_console.outputs.sheets.offered import of_person

        person_id = self._printed
        with desk.reading() as session:
            return of_person(session, person_id) if person_id is not None else ()

    def action_print(self) -> Worker[None]:
        """Of whoever is marked now: no widget is read off the loop."""
        self._printed = self._marked
        return super().action_print()

    @work
    async def action_pin(self) -> None:
        """Unlock or reset the PIN of the marked person."""
        person_id = self._marked
        if person_id is None or not await self._may(Right.RESET_PIN):
            return

        def look(desk: Desk) -> tuple[PersonView | None, bool]:
            with desk.reading() as session:
                return person(session, person_id), person_id in pins_disabled(session)

        marked, disabled = await self.off_loop(look)
        if marked is None:
            return
        if await self.app.push_screen_wait(PinHelp(marked, is_disabled=disabled)):
            self._load()

    @work
    async def action_retire(self) -> None:
        """The marked thing goes out of use, or comes back; what was recorded stays."""
        subject, marked = self._subject, self._marked
        if marked is None or not await self._may(subject.right):
            return
        picked, writer = await self._pick(subject, marked), self.seat.writer
        if picked is None or writer is None:
            return
        back = not picked.is_active
        verb = "reinstate" if back else "retire"
        asked = Confirm(
            f"{T}.{verb}_title",
            message(f"{T}.{verb}_ask", name=_name(picked.values)),
            yes=f"{T}.{verb}_yes",
            no=f"{T}.{verb}_no",
        )
        if not await self.app.push_screen_wait(asked):
            return
        try:
            await self.off_loop(
                lambda desk: subject.retire(desk, writer, marked, picked.values, back=back)
            )
        except Refusal as refusal:
            self.refused(refusal)
            return
        self.say(f"{T}.reinstated" if back else f"{T}.retired")
        self._load()

    @work
    async def action_load(self) -> None:
        """A list from a CSV file."""
        subject = self._subject
        if not await self._may(subject.load_right):
            return
        if await self.app.push_screen_wait(LoadList(subject)):
            self._load()


def _name(values: Values) -> str:
    """What a thing is called in its list, whatever it is."""
    return next(str(values[name]) for name in ("name", "thing", "zh", "zh_words") if name in values)
