"""Every clause of the open desk is named on the screen where it refuses or asks, under the
regulation that holds it, with the keys that somebody at the desk would press.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from textual.events import Paste
from textual.pilot import Pilot

from desk_console.foundation.clock import MovingClock
from desk_console.people.acts import add_qualification
from desk_console.people.pins import choose_pin
from desk_console.people.records import QualificationForm
from desk_console.people.views import by_staff_no
from desk_console.rulebook.desk import Desk
from desk_console.shift import checks, tasks
from desk_console.shift.arrivals import sign_on
from desk_console.tui.app import DeskApp
from desk_console.tui.widgets.choice import Choice
from tests.conftest import DeskMaker
from tests.staff import Shown, hire, opened, qualify
from tests.tui.call_site import at_desk, seen, settle
from tests.tui.live_site import PIN


@dataclass(frozen=True)
class Scene:
    """Somebody at the keyboard of a site that runs by one regulation."""

    app: DeskApp
    pilot: Pilot[Any]
    desk: Desk
    clock: MovingClock
    boss: Shown

    def hires(self, staff_no: str, name: str, *roles: str, is_qualified: bool = True) -> None:
        """Somebody new, with a PIN."""
        person = hire(self.desk, staff_no, name, *roles, by=self.boss)
        choose_pin(self.desk, opened(self.desk, person.person).id, PIN)
        if is_qualified:
            qualify(self.desk, person, self.boss)
            form = QualificationForm(code="onboarding", title="培训", valid_from=date(2025, 2, 10))
            add_qualification(self.desk, person.person.id, form, by_id=self.boss.person.id)

    async def presses(self, *keys: str) -> None:
        """Each key has its whole effect before the next."""
        for key in keys:
            await self.pilot.press(key)
            await settle(self.app, self.pilot)

    async def types(self, *words: str) -> None:
        """Words, each with Enter behind it."""
        for each in words:
            self.app.post_message(Paste(each))
            await self.presses("enter")

    async def signs_on(self, staff_no: str) -> None:
        """With the PIN, at this console."""
        await self.presses("ctrl+n")
        await self.types(staff_no, PIN)

    def is_on(self, staff_no: str) -> None:
        """Signed on here already, where that is not what is looked at."""
        with self.desk.reading() as session:
            person = by_staff_no(session, staff_no)
        assert person is not None
        sign_on(self.desk, Shown(person))
        self.app.seat.take(person)

    async def writes(self, kind: str) -> None:
        """The form (F2) of that kind of entry."""
        await self.presses("f2")
        self.app.screen.query_one("#kind", Choice).value = kind
        await settle(self.app, self.pilot)

    async def waits(self, **span: float) -> None:
        """Time passes, and the screen looks again."""
        self.clock.advance(timedelta(**span))
        self.app.spread()
        await settle(self.app, self.pilot)

    def cites(self, *clauses: str) -> None:
        """The screen names these clauses, in Chinese; and in English where that is on."""
        shown = seen(self.app).replace("\n", "").replace("▌", "").replace(" ", "")
        for clause in clauses:
            assert re.search(f"第([0-9.]+、)*{re.escape(clause)}(、[0-9.]+)*条", shown), clause


async def store(scene: Scene) -> None:
    """1.9 the uniform, 1.12 hygiene during the shift."""
    scene.hires("2001", "王晓燕", "duty-manager")
    await scene.signs_on("2001")
    scene.cites("1.9")
    await scene.presses("escape")
    await scene.waits(hours=2, minutes=5)
    scene.cites("1.12")


async def company(scene: Scene) -> None:
    """2.2 punctual, 2.10 tidy, 2.9 what a record says, 2.8 nobody leaves the post."""
    scene.hires("2001", "王晓燕", "clerk")
    await scene.waits(days=1)
    await scene.signs_on("2001")
    scene.cites("2.2", "2.10")
    await scene.presses("escape")
    await scene.writes("event")
    scene.cites("2.9")
    await scene.presses("escape", "ctrl+o")
    await scene.types(PIN)
    scene.cites("2.8")


async def monthly(scene: Scene) -> None:
    """3.8 every question is answered: asked for while it is written, said of what stays open."""
    scene.hires("2001", "王晓燕", "clerk")
    scene.is_on("2001")
    await scene.presses("f2")
    scene.cites("3.8")
    await scene.types("周女士")
    scene.app.screen.query_one("#category", Choice).value = "enquiry"
    scene.app.screen.query_one("#content").focus()
    scene.app.post_message(Paste("几点开门"))
    await scene.presses("ctrl+s")
    assert "还没有答复" in seen(scene.app).replace("\n", "")
    scene.cites("3.8")


async def department(scene: Scene) -> None:
    """4.7 by which way somebody was spoken with."""
    scene.hires("2001", "王晓燕", "clerk")
    scene.is_on("2001")
    await scene.writes("message")
    scene.cites("4.7")


async def customers(scene: Scene) -> None:
    """5.1 the original stays, 5.8 and 5.2 phrases and answers, 5.3 what is handed out."""
    scene.hires("2001", "王晓燕", "clerk")
    scene.is_on("2001")
    await scene.presses("f2")
    scene.cites("5.1")
    await scene.presses("ctrl+f")
    scene.cites("5.8", "5.2")
    await scene.presses("escape")
    await scene.writes("hand_out")
    scene.cites("5.3")


async def estate(scene: Scene) -> None:
    """6.2 whose shift it is, 6.3 what is not settled, 6.5 the night, 6.8 the post is kept."""
    scene.hires("2001", "王晓燕", "clerk")
    scene.hires("4001", "冯大勇", "security")
    await scene.signs_on("4001")
    scene.cites("6.2")
    await scene.presses("escape")
    scene.is_on("2001")
    await scene.presses("f2")
    scene.cites("6.3")
    await scene.presses("escape", "ctrl+o")
    await scene.types(PIN)
    scene.cites("6.8")
    await scene.presses("escape", "ctrl+t")
    scene.cites("6.8")
    await scene.presses("escape", "f3")
    scene.app.action_open("logbook")
    await settle(scene.app, scene.pilot)
    scene.app.screen.query_one("#view", Choice).value = "night"
    await settle(scene.app, scene.pilot)
    scene.cites("6.5")


async def courier(scene: Scene) -> None:
    """7.2 trained, 7.4 fit, 7.7 tidy and complete, 7.9 opening checks, 7.8 what is left here, 7.10
    what comes back by the hour."""
    scene.hires("2001", "王晓燕", "clerk", is_qualified=False)
    scene.hires("2002", "李思敏", "clerk")
    await scene.signs_on("2001")
    scene.cites("7.2")
    await scene.presses("escape")
    await scene.signs_on("2002")
    scene.cites("7.4", "7.7")
    await scene.presses("escape", "escape")
    scene.cites("7.9")
    await scene.writes("custody")
    scene.cites("7.8")
    await scene.presses("escape")
    await scene.waits(hours=1, minutes=5)
    scene.cites("7.10")


async def office(scene: Scene) -> None:
    """9.2 the hours, 9.9 the lead, 9.3 rounds, 9.7 three rings, 9.5 the post is kept."""
    scene.hires("2001", "王晓燕", "clerk")
    await scene.waits(hours=18)  # 02:45: nobody is on duty
    await scene.signs_on("2001")
    scene.cites("9.2")
    await scene.presses("escape")
    await scene.waits(hours=6)
    await scene.signs_on("2001")
    scene.cites("9.9")
    await scene.writes("patrol")
    scene.cites("9.3")
    await scene.presses("escape", "f2")
    scene.app.screen.query_one("#rings").focus()
    await scene.presses("5")
    scene.cites("9.7")
    await scene.presses("escape", "ctrl+t")
    scene.cites("9.5")


Story = Callable[[Scene], Awaitable[None]]


@pytest.mark.parametrize(
    ("regulation", "story"),
    [
        ("store-weekly", store),
        ("company-24h", company),
        ("cs-monthly", monthly),
        ("cs-department", department),
        ("cs-staff", customers),
        ("property-24h", estate),
        ("courier", courier),
        ("management-office", office),
    ],
    ids=[
        "1_9-1_12",
        "2_2-2_8-2_9-2_10",
        "3_8",
        "4_7",
        "5_1-5_2-5_3-5_8",
        "6_2-6_3-6_5-6_8",
        "7_2-7_4-7_7-7_8-7_9-7_10",
        "9_2-9_3-9_5-9_7-9_9",
    ],
)
async def test_the_screen_names_each_clause_where_it_refuses_or_asks(
    make_desk: DeskMaker, clock: MovingClock, regulation: str, story: Story
) -> None:
    desk = make_desk(regulation)
    boss = hire(desk, "1001", "郑国强", "manager", "department-head")
    with desk.transaction() as work:
        checks.seed(work, desk.duty)
        tasks.seed(work, desk.duty)
    async with at_desk(desk, None) as (app, pilot):
        await story(Scene(app, pilot, desk, clock, boss))
