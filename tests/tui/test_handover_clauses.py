"""The wizard names the clause of the site's own regulation where it asks, refuses and ends."""

from __future__ import annotations

from datetime import timedelta

from desk_console.foundation.clock import MovingClock
from desk_console.log.departments import DepartmentForm, add_department
from desk_console.log.records import Category
from desk_console.matters.acts import OpenMatter
from desk_console.people.pins import Proof
from desk_console.rulebook.desk import Desk
from desk_console.shift.arrivals import sign_on
from desk_console.tui.widgets.choice import Choice
from tests.conftest import DeskMaker
from tests.handover.test_presets import people
from tests.handover.walk import PIN, Walk, call, open_post
from tests.staff import Shown, hire
from tests.tui.call_site import settle
from tests.tui.handover_site import opened, type_in, until


def shift_end(desk: Desk, clock: MovingClock, *roles: str, hours: float) -> tuple[Proof, Proof]:
    """A shift near its end, somebody there to take it over."""
    giver, taker = people(desk, *(roles or ("clerk",)))
    sign_on(desk, giver)
    clock.advance(timedelta(hours=hours))
    sign_on(desk, taker)
    return giver, taker


async def test_2_9_and_2_12_the_record_and_the_items_under_the_company_s_rules(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    desk = make_desk("company-24h")
    giver, taker = shift_end(desk, clock, hours=7.5)
    call(desk, giver.person)
    walk = Walk(desk, giver, taker, reason="试")
    walk.join()
    walk.tidy()
    async with opened(desk, "handover", taker, giver) as (app, pilot):
        await until(app, pilot, "[物品]", "件物品没有清点", "（第 2.12 条）")
        await settle(app, pilot)
        await type_in(app, pilot, "121")
        await pilot.press("enter")
        await until(app, pilot, "钥匙2数量或状况不符", "（第 2.12 条）", "待说明")
        await pilot.press("ctrl+s")
        await until(app, pilot, "说明差异（第 2.12 条）")
        await pilot.press("escape")
        await pilot.press("pagedown")
        await until(app, pilot, "[记录]", "第 2.9 条")


async def test_3_4_what_was_done_is_read_by_who_takes_over(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    desk = make_desk("cs-monthly")
    giver, taker = shift_end(desk, clock, hours=7.5)
    call(desk, giver.person)
    walk = Walk(desk, giver, taker, reason="试")
    walk.join()
    walk.summarise()
    async with opened(desk, "handover", taker, giver) as (app, pilot):
        await until(app, pilot, "[记录]", "1 条记录没有看", "（第 3.4 条）")


async def test_3_10_the_shift_s_report_waits_for_the_manager(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    desk = make_desk("cs-monthly")
    giver, taker = shift_end(desk, clock, hours=7.5)
    Walk(desk, giver, taker, reason="试").whole()
    manager = hire(desk, "1002", "何经理", "manager", by=Shown(giver.person))
    async with opened(desk, "", manager) as (app, pilot):
        await until(app, pilot, "3.10")
        app.screen.query_one("#live-due _Table").focus()
        await pilot.press("home", "enter")
        await until(app, pilot, "交班报告（第 3.10 条）", "看过后按 Ctrl+S")


async def test_6_7_a_night_s_leftover_is_turned_where_the_clause_stands(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    desk = make_desk("property-24h")
    giver, taker = people(desk, "clerk", "maintenance")
    department = DepartmentForm(code="maintenance", zh="维修部", en="Maintenance")
    add_department(desk, giver.person, department)
    clock.advance(timedelta(hours=8, minutes=30))
    sign_on(desk, giver)
    clock.advance(timedelta(hours=6))
    call(desk, giver.person, "客厅插座没有电", category=Category.REPAIR, opened=OpenMatter())
    clock.advance(timedelta(hours=9, minutes=30))
    sign_on(desk, taker)
    walk = Walk(desk, giver, taker)
    walk.join()
    walk.read()
    walk.state()
    async with opened(desk, "handover", giver, taker) as (app, pilot):
        await until(app, pilot, "[待办]", "转单", "第 6.7 条")
        await pilot.press("ctrl+s")
        await until(app, pilot, "夜间遗留转单（第 6.7 条）", "维修部")
        app.screen.query_one("#convert-told").focus()
        app.screen.query_one("#convert-department", Choice).value = None
        await pilot.press("ctrl+s")
        await until(app, pilot, "请选通知的部门", "依据第 6.7 条")
        assert app.focused is not None and app.focused.id == "convert-department"


async def test_6_10_the_arrival_and_the_lead_under_the_estate_s_rules(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    desk = make_desk("property-24h")
    giver, taker = shift_end(desk, clock, "clerk", "maintenance", hours=8.4)
    async with opened(desk, "handover", giver, taker) as (app, pilot):
        await until(app, pilot, "[到场]", "已签到，还没有接班", "（第 6.10 条）")
        await pilot.press("ctrl+s")
        await until(app, pilot, "到场 完")
        await pilot.press(*["pageup"] * 8)
        await until(app, pilot, "17:15 前到", "（第 6.10 条）")


async def test_7_13_the_shift_is_summed_up_in_own_words(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    desk = make_desk("courier")
    giver, taker = shift_end(desk, clock, hours=7.5)
    open_post(desk, giver.person)
    walk = Walk(desk, giver, taker, reason="试")
    walk.join()
    walk.feel_fit()
    walk.tidy()
    async with opened(desk, "handover", taker, giver) as (app, pilot):
        await until(app, pilot, "[记录]", "本班小结", "（第 7.13 条）")


async def test_9_9_9_10_9_14_9_16_from_the_arrival_to_going_home(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    desk = make_desk("management-office")
    giver, taker = shift_end(desk, clock, hours=7.6)
    async with opened(desk, "handover", giver, taker) as (app, pilot):
        await until(app, pilot, "[到场]", "已签到，还没有接班", "（第 9.9 条）")
        await pilot.press("ctrl+s")
        await until(app, pilot, "[整理]", "桌椅干净（第 9.14 条）", "由交班人确认。（第 9.14 条）")
        await pilot.press("ctrl+s")
        await until(app, pilot, "[物品]", "3 件物品没有清点。（第 9.10 条）")
        await pilot.press("f3", "ctrl+o")
        app.seat.take(giver.person)
        await pilot.press("ctrl+o")
        await until(app, pilot, "离岗签退", "早退原因")
        await type_in(app, pilot, "有事")
        await pilot.press("enter")
        await type_in(app, pilot, PIN)
        await pilot.press("enter")
        await until(app, pilot, "依据第 9.16 条")
        await pilot.press("escape")
        walk = Walk(desk, giver, taker)
        walk.through()
        walk.sign_outgoing()
        await app.run_action("open('handover')")
        await until(app, pilot, "[签名]", "请接班人李思敏签名")
        await pilot.press("ctrl+s")
        await until(app, pilot, "接班人  李思敏")
        await type_in(app, pilot, PIN)
        await pilot.press("enter")
        await until(app, pilot, "交接完成", "可以签退了", "第 9.16 条")


async def test_7_9_opening_checks_that_were_never_answered_are_made_up_for_in_the_wizard(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    desk = make_desk("courier")
    giver, taker = shift_end(desk, clock, hours=7.5)
    walk = Walk(desk, giver, taker, reason="试")
    walk.join()
    walk.feel_fit()
    async with opened(desk, "handover", taker, giver) as (app, pilot):
        await until(app, pilot, "[到场]", "补做开班检查", "第 7.9 条")
        await pilot.press("ctrl+s")
        await until(app, pilot, "逐项选择")
        open_post(desk, giver.person)
        await pilot.press("escape")
        await until(app, pilot, "到场 完")
        assert "opening" not in walk.left()
