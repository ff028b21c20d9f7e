"""The outgoing person explains a difference or damage (9.10, 1.13, 2.12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult

from desk_console.foundation.catalogue import Message
from desk_console.handover.counting import Explanation, explain
from desk_console.handover.sheet import ItemLine
from desk_console.people.records import PersonView
from desk_console.rulebook.topics import Topic
from desk_console.tui.dialogs.act import Label, row
from desk_console.tui.dialogs.kept import KeptDialog
from desk_console.tui.widgets.fields import Line
from desk_console.tui.widgets.person_field import PersonField

if TYPE_CHECKING:
    from desk_console.rulebook.desk import Desk

T = "tui.handover"


class Explain(KeptDialog[bool]):
    """What, why, where it went, who follows it up. Gives True when it was kept."""

    title_key: ClassVar[str] = f"{T}.explain_title"
    topics: ClassVar[tuple[Topic, ...]] = (Topic.COUNT_ITEMS,)
    is_wide: ClassVar[bool] = True

    def __init__(
        self, handover_id: int, person: PersonView, line: ItemLine, about: Message
    ) -> None:
        """`person` explains; `about` says what was found."""
        super().__init__()
        self._handover_id = handover_id
        self._person = person
        self._line = line
        self._about = about

    def draft(self) -> str:
        """About that count of that item."""
        return f"{self._handover_id}:explain:{self._line.item_id}:{self._line.revision}"

    def fields(self) -> ComposeResult:
        """What was found, and the four answers."""
        yield Label(self._about, classes="said")
        yield row(f"{T}.explain_what", Line(self._line.what, id="explain-what"))
        yield row(f"{T}.explain_why", Line(self._line.why, id="explain-why"))
        yield row(
            f"{T}.explain_where",
            Line(self._line.where_gone, id="explain-where"),
            id="explain-where-row",
        )
        yield row(f"{T}.explain_who", PersonField(id="explain-who", lists_all=False))

    def on_mount(self) -> None:
        """Where it went is asked where some are missing."""
        self.query_one("#explain-where-row").set_class(self._line.difference >= 0, "-off")
        self.query_one("#explain-what").focus()

    async def act(self) -> None:
        """Keep it; a matter is opened for whoever follows it up."""
        clause = self.desk.duty.cite(Topic.COUNT_ITEMS)
        follow_up = self.query_one("#explain-who", PersonField).named(clause)
        said = Explanation(
            what=self.text_of("explain-what"),
            why=self.text_of("explain-why"),
            where_gone=self.text_of("explain-where"),
            follow_up_id=follow_up.id if follow_up else None,
        )
        handover_id, person, item_id = self._handover_id, self._person, self._line.item_id

        def keep(desk: Desk) -> int:
            return explain(desk, person, handover_id, item_id, said)

        await self.use(keep)
        self.dismiss(True)
