"""An entry of the log as it was written, with everything that stands beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, VerticalScroll

from desk_console.tui.dialogs.act import Label
from desk_console.tui.keys import binding
from desk_console.tui.printing import Prints
from desk_console.tui.screen import DeskDialog
from desk_console.tui.widgets.footer import KeyLine
from desk_console.tui.widgets.plain import Plain, occurrences, show

if TYPE_CHECKING:
    from desk_console.log.views import EntryStory
    from desk_console.outputs.sheets.making import Wanted
    from desk_console.rulebook.desk import Desk


class EntryDialog(Prints, DeskDialog[None]):
    """Shows one entry; changes nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [binding("print", priority=True)]

    def __init__(self, entry_id: int, sought: tuple[str, ...] = ()) -> None:
        """That entry, read when the dialog opens; words that were sought stand out in it."""
        super().__init__()
        self.entry_id = entry_id
        self._sought = sought
        self._story: EntryStory | None = None

    def compose(self) -> ComposeResult:
        """The story."""
        with Container(classes="dialog -wide"):
            yield Label("tui.act.entry", classes="title")
            with VerticalScroll(id="entry-story"):
                yield Plain(id="entry-words")
        yield KeyLine()

    def on_mount(self) -> None:
        """Read it."""
        self._read()

    @work
    async def _read(self) -> None:
        def story(desk: Desk) -> EntryStory:
            from desk_console.log.views import entry_story

            with desk.reading() as session:
                return entry_story(session, self.entry_id)

        self._story = await self.off_loop(story)
        self.refresh_texts()
        self.query_one("#entry-story").focus()

    def sheets(self, desk: Desk) -> tuple[Wanted, ...]:
        """A round's record, and the forms of what the entry left open."""
        from desk_console.outputs.sheets.offered import of_entry

        with desk.reading() as session:
            return of_entry(session, self.entry_id)

    def refresh_texts(self) -> None:
        """The story in the language that is on."""
        if self._story is not None and self.is_mounted:
            from desk_console.tui.dialogs.entry_story import story_lines

            said = show("\n".join(story_lines(self._story, self.catalogue)))
            for start, end in occurrences(said.plain, self._sought):
                said = said.stylize("bold reverse", start, end)
            self.query_one("#entry-words", Plain).put(said)
