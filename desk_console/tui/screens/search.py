"""Search (F7): finds while one types. Everything typed is text; nothing in it is an operator."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.timer import Timer

from desk_console.foundation.catalogue import message
from desk_console.foundation.refusal import Refusal
from desk_console.log import search
from desk_console.log.views import EntryLine
from desk_console.rulebook.desk import Desk
from desk_console.tui.dialogs.entry_book import EntryBook
from desk_console.tui.dialogs.entry_lines import COLUMNS, T, entry_row
from desk_console.tui.host import OnDesk
from desk_console.tui.keys import binding
from desk_console.tui.screen import DeskScreen
from desk_console.tui.widgets.caption import Caption
from desk_console.tui.widgets.fields import Line
from desk_console.tui.widgets.footer import KeyLine
from desk_console.tui.widgets.table import Listing

PAUSE_SECONDS = 0.12
"""How long the typing rests before it is looked for."""

PAGE = 50


class SearchScreen(OnDesk, DeskScreen[None]):
    """A line to type in, and the entries that answer it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding("cancel", "app.home"),
        Binding("down", "to_list", show=False),
    ]

    def __init__(self) -> None:
        """Nothing is sought yet."""
        super().__init__()
        self._rest: Timer | None = None
        self._lines: list[EntryLine] = []
        self._next: int | None = None

    def compose(self) -> ComposeResult:
        """The line, what was found, the keys."""
        yield Caption(f"{T}.search_title", classes="heading")
        yield Line(hint=f"{T}.search_hint", id="search-typed")
        yield Caption(f"{T}.search_begin", id="search-said", classes="hint")
        yield Listing(*COLUMNS, id="search-found")
        yield KeyLine()

    def on_mount(self) -> None:
        """Type at once."""
        self.query_one("#search-typed").focus()

    @on(Line.Edited)
    def _typed(self) -> None:
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(PAUSE_SECONDS, self._seek)

    @on(Listing.MoreWanted)
    def _more(self) -> None:
        if self._next is not None:
            self._seek(after=self._next)

    @work(exclusive=True, group="search")
    async def _seek(self, after: int | None = None) -> None:
        typed = self.query_one("#search-typed", Line).value

        def look(desk: Desk) -> search.SearchPage:
            with desk.reading() as session:
                return search.search(session, typed, after=after, limit=PAGE)

        if not typed.strip():
            page = search.SearchPage((), None)
        else:
            try:
                page = await self.off_loop(look)
            except Refusal as refusal:
                self.refused(refusal)
                return
        self._lines = [*(self._lines if after is not None else []), *page.lines]
        self._next = page.next
        self._show(typed)

    def _show(self, typed: str) -> None:
        words = tuple(typed.split())
        rows = [entry_row(self, line, words) for line in self._lines]
        self.query_one("#search-found", Listing).set_rows(rows)
        said = self.query_one("#search-said", Caption)
        if not typed.strip():
            said.say(f"{T}.search_begin")
        elif not rows:
            said.say(message(f"{T}.search_none", typed=typed))
        else:
            more = message(f"{T}.search_more") if self._next is not None else ""
            said.say(message(f"{T}.search_found", count=len(rows), more=more))

    def refresh_texts(self) -> None:
        """The rows in the language that is on."""
        if self.is_mounted and self._lines:
            self._show(self.query_one("#search-typed", Line).value)

    @on(Line.Entered)
    def action_to_list(self) -> None:
        """Go to what was found."""
        self.query_one("#search-found", Listing).focus()

    @on(Listing.RowChosen)
    def _open(self, event: Listing.RowChosen) -> None:
        self.app.push_screen(EntryBook(int(event.key)))
