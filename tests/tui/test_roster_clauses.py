"""Each regulation's clauses on the roster, named on the screen where they refuse, ask or warn."""

from __future__ import annotations

import re
from collections.abc import Collection
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from textual.pilot import Pilot

from desk_console.foundation.clock import MovingClock
from desk_console.foundation.refusal import Refusal
from desk_console.people.acts import add_person
from desk_console.people.pins import Proof
from desk_console.people.records import PersonForm
from desk_console.roster.drafts import clear, place
from desk_console.roster.problem import Assignment
from desk_console.roster.records import RequestKind
from desk_console.rulebook.desk import Desk
from desk_console.shift.arrivals import sign_on
from desk_console.tui.app import DeskApp
from desk_console.tui.dialogs.roster.begin import BeginDraft
from desk_console.tui.screens.roster.screen import RosterScreen
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.grid import Grid
from tests.conftest import DeskMaker
from tests.on_roster import Turn, put_on_roster
from tests.roster.drafting_desk import drafted, hire_many, look, proven
from tests.roster.test_publication import ROLES
from tests.staff import BEGAN, Shown, hire
from tests.tui.call_site import at_desk, seen, settle

FRIDAY = date(2026, 4, 10)

NAMED = {
    "store-weekly": {"findings": "1.1 1.3", "begin": "1.2"},
    "company-24h": {
        "findings": "2.1 2.3",
        "attendance": "2.2",
        "title": "2.5",
        "leave": "2.6",
        "swap": "2.7",
        "begin": "2.7",
    },
    "cs-monthly": {
        "begin": "3.1",
        "publish": "3.2",
        "leave": "3.3",
        "attendance": "3.3",
        "swap": "3.5",
    },
    "cs-department": {
        "cell": "4.1",
        "begin": "4.2",
        "overtime": "4.3",
        "findings": "4.4",
        "training": "4.4",
    },
    "cs-staff": {"training": "5.9"},
    "property-24h": {"findings": "6.1 6.2"},
    "courier": {"findings": "7.2", "leave": "7.3", "attendance": "7.3", "training": "7.2 7.5"},
    "management-office": {"title": "9.1", "leave": "9.8", "swap": "9.8"},
}
"""By regulation, the places on the screen and the clauses that must be named there."""


@pytest.mark.parametrize(
    "regulation",
    NAMED,
    ids=[f"{one}_{'_'.join(sorted(set(' '.join(NAMED[one].values()).split())))}" for one in NAMED],
)
async def test_each_regulation_s_clauses_are_named_where_they_speak(
    make_desk: DeskMaker, clock: MovingClock, regulation: str
) -> None:
    desk = make_desk(regulation)
    boss = proven(desk, hire(desk, "1001", "周静怡", "manager"))
    crew = [
        one
        for number, (role, count) in enumerate(ROLES[regulation])
        for one in hire_many(desk, Shown(boss.person), role, count, first_no=2000 + 100 * number)
    ]
    spoilt(desk, Shown(boss.person), crew)
    if "attendance" in NAMED[regulation]:
        come_late(desk, clock, boss, crew[0])
    shown = await walked(desk, boss, NAMED[regulation])
    missing = [
        (where, clause, shown[where])
        for where, clauses in NAMED[regulation].items()
        for clause in clauses.split()
        if not re.search(rf"第 ([\d.]+、)*{re.escape(clause)}(、[\d.]+)* 条", shown[where])
    ]
    assert missing == []


def come_late(desk: Desk, clock: MovingClock, boss: Proof, who: Shown) -> None:
    """Somebody comes twenty minutes after the beginning of their shift of tomorrow."""
    plan = desk.duty.shifts[0]
    day = desk.now().astimezone(desk.zone).date() + timedelta(days=1)
    put_on_roster(desk, boss.person.id, day, day, [Turn(day, plan.code, "desk", who.person.id)])
    begins = datetime.combine(day, plan.start, desk.zone)
    clock.move_to(begins + timedelta(minutes=20))
    sign_on(desk, who)


def spoilt(desk: Desk, boss: Shown, crew: list[Shown]) -> None:
    """A draft of April with a gap, a shift short of somebody, a newcomer without a telephone,
    qualification or training, and one in a shift that is not for their role.
    """
    draft = drafted(desk, boss)
    cells = sorted(look(desk, draft).cells)
    first, other = cells[0], next(one for one in cells if one.day > cells[0].day)
    short = next((one for one in cells if one.post == "staff"), cells[-1])
    roles = crew[0].person.roles
    form = PersonForm(staff_no="2900", name="新来的", roles=roles, started_on=BEGAN)
    newcomer = add_person(desk, form, by_id=boss.person.id)
    at = draft.draft_id, draft.revision
    for cell in (other, short):
        edited = clear(desk, boss.person.id, *at, cell)
        at = edited.draft_id, edited.revision
    edited = place(desk, boss.person.id, *at, first._replace(person=newcomer.id))
    at = edited.draft_id, edited.revision
    with suppress(Refusal):
        night = Assignment(FRIDAY, "night", "desk", crew[0].person.id)
        place(desk, boss.person.id, *at, night)


async def walked(desk: Desk, boss: Proof, wanted: Collection[str]) -> dict[str, str]:
    """What stands on the screen at each of the wanted places."""
    shown: dict[str, str] = {}
    async with at_desk(desk, boss.person, size=(120, 50)) as (app, pilot):
        await press(app, pilot, "f5", "pagedown")
        assert isinstance(app.screen, RosterScreen)
        shown["findings"] = seen(app)
        if "findings" in wanted:
            await press(app, pilot, "tab", "ctrl+end")
            shown["findings"] += seen(app)
        if "cell" in wanted:
            app.screen.query_one(Grid).go_to(None, FRIDAY.isoformat())
            await settle(app, pilot)
            shown["cell"] = seen(app)
        if "publish" in wanted:
            await press(app, pilot, "ctrl+s")
            shown["publish"] = seen(app)
            await press(app, pilot, "escape")
        if {"title", "begin"} & set(wanted):
            app.screen.query_one(Grid).focus()
            await press(app, pilot, "pagedown")
            shown["title"] = seen(app)
            await press(app, pilot, "insert")
            assert isinstance(app.screen, BeginDraft)
            shown["begin"] = seen(app)
            await press(app, pilot, "escape")
        if set(RequestKind) & set(wanted):
            await press(app, pilot, "ctrl+a", "insert")
            for kind in RequestKind:
                app.screen.query_one("#ask-kind", Choice).value = kind
                await settle(app, pilot)
                shown[kind] = seen(app)
            await press(app, pilot, "escape")
        for name in {"training", "attendance"} & set(wanted):
            app.action_open(name)
            await settle(app, pilot)
            shown[name] = seen(app)
    return shown


async def press(app: DeskApp, pilot: Pilot[Any], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(app, pilot)
