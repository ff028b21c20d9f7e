"""The call form (F2): opens over everything, with the time at which its key was pressed.

What is typed is a draft within a second. "Saved" is said only after the commit; where a save fails
the words stay, and the same key saves again.
"""

from __future__ import annotations

import time
from typing import Any, ClassVar

from rich.text import Text
from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import ActiveBinding, BindingType
from textual.containers import Container

from desk_console.foundation.catalogue import Message, message
from desk_console.foundation.refusal import Refusal
from desk_console.log import departments, drafts
from desk_console.log.records import EntryKind
from desk_console.matters import acts
from desk_console.matters.moving import is_at_night
from desk_console.people.records import PersonView
from desk_console.rulebook.desk import Desk
from desk_console.shift import rounds
from desk_console.tui.dialogs.call_form.body import CallBody
from desk_console.tui.dialogs.call_form.layout import TALK, T
from desk_console.tui.dialogs.call_form.sheet import Sheet, entry_form, opened_matter
from desk_console.tui.dialogs.confirm import Confirm
from desk_console.tui.dialogs.drafts import Drafts
from desk_console.tui.dialogs.phrases import PhraseList
from desk_console.tui.host import OnDesk
from desk_console.tui.keys import DEFAULT_KEYS, binding, key_words
from desk_console.tui.screen import DeskDialog
from desk_console.tui.turn import Hold, hold_keys
from desk_console.tui.widgets.caption import Caption
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import Notice, Words
from desk_console.tui.widgets.finder import Finder
from desk_console.tui.widgets.footer import KeyLine

KEEP_SECONDS = 0.5
"""How often what is typed goes to the draft: a letter that comes later than that is kept as soon as
it stands on the screen, while the next one is still to come.
"""
KEEP_LOOK_SECONDS = 0.25
"""How often it is seen to that the last letters, which none followed, go there too; with the write
itself, a second at most is lost.
"""

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

    def __init__(
        self, draft: drafts.DraftView | None = None, *, route_id: int | None = None
    ) -> None:
        """A new form, the one that a draft was made of, or that of a round along a route."""
        super().__init__()
        self._draft = draft
        self._route_id = route_id
        self._is_dirty = False
        self._kept_at = 0.0
        self._is_saving = False
        self._is_over = False
        self._foot: Any = None
        self._foot_words = ""
        self._waiting = 0
        self._was_under = False
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
        """The form in its frame; under it what is to know, what was said, the keys."""
        # Made here and not later: the time is that of the key press.
        self.sheet = self._first_sheet()
        # Before the fields are there: afterwards each of them would be styled and placed once more.
        self.set_class(self.app.size.width >= ROOMY, "-roomy")
        with Container(id="call-form"):
            yield CallBody(self.sheet)
            yield Caption(id="call-note")
            yield Caption(id="call-said")
            yield KeyLine()

    def _first_sheet(self) -> Sheet:
        if self._draft is not None:
            return Sheet.from_draft(self._draft.form_id, self._draft.fields, self._draft.begun_at)
        begun = {"kind": str(EntryKind.PATROL)} if self._route_id is not None else {}
        return Sheet(self.desk.source.new_id(), self.desk.now(), begun)

    # What shows

    def on_mount(self) -> None:
        """Start keeping, and read what the form offers."""
        self._show_title()
        self.set_interval(KEEP_LOOK_SECONDS, self._keep_last)
        self._load()

    @property
    def _body(self) -> CallBody:
        return self.query_one(CallBody)

    def on_resize(self, event: events.Resize) -> None:
        """Two columns where there is room."""
        self.set_class(event.size.width >= ROOMY, "-roomy")

    def refresh_texts(self) -> None:
        """The frame's words in the language that is on."""
        if self.is_mounted:
            self._show_title()
            if self._foot is not None:
                self._frame_says(self._foot)

    @work
    async def _load(self) -> None:
        writer = self.seat.writer

        def look(
            desk: Desk,
        ) -> tuple[tuple[departments.DepartmentView, ...], tuple[rounds.RouteView, ...], int, bool]:
            with desk.reading() as session:
                return (
                    departments.departments(session),
                    rounds.routes(session),
                    len(drafts.waiting(session, desk.store.console)),
                    writer is not None and is_at_night(session, writer.id, desk.duty),
                )

        try:
            told, routes, waiting, is_night = await self.off_loop(look)
        except Refusal as refusal:
            self._show_refusal(refusal)
            return
        if not self._body.offer(told, routes, walked_id=self._route_id, is_night=is_night):
            self._say(f"{T}.no_routes")
        self._waiting = waiting - (1 if self._draft is not None else 0)
        self._show_title()

    def _show_title(self) -> None:
        frame = self.query_one("#call-form")
        at = self.catalogue.clock(self.sheet.at)
        title = f" {self.tr(f'{T}.title_{self.sheet.kind}')}  {at} "
        if self._waiting > 0:
            title += f" {self.tr(f'{T}.waiting_count', count=self._waiting)} "
        frame.border_title = Text(title)

    @on(CallBody.Edited)
    def _edited(self) -> None:
        self._is_dirty = True
        if time.monotonic() - self._kept_at >= KEEP_SECONDS:
            self._kept_at = time.monotonic()
            self.call_after_refresh(self._keep_if_dirty)

    @on(CallBody.KindChosen)
    def _kind_chosen(self) -> None:
        self._show_title()

    @on(CallBody.Noted)
    def _noted(self, event: CallBody.Noted) -> None:
        note = self.query_one("#call-note", Caption)
        if event.note is None:
            note.hush()
        else:
            note.say(event.note)
        self.host.clause = event.clause or self.host.clause

    @on(Notice)
    def _field_said(self, event: Notice) -> None:
        event.stop()
        self._say(event.message)

    # Keeping, saving, putting aside

    def _keep_last(self) -> None:
        if time.monotonic() - self._kept_at >= KEEP_SECONDS + KEEP_LOOK_SECONDS:
            self._keep_if_dirty()

    @work(exclusive=True, group="keep")
    async def _keep_if_dirty(self) -> None:
        if self._is_dirty and not self._is_saving and not self.sheet.is_blank:
            await self._keep()

    async def part(self) -> None:
        """The letters typed last, and no draft has yet."""
        if self._is_dirty and not self._is_saving and not self.sheet.is_blank:
            await self._keep()

    async def _keep(self) -> bool:
        """Is what was typed in the draft now?"""
        self._is_dirty = False
        self._kept_at = time.monotonic()
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
        self.host.draft_kept()
        self._frame_says(message(f"{T}.draft_kept", at=self.catalogue.clock(self.desk.now())))
        return True

    def _frame_says(self, what: Any) -> None:
        self._foot = what
        if self.is_mounted and (words := f" {self.tr(what)} ") != self._foot_words:
            self._foot_words = words  # to say the same again would paint the whole form
            self.query_one("#call-form").border_subtitle = Text(words)

    def action_save(self) -> None:
        """Save the entry; the words stay where that fails. Keys wait meanwhile."""
        if self._is_saving:
            return
        if self.seat.writer is None:
            self._say(f"{T}.sign_on_first", is_refusal=True)
            return
        self._is_saving = True
        self._body.gather()
        self._say(f"{T}.saving")
        self._save(self.seat.writer, hold_keys(self))

    @work
    async def _save(self, writer: PersonView, held: Hold) -> None:
        with held:
            try:
                form = entry_form(self.sheet, self.desk.zone, now=self.desk.now())
                opened = opened_matter(self.sheet, self.desk.zone, now=self.desk.now())
                logged = await self.off_loop(
                    lambda desk: acts.log_entry(desk, writer, form, opened)
                )
            except Refusal as refusal:
                self._show_refusal(refusal)
                return
            finally:
                self._is_saving = False
            self._is_over = True
            self.dismiss(logged.entry_id)
        self.say(_said(logged))
        for warning in logged.warnings:
            self.say(warning)

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
        self._body.gather()
        if self.sheet.is_blank or await self._keep():
            self._is_over = True
            self.dismiss(None)

    def on_screen_resume(self) -> None:
        """Back from under another form: another number waits now."""
        if self._was_under:
            self._count_waiting()

    @work(exclusive=True, group="count")
    async def _count_waiting(self) -> None:
        form_id = self.sheet.form_id

        def look(desk: Desk) -> int:
            with desk.reading() as session:
                waiting = drafts.waiting(session, desk.store.console)
            return sum(one.form_id != form_id for one in waiting)

        try:
            self._waiting = await self.off_loop(look)
        except Refusal:
            return  # the number of before stands
        if self.is_mounted:
            self._show_title()

    async def on_screen_suspend(self) -> None:
        """Another form opens over this one: what was typed is put aside at once."""
        self._was_under = True
        if self._is_over:
            return
        if self._body.gather():
            self._is_dirty = True
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
        self._body.gather()
        if not self.sheet.is_blank and not await self._keep():
            return
        chosen = await self.app.push_screen_wait(Drafts(except_form=self.sheet.form_id))
        if chosen is not None:
            self._is_over = True
            self.app.switch_screen(CallScreen(chosen))

    @work
    async def action_phrases(self) -> None:
        """Put a set phrase into the words (5.8)."""
        category, has_category = self.sheet.values.get("category"), self.sheet.kind in TALK
        asked = PhraseList(category, has_category=has_category)
        words = await self.app.push_screen_wait(asked)
        if words:
            target = self.query_one("#action", Words)
            target.insert(words)
            target.focus()


def _saved(logged: acts.Logged) -> Message:
    """What was saved: the entry, and the form or the matter that it opened."""
    entry = logged.entry_id
    if logged.form is not None:
        form = message(f"matters.form_{logged.form}")
        return message(f"{T}.saved_form", number=entry, form=form, code=logged.number)
    if logged.matter_id is not None:
        return message(f"{T}.saved_matter", number=entry, matter=logged.matter_id)
    return message(f"{T}.saved", number=entry)


def _said(logged: acts.Logged) -> Message:
    """What was saved; where it stays open, why, each reason with its clause."""
    if not logged.open_reasons:
        return _saved(logged)
    because = [
        message(f"{T}.because" if clause else f"{T}.because_plain", reason=reason, clause=clause)
        for reason, clause in logged.open_reasons
    ]
    return message(f"{T}.saved_because", saved=_saved(logged), because=because)
