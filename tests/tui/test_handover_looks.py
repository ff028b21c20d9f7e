"""How the wizard's rarer screens look, read as the clerk reads them: at 80x24 and 140x40."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from textual.pilot import Pilot

from desk_console.foundation.catalogue import Language
from desk_console.foundation.clock import MovingClock
from desk_console.handover.looking import check_area
from desk_console.handover.records import HandoverKind
from desk_console.matters.acts import OpenMatter
from desk_console.matters.records import Importance
from desk_console.rulebook.desk import Desk
from desk_console.shift.arrivals import sign_on
from desk_console.tui.app import DeskApp
from tests.handover.walk import Walk, call
from tests.tui.call_site import settle
from tests.tui.golden import holds
from tests.tui.handover_site import Evening, evening, opened, type_in, until

PIPE = OpenMatter(importance=Importance.IMPORTANT, title="水管爆裂")


@dataclass(frozen=True)
class Look:
    """In which language, on what terminal."""

    language: Language
    size: tuple[int, int]

    def words(self, zh: str, en: str) -> str:
        """Either."""
        return zh if self.language == "zh" else en


@pytest.fixture(params=[("zh", 80), ("en", 80), ("zh", 140), ("en", 140)])
def look(request: pytest.FixtureRequest) -> Look:
    """Each language at each size."""
    language, columns = request.param
    return Look(language, (columns, 24 if columns == 80 else 40))


@pytest.fixture
def site(desk: Desk, clock: MovingClock) -> Evening:
    """Ten past five; a burst pipe and a lamp are open."""
    made = evening(desk, clock)
    clerk = made.staff.clerk.person
    call(desk, clerk, "水管爆裂，已关阀", unit_text="3-2-1502", opened=PIPE)
    call(desk, clerk, "楼道灯不亮", unit_text="5-1-602")
    return made


@asynccontextmanager
async def shown(
    site: Evening, look: Look, *words: str
) -> AsyncIterator[tuple[DeskApp, Pilot[Any]]]:
    """The wizard, once it shows that."""
    seats = (site.staff.night_man, site.staff.supervisor, site.staff.clerk)
    async with opened(site.desk, "handover", *seats, language=look.language, size=look.size) as (
        app,
        pilot,
    ):
        await until(app, pilot, *words)
        await settle(app, pilot)
        yield app, pilot


async def is_golden(app: DeskApp, pilot: Pilot[Any], name: str, look: Look) -> None:
    """As it was approved."""
    app.clear_notifications()
    await settle(app, pilot)
    while app.screen.query("Toast"):
        await pilot.pause(0.02)
    await holds(app, f"handover-{name}-{look.language}-{look.size[0]}")


async def test_both_here_looks_as_it_was_approved(site: Evening, look: Look) -> None:
    site.walk().join()
    async with shown(site, look, look.words("[整理]", "[Tidy]")) as (app, pilot):
        await pilot.press("pageup")
        await until(app, pilot, look.words("[到场 完]", "[Here ok]"))
        await is_golden(app, pilot, "present", look)


async def test_what_is_told_and_said_back_looks_as_it_was_approved(
    site: Evening, look: Look
) -> None:
    walk = site.walk()
    for step in (walk.join, walk.tidy, walk.count, walk.read, walk.state):
        step()
    async with shown(site, look, look.words("接班复述", "read-back")) as (app, pilot):
        await pilot.press("ctrl+s")
        await until(app, pilot, look.words("请用自己的话说", "In your own words"))
        await is_golden(app, pilot, "receive", look)


async def test_the_area_looks_as_it_was_approved(site: Evening, look: Look) -> None:
    walk = up_to_area(site)
    taker, point = site.staff.night_man.person, walk.sheet.area[0]
    check_area(site.desk, taker, walk.id, point.item_id, is_ok=False, note="门关不上")
    async with shown(site, look, look.words("[区域]", "[Area]")) as (app, pilot):
        await is_golden(app, pilot, "area", look)


async def test_what_blocks_and_its_release_look_as_they_were_approved(
    site: Evening, look: Look
) -> None:
    up_to_area(site).look()
    async with shown(site, look, look.words("[重要]", "[Block]")) as (app, pilot):
        await is_golden(app, pilot, "blocking", look)
        await pilot.press("ctrl+s")
        await until(app, pilot, look.words("主管放行", "supervisor's release"))
        await is_golden(app, pilot, "release", look)


async def test_refusing_to_take_over_looks_as_it_was_approved(site: Evening, look: Look) -> None:
    site.walk().join()
    async with shown(site, look, look.words("[整理]", "[Tidy]")) as (app, pilot):
        await pilot.press("ctrl+k")
        await until(app, pilot, look.words("拒绝接班", "refuse to take over"))
        await pilot.press("tab")
        await type_in(app, pilot, "物品对不上")
        await is_golden(app, pilot, "refuse", look)


async def test_a_supervisor_who_acts_looks_as_it_was_approved(site: Evening, look: Look) -> None:
    site.clock.advance(timedelta(minutes=11))  # nothing was heard of the clerk for so long
    boss = site.proof(site.staff.supervisor)
    sign_on(site.desk, boss)
    kind, reason = HandoverKind.ACTING, "王晓燕突然生病"
    Walk(site.desk, boss, site.proof(site.staff.night_man), kind=kind, reason=reason)
    async with shown(site, look, look.words("[到场]", "[Here]"), reason) as (app, pilot):
        await is_golden(app, pilot, "acting", look)


async def test_the_turn_of_the_other_one_looks_as_it_was_approved(
    site: Evening, look: Look
) -> None:
    site.walk()
    async with shown(site, look, look.words("[到场]", "[Here]")) as (app, pilot):
        app.seat.proved_at.clear()
        await pilot.press("1", "ctrl+s")
        await until(app, pilot, look.words("换人操作", "The other one's turn"))
        await is_golden(app, pilot, "turn", look)


def up_to_area(site: Evening) -> Walk:
    """All steps before the area."""
    walk = site.walk()
    walk.join()
    walk.tidy()
    walk.count()
    walk.read()
    walk.state()
    walk.acknowledge()
    walk.accept()
    return walk
