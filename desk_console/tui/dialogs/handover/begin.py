"""Beginning: the handover under way at the writer's post, or a new one, in the form it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType

from desk_console.foundation.catalogue import message
from desk_console.foundation.refusal import Refusal
from desk_console.handover.beginning import Beginning, beginning
from desk_console.handover.opening import open_handover
from desk_console.handover.records import HandoverKind
from desk_console.people.records import PersonView
from desk_console.rulebook.topics import Topic
from desk_console.tui.dialogs.act import Label, row
from desk_console.tui.dialogs.kept import KeptDialog
from desk_console.tui.keys import binding
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import Words

if TYPE_CHECKING:
    from textual.screen import Screen

    from desk_console.rulebook.desk import Desk
    from desk_console.tui.host import OnDesk
    from desk_console.tui.turn import Hold

T = "tui.handover"
BOOK = 0
"""Instead of a handover's id: the book of those of the past."""


async def begin(over: Screen[object], held: Hold) -> str | None:
    """The id of the handover to show, where one is under way or was begun; None where none was,
    which was said then. What must be asked is asked over the screen that is there.
    """
    screen = cast("OnDesk", over)
    writer = screen.seat.writer
    if writer is None:
        return None

    def find(desk: Desk) -> Beginning | None:
        with desk.reading() as session:
            return beginning(session, desk, writer.id)

    def at_once(desk: Desk, found: Beginning) -> int:
        return open_handover(desk, writer, post_code=found.post_code, kind=found.kinds[0])

    try:
        found = await screen.off_loop(find)
        if found is None:
            # Not signed on at a post: there is nothing to hand over, but all of the past to read.
            screen.host.action_open("handovers", said=f"{T}.begin_not_here")
            return None
        if found.handover_id is not None:
            # Opened again: one that somebody else's holding has overtaken makes way.
            return str(await screen.off_loop(lambda desk: at_once(desk, found)))
        if found.may_begin_at_once:
            return str(await screen.off_loop(lambda desk: at_once(desk, found)))
        held.release()  # the answers are typed
        begun = await screen.host.ask(Begin(writer, found))
        if begun == BOOK:
            screen.host.action_open("handovers")
            return None
        return None if begun is None else str(begun)
    except Refusal as refusal:
        screen.refused(refusal)
        return None


class Begin(KeptDialog[int]):
    """In which form, and why now. Gives the handover's id."""

    BINDINGS: ClassVar[list[BindingType]] = [binding("kind", "book", words=f"{T}.key_book")]
    title_key: ClassVar[str] = f"{T}.begin_title"
    topics: ClassVar[tuple[Topic, ...]] = (Topic.SIGN_BOTH,)

    def __init__(self, person: PersonView, found: Beginning) -> None:
        """`person` opens it."""
        super().__init__()
        self._person = person
        self._found = found

    def draft(self) -> str:
        """Why it is begun at that post."""
        return f"begin:{self._found.post_code}"

    def fields(self) -> ComposeResult:
        """The holder, when it opens, the form, the reason."""
        found = self._found
        yield Label(message(f"{T}.begin_holder", name=found.holder), classes="said")
        if found.opens_at is not None:
            yield Label(message(f"{T}.begin_early", at=found.opens_at), classes="said")
        yield row(
            f"{T}.begin_kind",
            Choice(
                found.kinds,
                lambda code: self.tr(f"handover.kind_{code}"),
                value=found.kinds[0],
                moves_on=True,
                id="begin-kind",
            ),
        )
        yield row(f"{T}.begin_reason", Words(id="begin-reason", limit=1000))

    def on_mount(self) -> None:
        """The form first."""
        self.query_one("#begin-kind").focus()

    def action_book(self) -> None:
        """Not now: the handovers of the past."""
        self.dismiss(BOOK)

    async def act(self) -> None:
        """Open it."""
        kind = HandoverKind(self.query_one("#begin-kind", Choice).value or self._found.kinds[0])
        reason, person, post_code = (
            self.text_of("begin-reason"),
            self._person,
            self._found.post_code,
        )

        def keep(desk: Desk) -> int:
            return open_handover(desk, person, post_code=post_code, kind=kind, reason=reason)

        self.dismiss(await self.use(keep))
