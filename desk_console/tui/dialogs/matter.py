"""A matter: what it is, its history, and the next step: a note of progress, or its close (3.8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll

from desk_console.tui.dialogs.act import ActDialog, row
from desk_console.tui.keys import binding
from desk_console.tui.printing import Prints
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import Line, Words
from desk_console.tui.widgets.plain import Plain

if TYPE_CHECKING:
    from desk_console.foundation.catalogue import Catalogue
    from desk_console.matters.story import MatterStory
    from desk_console.outputs.sheets.making import Wanted
    from desk_console.rulebook.desk import Desk

PROGRESS, CLOSE = "progress", "close"
KNOWN_EVENTS = frozenset({"opened", "owner", "importance", "progress", "closed"})


class MatterDialog(Prints, ActDialog[None]):
    """Shows one matter and takes it a step on."""

    BINDINGS: ClassVar[list[BindingType]] = [binding("print", priority=True)]

    title_key: ClassVar[str] = "tui.act.matter"
    is_wide: ClassVar[bool] = True

    def __init__(self, matter_id: int) -> None:
        """That matter, read when the dialog opens."""
        super().__init__()
        self._matter_id = matter_id
        self._story: MatterStory | None = None

    def fields(self) -> ComposeResult:
        """The story; what is done; the words; what the caller was told."""
        with VerticalScroll(id="matter-story", can_focus=False):
            yield Plain(id="matter-words")
        yield row(
            "tui.act.step",
            Choice(
                (PROGRESS, CLOSE),
                lambda code: self.tr(f"tui.act.step_{code}"),
                value=PROGRESS,
                id="matter-step",
            ),
        )
        yield row("tui.act.words", Words(id="matter-said"))
        yield row("tui.act.answered", Line(id="matter-answered"), id="matter-answered-row")

    def on_mount(self) -> None:
        """Read it."""
        self.query_one("#matter-answered-row").add_class("-off")
        self._read()

    @work
    async def _read(self) -> None:
        def story(desk: Desk) -> MatterStory:
            from desk_console.matters.story import matter_story

            with desk.reading() as session:
                return matter_story(session, desk, self._matter_id, desk.now())

        self._story = await self.off_loop(story)
        self.refresh_texts()
        self.query_one("#matter-said").focus()

    def sheets(self, desk: Desk) -> tuple[Wanted, ...]:
        """Its order or record, and its next-day follow-up."""
        from desk_console.outputs.sheets.offered import of_matter

        with desk.reading() as session:
            return of_matter(session, self._matter_id)

    def refresh_texts(self) -> None:
        """The story in the language that is on."""
        super().refresh_texts()
        if self._story is not None and self.is_mounted:
            words = "\n".join(story_lines(self._story, self.catalogue))
            self.query_one("#matter-words", Plain).put(words)

    def on_choice_chosen(self, event: Choice.Chosen) -> None:
        """What the caller was told is asked at the close."""
        event.stop()
        self.query_one("#matter-answered-row").set_class(event.code != CLOSE, "-off")

    async def act(self) -> None:
        """Keep the step. Somebody else's newer step refuses it and says what changed."""
        writer, story = self.seat.writer, self._story
        if writer is None or story is None:
            self.dismiss(None)
            return
        closes = self.query_one("#matter-step", Choice).value == CLOSE
        said, answered = self.text_of("matter-said"), self.text_of("matter-answered")
        revision, matter_id = story.line.revision, self._matter_id

        def keep(desk: Desk) -> None:
            from desk_console.matters import acts

            if closes:
                acts.close(desk, writer, matter_id, revision, result=said, answered=answered)
            else:
                acts.progress(desk, writer, matter_id, revision, said)

        await self.off_loop(keep)
        self.host.spread()
        self.dismiss(None)
        self.say("tui.act.matter_closed" if closes else "tui.act.kept")


def story_lines(story: MatterStory, words: Catalogue) -> list[str]:
    """A matter's story: its head, then each step, oldest first."""
    line = story.line
    head = " ".join(filter(None, (f"#{line.id}", line.unit, line.caller, line.title)))
    lines = [head, words.text("tui.act.owner", name=line.owner_name)]
    if line.next_step:
        lines.append(words.text("tui.act.next_step", words=line.next_step))
    for event in story.events:
        what = event.what if event.what in KNOWN_EVENTS else "progress"
        said = words.text(f"tui.act.event_{what}")
        named = event.owner_name if what == "owner" else ""
        tail = " ".join(filter(None, (named, event.words)))
        lines.append(f"{words.moment(event.at)}  {event.person_name}  {said}  {tail}".rstrip())
    return lines
