"""The command palette: every command by its name in Chinese or English, or by pinyin initials.

The initials are worked out when the palette is first opened, in a thread: never at start-up. Until
they are there, names are found all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from desk_console.foundation.catalogue import pair
from desk_console.foundation.text import narrow
from desk_console.tui.screen import DeskDialog
from desk_console.tui.widgets.fields import Line
from desk_console.tui.widgets.plain import cell, one_line, pad, width

NAMES = 52
"""Cells for both names of a command together."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its id, the catalogue key of its name, what it does, and its keyboard key if it
    has one."""

    id: str
    words: str
    call: Callable[[], object]
    key: str = ""


_initials: dict[str, str] = {}


def initials(text: str) -> str:
    """The pinyin initials of a text, its Latin letters and digits as they are. Loads pypinyin:
    slow at first."""
    if text not in _initials:
        from desk_console.people.pinyin import pypinyin

        library = pypinyin()
        parts = library.lazy_pinyin(text, style=library.Style.FIRST_LETTER)
        _initials[text] = "".join(part[:1] for part in parts).lower()
    return _initials[text]


def found(commands: Iterable[Command], typed: str) -> list[Command]:
    """The commands that the typed words find, best first: name begins so, holds it, initials
    begin, hold it."""
    sought = narrow(typed).lower().replace(" ", "")
    if not sought:
        return list(commands)
    ranked = [
        (rank, index, one)
        for index, one in enumerate(commands)
        if (rank := _rank(one, sought)) is not None
    ]
    return [one for _, _, one in sorted(ranked, key=lambda entry: entry[:2])]


def _rank(command: Command, sought: str) -> int | None:
    names = [name.lower().replace(" ", "") for name in pair(command.words)]
    if any(name.startswith(sought) for name in names):
        return 0
    if any(sought in name for name in names):
        return 1
    letters = _initials.get(pair(command.words)[0], "")
    if letters.startswith(sought):
        return 2
    return 3 if sought in letters else None


class Palette(DeskDialog[Command]):
    """Asks for a command; gives it back as its result, and does nothing itself."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("pageup", "step(-8)", show=False),
        Binding("pagedown", "step(8)", show=False),
    ]
    DEFAULT_CSS = """
    Palette { align: center top; }
    Palette > #palette { width: 68; max-width: 100%; height: auto; max-height: 80%; margin-top: 2;
        background: $surface; padding: 1; }
    Palette #palette-found {
        height: auto; max-height: 14; border: none; padding: 0; background: $surface;
    }
    """

    def __init__(self, commands: Sequence[Command]) -> None:
        """The commands that can be given now."""
        super().__init__()
        self._commands = commands
        self._found: list[Command] = []

    def compose(self) -> ComposeResult:
        """A line to type in, and what it finds."""
        with Container(id="palette"):
            yield Line(hint="tui.kit.palette_hint", id="palette-typed")
            options = OptionList(id="palette-found", markup=False)
            options.can_focus = False
            yield options

    def on_mount(self) -> None:
        """Show all commands, and begin to work out the initials."""
        self._look()
        self._learn_initials()

    def refresh_texts(self) -> None:
        """The names in the language that is on."""
        self._look()

    @work(thread=True, exclusive=True)
    def _learn_initials(self) -> None:
        for command in self._commands:
            initials(pair(command.words)[0])
        self.app.call_from_thread(self._look)

    def _look(self) -> None:
        if not self.is_mounted:
            return
        typed = self.query_one("#palette-typed", Line).value
        self._found = found(self._commands, typed)
        options = self.query_one("#palette-found", OptionList)
        options.clear_options()
        if not self._found:
            options.add_option(Option(one_line(self.tr("tui.kit.palette_none")), disabled=True))
            return
        options.add_options([self._option(command) for command in self._found])
        options.highlighted = 0

    def _option(self, command: Command) -> Option:
        names = pair(command.words)
        own = self.tr(command.words)
        other = names[1] if own == names[0] else names[0]
        # Both names: a clerk learns the one by the other. Its own is never cut.
        cells = max(width(self.tr(one.words)) for one in self._commands) + 1
        line = f"{pad(own, cells)} {pad(other, NAMES - cells)} {command.key}"
        return Option(cell(line), id=command.id)

    def on_line_edited(self, event: Line.Edited) -> None:
        """Look again."""
        event.stop()
        self._look()

    def on_line_entered(self, event: Line.Entered) -> None:
        """Give the marked command."""
        event.stop()
        self._give(self.query_one("#palette-found", OptionList).highlighted)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Give the command that was clicked."""
        event.stop()
        self._give(event.option_index)

    def action_step(self, by: int) -> None:
        """Mark another command."""
        options = self.query_one("#palette-found", OptionList)
        if self._found:
            options.highlighted = max(0, min(len(self._found) - 1, (options.highlighted or 0) + by))

    def _give(self, index: int | None) -> None:
        if index is not None and index < len(self._found):
            self.dismiss(self._found[index])
