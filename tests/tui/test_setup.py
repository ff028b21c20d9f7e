"""The set-up screen, through the real app."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select
from textual.pilot import Pilot

from desk_console.foundation.catalogue import Language
from desk_console.foundation.clock import MovingClock
from desk_console.foundation.journal import JournalRow
from desk_console.foundation.refusal import Refusal
from desk_console.log.departments import departments
from desk_console.people import views, waits
from desk_console.people.pins import prove
from desk_console.rulebook.desk import Desk
from desk_console.shift import checks, rounds, task_list
from desk_console.tui.app import DeskApp
from desk_console.tui.dialogs.phrases import PhraseList
from desk_console.tui.dialogs.setup import ThingForm
from desk_console.tui.screens.help import HelpScreen
from desk_console.tui.screens.setup import SetupScreen
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import Line, Words
from desk_console.tui.widgets.marks import Marks
from desk_console.tui.widgets.table import Listing
from tests.conftest import DeskMaker
from tests.tui.call_site import at_desk, seen, settle, settled
from tests.tui.golden import holds
from tests.tui.handover_site import until
from tests.tui.live_site import PIN


async def press(app: DeskApp, pilot: Pilot[Any], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(app, pilot)


def supervisor(desk: Desk) -> Any:
    with desk.reading() as session:
        return next(one for one in views.people(session) if "supervisor" in one.roles)


def people(desk: Desk) -> Any:
    with desk.reading() as session:
        return views.people(session)


async def fill(app: DeskApp, pilot: Pilot[Any], **given: str) -> None:
    for name, words in given.items():
        app.screen.query_one(f"#set-{name}", Line).value = words
    await settle(app, pilot)
    await press(app, pilot, "ctrl+s")


async def marked_row(app: DeskApp, pilot: Pilot[Any], typed: str) -> None:
    if not isinstance(app.screen, SetupScreen):
        await press(app, pilot, "f9")
    app.screen.query_one("#setup-typed", Line).value = typed
    await settle(app, pilot)
    app.screen.query_one("#setup-rows").focus()
    await settle(app, pilot)


async def opened_row(app: DeskApp, pilot: Pilot[Any], typed: str) -> None:
    await marked_row(app, pilot, typed)
    await press(app, pilot, "enter")


async def test_a_list_that_shows_nothing_says_why_and_what_was_added_shows(
    desk: Desk, clock: MovingClock
) -> None:
    settled(desk, clock)
    async with at_desk(desk, supervisor(desk)) as (app, pilot):
        await marked_row(app, pilot, "zzz")
        assert "没有符合的" in seen(app)
        await press(app, pilot, "insert")
        await fill(app, pilot, staff_no="0002", name="新人")
        await settle(app, pilot)
        assert app.screen.query_one("#setup-typed", Line).value == ""
        assert "新人" in seen(app)
        rows = app.screen.query_one("#setup-rows", Listing)
        assert rows.key == next(str(one.id) for one in people(desk) if one.name == "新人")


async def test_supervisor_adds_a_person_and_a_department(desk: Desk, clock: MovingClock) -> None:
    settled(desk, clock)
    async with at_desk(desk, supervisor(desk)) as (app, pilot):
        await press(app, pilot, "f9", "insert")
        await fill(app, pilot, staff_no="901", name="钱[b]多[/b]", phone="13700137000")
        assert "钱[b]多[/b]" in seen(app)
        await press(app, pilot, "3", "insert")
        await fill(app, pilot, code="garden", zh="绿化部", en="Gardens")
    with desk.reading() as session:
        assert "901" in [one.staff_no for one in views.people(session)]
        assert "garden" in [one.code for one in departments(session)]


async def test_whoever_may_not_change_the_set_up_is_told_before_anything_is_filled_in(
    desk: Desk, clock: MovingClock
) -> None:
    clerk = settled(desk, clock)
    async with at_desk(desk, clerk) as (app, pilot):
        await press(app, pilot, "f9")
        app.screen.query_one("#setup-rows").focus()
        for key in ("insert", "enter", "ctrl+d", "ctrl+b", "ctrl+r"):
            app.clear_notifications()
            await press(app, pilot, key)
            assert isinstance(app.screen, SetupScreen), key
            await until(app, pilot, "王晓燕没有“", "的权限，需要主管、主任")
        await press(app, pilot, "f9")
        app.screen.query_one("#subject", Choice).value = "residents"
        await press(app, pilot, "insert")  # the files of residents are theirs to keep (5.6)
        assert isinstance(app.screen, ThingForm)


async def test_a_code_is_made_where_none_is_given_and_a_name_serves_in_both_languages(
    desk: Desk, clock: MovingClock
) -> None:
    settled(desk, clock)
    async with at_desk(desk, supervisor(desk), language="en") as (app, pilot):
        await press(app, pilot, "f9")
        for digit, name in (("3", "绿化部"), ("4", "手电筒"), ("5", "抽屉上锁"), ("7", "后门路线")):
            await press(app, pilot, digit, "insert")
            assert "one is made" in seen(app)
            if digit == "7":
                app.screen.query_one("#set-points", Words).text = "后门"
            await fill(app, pilot, **{"thing" if digit == "4" else "zh": name})
            assert isinstance(app.screen, SetupScreen), digit
            assert name in seen(app)
            app.screen.query_one("#subject").focus()
    with desk.reading() as session:
        assert "dept-1" in [one.code for one in departments(session)]
        assert "check-1" in [one.code for one in checks.listed(session)]
        assert "route-1" in [one.code for one in rounds.routes(session)]


async def test_a_resident_who_was_added_shows(desk: Desk, clock: MovingClock) -> None:
    settled(desk, clock)
    async with at_desk(desk, supervisor(desk)) as (app, pilot):
        await press(app, pilot, "f9", "2")
        assert "共 3 位住户" in seen(app)
        await press(app, pilot, "insert")
        await fill(app, pilot, building="7", room="1101", name="林一")
        assert app.screen.query_one("#setup-typed", Line).value == "7-1101"
        assert "林*" in seen(app)


async def test_what_is_typed_at_the_residents_is_sought_at_once(
    desk: Desk, clock: MovingClock
) -> None:
    person = settled(desk, clock)
    async with at_desk(desk, person) as (app, pilot):
        await press(app, pilot, "f9", "2", *"3-1502")
        assert "周*" in seen(app)
        assert app.screen.query_one("#subject", Choice).value == "residents"
    async with at_desk(desk, person) as (app, pilot):
        await press(app, pilot, "f9", *"wxy")
        assert app.screen.query_one("#setup-typed", Line).value == "wxy"


async def test_residents_are_masked_in_the_list(desk: Desk, clock: MovingClock) -> None:
    settled(desk, clock)
    async with at_desk(desk, supervisor(desk)) as (app, pilot):
        await press(app, pilot, "f9", "2")
        app.screen.query_one("#setup-typed", Line).value = "3-1502"
        await settle(app, pilot)
        assert "3-1502" in seen(app)
        assert "13800138000" not in seen(app) and "周敏" not in seen(app)


async def test_rule_book_opens_each_clause(desk: Desk, clock: MovingClock) -> None:
    settled(desk, clock)
    async with at_desk(desk, supervisor(desk)) as (app, pilot):
        await press(app, pilot, "f9", "9")
        assert app.screen.query_one("#subject", Choice).value == "rules"
        app.screen.query_one("#setup-typed", Line).value = "9.17"
        await settle(app, pilot)
        app.screen.query_one("#setup-typed").focus()
        await press(app, pilot, "enter", "enter")
        assert isinstance(app.screen, HelpScreen)
        assert "9.17" in seen(app)
        assert "刚才的提示" not in seen(app), "nothing was refused"


async def test_person_is_changed_and_the_journal_keeps_what_was_there(
    desk: Desk, clock: MovingClock
) -> None:
    settled(desk, clock)
    async with at_desk(desk, supervisor(desk)) as (app, pilot):
        await opened_row(app, pilot, "2001")
        assert app.screen.query_one("#set-name", Line).value == "王晓燕"
        app.screen.query_one("#set-roles", Marks).ticked = frozenset({"clerk", "lead"})
        await fill(app, pilot, phone="13811112222", languages="普通话、粤语")
    with desk.reading() as session:
        person = views.by_staff_no(session, "2001")
        assert person is not None
        kept = session.exec(select(JournalRow).where(JournalRow.act == "people.changed")).one()
    assert (person.phone, person.languages) == ("13811112222", "普通话、粤语")
    assert person.roles == {"clerk", "lead"}
    assert "13900002001" in str(kept.body)


async def test_person_retires_and_comes_back_with_a_pin_to_choose(
    desk: Desk, clock: MovingClock
) -> None:
    settled(desk, clock)
    async with at_desk(desk, supervisor(desk)) as (app, pilot):
        await marked_row(app, pilot, "2002")
        await press(app, pilot, "ctrl+d")
        assert "停用“李思敏”？" in seen(app)
        await press(app, pilot, "right", "enter")
        assert "（已停用）" in seen(app)
        await marked_row(app, pilot, "2002")
        await press(app, pilot, "ctrl+d", "right", "enter")
        assert "（待设密码）" in seen(app)
    with desk.reading() as session:
        person = views.by_staff_no(session, "2002")
        assert person is not None and person.is_active


async def test_row_18_supervisor_unlocks_a_disabled_pin_and_it_works_again(
    desk: Desk, clock: MovingClock
) -> None:
    clerk = settled(desk, clock)
    for _ in range(waits.DISABLED_AT):
        clock.advance(timedelta(seconds=301))
        with suppress(Refusal):
            prove(desk, clerk.id, "wrong-48273")
    with pytest.raises(Refusal):
        prove(desk, clerk.id, PIN)
    async with at_desk(desk, supervisor(desk)) as (app, pilot):
        await press(app, pilot, "f9")
        assert "待解锁" in seen(app)
        await marked_row(app, pilot, "2001")
        await press(app, pilot, "ctrl+b")
        assert "王晓燕的密码：解锁、重设" in seen(app)
        app.screen.query_one("#reset-pin", Line).value = PIN
        await press(app, pilot, "ctrl+s")
        assert "待解锁" not in seen(app)
    assert prove(desk, clerk.id, PIN).person.id == clerk.id


async def test_9_3_route_keeps_the_points_that_stay_and_a_round_is_made_of_it(
    desk: Desk, clock: MovingClock
) -> None:
    settled(desk, clock)
    async with at_desk(desk, supervisor(desk)) as (app, pilot):
        await press(app, pilot, "f9", "7")
        app.screen.query_one("#setup-rows").focus()
        await press(app, pilot, "enter")
        points = app.screen.query_one("#set-points", Words)
        assert points.value.splitlines()[0] == "大堂 / Lobby"
        points.value = "大堂 / Lobby\n地库 / Garage"
        await press(app, pilot, "ctrl+s")
        await press(app, pilot, "shift+tab", "shift+tab", "6", "insert")
        app.screen.query_one("#set-route", Choice).value = "1"
        await fill(app, pilot, code="night-round", zh="夜间巡查", at="23:00 3:00")
    with desk.reading() as session:
        assert rounds.routes(session)[0].points == (("大堂", "Lobby"), ("地库", "Garage"))
        task = next(one for one in task_list.listed(session) if one.code == "night-round")
    assert (task.at_times, task.route_id) == ("23:00 03:00", 1)


async def test_5_8_a_site_s_own_phrase_is_added_and_offered_while_a_call_is_logged(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    desk = make_desk("cs-staff")
    settled(desk, clock)
    async with at_desk(desk, supervisor(desk)) as (app, pilot):
        await press(app, pilot, "f9", "8", "insert")
        app.screen.query_one("#set-use", Choice).value = "say"
        app.screen.query_one("#set-category", Choice).value = "repair"
        await press(app, pilot, "ctrl+s")
        assert isinstance(app.screen, ThingForm), "without words it is refused"
        app.screen.query_one("#set-zh_words", Words).value = "[b]师傅[/b]半小时内到"
        await fill(app, pilot, place="1")
        assert "[b]师傅[/b]半小时内到" in seen(app)
        app.push_screen(PhraseList("repair", has_category=True))
        await settle(app, pilot)
        offered = [line for line in seen(app).splitlines() if "师傅" in line]
        assert "[b]师傅[/b]半小时内到" in offered[0]
        await press(app, pilot, "escape")
        await marked_row(app, pilot, "半小时内到")
        await press(app, pilot, "ctrl+d", "right", "enter")
        assert "（已停用）" in seen(app)


async def test_5_8_what_a_site_has_not_switched_on_says_so(desk: Desk, clock: MovingClock) -> None:
    settled(desk, clock)
    async with at_desk(desk, supervisor(desk), size=(120, 40)) as (app, pilot):
        await press(app, pilot, "f9", "8")
        said = [line for line in seen(app).splitlines() if "对客用语" in line]
        assert said and all("未开启" in line for line in said)
        assert any("常见答复" in line and "未开启" not in line for line in seen(app).splitlines())


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"every": "", "at": ""}, "shift.task_without_time"),
        ({"every": "30", "at": "08:00"}, "shift.task_two_ways"),
        ({"every": "0", "at": ""}, "shift.task_minutes"),
        ({"every": "", "at": "25:00"}, "shift.task_time"),
    ],
)
def test_task_without_one_way_to_fall_due_is_refused(given: dict[str, str], why: str) -> None:
    with pytest.raises(Refusal) as refused:
        task_list.task_rule(code="t", zh="任务", en="", grace="", has_count=False, **given)
    assert refused.value.message.key == why


async def test_7_9_line_of_a_checklist_is_added_and_changed(desk: Desk, clock: MovingClock) -> None:
    settled(desk, clock)
    async with at_desk(desk, supervisor(desk)) as (app, pilot):
        await press(app, pilot, "f9", "5", "insert")
        app.screen.query_one("#set-list", Choice).value = "opening"
        await fill(app, pilot, code="radio", zh="对讲机有电")
        app.screen.query_one("#setup-typed", Line).value = "radio"
        await settle(app, pilot)
        app.screen.query_one("#setup-rows").focus()
        await press(app, pilot, "enter")
        await fill(app, pilot, zh="对讲机电量足")
    with desk.reading() as session:
        line = next(one for one in checks.listed(session) if one.code == "radio")
    assert (line.kind, line.zh) == ("opening", "对讲机电量足")


async def test_5_3_delivered_items_are_taken_into_the_stock(desk: Desk, clock: MovingClock) -> None:
    settled(desk, clock)
    async with at_desk(desk, supervisor(desk)) as (app, pilot):
        await press(app, pilot, "f9", "4")
        app.screen.query_one("#setup-rows").focus()
        await press(app, pilot, "enter")
        await fill(app, pilot, received="30")
        assert "现有 80 份" in seen(app)


async def test_row_22_list_is_looked_through_by_line_before_it_is_loaded(
    desk: Desk, clock: MovingClock, tmp_path: Path
) -> None:
    settled(desk, clock)
    file = tmp_path / "人员.csv"
    file.write_text("工号,姓名,角色,电话\n801,钱多,clerk,139\n2001,赵一,厨师,\n", "utf-8")
    async with at_desk(desk, supervisor(desk), size=(120, 40)) as (app, pilot):
        await press(app, pilot, "f9", "ctrl+r")
        app.screen.query_one("#load-file", Line).value = str(file)
        await press(app, pilot, "ctrl+s")
        assert "第 3 行" in seen(app) and "一行也没有导入" in seen(app)
        file.write_text(
            "工号,姓名,角色\n801,钱多,clerk\n802,孙二,维修员\n".replace("维修员", "maintenance"),
            "utf-8",
        )
        await press(app, pilot, "ctrl+s")
        assert "查过 2 行" in seen(app)
        with desk.reading() as session:
            assert views.by_staff_no(session, "801") is None
        await press(app, pilot, "ctrl+s")
        assert "钱多" in seen(app)
    with desk.reading() as session:
        assert views.by_staff_no(session, "802") is not None


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_set_up_looks_as_it_was_approved(
    desk: Desk, clock: MovingClock, language: Language, size: tuple[int, int]
) -> None:
    settled(desk, clock)
    async with at_desk(desk, supervisor(desk), language=language, size=size) as (app, pilot):
        await press(app, pilot, "f9")
        await holds(app, f"setup-{language}-{size[0]}")
        await press(app, pilot, "insert")
        await holds(app, f"setup-add-{language}-{size[0]}")
