"""Beginning a draft anew: the one that is open goes only when somebody says so."""

from __future__ import annotations

import pytest

from desk_console.people.pins import Proof
from desk_console.roster.drafts import pin
from desk_console.roster.planning import assignments
from desk_console.roster.problem import Draft
from desk_console.roster.records import DraftMethod
from desk_console.roster.views import draft_cells, open_draft
from desk_console.rulebook.desk import Desk
from desk_console.tui.dialogs.confirm import Confirm
from desk_console.tui.screens.roster.screen import RosterScreen
from tests.roster.drafting_desk import APRIL, drafted, hire_many, proven
from tests.staff import Staff
from tests.tui.call_site import seen
from tests.tui.test_roster import april, press


@pytest.fixture
def boss(desk: Desk, staff: Staff) -> Proof:
    hire_many(desk, staff.supervisor, "clerk", 2, first_no=2101)
    hire_many(desk, staff.supervisor, "maintenance", 2, first_no=3101)
    return proven(desk, staff.supervisor)


def cells(desk: Desk) -> Draft:
    """What stands in the open draft."""
    with desk.reading() as session:
        draft = open_draft(session, APRIL[0])
        assert draft is not None
        return assignments(draft_cells(session, draft.id or 0))


def revision(desk: Desk) -> int:
    """How often it was changed."""
    with desk.reading() as session:
        draft = open_draft(session, APRIL[0])
        assert draft is not None
        return draft.revision


async def test_9_1_a_draft_begun_anew_replaces_the_open_one_only_when_somebody_says_so(
    desk: Desk, boss: Proof, staff: Staff
) -> None:
    begun = drafted(desk, staff.supervisor, DraftMethod.HAND)
    async with april(desk, boss) as (app, pilot):
        # Nothing to lose in an empty draft: nothing is asked.
        await press(app, pilot, "insert")
        assert f"已有草案，{staff.supervisor.person.name}" in seen(app)
        await press(app, pilot, "1", "ctrl+s")
        assert isinstance(app.screen, RosterScreen)
    before = cells(desk)
    night = min(one for one in before if one.plan == "night")
    edited = pin(desk, boss.person.id, begun.draft_id, 2, night.person, night.day, is_pinned=True)
    async with april(desk, boss) as (app, pilot):
        await press(app, pilot, "insert", "1", "ctrl+s")
        assert isinstance(app.screen, Confirm)
        assert f"{len(before) - 1} 个班没有固定" in seen(app).replace("\n", "")
        await press(app, pilot, "enter")
        assert isinstance(app.screen, RosterScreen)
        assert "2026年4月" in seen(app) and revision(desk) == edited.revision
        await press(app, pilot, "insert", "1", "ctrl+s", "2", "enter")
        assert isinstance(app.screen, RosterScreen)
    assert revision(desk) == edited.revision + 1 and night in cells(desk)
