"""Each clause on matters is named on the screen, where it asks and where it refuses."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from desk_console.foundation.clock import MovingClock
from desk_console.log.departments import DepartmentForm, add_department
from desk_console.log.forms import CallForm, NoticeForm
from desk_console.log.records import Category, Channel
from desk_console.log.resident_files import add_resident
from desk_console.log.resident_views import unit_of
from desk_console.log.residents import ResidentForm
from desk_console.matters.acts import OpenMatter, log_entry, take_step
from desk_console.matters.records import Importance
from desk_console.people.views import people
from desk_console.shift.due import DueView
from desk_console.tui.app import DeskApp
from desk_console.tui.dialogs.due import DueDialog
from desk_console.tui.dialogs.matter_further import FURTHER
from desk_console.tui.dialogs.matter_new import MissedCalls, NewTask
from desk_console.tui.dialogs.resident import Reveal
from desk_console.tui.dialogs.step import StepDialog
from desk_console.tui.screens.matter import MatterScreen
from desk_console.tui.screens.setup import SetupScreen
from desk_console.tui.screens.unit import UnitScreen
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import Line, Words
from desk_console.tui.widgets.marks import Marks
from tests.conftest import DeskMaker
from tests.matters.sites import Site, site, story
from tests.tui.call_site import at_desk, seen, settle


@dataclass(frozen=True, slots=True)
class Stage:
    """The app under one regulation, and what its scenes play with."""

    site: Site
    app: DeskApp
    pilot: Pilot[Any]

    async def show(self, screen: Screen[Any]) -> None:
        """Opens it over whatever is there."""
        self.app.push_screen(screen)
        await settle(self.app, self.pilot)

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
            await settle(self.app, self.pilot)

    def matter(self, wish: OpenMatter | None = None, **fields: Any) -> int:
        """A matter of that kind."""
        desk = self.site.desk
        given = {"content": "地面湿滑", "caller": "周敏", "unit_text": "3-1502", **fields}
        form = CallForm(form_id=desk.source.new_id(), at=desk.now(), **given)
        matter_id = log_entry(desk, self.site.writer, form, wish or OpenMatter()).matter_id
        assert matter_id is not None
        return matter_id


Scene = Callable[[Stage], Awaitable[None]]


def task(kind: str) -> Scene:
    async def play(stage: Stage) -> None:
        await stage.show(NewTask())
        stage.app.screen.query_one("#task-kind", Choice).value = kind
        await settle(stage.app, stage.pilot)

    return play


def further(code: str, **fields: Any) -> Scene:
    async def play(stage: Stage) -> None:
        matter_id = stage.matter(**fields)
        await stage.show(FURTHER[code](story(stage.site.desk, matter_id)))

    return play


def step(
    code: str, given: Mapping[str, str] | None = None, *, noted: Any = None, **fields: Any
) -> Scene:
    """Opens a step's dialog; with `given`, fills that in and has it done: it is refused. `noted`
    stands in the form already.
    """

    async def play(stage: Stage) -> None:
        desk, matter_id = stage.site.desk, stage.matter(**fields)
        if noted:
            take_step(desk, stage.site.writer, matter_id, 1, "note", noted)
        known = story(desk, matter_id)
        await stage.show(StepDialog(known, next(one for one in known.steps if one.code == code)))
        if given is None:
            return
        for name, words in given.items():
            field = stage.app.screen.query_one(f"#step-{name}")
            assert isinstance(field, Line | Words)
            field.value = words
        await stage.press("ctrl+s")
        assert isinstance(stage.app.screen, StepDialog), "it was not refused"

    return play


def whole(**fields: Any) -> Scene:
    async def play(stage: Stage) -> None:
        await stage.show(MatterScreen(stage.matter(**fields)))

    return play


def typed(kind: str = "", category: str = "", mark: str = "") -> Scene:
    """A call form with that chosen."""

    async def play(stage: Stage) -> None:
        await stage.press("f2")
        screen = stage.app.screen
        if kind:
            screen.query_one("#kind", Choice).value = kind
        if category:
            screen.query_one("#category", Choice).value = category
        if mark:
            screen.query_one("#marks", Marks).ticked = frozenset({mark})
        await settle(stage.app, stage.pilot)

    return play


async def reveal(stage: Stage) -> None:
    await stage.show(Reveal(1))


async def unit(stage: Stage) -> None:
    with stage.site.desk.reading() as session:
        await stage.show(UnitScreen(unit_of(session, 1) or 0))


async def retiring(stage: Stage) -> None:
    """The department of an open order is taken out of use in the set-up: refused."""
    stage.matter(category=Category.REPAIR)
    desk, seat = stage.site.desk, stage.app.seat
    with desk.reading() as session:
        boss = next(one for one in people(session) if one.staff_no == "9000")
    seat.take(boss)
    await stage.show(SetupScreen("departments"))
    stage.app.screen.query_one("#setup-rows").focus()
    await stage.press("ctrl+d", "right", "enter")
    seat.take(stage.site.writer)


async def closed(stage: Stage) -> None:
    matter_id = stage.matter()
    known = story(stage.site.desk, matter_id)
    given = {"result": "已处理", "answered": "已告知"}
    take_step(stage.site.desk, stage.site.writer, matter_id, known.line.revision, "close", given)
    await stage.press("f6")
    stage.app.screen.query_one("#matters-shown", Choice).value = "closed"
    await settle(stage.app, stage.pilot)


async def overdue(stage: Stage) -> None:
    stage.matter()
    await stage.press("f6")


async def missed(stage: Stage) -> None:
    await stage.show(MissedCalls())


async def counted(stage: Stage) -> None:
    due = DueView(
        kind="task", zh="快件分拣", en="Sort parcels", due_at=stage.site.desk.now(), clause=None,
        post_code="desk", task_id=1, shift_id=1, has_count=True,
    )  # fmt: skip
    await stage.show(DueDialog(due))


SETTLED = {"result": "已扶起，无伤", "answered": "已告知"}
REPAIR, COMPLAINT = {"category": Category.REPAIR}, {"category": Category.COMPLAINT}
URGENT = {"is_emergency": True, "category": Category.HELP}
PROPOSED = {"findings": "各执一词", "proposal": "当面调解"}
TOLD = (NoticeForm(department_id=1, how=Channel.CALL),)
MAJOR = {"wish": OpenMatter(importance=Importance.MAJOR)}

SCENES: dict[tuple[str, str], tuple[tuple[str, Scene], ...]] = {
    ("store-weekly", "duty-manager"): (
        ("1.4", task("task")),
        ("1.4", task("supplies")),
        ("1.5", typed(kind="patrol")),
        ("1.6", whole(**URGENT)),
        ("1.7", further("ask", **URGENT)),
    ),
    ("store-weekly", "duty-supervisor"): (
        ("1.7", step("settle", SETTLED, **URGENT)),
        ("1.11", step("close", SETTLED, **COMPLAINT)),
        ("1.11", further("ask", **COMPLAINT)),
    ),
    ("company-24h", "clerk"): (
        ("2.4", typed(mark="emergency")),
        ("2.4", step("settle", SETTLED, **URGENT)),
        ("2.11", further("ask")),
        ("2.12", reveal),
    ),
    ("cs-monthly", "clerk"): (
        ("3.6", task("instruction")),
        ("3.7", reveal),
        ("3.8", step("close", {"result": "已处理"})),
        ("3.8", overdue),
        ("3.9", closed),
    ),
    ("cs-department", "clerk"): (
        ("4.7", typed(kind="message")),
        ("4.8", further("department", notices=TOLD)),
        ("4.9", reveal),
        ("4.11", typed(category="complaint")),
        ("4.11", whole(**COMPLAINT)),
        ("4.11", step("answer", {"answered": "已告知"}, **COMPLAINT)),
    ),
    ("cs-staff", "clerk"): (
        ("5.4", task("visit")),
        ("5.5", step("propose", PROPOSED, noted={"type": "dispute"}, **COMPLAINT)),
        ("5.6", unit),
    ),
    ("property-24h", "clerk"): (
        ("6.3", whole(**REPAIR, notices=TOLD)),
        ("6.3", retiring),
        ("6.4", step("give_back", {}, **REPAIR)),
    ),
    ("courier", "clerk"): (
        ("7.6", typed(category="complaint")),
        ("7.10", overdue),
        ("7.10", missed),
        ("7.11", whole(**COMPLAINT)),
        ("7.12", counted),
    ),
    ("management-office", "clerk"): (
        ("9.4", overdue),
        ("9.4", whole()),
        ("9.6", further("ask")),
        ("9.6", step("close", SETTLED, **MAJOR)),
    ),
}


@pytest.mark.parametrize(("regulation", "on_duty"), SCENES)
async def test_what_is_asked_and_refused_about_matters_names_its_clause(
    make_desk: DeskMaker, clock: MovingClock, regulation: str, on_duty: str
) -> None:
    made = site(make_desk, clock, regulation, on_duty=on_duty)
    with made.desk.reading() as session:
        boss = next(one for one in people(session) if one.staff_no == "9000")
    department = DepartmentForm(code="maintenance", zh="维修部", en="Maintenance")
    add_department(made.desk, boss, department)
    add_resident(made.desk, boss, ResidentForm(building="3", room="1502", name="周敏"))
    missing = []
    async with at_desk(made.desk, made.writer) as (app, pilot):
        for clause, scene in SCENES[regulation, on_duty]:
            await scene(Stage(made, app, pilot))
            if clause not in cited_on(seen(app)):
                missing.append(f"{clause}\n{seen(app)}")
            app.clear_notifications()
            while len(app.screen_stack) > 1:
                app.pop_screen()
            await settle(app, pilot)
    assert not missing, "\n".join(missing)


def test_each_clause_of_the_matters_has_its_scene() -> None:
    shown = {clause for scenes in SCENES.values() for clause, _ in scenes}
    elsewhere = {"6.6", "6.7"}  # the call form at night, and the handover's record
    wanted = (
        "1.4 1.5 1.6 1.7 1.11 2.4 2.11 2.12 3.6 3.7 3.8 3.9 4.7 4.8 4.9 4.11 5.4 5.5 5.6 6.3 6.4 "
        "6.6 6.7 7.6 7.10 7.11 7.12 9.4 9.6"
    )
    assert shown | elsewhere == set(wanted.split())


def cited_on(shown: str) -> set[str]:
    """The clauses that a screen names."""
    return {each for found in re.findall(r"第 ([\d.、]+) 条", shown) for each in found.split("、")}
