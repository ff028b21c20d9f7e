"""The incoming person takes a matter on, in own words where it is watched; the outgoing one hears
it (9.11).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from desk_console.handover import telling
from desk_console.rulebook.topics import Topic
from desk_console.tui.dialogs.act import Label, row
from desk_console.tui.dialogs.handover.of_matter import OfMatter
from desk_console.tui.dialogs.handover.told import T, matter_lines, told_lines
from desk_console.tui.keys import binding
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import Words
from desk_console.tui.widgets.plain import Plain

if TYPE_CHECKING:
    from desk_console.handover.sheet import MatterPoint
    from desk_console.people.records import PersonView
    from desk_console.rulebook.desk import Desk
    from desk_console.tui.screens.handover.picture import MatterLook

YES, AGAIN = "yes", "again"


class OfTold(OfMatter):
    """About what the outgoing person has told: it stands between the story and the fields."""

    def asked(self) -> ComposeResult:
        """What was told; each dialog adds its fields."""
        yield Plain(id="told-said", classes="said")

    def told(self) -> list[str]:
        """What stands there."""
        return told_lines(self._point, self.catalogue)

    def _word(self) -> None:
        super()._word()
        self.query_one("#told-said", Plain).put("\n".join(self.told()))


class Receive(OfTold):
    """Acknowledges a matter; a watched one is said back. What is next is read first, and closed
    while the receiver writes: what is copied shows nobody that it was understood.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        binding("kind", "look", words=f"{T}.key_look", priority=True)
    ]
    title_key: ClassVar[str] = f"{T}.receive_title"
    topics: ClassVar[tuple[Topic, ...]] = (Topic.READ_RECORD,)

    def __init__(
        self, handover_id: int, person: PersonView, point: MatterPoint, look: MatterLook
    ) -> None:
        """What was told is open to be read."""
        super().__init__(handover_id, person, point, look)
        self._is_closed = False

    def asked(self) -> ComposeResult:
        """The read-back, where one is wanted."""
        yield from super().asked()
        if self._point.wants_read_back:
            again = "_again" if self._point.said_again else ""
            yield Label(f"{T}.read_back_how{again}", classes="said")
            yield row(f"{T}.read_back", Words(id="receive-back", limit=1000))
        else:
            yield Label(f"{T}.acknowledge_how", classes="said")

    def on_mount(self) -> None:
        """Say it back at once."""
        if self._point.wants_read_back:
            self.query_one("#receive-back").focus()

    def told(self) -> list[str]:
        """All of it; while the receiver writes, without what is next."""
        if not self._is_closed:
            return super().told()
        point = self._point.model_copy(update={"next_step": "", "if_then": "", "next_at": None})
        return [*told_lines(point, self.catalogue), self.tr(f"{T}.told_closed")]

    def story(self) -> list[str]:
        """While the receiver writes, without the steps that were taken or are to be."""
        if not self._is_closed:
            return super().story()
        story = self._look.story
        line = replace(story.line, next_step="")
        closed = replace(self._look, story=replace(story, line=line, events=()))
        return matter_lines(self._point, closed, self.catalogue)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is something to look at again while it is closed."""
        return action != "look" or self._is_closed

    def action_look(self) -> None:
        """Open it again, until the next word is written."""
        self._close(False)

    @on(Words.Edited)
    def _writes(self, event: Words.Edited) -> None:
        # What was only put back was typed before this was read.
        if event.value and event.value != self._keeper.restored.get("receive-back"):
            self._close(True)

    def _close(self, is_closed: bool) -> None:
        if self._is_closed is not is_closed:
            self._is_closed = is_closed
            self._word()
            self.refresh_bindings()

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

        await self.use(keep)
        self.dismiss(True)


class Accept(OfTold):
    """The outgoing person hears the read-back: understood, or said again."""

    title_key: ClassVar[str] = f"{T}.accept_title"
    topics: ClassVar[tuple[Topic, ...]] = (Topic.READ_RECORD,)

    def told(self) -> list[str]:
        """What was told, and what came back."""
        return [*super().told(), self.tr(f"{T}.said_back", words=self._point.read_back)]

    def asked(self) -> ComposeResult:
        """Understood, or not."""
        yield from super().asked()
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
        await self.use(
            lambda desk: kept(desk, person, handover_id, point.matter_id, point.point_revision)
        )
        self.dismiss(True)
