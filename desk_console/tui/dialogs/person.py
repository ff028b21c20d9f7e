"""Somebody who works here, as the search finds them: their roles, telephone, next shifts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.containers import Container

from desk_console.foundation.catalogue import message
from desk_console.rulebook.records import role_key
from desk_console.tui.dialogs.act import Label
from desk_console.tui.host import OnDesk
from desk_console.tui.screen import DeskDialog
from desk_console.tui.widgets.footer import KeyLine
from desk_console.tui.widgets.plain import Plain

if TYPE_CHECKING:
    from desk_console.people.records import PersonView
    from desk_console.roster.views import Turn
    from desk_console.rulebook.desk import Desk

T = "tui.find"


class PersonDialog(OnDesk, DeskDialog[None]):
    """Shows one person; changes nothing."""

    def __init__(self, person_id: int) -> None:
        """That person, read when the dialog opens."""
        super().__init__()
        self._person_id = person_id
        self._person: PersonView | None = None
        self._turns: tuple[Turn, ...] = ()

    def compose(self) -> ComposeResult:
        """Who it is."""
        with Container(classes="dialog"):
            yield Label(f"{T}.person_title", classes="title")
            yield Plain(id="person-words")
        yield KeyLine()

    def on_mount(self) -> None:
        """Read it."""
        self._read()

    @work
    async def _read(self) -> None:
        def look(desk: Desk) -> tuple[PersonView | None, tuple[Turn, ...]]:
            from desk_console.people.views import person
            from desk_console.roster.views import next_turns

            with desk.reading() as session:
                found = person(session, self._person_id)
                return found, next_turns(session, desk, self._person_id, desk.now())

        self._person, self._turns = await self.off_loop(look)
        self.refresh_texts()

    def refresh_texts(self) -> None:
        """The person in the language that is on."""
        if self._person is not None and self.is_mounted:
            lines = self._lines(self._person)
            self.query_one("#person-words", Plain).put("\n".join(lines))

    def _lines(self, person: PersonView) -> list[str]:
        from desk_console.roster.changes import turn_message
        from desk_console.roster.problem import Assignment

        words = self.catalogue
        roles = [message(role_key(role)) for role in sorted(person.roles)]
        phone = f"{T}.person_phone" if person.phone else f"{T}.person_no_phone"
        lines = [
            words.text(f"{T}.person_is", no=person.staff_no, name=person.name, roles=roles),
            words.text(phone, phone=person.phone),
            words.text(f"{T}.person_turns" if self._turns else f"{T}.person_no_turn"),
        ]
        for turn in self._turns:
            one = turn.occurrence
            cell = Assignment(one.day, one.plan_code, one.post_code, person.id)
            names = [other.name for other in turn.others]
            with_whom = words.text("tui.roster.cell_with", names=names) if names else ""
            lines.append(f"  {words.value(turn_message(self.desk, cell))}  {with_whom}".rstrip())
        return lines
