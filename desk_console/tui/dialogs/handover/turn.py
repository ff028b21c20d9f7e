"""Two people at one keyboard: whose turn it is takes the keyboard, by PIN the first time.

Nobody answers for the other: within one handover a console asks each side's PIN once, and not at
all of whoever gave it here since the handover began, or gave it last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult

from desk_console.foundation.catalogue import message
from desk_console.foundation.refusal import Refusal
from desk_console.rulebook.topics import Topic
from desk_console.tui.dialogs.act import ActDialog, Label, row
from desk_console.tui.widgets.fields import PinField

if TYPE_CHECKING:
    from desk_console.handover.records import Side
    from desk_console.handover.sheet import Sheet
    from desk_console.people.records import PersonView
    from desk_console.rulebook.desk import Desk
    from desk_console.tui.host import OnDesk

T = "tui.handover"


async def take_turn(place: OnDesk, sheet: Sheet, person: PersonView, side: Side) -> PersonView:
    """The person is at the keyboard from now on. Refuses where their PIN was wanted and not given
    (9.13).
    """
    seat, handover_id = place.seat, sheet.handover_id
    if not seat.takes_part(handover_id, person, since=sheet.opened_at):
        if not await place.ask_amid(Turn(person, side, sheet)):
            clause = place.desk.duty.cite(Topic.SIGN_BOTH)
            raise Refusal(f"{T}.turn_wanted", clause=clause, name=person.name)
        seat.take(person, at=place.desk.now())
        place.host.spread()
    seat.comes_to(handover_id, person)
    return person


class Turn(ActDialog[bool]):
    """It is the other one's turn. Gives True once they gave their PIN."""

    title_key: ClassVar[str] = f"{T}.turn_title"
    topics: ClassVar[tuple[Topic, ...]] = (Topic.SIGN_BOTH,)

    def __init__(self, person: PersonView, side: Side, sheet: Sheet) -> None:
        """That person, of that side of that handover."""
        super().__init__()
        self._person = person
        acts = sheet.acting is not None and person.id == sheet.acting.id
        self._as = "acting" if acts else side.value
        self._absent = sheet.outgoing.name

    def fields(self) -> ComposeResult:
        """Whose turn it is, and the PIN."""
        who = message(f"{T}.turn_who_{self._as}", name=self._person.name, absent=self._absent)
        yield Label(who, classes="said strong")
        yield Label(message(f"{T}.turn_how", name=self._person.name), classes="said")
        yield row(f"{T}.pin", PinField(id="turn-pin"))

    def on_mount(self) -> None:
        """The PIN."""
        self.query_one("#turn-pin").focus()

    async def act(self) -> None:
        """Is it theirs?"""
        pin, person_id = self.text_of("turn-pin"), self._person.id
        if not pin:
            raise Refusal(f"{T}.turn_pin", name=self._person.name, field="pin")

        def check(desk: Desk) -> None:
            from desk_console.people.pins import prove
            from desk_console.people.sessions import take_seat

            take_seat(desk, prove(desk, person_id, pin))

        await self.off_loop(check)
        self.dismiss(True)
