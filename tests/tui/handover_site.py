"""What the tests of the handover's screens begin with: an evening at the desk, two people there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from textual.pilot import Pilot
from textual.widget import Widget

from desk_console.foundation.catalogue import Language
from desk_console.foundation.clock import MovingClock
from desk_console.people.pins import Proof, prove
from desk_console.rulebook.desk import Desk
from desk_console.shift.arrivals import sign_on
from desk_console.shift.items import ItemForm, add_item
from desk_console.shift.presence import Proven
from desk_console.tui.app import DeskApp
from tests.built import built_once
from tests.handover.walk import Walk
from tests.staff import Shown, Staff
from tests.tui.call_site import at_desk, seen
from tests.tui.live_site import PIN, staffed

FocusedT = TypeVar("FocusedT", bound=Widget)
ITEMS = (("对讲机", "部", 4), ("大堂钥匙", "把", 2), ("手电筒", "支", 3))


@dataclass(frozen=True, slots=True)
class Evening:
    """17:10: the clerk on duty since nine, the night man signed on."""

    desk: Desk
    clock: MovingClock
    staff: Staff

    def proof(self, who: Shown) -> Proof:
        """Somebody's PIN was right."""
        return prove(self.desk, who.person.id, PIN)

    def walk(self, **how: Any) -> Walk:
        """The handover, opened by the clerk."""
        return Walk(
            self.desk, self.proof(self.staff.clerk), self.proof(self.staff.night_man), **how
        )


def evening(desk: Desk, clock: MovingClock) -> Evening:
    """A site at the end of a day shift."""
    return Evening(desk, clock, _lived(desk, clock))


@built_once
def _lived(desk: Desk, clock: MovingClock) -> Staff:
    staff = staffed(desk)
    for number, (name, unit, count) in enumerate(ITEMS):
        form = ItemForm(code=f"i{number}", name=name, unit=unit, opening=count)
        add_item(desk, staff.supervisor.person.id, form)
    sign_on(desk, staff.clerk)
    clock.advance(timedelta(hours=8, minutes=25))
    sign_on(desk, staff.night_man)
    return staff


@asynccontextmanager
async def opened(
    desk: Desk,
    place: str,
    *seated: Proven,
    language: Language = "zh",
    size: tuple[int, int] = (80, 24),
) -> AsyncIterator[tuple[DeskApp, Pilot[Any]]]:
    """The app at a place, with those in its seats; the last one writes."""
    async with at_desk(desk, None, language=language, size=size) as (app, pilot):
        for one in seated:
            app.seat.take(one.person, at=desk.now())
        app._touched = app._seconds()  # the clock that is handed in was moved by hours
        app.spread()
        if place:
            await app.run_action(f"open('{place}')")
        yield app, pilot


async def until(app: DeskApp, pilot: Pilot[Any], *texts: str) -> str:
    """Wait until all these words stand on the screen; gives the screen."""
    shown = ""
    for _ in range(300):
        await pilot.pause(0.01)
        shown = seen(app)
        if all(words in shown for words in texts):
            return shown
    raise AssertionError(f"{texts} did not come. The screen:\n{shown}")


async def focused(app: DeskApp, pilot: Pilot[Any], kind: type[FocusedT]) -> FocusedT:
    """Wait until a widget of that kind has the focus: a step is shown before it has begun."""
    for _ in range(300):
        if isinstance(app.focused, kind):
            return app.focused
        await pilot.pause(0.01)
    raise AssertionError(f"The focus is on {app.focused}.")


async def type_in(app: DeskApp, pilot: Pilot[Any], words: str) -> None:
    """Type into the field that has the focus."""
    from textual import events

    for sign in words:
        app.post_message(events.Key(sign, sign))
    await pilot.pause()
