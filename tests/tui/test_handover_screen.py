"""The handover's panels (F4): whose turn it is, what is refused, what comes up from elsewhere."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from textual.pilot import Pilot

from desk_console.foundation.catalogue import Language
from desk_console.foundation.clock import MovingClock
from desk_console.handover import counting, views
from desk_console.handover.counting import Counted
from desk_console.handover.records import HandoverStage
from desk_console.people.pins import choose_pin
from desk_console.rulebook.desk import Desk
from desk_console.shift.arrivals import sign_on
from desk_console.shift.items import ItemForm, change_item
from desk_console.tui.app import DeskApp
from desk_console.tui.screens.handover.checking import Point, TidyPanel
from desk_console.tui.screens.handover.count_line import CountLine
from desk_console.tui.turn import hold_keys
from desk_console.tui.widgets.choice import Choice
from tests.conftest import DeskMaker
from tests.handover.walk import Walk, call
from tests.tui.golden import holds
from tests.tui.handover_site import ITEMS, Evening, evening, focused, opened, type_in, until
from tests.tui.live_site import PIN


@pytest.fixture
def site(desk: Desk, clock: MovingClock) -> Evening:
    """Ten past five, one repair open."""
    made = evening(desk, clock)
    call(desk, made.staff.clerk.person)
    return made


@asynccontextmanager
async def wizard(
    site: Evening, *, language: Language = "zh", size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[DeskApp, Pilot[Any]]]:
    """Both at one console, the wizard open."""
    staff = site.staff
    async with opened(
        site.desk, "handover", staff.night_man, staff.clerk, language=language, size=size
    ) as (app, pilot):
        await until(app, pilot, "王晓燕 → ")
        yield app, pilot


def counted(walk: Walk, figures: dict[str, int]) -> None:
    """The incoming person has counted these items."""
    counts = [
        Counted(line.item_id, figures[line.name], revision=line.revision)
        for line in walk.sheet.items
        if line.name in figures
    ]
    counting.count(walk.desk, walk.incoming.person, walk.id, counts)


async def test_9_13_a_step_of_somebody_who_is_not_at_this_console_says_who_must_come(
    site: Evening,
) -> None:
    walk = site.walk()
    walk.join()
    async with opened(site.desk, "handover", site.staff.night_man) as (app, pilot):
        await until(app, pilot, "[整理]")
        await pilot.press("ctrl+s")
        await until(app, pilot, "这一步由王晓燕来做", "Ctrl+N")
    assert all(line.is_ok is None for line in walk.sheet.tidy)


async def test_a_step_begins_once_all_its_points_stand(site: Evening) -> None:
    walk = site.walk()
    walk.join()
    async with wizard(site) as (app, pilot):
        await until(app, pilot, "[整理]", "物品整理到位")
        panel = app.screen.query_one(TidyPanel)
        await panel.query(Point).remove()
        app.set_focus(None)
        panel.show(panel.picture)  # the points are put in, and stand a little later
        assert not panel.has_come
        panel.wizard._begin(panel, hold_keys(panel))
        assert await focused(app, pilot, Choice) is panel.query(Point).first().choice


async def test_row_19_a_signature_with_the_other_persons_pin_is_refused(site: Evening) -> None:
    walk = site.walk()
    walk.through()
    choose_pin(site.desk, site.staff.night_man.person.id, "91827364", old_pin=PIN)
    async with wizard(site) as (app, pilot):
        await until(app, pilot, "[签名]", "以下就是要签名的全部内容")
        await pilot.press("ctrl+s")
        await until(app, pilot, "交班人  王晓燕")
        await type_in(app, pilot, "91827364")
        await pilot.press("enter")
        await until(app, pilot, "密码不对")
    assert walk.standing.stage is HandoverStage.OPEN


async def test_9_10_nothing_typed_counts_nothing_and_the_step_stays(site: Evening) -> None:
    walk = site.walk()
    walk.join()
    walk.tidy()
    async with wizard(site) as (app, pilot):
        await until(app, pilot, "[物品]", "还有 3 件物品没有清点", "9.10")
        await pilot.press("enter", "ctrl+s", "enter")
        await until(app, pilot, "[物品]", "还有 3 件物品没有清点")
        await type_in(app, pilot, "42")
        await until(app, pilot, "还有 1 件物品没有清点")
        await type_in(app, pilot, "2")
        await pilot.press("enter")
        await until(app, pilot, "手电筒数量或状况不符", "待说明")
        await pilot.press("ctrl+s")
        await until(app, pilot, "说明差异", "应有 3，实点 2")
        await pilot.press("ctrl+s")
        await until(app, pilot, "依据第 9.10 条")


async def test_9_10_an_item_taken_out_of_use_in_the_middle_is_counted_once_more(
    site: Evening,
) -> None:
    walk = site.walk()
    walk.join()
    walk.tidy()
    gone = next(line for line in walk.sheet.items if line.name == "大堂钥匙")
    async with wizard(site) as (app, pilot):
        await until(app, pilot, "[物品]", "大堂钥匙")
        form = ItemForm(code=gone.code, name=gone.name, unit=gone.unit)
        change_item(site.desk, site.staff.supervisor.person.id, gone.item_id, form, is_active=False)
        app.spread()
        await until(app, pilot, "停用前清点", "还有 3 件物品没有清点")
        await type_in(app, pilot, "423")
        await until(app, pilot, "[记录]")


async def test_9_11_what_another_console_counts_comes_up_here(
    site: Evening, make_desk: DeskMaker
) -> None:
    other = make_desk(also=("management-office",))
    walk = site.walk()
    walk.join()
    walk.tidy()
    async with wizard(site) as (app, pilot):
        await until(app, pilot, "[物品]", "还有 3 件物品没有清点")
        walk.desk = other
        counted(walk, {"手电筒": 3})
        app.spread()
        await until(app, pilot, "还有 2 件物品没有清点")
        await type_in(app, pilot, "42")
        await until(app, pilot, "[记录]")


async def test_9_13_what_changes_between_the_signatures_voids_the_first_one(
    site: Evening, clock: MovingClock
) -> None:
    walk = site.walk()
    walk.through()
    async with wizard(site) as (app, pilot):
        await until(app, pilot, "[签名]", "以下就是")
        await pilot.press("ctrl+s")
        await until(app, pilot, "交班人  王晓燕")
        await type_in(app, pilot, PIN)
        await pilot.press("enter")
        await until(app, pilot, "请接班人孙建军签名")
        call(site.desk, site.staff.clerk.person, "电梯停了")
        app.spread()
        await until(app, pilot, "先前的签名不再有效", "新增 1 条记录")
    assert walk.standing.stage is HandoverStage.OPEN


async def test_9_13_the_incoming_person_refuses_and_the_holder_keeps_the_post(
    site: Evening,
) -> None:
    walk = site.walk()
    walk.join()
    async with wizard(site) as (app, pilot):
        await until(app, pilot, "[整理]")
        await pilot.press("ctrl+k")
        await until(app, pilot, "拒绝接班", "取消交接", "看交接档案")
        await pilot.press("tab")
        await type_in(app, pilot, "物品对不上，等主管来")
        await pilot.press("ctrl+s")
        await until(app, pilot, "已拒绝接班")
    assert walk.sheet.incoming is None


async def test_a_supervisor_is_asked_in_which_form_and_acts_in_their_own_name(
    site: Evening,
) -> None:
    sign_on(site.desk, site.proof(site.staff.supervisor))
    site.clock.advance(timedelta(minutes=11))
    async with opened(site.desk, "handover", site.staff.night_man, site.staff.supervisor) as (
        app,
        pilot,
    ):
        await until(app, pilot, "开始交接", "主管代交")
        await pilot.press("3")
        await pilot.press("ctrl+s")
        await until(app, pilot, "请写明")
        await type_in(app, pilot, "王晓燕突然生病")
        await pilot.press("ctrl+s")
        await until(app, pilot, "代交  周静怡（主管），因为：王晓燕突然生病")


async def test_before_its_time_the_handover_asks_why_and_offers_the_book(
    desk: Desk, clock: MovingClock
) -> None:
    made = evening(desk, clock)
    clock.advance(timedelta(hours=-2))
    async with opened(desk, "handover", made.staff.clerk) as (app, pilot):
        await until(app, pilot, "17:00 起可以正常交接")
        await pilot.press("ctrl+k")
        await until(app, pilot, "交接班档案", "没有找到")


async def test_who_is_not_signed_on_at_a_post_reads_the_book(site: Evening) -> None:
    async with opened(site.desk, "handover", site.staff.guard) as (app, pilot):
        await until(app, pilot, "交接班档案", "您没有在岗位上签到")


async def test_where_the_site_wants_a_witness_one_signs_between_the_two(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    desk = make_desk(also=("management-office",), handover_witness=True)
    made = evening(desk, clock)
    walk = made.walk()
    walk.through()
    walk.sign_outgoing()
    async with wizard(made) as (app, pilot):
        await until(app, pilot, "[签名]", "都齐了，请监交人签名。")
        await pilot.press("ctrl+s")
        await until(app, pilot, "监交：本人在场见证了这次交接")
        await type_in(app, pilot, "1001")
        await until(app, pilot, "> 周静怡")
        await pilot.press("enter")
        await type_in(app, pilot, PIN)
        await pilot.press("enter")
        await until(app, pilot, "请接班人孙建军签名")
    with desk.reading() as session:
        assert views.standing(session, desk, walk.id).turn == "incoming"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_wizard_looks_as_it_was_approved(
    site: Evening, language: Language, size: tuple[int, int]
) -> None:
    walk = site.walk()
    walk.join()
    name = f"{language}-{size[0]}"

    async def shows(panel: str, *texts: str) -> None:
        app.spread()
        await until(app, pilot, *texts)
        app.clear_notifications()
        await pilot.pause(0.05)
        await holds(app, f"handover-{panel}-{name}")

    words = {
        "zh": ("整理", "物品", "记录", "待办", "签名"),
        "en": ("Tidy", "Items", "Log", "Open", "Sign"),
    }
    tidy, items, record, matters, sign = (f"[{one}]" for one in words[language])
    async with wizard(site, language=language, size=size) as (app, pilot):
        await shows("tidy", tidy)
        walk.tidy()
        counted(walk, {"对讲机": 4})
        await shows("items", items)
        walk.count()
        await shows("record", record)
        walk.read()
        await shows("matters", matters)
        walk.state()
        walk.acknowledge()
        walk.accept()
        walk.look()
        await shows("sign", sign)


async def test_9_14_arrows_go_from_point_to_point_and_answer_none(site: Evening) -> None:
    walk = site.walk()
    walk.join()
    async with wizard(site) as (app, pilot):
        await until(app, pilot, "[整理]", "物品整理到位")
        choices = [point.choice for point in app.screen.query_one(TidyPanel).query(Point)]
        assert await focused(app, pilot, Choice) is choices[0]
        await pilot.press("down", "down", "down", "up")
        assert choices[-2].has_focus
        assert all(line.is_ok is None for line in walk.sheet.tidy)
        await pilot.press("down", "1", "enter", "down")
        await until(app, pilot, "[1 正常]")
        assert choices[-1].has_focus, "the next key would leave the step"


async def test_9_10_confirming_amid_the_count_keeps_the_figure_and_says_what_is_left(
    site: Evening,
) -> None:
    walk = site.walk()
    walk.join()
    walk.tidy()
    async with wizard(site) as (app, pilot):
        await until(app, pilot, "[物品]", "对讲机")
        await focused(app, pilot, CountLine)
        await pilot.press("ctrl+s")
        await until(app, pilot, f"还有 {len(ITEMS)} 件没有点")
        await pilot.press("9", "ctrl+s")
        await until(app, pilot, "待说明")
    assert [line.counted for line in walk.sheet.items].count(9) == 1
