"""What is typed into the handover's fields is kept as it is typed: Esc and the plug lose no word.

A draft is named after what it is about, as that stands, and after who types it where: what was
saved meanwhile has another name, so that words once used never come up again, nor as another's.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from textual import on, work
from textual.widget import Widget

from desk_console.foundation.refusal import Refusal
from desk_console.log import drafts
from desk_console.log.drafts import WIZARD
from desk_console.tui.dialogs.act import ActDialog, Label
from desk_console.tui.host import OnDesk
from desk_console.tui.turn import Hold, hold_keys
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import Line, PinField, Words
from desk_console.tui.widgets.person_field import PersonField

if TYPE_CHECKING:
    from desk_console.people.records import PersonView
    from desk_console.rulebook.desk import Desk

ResultT = TypeVar("ResultT")
AnswerT = TypeVar("AnswerT")

KEEP_SECONDS = 0.5
"""How often what was typed goes to the draft: a letter that comes later than that is kept as soon
as it stands on the screen; with the write itself, a second at most is lost.
"""

Typed = dict[str, str | int]
"""What stands in fields, by their ids: words, codes, the number of a person."""


class Keeper:
    """Keeps what stands in some fields, where it differs from what is saved of them."""

    def __init__(self, place: OnDesk, fields: Callable[[], Iterable[Widget]]) -> None:
        """Those of `place`."""
        self._place = place
        self._fields = fields
        self._saved: Typed = {}
        self._kept: Typed = {}
        self.restored: Typed = {}
        """What was put back, and nobody has typed just now."""
        self._lock = asyncio.Lock()
        self._form_id = ""
        self._kept_at = 0.0
        self.has_failed = False
        """What was typed last could not be written."""
        self.fails_anew = False
        """It could still be written the time before: that is worth saying."""

    @property
    def is_due(self) -> bool:
        """Whether a letter is kept right behind it, and does not wait for its turn."""
        return time.monotonic() - self._kept_at >= KEEP_SECONDS

    def unsaved(self) -> Typed:
        """What was typed and is not saved; a PIN is never among it."""
        found = ((one.id, _value(one)) for one in self._fields())
        return {
            id: value
            for id, value in found
            if id and value is not None and value != self._saved.get(id, "")
        }

    def take_as_saved(self) -> None:
        """What stands in the fields now is saved, or was there to begin with."""
        found = ((one.id, _value(one)) for one in self._fields())
        self._saved = {id: value for id, value in found if id and value is not None}

    def note_saved(self, id: str, value: str) -> None:
        """That is saved of one field."""
        self._saved[id] = value

    async def restore(self, about: str, person_id: int) -> bool:
        """Puts back what that person was typing here about that; True where there was something."""
        self._form_id = ""
        form_id = f"{WIZARD}:{about}:{person_id}:{self._place.desk.store.console}"

        def read(desk: Desk) -> tuple[Typed, dict[int, PersonView]]:
            from desk_console.people import views

            with desk.reading() as session:
                draft = drafts.find(session, form_id)
                said = dict(draft.fields) if draft else {}
                numbers = [one for one in said.values() if isinstance(one, int)]
                named = (views.person(session, one) for one in numbers)
                return said, {one.id: one for one in named if one is not None}

        self._kept, people = await self._place.off_loop(read)
        self.restored = self._kept
        for field in self._fields():
            if field.id in self._kept:
                _put(field, self._kept[field.id], people)
        self._form_id = form_id
        return bool(self._kept)

    async def keep(self) -> None:
        """Writes down what differs, where that was not written yet. Refuses as a save does; what
        could not be written is written the next time.
        """
        async with self._lock:
            form_id = self._form_id
            if not form_id or (said := self.unsaved()) == self._kept:
                return
            self._kept_at = time.monotonic()
            writer = self._place.seat.writer
            by = writer.id if writer else None
            self.has_failed, had_failed = True, self.has_failed
            self.fails_anew = not had_failed
            if said:
                await self._place.off_loop(
                    lambda desk: drafts.keep(desk, form_id, WIZARD, said, by)
                )
            else:
                await self._place.off_loop(lambda desk: drafts.forget(desk, form_id))
            self._kept, self.has_failed = said, False
            self._place.host.draft_kept()

    async def use(self, act: Callable[[Desk], AnswerT]) -> AnswerT:
        """Does an act with all that was typed; behind it there is no draft any more."""
        form_id = self._form_id

        def both(desk: Desk) -> AnswerT:
            done = act(desk)
            if form_id:
                # What is done is done: a draft that stays comes up again, and is emptied then.
                with suppress(Refusal):
                    drafts.forget(desk, form_id)
            return done

        async with self._lock:
            done = await self._place.off_loop(both)
            self._form_id = ""
            return done


class KeptDialog(ActDialog[ResultT]):
    """A dialog whose words outlive Esc and the plug. Say `draft`, and do the act by `use`."""

    def __init__(self) -> None:
        """Nothing is typed yet."""
        super().__init__()
        self._keeper = Keeper(self, lambda: self.query("Line, Words, Choice, PersonField"))

    def draft(self) -> str:
        """What it is about, as that stands: `12:state:7:3` of handover 12."""
        raise NotImplementedError

    async def prepare(self) -> None:
        """What must stand in the fields before what was typed is put back."""

    def on_mount(self) -> None:
        """Put back what was being typed; keys wait meanwhile."""
        self._restore(hold_keys(self))

    @work
    async def _restore(self, held: Hold) -> None:
        with held:
            await self.prepare()
            self._keeper.take_as_saved()
            writer = self.seat.writer
            if await self._keeper.restore(self.draft(), writer.id if writer else 0):
                back = Label("tui.act.draft_back", id="act-back", classes="hint")
                await self.mount(back, before="#act-refusal")
        self.set_interval(KEEP_SECONDS, self._keep)

    @work(exclusive=True, group="keep")
    async def _keep(self) -> None:
        try:
            await self._keeper.keep()
        except Refusal:
            # Said beside the fields: the cursor and a PIN half typed stay where they are.
            self._show("tui.act.draft_failed")

    async def part(self) -> None:
        """What was typed last, and no draft has yet."""
        with suppress(Refusal):  # it was said when it failed first
            await self._keeper.keep()

    @on(Line.Edited)
    @on(Words.Edited)
    def _keep_behind(self) -> None:
        if self._keeper.is_due:
            self.call_after_refresh(self._keep)

    def field_about(self, refusal: Refusal) -> Widget | None:
        """Where words are wanted: the first field that has none; else where nobody is named yet."""
        found = super().field_about(refusal)
        if found is not None or not refusal.message.key.endswith(("_wanted", "_reason")):
            return found
        lines = (one for one in self.query("Line, Words") if not isinstance(one, PinField))
        empty = next((one for one in lines if _may_be_typed(one) and not _value(one)), None)
        unnamed = (one.line for one in self.query(PersonField) if one.person is None)
        return empty or next((one for one in unnamed if _may_be_typed(one)), None)

    async def use(self, act: Callable[[Desk], AnswerT]) -> AnswerT:
        """Do an act off the loop with what was typed."""
        return await self._keeper.use(act)

    def action_cancel(self) -> None:
        """Leave; what was typed is there again when the dialog is opened the next time."""
        if not self._is_busy:
            self._is_busy = True
            self._leave(hold_keys(self))

    @work
    async def _leave(self, held: Hold) -> None:
        with held:
            was_told = self._keeper.has_failed
            try:
                await self._keeper.keep()
            except Refusal:
                if not was_told:
                    self._is_busy = False
                    self._show("tui.act.draft_failed")
                    return
                self.dismiss(None)  # nobody is locked into a dialog
                return
            is_kept = bool(self._keeper.unsaved())
            self.dismiss(None)
        if is_kept:
            self.say("tui.act.draft_kept")


def _may_be_typed(field: Widget) -> bool:
    """Whether a field is asked for now: in a row that is shown."""
    return field.focusable and all(one.display for one in field.ancestors_with_self)


def _value(field: Widget) -> str | int | None:
    match field:
        case PinField():
            return None
        case PersonField():
            if field.person is not None:
                return field.person.id
            # What may be a PIN is masked there, and stands nowhere else either.
            return None if field.line.hides else field.line.value
        case Line() | Words():
            return field.value
        case Choice():
            return field.value or ""
        case _:
            return None


def _put(field: Widget, said: str | int, people: dict[int, PersonView]) -> None:
    match field:
        case PersonField():
            person = people.get(said) if isinstance(said, int) else None
            if person is not None:
                field.take(person)
            elif not field.line.hides:
                field.line.value = str(said) if isinstance(said, str) else ""
        case Line() | Words() if field.value != said:
            field.value = str(said)
        case Choice() if said in field.codes:
            field.value = str(said)
        case _:
            pass
