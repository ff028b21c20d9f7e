"""A field for a person: name, staff number or pinyin initials typed, one of those found taken.

Up and Down move in what was found; Enter takes it and goes on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message as Event

from desk_console.tui.host import host_of
from desk_console.tui.language import Spoken
from desk_console.tui.turn import Hold, hold_keys
from desk_console.tui.widgets.fields import Line
from desk_console.tui.widgets.plain import Plain, fit, pad, width

if TYPE_CHECKING:
    from desk_console.people.records import PersonView

MOST = 6
"""Lines of what was found; where there are more people than that, the last line says so."""
LINE = 42
"""Cells of a line of what was found."""
MOST_NAME = 20
"""Cells that a name takes at most."""


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

    def compose(self) -> ComposeResult:
        """A line to type in, and who is found."""
        yield Line(hint=self._hint, classes="person-line", narrowed=True)
        yield Plain(classes="found")

    def on_mount(self) -> None:
        """Who there is."""
        self._seek("")

    def on_descendant_focus(self) -> None:
        """Who is found stands below while the field has the focus."""
        self._show()

    def on_descendant_blur(self) -> None:
        """Out of the way again."""
        self._show()

    def on_line_edited(self, event: Line.Edited) -> None:
        """Look again."""
        event.stop()
        if self.person is not None and event.value == self.person.name:
            return
        self.person = None
        self._seek(event.value)

    def on_line_entered(self, event: Line.Entered) -> None:
        """Take the marked person and go on; where the search is still under way, after it."""
        event.stop()
        self._enter(hold_keys(self))

    @work(exclusive=True)
    async def _enter(self, held: Hold) -> None:
        if self.person is None and self._sought != self.query_one(Line).value:
            await self._look_for(self.query_one(Line).value)
        if self.person is None and self._found:
            self.take(self._found[self._at])
        if self.person is not None:
            self.screen.focus_next()
        held.release_behind(self)

    def take(self, person: PersonView) -> None:
        """This one."""
        self.person = person
        self._found, self._others = (), 0
        self.query_one(Line).value = person.name
        self._show()
        self.post_message(self.Taken(self, person))

    def action_step(self, by: int) -> None:
        """Mark another of those found."""
        if self._found:
            self._at = (self._at + by) % len(self._found)
            self._show()

    @work(exclusive=True)
    async def _seek(self, typed: str) -> None:
        await self._look_for(typed)

    async def _look_for(self, typed: str) -> None:
        host = host_of(self)
        if host.desk is None or (not typed.strip() and not self._lists_all):
            self._found, self._sought, self._others = (), typed, 0
            self._show()
            return
        import asyncio

        desk = host.desk

        def seek() -> tuple[PersonView, ...]:
            from desk_console.people import views

            with desk.reading() as session:
                if typed.strip():
                    return tuple(one for one in views.find(session, typed) if one.is_active)
                return views.people(session)

        found = await asyncio.to_thread(seek)
        if self.person is None and self.query_one(Line).value == typed:
            shown = found if len(found) <= MOST else found[: MOST - 1]
            self._found, self._at, self._sought = shown, 0, typed
            self._others = len(found) - len(shown)
            self._show()

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
        below = self.query_one(".found", Plain)
        below.display = bool(found)
        below.put(text)
