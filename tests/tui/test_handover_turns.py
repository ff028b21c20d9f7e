"""Two people, one keyboard; and no word that is typed into the wizard is lost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select
from textual.pilot import Pilot

from desk_console.foundation.clock import MovingClock
from desk_console.foundation.refusal import Refusal
from desk_console.handover import views
from desk_console.log import drafts
from desk_console.log.records import Draft
from desk_console.rulebook.desk import Desk
from desk_console.tui.app import DeskApp
from tests.handover.walk import call
from tests.tui.call_site import settle
from tests.tui.handover_site import Evening, evening, opened, type_in, until
from tests.tui.live_site import PIN


@pytest.fixture
def site(desk: Desk, clock: MovingClock) -> Evening:
    """Ten past five, a repair open."""
    made = evening(desk, clock)
    call(desk, made.staff.clerk.person)
    return made


def typed(desk: Desk) -> Mapping[str, Any]:
    """What the drafts of the wizard hold, by the fields' ids."""
    with desk.reading() as session:
        rows = session.exec(select(Draft).where(Draft.form == "handover")).all()
        assert drafts.waiting(session) == (), "the call form would offer it"
        return {name: said for row in rows for name, said in row.fields.items()}


async def kept(site: Evening, pilot: Pilot[Any], name: str) -> str:
    """What the draft holds of a field, once it is written."""
    for _ in range(500):
        if said := typed(site.desk).get(name):
            return str(said)
        await pilot.pause(0.02)
    raise AssertionError(f"{name} was never kept")


async def gives_pin(app: DeskApp, pilot: Pilot[Any], pin: str = PIN) -> None:
    """The PIN, and Enter."""
    await type_in(app, pilot, pin)
    await pilot.press("enter")


async def test_9_13_nobody_answers_for_the_other_who_gives_their_pin_once(
    site: Evening, clock: MovingClock
) -> None:
    staff = site.staff
    async with opened(site.desk, "", staff.night_man, staff.clerk) as (app, pilot):
        clock.advance(timedelta(minutes=1))
        await app.run_action("open('handover')")
        await until(app, pilot, "[到场]", "由孙建军接班")
        await pilot.press("ctrl+s")
        await until(app, pilot, "换人操作（第 9.13 条）", "现在轮到接班人孙建军")
        await pilot.press("ctrl+s")
        await until(app, pilot, "请孙建军输入密码")
        await pilot.press("escape")
        await until(app, pilot, "本人输入密码", "依据第 9.13 条")
        await pilot.press("ctrl+s")
        await until(app, pilot, "现在轮到接班人孙建军")
        await gives_pin(app, pilot, "00000000")
        await until(app, pilot, "密码不对")
        await gives_pin(app, pilot)

        await until(app, pilot, "[整理]")
        assert app.seat.writer is not None and app.seat.writer.id == staff.night_man.person.id
        await pilot.press("ctrl+s")  # whoever began it was known from the beginning
        await until(app, pilot, "[物品]")
        assert app.seat.writer.id == staff.clerk.person.id
        await type_in(app, pilot, "423")  # and he was asked once
        await until(app, pilot, "[记录]")
        app.seat.leave(staff.night_man.person.id)
        app.seat.take(staff.night_man.person, at=site.desk.now() - timedelta(minutes=5))
        app.seat.take(staff.clerk.person, at=site.desk.now() - timedelta(minutes=4))
        await pilot.press("ctrl+s")  # signed off here in between: asked again
        await until(app, pilot, "现在轮到接班人孙建军")


async def test_9_15_what_is_typed_of_a_matter_outlives_esc_and_the_plug(site: Evening) -> None:
    walk = site.walk()
    walk.join()
    walk.tidy()
    walk.count()
    walk.read()
    seats = (site.staff.night_man, site.staff.clerk)
    async with opened(site.desk, "handover", *seats) as (app, pilot):
        await until(app, pilot, "[待办]")
        await pilot.press("ctrl+s")
        await until(app, pilot, "说明待办")
        await type_in(app, pilot, "已关总阀")
        await pilot.press("escape")
        await until(app, pilot, "没写完的已留着")
        await pilot.press("ctrl+s")
        await until(app, pilot, "说明待办", "已关总阀", "上次没写完的已经放回来了")
        await pilot.press("tab")
        await type_in(app, pilot, "等师傅")
        await pilot.press("ctrl+s")
        await until(app, pilot, "依据第 6.9 条")  # and the cursor is where the words are wanted
        await type_in(app, pilot, "没有配件")
        assert await kept(site, pilot, "state-carry") == "没有配件"
    async with opened(site.desk, "handover", *seats) as (app, pilot):
        await until(app, pilot, "[待办]")
        await pilot.press("ctrl+s")
        await until(app, pilot, "已关总阀", "等师傅")
        await pilot.press("ctrl+s")
        await until(app, pilot, "[待办]", "接班阅知")
        assert typed(site.desk) == {}
        point = walk.sheet.matters[0]
        assert (point.state, point.next_step) == ("已关总阀", "等师傅")


async def test_7_13_what_is_typed_of_the_shift_outlives_esc_and_the_plug(site: Evening) -> None:
    walk = site.walk()
    walk.join()
    walk.tidy()
    walk.count()
    seats = (site.staff.night_man, site.staff.clerk)
    async with opened(site.desk, "handover", *seats) as (app, pilot):
        await until(app, pilot, "[记录]")
        await settle(app, pilot)
        app.screen.query_one("#record-summary").focus()
        await settle(app, pilot)
        await type_in(app, pilot, "下午停水两小时")
        assert await kept(site, pilot, "record-summary") == "下午停水两小时"
    async with opened(site.desk, "handover", *seats) as (app, pilot):
        await until(app, pilot, "[记录]", "下午停水两小时")
        assert walk.sheet.summary == ""
        await pilot.press("ctrl+s")
        await until(app, pilot, "已记下")
        assert walk.sheet.summary == "下午停水两小时"
        for _ in range(300):
            if not typed(site.desk):
                break
            await pilot.pause(0.02)
        assert typed(site.desk) == {}


async def test_9_17_a_release_left_half_way_keeps_its_words_and_never_the_pin(
    site: Evening,
) -> None:
    from desk_console.matters.acts import OpenMatter
    from desk_console.matters.records import Importance

    pipe = OpenMatter(importance=Importance.IMPORTANT)
    call(site.desk, site.staff.clerk.person, "水管爆裂", opened=pipe)
    walk = site.walk()
    walk.through()
    seats = (site.staff.night_man, site.staff.clerk)
    async with opened(site.desk, "handover", *seats) as (app, pilot):
        await until(app, pilot, "[重要]", "未放行")
        await pilot.press("ctrl+s")
        await until(app, pilot, "主管放行")
        await type_in(app, pilot, "1001")
        await until(app, pilot, "> 周静怡")
        await pilot.press("enter")
        await type_in(app, pilot, "配件明早到")
        app.screen.query_one("#release-pin").focus()
        await type_in(app, pilot, PIN)
        await pilot.press("escape")
        await until(app, pilot, "没写完的已留着")
        assert PIN not in str(typed(site.desk))
        await pilot.press("ctrl+s")
        await until(app, pilot, "主管放行", "周静怡", "配件明早到")
        await release_to(app, pilot, "2001")
        await until(app, pilot, "请指定另一位负责人", "9.17")
        assert app.focused is not None
        assert any(one.id == "release-owner" for one in app.focused.ancestors_with_self)
        with site.desk.reading() as session:
            assert views.under_way(session, "desk") == walk.id


async def test_9_17_what_was_said_to_be_missing_lies_over_no_field_of_the_release(
    site: Evening,
) -> None:
    from desk_console.matters.acts import OpenMatter
    from desk_console.matters.records import Importance

    pipe = OpenMatter(importance=Importance.IMPORTANT)
    call(site.desk, site.staff.clerk.person, "水管爆裂", opened=pipe)
    site.walk().through()
    seats = (site.staff.night_man, site.staff.clerk)
    async with opened(site.desk, "handover", *seats) as (app, pilot):
        await until(app, pilot, "[重要]", "未放行")
        await pilot.press("pagedown")
        await until(app, pilot, "[签名]")
        await pilot.press("ctrl+s")
        await until(app, pilot, "[重要]", "依据第 9.17 条")
        await pilot.press("ctrl+s")
        await until(app, pilot, "主管放行")
        assert len(app._notifications) == 0


async def release_to(app: DeskApp, pilot: Pilot[Any], staff_no: str) -> None:
    """That person is named as the new owner, the PIN given."""
    app.screen.query_one("#release-owner").query_one("Line").focus()
    await type_in(app, pilot, staff_no)
    await until(app, pilot, "> ")
    await pilot.press("enter")
    app.screen.query_one("#release-pin").focus()
    await type_in(app, pilot, PIN)
    await pilot.press("ctrl+s")


async def test_row_4_what_cannot_be_kept_is_said_and_nothing_typed_is_taken_away(
    site: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*given: object) -> bool:
        raise Refusal("foundation.disk_full")

    walk = site.walk()
    walk.join()
    seats = (site.staff.night_man, site.staff.clerk)
    async with opened(site.desk, "handover", *seats) as (app, pilot):
        await until(app, pilot, "[整理]")
        monkeypatch.setattr(drafts, "keep", full)
        await pilot.press("ctrl+k")
        await until(app, pilot, "拒绝接班")
        app.screen.query_one("#other-reason").focus()
        await type_in(app, pilot, "物品对不上")
        await until(app, pilot, "物品对不上", "没有存上")
        await pilot.press("escape")
        await until(app, pilot, "[整理]")
        await settle(app, pilot)
        assert not app.screen.query("#other-reason"), "nobody is locked into a dialog"


async def test_9_13_drafts_of_a_handover_that_was_called_off_are_gone(site: Evening) -> None:
    from desk_console.handover.opening import call_off

    walk = site.walk()
    drafts.keep(site.desk, f"handover:{walk.id}:state:1:0", "handover", {"state-state": "已关阀"})
    drafts.keep(site.desk, f"handover:{walk.id}1:state:1:0", "handover", {"state-state": "另一个"})
    call_off(site.desk, site.staff.clerk.person, walk.id, "开错了")
    assert typed(site.desk) == {"state-state": "另一个"}
