"""The handover book: all handovers, the newest first, found by words, receipt, person and time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.timer import Timer

from desk_console.foundation.catalogue import message
from desk_console.foundation.refusal import Refusal
from desk_console.handover.book import BookFilter, BookLine, BookPage, book
from desk_console.handover.records import HandoverStage
from desk_console.people import views as people
from desk_console.people.records import PersonView
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import post_name
from desk_console.tui.host import Changed, OnDesk
from desk_console.tui.keys import binding
from desk_console.tui.screen import DeskScreen
from desk_console.tui.screens.handovers.signed import SignedScreen
from desk_console.tui.widgets.caption import Caption
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import Line
from desk_console.tui.widgets.finder import Finder, Found
from desk_console.tui.widgets.footer import KeyLine
from desk_console.tui.widgets.table import Column, Listing, Row, Toned

T = "tui.handovers"
PAGE = 50
PAUSE_SECONDS = 0.12
"""How long the typing rests before it is looked for."""

WIDE = 120
"""Cells of a terminal in which everything of a row has room."""

ALL = "all"
DAYS = {"week": 7, "month": 30, "year": 365}
STAGES = (HandoverStage.SEALED, HandoverStage.DROPPED)


class HandoversScreen(OnDesk, DeskScreen[None]):
    """What narrows the book, and what is in it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding("cancel", "app.home"),
        Binding("down", "to_list", show=False),
    ]
    CSS_PATH = "handovers.tcss"

    def __init__(self) -> None:
        """The whole book, from its newest page."""
        super().__init__()
        self._lines: tuple[BookLine, ...] = ()
        self._next: int | None = None
        self._person: PersonView | None = None
        self._rest: Timer | None = None
        self._is_wide = False

    def compose(self) -> ComposeResult:
        """What narrows it, the list, the keys."""
        self._is_wide = self.app.size.width >= WIDE
        yield Caption(f"{T}.title", classes="heading")
        with Horizontal(classes="row"):
            yield Caption(f"{T}.words", classes="label")
            yield Line(hint=f"{T}.words_hint", id="book-words", classes="field")
        with Horizontal(classes="row"):
            yield Caption(f"{T}.person", classes="label")
            yield Finder(self._look_people, hint=f"{T}.person_hint", id="book-person", at_once=True)
        with Horizontal(classes="row"):
            yield Caption(f"{T}.time", classes="label")
            yield self._choice("time", (ALL, *DAYS))
        with Horizontal(classes="row"):
            yield Caption(f"{T}.stage", classes="label")
            yield self._choice("stage", (ALL, *STAGES))
        yield Caption(id="book-said", classes="hint")
        yield Listing(
            *self._columns(),
            id="book-list",
        )
        yield KeyLine()

    def _columns(self) -> Iterator[Column]:
        """Where there are several posts, each is named, for which the minute of sealing goes in a
        small terminal.
        """
        yield Column("day", f"{T}.col_day", 10)
        yield Column("shift", f"{T}.col_shift", 24 if self._has_posts else 12, is_most=True)
        yield Column("people", f"{T}.col_people")
        if self._has_minute:
            yield Column("at", f"{T}.col_at", 11)
        yield Column("receipt", f"{T}.col_receipt", 19)

    @property
    def _has_posts(self) -> bool:
        return len(self.desk.duty.posts()) > 1

    @property
    def _has_minute(self) -> bool:
        return self._is_wide or not self._has_posts

    def _choice(self, name: str, codes: Sequence[str]) -> Choice:
        return Choice(
            codes,
            lambda code: self.tr(f"{T}.{name}_{code}"),
            value=ALL,
            hotkeys="",
            id=f"book-{name}",
            classes="field",
        )

    def _look_people(self, typed: str) -> Sequence[Found]:
        """Everybody who ever handed over here, those who left too."""
        with self.desk.reading() as session:
            return [
                Found(one, one.name, one.staff_no)
                for one in people.find(session, typed, active=None)
            ]

    def on_mount(self) -> None:
        """The newest page, the cursor in it."""
        self.query_one("#book-list", Listing).focus()
        self._load()

    def on_changed(self, event: Changed) -> None:
        """Somebody wrote: the first page anew."""
        if self.is_mounted and len(self._lines) <= PAGE:
            self._load()

    # What is asked for

    @on(Line.Edited, "#book-words")
    def _typed(self, event: Line.Edited) -> None:
        event.stop()
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(PAUSE_SECONDS, self._load)

    @on(Line.Edited)
    def _edited(self, event: Line.Edited) -> None:
        """Other words in the field for the person: that one is let go."""
        if self._person is not None and self.query_one(Finder).value != self._person.name:
            self._person = None
            self._load()

    @on(Line.Entered, "#book-words")
    def _entered(self, event: Line.Entered) -> None:
        event.stop()
        self.action_to_list()

    @on(Finder.Taken)
    def _person_taken(self, event: Finder.Taken) -> None:
        event.stop()
        found = event.found.value
        assert isinstance(found, PersonView)
        self._person = found
        event.finder.settle(found.name)
        self._load()

    @on(Finder.Left)
    def _person_left(self, event: Finder.Left) -> None:
        event.stop()
        self.focus_next()

    @on(Choice.Chosen)
    def _narrowed(self) -> None:
        self._load()

    @on(Listing.MoreWanted)
    def _more(self) -> None:
        if self._next is not None:
            self._load(after=self._next)

    def _filter(self) -> BookFilter:
        time, stage = (self.query_one(f"#book-{name}", Choice).value for name in ("time", "stage"))
        days = DAYS.get(time or "")
        return BookFilter(
            from_at=self.desk.now() - timedelta(days=days) if days else None,
            person_id=self._person.id if self._person else None,
            stage=HandoverStage(stage) if stage in STAGES else None,
            text=self.query_one("#book-words", Line).value.strip(),
        )

    @work(exclusive=True, group="book")
    async def _load(self, after: int | None = None) -> None:
        wanted = self._filter()

        def look(desk: Desk) -> BookPage:
            with desk.reading() as session:
                return book(session, wanted, after=after, limit=PAGE)

        try:
            page = await self.off_loop(look)
        except Refusal as refusal:
            self.refused(refusal)
            return
        self._lines = (*(self._lines if after is not None else ()), *page.lines)
        self._next = page.next
        self._show()

    # Words

    def refresh_texts(self) -> None:
        """The rows in the language that is on."""
        if self.is_mounted:
            self._show()

    def _show(self) -> None:
        self.query_one("#book-list", Listing).set_rows([self._row(one) for one in self._lines])
        key = "none" if not self._lines else "more" if self._next is not None else "count"
        said = message(f"{T}.{key}", count=len(self._lines))
        self.query_one("#book-said", Caption).say(said)

    def _row(self, line: BookLine) -> Row:
        plan = self.desk.duty.shift(line.plan_code)
        is_sealed = line.stage is HandoverStage.SEALED
        state = self.tr(f"handover.stage_{line.stage}")
        shift = self.catalogue.either(plan.zh, plan.en) if plan else line.plan_code
        if self._has_posts:
            shift = f"{self.tr(post_name(line.post_code))} {shift}"
        at = self.catalogue.moment(line.sealed_at or line.opened_at)
        return Row(
            str(line.id),
            (
                line.day.isoformat() if line.day else "",
                shift,
                f"{line.outgoing} → {line.incoming or '-'}",
                *([at] if self._has_minute else []),
                line.receipt if is_sealed else Toned(state, "muted"),
            ),
        )

    # Doing

    def action_to_list(self) -> None:
        """Down from a field is the list."""
        self.query_one("#book-list", Listing).focus()

    @on(Listing.RowChosen)
    def _open(self, event: Listing.RowChosen) -> None:
        event.stop()
        line = next((one for one in self._lines if str(one.id) == event.key), None)
        if line is None:
            return
        if line.stage is HandoverStage.SEALED:
            self.app.push_screen(SignedScreen(line.id))
        else:
            self.say(f"{T}.not_sealed", stage=message(f"handover.stage_{line.stage}"))
