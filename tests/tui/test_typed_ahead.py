"""Keys that come in one burst, as from a scanner or a remote desktop: each lands where it would
have landed had the hands waited for the screen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select
from textual import events
from textual.pilot import Pilot

from desk_console.foundation.clock import MovingClock
from desk_console.foundation.refusal import Refusal
from desk_console.handover.counting import Counted, count
from desk_console.log.records import Entry
from desk_console.people.views import pin_standing
from desk_console.rulebook.desk import Desk
from desk_console.tui.app import DeskApp
from desk_console.tui.dialogs.step_out import StepOut
from desk_console.tui.widgets.fields import Line
from desk_console.tui.widgets.person_field import PersonField
from tests.pty_console import Terminal
from tests.tui.call_site import at_desk, seen, settle, settled
from tests.tui.handover_site import evening, opened, until
from tests.tui.live_site import PIN, staffed


def burst(app: DeskApp, *keys: str) -> None:
    """All of them before the app has looked at the first."""
    driver = app._driver
    assert driver is not None
    for key in keys:
        driver.send_message(events.Key(key, key if len(key) == 1 else None))


async def until_idle(app: DeskApp, pilot: Pilot[Any]) -> None:
    for _ in range(40):
        await settle(app, pilot)


async def test_sign_on_in_one_burst_takes_the_person_named_and_their_pin(
    desk: Desk, clock: MovingClock
) -> None:
    staffed(desk)
    async with at_desk(desk, None) as (app, pilot):
        burst(app, "ctrl+n", *"2001", "enter", *PIN, "enter")
        await until_idle(app, pilot)
        assert [one.name for one in app.seat.people] == ["王晓燕"]


async def test_pin_chosen_in_one_burst_is_asked_twice_before_it_is_taken(
    desk: Desk, clock: MovingClock
) -> None:
    staff = staffed(desk)
    newcomer = staff.other_night_man.person
    async with at_desk(desk, None) as (app, pilot):
        burst(app, "ctrl+n", *"3002", "enter", *"57391648", "enter", *"57391648", "enter")
        await until_idle(app, pilot)
    with desk.reading() as session:
        assert not pin_standing(session, newcomer.id).must_choose


async def test_call_in_one_burst_lands_field_by_field(desk: Desk, clock: MovingClock) -> None:
    person = settled(desk, clock)
    async with at_desk(desk, person) as (app, pilot):
        burst(app, "f2", *"zm", "enter", "2", *"tap drips", "ctrl+s")
        await until_idle(app, pilot)
    with desk.reading() as session:
        entry = session.exec(select(Entry)).one()
    assert (entry.caller, entry.category, entry.content) == ("周敏", "repair", "tap drips")


async def test_keys_behind_a_sign_on_wait_until_it_was_answered(
    desk: Desk, clock: MovingClock
) -> None:
    staffed(desk)
    async with at_desk(desk, None) as (app, pilot):
        burst(app, "ctrl+n", *"2001", "enter", *PIN, "enter", "escape", "f2", *"abc")
        await until_idle(app, pilot)
        assert app.screen.query_one("#caller").value == "abc"  # type: ignore[attr-defined] # a line
        await pilot.press("escape")
        await settle(app, pilot)


def test_sign_on_written_to_the_terminal_at_once_is_read_as_typed(tmp_path: Path) -> None:
    with Terminal.python("-m", "tests.tui.desk_app", str(tmp_path), is_ready=True) as console:
        console.wait_for("现在该做", timeout=30)
        console.send(f"\x0e2001\r{PIN}\r")
        console.wait_for("记录人 王晓燕", timeout=20)


async def test_a_key_that_came_before_the_focus_was_asked_for_waits_for_it(
    desk: Desk, clock: MovingClock
) -> None:
    person = settled(desk, clock)
    async with at_desk(desk, person) as (app, pilot):
        await pilot.press("f2")
        await settle(app, pilot)
        content = app.screen.query_one("#content")
        app.screen.set_focus(None)

        held = app.turn.hold()
        app.post_message(events.Key("a", "a"))
        content.focus()
        held.release()  # as a step does that has begun: the key stands before both in the queue

        await until_idle(app, pilot)
        assert content.text == "a"  # type: ignore[attr-defined] # a field of lines


async def test_a_person_named_twice_at_once_lets_the_keys_go(
    desk: Desk, clock: MovingClock
) -> None:
    staff = staffed(desk)
    async with at_desk(desk, None) as (app, pilot):
        await pilot.press("ctrl+n")
        await settle(app, pilot)
        field = app.screen.query_one(PersonField)
        for _ in range(2):
            field.post_message(PersonField.Taken(field, staff.clerk.person))

        await until_idle(app, pilot)
        assert not app.turn.keeps(events.Key("a", "a"))


async def test_a_dialog_that_can_not_look_says_why_and_lets_the_keys_go(
    desk: Desk, clock: MovingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_asked: object) -> None:
        raise Refusal("foundation.busy")

    person = settled(desk, clock)
    async with at_desk(desk, person) as (app, pilot):
        monkeypatch.setattr("desk_console.shift.views.board", busy)
        dialog = StepOut()
        await app.push_screen(dialog)

        await until_idle(app, pilot)
        assert "另一个窗口正在写入" in seen(app)
        assert not app.turn.keeps(events.Key("a", "a"))


async def test_keys_behind_what_is_refused_go_on_from_where_the_refusal_leaves_the_cursor(
    desk: Desk, clock: MovingClock
) -> None:
    made = evening(desk, clock)
    walk = made.walk()
    walk.join()
    walk.feel_fit()
    walk.tidy()
    lost = walk.sheet.items[0]
    count(desk, walk.incoming.person, walk.id, [Counted(lost.item_id, lost.expected - 1)])
    walk.count()
    async with opened(desk, "handover", made.staff.night_man, made.staff.clerk) as (app, pilot):
        await until(app, pilot, "[物品]")
        burst(app, "ctrl+s", "ctrl+s", *"abc", "tab", *"def", "tab", *"ghi")
        await until_idle(app, pilot)
        typed = [app.screen.query_one(f"#explain-{name}", Line) for name in ("what", "why")]
        assert [one.value for one in typed] == ["abc", "def"]
