"""Printing from the screens: the form of what is shown, kept as a file, and where it is said."""

from __future__ import annotations

from desk_console.foundation.clock import MovingClock
from desk_console.outputs.sheets.making import FOLDER
from desk_console.rulebook.desk import Desk
from desk_console.tui.dialogs.print_sheet import PrintSheet
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
