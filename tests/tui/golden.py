"""Text goldens: a screen as the text in its cells, kept under tests/goldens.

`GOLDENS=write pytest ...` writes them anew; look at the difference before it is committed.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from textual._context import visible_screen_stack
from textual.app import App

FOLDER = Path(__file__).parent.parent / "goldens"


def screen_text(app: App[Any]) -> str:
    """What stands on the screen: one line a row, trailing blanks left out."""
    visible_screen_stack.set(app._background_screens)  # what a dialog lies on
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips) + "\n"


def holds(app: App[Any], name: str, *, without: Sequence[str] = ()) -> None:
    """The screen is as its golden has it; `without` are words that come out otherwise each time."""
    shown, file = screen_text(app), FOLDER / f"{name}.txt"
    for words in without:
        shown = shown.replace(words, "#" * len(words))
    if os.environ.get("GOLDENS") == "write":
        FOLDER.mkdir(exist_ok=True)
        file.write_text(shown, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == shown, f"{name} is otherwise now:\n{shown}"
