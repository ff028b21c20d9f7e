"""A dialog about one open matter of a handover: its story first, then what is asked of it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from desk_console.handover.sheet import MatterPoint
from desk_console.people.records import PersonView
from desk_console.tui.dialogs.handover.told import matter_lines
from desk_console.tui.dialogs.kept import KeptDialog
from desk_console.tui.screens.handover.picture import MatterLook
from desk_console.tui.widgets.plain import Plain


class OfMatter(KeptDialog[bool]):
    """Its story, in the language that is on, over the fields."""

    is_wide: ClassVar[bool] = True

    def __init__(
        self, handover_id: int, person: PersonView, point: MatterPoint, look: MatterLook
    ) -> None:
        """`person` acts."""
        super().__init__()
        self._handover_id = handover_id
        self._person = person
        self._point = point
        self._look = look

    def draft(self) -> str:
        """What is said of the matter as it was told last."""
        what, point = type(self).__name__.lower(), self._point
        return f"{self._handover_id}:{what}:{point.matter_id}:{point.point_revision}"

    def fields(self) -> ComposeResult:
        """The story, and what is asked."""
        with VerticalScroll(id="told-story", can_focus=False):
            yield Plain(id="told-words")
        yield from self.asked()

    def asked(self) -> ComposeResult:
        """The fields of this dialog."""
        yield from ()

    def on_mount(self) -> None:
        """Word it."""
        self._word()

    def refresh_texts(self) -> None:
        """The story in the language that is on."""
        super().refresh_texts()
        if self.is_mounted:
            self._word()

    def story(self) -> list[str]:
        """What stands above the fields."""
        return matter_lines(self._point, self._look, self.catalogue)

    def _word(self) -> None:
        self.query_one("#told-words", Plain).put("\n".join(self.story()))
