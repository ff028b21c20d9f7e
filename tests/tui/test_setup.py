"""The set-up screen, through the real app."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot

from desk_console.foundation.catalogue import Language
from desk_console.foundation.clock import MovingClock
from desk_console.log.departments import departments
from desk_console.people import views
from desk_console.rulebook.desk import Desk
from desk_console.tui.app import DeskApp
from desk_console.tui.dialogs.setup import AddThing
from desk_console.tui.screens.help import HelpScreen
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import Line
from tests.tui.call_site import at_desk, seen, settle, settled
from tests.tui.golden import holds


async def press(app: DeskApp, pilot: Pilot[Any], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(app, pilot)


def supervisor(desk: Desk) -> Any:
    with desk.reading() as session:
        return next(one for one in views.people(session) if "supervisor" in one.roles)


async def fill(app: DeskApp, pilot: Pilot[Any], **given: str) -> None:
    for name, words in given.items():
        app.screen.query_one(f"#set-{name}", Line).value = words
    await settle(app, pilot)
    await press(app, pilot, "ctrl+s")


async def test_supervisor_adds_a_person_and_a_department(desk: Desk, clock: MovingClock) -> None:
    settled(desk, clock)
    async with at_desk(desk, supervisor(desk)) as (app, pilot):
        await press(app, pilot, "f9", "insert")
        await fill(app, pilot, staff_no="901", name="钱[b]多[/b]", phone="13700137000")
        assert "钱[b]多[/b]" in seen(app)
        await press(app, pilot, "3", "insert")
        await fill(app, pilot, code="garden", zh="绿化部", en="Gardens")
    with desk.reading() as session:
        assert "901" in [one.staff_no for one in views.people(session)]
        assert "garden" in [one.code for one in departments(session)]


async def test_clerk_may_not_change_the_set_up(desk: Desk, clock: MovingClock) -> None:
    clerk = settled(desk, clock)
    async with at_desk(desk, clerk) as (app, pilot):
        await press(app, pilot, "f9", "insert")
        await fill(app, pilot, staff_no="902", name="钱多")
        assert isinstance(app.screen, AddThing)
    with desk.reading() as session:
        assert "902" not in [one.staff_no for one in views.people(session)]


async def test_residents_are_masked_in_the_list(desk: Desk, clock: MovingClock) -> None:
    settled(desk, clock)
    async with at_desk(desk, supervisor(desk)) as (app, pilot):
        await press(app, pilot, "f9", "2")
        app.screen.query_one("#setup-typed", Line).value = "3-1502"
        await settle(app, pilot)
        assert "3-1502" in seen(app)
        assert "13800138000" not in seen(app) and "周敏" not in seen(app)


async def test_rule_book_opens_each_clause(desk: Desk, clock: MovingClock) -> None:
    settled(desk, clock)
    async with at_desk(desk, supervisor(desk)) as (app, pilot):
        await press(app, pilot, "f9", "6")
        assert app.screen.query_one("#subject", Choice).value == "rules"
        app.screen.query_one("#setup-typed", Line).value = "9.17"
        await settle(app, pilot)
        app.screen.query_one("#setup-typed").focus()
        await press(app, pilot, "enter", "enter")
        assert isinstance(app.screen, HelpScreen)
        assert "9.17" in seen(app)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_set_up_looks_as_it_was_approved(
    desk: Desk, clock: MovingClock, language: Language, size: tuple[int, int]
) -> None:
    settled(desk, clock)
    async with at_desk(desk, supervisor(desk), language=language, size=size) as (app, pilot):
        await press(app, pilot, "f9")
        holds(app, f"setup-{language}-{size[0]}")
        await press(app, pilot, "insert")
        holds(app, f"setup-add-{language}-{size[0]}")
