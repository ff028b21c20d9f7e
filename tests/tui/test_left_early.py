"""Screens that are left before what they asked for is there."""

from __future__ import annotations

import asyncio

import pytest
from textual import work
from textual.app import ComposeResult
from textual.worker import WorkerFailed

from desk_console.rulebook.desk import Desk
from desk_console.tui.app import DeskApp
from desk_console.tui.host import OnDesk
from desk_console.tui.opening import Opening
from desk_console.tui.screen import DeskScreen
from desk_console.tui.screens.live import LiveScreen
from desk_console.tui.widgets.plain import Plain


class Slow(OnDesk, DeskScreen[None]):
    """Gets its answer when nothing is left of it to show it in, or has no place for it at all."""

    def __init__(self, *, leaves: bool) -> None:
        super().__init__()
        self._leaves = leaves

    def compose(self) -> ComposeResult:
        yield Plain(id="answer")

    def on_mount(self) -> None:
        self.load()

    @work
    async def load(self) -> None:
        if self._leaves:
            self.dismiss()
            while self.query("#answer"):
                await asyncio.sleep(0)
        self.query_one("#answer" if self._leaves else "#nowhere")


async def test_a_screen_may_be_left_before_its_answer_is_there(desk: Desk) -> None:
    app = DeskApp(Opening(open=lambda: desk))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.workers.wait_for_complete()
        app.push_screen(Slow(leaves=True))
        await pilot.pause()
        await app.workers.wait_for_complete()
        assert isinstance(app.screen, LiveScreen)


async def test_a_screen_that_looks_for_what_it_never_had_is_a_fault(desk: Desk) -> None:
    app = DeskApp(Opening(open=lambda: desk))
    with pytest.raises(WorkerFailed, match="nowhere"):
        async with app.run_test(size=(80, 24)) as pilot:
            await app.workers.wait_for_complete()
            app.push_screen(Slow(leaves=False))
            await pilot.pause(0.1)
