"""Some of an item are damaged: the keys beside the digits say how many (9.10)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from textual.pilot import Pilot

from desk_console.handover.records import Condition
from desk_console.handover.sheet import ItemLine
from desk_console.tui.app import DeskApp
from desk_console.tui.screens.handover.count_line import CountLine
from desk_console.tui.widgets.person_field import PersonField
from tests.tui.call_site import settle
from tests.tui.handover_site import Evening, focused, opened, type_in, until
from tests.tui.test_handover_turns import site

__all__ = ["site"]

WIRELESS, KEYS, TORCHES = 0, 1, 2


@asynccontextmanager
async def at_the_count(site: Evening) -> AsyncIterator[tuple[DeskApp, Pilot[Any]]]:
    """The step of the items, the cursor in the field of the first."""
    walk = site.walk()
    walk.join()
    walk.tidy()
    seats = (site.staff.night_man, site.staff.clerk)
    async with opened(site.desk, "handover", *seats) as (app, pilot):
        await until(app, pilot, "[物品]", "坏 2 个按 2/")
        await focused(app, pilot, CountLine)
        yield app, pilot


async def kept(site: Evening, pilot: Pilot[Any], number: int) -> ItemLine:
    """A line of the sheet once its count is kept."""
    walk = site.walk()
    for _ in range(300):
        line = walk.sheet.items[number]
        if line.counted is not None:
            return line
        await pilot.pause(0.02)
    raise AssertionError("nothing was counted")


async def test_9_10_the_key_marks_one_then_all_then_none_and_a_number_before_it_so_many(
    site: Evening,
) -> None:
    async with at_the_count(site) as (app, pilot):
        await type_in(app, pilot, "/")
        await until(app, pilot, "记为坏 1，请输实点数")
        await type_in(app, pilot, "/")
        await until(app, pilot, "记为损坏，请输实点数")
        await type_in(app, pilot, "/")
        await until(app, pilot, "有坏按 /")
        await type_in(app, pilot, "3/")
        await until(app, pilot, "记为坏 3，请输实点数")
        await type_in(app, pilot, "4")  # the right figure: the next item comes
        line = await kept(site, pilot, WIRELESS)
        assert (line.counted, line.condition, line.damaged) == (4, Condition.DAMAGED, 3)
        await until(app, pilot, "坏 3")
        await type_in(app, pilot, "//2")
        line = await kept(site, pilot, KEYS)
        assert (line.condition, line.damaged) == (Condition.DAMAGED, None)


async def test_9_10_more_damaged_than_counted_is_refused_with_its_clause(site: Evening) -> None:
    async with at_the_count(site) as (app, pilot):
        await type_in(app, pilot, "3/2")
        await pilot.press("enter")
        shown = await until(app, pilot, "只点到 2", "依据第 9.10 条")
        assert "坏 3" in shown
        await type_in(app, pilot, "2/2")  # said otherwise, and the cursor is where it was
        await pilot.press("enter")
        line = await kept(site, pilot, WIRELESS)
        assert (line.counted, line.condition, line.damaged) == (2, Condition.DAMAGED, None)
        await settle(app, pilot)


async def test_9_10_what_is_said_to_a_difference_stands_under_how_many_are_damaged(
    site: Evening,
) -> None:
    async with at_the_count(site) as (app, pilot):
        await type_in(app, pilot, "/423")
        await until(app, pilot, "点完了")
        await settle(app, pilot)
        await pilot.press("ctrl+s")
        await until(app, pilot, "说明差异", "对讲机  应有 4，实点 4，坏 1")
        await type_in(app, pilot, "天线断")
        await pilot.press("tab")
        await type_in(app, pilot, "摔了")
        await pilot.press("tab")
        await type_in(app, pilot, "qqq")
        await pilot.press("ctrl+s")
        await until(app, pilot, "依据第 9.10 条")  # and the cursor is where nobody is named yet
        await settle(app, pilot)
        assert app.screen.query_one("#explain-who", PersonField).line.has_focus
