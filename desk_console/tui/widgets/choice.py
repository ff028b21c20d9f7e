"""A choice of a few: one line, each option with its own key.

An option is chosen by its digit or letter, by the arrows or by the mouse. The one chosen stands in
square brackets: never told by colour alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
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

HOTKEYS = "123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an option stands: its line, its first cell, its cells."""

    line: int
    start: int
    cells: int


class Choice(Spoken, Widget, can_focus=True):
    """Chooses one code of a few. `value` is the code, or None while nothing is chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", show=False),
        Binding("right", "step(1)", show=False),
        Binding("up", "line(-1)", show=False),
        Binding("down", "line(1)", show=False),
        Binding("home", "reach(0)", show=False),
        Binding("end", "reach(-1)", show=False),
        Binding("enter", "move_on", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"choice--chosen", "choice--key"}
    DEFAULT_CSS = """
    Choice { height: auto; width: 1fr; background: $panel; }
    Choice > .choice--chosen { text-style: bold; color: $text-primary; }
    Choice > .choice--key { color: $text-muted; }
    Choice:focus { background: $accent-muted; }
    """

    value: reactive[str | None] = reactive(None, init=False)

    @dataclass
    class Chosen(Event):
        """Another option was chosen, by the user or by the program."""

        choice: Choice
        code: str | None

        @property
        def control(self) -> Choice:
            """The chooser."""
            return self.choice

    def __init__(
        self,
        codes: Iterable[str],
        label: Callable[[str], str],
        *,
        value: str | None = None,
        hotkeys: str = HOTKEYS,
        moves_on: bool | frozenset[str] = False,
        is_point: bool = False,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """`label` words a code, asked at each painting; `hotkeys` are given out in order.

        With `moves_on` a hotkey (of these codes) also moves the focus on. With `is_point` it is one
        of a list of points: up and down go from point to point and answer none.
        """
        super().__init__(id=id, classes=classes)
        self._codes = tuple(codes)
        self._label = label
        self._hotkeys = hotkeys
        self._moves_on = moves_on
        self._is_point = is_point
        self.set_reactive(Choice.value, value if value in self._codes else None)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes to choose from, in order."""
        return self._codes

    def offer(self, codes: Iterable[str]) -> None:
        """Offer other codes; a value that is not among them is let go."""
        self._codes = tuple(codes)
        if self.value not in self._codes:
            self.value = None
        self.refresh(layout=True)

    def refresh_texts(self) -> None:
        """Words of another language may need more lines."""
        self.refresh(layout=True)

    def watch_value(self) -> None:
        """Tell of the choice."""
        self.post_message(self.Chosen(self, self.value))

    def validate_value(self, value: str | None) -> str | None:
        """Only what is offered can be chosen."""
        return value if value in self._codes else None

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """The cells of all options on one line."""
        return sum(place.cells for place in self._places(10_000))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The lines that the options need at this width."""
        return max((place.line for place in self._places(width)), default=0) + 1

    def render(self) -> Text:
        """The options, wrapped between them and never inside one."""
        chosen = self.get_component_rich_style("choice--chosen")
        key_style = self.get_component_rich_style("choice--key")
        text = Text(no_wrap=True, end="")
        line = 0
        for index, place in enumerate(self._places(self.content_size.width)):
            if place.line > line:
                text.append("\n")
                line = place.line
            is_chosen = self._codes[index] == self.value
            left, right = "[]" if is_chosen else "  "
            text.append(left, chosen)
            if key := self._hotkey(index):
                text.append(f"{key} ", chosen if is_chosen else key_style)
            text.append(
                one_line(self._label(self._codes[index])) + right, chosen if is_chosen else ""
            )
        return text

    def _hotkey(self, index: int) -> str:
        return self._hotkeys[index] if index < len(self._hotkeys) else ""

    def _places(self, room: int) -> list[Place]:
        places: list[Place] = []
        line = start = 0
        for index, code in enumerate(self._codes):
            cells = width(self._label(code)) + (4 if self._hotkey(index) else 2)
            if start and start + cells > room:
                line, start = line + 1, 0
            places.append(Place(line, start, cells))
            start += cells
        return places

    def on_key(self, event: events.Key) -> None:
        """A hotkey, also as the full-width sign that an input method gives."""
        sign = narrow(event.character or "").lower() if event.is_printable else ""
        index = self._hotkeys.find(sign) if len(sign) == 1 else -1
        if 0 <= index < len(self._codes):
            event.stop()
            event.prevent_default()
            self.value = self._codes[index]
            if self._moves_on is True or (self._moves_on and self.value in self._moves_on):
                self._go_on()

    def _go_on(self) -> None:
        """To the next field; from the last of a list of points nowhere: round the end stands what
        leads away from it.
        """
        if not self._is_point or self.screen.focus_chain[-1] is not self:
            self.screen.focus_next()

    def on_click(self, event: events.Click) -> None:
        """Choose the option under the pointer."""
        at = event.get_content_offset(self)
        if at is None:
            return
        for code, place in zip(self._codes, self._places(self.content_size.width), strict=True):
            if place.line == at.y and place.start <= at.x < place.start + place.cells:
                self.value = code

    def action_line(self, by: int) -> None:
        """The point above or below; where there are none, the option before or behind."""
        if not self._is_point:
            self.action_step(by)
            return
        points = [one for one in self.screen.focus_chain if isinstance(one, Choice)]
        points = [one for one in points if one._is_point]
        at = points.index(self) + by
        if 0 <= at < len(points):
            points[at].focus()

    def action_step(self, by: int) -> None:
        """Choose the next option, or the one before, round the ends."""
        if not self._codes:
            return
        if self.value is None:
            self.action_reach(0 if by > 0 else -1)
            return
        self.value = self._codes[(self._codes.index(self.value) + by) % len(self._codes)]

    def action_reach(self, index: int) -> None:
        """Choose the first (0) or the last (-1) option."""
        if self._codes:
            self.value = self._codes[index]

    def action_move_on(self) -> None:
        """Go to the next field."""
        self._go_on()
