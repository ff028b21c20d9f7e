"""Dialogs that do something: what happens to them when they have gone before their act is done."""

from __future__ import annotations

import asyncio
from typing import ClassVar

import pytest

from desk_console.foundation.catalogue import message
from desk_console.foundation.refusal import Refusal
from desk_console.rulebook.desk import Desk
from desk_console.tui.app import DeskApp
from desk_console.tui.dialogs.act import ActDialog
from desk_console.tui.opening import Opening
from desk_console.tui.screens.live import LiveScreen


class Leaves(ActDialog[bool]):
    """Has left the screen before its act comes to its end."""

    title_key: ClassVar[str] = "tui.act.sign_off"

    def __init__(self, *, is_refused: bool) -> None:
        """Refused or done."""
        super().__init__()
        self._is_refused = is_refused

    async def act(self) -> None:
        """Close, wait until nothing of it is left to write in, then end."""
        self.dismiss(True)
        while self.query("#act-refusal"):
            await asyncio.sleep(0)
        if self._is_refused:
            raise Refusal("foundation.busy")


@pytest.mark.parametrize("is_refused", [False, True])
async def test_a_dialog_may_be_gone_before_its_act_is_done(
    desk: Desk, is_refused: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = DeskApp(Opening(open=lambda: desk))
    heard: list[Refusal] = []
    monkeypatch.setattr(app, "refused", heard.append)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.workers.wait_for_complete()
        await app.push_screen(Leaves(is_refused=is_refused))
        await pilot.press("ctrl+s")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, LiveScreen)
        assert [one.message for one in heard] == [message("foundation.busy")] * is_refused


class RefusesOnce(ActDialog[bool]):
    """Is refused at first, then goes on."""

    title_key: ClassVar[str] = "tui.act.sign_off"
    is_refused: bool = False

    async def act(self) -> None:
        """Refuse the first time."""
        if not self.is_refused:
            self.is_refused = True
            raise Refusal("foundation.busy")


async def test_a_refusal_that_was_mended_does_not_come_back_with_another_language(
    desk: Desk,
) -> None:
    app = DeskApp(Opening(open=lambda: desk))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.workers.wait_for_complete()
        await app.push_screen(RefusesOnce())
        said = app.screen.query_one("#act-refusal")
        quiet = []
        for key in ("ctrl+s", "f12", "ctrl+s", "f12"):
            await pilot.press(key)
            await app.workers.wait_for_complete()
            await pilot.pause()
            quiet.append(said.has_class("-quiet"))
        assert quiet == [False, False, True, True]
