"""The logbook: the log of any day, narrowed by shift, person, kind and category; the night record
(6.5); and what somebody has still to put an end to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import ClassVar

from sqlmodel import Session
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from desk_console.foundation.catalogue import message
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.text import narrow
from desk_console.log import views, waiting
from desk_console.log.records import Category, EntryKind
from desk_console.matters.views import still_open
from desk_console.people import views as people
from desk_console.people.records import PersonView
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.topics import Topic
from desk_console.tui.dialogs.entry_book import EntryBook
from desk_console.tui.dialogs.entry_lines import COLUMNS, T, entry_row
from desk_console.tui.host import Changed, OnDesk
from desk_console.tui.keys import binding
from desk_console.tui.language import tr
from desk_console.tui.screen import DeskScreen
from desk_console.tui.widgets.caption import Caption
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import Line
from desk_console.tui.widgets.finder import Finder, Found
from desk_console.tui.widgets.footer import KeyLine
from desk_console.tui.widgets.table import Listing

PAGE = 50
ALL = "all"


class LogbookScreen(OnDesk, DeskScreen[None]):
    """A day's log, newest first, or a night's, oldest first. PgUp and PgDn on the date: a day."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding("cancel", "app.home"),
        binding("print", priority=True),
        Binding("ctrl+up", "day(1)", show=False),
        Binding("ctrl+down", "day(-1)", show=False),
    ]
    CSS_PATH = "logbook.tcss"

    def __init__(self) -> None:
        """Today, whole."""
        super().__init__()
        self._day = date.min
        self._lines: tuple[views.EntryLine, ...] = ()
        self._next: views.Cursor | None = None
        self._open_ids: frozenset[int] = frozenset()
        self._person: PersonView | None = None

    def compose(self) -> ComposeResult:
        """The date and what narrows it, the entries, the keys."""
        yield Caption(f"{T}.log_title", classes="heading")
        with Horizontal(classes="row"):
            yield Caption(f"{T}.log_day", classes="label")
            yield Line(id="log-day", narrowed=True, limit=10)
            yield Caption(f"{T}.view", classes="inner")
            yield self._choice("view", ("day", "night", "awaited"), f"{T}.view")
        with Horizontal(classes="row"):
            yield Caption(f"{T}.log_shift", classes="label")
            yield self._shift_choice()
            yield Caption(f"{T}.log_person", classes="inner")
            yield Finder(
                self._look_people, hint=f"{T}.log_person_hint", id="log-person", at_once=True
            )
        with Horizontal(classes="row"):
            yield Caption(f"{T}.log_kind", classes="label")
            yield self._choice("log-kind", (ALL, *EntryKind), "log.kind")
        with Horizontal(classes="row"):
            yield Caption(f"{T}.log_category", classes="label")
            yield self._choice("log-category", (ALL, *Category), "log.category")
        yield Caption(id="log-said", classes="hint")
        yield Listing(*COLUMNS, id="log-entries")
        yield KeyLine()

    def _shift_choice(self) -> Choice:
        shifts = {one.code: one for one in self.desk.duty.shifts}

        def label(code: str) -> str:
            if code == ALL:
                return tr(self, f"{T}.all")
            return self.catalogue.either(shifts[code].zh, shifts[code].en)

        return Choice((ALL, *shifts), label, value=ALL, hotkeys="", id="log-shift")

    def _look_people(self, typed: str) -> Sequence[Found]:
        """Everybody who ever wrote here, those who left too."""
        with self.desk.reading() as session:
            return [
                Found(one, one.name, one.staff_no)
                for one in people.find(session, typed, active=None)
            ]

    def _choice(self, name: str, codes: Sequence[str], prefix: str) -> Choice:
        return Choice(
            codes,
            lambda code: tr(self, f"{T}.all" if code == ALL else f"{prefix}_{code}"),
            value=codes[0],
            hotkeys="",
            id=name,
            classes="field",
        )

    def on_mount(self) -> None:
        """Today's log; the cursor in it."""
        self._day = self.desk.now().astimezone(self.desk.zone).date()
        self.query_one("#log-day", Line).value = self._day.isoformat()
        self.query_one("#log-entries", Listing).focus()
        self._load()

    def on_changed(self, event: Changed) -> None:
        """Somebody wrote: the first page anew."""
        if self.is_mounted and len(self._lines) <= PAGE:
            self._load()

    @on(Line.Entered)
    def _day_typed(self, event: Line.Entered) -> None:
        try:
            self._day = date.fromisoformat(narrow(event.value).replace("/", "-"))
        except ValueError:
            self.query_one("#log-said", Caption).say(f"{T}.log_day_bad")
            return
        self._load()

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

    @on(Line.Edited)
    def _edited(self, event: Line.Edited) -> None:
        """Other words in the field for the person: that one is let go."""
        if self._person is not None and self.query_one(Finder).value != self._person.name:
            self._person = None
            self._load()

    @on(Choice.Chosen)
    def _narrowed(self) -> None:
        self._load()

    def action_day(self, by: int) -> None:
        """The day before, or the day after."""
        self._day -= timedelta(days=by)
        self.query_one("#log-day", Line).value = self._day.isoformat()
        self._load()

    @on(Listing.MoreWanted)
    def _more(self) -> None:
        if self._next is not None:
            self._load(after=self._next)

    @work(exclusive=True, group="logbook")
    async def _load(self, after: views.Cursor | None = None) -> None:
        day, wanted, view = self._day, self._filter(), self.query_one("#view", Choice).value

        def read(session: Session, desk: Desk) -> views.Page:
            if view == "night":
                return views.Page(views.night_record(session, day, desk.duty), None)
            if view == "awaited":
                return views.Page(waiting.awaited(session), None)
            return views.entries(session, wanted, after=after, limit=PAGE)

        def look(desk: Desk) -> tuple[views.Page, frozenset[int]]:
            with desk.reading() as session:
                page = read(session, desk)
                return page, still_open(session, [line.id for line in page.lines])

        try:
            page, unfinished = await self.off_loop(look)
        except Refusal as refusal:
            self.refused(refusal)
            return
        self._lines = (*(self._lines if after is not None else ()), *page.lines)
        self._next = page.next
        self._open_ids = unfinished | (self._open_ids if after is not None else frozenset())
        self._show()

    def _filter(self) -> views.LogFilter:
        kind = self.query_one("#log-kind", Choice).value
        category = self.query_one("#log-category", Choice).value
        wanted = views.day_filter(self._day, self.desk.zone)
        if kind in tuple(EntryKind):
            wanted = replace(wanted, kind=EntryKind(kind))
        if category in tuple(Category):
            wanted = replace(wanted, category=Category(category))
        if self._person is not None:
            wanted = replace(wanted, person_id=self._person.id)
        shift = self.query_one("#log-shift", Choice).value
        if shift not in (ALL, None):
            # A shift belongs to the date on which it began: a night's morning is its own.
            wanted = replace(wanted, from_at=None, to_at=None, shift_day=self._day, plan_code=shift)
        return wanted

    def _show(self) -> None:
        self.query_one("#log-entries", Listing).set_rows(
            [entry_row(self, line, still_open=self._open_ids) for line in self._lines]
        )
        said = self.query_one("#log-said", Caption)
        day = self._day.isoformat()
        if self.query_one("#view", Choice).value == "night":
            clause = self.desk.duty.cite(Topic.NIGHT_RECORD)
            key = "log_night" if clause else "log_night_plain"
            said.say(message(f"{T}.{key}", day=day, clause=clause))
        elif self.query_one("#view", Choice).value == "awaited":
            key = "log_awaited" if self._lines else "log_awaited_none"
            said.say(message(f"{T}.{key}", count=len(self._lines)))
        elif not self._lines:
            said.say(message(f"{T}.log_empty", day=day))
        else:
            more = message(f"{T}.search_more") if self._next is not None else ""
            said.say(message(f"{T}.log_of_day", day=day, count=len(self._lines), more=more))

    def refresh_texts(self) -> None:
        """The rows in the language that is on."""
        if self.is_mounted and self._lines:
            self._show()

    def action_print(self) -> None:
        """The forms of the day that is shown; a night's first where a night is shown."""
        from desk_console.outputs.sheets.making import Wanted
        from desk_console.tui.dialogs.print_sheet import PrintSheet

        is_night = self.query_one("#view", Choice).value == "night"
        forms = ("night", "log", "calls") if is_night else ("log", "calls", "night")
        self.app.push_screen(PrintSheet([Wanted(form, self._day) for form in forms]))

    @on(Listing.RowChosen)
    def _open(self, event: Listing.RowChosen) -> None:
        self.app.push_screen(EntryBook(int(event.key)))
