"""An entry of the log as it was written, with everything that stands beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll

from desk_console.tui.dialogs.act import Label
from desk_console.tui.host import OnDesk
from desk_console.tui.screen import DeskDialog
from desk_console.tui.widgets.footer import KeyLine
from desk_console.tui.widgets.plain import Plain

if TYPE_CHECKING:
    from desk_console.foundation.catalogue import Catalogue
    from desk_console.log.views import EntryStory
    from desk_console.rulebook.desk import Desk


class EntryDialog(OnDesk, DeskDialog[None]):
    """Shows one entry; changes nothing."""

    def __init__(self, entry_id: int) -> None:
        """That entry, read when the dialog opens."""
        super().__init__()
        self._entry_id = entry_id
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
                return entry_story(session, self._entry_id)

        self._story = await self.off_loop(story)
        self.refresh_texts()
        self.query_one("#entry-story").focus()

    def refresh_texts(self) -> None:
        """The story in the language that is on."""
        if self._story is not None and self.is_mounted:
            words = "\n".join(entry_lines(self._story, self.catalogue))
            self.query_one("#entry-words", Plain).put(words)


def entry_lines(story: EntryStory, words: Catalogue) -> list[str]:
    """An entry's fields, then what was told to whom, then what was added, oldest first."""
    line = story.line
    kind = words.text(f"tui.live.entry_{line.kind}")
    category = words.text(f"tui.live.cat_{line.category}")
    given = (
        ("who", " ".join(filter(None, (line.unit, line.caller, line.phone)))),
        ("content", line.content),
        ("action", line.action),
        ("result", line.result),
        ("rings", "" if line.rings is None else str(line.rings)),
        ("writer", line.person_name),
    )
    lines = [f"#{line.id}  {words.moment(line.at)}  {kind}  {category}"]
    lines += [words.text(f"tui.act.entry_{name}", words=said) for name, said in given if said]
    for notice in story.notices:
        department = words.either(notice.zh, notice.en)
        lines.append(
            words.text(
                "tui.act.entry_notice", at=notice.at, department=department, told=notice.told
            )
        )
    for one in story.additions:
        said = " ".join(filter(None, (one.words, one.reason)))
        lines.append(words.text("tui.act.entry_added", at=one.at, name=one.person_name, words=said))
    return lines
