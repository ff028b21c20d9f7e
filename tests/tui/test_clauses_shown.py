"""What a clause asks for without refusing anything is named on the screen where it is done."""

from datetime import date

import pytest

from desk_console.foundation.catalogue import Catalogue
from desk_console.rulebook.topics import Topic
from desk_console.shift import checks
from desk_console.tui.citing import cited
from desk_console.tui.dialogs.checks import CheckDialog
from desk_console.tui.dialogs.roster.begin import BeginDraft
from tests.conftest import DeskMaker
from tests.handover.walk import proven
from tests.staff import hire
from tests.tui.call_site import at_desk, seen, settle


@pytest.mark.parametrize(
    ("regulation", "rule"),
    [
        ("company-24h", "按顺序轮流（第 2.7 条）"),
        ("store-weekly", "按顺序轮流（第 1.2 条）"),
        ("cs-department", "周末轮班（第 4.2 条）"),
        ("cs-monthly", "兼顾工作量（第 3.1 条）"),
    ],
    ids=["2_7", "1_2", "4_2", "3_1"],
)
async def test_2_7_1_2_4_2_3_1_a_draft_says_by_which_clause_it_goes(
    make_desk: DeskMaker, regulation: str, rule: str
) -> None:
    desk = make_desk(regulation)
    boss = proven(desk, hire(desk, "1001", "周静怡", "manager", "department-head", "supervisor"))
    async with at_desk(desk, boss.person) as (app, pilot):
        app.push_screen(BeginDraft(date(2026, 4, 1), date(2026, 4, 30), None))
        await settle(app, pilot)
        assert rule in seen(app)


async def test_7_4_7_7_the_lines_to_answer_at_the_shift_s_start_follow_the_language(
    make_desk: DeskMaker,
) -> None:
    desk = make_desk("courier")
    with desk.transaction() as work:
        checks.seed(work, desk.duty)
    clerk = proven(desk, hire(desk, "1001", "周静怡", "supervisor", "clerk"))
    async with at_desk(desk, clerk.person) as (app, pilot):
        app.push_screen(CheckDialog("start", attendance_id=1))
        await settle(app, pilot)
        assert "设备齐全（第 7.7 条）" in seen(app)
        await pilot.press("f12")
        await settle(app, pilot)
        assert "设备齐全" not in seen(app) and "(clause 7.7)" in seen(app)


def test_several_clauses_are_several_in_english(make_desk: DeskMaker) -> None:
    duty, words = make_desk(also=("management-office",)).duty, Catalogue("en")
    one, two = cited("handover.step_sign", duty, Topic.NEXT_STEP), Topic.CARRY_OVER
    assert words.text(one).endswith(" (clause 9.15)")
    several = cited("handover.step_sign", duty, Topic.NEXT_STEP, two)
    assert words.text(several).endswith(" (clauses 9.15, 6.9)")
