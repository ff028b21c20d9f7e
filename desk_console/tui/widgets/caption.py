"""Captions: the words of the catalogue that stand on a screen and follow the language."""

from __future__ import annotations

from typing import Any

from desk_console.foundation.catalogue import Message
from desk_console.tui.language import Spoken
from desk_console.tui.widgets.plain import Prose


class Caption(Spoken, Prose):
    """A text of the catalogue. `say` shows another, `hush` none."""

    def __init__(self, what: Message | str | None = None, **kwargs: Any) -> None:
        """`what` is a key or a message; None shows nothing yet."""
        super().__init__("", **kwargs)
        self._what = what

    @property
    def what(self) -> Message | str | None:
        """The key or message that shows; None where nothing does."""
        return self._what

    def on_mount(self) -> None:
        """Put it in words."""
        self.refresh_texts()

    def refresh_texts(self) -> None:
        """The words in the language that is on."""
        self.put(self.tr(self._what) if self._what is not None else "")

    def say(self, what: Message | str) -> None:
        """Show another text."""
        self._what = what
        self.refresh_texts()

    def hush(self) -> None:
        """Show nothing."""
        self._what = None
        self.refresh_texts()
