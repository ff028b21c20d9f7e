"""A new site: what is to be set up first is said with its keys, and nothing that was due before
the site began is held against anybody.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from desk_console.beginnings import first_steps
from desk_console.foundation.clock import MovingClock
from desk_console.log.resident_files import add_resident
from desk_console.log.residents import ResidentForm
from desk_console.people.pins import choose_pin
from desk_console.rulebook.desk import Desk
from desk_console.shift import checks, tasks
from desk_console.shift.arrivals import sign_on
from desk_console.shift.board import board
from desk_console.shift.items import ItemForm, add_item
from desk_console.tui.screens.setup import SetupScreen
from desk_console.tui.widgets.shared import shares
from desk_console.tui.widgets.table import Listing
from tests.conftest import DeskMaker
from tests.staff import Shown, hire, hire_all, qualify
from tests.tui.call_site import at_desk, seen, settle
from tests.tui.live_site import PIN, staffed


@pytest.mark.parametrize(
    ("room", "wants", "given"),
    [
        (16, [1, 20, 20], [1, 7, 8]),  # both lists need more: they get alike
        (16, [0, 2, 30], [0, 2, 14]),  # few matters: the log gets the rest
        (16, [0, 30, 2], [0, 14, 2]),  # and the reverse
        (16, [3, 4, 5], [3, 4, 5]),  # all fits: nobody is given more than it needs
        (5, [9, 9, 9], [1, 2, 2]),
        (0, [3, 3], [0, 0]),
    ],
)
def test_lists_have_equal_room_and_what_one_leaves_the_others_have(
    room: int, wants: list[int], given: list[int]
) -> None:
    assert shares(room, wants) == given


@pytest.fixture
def founded(desk: Desk, clock: MovingClock) -> Shown:
    """A site set up at 11:48, with nobody but its supervisor."""
    clock.advance(timedelta(hours=3, minutes=3))
    chief = hire(desk, "1001", "周静怡", "supervisor")
    with desk.transaction() as work:
        checks.seed(work, desk.duty)
        tasks.seed(work, desk.duty)
    choose_pin(desk, chief.person.id, PIN)
    return chief


async def test_a_new_site_says_what_to_set_up_first_until_it_is_done(
    desk: Desk, founded: Shown
) -> None:
    chief = founded.person
    async with at_desk(desk, chief) as (app, pilot):
        sign_on(desk, founded)
        app.spread()
        await settle(app, pilot)
        shown = seen(app)
        assert "先设好这几样" in shown and "还没有人上过岗" in shown
        assert all(words in shown for words in ("F9 1", "F9 4", "F9 2", "F5"))
        assert "检查清单" not in shown  # the regulation brought its own
        assert "注意" not in shown and "无人" not in shown
        first = app.screen.query_one("#live-first", Listing)
        first.focus()
        first.go_to("residents")
        await pilot.press("enter")
        await settle(app, pilot)
        assert isinstance(app.screen, SetupScreen) and "[2 住户]" in seen(app)
        await pilot.press("f3")
        add_resident(desk, chief, ResidentForm(building="3", room="1502", name="周敏"))
        add_item(desk, chief.id, ItemForm(code="keys", name="大堂钥匙", unit="把", opening=2))
        app.spread()
        await settle(app, pilot)
        shown = seen(app)
        assert "F9 2" not in shown and "F9 4" not in shown and "F9 1" in shown
        await pilot.press("f12")
        await settle(app, pilot)
        assert "To set up first" in seen(app)


async def test_what_was_filled_while_it_was_hidden_is_shown_whole(
    desk: Desk, clock: MovingClock
) -> None:
    staff = staffed(desk)
    clock.advance(timedelta(minutes=15))
    async with at_desk(desk, None) as (app, pilot):
        for seated in (staff.clerk.person, staff.supervisor.person):  # hidden, and shown again
            app.seat.take(seated)
            app.spread()
            await settle(app, pilot)
        assert "名单可从 CSV 导入；登记来电时输房号就能找到人" in seen(app)


async def test_what_was_before_the_site_s_first_day_is_no_gap_and_was_not_to_be_published(
    desk: Desk, founded: Shown
) -> None:
    async with at_desk(desk, founded.person) as (app, pilot):
        await pilot.press("f5")
        await settle(app, pilot)
        shown = seen(app)
        assert "未公布，2026-03-02 启用，请尽快公布（第 9.1 条）" in shown
        assert "90 个空档" in shown  # from the 2nd on, each day, noon and night
        await pilot.press("pageup")
        await settle(app, pilot)
        shown = seen(app)
        assert "2026-03-02 启用之前的月份" in shown and "空档 0" in shown


def test_a_fortnight_later_nobody_is_told_what_to_set_up(
    desk: Desk, founded: Shown, clock: MovingClock
) -> None:
    with desk.reading() as session:
        assert first_steps(session, desk, clock.now()) == (
            "people",
            "items",
            "residents",
            "roster",
        )
        later = clock.now() + timedelta(days=15)
        assert first_steps(session, desk, later) == ()


def test_9_9_6_8_nobody_is_late_for_a_time_before_the_site_began(
    desk: Desk, founded: Shown, clock: MovingClock
) -> None:
    clerk = hire(desk, "2001", "王晓燕", "clerk", by=founded)
    qualify(desk, clerk, founded)
    sign_on(desk, founded)
    with desk.reading() as session:
        assert board(session, desk, clock.now()).alarms == ()
    clock.advance(timedelta(minutes=12))
    signed = sign_on(desk, clerk)
    assert signed.holds_post and signed.late_minutes == 0 and signed.expected_at is None


def test_9_9_from_the_next_shift_on_late_is_late(make_desk: DeskMaker, clock: MovingClock) -> None:
    desk = make_desk("property-24h")
    staff = hire_all(desk)
    clock.advance(timedelta(days=1, minutes=10))
    qualify(desk, staff.clerk, staff.supervisor)
    assert sign_on(desk, staff.clerk).late_minutes == 10
