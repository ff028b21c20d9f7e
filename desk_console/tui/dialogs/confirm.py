"""A question before something that cannot be undone. The harmless answer has the focus."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container

from desk_console.foundation.catalogue import Message
from desk_console.tui.language import tr
from desk_console.tui.screen import DeskDialog
from desk_console.tui.widgets.caption import Caption
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.footer import KeyLine


class Confirm(DeskDialog[bool]):
    """Gives True where it was confirmed."""

    # Before the choice sees it, which would only go on to the next field.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "answer", "tui.kit.confirm", priority=True)
    ]

    def __init__(self, title: str, ask: Message | str, *, yes: str, no: str) -> None:
        """Catalogue keys: the title, the question, and the words of both answers."""
        super().__init__()
        self._title = title
        self._ask = ask
        self._words = {"no": no, "yes": yes}

    def compose(self) -> ComposeResult:
        """The question, and two answers."""
        with Container(classes="dialog"):
            yield Caption(self._title, classes="title")
            yield Caption(self._ask, classes="hint")
            yield Choice(
                ("no", "yes"), lambda code: tr(self, self._words[code]), value="no", id="answer"
            )
            yield KeyLine()

    def on_mount(self) -> None:
        """Wait for the answer."""
        self.query_one("#answer").focus()

    def action_answer(self) -> None:
        """Give the answer that is chosen."""
        self.dismiss(self.query_one("#answer", Choice).value == "yes")
