"""One handover as it was signed: every signature verified as it opens, what is different from the
one before, the notes beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll

from desk_console.foundation.catalogue import Catalogue, Message, message
from desk_console.foundation.refusal import Refusal
from desk_console.handover.signed import SignatureLine, SignedHandover, as_signed
from desk_console.handover.signed import since_the_one_before as compared
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.topics import Topic
from desk_console.tui.dialogs.act import Label, row
from desk_console.tui.dialogs.kept import KeptDialog
from desk_console.tui.host import Changed
from desk_console.tui.keys import binding
from desk_console.tui.printing import Prints
from desk_console.tui.screen import DeskScreen
from desk_console.tui.screens.handover.sheet_lines import sheet_lines
from desk_console.tui.widgets.caption import Caption
from desk_console.tui.widgets.fields import PinField, Words
from desk_console.tui.widgets.footer import KeyLine
from desk_console.tui.widgets.plain import Paper, Plain

if TYPE_CHECKING:
    from desk_console.outputs.sheets.making import Wanted

T = "tui.handovers"


class AddNote(KeptDialog[bool]):
    """A signed note beside a sealed handover (9.15)."""

    title_key: ClassVar[str] = f"{T}.note_title"
    topics: ClassVar[tuple[Topic, ...]] = (Topic.DUTY_RECORD,)
    is_wide: ClassVar[bool] = True

    def __init__(self, handover_id: int) -> None:
        """Beside that one; signed by whoever writes here."""
        super().__init__()
        self._handover_id = handover_id

    def draft(self) -> str:
        """What somebody adds beside that one."""
        return f"note:{self._handover_id}"

    def fields(self) -> ComposeResult:
        """Who, the words, what the signature means, the PIN."""
        writer = self.seat.writer
        yield Label(message(f"{T}.note_by", name=writer.name if writer else ""), classes="said")
        yield row(f"{T}.note_words", Words(id="note-words"))
        yield Label("handover.meaning_note", classes="said")
        yield row("tui.handover.pin", PinField(id="note-pin"))

    def on_mount(self) -> None:
        """The words first."""
        self.query_one("#note-words").focus()

    async def act(self) -> None:
        """Sign it."""
        from desk_console.handover.adding import add_note
        from desk_console.people.pins import prove

        writer = self.seat.writer
        if writer is None:
            raise Refusal("tui.call_form.sign_on_first")
        by_id, handover_id = writer.id, self._handover_id
        pin, words = self.text_of("note-pin"), self.text_of("note-words")
        if not words.strip():  # before the PIN: what is typed next would go to it
            raise Refusal("handover.note_wanted", field="note-words")
        await self.use(lambda desk: add_note(desk, prove(desk, by_id, pin), handover_id, words))
        self.dismiss(True)
        self.say(f"{T}.note_added")


class SignedScreen(Prints, DeskScreen[None]):
    """The head says what it is and whether its signatures hold; below it all that was signed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding("cancel", "back"),
        binding("new", "add", words=f"{T}.key_note"),
        binding("print", priority=True),
    ]
    CSS_PATH = "handovers.tcss"

    def __init__(self, handover_id: int) -> None:
        """That handover; it is read when the screen opens."""
        super().__init__()
        self._handover_id = handover_id
        self._signed: SignedHandover | None = None
        self._compared: tuple[Message, ...] | None = None

    def compose(self) -> ComposeResult:
        """Head, verdict, everything else to scroll through."""
        yield Caption(f"{T}.signed_title", classes="heading")
        yield Plain(id="signed-head")
        with VerticalScroll(id="signed-sheet"):
            yield Paper(id="signed-lines")
        yield KeyLine()

    def on_mount(self) -> None:
        """Read it and verify it; Up and Down scroll."""
        self.query_one("#signed-sheet").focus()
        self._read()

    def on_changed(self, event: Changed) -> None:
        """A note may have been added."""
        if self.is_mounted:
            self._read()

    @work(exclusive=True, group="signed")
    async def _read(self) -> None:
        handover_id = self._handover_id

        def look(desk: Desk) -> tuple[SignedHandover, tuple[Message, ...] | None]:
            with desk.reading() as session:
                return as_signed(session, handover_id), compared(session, handover_id)

        try:
            self._signed, self._compared = await self.off_loop(look)
        except Refusal as refusal:
            self.refused(refusal)
            self.app.pop_screen()
            return
        self.refresh_texts()

    def refresh_texts(self) -> None:
        """Everything in the language that is on."""
        if self._signed is None or not self.is_mounted:
            return
        head = "\n".join(_head(self._signed, self.catalogue))
        self.query_one("#signed-head", Plain).put(head)
        lines = [*_beside(self._signed, self._compared, self.catalogue), ""]
        lines += sheet_lines(self._signed.sheet, self.catalogue)
        self.query_one("#signed-lines", Paper).put("\n".join(lines))

    # Doing

    def action_back(self) -> None:
        """To where one came from."""
        self.app.pop_screen()

    @work
    async def action_add(self) -> None:
        """A signed note beside it."""
        if await self.host.somebody() and await self.host.ask(AddNote(self._handover_id)):
            self.host.spread()
            self._read()

    def sheets(self, desk: Desk) -> tuple[Wanted, ...]:
        """The record on paper, with its receipt."""
        from desk_console.outputs.sheets.offered import of_handover

        with desk.reading() as session:
            return of_handover(session, self._handover_id)


def _head(signed: SignedHandover, words: Catalogue) -> Iterator[str]:
    line, sheet = signed.line, signed.sheet
    yield words.text(
        f"{T}.head",
        plan=sheet.shift_name,
        day=sheet.day or "",
        outgoing=sheet.giver.name,
        incoming=sheet.incoming.name if sheet.incoming else "",
        at=line.sealed_at,
    )
    yield words.text(f"{T}.receipt", receipt=line.receipt)
    yield words.text(f"{T}.{'all_good' if signed.is_good else 'not_good'}")


def _beside(
    signed: SignedHandover, differs: tuple[Message, ...] | None, words: Catalogue
) -> Iterator[str]:
    yield words.text(f"{T}.signatures")
    for version in signed.versions:
        if not version.holds:
            yield "  " + words.text(f"{T}.void", number=version.number, at=version.made_at)
        for one in version.signatures:
            yield from (f"  {each}" for each in _signature(one, words))
    if signed.unsigned:
        yield "  " + words.text(f"{T}.unsigned", names=list(signed.unsigned))
    if signed.altered:
        yield "  " + words.text(f"{T}.altered", count=len(signed.altered))
    if signed.erased:
        yield words.text(f"{T}.erased", count=len(signed.erased))
    yield ""
    if differs is None:
        yield words.text(f"{T}.compared_first")
    else:
        yield words.text(f"{T}.compared" if differs else f"{T}.compared_none")
        yield from (f"  {words.text(one)}" for one in differs)
    if signed.notes:
        yield ""
        yield words.text(f"{T}.notes", count=len(signed.notes))
    for note in signed.notes:
        yield "  " + words.text(f"{T}.note_line", at=note.at, name=note.name, words=note.words)
        holds = _holds(note.signature, words) if note.signature is not None else ""
        yield f"    {holds or words.text(f'{T}.note_unsigned')}"


def _signature(one: SignatureLine, words: Catalogue) -> Iterator[str]:
    # The meaning was signed in both languages.
    zh, _, en = one.meaning.partition(" / ")
    yield words.text(f"{T}.signature", name=one.name, at=one.at, holds=_holds(one, words))
    yield f"  {words.either(zh, en)}"


def _holds(one: SignatureLine, words: Catalogue) -> str:
    if one.is_good:
        return words.text(f"{T}.holds")
    return words.text(f"{T}.holds_not", why=one.why_not or "")
