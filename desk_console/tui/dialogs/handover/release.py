"""A supervisor lets a blocking matter pass: reason, new owner, their own PIN (9.17)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult

from desk_console.foundation.catalogue import message
from desk_console.foundation.refusal import Refusal
from desk_console.handover.releasing import release
from desk_console.handover.sheet import MatterPoint
from desk_console.rulebook.topics import Topic
from desk_console.tui.dialogs.act import Label, row
from desk_console.tui.dialogs.kept import KeptDialog
from desk_console.tui.widgets.fields import PinField, Words
from desk_console.tui.widgets.person_field import PersonField

if TYPE_CHECKING:
    from desk_console.rulebook.desk import Desk

T = "tui.handover"


class Release(KeptDialog[bool]):
    """Gives True when it was signed."""

    title_key: ClassVar[str] = f"{T}.release_title"
    topics: ClassVar[tuple[Topic, ...]] = (Topic.BLOCKING_MATTER,)
    blames: ClassVar[Mapping[str, str]] = {
        "handover.own_release": "release-by",
        "handover.release_owner": "release-owner",
        "handover.release_reason": "release-reason",
    }
    is_wide: ClassVar[bool] = True

    def __init__(self, handover_id: int, point: MatterPoint) -> None:
        """That matter."""
        super().__init__()
        self._handover_id = handover_id
        self._point = point

    def draft(self) -> str:
        """Why that matter is let pass; the PIN is never kept."""
        return f"{self._handover_id}:release:{self._point.matter_id}"

    def fields(self) -> ComposeResult:
        """What is released; who, why, to whom, the PIN; and what the signature means."""
        importance = message(f"matters.importance_{self._point.importance}")
        about = message(f"{T}.matter_head", kind=importance, title=self._point.name)
        yield Label(about, classes="said")
        yield row(f"{T}.release_by", PersonField(id="release-by", lists_all=False))
        yield row(f"{T}.release_reason", Words(id="release-reason", limit=1000))
        yield row(f"{T}.release_owner", PersonField(id="release-owner", lists_all=False))
        yield Label("handover.meaning_release", classes="said")
        yield row(f"{T}.pin", PinField(id="release-pin"))

    def on_mount(self) -> None:
        """The supervisor first."""
        self.query_one("#release-by").query_one("Line").focus()

    async def act(self) -> None:
        """Prove the supervisor, sign the release."""
        from desk_console.people.pins import prove

        by = self.query_one("#release-by", PersonField).person
        owner = self.query_one("#release-owner", PersonField).person
        if by is None:
            raise Refusal(f"{T}.supervisor_wanted", field="release-by")
        if owner is None:
            raise Refusal(f"{T}.owner_wanted", field="release-owner")
        pin, reason = self.text_of("release-pin"), self.text_of("release-reason")
        handover_id, matter_id = self._handover_id, self._point.matter_id
        by_id, owner_id = by.id, owner.id

        def sign(desk: Desk) -> int:
            return release(
                desk,
                prove(desk, by_id, pin),
                handover_id,
                matter_id,
                reason=reason,
                new_owner_id=owner_id,
            )

        await self.use(sign)
        self.dismiss(True)
