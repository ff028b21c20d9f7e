"""The line that says which matter a dialog is about, in the language that is on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_console.tui.language import Spoken, catalogue_of
from desk_console.tui.matter_words import head_line
from desk_console.tui.widgets.plain import Plain

if TYPE_CHECKING:
    from desk_console.matters.glance import MatterLine


class MatterHead(Spoken, Plain):
    """Its number, form, stage and marks."""

    def __init__(self, line: MatterLine) -> None:
        """The matter as it stood when the dialog was opened."""
        super().__init__(classes="hint")
        self._line = line

    def on_mount(self) -> None:
        """The words."""
        self.refresh_texts()

    def refresh_texts(self) -> None:
        """The words, in the language that is on."""
        self.put(head_line(self._line, catalogue_of(self)))
