"""The app: its keys, its beginning (the desk is opened after the first frame) and its end.

Only what the first frame needs is imported here; everything else is loaded when it is first wanted.
"""

from __future__ import annotations

import asyncio
import gc
import os
import sys
import threading
from contextlib import suppress
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.screen import Screen

from desk_console.foundation.catalogue import Literally, Message
from desk_console.foundation.refusal import Refusal
from desk_console.tui.keys import Keymap, binding, remapped
from desk_console.tui.opening import Opening
from desk_console.tui.placing import PlacesApp
from desk_console.tui.screen import DeskDialog, DeskScreen
from desk_console.tui.screens.live import LiveScreen
from desk_console.tui.terminal.wrapping import break_between_signs

if TYPE_CHECKING:
    from desk_console.tui.postman import Postman
    from desk_console.tui.terminal.signals import OrderlyEnd
    from desk_console.tui.watch import Watch

IDLE_LOOK_SECONDS = 5.0
REST_AFTER_SECONDS = 0.3
"""From the first figures to the loading of everything else: until they are painted."""
LOOK_THROUGH = (2_000, 250, 50)
"""New things after which the memory is looked through for what nobody holds, a millisecond or two.
Python's own 700 lets one key in seven wait for it, and each hundredth for a longer look: that comes
in a pause instead.
"""
LOOKS_TO_TIDY = 15
"""Short looks through the memory after which it gets a whole one, in a pause of the typing: a call
form that was closed leaves three MiB behind that hold each other.
"""
GIVE_WAY_SECONDS = 0.0005
"""After which a thread gives way: a key that comes while a draft is kept aside does not wait for
Python's own five milliseconds.
"""


class DeskApp(PlacesApp):
    """The program on the screen."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [
        "base.tcss",
        "screens/live.tcss",
        "dialogs/dialogs.tcss",
    ]
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        binding("help", "open('help')", priority=True),
        binding("quit", "leave", priority=True),
        binding("call", "open('call')", priority=True),
        binding("live", "home"),
        binding("handover", "open('handover')"),
        binding("roster", "open('roster')"),
        binding("matters", "open('matters')"),
        binding("search", "open('search')"),
        binding("setup", "open('setup')"),
        binding("sign_on", "open('sign_on')"),
        binding("step_out", "open('step_out')"),
        binding("sign_off", "open('sign_off')"),
        binding("take_post", "open('take_post')", priority=True),
        binding("reminder", "open('reminder')"),
        binding("attendance", "open('attendance')"),
        binding("palette", "commands", priority=True),
        binding("lock", priority=True),
        binding("language", priority=True),
        binding("theme", "next_theme", show=False, priority=True),
        Binding("ctrl+c", "nothing", show=False, priority=True),
    ]

    def __init__(self, opening: Opening) -> None:
        """Nothing is opened yet; see `Opening`."""
        break_between_signs()
        super().__init__(opening)
        self.failure: Message | None = None
        """Why the desk could not be opened."""
        self._remapped: Keymap = remapped(opening.keys)
        self.is_told_to_end = False
        """A signal ended the program, not a key."""
        self._watch: Watch | None = None
        self._postman: Postman | None = None
        self._rest: threading.Thread | None = None
        self._end: OrderlyEnd | None = None
        self.set_keymap(dict(self._remapped.keys))
        self.set_reactive(DeskApp.catalogue, replace(self.catalogue, keys=self._remapped.names))

    @property
    def keys_by_id(self) -> dict[str, str]:
        """The keys that this site gave to actions, by action id."""
        return dict(self._remapped.keys)

    # Beginning

    def get_default_screen(self) -> Screen[Any]:
        """The live shift is what everything else opens over."""
        return LiveScreen()

    def on_mount(self) -> None:
        """Open the desk once the first frame stands."""
        self.screen_change_signal.subscribe(self, self.turn.opened, immediate=True)
        self.call_after_refresh(self._begin)

    @work
    async def _begin(self) -> None:
        from desk_console.tui.terminal.signals import end_in_order

        self._end = end_in_order(self, self._on_end)
        await self._open_desk()

    async def _open_desk(self) -> None:
        from desk_console.tui.postman import Postman
        from desk_console.tui.watch import Watch

        try:
            desk = await asyncio.to_thread(self.opening.open)
        except Refusal as refusal:
            self.failure = refusal.message
            self.clause = refusal.clause
            self.has_opened()
            self.spread()
            return
        self.desk = desk
        self.catalogue = replace(self.catalogue, zone=desk.zone)
        self.spread()
        self._watch = Watch(
            desk,
            noticed=self.spread_from_thread,
            failed=self._failed_in_thread,
            is_typing=self.is_typing,
        )
        self._watch.start()
        self._postman = Postman(desk, failed=self._failed_in_thread)
        self._postman.start()
        self.set_interval(IDLE_LOOK_SECONDS, self._look_idle)
        self.set_interval(IDLE_LOOK_SECONDS, self._tidy_memory)
        for problem in (*desk.notices, *self._remapped.problems):
            self.say(problem)

    def foreign_from_thread(self) -> None:
        """Bytes came that are not UTF-8: a hint about the terminal's encoding."""
        self.call_later(self.say, "tui.kit.encoding")

    def gone_from_thread(self) -> None:
        """The terminal was closed without a signal: the same end."""
        self.call_later(self._begin_end)

    def _begin_end(self) -> None:
        if self._end is not None:
            self._end.begin("gone")

    def has_opened(self) -> None:
        """The first figures stand on the screen: begin everything that could wait for them."""
        if self._rest is None:
            self._rest = threading.Thread(target=self._begin_the_rest, name="rest", daemon=True)
            if gc.isenabled():  # not begun by `run`: everything is loaded already
                self._rest.start()
            else:
                self.set_timer(REST_AFTER_SECONDS, self._rest.start)

    def _begin_the_rest(self) -> None:
        """Load what the keys will want, aside; then see to the search index."""
        import desk_console.tui.rest  # noqa: F401 # for what it loads

        if not gc.isenabled():
            gc.freeze()
            gc.set_threshold(*LOOK_THROUGH)
            gc.enable()
        if self._watch is not None:
            self._watch.keep_index()

    def _tidy_memory(self) -> None:
        if gc.isenabled() and gc.get_count()[1] >= LOOKS_TO_TIDY and not self.is_typing():
            gc.collect()

    def index_again(self) -> None:
        """The search index was emptied: have it made again, aside."""
        if self._watch is not None:
            self._watch.index_again()

    def draft_kept(self) -> None:
        """What is being typed here was kept: that is no news to any screen."""
        if self._watch is not None:
            self._watch.draft_kept()

    def spread_from_thread(self) -> None:
        """The watch noticed a change."""
        self.call_later(self.spread)

    def _failed_in_thread(self, error: Exception) -> None:
        self.call_later(self._raise, error)

    def _raise(self, error: Exception) -> None:
        raise error

    @work
    async def action_commands(self) -> None:
        """The command palette."""
        from desk_console.tui.commands import commands
        from desk_console.tui.palette import Palette

        if isinstance(self.screen, Palette):
            return
        chosen = await self.ask(Palette(commands(self)))
        if chosen is not None:
            chosen.call()

    # The end

    async def _on_end(self, reason: str) -> None:
        self.is_told_to_end = True
        await self._leave_seats("hangup")

    async def _leave_seats(self, why: str) -> None:
        for screen in reversed(self.screen_stack):
            if isinstance(screen, DeskScreen | DeskDialog):
                await screen.part()
        await self._stop_threads()
        desk, people = self.desk, tuple(one.id for one in self.seat.people)
        if desk is None or not people:
            return
        from desk_console.people.sessions import leave_seats

        with suppress(Refusal):  # a full disk must not keep anybody from leaving
            await asyncio.to_thread(leave_seats, desk, people, why=why)

    async def _stop_threads(self) -> None:
        if self._watch is not None:
            self._watch.stop()
        if self._postman is not None:
            await asyncio.to_thread(self._postman.stop)

    async def on_unmount(self) -> None:
        """However the program came to its end: nobody looks at the file any more."""
        await self._stop_threads()

    @work
    async def action_leave(self) -> None:
        """Leave the program. Attendance is not touched: nobody signs off by closing a window."""
        await self._leave_seats("quit")
        self.exit(0)

    def _fatal_error(self) -> None:
        """A bug: written down without anybody's words, told in one sentence, and out."""
        from desk_console.tui.crash import write_down

        error = self._exception
        if error is not None:
            write_down(error, self.opening.log_file)
        if self._exception is not None and self.is_headless:
            super()._fatal_error()
            return
        file = Literally(self.opening.log_file or "-")
        self._exit_renderables.append(self.catalogue.text("tui.app.crashed", file=file))
        self._close_messages_no_wait()


def run(opening: Opening) -> int:
    """Run the program on this terminal; returns its exit code. Call `environment.prepare` first."""
    from desk_console.tui.terminal.bytes_in import Listeners, mend_input
    from desk_console.tui.terminal.overlays import mend_compositor
    from desk_console.tui.terminal.styling import mend_stylesheet

    mend_compositor()
    mend_stylesheet()
    # What is loaded at the start stays for good: looking through it again and again costs a tenth
    # of the time until the desk is there. Enabled again when all is loaded.
    gc.disable()
    sys.setswitchinterval(GIVE_WAY_SECONDS)
    app = DeskApp(opening)
    mend_input(Listeners(app.foreign_from_thread, app.gone_from_thread))
    code = app.run() or 0
    if app.is_told_to_end:
        # Taking the interpreter apart can last longer than a closed window leaves it.
        os._exit(code)
    return code or app.return_code or 0
