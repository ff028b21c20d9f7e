"""Each preset hands over on the screen under its own rules: leads, posts, hours apart."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from desk_console.foundation.clock import MovingClock
from desk_console.handover.closing import sign_off
from desk_console.handover.records import Handover, HandoverStage
from desk_console.rulebook.desk import Desk
from desk_console.shift import tenures
from desk_console.shift.arrivals import sign_on
from tests.conftest import DeskMaker
from tests.handover.test_presets import people
from tests.handover.walk import PIN, call
from tests.tui.handover_site import opened, type_in, until


def holder(desk: Desk, post: str) -> int | None:
    with desk.reading() as session:
        tenure = tenures.open_tenure(session, post)
        return tenure.person_id if tenure else None


@pytest.mark.parametrize(
    ("regulation", "wanted"), [("property-24h", "17:15"), ("management-office", "16:25")]
)
async def test_6_10_9_9_the_wizard_says_by_when_the_next_person_was_wanted(
    make_desk: DeskMaker, clock: MovingClock, regulation: str, wanted: str
) -> None:
    desk = make_desk(regulation)
    giver, taker = people(desk, "clerk", "maintenance")
    sign_on(desk, giver)
    clock.advance(timedelta(hours=8, minutes=20))
    sign_on(desk, taker)
    async with opened(desk, "handover", giver, taker) as (app, pilot):
        await until(app, pilot, "[到场]", "由李思敏接班")
        await pilot.press("ctrl+s")
        await until(app, pilot, "到场 完")
        await pilot.press(*["pageup"] * 8)
        await until(app, pilot, "接班人  李思敏", f"{wanted} 前到")


async def test_a_post_that_closes_is_signed_by_one_and_taken_up_by_the_other_at_opening(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    desk = make_desk("cs-staff")
    giver, taker = people(desk, "clerk")
    sign_on(desk, giver)
    call(desk, giver.person)
    clock.advance(timedelta(hours=9, minutes=16))
    async with opened(desk, "handover", giver) as (app, pilot):
        await until(app, pilot, "打烊交接", "郑国强 → （开班时接）", "[待办]")
        await pilot.press("pageup")
        await until(app, pilot, "[记录 完]", "未读 1 条")
        await pilot.press("ctrl+s")  # who reads it comes at opening
        await until(app, pilot, "[待办]")
        await pilot.press("ctrl+s")
        await until(app, pilot, "说明待办")
        await type_in(app, pilot, "等师傅")
        await pilot.press("tab")
        await type_in(app, pilot, "明早再问")
        await pilot.press("ctrl+s")
        await until(app, pilot, "[签名]", "以下就是要签名的全部内容")
        await pilot.press("ctrl+s")
        await until(app, pilot, "交班人  郑国强")
        await type_in(app, pilot, PIN)
        await pilot.press("enter")
        await until(app, pilot, "郑国强已签名，可以签退了")
    sign_off(desk, giver)
    clock.advance(timedelta(hours=14, minutes=45))
    sign_on(desk, taker)
    async with opened(desk, "handover", taker) as (app, pilot):
        await until(app, pilot, "[到场]", "由李思敏接班")
        await pilot.press("ctrl+s")
        await until(app, pilot, "[记录]", "未读 1 条")
        await pilot.press("ctrl+s")
        await until(app, pilot, "[待办]", "接班阅知")
        await pilot.press("ctrl+s")
        await until(app, pilot, "接收待办")
        await pilot.press("ctrl+s")
        await until(app, pilot, "[签名]")
        await pilot.press("ctrl+s")
        await until(app, pilot, "接班人  李思敏")
        await type_in(app, pilot, PIN)
        await pilot.press("enter")
        await until(app, pilot, "交接完成", "回执码")
    assert holder(desk, "desk") == taker.person.id


async def test_1_1_each_post_of_a_store_is_handed_over_by_itself(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    desk = make_desk("store-weekly")
    posts = [post.code for post in desk.duty.posts()]
    giver, taker = people(desk, posts[1])
    sign_on(desk, giver, post_code=posts[1])
    clock.advance(timedelta(hours=6))
    sign_on(desk, taker, post_code=posts[1], plan_code="close")
    async with opened(desk, "handover", giver, taker) as (app, pilot):
        await until(app, pilot, "郑国强 → ")
    with desk.reading() as session:
        rows = session.exec(select(Handover)).all()
        assert [(one.post_code, one.stage) for one in rows] == [(posts[1], HandoverStage.OPEN)]
