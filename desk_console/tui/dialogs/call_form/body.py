"""The body of the call form: its rows, and what is typed into them kept on the sheet.

The sheet is what counts: fields are filled from it and read into it, and nothing else knows what
was typed.
"""

from __future__ import annotations

from collections.abc import Mapping
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
from desk_console.tui.dialogs.call_form import finding, layout, sheet
from desk_console.tui.dialogs.call_form.asks import Asks
from desk_console.tui.dialogs.call_form.layout import T
from desk_console.tui.dialogs.call_form.patrol import Points
from desk_console.tui.dialogs.call_form.sheet import Sheet
from desk_console.tui.host import OnDesk
from desk_console.tui.widgets.caption import Caption
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import Line, Words
from desk_console.tui.widgets.finder import Finder
from desk_console.tui.widgets.marks import Marks

WHO = ("caller", "unit_text", "phone")
"""Fields that name somebody: other words in one of them name another person."""

NOT_FILLED = ("department", "route")
"""Choices that are filled once what they offer was read."""


class CallBody(OnDesk, VerticalScroll):
    """All rows of the form; those that the kind has not are hidden."""

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
        self._routes: dict[str, rounds.RouteView] = {}
        self._asks = Asks()
        self._chosen = Choice(("",), self._department_words, id="department", hotkeys="0123456789")

    def compose(self) -> ComposeResult:
        """Who and what on the left, what was done on the right; one under the other where there
        is no room."""
        with Container(id="call-left"):
            yield from layout.head(self)
            yield from layout.visit_rows()
            yield layout.caller_row(lambda typed: finding.find_residents(self.desk, typed))
            yield layout.item_row(lambda typed: finding.find_items(self.desk, typed))
            yield layout.custody_row()
            yield layout.route_row()
            yield Points(id="points")
            yield layout.category_row(self)
            yield layout.content_row()
        with Container(id="call-right"):
            yield from layout.words_rows(self, self._chosen, self._asks)

    def on_mount(self) -> None:
        """Put the sheet on the form, the cursor where the writing begins."""
        self._fill()
        self._show_kind()
        self.begin_writing()

    def begin_writing(self) -> None:
        """The cursor where this kind of entry begins."""
        name = layout.FIRST_FIELD.get(self.sheet.kind, "caller")
        self.query_one(f"#{name}").focus()

    def offer(
        self,
        told: tuple[departments.DepartmentView, ...],
        routes: Mapping[str, rounds.RouteView],
        *,
        is_night: bool,
    ) -> bool:
        """The departments and routes there are, as soon as they were read, and whether it is the
        night's record. False where a patrol is being written and there is no route."""
        self._asks.is_night = is_night
        self._follow_asks()
        self._departments, self._routes = told, dict(routes)
        self._chosen.offer(("", *(str(one.id) for one in told)))
        self._chosen.value = str(self.sheet.values.get("department") or "")
        self.query_one("#route", Choice).offer(tuple(routes))
        if (route := self.sheet.text("route")) in routes:
            self.query_one("#route", Choice).value = route
            self._show_points()
        return bool(routes) or self.sheet.kind != EntryKind.PATROL

    def _department_words(self, code: str) -> str:
        for one in self._departments:
            if str(one.id) == code:
                return self.catalogue.either(one.zh, one.en)
        return self.catalogue.text(f"{T}.department_none")

    # The sheet on the form

    def _fill(self) -> None:
        values = self.sheet.values
        for field in self.query(Line):
            if field.id and field.id in values and not field.has_class("point-field"):
                self._settle(field.id, self.sheet.text(field.id))
        for words in self.query(Words):
            if words.id and words.id in values:
                words.value = self.sheet.text(words.id)
        for choice in self.query(Choice):
            if (name := _name_of(choice)) in values and name not in NOT_FILLED:
                choice.value = values[name]
        self.query_one("#kind", Choice).value = self.sheet.kind
        marks, said = self.query_one("#marks", Marks), frozenset(values.get("marks", ()))
        if sheet.NEXT_DAY in said:  # whether it is night is known a moment later
            marks.offer((*sheet.MARKS, sheet.NEXT_DAY))
        marks.ticked = said
        for name, usual in (("direction", "in"), ("message-direction", "in"), ("how", "call")):
            choice = self.query_one(f"#{name}", Choice)
            choice.value = choice.value or usual
        if "at" not in values:
            self._settle("at", self.catalogue.clock(self.sheet.at))
        channel = self.query_one("#channel", Choice)
        channel.value = channel.value or sheet.MESSAGE_CHANNELS[0]

    def _settle(self, name: str, text: str) -> None:
        if name in ("caller", "item"):
            self.query_one(f"#{name}-finder", Finder).settle(text)
        else:
            self.query_one(f"#{name}", Line).value = text

    def _show_kind(self) -> None:
        kind = EntryKind(self.sheet.kind)
        for name, kinds in layout.ROWS.items():
            self.query_one(f"#{name}").display = kind in kinds
        self._show_notice()
        self._follow_asks()
        who = {EntryKind.CALL: "caller", EntryKind.VISIT: "caller_visit"}
        self.query_one("#label-caller", Caption).say(f"{T}.{who.get(kind, 'caller_other')}")
        content = "content" if kind is EntryKind.CALL else f"content_{kind.value}"
        self.query_one("#label-content", Caption).say(f"{T}.{content}")

    def _show_notice(self) -> None:
        told = bool(self.sheet.values.get("department"))
        self.query_one("#row-how").display = told
        self.query_one("#row-told").display = told

    def _follow_asks(self) -> None:
        self._asks.follow(self.sheet, self.query_one("#marks", Marks))

    def _show_points(self) -> None:
        route = self._routes.get(self.sheet.text("route"))
        names = [self.catalogue.either(zh, en) for zh, en in route.points] if route else []
        self.query_one("#points", Points).show_points(names, self.sheet.values.get("points"))

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
        for name in ("category", "importance"):
            self.sheet.values[name] = self.query_one(f"#{name}", Choice).value
        self.sheet.values["marks"] = sorted(self.query_one("#marks", Marks).ticked)
        if points := self.query_one("#points", Points).said:
            self.sheet.values["points"] = points
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
    def _chosen_one(self, event: Choice.Chosen) -> None:
        name = _name_of(event.choice)
        if name is None or event.choice.has_class("point-field"):
            return
        if name == "direction" and self.sheet.values.get("direction", "in") == event.code:
            return
        if self.sheet.values.get(name) == event.code:
            return
        self._take_value(name, event.code)
        if name == "kind":
            self._kind_chosen()
        elif name in ("category", "direction"):
            self._follow_asks()
        elif name == "department":
            self._told_now(bool(event.code))
        elif name == "route":
            self._show_points()

    def _kind_chosen(self) -> None:
        self._show_kind()
        focused = self.screen.focused
        if self.sheet.is_blank or focused is None or not focused.display:
            self.begin_writing()
        self.post_message(self.KindChosen())

    def _told_now(self, is_told: bool) -> None:
        if is_told and not self.sheet.text("told_at"):
            self._settle("told_at", self.catalogue.clock(self.desk.now()))
        self._show_notice()

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
            self._settle(name, text)
        self._take_value("unit_id", found.unit_id)
        self.sheet.values["resident_id"] = found.resident_id
        if found.instruction:
            self.post_message(
                self.Noted(message(f"{T}.instruction", words=found.instruction)),
            )
        target = "#category" if self.query_one("#row-category").display else "#content"
        self.query_one(target).focus()

    @on(Finder.Taken, "#item-finder")
    def _item_taken(self, event: Finder.Taken) -> None:
        event.stop()
        found: Any = event.found.value
        self.sheet.values["item"] = found.name
        self._settle("item", found.name)
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
                self._settle("unit_text", named.code)
        self.screen.focus_next()


def _name_of(choice: Choice) -> str | None:
    """The sheet's name for what is chosen there: both directions are one."""
    return "direction" if choice.id == "message-direction" else choice.id
