"""Printing from the screens: the form of what is shown, kept as a file, and where it is said."""

from __future__ import annotations

from desk_console.foundation.clock import MovingClock
from desk_console.log.forms import CallForm
from desk_console.log.records import Category
from desk_console.matters.acts import log_entry
from desk_console.outputs.sheets.making import FOLDER
from desk_console.rulebook.desk import Desk
from desk_console.tui.dialogs.entry_book import EntryBook
from desk_console.tui.dialogs.print_sheet import PrintSheet
from desk_console.tui.screens.matter import MatterScreen
from tests.tui.call_site import at_desk, seen, settle, settled
from tests.tui.test_find import logged


async def test_6_5_the_logbook_prints_its_day(desk: Desk, clock: MovingClock) -> None:
    person = settled(desk, clock)
    logged(desk, person, clock)
    async with at_desk(desk, person) as (app, pilot):
        await app.run_action("open('logbook')")
        await settle(app, pilot)
        await pilot.press("ctrl+u")
        await settle(app, pilot)
        assert isinstance(app.screen, PrintSheet)
        assert "值班记录表" in seen(app)
        await pilot.press("tab", "right", "ctrl+s")
        await settle(app, pilot)
        assert FOLDER in seen(app)
    [made] = (desk.folder / FOLDER).iterdir()
    assert made.name == "值班记录表（工作日志）-2026-03-02.html"
    assert "问物业费怎么交" in made.read_text(encoding="utf-8")


async def test_6_6_a_repair_prints_its_work_order_from_the_matter(
    desk: Desk, clock: MovingClock
) -> None:
    person = settled(desk, clock)
    form = CallForm(
        form_id="r", at=desk.now(), category=Category.REPAIR, content="角阀漏水", caller="周敏"
    )
    matter_id = log_entry(desk, person, form).matter_id
    assert matter_id is not None
    async with at_desk(desk, person) as (app, pilot):
        app.push_screen(MatterScreen(matter_id))
        await settle(app, pilot)
        await pilot.press("ctrl+u")
        await settle(app, pilot)
        assert "维修工作单" in seen(app)
        await pilot.press("tab", "right", "ctrl+s")
        await settle(app, pilot)
    [made] = (desk.folder / FOLDER).iterdir()
    assert made.name == "维修工作单-WX2026-0001.html"


async def test_an_entry_with_nothing_to_print_says_so(desk: Desk, clock: MovingClock) -> None:
    person = settled(desk, clock)
    entry_id = logged(desk, person, clock)[0]
    async with at_desk(desk, person) as (app, pilot):
        app.push_screen(EntryBook(entry_id))
        await settle(app, pilot)
        await pilot.press("ctrl+u")
        await settle(app, pilot)
        assert isinstance(app.screen, EntryBook)
        assert "没有可打印的内容" in seen(app)


async def test_2_5_the_roster_prints_its_notice_board_sheet(desk: Desk, clock: MovingClock) -> None:
    person = settled(desk, clock)
    async with at_desk(desk, person) as (app, pilot):
        await app.run_action("open('roster')")
        await settle(app, pilot)
        await pilot.press("ctrl+u")
        await settle(app, pilot)
        assert "值班安排表" in seen(app)
        assert "住户信息" not in seen(app), "there is none on it"
        await pilot.press("tab", "right", "ctrl+s")
        await settle(app, pilot)
    [made] = (desk.folder / FOLDER).iterdir()
    assert made.name == "值班安排表-2026-03.html"


async def test_the_agreement_that_staff_sign_is_printed_from_the_set_up(
    desk: Desk, clock: MovingClock
) -> None:
    person = settled(desk, clock)
    async with at_desk(desk, person, size=(100, 30)) as (app, pilot):
        await app.run_action("open('setup')")
        await settle(app, pilot)
        await pilot.press("tab", "2", "0", "0", "1", "tab")
        await settle(app, pilot)
        await pilot.press("ctrl+u")
        await settle(app, pilot)
        assert isinstance(app.screen, PrintSheet)
        assert "约定书" in seen(app) and "住户信息" not in seen(app)
        await pilot.press("tab", "right", "ctrl+s")
        await settle(app, pilot)
    [made] = (desk.folder / FOLDER).iterdir()
    assert made.name.endswith("-2001.html")
    assert "王晓燕" in made.read_text(encoding="utf-8")


async def test_2_5_the_roster_is_kept_as_spreadsheet_and_calendar_too(
    desk: Desk, clock: MovingClock
) -> None:
    person = settled(desk, clock)
    async with at_desk(desk, person) as (app, pilot):
        await app.run_action("open('roster')")
        await settle(app, pilot)
        for key in "3", "4":
            await pilot.press("ctrl+u")
            await settle(app, pilot)
            await pilot.press("tab", key, "ctrl+s")
            await settle(app, pilot)
            assert FOLDER in seen(app)
    made = {one.name: one for one in (desk.folder / FOLDER).iterdir()}
    assert set(made) == {"值班安排表-2026-03.xlsx", "值班安排表-2026-03.ics"}
    assert made["值班安排表-2026-03.xlsx"].read_bytes()[:2] == b"PK"
    assert made["值班安排表-2026-03.ics"].read_bytes().startswith(b"BEGIN:VCALENDAR")
