"""Keys in turn: what is typed ahead waits until what an earlier key began has moved the focus.

Textual hands a key to the field that has the focus now, and goes on to the next key while Enter is
still on its way through the messages. A key that comes in the same burst (a scanner, a remote
desktop, quick hands) would land in the field before.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol

from textual import events
from textual.message import Message as Event
from textual.widget import Widget
from textual.widgets import Input, TextArea

if TYPE_CHECKING:
    from textual.message_pump import MessagePump
    from textual.screen import Screen


HOLD_AT_MOST = 8.0
"""Seconds after which keys are let go whatever is still being done: nobody is locked out."""

LOOK_EVERY = 0.02
"""Seconds between two looks whether the field is gone that a message was to come up from."""

ROUNDS = 2
"""The key goes up from the field to the app; what its binding says goes up once more."""

_EDITING = frozenset(
    {"backspace", "delete", "left", "right", "home", "end", "ctrl+left", "ctrl+right"}
)


@dataclass
class Passed(Event):
    """Went up from a field behind everything that the field said before."""

    done: asyncio.Event


class Hold:
    """Keeps keys waiting until it is released, by hand or at the end of its `with`."""

    def __init__(self, turn: KeysInTurn | None) -> None:
        """Without a turn it holds nothing."""
        self._turn = turn
        self._end: asyncio.TimerHandle | None = None
        if turn is not None:
            loop = asyncio.get_running_loop()
            self._end = loop.call_later(HOLD_AT_MOST, self.release)

    @property
    def is_on(self) -> bool:
        """Do keys still wait for it?"""
        return self._turn is not None

    def release(self) -> None:
        """Let the keys go, where nothing else holds them. Twice does no harm."""
        if self._end is not None:
            self._end.cancel()
        turn, self._turn = self._turn, None
        if turn is not None:
            turn.released(self)

    def release_behind(self, node: MessagePump) -> None:
        """Release it when everything that the node has said so far was heard."""
        if self._turn is not None:
            self._turn.follow(node, self)

    def __enter__(self) -> Hold:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


class HandsOn(Protocol):
    """The app that a key is handed on by, in its own turn."""

    async def hand_on(self, event: events.Event) -> None:
        """A key or a paste whose turn has come."""

    def call_later(self, callback: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
        """In the app's own turn."""


class KeysInTurn:
    """The keys of the app: handed on one after the other, or kept while something is under way."""

    def __init__(self, app: HandsOn) -> None:
        """Nothing is held."""
        self._app = app
        self._waiting: deque[events.Event] = deque()
        self._holds: set[Hold] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    def hold(self) -> Hold:
        """Keep what is typed from now on until the hold is released."""
        made = Hold(self)
        self._holds.add(made)
        return made

    def released(self, hold: Hold) -> None:
        """One hold less; with the last one the keys go on. In the app's own turn: a key that came
        before the focus was asked for still waits for it.
        """
        self._app.call_later(self._let_go, hold)

    def keeps(self, event: events.Event) -> bool:
        """Must this key wait? Then it does."""
        if not self._holds and not self._waiting:
            return False
        self._waiting.append(event)
        return True

    async def _let_go(self, hold: Hold) -> None:
        self._holds.discard(hold)
        while self._waiting and not self._holds:
            await self._app.hand_on(self._waiting.popleft())

    def handed_on(self, event: events.Event, target: Widget | Screen[Any]) -> None:
        """The key went to that target: where it may move the focus, the next ones wait."""
        if isinstance(event, events.Key) and not _only_writes(event, target):
            self.follow(target, self.hold())

    def follow(self, target: MessagePump, held: Hold) -> None:
        """Release the hold behind what the target has said, and what that led to."""
        task = asyncio.create_task(self._follow(target, held))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _follow(self, target: MessagePump, held: Hold) -> None:
        with held:
            for _ in range(ROUNDS):
                done = asyncio.Event()
                if not target.post_message(Passed(done)):
                    return
                if not await _came_up(done, target, held):
                    return

    def opened(self, screen: Screen[Any]) -> None:
        """A screen comes up: keys wait until it stands and its first field has the focus."""
        if not screen.is_running or not screen.is_mounted:
            screen.call_later(self.hold().release)


async def _came_up(done: asyncio.Event, target: MessagePump, held: Hold) -> bool:
    """Did it come up? Not where the field went away with what the key began, nor in the time that
    keys wait at most.
    """
    while not done.is_set():
        if not (held.is_on and target.is_attached):
            return False
        with suppress(TimeoutError):
            await asyncio.wait_for(done.wait(), LOOK_EVERY)
    return True


def _only_writes(event: events.Key, target: object) -> bool:
    """A letter in a text field, or a key that moves in it: the focus stays where it is. A field
    with `moves_on` goes on by itself once what it wants stands in it.
    """
    if not isinstance(target, Input | TextArea) or getattr(target, "moves_on", False):
        return False
    return event.is_printable or event.key in _EDITING


def hold_keys(node: MessagePump) -> Hold:
    """Keep keys waiting from a screen or a widget, also in an app that hands them on as they
    come."""
    turn = getattr(node.app, "turn", None)
    return turn.hold() if isinstance(turn, KeysInTurn) else Hold(None)
