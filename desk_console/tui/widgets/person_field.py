"""A field for a person: name, staff number or pinyin initials typed, one of those found taken.

Up and Down move in what was found; Enter takes it and goes on, and so does Tab where one only was
found. Where a PIN is asked as well, tired
hands type it too soon: what finds nobody is never shown here, and goes to the PIN's field.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message as Event

from desk_console.foundation.catalogue import message
from desk_console.foundation.refusal import Refusal
from desk_console.tui.host import host_of
from desk_console.tui.language import Spoken
from desk_console.tui.turn import Hold, hold_keys
from desk_console.tui.widgets.fields import Line, Notice, PinField
from desk_console.tui.widgets.plain import Plain, fit, pad, width

if TYPE_CHECKING:
    from desk_console.people.records import PersonView

MOST = 6
"""Lines of what was found; where there are more people than that, the last line says so."""
LINE = 42
"""Cells of a line of what was found."""
MOST_NAME = 20
"""Cells that a name takes at most."""
_PIN_BEHIND = re.compile(r"(\D+)(\d[\x21-\x7e]*)")
"""A name or initials, and what may be a PIN typed behind it."""
LEAST_PIN = 6
"""Signs that a PIN has at least: fewer that find nobody are a slip, not a PIN."""


class NameLine(Line):
    """The line for a name. `shown` is what found somebody; other plain signs are masked where they
    might be a PIN.
    """

    hides: bool = False
    shown: str = ""

    @property
    def _value(self) -> Text:
        typed = self.value
        if not self.hides or not typed.isascii():
            return super()._value
        known = self.shown if typed.startswith(self.shown) else ""
        masked = known + "*" * (len(typed) - len(known))
        return Text(masked, no_wrap=True, overflow="ignore", end="")

    def action_copy(self) -> None:
        """Not what is masked."""
        if "*" not in self._value.plain:
            super().action_copy()

    def action_cut(self) -> None:
        """Not what is masked."""
        if "*" not in self._value.plain:
            super().action_cut()


class PersonField(Spoken, Vertical):
    """Finds one person among those who work here."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
    ]

    @dataclass
    class Taken(Event):
        """A person was chosen."""

        field: PersonField
        person: PersonView

    def __init__(
        self,
        *,
        id: str | None = None,
        lists_all: bool = True,
        hint: str = "tui.act.person_hint",
    ) -> None:
        """`lists_all` shows people before anything was typed; a masked screen shows nobody. `hint`
        stands there while it is empty.
        """
        super().__init__(id=id, classes="person")
        self.person: PersonView | None = None
        self._found: tuple[PersonView, ...] = ()
        self._at = 0
        self._others = 0
        """People who were found and are not shown."""
        self._sought: str | None = None
        """What the found ones answer to."""
        self._lists_all = lists_all
        self._hint = hint
        self._held = Hold(None)
        """Keys wait for the search that is under way. There is one at most: a search that makes way
        before it began would never let go of its own."""

    def compose(self) -> ComposeResult:
        """A line to type in, and who is found."""
        yield NameLine(hint=self._hint, classes="person-line", narrowed=True)
        yield Plain(classes="found")

    def focus(self, scroll_visible: bool = True) -> PersonField:
        """Focus the line inside."""
        self.line.focus(scroll_visible)
        return self

    def on_mount(self) -> None:
        """Who there is."""
        self.line.hides = self.pin is not None
        self._seek("", self._held)

    @property
    def line(self) -> NameLine:
        """The line inside."""
        return self.query_one(NameLine)

    @property
    def pin(self) -> PinField | None:
        """The field for that person's PIN, where one is asked behind this one."""
        fields = list(self.screen.query("PersonField, PinField"))
        behind = fields[fields.index(self) + 1 :]
        return next((one for one in behind if isinstance(one, PinField)), None)

    def on_descendant_focus(self) -> None:
        """Who is found stands below while the field has the focus. Over whom stands there already
        another is typed: behind the name it would be a PIN.
        """
        if self.person is not None:
            self.line.action_select_all()
        self._show()

    def on_descendant_blur(self) -> None:
        """Out of the way again; who alone was found is meant. Where that is not answered yet, keys
        wait for it: Enter in the next field asks who it is.
        """
        self._take_only()
        typed = self.line.value
        if self.person is None and typed.strip() and self._sought != typed:
            self._keep_keys(True)
            self._seek(typed, self._held)
        self._show()

    def on_line_edited(self, event: Line.Edited) -> None:
        """Look again."""
        event.stop()
        if self.person is not None and event.value == self.person.name:
            return
        self.person = None
        # A digit behind a name may be a PIN's first: the next ones wait until that is known.
        is_mixed = self.line.hides and _PIN_BEHIND.fullmatch(event.value) is not None
        # Letters may be told of when the field was left already: Enter asks who is meant.
        self._keep_keys(is_mixed or not self.has_focus_within)
        self._seek(event.value, self._held)

    def on_line_entered(self, event: Line.Entered) -> None:
        """Take the marked person and go on; where the search is still under way, after it."""
        event.stop()
        self._keep_keys(True)
        self._enter(self._held)

    def on_unmount(self) -> None:
        """Nothing is sought for it any more."""
        self._keep_keys(False)

    def _keep_keys(self, is_kept: bool) -> None:
        before, self._held = self._held, hold_keys(self) if is_kept else Hold(None)
        before.release()

    @work(exclusive=True)
    async def _enter(self, held: Hold) -> None:
        if self.person is None and self._sought != self.line.value:
            await self._look_for(self.line.value)
        if self.person is None and self._found:
            self.take(self._found[self._at])
        if self.person is not None:
            self.screen.focus_next()
        elif self.line.hides:
            await self._part(self.line.value)
        held.release_behind(self)

    async def _part(self, typed: str) -> None:
        """Enter behind what finds nobody: a PIN behind a whole name or number, or a PIN alone."""
        pin = self.pin
        if pin is None or len(typed) < LEAST_PIN or not typed[-LEAST_PIN:].isascii():
            return
        for cut in range(len(typed) - LEAST_PIN, 0, -1):
            named = [one for one in await self._find(typed[:cut]) if _is_whole(one, typed[:cut])]
            if len(named) == 1:
                self._pass_on(named[0], typed[cut:], pin)
                await pin.action_submit()  # Enter was meant for it
                return
        if typed.isascii():
            pin.value, self.line.value = typed, ""
            self.post_message(Notice(self.line, message("tui.act.pin_moved")))

    def _pass_on(self, person: PersonView, typed: str, pin: PinField) -> None:
        """That person, and what was typed behind the name to the PIN."""
        self.take(person)
        pin.value = typed
        pin.focus()
        pin.cursor_position = len(typed)

    def take(self, person: PersonView) -> None:
        """This one."""
        self.person = person
        self._found, self._others = (), 0
        self.line.value = self.line.shown = person.name
        self._show()
        self.post_message(self.Taken(self, person))

    def named(self, clause: str | None = None) -> PersonView | None:
        """Who was taken, or the only one found; None only where nothing was typed.

        Refuses a name that was typed and means nobody, or several, by the clause that asks for it.
        """
        if self.person is None and not self.line.value.strip():
            return None
        self._take_only()
        if self.person is None:
            raise Refusal("tui.act.who_wanted", clause=clause, field=self.id or "")
        return self.person

    def person_or(self, other: PersonView) -> PersonView:
        """Who was named; the other one only where nothing was typed."""
        return self.named() or other

    def _take_only(self) -> None:
        """A name was typed that means one person only."""
        is_answered = self.line.value.strip() and self._sought == self.line.value
        if self.person is None and is_answered and len(self._found) == 1:
            self.take(self._found[0])

    def action_step(self, by: int) -> None:
        """Mark another of those found."""
        if self._found:
            self._at = (self._at + by) % len(self._found)
            self._show()

    @work(exclusive=True)
    async def _seek(self, typed: str, held: Hold) -> None:
        try:
            await self._look_for(typed)
            behind = _PIN_BEHIND.fullmatch(self.line.value) if self.line.hides else None
            if behind is None or self.person is not None or self._found:
                return
            named, pin = await self._find(behind[1]), self.pin
            if len(named) == 1 and pin is not None:
                self._pass_on(named[0], behind[2], pin)
        finally:
            held.release_behind(self)

    async def _look_for(self, typed: str) -> None:
        found = await self._find(typed) if typed.strip() or self._lists_all else ()
        if self.person is None and self.line.value == typed:
            shown = found if len(found) <= MOST else found[: MOST - 1]
            self._found, self._at, self._sought = shown, 0, typed
            self._others = len(found) - len(shown)
            # The front of a PIN is often the front of a staff number: a number shows when whole.
            is_name = not typed.isdecimal() or any(one.staff_no == typed for one in found)
            self.line.shown = typed if found and is_name else ""
            self.line.refresh()
            if not self.has_focus_within:
                self._take_only()
            self._show()

    async def _find(self, typed: str) -> tuple[PersonView, ...]:
        desk = host_of(self).desk
        if desk is None:
            return ()

        def seek() -> tuple[PersonView, ...]:
            from desk_console.people import views

            with desk.reading() as session:
                return views.find(session, typed)

        return await asyncio.to_thread(seek)

    def refresh_texts(self) -> None:
        """Roles in the language that is on."""
        if self.is_mounted:
            self._show()

    def _show(self) -> None:
        text = Text(no_wrap=True, end="")
        found = self._found if self.has_focus_within else ()
        name = min(MOST_NAME, max((width(one.name) for one in found), default=0)) + 1
        number = max((width(one.staff_no) for one in found), default=0) + 1
        for index, person in enumerate(found):
            mark = ">" if index == self._at else " "
            roles = self.tr("tui.act.comma").join(
                self.tr(f"rulebook.role_{role.replace('-', '_')}") for role in sorted(person.roles)
            )
            line = fit(
                f"{mark} {pad(person.name, name)} {pad(person.staff_no, number)} {roles}", LINE
            )
            text.append(line, "bold" if index == self._at else "")
            if index < len(found) - 1:
                text.append("\n")
        if found and self._others:
            text.append("\n  " + self.tr("tui.act.more_people", count=self._others))
        if self._finds_nobody and self.has_focus_within:
            text.append(self.tr("tui.act.nobody_found" if self.line.hides else "tui.act.nobody"))
        below = self.query_one(".found", Plain)
        below.display = bool(text)
        below.put(text)

    @property
    def _finds_nobody(self) -> bool:
        typed = self.line.value
        is_answered = self.person is None and self._sought == typed and host_of(self).desk
        return bool(typed.strip() and is_answered and not self._found)


def _is_whole(person: PersonView, typed: str) -> bool:
    """Is that the whole name, staff number or initials of the person?"""
    plain = typed.casefold()
    return plain in (person.name.casefold(), person.staff_no.casefold(), *person.initials.split())
