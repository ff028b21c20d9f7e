"""Text goldens: a screen as the text in its cells, kept under tests/goldens.

`GOLDENS=write pytest ...` writes them anew; look at the difference before it is committed.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from textual._compositor import Compositor
from textual._context import visible_screen_stack
from textual.app import App

FOLDER = Path(__file__).parent.parent / "goldens"
PATIENCE = 5.0
"""Seconds that a crowded machine is given to show a screen whole."""


_frames: WeakKeyDictionary[Compositor, int] = WeakKeyDictionary()
_texts: WeakKeyDictionary[Compositor, tuple[int, str]] = WeakKeyDictionary()


def count_frame(compositor: Compositor) -> None:
    """A terminal would be sent another frame of that screen now."""
    _frames[compositor] = _frames.get(compositor, 0) + 1


def screen_text(app: App[Any]) -> str:
    """What stands on the screen: one line a row, trailing blanks left out. Between two frames it
    stands still, and is not drawn again however often it is looked at.
    """
    compositor = app.screen._compositor
    frame = _frames.get(compositor, 0)
    drawn, text = _texts.get(compositor, (-1, ""))
    if drawn != frame:
        visible_screen_stack.set(app._background_screens)  # what a dialog lies on
        text = "\n".join(strip.text.rstrip() for strip in compositor.render_strips()) + "\n"
        _texts[compositor] = frame, text
    return text


async def holds(app: App[Any], name: str, *, without: Sequence[str] = ()) -> None:
    """The screen comes to stand as its golden has it; `without` are words that come out otherwise
    each time.
    """
    file = FOLDER / f"{name}.txt"
    if os.environ.get("GOLDENS") == "write":
        FOLDER.mkdir(exist_ok=True)
        file.write_text(_shown(app, without), encoding="utf-8")
    approved, end = file.read_text(encoding="utf-8"), time.monotonic() + PATIENCE
    while (shown := _shown(app, without)) != approved:
        assert time.monotonic() < end, f"{name} is otherwise now:\n{shown}"
        await asyncio.sleep(0.05)


def _shown(app: App[Any], without: Sequence[str]) -> str:
    shown = screen_text(app)
    for words in without:
        shown = shown.replace(words, "#" * len(words))
    return shown
