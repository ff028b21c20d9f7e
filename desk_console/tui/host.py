"""What screens and dialogs have of the app: the desk, the seat, and work done off the loop."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar, cast

from textual.css.query import NoMatches
from textual.message import Message as Event

from desk_console.foundation.catalogue import Catalogue, Message
from desk_console.foundation.refusal import Refusal

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.message_pump import MessagePump

    from desk_console.rulebook.desk import Desk
    from desk_console.tui.app import DeskApp
    from desk_console.tui.seat import Seat

ResultT = TypeVar("ResultT")


@dataclass
class Changed(Event, bubble=False):
    """Somebody wrote, here or at another console; or the desk was opened, or the seat changed."""


def host_of(node: MessagePump) -> DeskApp:
    """The app, as what it is."""
    return cast("DeskApp", node.app)


class OnDesk:
    """For screens and dialogs: the desk, the seat, acts and views off the loop."""

    @property
    def host(self) -> DeskApp:
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
