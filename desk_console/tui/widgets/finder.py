"""A field that looks while one types: what it found stands in a list under it, Enter takes one.

The looking is done in a thread; what comes back late, for words that were typed over, is dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.message import Message as Event
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from desk_console.foundation.catalogue import Message
from desk_console.foundation.refusal import Refusal
from desk_console.tui.language import Spoken
from desk_console.tui.turn import Hold, hold_keys
from desk_console.tui.widgets.fields import Line
from desk_console.tui.widgets.plain import one_line, pad

MOST_SHOWN = 8
"""Lines of the list; the rest is found by typing more."""


@dataclass(frozen=True, slots=True)
class Found:
    """One thing found: what it stands for, its first words, and the rest in a quieter tone."""

    value: object
    words: str
    rest: str = ""


class Finder(Spoken, Container):
    """A line with a list of finds. Posts `Taken`, or `Left` where none is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"finder--rest"}
    DEFAULT_CSS = """
    Finder { height: 1; width: 1fr; }
    Finder > .finder-list {
        overlay: screen; constrain: none inside; display: none; width: 60; max-width: 90vw;
        height: auto; max-height: 10; border: round $primary 60%; padding: 0; background: $surface;
    }
    Finder.-open > .finder-list { display: block; }
    Finder > .finder--rest { color: $text-muted; }
    """

    @dataclass
    class Taken(Event):
        """One of the finds was taken."""

        finder: Finder
        found: Found

        @property
        def control(self) -> Finder:
            """The field."""
            return self.finder

    @dataclass
    class Left(Event):
        """Enter was pressed while nothing was found: the words stand as typed."""

        finder: Finder

        @property
        def control(self) -> Finder:
            """The field."""
            return self.finder

    def __init__(
        self,
        look: Callable[[str], Sequence[Found]],
        *,
        hint: Message | str | None = None,
        id: str | None = None,
        line_id: str | None = None,
        at_once: bool = False,
        **line: Any,
    ) -> None:
        """`look` runs in a thread: words in, finds out. `at_once` shows finds for no words too."""
        super().__init__(id=id)
        self._look = look
        self._at_once = at_once
        self._finds: tuple[Found, ...] = ()
        self._settled: str | None = None
        self._under_way: str | None = None
        """What is being looked for and was not answered yet."""
        self._entered: Hold | None = None
        """Enter was pressed meanwhile: the keys behind it wait for the answer."""
        self.line = Line(hint=hint, id=line_id, **line)
        self._list = OptionList(classes="finder-list", markup=False)
        self._list.can_focus = False

    def compose(self) -> ComposeResult:
        """The line, and the list over what stands under it."""
        yield self.line
        yield self._list

    @property
    def value(self) -> str:
        """What is typed."""
        return self.line.value

    @value.setter
    def value(self, text: str) -> None:
        self.settle(text)

    @property
    def is_open(self) -> bool:
        """Does the list show?"""
        return self.has_class("-open")

    def settle(self, text: str) -> None:
        """Put words into the line without looking for them."""
        self._settled = text
        self.line.value = text
        self.close()

    def close(self) -> None:
        """Put the list away."""
        self._finds = ()
        self.remove_class("-open")

    def focus(self, scroll_visible: bool = True) -> Finder:
        """Focus the line inside."""
        self.line.focus(scroll_visible)
        return self

    def on_line_edited(self, event: Line.Edited) -> None:
        """Look for what is typed now. The form hears of the change too."""
        if event.value == self._settled:
            return
        self._settled = None
        if event.value.strip() or self._at_once:
            self._seek(event.value)
        else:
            self.close()

    def on_descendant_blur(self) -> None:
        """The list goes with the focus."""
        self.close()

    def on_descendant_focus(self) -> None:
        """Offer what there is before anything was typed, where that helps."""
        if self._at_once and not self.line.value:
            self._seek("")

    def on_line_entered(self, event: Line.Entered) -> None:
        """Take the marked find; without one the words stand as they are."""
        event.stop()
        if self._under_way == event.value:
            self._entered = self._entered or hold_keys(self)
        else:
            self._enter()

    def _enter(self) -> None:
        marked = self._list.highlighted
        if self.is_open and marked is not None and marked < len(self._finds):
            self._take(self._finds[marked])
        else:
            self.close()
            self.post_message(self.Left(self))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take the find that was clicked."""
        event.stop()
        if event.option_index < len(self._finds):
            self._take(self._finds[event.option_index])

    def action_step(self, by: int) -> None:
        """Mark another find."""
        if self._finds:
            marked = (self._list.highlighted or 0) + by
            self._list.highlighted = max(0, min(len(self._finds) - 1, marked))

    def _take(self, found: Found) -> None:
        self.close()
        self.post_message(self.Taken(self, found))

    def _seek(self, typed: str) -> None:
        self._under_way = typed
        self._find(typed)

    @work(thread=True, exclusive=True, group="finder", exit_on_error=True)
    def _find(self, typed: str) -> None:
        try:
            finds = tuple(self._look(typed))[:MOST_SHOWN]
        except Refusal:
            finds = ()
        self.app.call_from_thread(self._show, typed, finds)

    def _show(self, typed: str, finds: tuple[Found, ...]) -> None:
        self._list_finds(typed, finds)
        if self._under_way == typed:
            self._under_way = None
            if self._entered is not None:
                self._enter()
                self._entered.release_behind(self)
                self._entered = None

    def _list_finds(self, typed: str, finds: tuple[Found, ...]) -> None:
        if not self.is_mounted or typed != self.line.value or not self.line.has_focus:
            return
        self._finds = finds
        self.set_class(bool(finds), "-open")
        self._list.clear_options()
        if finds:
            rest = self.get_component_rich_style("finder--rest", partial=True)
            cells = max(12, max(len(one_line(find.words)) for find in finds))
            self._list.add_options(
                [
                    Option(
                        Text.assemble(
                            pad(find.words, min(cells * 2, 26)),
                            " ",
                            (one_line(find.rest), rest),
                            no_wrap=True,
                            end="",
                        )
                    )
                    for find in finds
                ]
            )
            self._list.highlighted = 0
