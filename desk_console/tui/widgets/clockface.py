"""A clock that repaints its own cells and nothing else, and only when what it shows changes."""

from __future__ import annotations

from collections.abc import Callable

from rich.text import Text
from textual.geometry import Size
from textual.widget import Widget

from desk_console.tui.language import Spoken
from desk_console.tui.widgets.plain import cell, width


class ClockFace(Spoken, Widget):
    """Shows what `read` says, asked every second. Its width is kept, so that nothing beside it
    moves."""

    DEFAULT_CSS = "ClockFace { width: auto; height: 1; }"

    def __init__(
        self, read: Callable[[], str], *, id: str | None = None, classes: str | None = None
    ) -> None:
        """`read` gives the time in words, from the clock and the zone that the program was
        given."""
        super().__init__(id=id, classes=classes)
        self._read = read
        self._shown = ""

    def on_mount(self) -> None:
        """Begin to tick."""
        self._shown = self._read()
        self.set_interval(1.0, self.tick)

    def tick(self) -> None:
        """Look at the clock; repaint where it shows another time."""
        now = self._read()
        if now != self._shown:
            needs_room = width(now) != width(self._shown)
            self._shown = now
            self.refresh(layout=needs_room)

    def refresh_texts(self) -> None:
        """Another language words the time in another width."""
        self._shown = self._read()
        self.refresh(layout=True)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """The cells of the time shown."""
        return width(self._shown or self._read())

    def render(self) -> Text:
        """The time."""
        return cell(self._shown or self._read())
