"""Search (F7): finds while one types, in everything that is kept. All that is typed is text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import Screen
from textual.timer import Timer

from desk_console.foundation.catalogue import message
from desk_console.foundation.refusal import Refusal
from desk_console.log import search
from desk_console.log.records import Category
from desk_console.log.search_source import Hit, by_code
from desk_console.log.search_terms import Asked, asked, plain, sought
from desk_console.log.search_upkeep import Making
from desk_console.matters.views import still_open
from desk_console.rulebook.desk import Desk
from desk_console.tui.dialogs.entry_book import EntryBook
from desk_console.tui.dialogs.entry_lines import COLUMNS, T, entry_row
from desk_console.tui.dialogs.person import PersonDialog
from desk_console.tui.dialogs.signed_handover import SignedHandoverDialog
from desk_console.tui.host import OnDesk
from desk_console.tui.keys import binding
from desk_console.tui.language import tr
from desk_console.tui.screen import DeskScreen
from desk_console.tui.screens.matter import MatterScreen
from desk_console.tui.screens.unit import UnitScreen
from desk_console.tui.widgets.caption import Caption
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import Line
from desk_console.tui.widgets.footer import KeyLine
from desk_console.tui.widgets.plain import width
from desk_console.tui.widgets.table import Listing, Row, Toned

PAUSE_SECONDS = 0.12
"""How long the typing rests before it is looked for."""

PAGE = 36
"""Hits that are fetched at once, a little more than a screen of forty lines shows: each is held
against its record, which is most of what an answer costs.
"""

ALL = "all"
DAYS = {"week": 7, "month": 30, "year": 365}
"""How many days up to today each span of time has."""

OPENERS: Mapping[str, Callable[[Hit, tuple[str, ...]], Screen[Any]]] = {
    "entry": lambda hit, words: EntryBook(hit.ref, words),
    "handover": lambda hit, words: SignedHandoverDialog(hit.ref),
    "resident": lambda hit, words: UnitScreen(int(str(hit.record))),
    "matter": lambda hit, words: MatterScreen(hit.ref),
    "person": lambda hit, words: PersonDialog(hit.ref),
}
"""What Enter opens, by source."""


class SearchScreen(OnDesk, DeskScreen[None]):
    """A line to type in, what it is narrowed by, and what answers."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding("cancel", "app.home"),
        Binding("down", "to_list", show=False),
    ]

    def __init__(self) -> None:
        """Nothing is sought yet."""
        super().__init__()
        self._rest: Timer | None = None
        self._asked = Asked()
        self._open_ids: frozenset[int] = frozenset()
        self._hits: list[Hit] = []
        self._next: Mapping[str, int] | None = None
        self._making: Making | None = None

    def compose(self) -> ComposeResult:
        """The line, the choices, what was found, the keys."""
        from desk_console.wiring import search_sources

        self._sources = search_sources()
        yield Caption(f"{T}.search_title", classes="heading")
        yield Line(hint=f"{T}.search_hint", id="search-typed")
        codes = tuple(source.code for source in self._sources)
        yield self._choice("source", (ALL, *codes), f"{T}.source_")
        yield self._choice("category", (ALL, *Category), f"{T}.about_")
        yield self._choice("time", (ALL, *DAYS), f"{T}.time_")
        yield Caption(f"{T}.search_begin", id="search-said", classes="hint")
        yield Listing(*COLUMNS, id="search-found")
        yield KeyLine()

    def _choice(self, name: str, codes: Sequence[str], words: str) -> Horizontal:
        def label(code: str) -> str:
            if name == "category" and code != ALL:
                return tr(self, f"log.category_{code}")
            return tr(self, f"{words}{code}")

        choice = Choice(codes, label, value=ALL, id=f"search-{name}", classes="field")
        return Horizontal(Caption(f"{T}.by_{name}", classes="label"), choice, classes="row")

    def on_mount(self) -> None:
        """Type at once."""
        self.query_one("#search-typed").focus()

    def on_key(self, event: events.Key) -> None:
        """What is typed on the list, back from something that it opened, is sought as well."""
        typed = event.character if event.is_printable else None
        is_back = event.key == "backspace"
        if not self.query_one("#search-found").has_focus_within or not (typed or is_back):
            return
        event.stop()  # else the line, which has the focus then, takes the same key again
        line = self.query_one("#search-typed", Line)
        line.focus()
        line.action_end()
        if is_back:
            line.action_delete_left()
        elif typed:
            line.insert_text_at_cursor(typed)

    @on(Line.Edited)
    @on(Choice.Chosen)
    def _typed(self) -> None:
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(PAUSE_SECONDS, self._seek)

    @on(Listing.MoreWanted)
    def _more(self) -> None:
        if self._next is not None:
            self._seek(after=self._next)

    def _chosen(self, name: str) -> str:
        return self.query_one(f"#search-{name}", Choice).value or ALL

    def _query(self, today: date) -> Asked:
        category, time = self._chosen("category"), self._chosen("time")
        return asked(
            self.query_one("#search-typed", Line).value,
            today=today,
            marks=() if category == ALL else ((f"category={category}",),),
            since=None if time == ALL else today - timedelta(days=DAYS[time] - 1),
            until=None if time == ALL else today,
        )

    @work(exclusive=True, group="search")
    async def _seek(self, after: Mapping[str, int] | None = None) -> None:
        if after is None:
            self._asked = self._query(self.desk.now().astimezone(self.desk.zone).date())
        query, code = self._asked, self._chosen("source")
        sources = self._sources if code == ALL else by_code(self._sources, (code,))

        def look(desk: Desk) -> tuple[search.SearchPage, frozenset[int]]:
            with desk.reading() as session:
                page = search.search(session, query, sources=sources, after=after, limit=PAGE)
                entries = [hit.ref for hit in page.hits if hit.source == "entry"]
                return page, still_open(session, entries)

        try:
            page, unfinished = await self.off_loop(look)
        except Refusal as refusal:
            self._hits, self._next, self._making = [], None, None
            self._show()
            self.query_one("#search-said", Caption).say(refusal.message)
            return
        self._hits = [*(self._hits if after is not None else []), *page.hits]
        self._next, self._making = page.next, page.making
        self._open_ids = unfinished | (self._open_ids if after is not None else frozenset())
        self._show()

    def _show(self) -> None:
        words = sought(self._asked)
        rows = [self._row(hit, words) for hit in self._hits]
        self.query_one("#search-found", Listing).set_rows(rows)
        said = self.query_one("#search-said", Caption)
        if self._asked.is_empty:
            said.say(f"{T}.search_begin")
        elif not rows:
            typed = self.query_one("#search-typed", Line).value.strip()
            said.say(
                message(f"{T}.search_none", typed=typed) if typed else f"{T}.search_none_there"
            )
        else:
            more = message(f"{T}.search_more") if self._next is not None else ""
            said.say(message(f"{T}.search_found", count=len(rows), more=more))
        if self._making is not None and not self._asked.is_empty:
            done, target = self._making.done, self._making.target
            said.say(message("log.search_building", done=done, target=target))

    def _row(self, hit: Hit, words: tuple[str, ...]) -> Row:
        key = f"{hit.source}:{hit.ref}"
        if hit.source == "entry":
            line: Any = hit.record
            return Row(key, entry_row(self, line, words, still_open=self._open_ids).cells)
        say = self.catalogue
        return Row(
            key,
            (
                say.moment(hit.at) if hit.at else "",
                say.value(hit.kind),
                say.value(hit.about),
                Toned(hit.who, sought=words),
                self._words(hit, words),
            ),
        )

    def _words(self, hit: Hit, words: tuple[str, ...]) -> Toned:
        """What was said; behind it the receipt, where there is room or where it is sought."""
        open_ = self.catalogue.text(f"{T}.open")
        said = (f"{open_} {hit.words}" if hit.is_open else hit.words).replace("\n", " ")
        tail = f"  {hit.tail}" if hit.tail else ""
        is_sought = bool(tail) and any(word in plain(tail) for word in words)
        kept = 0 if is_sought else width(said)
        return Toned(said, "strong" if hit.is_open else "", words, tail=tail, kept=kept)

    def refresh_texts(self) -> None:
        """The rows in the language that is on."""
        if self.is_mounted and self._hits:
            self._show()

    @on(Line.Entered)
    def action_to_list(self) -> None:
        """Go to what was found."""
        self.query_one("#search-found", Listing).focus()

    @on(Listing.RowChosen)
    def _open(self, event: Listing.RowChosen) -> None:
        hit = next((one for one in self._hits if f"{one.source}:{one.ref}" == event.key), None)
        if hit is not None and (opener := OPENERS.get(hit.source)) is not None:
            self.app.push_screen(opener(hit, sought(self._asked)))
