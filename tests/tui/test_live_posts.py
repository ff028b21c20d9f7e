"""The live shift of a site with several posts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from desk_console.foundation.catalogue import Catalogue
from desk_console.foundation.clock import MovingClock
from desk_console.shift.arrivals import sign_on
from desk_console.shift.board import Board
from desk_console.shift.due import DueView
from desk_console.tui.screens.live_rows import due_rows
from desk_console.tui.widgets.table import Toned
from tests.conftest import DeskMaker
from tests.handover.walk import furnish, proven
from tests.relief import relieve
from tests.staff import hire
from tests.tui.call_site import at_desk, seen, settle


def test_1_12_a_long_task_is_cut_before_its_clause_not_within_it() -> None:
    at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    task = DueView("task", "擦地" * 50, "Mop " * 50, at, "1.12", "staff")
    (row,) = due_rows(Board((), (task,), ()), at, Catalogue("en"), is_masked=False)
    said = row.cells[1]
    assert isinstance(said, Toned) and said.tail == " (clause 1.12)" and not said.kept


async def test_1_1_what_is_said_of_one_of_several_posts_names_it(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    desk = make_desk("store-weekly")
    boss = hire(desk, "1001", "郑国强", "manager")
    furnish(desk, boss)
    codes, holders = [post.code for post in desk.duty.posts()], []
    for number, post in enumerate(codes):
        early = proven(desk, hire(desk, f"31{number}", f"早{number}", post, by=boss))
        holders.append(early)
        sign_on(desk, early, post_code=post)
    late = proven(desk, hire(desk, "320", "晚0", codes[0], by=boss))
    clock.advance(timedelta(hours=6))
    sign_on(desk, late, post_code=codes[0], plan_code="close")
    relieve(desk, holders[0], late)
    async with at_desk(desk, boss.person) as (app, pilot):
        await settle(app, pilot)
        screen = seen(app)
    assert "值班主管：按班次当班" in screen and "值班员工：按班次当班" in screen
    assert "值班主管：按清洁标准检查卫生（第 1.12 条）" in screen
    assert "值班经理接班" in screen and "值班主管接班" in screen
    assert "上岗自查：早0" not in screen, "who has handed over answers no start of the shift"
    assert "上岗自查：早1" in screen
    async with at_desk(desk, boss.person, language="en", size=(140, 40)) as (app, pilot):
        await settle(app, pilot)
        shown = [line.rstrip() for line in seen(app).splitlines()]
    head = [line for line in shown if "by the shift plan since" in line]
    for name, line in zip(("晚0", "早1", "早2"), head, strict=True):
        assert name in line, "each beside its own post"
        assert line.endswith("早0") == (name == "晚0")
