"""The bases of all screens and dialogs: keys in words, words that follow the language, the least
size."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import events
from textual.binding import ActiveBinding, Binding, BindingType
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from desk_console.tui.keys import binding
from desk_console.tui.language import Spoken, catalogue_of
from desk_console.tui.widgets.too_small import TooSmall, is_too_small

if TYPE_CHECKING:
    from desk_console.foundation.catalogue import Catalogue

ResultT = TypeVar("ResultT")

# Textual lets the focused field see a key before Tab is obeyed, and goes on to the next key
# meanwhile: what is typed fast after Tab would land in the field before.
_TABS: list[BindingType] = [
    Binding("tab", "app.focus_next", show=False, priority=True),
    Binding("shift+tab", "app.focus_previous", show=False, priority=True),
]

_in_words: dict[tuple[Binding, str], Binding] = {}


def binding_in_words(given: Binding, catalogue: Catalogue) -> Binding:
    """The binding with its label and tooltip in words; those that hold no catalogue key stay as
    they are."""
    if not given.description.startswith("tui."):
        return given
    place = (given, catalogue.language)
    if (known := _in_words.get(place)) is None:
        known = _in_words[place] = replace(
            given,
            description=catalogue.text(given.description),
            tooltip=catalogue.text(given.tooltip) if given.tooltip else "",
        )
    return known


def _translated(
    screen: Screen[object] | Screen[ResultT], active: dict[str, ActiveBinding]
) -> dict[str, ActiveBinding]:
    catalogue = catalogue_of(screen)
    said: dict[str, ActiveBinding] = {}
    for key, (node, given, enabled, _tip) in active.items():
        if given.action == "screen.copy_text":
            continue  # Textual's own, in English only
        shown = binding_in_words(given, catalogue)
        said[key] = ActiveBinding(node, shown, enabled, shown.tooltip)
    return said


def _know_size(screen: Screen[Any]) -> None:
    """The classes of its size from the beginning: coming with the first resize, they would have
    every widget look for its styles twice.
    """
    width, height = screen.app.size
    named = {
        *screen._get_breakpoint_classes(width, screen.HORIZONTAL_BREAKPOINTS or []),
        *screen._get_breakpoint_classes(height, screen.VERTICAL_BREAKPOINTS or []),
    }
    screen.update_classes(dict.fromkeys(named, True), update=False)


class DeskScreen(Spoken, Screen[ResultT]):
    """The base of every screen."""

    BINDINGS: ClassVar[list[BindingType]] = _TABS
    DEFAULT_CSS = """
    DeskScreen { background: $background; color: $foreground; }
    DeskScreen.-too-small > TooSmall { display: block; }
    """

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The keys that work now, their labels in the language that is on."""
        return _translated(self, super().active_bindings)

    def _extend_compose(self, widgets: list[Widget]) -> None:
        _know_size(self)
        super()._extend_compose(widgets)
        widgets.append(TooSmall())

    async def part(self) -> None:
        """The screen is about to go: keep what was typed in it last."""

    def on_resize(self, event: events.Resize) -> None:
        """Cover the screen while the terminal is too small for it."""
        self.set_class(is_too_small(*event.size), "-too-small")


class DeskDialog(Spoken, ModalScreen[ResultT]):
    """The base of every dialog: over the screen, in a frame, Esc leaves it without a result."""

    VERTICAL_BREAKPOINTS = [(0, "-short"), (36, "-tall")]  # noqa: RUF012 # as Textual declares it
    BINDINGS: ClassVar[list[BindingType]] = [*_TABS, binding("cancel")]
    DEFAULT_CSS = """
    DeskDialog { align: center middle; background: $background 60%; }
    DeskDialog.-too-small > TooSmall { display: block; }
    """

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The keys that work now, their labels in the language that is on."""
        return _translated(self, super().active_bindings)

    def _extend_compose(self, widgets: list[Widget]) -> None:
        _know_size(self)
        super()._extend_compose(widgets)
        widgets.append(TooSmall())

    async def part(self) -> None:
        """The program is about to end: keep what was typed last."""

    def on_resize(self, event: events.Resize) -> None:
        """Cover the dialog while the terminal is too small for it."""
        self.set_class(is_too_small(*event.size), "-too-small")

    def action_cancel(self) -> None:
        """Leave without a result."""
        self.dismiss(None)
