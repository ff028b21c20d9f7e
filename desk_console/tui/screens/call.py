"""The call form (F2): opens over everything, with the time at which its key was pressed.

What is typed is a draft within a second. "Saved" is said only after the commit; where a save fails
the words stay, and the same key saves again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from rich.text import Text
from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import ActiveBinding, BindingType
from textual.containers import Container, VerticalScroll
from textual.widget import Widget

from desk_console.foundation.catalogue import message
from desk_console.foundation.refusal import Refusal
from desk_console.log import departments, drafts, residents
from desk_console.log.records import EntryKind
from desk_console.log.rules import is_late_answer
from desk_console.log.units import unit_name
from desk_console.matters import acts
from desk_console.matters.acts import OpenMatter
from desk_console.matters.records import Importance
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.topics import Topic
from desk_console.shift import items, rounds
from desk_console.tui.dialogs.call_form import layout, sheet
from desk_console.tui.dialogs.call_form.layout import Labelled, T, caption, line, row
from desk_console.tui.dialogs.call_form.patrol import Points
from desk_console.tui.dialogs.call_form.sheet import Sheet, entry_form
from desk_console.tui.dialogs.confirm import Confirm
from desk_console.tui.dialogs.drafts import Drafts
from desk_console.tui.dialogs.phrases import PhraseList
from desk_console.tui.host import OnDesk
from desk_console.tui.keys import DEFAULT_KEYS, binding, key_words
from desk_console.tui.palette import initials
from desk_console.tui.screen import DeskDialog
from desk_console.tui.widgets.caption import Caption
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import Line, Notice, Words
from desk_console.tui.widgets.finder import Finder, Found
from desk_console.tui.widgets.footer import KeyLine
from desk_console.tui.widgets.marks import Marks

KEEP_SECONDS = 0.5
"""How often what was typed goes to the draft; with the write itself, a second at most is lost."""

ROOMY = 118
"""Columns from which the form has two."""

FORM = "call"

_HINTS = ("save", "cancel", "kind", "drafts", "phrases", "discard")


class CallScreen(OnDesk, DeskDialog[int]):
    """One entry being written. Its result is the entry's number, None where it waits as a draft."""

    CSS_PATH = "call.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        binding("save", words=f"{T}.key_save"),
        binding("cancel", words=f"{T}.key_park"),
        binding("kind", priority=True),
        binding("phrases", priority=True),
        binding("drafts", priority=True),
        binding("discard", priority=True),
    ]

    def __init__(self, draft: drafts.DraftView | None = None) -> None:
        """A new form, or the one that a draft was made of."""
        super().__init__()
        self._draft = draft
        self._is_dirty = False
        self._is_saving = False
        self._is_over = False
        self._foot: Any = None
        self._departments: tuple[departments.DepartmentView, ...] = ()
        self._routes: dict[str, rounds.RouteView] = {}
        self._waiting = 0
        self.sheet: Sheet

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The keys that work now, the most wanted first: the narrow key line shows those."""
        found = super().active_bindings
        rank = {name: index for index, name in enumerate(_HINTS)}
        return dict(
            sorted(found.items(), key=lambda one: rank.get(one[1].binding.id or "", len(rank)))
        )

    @property
    def place_name(self) -> str:
        """None: a second call opens a second form over the first, which is put aside."""
        return ""

    @place_name.setter
    def place_name(self, name: str) -> None:
        """The app tells each screen its place."""

    def compose(self) -> ComposeResult:
        """The whole form; what the kind has not is hidden."""
        # Made here and not later: the time is that of the key press.
        self.sheet = self._first_sheet()
        self._chosen = Choice(("",), self._department_words, id="department", hotkeys="0123456789")
        with Container(id="call-form"):
            with VerticalScroll(id="call-body", can_focus=False):
                with Container(id="call-left"):
                    yield from layout.head(self)
                    yield from layout.visit_rows()
                    yield self._caller_row()
                    yield self._item_row()
                    yield self._custody_row()
                    yield self._route_row()
                    yield Points(id="points")
                    yield self._category_row()
                    yield row(
                        caption("content"), Words(id="content", classes="field"), id="row-content"
                    )
                with Container(id="call-right"):
                    yield from layout.words_rows(self, self._chosen)
            yield Caption(id="call-note")
            yield Caption(id="call-said")
            yield KeyLine()

    def _first_sheet(self) -> Sheet:
        if self._draft is not None:
            return Sheet.from_draft(self._draft.form_id, self._draft.fields, self._draft.begun_at)
        return Sheet(self.desk.source.new_id(), self.desk.now())

    def _caller_row(self) -> Widget:
        return row(
            caption("caller"),
            Finder(self._look, hint=f"{T}.caller_hint", id="caller-finder", line_id="caller"),
            caption("unit", classes="inner"),
            line("unit_text", 11),
            caption("phone", classes="inner"),
            line("phone", 15, narrowed=True),
            id="row-caller",
        )

    def _item_row(self) -> Widget:
        return row(
            caption("item"),
            Finder(
                self._look_items,
                hint=f"{T}.item_hint",
                id="item-finder",
                line_id="item",
                at_once=True,
            ),
            caption("quantity", classes="inner"),
            line("quantity", 8, digits=True, limit=6),
            caption("to", classes="inner"),
            line("to"),
            id="row-item",
        )

    def _custody_row(self) -> Widget:
        return row(
            caption("what"),
            line("what"),
            caption("left_by", classes="inner"),
            line("left_by", 18),
            caption("for_whom", classes="inner"),
            line("for_whom", 18),
            id="row-custody",
        )

    def _route_row(self) -> Widget:
        return row(
            caption("route"),
            Choice((), lambda code: code, id="route", classes="field"),
            id="row-route",
        )

    def _category_row(self) -> Widget:
        return row(
            caption("category"),
            Choice(
                sheet.CATEGORIES,
                Labelled(self, "log.category"),
                id="category",
                classes="field",
                moves_on=True,
            ),
            id="row-category",
        )

    # What shows

    async def on_mount(self) -> None:
        """Put the sheet on the form, the cursor where the writing begins, and start keeping."""
        self._fill()
        self._show_kind()
        self._begin_writing()
        self.set_interval(KEEP_SECONDS, self._keep_if_dirty)
        self._load()

    def on_resize(self, event: events.Resize) -> None:
        """Two columns where there is room."""
        super().on_resize(event)
        self.set_class(event.size.width >= ROOMY, "-roomy")

    def refresh_texts(self) -> None:
        """The frame's words in the language that is on."""
        if self.is_mounted:
            self._show_title()
            if self._foot is not None:
                self._frame_says(self._foot)

    @work
    async def _load(self) -> None:
        def look(desk: Desk) -> tuple[Any, ...]:
            with desk.reading() as session:
                return (
                    departments.departments(session),
                    rounds.routes(session),
                    len(drafts.waiting(session, desk.store.console)),
                )

        try:
            self._departments, found, waiting = await self.off_loop(look)
        except Refusal as refusal:
            self._show_refusal(refusal)
            return
        self._chosen.offer(("", *(str(one.id) for one in self._departments)))
        self._chosen.value = str(self.sheet.values.get("department") or "")
        self._routes = {self.catalogue.either(one.zh, one.en): one for one in found}
        self.query_one("#route", Choice).offer(tuple(self._routes))
        if (route := self.sheet.text("route")) in self._routes:
            self.query_one("#route", Choice).value = route
            self._show_points()
        elif self.sheet.kind == EntryKind.PATROL and not self._routes:
            self._say(f"{T}.no_routes")
        self._waiting = waiting - (1 if self._draft is not None else 0)
        self._show_title()

    def _department_words(self, code: str) -> str:
        for one in self._departments:
            if str(one.id) == code:
                return self.catalogue.either(one.zh, one.en)
        return self.tr(f"{T}.department_none")

    def _fill(self) -> None:
        values = self.sheet.values
        for field in self.query(Line):
            if field.id and field.id in values and not field.has_class("point-field"):
                self._settle(field.id, self.sheet.text(field.id))
        for words in self.query(Words):
            if words.id and words.id in values:
                words.value = self.sheet.text(words.id)
        for choice in self.query(Choice):
            name = "direction" if choice.id == "message-direction" else choice.id
            if name in values and name not in ("department", "route"):
                choice.value = values[name]
        self.query_one("#kind", Choice).value = self.sheet.kind
        self.query_one("#marks", Marks).ticked = frozenset(values.get("marks", ()))
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
        who = {EntryKind.CALL: "caller", EntryKind.VISIT: "caller_visit"}
        self.query_one("#label-caller", Caption).say(f"{T}.{who.get(kind, 'caller_other')}")
        content = "content" if kind is EntryKind.CALL else f"content_{kind.value}"
        self.query_one("#label-content", Caption).say(f"{T}.{content}")
        self._show_title()

    def _show_notice(self) -> None:
        told = bool(self.sheet.values.get("department"))
        self.query_one("#row-how").display = told
        self.query_one("#row-told").display = told

    def _show_title(self) -> None:
        frame = self.query_one("#call-form")
        at = self.catalogue.clock(self.sheet.at)
        title = f" {self.tr(f'{T}.title_{self.sheet.kind}')}  {at} "
        if self._waiting > 0:
            title += f" {self.tr(f'{T}.waiting_count', count=self._waiting)} "
        frame.border_title = Text(title)

    def _begin_writing(self) -> None:
        name = layout.FIRST_FIELD.get(self.sheet.kind, "caller")
        self.query_one(f"#{name}").focus()

    # What is typed

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

    def _take_text(self, name: str, text: str) -> None:
        if self.sheet.text(name) == text:
            return
        self._take_value(name, text)
        if name in ("caller", "unit_text", "phone"):
            # Other words name another person: the one that was taken is let go.
            self.sheet.values.pop("resident_id", None)
            self.sheet.values.pop("unit_id", None)
        elif name == "item":
            self.sheet.values.pop("item_id", None)

    def _gather(self) -> None:
        """Read every field: the news of the last key may still be on its way here."""
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

    @on(Choice.Chosen)
    def _chosen_one(self, event: Choice.Chosen) -> None:
        name = "direction" if event.choice.id == "message-direction" else event.choice.id
        if name is None or event.choice.has_class("point-field"):
            return
        if name == "direction" and self.sheet.values.get("direction", "in") == event.code:
            return
        if self.sheet.values.get(name) == event.code:
            return
        self._take_value(name, event.code)
        if name == "kind":
            self._show_kind()
            if self.sheet.is_blank or self.focused is None or not self.focused.display:
                self._begin_writing()
        elif name == "department":
            self._told_now(bool(event.code))
        elif name == "route":
            self._show_points()

    @on(Marks.Ticked)
    def _marked(self, event: Marks.Ticked) -> None:
        self._take_value("marks", sorted(event.codes))

    @on(Points.Edited)
    def _points_edited(self, event: Points.Edited) -> None:
        self._take_value("points", event.points)

    def _show_points(self) -> None:
        route = self._routes.get(self.sheet.text("route"))
        names = [self.catalogue.either(zh, en) for zh, en in route.points] if route else []
        self.query_one("#points", Points).show_points(names, self.sheet.values.get("points"))

    def _take_value(self, name: str, value: object) -> None:
        self.sheet.values[name] = value
        self._is_dirty = True

    def _told_now(self, is_told: bool) -> None:
        if is_told and not self.sheet.text("told_at"):
            self._settle("told_at", self.catalogue.clock(self.desk.now()))
        self._show_notice()

    def _note_rings(self) -> None:
        note = self.query_one("#call-note", Caption)
        typed = self.sheet.text("rings")
        rings = int(typed) if typed.isdigit() else None
        if not is_late_answer(rings, self.desk.duty.answer_within_rings):
            note.hush()
            return
        clause = self.desk.duty.cite(Topic.RINGS)
        key = "late_answer" if clause else "late_answer_plain"
        note.say(message(f"{T}.{key}", rings=rings, clause=clause))
        if clause:
            self.host.clause = clause

    @on(Notice)
    def _field_said(self, event: Notice) -> None:
        self._say(event.message)

    @on(Line.Entered)
    def _entered(self) -> None:
        self.focus_next()

    # Who calls

    def _look(self, typed: str) -> Sequence[Found]:
        with self.desk.reading() as session:
            return [
                Found(one, " ".join((one.unit, one.name)), "  ".join(one.phones[:2]))
                for one in residents.match(session, typed)
            ]

    def _look_items(self, typed: str) -> Sequence[Found]:
        with self.desk.reading() as session:
            return [
                Found(one, one.name, f"{one.balance} {one.unit}")
                for one in items.items(session)
                if typed in one.name or initials(one.name).startswith(typed.lower())
            ]

    @on(Finder.Taken, "#caller-finder")
    def _caller_taken(self, event: Finder.Taken) -> None:
        event.stop()
        found = event.found.value
        assert isinstance(found, residents.Match)
        typed = event.finder.value
        known = next((one for one in found.phones if typed.strip() and one.endswith(typed)), "")
        phone = known or (found.phones[0] if found.phones else "")
        for name, text in (("caller", found.name), ("unit_text", found.unit), ("phone", phone)):
            self.sheet.values[name] = text
            self._settle(name, text)
        self.sheet.values.update(resident_id=found.resident_id, unit_id=found.unit_id)
        self._is_dirty = True
        if found.instruction:
            self.query_one("#call-note", Caption).say(
                message(f"{T}.instruction", words=found.instruction)
            )
        target = "#category" if self.query_one("#row-category").display else "#content"
        self.query_one(target).focus()

    @on(Finder.Taken, "#item-finder")
    def _item_taken(self, event: Finder.Taken) -> None:
        event.stop()
        found: Any = event.found.value
        self.sheet.values.update(item=found.name, item_id=found.id)
        self._settle("item", found.name)
        self._is_dirty = True
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
        self.focus_next()

    # Keeping, saving, putting aside

    @work(exclusive=True, group="keep")
    async def _keep_if_dirty(self) -> None:
        if self._is_dirty and not self._is_saving and not self.sheet.is_blank:
            await self._keep()

    async def _keep(self) -> bool:
        """Is what was typed in the draft now?"""
        self._is_dirty = False
        fields, form_id = dict(self.sheet.as_draft()), self.sheet.form_id
        writer = self.seat.writer
        try:
            await self.off_loop(
                lambda desk: drafts.keep(desk, form_id, FORM, fields, writer.id if writer else None)
            )
        except Refusal as refusal:
            self._is_dirty = True
            self._frame_says(f"{T}.draft_failed")
            self._show_refusal(refusal)
            return False
        self._frame_says(message(f"{T}.draft_kept", at=self.catalogue.clock(self.desk.now())))
        return True

    def _frame_says(self, what: Any) -> None:
        self._foot = what
        if self.is_mounted:
            self.query_one("#call-form").border_subtitle = Text(f" {self.tr(what)} ")

    async def action_save(self) -> None:
        """Save the entry; the words stay where that fails."""
        if self._is_saving:
            return
        writer = self.seat.writer
        if writer is None:
            self._say(f"{T}.sign_on_first", is_refusal=True)
            return
        self._is_saving = True
        self._gather()
        self._say(f"{T}.saving")
        try:
            form = entry_form(self.sheet, self.desk.zone, now=self.desk.now())
            opened = self._open_matter()
            logged = await self.off_loop(lambda desk: acts.log_entry(desk, writer, form, opened))
        except Refusal as refusal:
            self._show_refusal(refusal)
            return
        finally:
            self._is_saving = False
        key = "saved_matter" if logged.matter_id else "saved"
        self.say(f"{T}.{key}", number=logged.entry_id, matter=logged.matter_id)
        for warning in logged.warnings:
            self.say(warning)
        self._is_over = True
        self.dismiss(logged.entry_id)

    def _open_matter(self) -> OpenMatter | None:
        marks = set(self.sheet.values.get("marks", ()))
        importance = Importance(self.sheet.values.get("importance") or Importance.NORMAL)
        if "left_open" in marks or "urgent" in marks or importance is not Importance.NORMAL:
            return OpenMatter(importance=importance, is_urgent="urgent" in marks)
        return None

    def _show_refusal(self, refusal: Refusal) -> None:
        if not self.is_mounted:
            return
        self.host.clause = refusal.clause or self.host.clause
        retry = message(f"{T}.retry", key=key_words(self._key_of("save")))
        self._say(
            message(
                f"{T}.refused",
                reason=self.host.refusal_words(refusal),
                retry=retry,
            ),
            is_refusal=True,
        )
        name = str(refusal.message.values.get("field", ""))
        name = {"item_id": "item"}.get(name, name)
        if name.isidentifier() and (found := self.query(f"#{name}")):
            found.first().focus()

    def _key_of(self, name: str) -> str:
        return self.host.keys_by_id.get(name, DEFAULT_KEYS[name])

    def _say(self, what: Any, *, is_refusal: bool = False) -> None:
        said = self.query_one("#call-said", Caption)
        said.set_class(is_refusal, "-refusal")
        said.say(what)

    @work(exclusive=True, group="park")
    async def action_cancel(self) -> None:  # type: ignore[override] # the draft is written first
        """Put the form aside as a draft; a blank one just closes. Never loses what was typed."""
        finders = [one for one in self.query(Finder) if one.is_open]
        if finders:
            finders[0].close()
            return
        if self._is_saving:
            return
        self._gather()
        if self.sheet.is_blank or await self._keep():
            self._is_over = True
            self.dismiss(None)

    async def on_screen_suspend(self) -> None:
        """Another form opens over this one: what was typed is put aside at once."""
        if self._is_over:
            return
        self._gather()
        if self._is_dirty and not self.sheet.is_blank:
            await self._keep()

    @work
    async def action_discard(self) -> None:
        """Throw the draft away, once that was confirmed."""
        if not await self.app.push_screen_wait(
            Confirm(
                f"{T}.discard_title",
                f"{T}.discard_ask",
                yes=f"{T}.discard_yes",
                no=f"{T}.discard_no",
            )
        ):
            return
        writer, form_id = self.seat.writer, self.sheet.form_id
        try:
            await self.off_loop(
                lambda desk: drafts.discard(desk, form_id, writer.id if writer else None)
            )
        except Refusal as refusal:
            self._show_refusal(refusal)
            return
        self._is_over = True
        self.dismiss(None)

    def action_kind(self) -> None:
        """The next kind of entry; what was typed stays."""
        self.query_one("#kind", Choice).action_step(1)

    @work
    async def action_drafts(self) -> None:
        """Put this form aside and go on with one that waits."""
        self._gather()
        if not self.sheet.is_blank and not await self._keep():
            return
        chosen = await self.app.push_screen_wait(Drafts(except_form=self.sheet.form_id))
        if chosen is not None:
            self._is_over = True
            self.app.switch_screen(CallScreen(chosen))

    @work
    async def action_phrases(self) -> None:
        """Put a set phrase into the words (5.8)."""
        words = await self.app.push_screen_wait(PhraseList(self.sheet.values.get("category")))
        if words:
            target = self.query_one("#action", Words)
            target.insert(words)
            target.focus()
