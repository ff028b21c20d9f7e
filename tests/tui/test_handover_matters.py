"""The matters in the wizard: found again by number and unit, as urgent as they were told last, and
said back without the words in view."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from desk_console.foundation.catalogue import Catalogue
from desk_console.foundation.clock import MovingClock
from desk_console.handover import telling
from desk_console.handover.closing import sign_off
from desk_console.handover.comparing import differences
from desk_console.handover.records import HandoverVersion, Severity
from desk_console.handover.signed import as_signed
from desk_console.handover.telling import Statement
from desk_console.rulebook.desk import Desk
from desk_console.shift.arrivals import sign_on
from desk_console.tui.screens.handover.sheet_lines import sheet_lines
from tests.handover.walk import Walk, call
from tests.tui.handover_site import Evening, evening, opened, type_in, until

UNIT = "3-2-1502"


@pytest.fixture
def site(desk: Desk, clock: MovingClock) -> Evening:
    """Ten past five, a repair open in a flat."""
    made = evening(desk, clock)
    call(desk, made.staff.clerk.person, unit_text=UNIT)
    return made


def told(walk: Walk, severity: Severity) -> None:
    """The matter told as that."""
    point = walk.sheet.matters[0]
    said = Statement(severity, "已关总阀", "等师傅来换管", "没有配件")
    telling.state(walk.desk, walk.outgoing.person, walk.id, point.matter_id, said)


def up_to_matters(walk: Walk) -> None:
    """All steps before."""
    walk.join()
    walk.feel_fit()
    walk.tidy()
    walk.count()
    walk.summarise()
    walk.read()


async def test_9_11_a_matter_has_its_number_and_its_unit_which_stays_outside_what_is_signed(
    site: Evening,
) -> None:
    walk = site.walk()
    up_to_matters(walk)
    number = walk.sheet.matters[0].number
    async with opened(site.desk, "handover", site.staff.night_man, site.staff.clerk) as (
        app,
        pilot,
    ):
        await until(app, pilot, "[待办]", number, UNIT, "厨房漏水")
        told(walk, Severity.NORMAL)
        walk.acknowledge()
        walk.look()
        app.spread()
        await until(app, pilot, "[签名]")
        await pilot.press("end")
        await until(app, pilot, f"{number}  {UNIT}  厨房漏水")
        walk.sign_outgoing()
        walk.sign_incoming()
        with site.desk.reading() as session:
            kept = as_signed(session, walk.id)
            versions = [one.content for one in session.exec(select(HandoverVersion))]
        assert any(
            f"{number}  {UNIT}  厨房漏水" in one for one in sheet_lines(kept.sheet, app.catalogue)
        )
    assert versions and all(number in one and UNIT not in one for one in versions)


async def test_9_11_a_matter_stands_there_as_urgent_as_it_was_told_last(
    site: Evening, clock: MovingClock
) -> None:
    first = site.walk()
    up_to_matters(first)
    told(first, Severity.URGENT)
    first.acknowledge()
    first.accept()
    first.look()
    first.sign_outgoing()
    first.sign_incoming()
    sign_off(site.desk, site.proof(site.staff.clerk))
    clock.advance(timedelta(hours=15, minutes=20))
    sign_on(site.desk, site.staff.other_clerk)
    morning = Walk(site.desk, site.proof(site.staff.night_man), site.proof(site.staff.other_clerk))
    up_to_matters(morning)
    seats = (site.staff.other_clerk, site.staff.night_man)
    async with opened(site.desk, "handover", *seats) as (app, pilot):
        shown = await until(app, pilot, "[待办]", "厨房漏水", "交班说明")
        row = next(line for line in shown.splitlines() if "厨房漏水" in line)
        assert row.split()[0] == "紧急"


async def test_9_11_the_read_back_is_written_without_the_next_step_in_view(site: Evening) -> None:
    walk = site.walk()
    up_to_matters(walk)
    told(walk, Severity.URGENT)
    async with opened(site.desk, "handover", site.staff.night_man, site.staff.clerk) as (
        app,
        pilot,
    ):
        await until(app, pilot, "[待办]", "接班复述")
        await pilot.press("ctrl+s")
        await until(app, pilot, "接收待办", "等师傅来换管")
        await type_in(app, pilot, "我守着阀门")
        shown = await until(app, pilot, "已关总阀", "我守着阀门", "已合上")
        assert "等师傅来换管" not in shown
        await pilot.press("ctrl+k")
        await until(app, pilot, "等师傅来换管", "我守着阀门")
        await type_in(app, pilot, "，他来了就换")
        assert "等师傅来换管" not in await until(app, pilot, "他来了就换", "已合上")
        await pilot.press("ctrl+s")
        await until(app, pilot, "[待办]", "交班确认")
        await pilot.press("ctrl+s")
        await until(app, pilot, "听复述", "等师傅来换管", "我守着阀门，他来了就换")


async def test_pgdn_for_a_step_that_came_by_itself_stays_there(site: Evening) -> None:
    walk = site.walk()
    walk.join()
    async with opened(site.desk, "handover", site.staff.night_man, site.staff.clerk) as (
        app,
        pilot,
    ):
        await until(app, pilot, "[整理]")
        await pilot.press("ctrl+s")
        await until(app, pilot, "[物品]")
        await pilot.press("pagedown")
        await until(app, pilot, "[物品]", "已经自动到了“物品”")
        await pilot.press("pagedown")
        await until(app, pilot, "[记录]")


async def test_9_15_an_owner_who_was_named_is_never_dropped_unsaid(site: Evening) -> None:
    walk = site.walk()
    up_to_matters(walk)
    async with opened(site.desk, "handover", site.staff.night_man, site.staff.clerk) as (
        app,
        pilot,
    ):
        await until(app, pilot, "[待办]", "交班说明")
        await pilot.press("ctrl+s")
        await until(app, pilot, "说明待办")
        for said in ("已关总阀", "等师傅来换管", "没有配件"):
            await type_in(app, pilot, said)
            await pilot.press("tab")
        await pilot.press("tab", "tab")
        await type_in(app, pilot, "9999")
        await until(app, pilot, "没有找到")
        await pilot.press("ctrl+s")
        await until(app, pilot, "请先选姓名")
        assert walk.sheet.matters[0].severity is None

        await pilot.press(*["backspace"] * 4)
        await type_in(app, pilot, site.staff.guard.person.staff_no)
        await until(app, pilot, f"> {site.staff.guard.person.name}")
        await pilot.press("ctrl+s")
        await until(app, pilot, "接班阅知")
    owner = walk.sheet.matters[0].new_owner
    assert owner is not None and owner.id == site.staff.guard.person.id


def test_9_11_what_is_new_since_the_handover_before_has_its_number_and_its_unit(
    site: Evening,
) -> None:
    walk = site.walk()
    before = walk.sheet
    call(site.desk, site.staff.clerk.person, unit_text="5-1-101")
    (new,) = differences(before, walk.sheet)
    (gone,) = differences(walk.sheet, before)
    number = walk.sheet.matters[-1].number
    assert number and "5-1-101" in Catalogue("zh").text(new)
    assert number in Catalogue("en").text(new) and number in Catalogue("en").text(gone)
