"""Set phrases, by category: what to say (5.8), and the answers to what is asked often (5.2)."""

from __future__ import annotations

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container

from desk_console.foundation.catalogue import Message, message
from desk_console.foundation.refusal import Refusal
from desk_console.log import phrases
from desk_console.log.records import Category
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.topics import Topic
from desk_console.tui.host import OnDesk
from desk_console.tui.screen import DeskDialog
from desk_console.tui.widgets.caption import Caption
from desk_console.tui.widgets.footer import KeyLine
from desk_console.tui.widgets.plain import Prose
from desk_console.tui.widgets.table import Column, Listing, Row

T = "tui.call_form"


class PhraseList(OnDesk, DeskDialog[str]):
    """Gives the words of the phrase that was chosen."""

    def __init__(self, category: str | None, *, has_category: bool) -> None:
        """Those of a category, and those that suit all. A form that has none shows the latter."""
        super().__init__()
        self._has_category = has_category
        self._category = Category(category) if category in tuple(Category) else None
        self._found: list[str] = []

    def compose(self) -> ComposeResult:
        """The list, and below it the marked one whole."""
        with Container(classes="dialog -wide -tall"):
            yield Caption(f"{T}.phrases_title", classes="title")
            yield Caption(self._hint(), classes="hint", id="phrases-hint")
            yield Listing(Column("words", f"{T}.phrases_title"), id="phrases", show_header=False)
            yield Prose(id="phrases-whole", classes="said")
            yield KeyLine()

    def _hint(self) -> Message:
        """What Enter does, with the clauses on phrases and on answers where there are any."""
        duty = self.desk.duty
        clauses = [one for topic in (Topic.PHRASES, Topic.ENQUIRY) if (one := duty.cite(topic))]
        if not clauses:
            return message(f"{T}.phrases_hint")
        return message(f"{T}.phrases_hint_clause", clause=clauses)

    def on_mount(self) -> None:
        """Look what there is."""
        self._load()

    @work
    async def _load(self) -> None:
        def look(desk: Desk) -> tuple[phrases.PhraseView, ...]:
            with desk.reading() as session:
                return (
                    *phrases.phrases(session, desk.duty, self._category),
                    *phrases.answers(session, self._category),
                )

        try:
            found = await self.off_loop(look)
        except Refusal as refusal:
            self.refused(refusal)
            return
        self._found = [self.catalogue.either(one.zh, one.en) for one in found]
        listing = self.query_one("#phrases", Listing)
        listing.set_rows([Row(str(index), (words,)) for index, words in enumerate(self._found)])
        if not self._found:
            why = "phrases_empty" if self._category else "phrases_by_category"
            if not self._has_category:
                why = "phrases_none"
            self.query_one("#phrases-hint", Caption).say(f"{T}.{why}")
        listing.focus()

    @on(Listing.RowReached)
    def _reached(self, event: Listing.RowReached) -> None:
        """The marked one whole: what is said to somebody is not read off a line that is cut."""
        self.query_one("#phrases-whole", Prose).put(self._found[int(event.key)])

    @on(Listing.RowChosen)
    def _taken(self, event: Listing.RowChosen) -> None:
        self.dismiss(self._found[int(event.key)])
