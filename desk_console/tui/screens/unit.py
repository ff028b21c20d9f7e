"""A unit's file (5.6): who lives there, what the desk must know, and all that happened.

Names and numbers are masked; one resident at a time is shown whole, the reason on record (4.9).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from desk_console.foundation.catalogue import message
from desk_console.foundation.refusal import Refusal
from desk_console.log import resident_views
from desk_console.rulebook.topics import Topic
from desk_console.tui.dialogs.entry_book import EntryBook
from desk_console.tui.dialogs.resident import (
    AddResident,
    ChangeResident,
    EraseResident,
    Instruction,
    MoveOut,
    Reveal,
    T,
)
from desk_console.tui.host import Changed, OnDesk
from desk_console.tui.keys import binding
from desk_console.tui.language import tr
from desk_console.tui.screen import DeskScreen
from desk_console.tui.screens.matter import MatterScreen
from desk_console.tui.screens.unit_lists import (
    COLUMNS_OF,
    OF_MATTER,
    VIEWS,
    Listed,
    listed,
    listing_of,
    rows_of,
)
from desk_console.tui.widgets.caption import Caption
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.footer import KeyLine
from desk_console.tui.widgets.table import Column, Listing, Row, Toned

if TYPE_CHECKING:
    from desk_console.handover.erasing import Erased
    from desk_console.log.residents import Match
    from desk_console.rulebook.desk import Desk


class UnitScreen(OnDesk, DeskScreen[None]):
    """One unit. The list below shows what happened there, what was changed, or who looked."""

    CSS_PATH = "unit.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        binding("cancel", "back"),
        binding("reveal", words=f"{T}.key_reveal"),
        binding("new", "add", words=f"{T}.key_add"),
        binding("kind", "change", words=f"{T}.key_change"),
        binding("discard", "move", words=f"{T}.key_move", priority=True),
        binding("phrases", "instruct", words=f"{T}.key_instruct"),
        binding("wish", "erase", words=f"{T}.key_erase"),
    ]

    first_hints: ClassVar[tuple[str, ...]] = ("reveal", "new", "kind", "phrases", "discard")

    def __init__(self, unit_id: int) -> None:
        """Of that unit; nobody is revealed."""
        super().__init__()
        self._unit_id = unit_id
        self._file: resident_views.UnitFile | None = None
        self._listed = Listed()
        self._shown: Match | None = None

    def compose(self) -> ComposeResult:
        """The unit, its people, the list, the keys."""
        yield Caption(f"{T}.title", id="unit-title", classes="heading")
        yield Caption(id="unit-instruction-said", classes="hint")
        yield Listing(
            Column("name", f"{T}.col_name", 16),
            Column("kind", f"{T}.col_kind", 14),
            Column("phones", f"{T}.col_phones"),
            id="unit-people",
        )
        with Horizontal(classes="row"):
            yield Caption(f"{T}.view", classes="label")
            yield Choice(
                VIEWS,
                lambda code: tr(self, f"{T}.view_{code}"),
                value="history",
                id="unit-view",
                classes="field",
            )
        yield Caption(id="unit-none", classes="hint")
        for view, columns in COLUMNS_OF.items():
            yield Listing(*columns, id=f"unit-{view}", classes="unit-lines")
        yield KeyLine()

    def on_mount(self) -> None:
        """Read it."""
        self.query_one("#unit-people").focus()
        self._show_listing()
        self._read()

    def on_changed(self, event: Changed) -> None:
        """Somebody wrote: read it again; whoever was revealed is masked when the seat is left."""
        if self.seat.writer is None:
            self._shown = None
        self._read()

    @work(exclusive=True, group="unit")
    async def _read(self) -> None:
        view = self._view
        try:
            self._file = await self.off_loop(self._look_up)
            self._listed = await self.off_loop(lambda desk: listed(desk, self._unit_id, view))
        except Refusal as refusal:
            self.refused(refusal)
            return
        self.refresh_texts()

    @on(Listing.MoreWanted, ".unit-lines")
    def _more(self) -> None:
        if self._listed.next is not None:
            self._read_more(self._listed.next)

    @work(exclusive=True, group="unit")
    async def _read_more(self, before: int) -> None:
        view = self._view
        older = await self.off_loop(lambda desk: listed(desk, self._unit_id, view, before=before))
        self._listed = self._listed.and_older(older)
        self._show_lines()

    def _look_up(self, desk: Desk) -> resident_views.UnitFile:
        with desk.reading() as session:
            return resident_views.unit_file(session, self._unit_id)

    @property
    def _view(self) -> str:
        return self.query_one("#unit-view", Choice).value or "history"

    # What shows

    def refresh_texts(self) -> None:
        """Everything in the language that is on."""
        file = self._file
        if file is None or not self.is_mounted or not self.is_attached:
            return
        clause = self.desk.duty.cite(Topic.CUSTOMER_FILE)
        title = message(f"{T}.title_of", unit=file.code)
        if clause:
            title = message(f"{T}.title_clause", unit=file.code, clause=clause)
        self.query_one("#unit-title", Caption).say(title)
        known = message(f"{T}.to_know", words=file.instruction)
        self.query_one("#unit-instruction-said", Caption).say(
            known if file.instruction else f"{T}.nothing_to_know"
        )
        people = [self._person(line) for line in file.residents]
        self.query_one("#unit-people", Listing).set_rows(people)
        self._show_lines()

    def _person(self, line: resident_views.ResidentLine) -> Row:
        shown = self._shown if self._shown and self._shown.resident_id == line.id else None
        if line.is_erased:
            return Row(str(line.id), (Toned(self.tr(f"{T}.is_erased"), "muted"), "", ""))
        kind = self.tr(f"log.kind_of_{line.kind}")
        if not line.is_active:
            kind = f"{kind}  {self.tr('log.resident_left')}"
        name, phones = (shown.name, shown.phones) if shown else (line.name, line.phones)
        tone = "strong" if shown else "" if line.is_active else "muted"
        return Row(str(line.id), (Toned(name, tone), kind, Toned("   ".join(phones), tone)))

    @on(Choice.Chosen, "#unit-view")
    def _turn_to(self) -> None:
        """Another view: nothing of the one before stays below it."""
        self._listed = Listed()
        self._show_listing()
        self._read()

    def _show_listing(self) -> None:
        """The list with the columns of the view."""
        for one in self.query(".unit-lines"):
            one.display = one.id == f"unit-{listing_of(self._view)}"

    def _show_lines(self) -> None:
        if self._file is None:
            return
        rows = rows_of(self, self._view, self._file, self._listed)
        self.query_one(f"#unit-{listing_of(self._view)}", Listing).set_rows(rows)
        none = self.query_one("#unit-none", Caption)
        none.display = not rows
        none.say(f"{T}.none_{self._view}")

    # What is done

    @on(Listing.RowReached, "#unit-people")
    def _reached(self, event: Listing.RowReached) -> None:
        """One at a time: whoever was revealed is masked again when another one is marked."""
        if self._shown is not None and str(self._shown.resident_id) != event.key:
            self._shown = None
            self.refresh_texts()

    @on(Listing.RowChosen, "#unit-people")
    def _chosen(self) -> None:
        self.action_reveal()

    @on(Listing.RowChosen, ".unit-lines")
    def _open(self, event: Listing.RowChosen) -> None:
        if event.key.startswith(OF_MATTER):
            self.app.push_screen(MatterScreen(int(event.key.removeprefix(OF_MATTER))))
        elif event.key.isdecimal():
            self.app.push_screen(EntryBook(int(event.key)))

    def action_back(self) -> None:
        """To where one came from."""
        self.app.pop_screen()

    @property
    def _marked(self) -> resident_views.ResidentLine | None:
        key = self.query_one("#unit-people", Listing).key
        lines = self._file.residents if self._file else ()
        return next((line for line in lines if str(line.id) == key), None)

    @work
    async def action_reveal(self) -> None:
        """Show the marked resident whole."""
        if (line := self._marked) is not None and await self.host.somebody():
            await self._reveal(line.id)

    async def _reveal(self, resident_id: int) -> bool:
        found = await self.app.push_screen_wait(Reveal(resident_id))
        if found is None:
            return False
        self._shown = found
        self.refresh_texts()
        self._read()
        return True

    @work
    async def action_add(self) -> None:
        """One more in this unit."""
        if self._file is not None and await self.host.somebody():
            await self.app.push_screen_wait(AddResident(self._file))
            self._read()

    @work
    async def action_change(self) -> None:
        """Change the marked resident; who is still masked is revealed first."""
        line = self._marked
        if line is None or not await self.host.somebody():
            return
        if (self._shown is None or self._shown.resident_id != line.id) and not await self._reveal(
            line.id
        ):
            return
        if self._shown is not None and await self.app.push_screen_wait(
            ChangeResident(self._shown, line.revision)
        ):
            self._shown = None
            self._read()

    @work
    async def action_move(self) -> None:
        """The marked resident moved out, or is back."""
        if (line := self._marked) is not None and await self.host.somebody():
            await self.app.push_screen_wait(MoveOut(line))
            self._read()

    @work
    async def action_erase(self) -> None:
        """What was written of the marked resident goes, by order."""
        file, line = self._file, self._marked
        if file is None or line is None or not await self.host.somebody():
            return

        def look(desk: Desk) -> Erased:
            from desk_console.handover.erasing import would_erase

            with desk.reading() as session:
                return would_erase(session, desk, line.id, line.revision)

        try:
            outlook = await self.off_loop(look)
        except Refusal as refusal:
            self.refused(refusal)
            return
        if await self.app.push_screen_wait(EraseResident(file.code, line, outlook)):
            self._shown = None
            self._read()

    @work
    async def action_instruct(self) -> None:
        """What the desk must know."""
        if self._file is not None and await self.host.somebody():
            await self.app.push_screen_wait(Instruction(self._file))
            self._read()
