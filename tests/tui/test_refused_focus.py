"""After a refusal the cursor is where it can be mended, and what was right stays."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot

from desk_console.foundation.clock import MovingClock
from desk_console.people.records import PersonView
from desk_console.rulebook.desk import Desk
from desk_console.shift.arrivals import sign_on
from desk_console.tui.app import DeskApp
from desk_console.tui.dialogs.act import ActDialog
from desk_console.tui.dialogs.setup import ThingForm
from desk_console.tui.screens.setup import SetupScreen
from desk_console.tui.widgets.fields import Line
from desk_console.tui.widgets.table import Listing
from tests.tui.call_site import at_desk, seen, settle, settled
from tests.tui.live_site import PIN, staffed
from tests.tui.test_setup import supervisor

WRONG = "93715264"


async def press(app: DeskApp, pilot: Pilot[Any], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(app, pilot)


async def type_in(app: DeskApp, pilot: Pilot[Any], words: str) -> None:
    await press(app, pilot, *words, "enter")


def cursor(app: DeskApp) -> str:
    """The id of the field that has the focus; of a field for a person, that of the whole."""
    field = app.focused
    while field is not None and not field.id:
        field = field.parent  # type: ignore[assignment] # up to the field that has a name
    return field.id or "" if field is not None else ""


def value(app: DeskApp, id: str) -> str:
    return app.screen.query_one(f"#{id}", Line).value


async def test_without_a_name_the_cursor_goes_to_the_name(desk: Desk, clock: MovingClock) -> None:
    staffed(desk)
    async with at_desk(desk, None) as (app, pilot):
        await press(app, pilot, "ctrl+n", "tab")
        await type_in(app, pilot, PIN)
        assert "请先选姓名" in seen(app)
        assert cursor(app) == "sign-who"
        assert value(app, "sign-pin") == PIN, "nobody has looked at the PIN yet"
        await type_in(app, pilot, "2001")
        assert "请先选姓名" not in seen(app), "it was chosen"


async def test_a_first_pin_that_is_refused_is_begun_anew_at_the_first_of_both(
    desk: Desk, clock: MovingClock
) -> None:
    staffed(desk)
    async with at_desk(desk, None) as (app, pilot):
        await press(app, pilot, "ctrl+n")
        for words in ("3002", "12345678", "12345678"):
            await type_in(app, pilot, words)
        assert cursor(app) == "sign-pin"
        assert (value(app, "sign-pin"), value(app, "sign-again")) == ("", "")
        for words in ("57391648", "57391647"):
            await type_in(app, pilot, words)
        assert "两次输入的密码不一样" in seen(app)
        assert cursor(app) == "sign-pin"
        assert (value(app, "sign-pin"), value(app, "sign-again")) == ("", "")
        for words in ("57391648", "57391648"):
            await type_in(app, pilot, words)
        assert [one.staff_no for one in app.seat.people] == ["3002"]


async def stepping_out(app: DeskApp, pilot: Pilot[Any], person: PersonView, *fields: str) -> None:
    """Reason, back at, stand-in, their PIN, the writer's own."""
    await press(app, pilot, "ctrl+t")
    assert isinstance(app.screen, ActDialog)
    for words in fields:
        await type_in(app, pilot, words)


async def test_6_8_a_wrong_pin_of_the_stand_in_names_them_and_keeps_the_writers(
    desk: Desk, clock: MovingClock
) -> None:
    clerk = settled(desk, clock)
    async with at_desk(desk, clerk) as (app, pilot):
        await stepping_out(app, pilot, clerk, "out", "13:30", "4001", WRONG, PIN)
        assert "的密码不对" in seen(app) and clerk.name + "的密码" not in seen(app)
        assert cursor(app) == "out-their-pin"
        assert (value(app, "out-their-pin"), value(app, "out-pin")) == ("", PIN)
        await type_in(app, pilot, PIN)
        await press(app, pilot, "enter")
        assert app.seat.writer != clerk


async def test_6_8_a_wrong_pin_of_the_writer_names_them_and_keeps_the_stand_ins(
    desk: Desk, clock: MovingClock
) -> None:
    clerk = settled(desk, clock)
    async with at_desk(desk, clerk) as (app, pilot):
        await stepping_out(app, pilot, clerk, "out", "13:30", "4001", PIN, WRONG)
        assert f"{clerk.name}的密码不对" in seen(app)
        assert cursor(app) == "out-pin"
        assert (value(app, "out-their-pin"), value(app, "out-pin")) == (PIN, "")


async def test_6_8_a_time_that_cannot_be_read_has_the_cursor(
    desk: Desk, clock: MovingClock
) -> None:
    clerk = settled(desk, clock)
    async with at_desk(desk, clerk) as (app, pilot):
        await stepping_out(app, pilot, clerk, "out", "99:99", "4001", PIN, PIN)
        assert cursor(app) == "out-back"
        assert (value(app, "out-their-pin"), value(app, "out-pin")) == (PIN, PIN)


async def test_6_8_once_a_pin_was_asked_another_refusal_empties_it(
    desk: Desk, clock: MovingClock
) -> None:
    clerk = settled(desk, clock)
    async with at_desk(desk, clerk) as (app, pilot):
        await stepping_out(app, pilot, clerk, "", "13:30", "4001", PIN, PIN)
        assert cursor(app) == "out-reason"
        assert (value(app, "out-their-pin"), value(app, "out-pin")) == ("", "")


async def test_a_pin_left_empty_is_no_wrong_try(desk: Desk, clock: MovingClock) -> None:
    clerk = settled(desk, clock)
    async with at_desk(desk, clerk) as (app, pilot):
        for _ in range(12):
            await press(app, pilot, "ctrl+o", "enter")
            assert f"{clerk.name}：请输入密码" in seen(app)
            await press(app, pilot, "escape")
        await press(app, pilot, "ctrl+l")
        await type_in(app, pilot, PIN)
        assert not app.seat.is_locked


async def test_words_in_a_number_are_refused_with_the_cursor_on_them(
    desk: Desk, clock: MovingClock
) -> None:
    settled(desk, clock)
    async with at_desk(desk, supervisor(desk)) as (app, pilot):
        await press(app, pilot, "f9", "4", "insert")
        form = app.screen
        assert isinstance(form, ThingForm)
        form.query_one("#set-thing", Line).value = "手电筒"
        form.query_one("#set-opening", Line).value = "twelve"
        await press(app, pilot, "ctrl+s")
        assert "“现有数量”要填数字，不能写成“twelve”" in seen(app)
        assert cursor(app) == "set-opening"
        form.query_one("#set-opening", Line).value = "１２"
        await press(app, pilot, "ctrl+s")
        assert isinstance(app.screen, SetupScreen)
        assert "现有 12" in seen(app)


async def test_letters_stay_in_a_number_field_until_they_are_refused(
    desk: Desk, clock: MovingClock
) -> None:
    settled(desk, clock)
    async with at_desk(desk, supervisor(desk)) as (app, pilot):
        await press(app, pilot, "f9", "4", "insert")
        app.screen.query_one("#set-opening").focus()
        await type_in(app, pilot, "ten")
        assert value(app, "set-opening") == "ten"


async def test_a_set_up_field_that_is_wrong_has_the_cursor(desk: Desk, clock: MovingClock) -> None:
    settled(desk, clock)
    async with at_desk(desk, supervisor(desk)) as (app, pilot):
        await press(app, pilot, "f9", "insert")
        for wrong, given in (
            ("staff_no", {"staff_no": "2001", "name": "新人"}),
            ("name", {"staff_no": "2999", "name": ""}),
            ("phone", {"name": "新人", "phone": "abc"}),
            ("started_on", {"phone": "", "started_on": "soon"}),
        ):
            for name, words in given.items():
                app.screen.query_one(f"#set-{name}", Line).value = words
            await press(app, pilot, "ctrl+s")
            assert cursor(app) == f"set-{wrong}"


@pytest.mark.parametrize("column", ["3", "4", "5", "6", "7"])
async def test_an_empty_set_up_form_asks_for_the_name_and_not_for_the_code_it_gives_itself(
    desk: Desk, clock: MovingClock, column: str
) -> None:
    settled(desk, clock)
    async with at_desk(desk, supervisor(desk)) as (app, pilot):
        await press(app, pilot, "f9", column, "insert", "ctrl+s")
        asked = next(line for line in reversed(seen(app).splitlines()) if "请填写" in line)
        assert "名称" in asked and "代码" not in asked and "编号" not in asked


async def test_a_resident_who_was_added_is_marked_whatever_the_form_of_the_unit(
    desk: Desk, clock: MovingClock
) -> None:
    settled(desk, clock)
    async with at_desk(desk, supervisor(desk)) as (app, pilot):
        await press(app, pilot, "f9", "2", "insert")
        for name, words in (("building", "3栋"), ("room", "1502室"), ("name", "林一")):
            app.screen.query_one(f"#set-{name}", Line).value = words
        await press(app, pilot, "ctrl+s")
        listing = app.screen.query_one("#setup-rows", Listing)
        assert len(listing.keys) == 2 and "林*" in seen(app)
        newest = max(int(key.rpartition("-")[2]) for key in listing.keys)
        assert listing.key is not None and listing.key.endswith(f"-{newest}")


async def test_a_key_that_needs_somebody_opens_no_second_sign_on(
    desk: Desk, clock: MovingClock
) -> None:
    staffed(desk)
    async with at_desk(desk, None) as (app, pilot):
        await press(app, pilot, "f2", "f2", "ctrl+n")
        assert [getattr(one, "place_name", "") for one in app.screen_stack[1:]] == ["sign_on"]


async def test_whoever_writes_here_is_named_where_the_post_is_taken(
    desk: Desk, clock: MovingClock
) -> None:
    clerk = staffed(desk).other_clerk.person  # Nobody holds the post.
    async with at_desk(desk, clerk) as (app, pilot):
        await press(app, pilot, "ctrl+g")
        assert clerk.name in [one.value for one in app.screen.query(Line)]
        assert cursor(app) == "take-pin"


async def test_6_8_beside_the_holder_the_post_is_taken_by_another_one_who_is_named_first(
    desk: Desk, clock: MovingClock
) -> None:
    staff = staffed(desk)
    sign_on(desk, staff.clerk)
    async with at_desk(desk, staff.clerk.person) as (app, pilot):
        await press(app, pilot, "ctrl+g")
        assert cursor(app) == "take-who"
        await press(app, pilot, *staff.guard.person.staff_no, "enter", *PIN)
        assert app.screen.query_one("#take-gone", Line).value == "", "a PIN is never readable"
        await press(app, pilot, "enter")
        assert app.seat.writer == staff.guard.person
