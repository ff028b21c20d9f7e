"""The body of the call form: its rows, and what is typed into them kept on the sheet.

The sheet is what counts: fields are filled from it and read into it, and nothing else knows what
was typed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.message import Message as Event

from desk_console.foundation.catalogue import Message, message
from desk_console.log import departments, residents
from desk_console.log.records import EntryKind
from desk_console.log.rules import is_late_answer
from desk_console.log.units import unit_name
from desk_console.rulebook.topics import Topic
from desk_console.shift import rounds
from desk_console.tui.dialogs.call_form import finding, layout
from desk_console.tui.dialogs.call_form.asks import Asks
from desk_console.tui.dialogs.call_form.filling import fill, name_of, settle
from desk_console.tui.dialogs.call_form.layout import T
from desk_console.tui.dialogs.call_form.patrol import Points
from desk_console.tui.dialogs.call_form.sheet import Sheet
from desk_console.tui.host import OnDesk
from desk_console.tui.turn import hold_keys
from desk_console.tui.widgets.caption import Caption
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import Line, Words
from desk_console.tui.widgets.finder import Finder
from desk_console.tui.widgets.marks import Marks

WHO = ("caller", "unit_text", "phone")
"""Fields that name somebody: other words in one of them name another person."""


class CallBody(OnDesk, VerticalScroll):
    """The rows of the form. Those that only other kinds have come with the kind, and are hidden
    again where another is chosen: what was typed into them stays.
    """

    @dataclass
    class Edited(Event):
        """Something else stands on the sheet now."""

    @dataclass
    class KindChosen(Event):
        """It is another kind of entry now."""

    @dataclass
    class Noted(Event):
        """Something to know beside the fields, None where there is no more; and its clause."""

        note: Message | None
        clause: str | None = None

    def __init__(self, sheet: Sheet) -> None:
        """The form of that sheet."""
        super().__init__(id="call-body", can_focus=False)
        self.sheet = sheet
        self._departments: tuple[departments.DepartmentView, ...] = ()
        self._routes: tuple[rounds.RouteView, ...] = ()
        self._asks = Asks()
        self._chosen = Choice(("",), self._department_words, id="department", hotkeys="0123456789")

    def compose(self) -> ComposeResult:
        """Who and what on the left, what was done on the right; one under the other where there
        is no room."""
        with Container(id="call-left"):
            yield layout.kind_row(self)
            yield from (one.make(self) for name, one in layout.ROWS.items() if self._has(name))
            yield layout.content_row()
        with Container(id="call-right"):
            yield from layout.words_rows(self, self._chosen, self._asks)

    def _has(self, name: str) -> bool:
        return self.sheet.kind in layout.ROWS[name].kinds

    async def on_mount(self) -> None:
        """Put the sheet on the form, the cursor where the writing begins."""
        fill(self, self.sheet)
        self.query_one("#kind", Choice).value = self.sheet.kind
        if "at" not in self.sheet.values:
            settle(self, "at", self.catalogue.clock(self.sheet.at))
        await self._show_notice()
        self._show_kind()
        self.begin_writing()

    async def _bring_rows(self) -> None:
        """Those of the kind that are not there yet."""
        left, above = self.query_one("#call-left"), self.query_one("#row-kind")
        for name in layout.ROWS:
            if self._has(name) and not self.query(f"#{name}"):
                made = layout.ROWS[name].make(self)
                await left.mount(made, after=above)
                fill(made, self.sheet)
                self._offer_routes()
            if found := self.query(f"#{name}"):
                above = found.first()

    def begin_writing(self) -> None:
        """The cursor where this kind of entry begins, or where a round goes on."""
        if self.sheet.kind == EntryKind.PATROL and any(one.begin() for one in self.query(Points)):
            return
        name = layout.FIRST_FIELD.get(self.sheet.kind, "caller")
        self.query_one(f"#{name}").focus()

    def offer(
        self,
        told: tuple[departments.DepartmentView, ...],
        routes: tuple[rounds.RouteView, ...],
        *,
        walked_id: int | None = None,
        is_night: bool,
    ) -> bool:
        """The departments and routes there are, as soon as they were read, the route that is to be
        walked, and whether it is the night's record. False where a patrol is being written and
        there is no route."""
        self._asks.is_night = is_night
        self._follow_asks()
        self._departments, self._routes = told, routes
        self._chosen.offer(("", *(str(one.id) for one in told)))
        self._chosen.value = str(self.sheet.values.get("department") or "")
        walked = next((one for one in routes if one.id == walked_id), None)
        if walked is not None:
            self.sheet.values.setdefault("route", walked.zh)
        self._offer_routes()
        return bool(routes) or self.sheet.kind != EntryKind.PATROL

    def _offer_routes(self) -> None:
        codes = tuple(str(one.id) for one in self._routes)
        for choice in self.query("#route").results(Choice):
            if choice.codes != codes:
                choice.offer(codes)
                if (route := self._route()) is not None:
                    self.sheet.values["route"] = self.route_words(str(route.id))
                    choice.value = str(route.id)
                    self._show_points()

    def _route(self) -> rounds.RouteView | None:
        """The one on the sheet, by its name in either language: a draft has that of its writer."""
        named = self.sheet.text("route")
        return next((one for one in self._routes if named and named in (one.zh, one.en)), None)

    def route_words(self, code: str) -> str:
        """A route's name in the language that is on: so it is recorded."""
        for one in self._routes:
            if str(one.id) == code:
                return self.catalogue.either(one.zh, one.en)
        return ""

    def refresh_texts(self) -> None:
        """What is recorded in the site's own names follows the language, as what is shown does."""
        if (route := self._route()) is not None:
            self._take_value("route", self.route_words(str(route.id)))

    def _department_words(self, code: str) -> str:
        for one in self._departments:
            if str(one.id) == code:
                return self.catalogue.either(one.zh, one.en)
        return self.catalogue.text(f"{T}.department_none")

    # The sheet on the form

    def _show_kind(self) -> None:
        kind = EntryKind(self.sheet.kind)
        for name in layout.ROWS:
            for one in self.query(f"#{name}"):
                one.display = self._has(name)
        self.query_one("#row-notice").display = kind in layout.NOTICE
        self._follow_asks()
        who = {EntryKind.CALL: "caller", EntryKind.VISIT: "caller_visit"}
        for label in self.query("#label-caller").results(Caption):
            label.say(f"{T}.{who.get(kind, 'caller_other')}")
        content = "content" if kind is EntryKind.CALL else f"content_{kind.value}"
        self.query_one("#label-content", Caption).say(f"{T}.{content}")

    async def _show_notice(self) -> None:
        is_told = bool(self.sheet.values.get("department"))
        if is_told and not self.query("#row-how"):
            rows = layout.notice_rows(self)
            await self.query_one("#row-notice").mount(*rows)
            for one in rows:
                fill(one, self.sheet)
        for one in self.query("#row-how, #row-told"):
            one.display = is_told

    def _follow_asks(self) -> None:
        self._asks.follow(self.sheet, self.query_one("#marks", Marks))

    def _show_points(self) -> None:
        route = self._route()
        for points in self.query(Points):
            points.show_points(route.points if route else (), self.sheet.values.get("points"))

    # The form on the sheet

    def gather(self) -> bool:
        """Read every field: the news of the last key may still be on its way here. Did one say
        something new?"""
        before = dict(self.sheet.values)
        for field in self.query(Line):
            if field.id and not field.has_class("point-field"):
                self._take_text(field.id, field.value)
        for words in self.query(Words):
            if words.id:
                self._take_text(words.id, words.value)
        for choice in self.query("#category, #importance").results(Choice):
            self.sheet.values[str(choice.id)] = choice.value
        self.sheet.values["marks"] = sorted(self.query_one("#marks", Marks).ticked)
        for points in self.query(Points):
            if said := points.said:
                self.sheet.values["points"] = said
        return self.sheet.values != before

    def _take_text(self, name: str, text: str) -> None:
        if self.sheet.text(name) == text:
            return
        self._take_value(name, text)
        if name in WHO:
            self.sheet.values.pop("resident_id", None)
            self.sheet.values.pop("unit_id", None)
        elif name == "item":
            self.sheet.values.pop("item_id", None)

    def _take_value(self, name: str, value: object) -> None:
        self.sheet.values[name] = value
        self.post_message(self.Edited())

    @on(Line.Edited)
    def _line_edited(self, event: Line.Edited) -> None:
        if event.line.id and not event.line.has_class("point-field"):
            self._take_text(event.line.id, event.line.value)
            if event.line.id == "rings":
                self._note_rings()

    @on(Words.Edited)
    def _words_edited(self, event: Words.Edited) -> None:
        if event.words.id:
            self._take_text(event.words.id, event.words.value)

    @on(Choice.Chosen)
    async def _chosen_one(self, event: Choice.Chosen) -> None:
        name = name_of(event.choice)
        if name is None or event.choice.has_class("point-field"):
            return
        if name == "direction" and self.sheet.values.get("direction", "in") == event.code:
            return
        said = self.route_words(event.code or "") if name == "route" else event.code
        if self.sheet.values.get(name) == said:
            return
        self._take_value(name, said)
        if name == "kind":
            await self._kind_chosen()
        elif name in ("category", "direction"):
            self._follow_asks()
        elif name == "department":
            await self._told_now(bool(event.code))
        elif name == "route":
            self._show_points()

    async def _kind_chosen(self) -> None:
        with hold_keys(self):
            await self._bring_rows()
            self._show_kind()
            focused = self.screen.focused
            if self.sheet.is_blank or focused is None or not focused.display:
                self.begin_writing()
        self.post_message(self.KindChosen())

    async def _told_now(self, is_told: bool) -> None:
        with hold_keys(self):
            await self._show_notice()
            if is_told and not self.sheet.text("told_at"):
                settle(self, "told_at", self.catalogue.clock(self.desk.now()))

    def _note_rings(self) -> None:
        typed = self.sheet.text("rings")
        rings = int(typed) if typed.isdigit() else None
        if not is_late_answer(rings, self.desk.duty.answer_within_rings):
            self.post_message(self.Noted(None))
            return
        clause = self.desk.duty.cite(Topic.RINGS)
        key = "late_answer" if clause else "late_answer_plain"
        note = message(f"{T}.{key}", rings=rings, clause=clause)
        self.post_message(self.Noted(note, clause))

    @on(Marks.Ticked)
    def _marked(self, event: Marks.Ticked) -> None:
        self._take_value("marks", sorted(event.codes))
        self._follow_asks()

    @on(Points.Edited)
    def _points_edited(self, event: Points.Edited) -> None:
        self._take_value("points", event.points)

    @on(Line.Entered)
    def _entered(self) -> None:
        self.screen.focus_next()

    # What was found

    @on(Finder.Taken, "#caller-finder")
    def _caller_taken(self, event: Finder.Taken) -> None:
        event.stop()
        found = event.found.value
        assert isinstance(found, residents.Match)
        phone = finding.number_meant(found, event.finder.value)
        for name, text in (("caller", found.name), ("unit_text", found.unit), ("phone", phone)):
            self.sheet.values[name] = text
            settle(self, name, text)
        self._take_value("unit_id", found.unit_id)
        self.sheet.values["resident_id"] = found.resident_id
        if found.instruction:
            self.post_message(
                self.Noted(message(f"{T}.instruction", words=found.instruction)),
            )
        target = "#category" if self._has("row-category") else "#content"
        self.query_one(target).focus()

    @on(Finder.Taken, "#item-finder")
    def _item_taken(self, event: Finder.Taken) -> None:
        event.stop()
        found: Any = event.found.value
        self.sheet.values["item"] = found.name
        settle(self, "item", found.name)
        self._take_value("item_id", found.id)
        self.query_one("#quantity").focus()

    @on(Finder.Left)
    def _finder_left(self, event: Finder.Left) -> None:
        event.stop()
        typed = event.finder.value
        if event.finder.id == "caller-finder" and not self.sheet.text("unit_text"):
            # Nobody is registered there: the unit still belongs in its own field.
            named = unit_name(typed)
            if named is not None:
                event.finder.settle("")
                settle(self, "unit_text", named.code)
        self.screen.focus_next()
