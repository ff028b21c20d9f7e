"""What screens and dialogs have of the app: the desk, the seat, and work done off the loop."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

from textual.css.query import NoMatches
from textual.message import Message as Event

from desk_console.foundation.catalogue import Catalogue, Message
from desk_console.foundation.refusal import Refusal

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.message_pump import MessagePump
    from textual.screen import Screen

    from desk_console.rulebook.desk import Desk
    from desk_console.tui.opening import Opening
    from desk_console.tui.seat import Seat

ResultT = TypeVar("ResultT")


@dataclass
class Changed(Event, bubble=False):
    """Somebody wrote, here or at another console; or the desk was opened, or the seat changed."""


class Host(Protocol):
    """The app, as its screens, dialogs and widgets know it."""

    desk: Desk | None
    seat: Seat
    opening: Opening
    catalogue: Catalogue
    clause: str | None
    """The clause of the last refusal."""
    failure: Message | None
    """Why the desk could not be opened."""

    @property
    def keys_by_id(self) -> dict[str, str]:
        """The keys that this site gave to actions, by action id."""

    def action_open(self, name: str, said: str = "", *, at: str = "") -> None:
        """Open a place by its name."""

    async def ask(self, dialog: Screen[ResultT]) -> ResultT | None:
        """Open a dialog and wait for its answer."""

    async def somebody(self) -> bool:
        """Is somebody signed on here? Asks for it where nobody is."""

    def say(self, what: Message | str, /, **values: object) -> None:
        """A sentence in passing."""

    def refused(self, refusal: Refusal) -> None:
        """A refusal in passing."""

    def refusal_words(self, refusal: Refusal) -> str:
        """What a refusal says, and where its clause can be read."""

    def spread(self) -> None:
        """Tell every open screen that something changed."""

    def has_opened(self) -> None:
        """The first figures stand on the screen."""

    def index_again(self) -> None:
        """The search index was emptied."""

    def draft_kept(self) -> None:
        """What is being typed was kept."""


def host_of(node: MessagePump) -> Host:
    """The app, as what it is."""
    return cast("Host", node.app)


class OnDesk:
    """For screens and dialogs: the desk, the seat, acts and views off the loop."""

    @property
    def host(self) -> Host:
        """The app."""
        return host_of(cast("MessagePump", self))

    @property
    def desk(self) -> Desk:
        """The open desk. LookupError before it was opened."""
        if self.host.desk is None:
            raise LookupError("the desk is not open yet")
        return self.host.desk

    @property
    def seat(self) -> Seat:
        """Who sits at this console."""
        return self.host.seat

    @property
    def catalogue(self) -> Catalogue:
        """The words, in the language that is on now."""
        return self.host.catalogue

    async def ask_amid(self, dialog: Screen[ResultT]) -> ResultT | None:
        """Ask something in the middle of what is being done."""
        return await self.host.ask(dialog)

    async def off_loop(self, work: Callable[[Desk], ResultT]) -> ResultT:
        """Do a view or an act in a thread. Refusals come out of it as they are."""
        return await asyncio.to_thread(work, self.desk)

    def run_worker(self, *given: Any, **how: Any) -> Any:
        """Run what `@work` marks. Somebody may leave before it has its answer."""
        do, *others = given
        return super().run_worker(  # type: ignore[misc] # the screen's own
            partial(self._while_here, do), *others, **how
        )

    async def _while_here(self, work: Callable[[], Awaitable[ResultT]]) -> ResultT | None:
        """Textual takes a screen's fields away before it stops its workers: what then finds no
        field to show an answer in has nobody to show it to.
        """
        try:
            return await work()
        except NoMatches:
            if cast("DOMNode", self)._pruning:
                return None
            raise

    def say(self, what: Message | str, /, **values: object) -> None:
        """Say something in passing."""
        self.host.say(what, **values)

    def refused(self, refusal: Refusal) -> None:
        """Say a refusal in passing; F1 then opens its clause."""
        self.host.refused(refusal)
