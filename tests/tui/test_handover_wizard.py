"""The wizard on the screen: said again, abnormal, released, taken back, relief at midnight."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from textual.pilot import Pilot

from desk_console.foundation.clock import MovingClock
from desk_console.handover import views
from desk_console.handover.closing import sign_off
from desk_console.handover.records import HandoverKind
from desk_console.handover.releasing import release
from desk_console.handover.signed import as_signed
from desk_console.log.records import Category
from desk_console.matters.acts import OpenMatter, close
from desk_console.matters.records import Importance
from desk_console.people.pins import choose_pin, prove
from desk_console.rulebook.desk import Desk
from desk_console.shift import tenures
from desk_console.shift.arrivals import sign_on
from desk_console.tui.app import DeskApp
from desk_console.tui.widgets.choice import Choice
from tests.conftest import DeskMaker
from tests.handover.walk import PIN as OWN
from tests.handover.walk import Walk, call, furnish, proven
from tests.staff import Shown, hire, qualify
from tests.tui.call_site import settle
from tests.tui.handover_site import Evening, evening, focused, opened, type_in, until
from tests.tui.live_site import PIN


@pytest.fixture
def site(desk: Desk, clock: MovingClock) -> Evening:
    """Ten past five, two repairs open, one of them important."""
    made = evening(desk, clock)
    clerk = made.staff.clerk.person
    call(desk, clerk, "水管爆裂", opened=OpenMatter(importance=Importance.IMPORTANT))
    call(desk, clerk, "灯不亮", category=Category.ENQUIRY, opened=OpenMatter())
    return made


@asynccontextmanager
async def wizard(site: Evening, *more: Shown) -> AsyncIterator[tuple[DeskApp, Pilot[Any]]]:
    """Both at one console, the wizard open."""
    staff = site.staff
    async with opened(site.desk, "handover", staff.night_man, *more, staff.clerk) as (app, pilot):
        await until(app, pilot, "王晓燕 → ")
        yield app, pilot


async def fill(app: DeskApp, pilot: Pilot[Any], *fields: str) -> None:
    """One field after the other."""
    for number, words in enumerate(fields):
        if number:
            await pilot.press("tab")
        await type_in(app, pilot, words)


def holder(desk: Desk, post: str = "desk") -> int | None:
    with desk.reading() as session:
        tenure = tenures.open_tenure(session, post)
        return tenure.person_id if tenure else None


async def test_9_11_9_12_9_15_9_17_said_again_abnormal_released_and_a_matter_closed_elsewhere(
    site: Evening, make_desk: DeskMaker
) -> None:
    other = make_desk(also=("management-office",))
    walk = site.walk()
    walk.join()
    walk.tidy()
    walk.count()
    walk.read()
    lamp = walk.sheet.matters[-1].matter_id
    async with wizard(site, site.staff.supervisor) as (app, pilot):
        await until(app, pilot, "[待办]", "交班说明", "（第 9.15 条）")
        await pilot.press("ctrl+s")
        await until(app, pilot, "说明待办（第 9.15、6.9 条）", "水管爆裂")
        await pilot.press("ctrl+s")
        await until(app, pilot, "依据第 9.15 条")
        await fill(app, pilot, "已关阀", "换管")
        await pilot.press("ctrl+s")
        await until(app, pilot, "依据第 6.9 条")
        await type_in(app, pilot, "配件未到")
        await pilot.press("ctrl+s")
        await until(app, pilot, "[待办]", "接班复述")

        await pilot.press("home", "ctrl+s")
        await until(app, pilot, "接收待办（第 9.11 条）")
        await pilot.press("ctrl+s")
        await until(app, pilot, "依据第 9.11 条")
        await type_in(app, pilot, "我再问问")
        await pilot.press("ctrl+s")
        await until(app, pilot, "交班确认")
        await pilot.press("home", "ctrl+s")
        await until(app, pilot, "听复述（第 9.11 条）", "我再问问")
        await pilot.press("2", "ctrl+s")
        await until(app, pilot, "[待办]", "接班复述")
        assert walk.sheet.matters[0].said_again == 1

        await settle(app, pilot)
        await pilot.press("home", "ctrl+s")
        await until(app, pilot, "接收待办（第 9.11 条）", "已再交代一遍")
        await pilot.press("escape")
        await until(app, pilot, "[待办]")
        await pilot.press("down", "ctrl+s")
        await until(app, pilot, "说明待办", "灯不亮")
        close(other, site.staff.clerk.person, lamp, 1, result="换了灯泡", answered="已告知")
        await fill(app, pilot, "等人", "再看", "没空")
        await pilot.press("ctrl+s")
        await until(app, pilot, "刚在别处办结")
        await pilot.press("escape")
        await until(app, pilot, "[待办]")
        assert "灯不亮" not in await until(app, pilot, "水管爆裂", "接班复述")

        walk.read()
        walk.acknowledge()
        walk.accept()
        app.spread()
        await until(app, pilot, "[区域]", "（第 9.12 条）")
        await focused(app, pilot, Choice)
        await pilot.press("2")
        await until(app, pilot, "写明情况（第 9.12 条）", "大堂、门禁")
        await pilot.press("f12")
        await until(app, pilot, "Say what is wrong (clause 9.12)", "│ Lobby and doors")
        await pilot.press("f12")
        await until(app, pilot, "写明情况（第 9.12 条）")
        await pilot.press("ctrl+s")
        await until(app, pilot, "请写明情况", "依据第 9.12 条")
        await type_in(app, pilot, "门关不上")
        await pilot.press("ctrl+s")
        await until(app, pilot, "异常，等交班人说明")
        await pilot.press("ctrl+s")
        await until(app, pilot, "有 1 处异常，由交班人说明。（第 9.12 条）")
        await pilot.press("ctrl+s")
        await until(app, pilot, "说明异常（第 9.12 条）", "大堂、门禁  门关不上")
        await type_in(app, pilot, "闭门器坏了，已报修")
        await pilot.press("ctrl+s")

        await until(app, pilot, "[重要]", "不能交接（第 9.17 条）", "未放行")
        await pilot.press("ctrl+s")
        await until(app, pilot, "主管放行（第 9.17 条）")
        await pilot.press("ctrl+s")
        await until(app, pilot, "请选主管")
        await type_in(app, pilot, "1001")
        await until(app, pilot, "> 周静怡")
        await pilot.press("enter", "tab")
        await type_in(app, pilot, "3001")
        await until(app, pilot, "> 孙建军")
        await pilot.press("enter")
        await type_in(app, pilot, PIN)
        await pilot.press("enter")
        await until(app, pilot, "放行请写明原因", "依据第 9.17 条")
        assert not walk.sheet.releases


async def test_9_13_relief_at_midnight_called_off_taken_back_and_signed_with_ones_own_pin(
    site: Evening, clock: MovingClock
) -> None:
    desk, staff = site.desk, site.staff
    qualify(desk, staff.other_night_man, staff.supervisor)
    choose_pin(desk, staff.other_night_man.person.id, "91827364")
    day = site.walk()
    day.through()
    heir = staff.other_night_man.person.id
    for point in day.sheet.matters:
        if point.is_blocking:
            boss = site.proof(staff.supervisor)
            release(desk, boss, day.id, point.matter_id, reason="等配件", new_owner_id=heir)
    day.acknowledge()
    day.accept()
    day.sign_outgoing()
    day.sign_incoming()
    sign_off(desk, site.proof(staff.clerk))
    clock.advance(timedelta(hours=6, minutes=44))
    sign_on(desk, staff.other_night_man)
    seats = (staff.other_night_man, staff.night_man)
    async with opened(desk, "handover", *seats) as (app, pilot):
        await until(app, pilot, "开始交接（第 9.13 条）", "班中换人", "测试中心  当班")
        await pilot.press("2", "ctrl+s")
        await until(app, pilot, "请写明", "依据第 9.13 条")
        await type_in(app, pilot, "发烧")
        await pilot.press("ctrl+s")
        shown = await until(app, pilot, "班中换人", "孙建军 → ", "[到场]")
        assert "整理" not in shown and "区域" not in shown

        await pilot.press("ctrl+k")
        await until(app, pilot, "取消交接")
        await pilot.press("1", "ctrl+s")
        await until(app, pilot, "取消交接请写明原因", "依据第 9.13 条")
        await type_in(app, pilot, "退烧了")
        await pilot.press("ctrl+s")
        await until(app, pilot, "交接已取消，岗位不变", "今日记录")
    assert holder(desk) == staff.night_man.person.id

    taker = site.proof(staff.night_man)
    walk = Walk(desk, taker, prove(desk, heir, "91827364"), kind=HandoverKind.SHORT, reason="发烧")
    walk.through()
    for point in walk.sheet.matters:
        if point.is_blocking:
            guard = staff.other_clerk.person.id
            boss = site.proof(staff.supervisor)
            release(desk, boss, walk.id, point.matter_id, reason="等配件", new_owner_id=guard)
    walk.acknowledge()
    walk.accept()
    clock.advance(timedelta(minutes=12))
    async with opened(desk, "handover", *seats) as (app, pilot):
        await until(app, pilot, "[签名]", "夜班 2026-03-02", "请交班人孙建军签名。（第 9.13 条）")
        await pilot.press("ctrl+s")
        await until(app, pilot, "签名（第 9.13 条）", "交班人  孙建军")
        await type_in(app, pilot, "91827364")
        await pilot.press("enter")
        await until(app, pilot, "密码不对")
        await type_in(app, pilot, PIN)
        await pilot.press("enter")
        await until(app, pilot, "请接班人马志刚签名")
        await pilot.press("ctrl+k")
        await until(app, pilot, "撤回签名")
        await pilot.press("2", "ctrl+s")
        await until(app, pilot, "签名已撤回", "请交班人孙建军签名")
        await pilot.press("ctrl+s")
        await until(app, pilot, "交班人  孙建军")
        await type_in(app, pilot, PIN)
        await pilot.press("enter")
        await until(app, pilot, "请接班人马志刚签名")
        await pilot.press("ctrl+s")
        await until(app, pilot, "接班人  马志刚")
        await type_in(app, pilot, "91827364")
        await pilot.press("enter")
        await until(app, pilot, "交接完成", "回执码")
    assert holder(desk) == staff.other_night_man.person.id
    with desk.reading() as session:
        kept = as_signed(session, walk.id)
    assert str(kept.sheet.day) == "2026-03-02"
    assert [one.holds for one in kept.versions] == [False, True]


async def test_9_16_a_supervisor_acts_for_an_absent_person_to_the_receipt(
    site: Evening,
) -> None:
    desk, staff = site.desk, site.staff
    boss = site.proof(staff.supervisor)
    sign_on(desk, boss)
    site.clock.advance(timedelta(minutes=11))
    other = hire(desk, "1009", "何主管", "supervisor", by=staff.supervisor)
    walk = Walk(
        desk,
        boss,
        site.proof(staff.night_man),
        kind=HandoverKind.ACTING,
        reason="王晓燕突然生病",
    )
    walk.through()
    for point in walk.sheet.matters:
        if point.is_blocking:
            release(
                desk,
                proven(desk, other),
                walk.id,
                point.matter_id,
                reason="等配件",
                new_owner_id=staff.night_man.person.id,
            )
    walk.acknowledge()
    walk.accept()
    async with opened(desk, "handover", staff.night_man, staff.supervisor) as (app, pilot):
        await until(app, pilot, "主管代交", "[签名]", "请主管周静怡（代王晓燕）签名")
        await pilot.press("ctrl+s")
        dialog = "代交：交班人不在场，本人以主管身份代为交班"
        await until(app, pilot, dialog, "主管  周静怡（代王晓燕）")
        await type_in(app, pilot, PIN)
        await pilot.press("enter")
        await until(app, pilot, "请接班人孙建军签名")
        await pilot.press("ctrl+s")
        await until(app, pilot, "接班人  孙建军")
        await type_in(app, pilot, PIN)
        await pilot.press("enter")
        await until(app, pilot, "交接完成", "回执码")
    with desk.reading() as session:
        kept = as_signed(session, walk.id)
    assert kept.sheet.acting is not None
    assert (kept.sheet.acting.name, kept.sheet.acting.role) == ("周静怡", "supervisor")
    assert holder(desk) == staff.night_man.person.id


async def test_1_1_1_13_the_three_posts_of_a_store_are_handed_over_one_by_one_on_the_screen(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    desk = make_desk("store-weekly")
    posts = [post.code for post in desk.duty.posts()]
    boss = hire(desk, "1001", "郑国强", "manager")
    furnish(desk, boss)
    shifts = []
    for number, post in enumerate(posts):
        early = hire(desk, f"31{number}", f"早{number}", post, by=boss)
        late = hire(desk, f"32{number}", f"晚{number}", post, by=boss)
        shifts.append((proven(desk, early), proven(desk, late)))
        sign_on(desk, shifts[-1][0], post_code=post)
    clock.advance(timedelta(hours=6))
    async with opened(desk, "") as (app, pilot):
        for number, (post, (giver, taker)) in enumerate(zip(posts, shifts, strict=True)):
            sign_on(desk, taker, post_code=post, plan_code="close")
            app.seat.take(taker.person)
            app.seat.take(giver.person)
            app.spread()
            await app.run_action("open('handover')")
            named = app.catalogue.text(desk.duty.posts()[number].name_key)
            await until(app, pilot, f"{named} 开店班", f"早{number} → ", "[到场]")
            await pilot.press("ctrl+s")
            await until(app, pilot, f"现在轮到接班人晚{number}")
            await type_in(app, pilot, OWN)
            await pilot.press("enter")
            if not number:
                await until(app, pilot, "[物品]", "（第 1.13 条）")
                await type_in(app, pilot, "123")
            await until(app, pilot, "[签名]", f"请交班人早{number}签名")
            for side, name in (("交班人", f"早{number}"), ("接班人", f"晚{number}")):
                await pilot.press("ctrl+s")
                shown = await until(app, pilot, f"{side}  {name}", f"{side[:2]}：")
                assert ("物品、记录" in shown) == (side == "交班人" and not number), (
                    "what was counted"
                )
                await type_in(app, pilot, OWN)
                await pilot.press("enter")
            await until(app, pilot, "交接完成", f"晚{number}（{named}）从现在起当班")
            await pilot.press("enter")
            await until(app, pilot, "今日记录")
            assert holder(desk, post) == taker.person.id
            app.seat.leave(giver.person.id)
            app.seat.leave(taker.person.id)
    with desk.reading() as session:
        assert views.under_way(session, posts[0]) is None


async def test_9_11_3_4_who_comes_back_after_an_absence_reads_the_shifts_missed_first(
    desk: Desk, clock: MovingClock
) -> None:
    site = evening(desk, clock)
    staff = site.staff
    for giver, taker, hours in (
        (staff.clerk, staff.night_man, 0),
        (staff.night_man, staff.other_clerk, 15.5),
        (staff.other_clerk, staff.night_man, 8.5),
    ):
        clock.advance(timedelta(hours=hours))
        if hours:
            sign_on(desk, taker)
        Walk(desk, site.proof(giver), site.proof(taker), reason="换班").whole()
        sign_off(desk, site.proof(giver))
    clock.advance(timedelta(hours=15.5))
    sign_on(desk, staff.clerk)
    async with opened(desk, "handover", staff.clerk, staff.night_man) as (app, pilot):
        await until(app, pilot, "孙建军 → ", "[到场]", "由王晓燕接班")
        await pilot.press("ctrl+s")
        await until(
            app, pilot, "王晓燕上次当班之后有 2 个班没有看到", "（第 9.11 条）", "孙建军 → 李思敏"
        )
        await settle(app, pilot)
        await pilot.press("enter")
        await until(app, pilot, "签名已逐个核对：全部有效")
        await pilot.press("escape")
        await until(app, pilot, "没有看到")
        await pilot.press("ctrl+s")
        await until(app, pilot, "[整理]")
