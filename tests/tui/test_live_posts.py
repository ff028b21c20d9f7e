"""The live shift of a site with several posts."""

from __future__ import annotations

from datetime import timedelta

from desk_console.foundation.clock import MovingClock
from desk_console.shift.arrivals import sign_on
from tests.conftest import DeskMaker
from tests.handover.walk import furnish, proven
from tests.relief import relieve
from tests.staff import hire
from tests.tui.call_site import at_desk, seen, settle


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
