"""The line at the foot of a screen: which keys do what here, help and quit first.

As many whole hints as fit; never half a hint.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import RenderResult
from textual.screen import Screen
from textual.widget import Widget

from desk_console.tui.keys import FIRST_HINTS, key_words
from desk_console.tui.language import Spoken
from desk_console.tui.widgets.plain import one_line, width

GAP = 2
"""Cells between two hints."""


@dataclass(frozen=True, slots=True)
class Hint:
    """One key with what it does: the key as Textual names it, and both as people read them."""

    key: str
    shown: str
    does: str

    @property
    def cells(self) -> int:
        """The cells that the hint takes, without the gap after it."""
        return width(f"{self.shown} {self.does}")


def fitting(hints: list[Hint], cells: int) -> list[Hint]:
    """The hints that fit whole, in order; a shorter one may take the room that a longer one
    left."""
    taken: list[Hint] = []
    room = cells
    for hint in hints:
        if hint.cells <= room:
            taken.append(hint)
            room -= hint.cells + GAP
    return taken


class KeyLine(Spoken, Widget):
    """The key hints of the screen it stands on, in one line. A click on a hint is the key."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"keyline--key", "keyline--words"}
    DEFAULT_CSS = """
    KeyLine { dock: bottom; height: 1; width: 100%; background: $panel; color: $foreground; }
    KeyLine > .keyline--key { text-style: bold; color: $text-primary; }
    """

    def on_mount(self) -> None:
        """Follow the keys that are active."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, _screen: Screen[object]) -> None:
        self.refresh()

    def hints(self) -> list[Hint]:
        """All hints of the screen, in order of rank: help and quit first, then what the screen
        names as its `first_hints`. The key that leads to where one is says nothing there.
        """
        here = getattr(self.screen, "own_key", "")
        seen: dict[str, Hint] = {}
        for _node, binding, enabled, _tip in self.screen.active_bindings.values():
            # Bindings that share an action show once.
            if binding.id == here:
                continue
            if binding.show and enabled and binding.description and binding.action not in seen:
                hint = Hint(binding.key, key_words(binding.key), one_line(binding.description))
                seen[binding.id or binding.action] = hint
        leading = (*FIRST_HINTS, *getattr(self.screen, "first_hints", ()))
        first = [seen.pop(name) for name in leading if name in seen]
        return first + list(seen.values())

    def render(self) -> RenderResult:
        """The hints that fit."""
        key_style = self.get_component_rich_style("keyline--key")
        text = Text(no_wrap=True, end="")
        for hint in fitting(self.hints(), self.content_size.width):
            text.append(hint.shown, key_style)
            text.append(f" {hint.does}" + " " * GAP)
        return text

    def on_click(self, event: events.Click) -> None:
        """Press the key whose hint is under the pointer."""
        at = event.get_content_offset(self)
        start = 0
        for hint in fitting(self.hints(), self.content_size.width):
            if at is not None and start <= at.x < start + hint.cells:
                self.app.simulate_key(hint.key)
                return
            start += hint.cells + GAP
