"""The incoming person takes a matter on, in own words where it is watched; the outgoing one hears
it (9.11).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult

from desk_console.handover import telling
from desk_console.rulebook.topics import Topic
from desk_console.tui.dialogs.act import Label, row
from desk_console.tui.dialogs.handover.of_matter import OfMatter
from desk_console.tui.dialogs.handover.told import T, told_lines
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import Words
from desk_console.tui.widgets.plain import Plain

if TYPE_CHECKING:
    from desk_console.rulebook.desk import Desk

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
    """Acknowledges a matter; a watched one is said back."""

    title_key: ClassVar[str] = f"{T}.receive_title"
    topics: ClassVar[tuple[Topic, ...]] = (Topic.READ_RECORD,)

    def asked(self) -> ComposeResult:
        """The read-back, where one is wanted."""
        yield from super().asked()
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
        await self.off_loop(
            lambda desk: kept(desk, person, handover_id, point.matter_id, point.point_revision)
        )
        self.dismiss(True)
