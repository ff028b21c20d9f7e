"""The real app for the tests of the call form: a clerk on duty, residents, departments, a route."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from textual.pilot import Pilot
from textual.worker import Worker

from desk_console.foundation.catalogue import Language
from desk_console.foundation.clock import MovingClock
from desk_console.log import drafts
from desk_console.log.departments import DepartmentForm, add_department
from desk_console.log.resident_files import add_resident
from desk_console.log.residents import ResidentForm
from desk_console.people.records import PersonView
from desk_console.rulebook.desk import Desk
from desk_console.shift.arrivals import sign_on
from desk_console.shift.items import ItemForm, add_item
from desk_console.shift.rounds import add_route
from desk_console.tui.app import DeskApp
from desk_console.tui.opening import Opening
from tests.built import built_once
from tests.tui.golden import screen_text
from tests.tui.live_site import staffed


@built_once
def settled(desk: Desk, clock: MovingClock) -> PersonView:
    """A desk with what a call form asks for; gives the clerk who is on duty."""
    staff = staffed(desk)
    chief = staff.supervisor.person
    for room, name, phone in (
        ("1502", "周敏", "13800138000"),
        ("1503", "单雄", "13900139000"),
        ("602", "[red]郑[/]", "01062345678"),
    ):
        add_resident(desk, chief, ResidentForm(building="3", room=room, name=name, phones=(phone,)))
    add_department(desk, chief, DepartmentForm(code="maintenance", zh="维修部", en="Maintenance"))
    add_department(desk, chief, DepartmentForm(code="security", zh="秩序部", en="Security"))
    add_route(
        desk,
        chief.id,
        code="lobby",
        zh="大堂路线",
        en="Lobby round",
        points=[("大堂", "Lobby"), ("电梯厅", "Lift hall"), ("消防通道", "Fire exit")],
    )
    add_item(desk, chief.id, ItemForm(code="leaflet", name="装修须知", unit="份", opening=50))
    sign_on(desk, staff.clerk)
    return staff.clerk.person


@asynccontextmanager
async def at_desk(
    desk: Desk,
    person: PersonView | None,
    *,
    language: Language = "zh",
    size: tuple[int, int] = (80, 24),
) -> AsyncIterator[tuple[DeskApp, Pilot[Any]]]:
    """The app on this desk, the person in its seat."""
    app = DeskApp(Opening(open=lambda: desk, language=language))
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        for _ in range(50):
            if app.desk is not None:
                break
            await pilot.pause(0.02)
        if person is not None:
            app.seat.take(person)
        yield app, pilot


async def settle(app: DeskApp, pilot: Pilot[Any]) -> None:
    """Wait until the threads have answered and the screen has followed. Whoever has asked
    something in a dialog is not waited for: the answer is the test's to give.
    """
    await pilot.pause()
    for _ in range(100):
        if all(worker.is_finished or _has_asked(worker) for worker in app.workers):
            break
        await pilot.pause(0.02)
    await pilot.pause()


def _has_asked(worker: Worker[Any]) -> bool:
    """Whether it waits for what somebody answers in a dialog."""
    step: Any = worker._task.get_coro() if worker._task else None
    while step is not None:
        if getattr(step, "__name__", "") == "push_screen_wait":
            return True
        step = getattr(step, "cr_await", None)
    return False


async def until_kept(desk: Desk, pilot: Pilot[Any], caller: str) -> None:
    """Wait until a draft holds what was typed as the caller's name."""
    for _ in range(500):
        with desk.reading() as session:
            if caller in [one.fields.get("caller") for one in drafts.waiting(session)]:
                return
        await pilot.pause(0.02)
    raise AssertionError(f"no draft of {caller!r}")


def seen(app: DeskApp) -> str:
    """What stands on the screen, line by line."""
    return screen_text(app)
