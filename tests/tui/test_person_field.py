"""The field for a person beside a PIN: what may be a PIN is never shown, and goes where it
belongs."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from sqlmodel import Session
from textual.pilot import Pilot

from desk_console.foundation.clock import MovingClock
from desk_console.people import views
from desk_console.people.records import PersonView
from desk_console.rulebook.desk import Desk
from desk_console.tui.app import DeskApp
from desk_console.tui.widgets.person_field import NameLine, PersonField
from tests.tui.call_site import at_desk, seen, settle
from tests.tui.live_site import PIN, staffed
from tests.tui.test_refused_focus import cursor, press, value
from tests.tui.test_typed_ahead import burst, until_idle


async def typed(app: DeskApp, pilot: Pilot[Any], words: str) -> list[str]:
    """What the name field showed after each key."""
    shown = []
    for sign in words:
        await pilot.press(sign)
        shown.append(str(app.screen.query_one(NameLine)._value))
        await settle(app, pilot)
        shown.append(str(app.screen.query_one(NameLine)._value))
    return shown


@pytest.mark.parametrize("pin", [PIN, "20019988", "desk2026", "Kx!7pqRs"])
async def test_a_pin_typed_into_the_name_is_never_shown(
    desk: Desk, clock: MovingClock, pin: str
) -> None:
    staffed(desk)
    async with at_desk(desk, None) as (app, pilot):
        await press(app, pilot, "ctrl+n")
        shown = await typed(app, pilot, pin)
        whole_number = "2001"
        assert all(not one.strip("*") or one.startswith(whole_number) for one in shown)
        assert set(shown[-1]) == {"*"}
        assert "不填密码" in seen(app)


async def test_enter_behind_a_pin_without_a_name_moves_it_and_asks_for_the_name(
    desk: Desk, clock: MovingClock
) -> None:
    staffed(desk)
    async with at_desk(desk, None) as (app, pilot):
        await press(app, pilot, "ctrl+n", *PIN, "enter")
        assert (value(app, "sign-pin"), app.screen.query_one(NameLine).value) == (PIN, "")
        assert cursor(app) == "sign-who"
        await press(app, pilot, *"wxy", "enter", "enter")
        assert [one.name for one in app.seat.people] == ["王晓燕"]


@pytest.mark.parametrize("name", ["wxy", "王晓燕", "2001"])
async def test_a_pin_behind_a_name_goes_to_the_pin(
    desk: Desk, clock: MovingClock, name: str
) -> None:
    staffed(desk)
    async with at_desk(desk, None) as (app, pilot):
        await press(app, pilot, "ctrl+n")
        shown = await typed(app, pilot, name + PIN)
        assert not any(PIN[:1] in one for one in shown if "2001" not in one)
        if name != "2001":  # a longer number might be meant: Enter says that it is whole
            assert cursor(app) == "sign-pin" and value(app, "sign-pin") == PIN
        await press(app, pilot, "enter")
        assert [one.name for one in app.seat.people] == ["王晓燕"]


async def test_back_on_a_name_that_was_taken_another_is_typed_over_it(
    desk: Desk, clock: MovingClock
) -> None:
    staffed(desk)
    async with at_desk(desk, None) as (app, pilot):
        await press(app, pilot, "ctrl+n", *"wxy", "enter", "shift+tab", *"2002", "enter")
        person = app.screen.query_one(PersonField).person
        assert (person and person.staff_no, value(app, "sign-pin")) == ("2002", "")
        assert cursor(app) == "sign-pin"


async def test_a_pin_behind_a_name_in_one_burst(desk: Desk, clock: MovingClock) -> None:
    staffed(desk)
    async with at_desk(desk, None) as (app, pilot):
        burst(app, "ctrl+n", *"wxy", *PIN, "enter")
        await until_idle(app, pilot)
        assert [one.name for one in app.seat.people] == ["王晓燕"]


async def test_keys_wait_no_longer_than_the_search_for_a_burst(
    desk: Desk, clock: MovingClock
) -> None:
    staffed(desk)
    async with at_desk(desk, None) as (app, pilot):
        await press(app, pilot, "ctrl+n")
        burst(app, *"wxy", *PIN)
        await until_idle(app, pilot)
        assert not app.turn._holds
        assert value(app, "sign-pin") == PIN


async def test_names_initials_and_a_whole_staff_number_are_shown(
    desk: Desk, clock: MovingClock
) -> None:
    staffed(desk)
    async with at_desk(desk, None) as (app, pilot):
        await press(app, pilot, "ctrl+n")
        for words in ("wxy", "2001", "王晓燕", "诸葛"):
            app.screen.query_one(PersonField).line.value = ""
            shown = await typed(app, pilot, words)
            assert shown[-1] == words


@pytest.mark.parametrize("is_fast", [False, True])
async def test_tab_behind_a_name_takes_whom_alone_it_means(
    desk: Desk, clock: MovingClock, is_fast: bool
) -> None:
    staffed(desk)
    async with at_desk(desk, None) as (app, pilot):
        keys = ("ctrl+n", *"wxy", "tab", *PIN, "enter")
        if is_fast:
            burst(app, *keys)
            await until_idle(app, pilot)
        else:
            await press(app, pilot, *keys)
        assert [one.name for one in app.seat.people] == ["王晓燕"]


async def test_enter_behind_tab_waits_until_the_name_was_found(
    desk: Desk, clock: MovingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    staffed(desk)
    answers = threading.Event()
    find = views.find

    def slowly(session: Session, typed: str) -> tuple[PersonView, ...]:
        assert answers.wait(10)
        return find(session, typed)

    monkeypatch.setattr(views, "find", slowly)
    async with at_desk(desk, None) as (app, pilot):
        burst(app, "ctrl+n", *"wxy", "tab", *PIN, "enter")
        for _ in range(5):
            await pilot.pause()
        answers.set()
        await until_idle(app, pilot)
        assert [one.name for one in app.seat.people] == ["王晓燕"]


async def test_tab_behind_a_name_that_several_have_takes_nobody(
    desk: Desk, clock: MovingClock
) -> None:
    staffed(desk)
    async with at_desk(desk, None) as (app, pilot):
        await press(app, pilot, "ctrl+n", "2", "tab", *PIN, "enter")
        assert not app.seat.people
        assert "请先选姓名" in seen(app) and cursor(app) == "sign-who"
