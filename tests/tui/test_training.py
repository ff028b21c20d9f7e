"""Training and qualifications on the screen: the clause that asks for them is named."""

from datetime import date

import pytest

from desk_console.people.acts import add_qualification
from desk_console.people.records import QualificationForm
from tests.conftest import DeskMaker
from tests.handover.walk import proven
from tests.staff import hire
from tests.tui.call_site import at_desk, seen, settle


@pytest.mark.parametrize(
    ("regulation", "clauses"),
    [("cs-staff", "5.9"), ("courier", "7.2、7.5"), ("cs-department", "4.4")],
    ids=["5_9", "7_5", "4_4"],
)
async def test_7_5_5_9_4_4_the_training_screen_names_its_clauses(
    make_desk: DeskMaker, regulation: str, clauses: str
) -> None:
    desk = make_desk(regulation)
    boss = proven(desk, hire(desk, "1001", "周静怡", "supervisor", "clerk"))
    async with at_desk(desk, boss.person) as (app, pilot):
        app.action_open("training")
        await settle(app, pilot)
        assert f"（第 {clauses} 条）" in seen(app)


async def test_7_5_and_5_9_where_no_clause_asks_the_screen_says_so(make_desk: DeskMaker) -> None:
    desk = make_desk("property-24h")
    boss = proven(desk, hire(desk, "1001", "周静怡", "supervisor", "clerk"))
    async with at_desk(desk, boss.person) as (app, pilot):
        app.action_open("training")
        await settle(app, pilot)
        assert "不要求资格" in seen(app)


async def test_7_5_what_runs_out_and_what_has_ended_is_said_in_words(make_desk: DeskMaker) -> None:
    desk = make_desk("courier")
    boss = proven(desk, hire(desk, "1001", "周静怡", "supervisor", "clerk"))
    for code, until in (("course", date(2026, 2, 1)), ("post", date(2026, 3, 20))):
        form = QualificationForm(
            code=code, title="安检", valid_from=date(2025, 1, 1), valid_until=until
        )
        add_qualification(desk, boss.person.id, form, by_id=boss.person.id)
    async with at_desk(desk, boss.person, size=(80, 24)) as (app, pilot):
        app.action_open("training")
        await settle(app, pilot)
        assert "2025-01-01 - 2026-02-01  已过期" in seen(app)
        assert "2025-01-01 - 2026-03-20  快到期" in seen(app)
