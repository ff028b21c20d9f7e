"""The incoming person takes a matter on, in own words where it is watched; the outgoing one hears
it (9.11).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from desk_console.handover import telling
from desk_console.handover.sheet import MatterPoint
from desk_console.people.records import PersonView
from desk_console.rulebook.topics import Topic
from desk_console.tui.dialogs.act import ActDialog, Label, row
from desk_console.tui.dialogs.handover.told import T, matter_lines, told_lines
from desk_console.tui.screens.handover.picture import MatterLook
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import Words
from desk_console.tui.widgets.plain import Plain

if TYPE_CHECKING:
    from desk_console.rulebook.desk import Desk

YES, AGAIN = "yes", "again"


class OfMatter(ActDialog[bool]):
    """A dialog about one matter: its story, then what was told of it."""

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

    def fields(self) -> ComposeResult:
        """The story, what was told, and what is asked."""
        with VerticalScroll(id="told-story", can_focus=False):
            yield Plain(id="told-words")
        yield Plain(id="told-said", classes="said")
        yield from self.asked()

    def asked(self) -> ComposeResult:
        """The fields of this dialog."""
        yield from ()

    def told(self) -> list[str]:
        """What stands between the story and the fields."""
        return told_lines(self._point, self.catalogue)

    def on_mount(self) -> None:
        """Word it."""
        self._word()

    def refresh_texts(self) -> None:
        """The story in the language that is on."""
        super().refresh_texts()
        if self.is_mounted:
            self._word()

    def _word(self) -> None:
        lines = matter_lines(self._point, self._look, self.catalogue)
        self.query_one("#told-words", Plain).put("\n".join(lines))
        self.query_one("#told-said", Plain).put("\n".join(self.told()))


class Receive(OfMatter):
    """Acknowledges a matter; a watched one is said back."""

    title_key: ClassVar[str] = f"{T}.receive_title"
    topics: ClassVar[tuple[Topic, ...]] = (Topic.READ_RECORD,)

    def asked(self) -> ComposeResult:
        """The read-back, where one is wanted."""
        if self._point.wants_read_back:
            yield Label(f"{T}.read_back_how", classes="said")
            yield row(f"{T}.read_back", Words(id="receive-back", limit=1000))
        else:
            yield Label(f"{T}.acknowledge_how", classes="said")

    def on_mount(self) -> None:
        """Say it back at once."""
        if self._point.wants_read_back:
            self.query_one("#receive-back").focus()

    async def act(self) -> None:
        """Keep it."""
        handover_id, person, point = self._handover_id, self._person, self._point
        words = self.text_of("receive-back") if point.wants_read_back else ""

        def keep(desk: Desk) -> None:
            revision = point.point_revision
            if point.wants_read_back:
                telling.read_back(desk, person, handover_id, point.matter_id, revision, words)
            else:
                telling.acknowledge(desk, person, handover_id, point.matter_id, revision)

        await self.off_loop(keep)
        self.dismiss(True)


class Accept(OfMatter):
    """The outgoing person hears the read-back: understood, or said again."""

    title_key: ClassVar[str] = f"{T}.accept_title"
    topics: ClassVar[tuple[Topic, ...]] = (Topic.READ_RECORD,)

    def told(self) -> list[str]:
        """What was told, and what came back."""
        return [*super().told(), self.tr(f"{T}.said_back", words=self._point.read_back)]

    def asked(self) -> ComposeResult:
        """Understood, or not."""
        yield row(
            f"{T}.accept",
            Choice(
                (YES, AGAIN),
                lambda code: self.tr(f"{T}.accept_{code}"),
                value=YES,
                id="accept-choice",
            ),
        )

    def on_mount(self) -> None:
        """Choose."""
        self.query_one("#accept-choice").focus()

    async def act(self) -> None:
        """Keep the answer."""
        is_heard = self.query_one("#accept-choice", Choice).value == YES
        handover_id, person, point = self._handover_id, self._person, self._point
        kept = telling.accept_read_back if is_heard else telling.say_again
        await self.off_loop(
            lambda desk: kept(desk, person, handover_id, point.matter_id, point.point_revision)
        )
        self.dismiss(True)
