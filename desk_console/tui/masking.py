"""The mask: a console that nobody touches shows no name and no number until a PIN lifts it.

Every key and click counts as somebody being there; keys go on in their turn.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

from textual import events
from textual.screen import Screen

from desk_console.tui.host import Changed
from desk_console.tui.opening import Opening
from desk_console.tui.places import place
from desk_console.tui.screens.live import LiveScreen
from desk_console.tui.speaking import SpeakingApp
from desk_console.tui.turn import KeysInTurn, Passed

if TYPE_CHECKING:
    from desk_console.rulebook.desk import Desk


PAUSE_SECONDS = 1.0
"""Without a key for so long, nobody is in the middle of a word."""


class MaskedApp(SpeakingApp):
    """Knows whether somebody is there, and tells the open screens of every change."""

    def __init__(self, opening: Opening) -> None:
        """Nobody was masked yet."""
        super().__init__(opening)
        self.desk: Desk | None = None
        self.turn = KeysInTurn(self)
        self._was_seated = False
        self._touched = time.monotonic()
        self._pressed_at = 0.0  # never `_key_…`: Textual would call it, for a key of that name
        self._unmasked = asyncio.Event()
        self._unmasked.set()

    def spread(self) -> None:
        """Tell every open screen that something changed."""
        if self._was_seated and not self.seat.people:
            self.call_later(self._clear_away)
        self._was_seated = bool(self.seat.people)
        for screen in self.screen_stack:
            screen.post_message(Changed())

    def _clear_away(self) -> None:
        """The last one signed off here: what was open for people on duty is closed."""
        while not self.seat.people and _is_for_duty(self.screen):
            self.pop_screen()

    async def on_event(self, event: events.Event) -> None:
        """Every key and click counts as somebody being there. Keys go on in their turn."""
        if isinstance(event, events.Key | events.MouseDown | events.Paste):
            self._touched = self._seconds()
            self._pressed_at = time.monotonic()
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            if not self.turn.keeps(event):
                await self.hand_on(event)
            return
        await super().on_event(event)

    async def hand_on(self, event: events.Event) -> None:
        """A key or a paste whose turn has come."""
        target = self.focused or self.screen
        await super().on_event(event)
        self.turn.handed_on(event, target)

    def on_passed(self, event: Passed) -> None:
        """Everything that a key began in its field has come up here."""
        event.done.set()

    def is_typing(self) -> bool:
        """Came a key just now? By the real clock, for what waits for a pause."""
        return time.monotonic() - self._pressed_at < PAUSE_SECONDS

    def _seconds(self) -> float:
        return self.desk.store.clock.monotonic() if self.desk else time.monotonic()

    def _look_idle(self) -> None:
        minutes = self.desk.site.idle_lock_minutes if self.desk else 0
        if minutes and self.seat.people and self._seconds() - self._touched >= minutes * 60:
            self.action_lock()

    def action_lock(self) -> None:
        """Mask the screen. Without anybody signed on there is nothing to come back to."""
        if self.seat.is_locked:
            return
        if self.seat.writer is None:
            self.say("tui.app.nobody_to_lock")
            return
        from desk_console.tui.screens.lock import LockScreen

        self.seat.is_locked = True
        self._unmasked.clear()
        self.clear_notifications()
        self.push_screen(LockScreen(), self._unlocked)

    def _unlocked(self, _result: object) -> None:
        self.seat.is_locked = False
        self._touched = self._seconds()
        self._unmasked.set()
        self.spread()
        self.screen.refresh_bindings()


def _is_for_duty(screen: Screen[Any]) -> bool:
    """Does it show what only people on duty see? The live shift masks it by itself."""
    if isinstance(screen, LiveScreen):
        return False
    found = place(getattr(screen, "place_name", ""))
    return found is None or found.needs_person
