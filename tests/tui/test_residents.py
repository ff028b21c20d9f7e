"""Residents on screen: masked, seen one at a time with the reason on record, kept, found again."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot

from desk_console.foundation.catalogue import Language
from desk_console.foundation.clock import MovingClock
from desk_console.foundation.verify import verify
from desk_console.log.forms import CallForm, CustodyForm, MessageForm, VisitForm
from desk_console.log.records import Category
from desk_console.log.resident_files import change_resident
from desk_console.log.resident_views import UnitFile, unit_file
from desk_console.log.residents import match
from desk_console.matters.acts import OpenMatter, close, log_entry
from desk_console.matters.views import open_matters
from desk_console.people.records import PersonView
from desk_console.people.views import people
from desk_console.rulebook.desk import Desk
from desk_console.tui.app import DeskApp
from desk_console.tui.dialogs.entry_book import EntryBook
from desk_console.tui.dialogs.export import ExportDialog
from desk_console.tui.dialogs.resident import EraseResident
from desk_console.tui.screens.matter import MatterScreen
from desk_console.tui.screens.residents import ResidentsScreen
from desk_console.tui.screens.unit import UnitScreen
from desk_console.tui.screens.unit_lists import PAGE
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import Line
from desk_console.tui.widgets.person_field import PersonField
from desk_console.tui.widgets.table import Listing
from tests.conftest import DeskMaker
from tests.tui.call_site import at_desk, seen, settle, settled
from tests.tui.golden import holds
from tests.tui.live_site import PIN


async def press(app: DeskApp, pilot: Pilot[Any], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(app, pilot)


async def opened(app: DeskApp, pilot: Pilot[Any], typed: str) -> None:
    """From the palette's residents to a unit's file."""
    await app.run_action("open('residents')")
    await settle(app, pilot)
    assert isinstance(app.screen, ResidentsScreen)
    app.screen.query_one("#residents-typed", Line).value = typed
    await settle(app, pilot)
    await press(app, pilot, "enter", "enter")
    assert isinstance(app.screen, UnitScreen)


def logged(desk: Desk, person: PersonView, opened: OpenMatter | None = None) -> None:
    with desk.reading() as session:
        zhou = match(session, "周敏")[0]
    form = CallForm(
        form_id="f1", at=desk.now(), category=Category.REPAIR, caller="周敏",
        resident_id=zhou.resident_id, unit_text="3-1502", content="水管漏水", action="派工",
        result="已修",
    )  # fmt: skip
    log_entry(desk, person, form, opened)


def file_of(desk: Desk, typed: str) -> UnitFile:
    with desk.reading() as session:
        return unit_file(session, match(session, typed)[0].unit_id)


async def test_4_9_one_resident_at_a_time_is_seen_whole_and_it_is_on_record(
    desk: Desk, clock: MovingClock
) -> None:
    person = settled(desk, clock)
    async with at_desk(desk, person) as (app, pilot):
        await opened(app, pilot, "3-1502")
        assert "周敏" not in seen(app) and "13800138000" not in seen(app)
        assert "138****8000" in seen(app)
        await press(app, pilot, "ctrl+b", "2", "enter")
        assert "周敏" in seen(app) and "13800138000" in seen(app)
        app.screen.query_one("#unit-view", Choice).value = "looks"
        await settle(app, pilot)
        assert "上门服务" in seen(app) and "王晓燕" in seen(app)
        await press(app, pilot, "escape", "enter")
        assert "13800138000" not in seen(app), "opened again it is masked again"
    assert [look.reason for look in file_of(desk, "3-1502").looks] == ["visit"]


async def test_esc_at_the_reason_shows_and_records_nothing(desk: Desk, clock: MovingClock) -> None:
    person = settled(desk, clock)
    async with at_desk(desk, person) as (app, pilot):
        await opened(app, pilot, "3-1502")
        await press(app, pilot, "ctrl+b", "escape")
        assert "13800138000" not in seen(app)
    assert file_of(desk, "3-1502").looks == ()


async def test_5_6_the_file_has_the_history_and_opens_its_entries(
    desk: Desk, clock: MovingClock
) -> None:
    person = settled(desk, clock)
    logged(desk, person)
    async with at_desk(desk, person) as (app, pilot):
        await opened(app, pilot, "8000")
        assert "水管漏水" in seen(app)
        assert "3-1502 周*" in seen(app), "masked above, and told below"
        app.screen.query_one("#unit-lines").focus()
        await press(app, pilot, "enter")
        assert isinstance(app.screen, EntryBook)


async def test_5_6_the_file_lists_matters_visits_and_things_left_page_by_page(
    desk: Desk, clock: MovingClock
) -> None:
    person = settled(desk, clock)
    logged(desk, person, OpenMatter())
    base: dict[str, Any] = {"at": desk.now(), "unit_text": "3-1502"}
    log_entry(desk, person, VisitForm(form_id="v1", purpose="送家具", caller="搬家公司", **base))
    log_entry(
        desk,
        person,
        CustodyForm(form_id="c1", left_by="快递", for_whom="周敏", what="包裹", **base),
    )
    for number in range(PAGE):
        message = MessageForm(form_id=f"m{number}", content=f"停水 {number}", action="已答", **base)
        log_entry(desk, person, message, OpenMatter())
    async with at_desk(desk, person) as (app, pilot):
        await opened(app, pilot, "3-1502")
        choice = app.screen.query_one("#unit-view", Choice)
        lists = app.screen.query_one("#unit-lines", Listing)
        for view, shown, hidden in (
            ("history", "停水 49", "水管漏水"),
            ("visits", "送家具", "包裹"),
            ("left", "包裹", "送家具"),
            ("matters", "停水 49", "包裹"),
        ):
            choice.value = view
            await settle(app, pilot)
            assert shown in seen(app) and hidden not in seen(app), view
            if view == "history":
                lists.focus()
                await press(app, pilot, "ctrl+end")
                assert len(lists.keys) == PAGE + 3, "asked for more here already"
        lists = app.screen.query_one("#unit-matters", Listing)
        assert len(lists.keys) == PAGE
        lists.focus()
        await press(app, pilot, "ctrl+end", "ctrl+end")
        assert len(lists.keys) == PAGE + 1 and "水管漏水" in seen(app)
        await press(app, pilot, "enter")
        assert isinstance(app.screen, MatterScreen)


@pytest.mark.parametrize(
    ("language", "headings"),
    [
        (
            "zh",
            {
                "history": "时间 类型 类别 房号 姓名 内容",
                "matters": "时间 进度 类别 编号 事项 负责人、办结",
                "changes": "时间 变更 住户 改了什么 经手人、原因",
                "looks": "时间 住户 用途 查看人",
            },
        ),
        (
            "en",
            {
                "matters": "When Stage Kind No. What Owner or end",
                "changes": "When Change Resident Of what By, reason",
                "looks": "When Resident What for Seen by",
            },
        ),
    ],
)
async def test_5_6_each_list_of_the_file_stands_under_its_own_headings(
    desk: Desk, clock: MovingClock, language: Language, headings: dict[str, str]
) -> None:
    person = settled(desk, clock)
    logged(desk, person, OpenMatter())
    async with at_desk(desk, person, language=language) as (app, pilot):
        await opened(app, pilot, "3-1502")
        await press(app, pilot, "enter", "ctrl+s")
        for view, heading in headings.items():
            app.screen.query_one("#unit-view", Choice).value = view
            await settle(app, pilot)
            lines = [" ".join(line.split()) for line in seen(app).splitlines()]
            assert heading in lines, view
            if view in ("matters", "looks"):
                assert any("王晓燕" in line for line in lines[lines.index(heading) :]), view


async def test_5_6_a_resident_is_added_changed_and_moves_out(
    desk: Desk, clock: MovingClock
) -> None:
    person = settled(desk, clock)
    async with at_desk(desk, person) as (app, pilot):
        await opened(app, pilot, "3-1502")
        await press(app, pilot, "insert")
        app.screen.query_one("#resident-name", Line).value = "[b]林[/b]"
        app.screen.query_one("#resident-phones", Line).value = "95588，＋86 139-0013-9999"
        await press(app, pilot, "ctrl+s")
        assert isinstance(app.screen, UnitScreen)
        await press(app, pilot, "down", "ctrl+k", "enter")
        app.screen.query_one("#resident-name", Line).value = "林小满"
        await press(app, pilot, "ctrl+s")
        assert isinstance(app.screen, UnitScreen)
        with desk.reading() as session:
            assert match(session, "林小满")[0].phones == ("95588", "13900139999")
        await press(app, pilot, "ctrl+d", "ctrl+s")
        assert "已搬走" in seen(app)
    with desk.reading() as session:
        assert match(session, "林小满") == ()
    done = [change.what.value for change in file_of(desk, "3-1502").changes]
    assert done == ["left", "changed", "added", "added"]


async def test_5_6_a_change_says_from_what_to_what_and_an_empty_list_that_it_is(
    desk: Desk, clock: MovingClock
) -> None:
    person = settled(desk, clock)
    [resident] = file_of(desk, "3-1502").residents
    change_resident(
        desk, person, resident.id, resident.revision,
        name="周敏", phones=("13900139000",), kind="owner",
    )  # fmt: skip
    async with at_desk(desk, person) as (app, pilot):
        await opened(app, pilot, "3-1502")
        view = app.screen.query_one("#unit-view", Choice)
        for code, said in (
            ("left", "这里没有寄存的东西"),
            ("changes", "身份 住户 → 业主"),
            ("looks", "没有人看过全部资料"),
        ):
            view.value = code
            await settle(app, pilot)
            assert said in seen(app)
        view.value = "changes"
        await settle(app, pilot)
        assert "没有" not in seen(app).split("谁看过", 1)[1]
    async with at_desk(desk, person, size=(120, 30)) as (app, pilot):
        await opened(app, pilot, "3-1502")
        app.screen.query_one("#unit-view", Choice).value = "changes"
        await settle(app, pilot)
        assert "电话 138****8000 → 139****9000" in seen(app)


async def test_what_the_desk_must_know_shows_in_the_call_form(
    desk: Desk, clock: MovingClock
) -> None:
    person = settled(desk, clock)
    async with at_desk(desk, person) as (app, pilot):
        await opened(app, pilot, "3-1502")
        await press(app, pilot, "ctrl+f")
        app.screen.query_one("#unit-instruction", Line).value = "老人独居，先打电话"
        await press(app, pilot, "ctrl+s")
        assert "老人独居" in seen(app)
        await press(app, pilot, "f2", "3", "-", "1", "5", "0", "2", "enter")
        assert "老人独居，先打电话" in seen(app)


async def test_rows_13_and_16_what_is_typed_and_named_is_text(
    desk: Desk, clock: MovingClock
) -> None:
    person = settled(desk, clock)
    async with at_desk(desk, person) as (app, pilot):
        await app.run_action("open('residents')")
        await settle(app, pilot)
        for typed in ("[/]", "' OR 1=1 --", "%", "*", "[@click=app.quit]x[/]"):
            app.screen.query_one("#residents-typed", Line).value = typed
            await settle(app, pilot)
            assert typed in seen(app) and "3-1502" not in seen(app)
        app.screen.query_one("#residents-typed", Line).value = "3-602"
        await settle(app, pilot)
        await press(app, pilot, "enter", "enter", "ctrl+b", "enter")
        assert "[red]郑[/]" in seen(app)


async def test_a_resident_is_opened_from_the_search(desk: Desk, clock: MovingClock) -> None:
    person = settled(desk, clock)
    async with at_desk(desk, person) as (app, pilot):
        await press(app, pilot, "f7")
        app.screen.query_one("#search-typed", Line).value = "zm"
        await pilot.pause(0.3)
        await settle(app, pilot)
        await press(app, pilot, "enter", "enter")
        assert isinstance(app.screen, UnitScreen)


async def test_2_12_a_resident_is_erased_by_order_on_the_screen(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    desk = make_desk("company-24h")
    person = settled(desk, clock)
    logged(desk, person, OpenMatter())
    with desk.reading() as session:
        matter = open_matters(session, desk.now())[0]
    async with at_desk(desk, person) as (app, pilot):
        await opened(app, pilot, "3-1502")
        await press(app, pilot, "ctrl+w")
        assert isinstance(app.screen, UnitScreen), "the repair is open"
        assert "办结后才能删除" in seen(app) and "依据第 2.12 条" in seen(app)
        close(desk, person, matter.id, matter.revision, result="已修好", answered="知道了")
        await press(app, pilot, "ctrl+p")
        await pilot.press(*"ylsc")
        await pilot.pause(0.3)
        await press(app, pilot, "enter")
        assert isinstance(app.screen, EraseResident)
        assert "记录 1 条，待办 1 件" in seen(app) and "（第 2.12 条）" in seen(app)
        for who, why in (("1001", "请填写删除令的编号"), ("2001", "没有“依令删除住户资料”")):
            await fill_person(app, pilot, who)
            app.screen.query_one("#erase-pin", Line).value = PIN
            await press(app, pilot, "ctrl+s")
            assert why in seen(app) and "（第 2.12 条）" in seen(app)
            app.screen.query_one("#erase-order", Line).value = "翠湖〔2026〕7号"
        app.screen.query_one("#erase-pin", Line).value = PIN
        await fill_person(app, pilot, "1001")
        await press(app, pilot, "ctrl+s")
        assert isinstance(app.screen, UnitScreen)
        assert "已依令删除" in seen(app) and "水管漏水" not in seen(app)
    assert {each.order for each in verify(desk.store.path).erased} == {"翠湖〔2026〕7号"}


async def fill_person(app: DeskApp, pilot: Pilot[Any], staff_no: str) -> None:
    field = app.screen.query_one("#erase-by", PersonField)
    field.query_one(Line).value = staff_no
    field.query_one(Line).focus()
    await settle(app, pilot)
    await press(app, pilot, "enter")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_residents_look_as_they_were_approved(
    desk: Desk, clock: MovingClock, language: Language, size: tuple[int, int]
) -> None:
    person = settled(desk, clock)
    logged(desk, person)
    async with at_desk(desk, person, language=language, size=size) as (app, pilot):
        await app.run_action("open('residents')")
        await settle(app, pilot)
        await holds(app, f"residents-{language}-{size[0]}")
        await opened(app, pilot, "3-1502")
        await press(app, pilot, "ctrl+b", "enter")
        await holds(app, f"unit-{language}-{size[0]}")


async def test_4_9_an_export_from_the_screen_wants_right_and_pin(
    desk: Desk, clock: MovingClock
) -> None:
    clerk = settled(desk, clock)
    async with at_desk(desk, clerk) as (app, pilot):
        await app.run_action("open('export')")
        await settle(app, pilot)
        app.screen.query_one("#export-pin", Line).value = PIN
        await press(app, pilot, "ctrl+s")
        assert isinstance(app.screen, ExportDialog), "a clerk may not take data out"
    assert not (desk.folder / "exports").exists() or not list((desk.folder / "exports").iterdir())
    with desk.reading() as session:
        chief = next(one for one in people(session) if "supervisor" in one.roles)
    async with at_desk(desk, chief) as (app, pilot):
        await app.run_action("open('export')")
        await settle(app, pilot)
        app.screen.query_one("#export-what", Choice).value = "residents"
        app.screen.query_one("#export-pin", Line).value = PIN
        await press(app, pilot, "ctrl+s")
        assert not isinstance(app.screen, ExportDialog)
    assert [each.suffix for each in (desk.folder / "exports").iterdir()] == [".xlsx"]
