"""One cell of the roster: which shift, who is on it, what somebody wishes for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult

from desk_console.foundation.catalogue import Message, message
from desk_console.foundation.refusal import Refusal
from desk_console.roster.findings import shift_name
from desk_console.roster.problem import Assignment
from desk_console.tui.dialogs.act import ActDialog, Label, row
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.person_field import PersonField

if TYPE_CHECKING:
    from desk_console.people.records import PersonView
    from desk_console.roster.sheet import DraftHead, Slot
    from desk_console.rulebook.desk import Desk

T = "tui.roster"
OFF = "0"


class SetShift(ActDialog[int]):
    """Asks which shift somebody has on a day; gives its number among the settable ones, 0: off."""

    title_key: ClassVar[str] = f"{T}.set_title"

    def __init__(self, person: PersonView, day: date, settable: Sequence[tuple[str, str]]) -> None:
        """Of that person on that day."""
        super().__init__()
        self._person, self._day, self._settable = person, day, tuple(settable)

    def fields(self) -> ComposeResult:
        """The shifts, and off."""
        yield Label(_who(self._person, self._day), classes="said")
        yield row(f"{T}.set_shift", _shifts(self, self._settable, off=f"{T}.set_off"))

    def on_mount(self) -> None:
        """The choice has the focus."""
        self.query_one(Choice).focus()

    async def act(self) -> None:
        """Give the number back."""
        self.dismiss(int(self.query_one(Choice).value or OFF))


class WishFor(ActDialog[bool]):
    """Notes what the writer wishes for a day of their own."""

    title_key: ClassVar[str] = f"{T}.key_wish"

    def __init__(self, person: PersonView, day: date, settable: Sequence[tuple[str, str]]) -> None:
        """Of that person on that day."""
        super().__init__()
        self._person, self._day, self._settable = person, day, tuple(settable)

    def fields(self) -> ComposeResult:
        """The shifts, to be free, or no wish."""
        yield Label(_who(self._person, self._day), classes="said")
        choice = _shifts(self, self._settable, off=f"{T}.wish_off", none=f"{T}.wish_none")
        yield row(f"{T}.wish_for", choice)

    def on_mount(self) -> None:
        """The choice has the focus."""
        self.query_one(Choice).focus()

    async def act(self) -> None:
        """Keep it."""
        chosen = self.query_one(Choice).value or NONE
        plan_code = {OFF: "", NONE: None}.get(chosen, "")
        if chosen not in (OFF, NONE):
            plan_code = self._settable[int(chosen) - 1][0]
        person_id, day = self._person.id, self._day

        def keep(desk: Desk) -> None:
            from desk_console.roster.asking import wish

            wish(desk, person_id, day, plan_code)

        await self.off_loop(keep)
        self.dismiss(True)


class PutPerson(ActDialog[bool]):
    """Asks who is to have a shift of the draft."""

    title_key: ClassVar[str] = f"{T}.put_title"

    def __init__(self, draft: DraftHead, slot: Slot) -> None:
        """That shift in that draft."""
        super().__init__()
        self._draft, self._slot = draft, slot

    def fields(self) -> ComposeResult:
        """The shift, and the person."""
        one = self._slot.occurrence
        said = message(
            f"{T}.put_said",
            day=f"{one.day:%m-%d}",
            weekday=message(f"roster.weekday_{one.day.weekday()}"),
            shift=shift_name(self.desk.duty, one.plan_code, one.post_code),
        )
        yield Label(said, classes="said")
        yield row(f"{T}.put_person", PersonField(id="put-person"))

    async def act(self) -> None:
        """Put them on it; nobody chosen: refuse."""
        person = self.query_one(PersonField).person
        writer = self.seat.writer
        if person is None or writer is None:
            raise Refusal("tui.act.who_wanted")
        one, draft, by = self._slot.occurrence, self._draft, writer.id
        cell = Assignment(one.day, one.plan_code, one.post_code, person.id)

        def put(desk: Desk) -> str:
            from desk_console.roster.drafts import place

            return place(desk, by, draft.draft_id, draft.revision, cell).gave_way

        gave_way = await self.off_loop(put)
        self.dismiss(True)
        if gave_way:
            self.say(f"{T}.gave_way", name=gave_way, day=f"{one.day:%m-%d}")


NONE = "-"


def _shifts(
    dialog: SetShift | WishFor, settable: Sequence[tuple[str, str]], *, off: str, none: str = ""
) -> Choice:
    names: dict[str, Message | str] = {
        str(number): shift_name(dialog.desk.duty, plan, post)
        for number, (plan, post) in enumerate(settable, 1)
    }
    names[OFF] = off
    if none:
        names[NONE] = none
    codes = tuple(names)
    return Choice(
        codes, lambda code: dialog.tr(names[code]), value=codes[0], hotkeys="".join(codes)
    )


def _who(person: PersonView, day: date) -> Message:
    weekday = message(f"roster.weekday_{day.weekday()}")
    return message(f"{T}.set_said", name=person.name, day=f"{day:%m-%d}", weekday=weekday)
