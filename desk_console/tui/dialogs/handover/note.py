"""A few words about one thing: what is wrong with it, or why; kept by the act that wants them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult

from desk_console.foundation.catalogue import Message, message
from desk_console.foundation.refusal import Refusal
from desk_console.tui.dialogs.act import Label, row
from desk_console.tui.dialogs.kept import KeptDialog
from desk_console.tui.widgets.fields import Words

if TYPE_CHECKING:
    from desk_console.rulebook.desk import Desk

T = "tui.handover"


class Note(KeptDialog[bool]):
    """Asks for words, and keeps them; gives True where they were kept."""

    title_key: ClassVar[str] = f"{T}.check_note_title"

    def __init__(
        self,
        about: Message,
        keep: Callable[[Desk, str], object],
        *,
        draft: str,
        heading: str = f"{T}.check_note_title",
        label: str = f"{T}.check_note",
        clause: str | None = None,
    ) -> None:
        """`about` is what they are about, shown above the field; `clause` asks for them."""
        super().__init__()
        self._keep_words = keep
        self._draft = draft
        self._about = about
        self._heading = heading
        self._label = label
        self._clause = clause

    def draft(self) -> str:
        """As whoever asks names it."""
        return self._draft

    def fields(self) -> ComposeResult:
        """What it is about, and the words."""
        yield Label(self._about, classes="said")
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
        """Keep the words."""
        words = self.text_of("note-words").strip()
        if not words:
            raise Refusal("tui.act.note_wanted", clause=self._clause)
        await self.use(lambda desk: self._keep_words(desk, words))
        self.dismiss(True)
