"""Residents: the units with who lives there, masked; found as one types. Enter opens a unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from desk_console.foundation.catalogue import message
from desk_console.foundation.refusal import Refusal
from desk_console.log import resident_views, search
from desk_console.log.people_source import RESIDENTS
from desk_console.log.search_terms import asked, sought
from desk_console.tui.dialogs.resident import AddResident, T
from desk_console.tui.host import Changed, OnDesk
from desk_console.tui.keys import binding
from desk_console.tui.screen import DeskScreen
from desk_console.tui.screens.unit import UnitScreen
from desk_console.tui.widgets.caption import Caption
from desk_console.tui.widgets.fields import Line
from desk_console.tui.widgets.footer import KeyLine
from desk_console.tui.widgets.table import Column, Listing, Row, Toned

if TYPE_CHECKING:
    from desk_console.rulebook.desk import Desk

PAGE = 50

Place = int | Mapping[str, int] | None
"""Where a page ended: at a unit in the whole list, at a hit among those that were sought."""


class ResidentsScreen(OnDesk, DeskScreen[None]):
    """A line that narrows, and the units or residents that answer."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding("cancel", "app.home"),
        binding("new", "add", words=f"{T}.key_add"),
        Binding("down", "to_list", show=False),
    ]

    def __init__(self) -> None:
        """All units."""
        super().__init__()
        self._rows: list[Row] = []
        self._units: dict[str, int] = {}
        self._next: Place = None

    def compose(self) -> ComposeResult:
        """The line, the list, the keys."""
        yield Caption(f"{T}.title", classes="heading")
        yield Line(hint=f"{T}.find_hint", id="residents-typed")
        yield Caption(f"{T}.masked", id="residents-said", classes="hint")
        yield Listing(
            Column("unit", f"{T}.col_unit", 12, is_most=True),
            Column("names", f"{T}.col_name", 24, is_most=True),
            Column("rest", f"{T}.col_rest"),
            id="residents-found",
        )
        yield KeyLine()

    def on_mount(self) -> None:
        """Type at once."""
        self.query_one("#residents-typed").focus()
        self._look()

    def on_changed(self, event: Changed) -> None:
        """Somebody wrote."""
        self._look()

    @on(Line.Edited)
    def _typed(self) -> None:
        self._look()

    @on(Listing.MoreWanted)
    def _more(self) -> None:
        if self._next is not None:
            self._look(self._next)

    @work(exclusive=True, group="residents")
    async def _look(self, after: Place = None) -> None:
        typed = self.query_one("#residents-typed", Line).value.strip()
        try:
            if typed:
                await self._seek(typed, after if isinstance(after, Mapping) else None)
            else:
                await self._list(after if isinstance(after, int) else None)
        except Refusal as refusal:
            self.refused(refusal)

    async def _list(self, after: int | None) -> None:
        def look(desk: Desk) -> resident_views.UnitPage:
            with desk.reading() as session:
                return resident_views.units(session, after=after, limit=PAGE)

        page = await self.off_loop(look)
        rows = [
            Row(f"u{one.id}", (one.code, self.catalogue.value(one.names), one.instruction))
            for one in page.lines
        ]
        units = {f"u{one.id}": one.id for one in page.lines}
        self._show(rows, units, page.next, is_more=after is not None)

    async def _seek(self, typed: str, after: Mapping[str, int] | None) -> None:
        query = asked(typed)

        def look(desk: Desk) -> search.SearchPage:
            with desk.reading() as session:
                return search.search(session, query, sources=(RESIDENTS,), after=after, limit=PAGE)

        page = await self.off_loop(look)
        words, say = sought(query), self.catalogue
        rows = []
        for hit in page.hits:
            unit, _, name = hit.who.partition(" ")
            said = "  ".join(filter(None, (say.value(hit.about), hit.words)))
            rows.append(Row(f"r{hit.ref}", (Toned(unit, sought=words), name, said)))
        units = {f"r{hit.ref}": int(str(hit.record)) for hit in page.hits}
        self._show(rows, units, page.next, is_more=after is not None)

    def _show(
        self, rows: Sequence[Row], units: Mapping[str, int], place: Place, *, is_more: bool
    ) -> None:
        self._rows = [*self._rows, *rows] if is_more else list(rows)
        self._units = {**self._units, **units} if is_more else dict(units)
        self._next = place
        self.query_one("#residents-found", Listing).set_rows(self._rows)
        said = self.query_one("#residents-said", Caption)
        if self._rows:
            said.say(f"{T}.masked")
        else:
            typed = self.query_one("#residents-typed", Line).value.strip()
            said.say(message(f"{T}.nobody", typed=typed) if typed else f"{T}.no_units")

    @on(Line.Entered)
    def action_to_list(self) -> None:
        """Go to the list."""
        self.query_one("#residents-found", Listing).focus()

    @on(Listing.RowChosen)
    def _open(self, event: Listing.RowChosen) -> None:
        if (unit_id := self._units.get(event.key)) is not None:
            self.app.push_screen(UnitScreen(unit_id))

    @work
    async def action_add(self) -> None:
        """Somebody new, in a unit that may be new."""
        if await self.host.somebody() and await self.app.push_screen_wait(AddResident()):
            self._look()
