"""The notice that covers a screen in a terminal too small for it, and goes away by itself."""

from __future__ import annotations

from rich.text import Text
from textual.app import RenderResult
from textual.widget import Widget

from desk_console.tui.language import Spoken
from desk_console.tui.widgets.plain import fit

LEAST_WIDTH = 60
LEAST_HEIGHT = 15


class TooSmall(Spoken, Widget):
    """Covers the whole screen while the screen has the class `-too-small`. Lives down to a single
    cell."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    TooSmall {
        display: none; overlay: screen; position: absolute; offset: 0 0;
        width: 100vw; height: 100vh; background: $background; color: $foreground;
    }
    """

    def render(self) -> RenderResult:
        """As much of the notice as there is room for: least size and present size in cells."""
        columns, lines = self.screen.size
        said = [
            self.tr("tui.kit.too_small"),
            self.tr("tui.kit.too_small_least", columns=LEAST_WIDTH, lines=LEAST_HEIGHT),
            self.tr("tui.kit.too_small_now", columns=columns, lines=lines),
        ]
        return Text("\n".join(fit(line, columns) for line in said[:lines]), no_wrap=True, end="")


def is_too_small(columns: int, lines: int) -> bool:
    """Is a terminal of this size too small for the screens?"""
    return columns < LEAST_WIDTH or lines < LEAST_HEIGHT
