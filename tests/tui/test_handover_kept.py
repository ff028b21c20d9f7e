"""What is kept of what is typed into the handover's fields, and what never is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desk_console.foundation.refusal import Refusal
from desk_console.log import drafts
from desk_console.matters.acts import OpenMatter
from desk_console.matters.records import Importance
from desk_console.tui.widgets.fields import Line, Words
from tests.handover.walk import call
from tests.tui.call_site import settle
from tests.tui.handover_site import Evening, opened, type_in, until
from tests.tui.live_site import PIN
from tests.tui.test_handover_turns import kept, site, typed

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
        await type_in(app, pilot, PIN)
        await until(app, pilot, "********")  # three seconds at most, eight when keys wait
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
