"""Marks: a few claims, each said or not, on one line. The claim that stands has an x in its box."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message as Event
from textual.reactive import reactive
from textual.widget import Widget

from desk_console.foundation.text import narrow
from desk_console.tui.language import Spoken
from desk_console.tui.widgets.plain import one_line, width

GAP = 2


class Marks(Spoken, Widget, can_focus=True):
    """Ticks some codes of a few. `ticked` is the set of those that stand."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,up", "step(-1)", show=False),
        Binding("right,down", "step(1)", show=False),
        Binding("space", "tick", show=False),
        Binding("enter", "move_on", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"marks--here", "marks--ticked"}
    DEFAULT_CSS = """
    Marks { height: auto; width: 1fr; background: $boost; padding: 0 1; }
    Marks:focus { background: $accent-muted; }
    Marks > .marks--here { text-style: underline; }
    Marks > .marks--ticked { text-style: bold; color: $text-primary; }
    """

    ticked: reactive[frozenset[str]] = reactive(frozenset(), init=False)

    @dataclass
    class Ticked(Event):
        """What stands has changed."""

        marks: Marks
        codes: frozenset[str]

        @property
        def control(self) -> Marks:
            """The marks."""
            return self.marks

    def __init__(
        self,
        codes: Iterable[str],
        label: Callable[[str], str],
        *,
        ticked: Collection[str] = (),
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """`label` words a code, asked at each painting. Digits tick in order."""
        super().__init__(id=id, classes=classes)
        self._codes = tuple(codes)
        self._label = label
        self._here = 0
        self.set_reactive(Marks.ticked, frozenset(ticked) & frozenset(self._codes))

    @property
    def codes(self) -> tuple[str, ...]:
        """What can be ticked, in order."""
        return self._codes

    def offer(self, codes: Iterable[str]) -> None:
        """Other codes can be ticked from now on; what can be no more no longer stands."""
        if (offered := tuple(codes)) != self._codes:
            self._codes, self._here = offered, 0
            self.ticked = self.ticked & frozenset(offered)
            self.refresh(layout=True)

    def refresh_texts(self) -> None:
        """Words of another language may need more lines."""
        self.refresh(layout=True)

    def validate_ticked(self, ticked: Collection[str]) -> frozenset[str]:
        """Only what is offered can stand."""
        return frozenset(ticked) & frozenset(self._codes)

    def watch_ticked(self) -> None:
        """Tell of the change."""
        self.post_message(self.Ticked(self, self.ticked))

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """The cells of all marks on one line."""
        return sum(self._cells(code) + GAP for code in self._codes) - GAP

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The lines that the marks need at this width."""
        return max((line for line, _ in self._places(width)), default=0) + 1

    def render(self) -> Text:
        """The marks, wrapped between them and never inside one."""
        here = self.get_component_rich_style("marks--here", partial=True)
        bold = self.get_component_rich_style("marks--ticked", partial=True)
        text = Text(no_wrap=True, end="")
        last = 0
        for index, (line, start) in enumerate(self._places(self.content_size.width)):
            if line > last:
                text.append("\n")
            elif start:
                text.append(" " * GAP)
            last = line
            code = self._codes[index]
            is_ticked = code in self.ticked
            words = one_line(self._label(code))
            text.append("[x] " if is_ticked else "[ ] ", bold if is_ticked else "")
            text.append(words, here if self.has_focus and index == self._here else "")
        return text

    def _cells(self, code: str) -> int:
        return width(self._label(code)) + 4

    def _places(self, room: int) -> list[tuple[int, int]]:
        places: list[tuple[int, int]] = []
        line = start = 0
        for code in self._codes:
            cells = self._cells(code)
            if start and start + cells > room:
                line, start = line + 1, 0
            places.append((line, start))
            start += cells + GAP
        return places

    def on_key(self, event: events.Key) -> None:
        """A digit ticks the mark of that place, also as the full-width sign of an input method."""
        sign = narrow(event.character or "") if event.is_printable else ""
        if len(sign) == 1 and sign.isdigit() and 1 <= int(sign) <= len(self._codes):
            event.stop()
            event.prevent_default()
            self._here = int(sign) - 1
            self.action_tick()

    def on_click(self, event: events.Click) -> None:
        """Tick the mark under the pointer."""
        at = event.get_content_offset(self)
        if at is None:
            return
        places = self._places(self.content_size.width)
        for index, ((line, start), code) in enumerate(zip(places, self._codes, strict=True)):
            if line == at.y and start <= at.x < start + self._cells(code):
                self._here = index
                self.action_tick()

    def action_step(self, by: int) -> None:
        """Go to the next mark, or the one before."""
        self._here = (self._here + by) % max(1, len(self._codes))
        self.refresh()

    def action_tick(self) -> None:
        """Say it, or take it back."""
        if self._codes:
            self.ticked = self.ticked ^ {self._codes[self._here]}
            self.refresh()

    def action_move_on(self) -> None:
        """Go to the next field."""
        self.screen.focus_next()
