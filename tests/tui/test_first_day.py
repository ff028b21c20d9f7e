"""The first day: nothing has happened yet, and every place opens and says so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from textual.widgets import OptionList

from desk_console.foundation.catalogue import Language
from desk_console.foundation.clock import MovingClock
from desk_console.log.drafts import keep
from desk_console.people.pins import begin_reset, prove
from desk_console.rulebook.desk import Desk
from desk_console.shift.arrivals import sign_on
from desk_console.tui.commands import commands
from desk_console.tui.places import PLACES
from tests.tui.call_site import at_desk, seen, settle
from tests.tui.live_site import PIN, staffed

NEW_PIN = "quiet-harbour"


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_every_place_opens_where_nothing_was_recorded_yet(
    desk: Desk, clock: MovingClock, language: Language
) -> None:
    staff = staffed(desk)
    sign_on(desk, staff.clerk)
    async with at_desk(desk, staff.supervisor.person, language=language) as (app, pilot):
        for one in (one for one in PLACES if one.is_built):
            app.action_open(one.name)
            for _ in range(100):
                if len(app.screen_stack) > 1:
                    break
                await pilot.pause(0.02)
            await settle(app, pilot)
            assert len(app.screen_stack) > 1, one.name
            app.action_home()
            await settle(app, pilot)


async def test_what_was_said_before_does_not_lie_over_the_screen_that_opens(
    desk: Desk, clock: MovingClock
) -> None:
    staff = staffed(desk)
    sign_on(desk, staff.clerk)
    async with at_desk(desk, staff.clerk.person) as (app, pilot):
        app.say("tui.app.nobody_to_lock")
        await pilot.press("f2")
        await settle(app, pilot)
        assert len(app._notifications) == 0


async def test_who_sits_down_is_told_of_what_was_left_half_written(
    desk: Desk, clock: MovingClock
) -> None:
    staff = staffed(desk)
    sign_on(desk, staff.clerk)
    keep(desk, "a form", "call", {"content": "问停车费"})
    async with at_desk(desk, None) as (app, pilot):
        await pilot.press("ctrl+n")
        await settle(app, pilot)
        await pilot.press(*staff.clerk.person.staff_no, "enter")
        await settle(app, pilot)
        await pilot.press(*PIN, "enter")
        await settle(app, pilot)
        said = " ".join(one.message for one in app._notifications)
        assert "有 1 份登记没写完：按 F2，再按 Ctrl+R 接着写。" in said, seen(app)


async def test_a_pin_chosen_before_a_refusal_is_not_asked_for_twice(
    desk: Desk, clock: MovingClock
) -> None:
    staff = staffed(desk)
    clock.advance(timedelta(hours=2))
    begin_reset(desk, prove(desk, staff.supervisor.person.id, PIN), staff.night_man.person.id)
    async with at_desk(desk, None) as (app, pilot):
        await pilot.press("ctrl+n")
        await settle(app, pilot)
        await pilot.press(*staff.night_man.person.staff_no, "enter")
        await settle(app, pilot)
        assert app.screen.query_one("#sign-again-row").display
        await pilot.press(*NEW_PIN, "enter", *NEW_PIN, "enter")
        await settle(app, pilot)
        await settle(app, pilot)
        assert "6.2" in seen(app)
        assert not app.screen.query_one("#sign-again-row").display


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_the_palette_cuts_no_name_in_the_language_that_is_on(
    desk: Desk, clock: MovingClock, language: Language
) -> None:
    staff = staffed(desk)
    async with at_desk(desk, staff.clerk.person, language=language) as (app, pilot):
        await pilot.press("ctrl+p")
        await settle(app, pilot)
        options = app.screen.query_one("#palette-found", OptionList)
        shown = [str(option.prompt) for option in options.options]
        names = [app.catalogue.text(one.words) for one in commands(app)]
        assert all(line.startswith(name + " ") for line, name in zip(shown, names, strict=True))
