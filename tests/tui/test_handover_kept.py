"""What is kept of what is typed into the handover's fields, and what never is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from desk_console.foundation.refusal import Refusal
from desk_console.handover.records import Condition, Severity
from desk_console.log import drafts
from desk_console.log.records import Draft
from desk_console.matters.acts import OpenMatter
from desk_console.matters.records import Importance
from desk_console.shift.arrivals import sign_on
from desk_console.tui.dialogs import kept as kept_fields
from desk_console.tui.screens.handover import record
from desk_console.tui.screens.handover.count_line import CountLine
from desk_console.tui.screens.handover.items import ItemsPanel
from desk_console.tui.screens.handover.record import RecordPanel
from desk_console.tui.seat import Seat
from desk_console.tui.widgets.fields import Line, Words
from tests.handover.walk import call
from tests.tui.call_site import settle
from tests.tui.handover_site import Evening, focused, opened, type_in, until
from tests.tui.live_site import PIN
from tests.tui.test_handover_matters import told, up_to_matters
from tests.tui.test_handover_turns import gives_pin, kept, site, typed

__all__ = ["site"]


async def test_9_17_a_pin_typed_into_the_supervisors_field_is_never_kept(site: Evening) -> None:
    pipe = OpenMatter(importance=Importance.IMPORTANT)
    call(site.desk, site.staff.clerk.person, "水管爆裂", opened=pipe)
    walk = site.walk()
    walk.through()
    seats = (site.staff.night_man, site.staff.clerk)
    async with opened(site.desk, "handover", *seats) as (app, pilot):
        await until(app, pilot, "[重要]", "未放行")
        await pilot.press("ctrl+s")
        await until(app, pilot, "主管放行")
        await settle(app, pilot)
        await type_in(app, pilot, PIN)
        await until(app, pilot, "********")
        app.screen.query_one("#release-reason", Words).value = "配件明早到"
        assert await kept(site, pilot, "release-reason") == "配件明早到"
        assert set(typed(site.desk)) == {"release-reason"}


async def test_9_13_the_pin_asked_in_the_middle_of_refusing_is_typed_at_once(
    site: Evening,
) -> None:
    walk = site.walk()
    walk.join()
    staff = site.staff
    async with opened(site.desk, "", staff.night_man, staff.clerk) as (app, pilot):
        for one in list(app.seat.proved_at):
            app.seat.proved_at[one] -= timedelta(hours=1)
        await app.run_action("open('handover')")
        await until(app, pilot, "[整理]")
        await pilot.press("ctrl+k")
        await until(app, pilot, "拒绝接班")
        await settle(app, pilot)
        app.screen.query_one("#other-reason", Words).focus()
        await type_in(app, pilot, "物品对不上")
        await pilot.press("ctrl+s")
        await until(app, pilot, "现在轮到接班人孙建军")
        for _ in range(20):
            await pilot.pause(0.01)
        assert not app.turn._holds, "nothing is done meanwhile: the PIN is awaited"
        await type_in(app, pilot, PIN)
        await until(app, pilot, "********")
        await pilot.press("enter")
        await until(app, pilot, "接班人未到")
        assert walk.sheet.incoming is None


async def test_6_5_what_was_done_is_done_where_its_draft_cannot_be_forgotten(
    site: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*given: object) -> None:
        raise Refusal("foundation.disk_full")

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
        assert await kept(site, pilot, "state-state") == "已关总阀"
        await pilot.press("tab")
        await type_in(app, pilot, "等师傅")
        app.screen.query_one("#state-carry", Line).value = "没有配件"
        monkeypatch.setattr(drafts, "forget", full)
        await pilot.press("ctrl+s")
        await until(app, pilot, "接班阅知")
        assert walk.sheet.matters[0].state == "已关总阀"


async def test_7_13_words_typed_last_are_kept_when_the_screen_is_left(
    site: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record, "KEEP_SECONDS", 3600.0)
    walk = site.walk()
    walk.join()
    walk.tidy()
    walk.count()
    seats = (site.staff.night_man, site.staff.clerk)
    for key in ("escape", "f5"):
        async with opened(site.desk, "handover", *seats) as (app, pilot):
            await until(app, pilot, "[记录]")
            await settle(app, pilot)
            app.screen.query_one("#record-summary", Words).value = f"停水，{key}"
            await pilot.press(key)
            for _ in range(100):
                await pilot.pause(0.01)
                if not app.screen.query(RecordPanel):
                    break
            await settle(app, pilot)
            assert typed(site.desk) == {"record-summary": f"停水，{key}"}


async def test_9_13_words_typed_at_one_console_are_nobody_elses(site: Evening) -> None:
    walk = site.walk()
    walk.join()
    walk.tidy()
    walk.count()
    seats = (site.staff.night_man, site.staff.clerk)
    async with opened(site.desk, "handover", *seats) as (app, pilot):
        await until(app, pilot, "[记录]")
        await settle(app, pilot)
        app.screen.query_one("#record-summary", Words).value = "下午停水"
        assert await kept(site, pilot, "record-summary") == "下午停水"
    store = site.desk.store
    store.console = "other"
    async with opened(site.desk, "handover", *seats) as (app, pilot):
        await until(app, pilot, "[记录]")
        await settle(app, pilot)
        field = app.screen.query_one("#record-summary", Words)
        assert field.value == ""
        field.value = "晚上"
        for _ in range(500):
            if "晚上" in str(drafts_of(site)):
                break
            await pilot.pause(0.02)
        field.value = ""
        await app.screen.query_one(RecordPanel).keep_typed()
        assert drafts_of(site) == [{"record-summary": "下午停水"}]


def drafts_of(site: Evening) -> list[dict[str, object]]:
    """What each draft holds."""
    with site.desk.reading() as session:
        return [dict(one.fields) for one in session.exec(select(Draft)).all()]


async def test_9_10_what_was_found_damaged_stays_so_until_its_count_is_kept(site: Evening) -> None:
    walk = site.walk()
    walk.join()
    walk.tidy()
    staff = site.staff
    async with opened(site.desk, "", staff.night_man, staff.clerk) as (app, pilot):
        for one in list(app.seat.proved_at):
            app.seat.proved_at[one] -= timedelta(hours=1)
        await app.run_action("open('handover')")
        await until(app, pilot, "[物品]")
        await settle(app, pilot)
        await type_in(app, pilot, "/")
        await until(app, pilot, "记为坏 1")
        await type_in(app, pilot, "4")
        await until(app, pilot, "现在轮到接班人孙建军")
        await settle(app, pilot)
        await pilot.press("escape")
        await until(app, pilot, "本人输入密码")
        await settle(app, pilot)
        panel = app.screen.query_one(ItemsPanel)
        panel._go_to(next(iter(panel._lines)))
        await type_in(app, pilot, "4")
        await until(app, pilot, "现在轮到接班人孙建军")
        await gives_pin(app, pilot)
        for _ in range(300):
            if walk.sheet.items[0].counted is not None:
                break
            await pilot.pause(0.02)
        assert walk.sheet.items[0].condition is Condition.DAMAGED
        await settle(app, pilot)
        panel._go_to(next(iter(panel._lines)))
        await type_in(app, pilot, "3")  # counted once more: as damaged as before
        await pilot.press("enter")
        await settle(app, pilot)
        assert (walk.sheet.items[0].counted, walk.sheet.items[0].condition) == (
            3,
            Condition.DAMAGED,
        )


def test_9_13_who_writes_because_another_left_was_not_the_last_to_give_a_pin(
    site: Evening,
) -> None:
    first, second = site.staff.clerk.person, site.staff.night_man.person
    seat, at = Seat(), site.desk.now()
    seat.take(first, at=at - timedelta(hours=2))
    assert seat.takes_part(1, first, since=at)
    seat.take(second, at=at - timedelta(hours=1))
    seat.leave(second.id)
    assert seat.writer == first
    assert not seat.takes_part(1, first, since=at)


async def test_9_13_the_screen_names_whoever_is_chosen_to_take_over(site: Evening) -> None:
    site.walk()
    staff = site.staff
    sign_on(site.desk, staff.other_night_man)
    name = staff.other_night_man.person.name
    seats = (staff.night_man, staff.other_night_man, staff.clerk)
    async with opened(site.desk, "handover", *seats) as (app, pilot):
        await until(app, pilot, "[到场]", f"由{name}接班")
        await pilot.press("1")
        await until(app, pilot, "由孙建军接班")


async def test_6_2_who_would_be_refused_is_not_offered_and_the_reason_stands_beside(
    site: Evening,
) -> None:
    site.walk()
    staff = site.staff
    sign_on(site.desk, staff.supervisor)
    seats = (staff.supervisor, staff.clerk)
    async with opened(site.desk, "handover", *seats) as (app, pilot):
        shown = await until(
            app, pilot, "[到场]", f" {staff.supervisor.person.name}不能上这个班：", "6.2"
        )
        assert "请接班人：孙建军已签到，还没有接班。（" in shown
        assert "孙建军已在别的电脑签到：在那里按 F4" in shown
        assert f"由{staff.supervisor.person.name}接班" not in shown


async def test_9_11_a_read_back_that_comes_back_leaves_open_what_is_read_first(
    site: Evening,
) -> None:
    walk = site.walk()
    up_to_matters(walk)
    told(walk, Severity.URGENT)
    seats = (site.staff.night_man, site.staff.clerk)
    async with opened(site.desk, "handover", *seats) as (app, pilot):
        await until(app, pilot, "[待办]", "接班复述")
        await pilot.press("ctrl+s")
        await until(app, pilot, "接收待办", "等师傅来换管")
        await settle(app, pilot)
        await type_in(app, pilot, "我守着阀门")
        assert "等师傅来换管" not in await until(app, pilot, "我守着阀门", "已合上")
        await pilot.press("escape")
        await until(app, pilot, "没写完的已留着")
        await pilot.press("ctrl+s")
        await until(app, pilot, "等师傅来换管", "我守着阀门", "上次没写完的已经放回来了")
        await settle(app, pilot)
        await until(app, pilot, "等师傅来换管")
        await pilot.press("f12")
        await until(app, pilot, "What was left unfinished is back")


async def test_pgdn_goes_on_from_a_step_in_which_something_was_done(site: Evening) -> None:
    walk = site.walk()
    walk.join()
    async with opened(site.desk, "handover", site.staff.night_man, site.staff.clerk) as (
        app,
        pilot,
    ):
        await until(app, pilot, "[整理]")
        await pilot.press("ctrl+s")
        await until(app, pilot, "[物品]")
        await settle(app, pilot)
        await type_in(app, pilot, "4")
        for _ in range(300):
            if walk.sheet.items[0].counted is not None:
                break
            await pilot.pause(0.02)
        await settle(app, pilot)
        await pilot.press("pagedown")
        await until(app, pilot, "[记录]")


async def test_9_10_a_count_that_is_half_typed_outlives_the_plug(site: Evening) -> None:
    walk = site.walk()
    walk.join()
    walk.tidy()
    seats = (site.staff.night_man, site.staff.clerk)
    async with opened(site.desk, "handover", *seats) as (app, pilot):
        await until(app, pilot, "[物品]")
        await focused(app, pilot, CountLine)
        item = walk.sheet.items[0].item_id
        await type_in(app, pilot, "/1")
        assert await kept(site, pilot, f"figure:{item}") == "1"
        assert typed(site.desk) == {f"figure:{item}": "1", f"found:{item}": "1"}
    async with opened(site.desk, "handover", *seats) as (app, pilot):
        await until(app, pilot, "[物品]", "记为坏 1")
        field = await focused(app, pilot, CountLine)
        for _ in range(100):
            if field.value:
                break
            await pilot.pause(0.01)
        assert field.value == "1"
        await type_in(app, pilot, "0")
        await pilot.press("enter")
        for _ in range(300):
            if walk.sheet.items[0].counted is not None and not typed(site.desk):
                break
            await pilot.pause(0.02)
        assert (walk.sheet.items[0].counted, walk.sheet.items[0].damaged) == (10, 1)
        assert typed(site.desk) == {}


async def test_7_13_words_typed_last_are_kept_when_the_program_is_left(
    site: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record, "KEEP_SECONDS", 3600.0)
    monkeypatch.setattr(kept_fields, "KEEP_SECONDS", 1e12)
    walk = site.walk()
    walk.join()
    walk.tidy()
    walk.count()
    seats = (site.staff.night_man, site.staff.clerk)
    async with opened(site.desk, "handover", *seats) as (app, pilot):
        await until(app, pilot, "[记录]")
        await settle(app, pilot)
        app.screen.query_one("#record-summary", Words).value = "停水"
        await pilot.press("ctrl+q")
        for _ in range(300):
            if typed(site.desk):
                break
            await pilot.pause(0.01)
        assert typed(site.desk) == {"record-summary": "停水"}


async def test_9_15_words_typed_last_into_a_dialog_are_kept_when_the_program_is_left(
    site: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_fields, "KEEP_SECONDS", 1e12)
    walk = site.walk()
    up_to_matters(walk)
    seats = (site.staff.night_man, site.staff.clerk)
    async with opened(site.desk, "handover", *seats) as (app, pilot):
        await until(app, pilot, "[待办]")
        await pilot.press("ctrl+s")
        await until(app, pilot, "说明待办")
        await settle(app, pilot)
        await type_in(app, pilot, "已关总阀")
        await pilot.press("ctrl+q")
        for _ in range(300):
            if typed(site.desk):
                break
            await pilot.pause(0.01)
        assert typed(site.desk)["state-state"] == "已关总阀"


async def test_7_13_a_letter_is_kept_right_behind_it(
    site: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record, "KEEP_SECONDS", 3600.0)  # the look in between never comes
    walk = site.walk()
    walk.join()
    walk.tidy()
    walk.count()
    seats = (site.staff.night_man, site.staff.clerk)
    async with opened(site.desk, "handover", *seats) as (app, pilot):
        await until(app, pilot, "[记录]")
        await settle(app, pilot)
        app.screen.query_one("#record-summary", Words).value = "停"
        assert await kept(site, pilot, "record-summary") == "停"
