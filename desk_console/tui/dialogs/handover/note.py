"""A few words about one thing: what is wrong with it, or why."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult

from desk_console.foundation.catalogue import Message, message
from desk_console.foundation.refusal import Refusal
from desk_console.tui.dialogs.act import ActDialog, row
from desk_console.tui.widgets.fields import Words
from desk_console.tui.widgets.plain import Plain

T = "tui.handover"


class Note(ActDialog[str]):
    """Asks for words; gives them."""

    title_key: ClassVar[str] = f"{T}.check_note_title"

    def __init__(
        self,
        about: str,
        *,
        heading: str = f"{T}.check_note_title",
        label: str = f"{T}.check_note",
        clause: str | None = None,
    ) -> None:
        """`about` is what they are about, shown above the field; `clause` asks for them."""
        super().__init__()
        self._about = about
        self._heading = heading
        self._label = label
        self._clause = clause

    def fields(self) -> ComposeResult:
        """What it is about, and the words."""
        yield Plain(self._about, classes="said")
        yield row(self._label, Words(id="note-words", limit=1000))

    def on_mount(self) -> None:
        """Type at once."""
        self.query_one("#note-words").focus()

    def heading(self) -> Message | str:
        """Its own, with the clause that asks."""
        if self._clause is None:
            return self._heading
        return message("tui.app.cited", words=message(self._heading), clause=self._clause)

    async def act(self) -> None:
        """Give the words back."""
        words = self.text_of("note-words").strip()
        if not words:
            raise Refusal("tui.act.note_wanted", clause=self._clause)
        self.dismiss(words)
