"""The app: it opens the desk after its first frame, holds the seat and the words, opens screens.

Only what the first frame needs is imported here; everything else is loaded when it is first wanted.
"""

from __future__ import annotations

import asyncio
import gc
import os
import threading
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import events, work
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.reactive import reactive
from textual.screen import ModalScreen, Screen

from desk_console.foundation.catalogue import Catalogue, Language, Literally, Message
from desk_console.foundation.refusal import Refusal
from desk_console.tui import themes
from desk_console.tui.host import Changed
from desk_console.tui.keys import Keymap, binding, remapped
from desk_console.tui.language import refresh_all_texts
from desk_console.tui.opening import Opening
from desk_console.tui.places import DIALOGS, place
from desk_console.tui.screens.live import LiveScreen
from desk_console.tui.seat import Seat
from desk_console.tui.turn import Hold, KeysInTurn, Passed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desk_console.rulebook.desk import Desk
    from desk_console.tui.postman import Postman
    from desk_console.tui.terminal.signals import OrderlyEnd
    from desk_console.tui.watch import Watch

ResultT = TypeVar("ResultT")

IDLE_LOOK_SECONDS = 5.0
SAID_SECONDS = 6.0
MOST_SAID = 3
"""What is said in passing lies over the screen: the newest few, and no more of it."""
REFUSED_SECONDS = 12.0
REST_AFTER_SECONDS = 0.3
"""From the first figures to the loading of everything else: until they are painted."""
WHILE_LOCKED = frozenset({"language", "theme", "sign_on"})
"""What may be done while the screen is masked."""


class DeskApp(App[int]):
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
        binding("palette", "commands", priority=True),
        binding("lock", priority=True),
        binding("language", priority=True),
        binding("theme", "next_theme", show=False, priority=True),
        Binding("ctrl+c", "nothing", show=False, priority=True),
    ]

    catalogue: reactive[Catalogue] = reactive(Catalogue, init=False)

    def __init__(self, opening: Opening) -> None:
        """Nothing is opened yet; see `Opening`."""
        super().__init__()
        self.opening = opening
        self.desk: Desk | None = None
        self.seat = Seat()
        self.turn = KeysInTurn(self)
        self._was_seated = False
        self.clause: str | None = None
        """The clause of the last refusal: what F1 opens first."""
        self.failure: Message | None = None
        """Why the desk could not be opened."""
        self._remapped: Keymap = remapped(opening.keys)
        self.is_told_to_end = False
        """A signal ended the program, not a key."""
        self._watch: Watch | None = None
        self._postman: Postman | None = None
        self._rest: threading.Thread | None = None
        self._end: OrderlyEnd | None = None
        self._touched = time.monotonic()
        self._unmasked = asyncio.Event()
        self._unmasked.set()
        self.set_reactive(DeskApp.catalogue, Catalogue(opening.language))
        themes.register(self, f"desk-{opening.theme}" if opening.theme else themes.LIGHT)
        if opening.is_ascii:
            themes.use_ascii(self)
        self.set_keymap(dict(self._remapped.keys))

    @property
    def keys_by_id(self) -> dict[str, str]:
        """The keys that this site gave to actions, by action id."""
        return dict(self._remapped.keys)

    # Beginning and end

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
        if self.opening.is_unset and (first := place("first_run")) is not None:
            await self.push_screen_wait(first.make())
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
        self._watch = Watch(desk, noticed=self.spread_from_thread, failed=self._failed_in_thread)
        self._watch.start()
        self._postman = Postman(desk, failed=self._failed_in_thread)
        self._postman.start()
        self.set_interval(IDLE_LOOK_SECONDS, self._look_idle)
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
            gc.enable()
        if self._watch is not None:
            self._watch.keep_index()

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

    async def _on_end(self, reason: str) -> None:
        self.is_told_to_end = True
        await self._leave_seats("hangup")

    async def _leave_seats(self, why: str) -> None:
        if self._watch is not None:
            self._watch.stop()
        if self._postman is not None:
            await asyncio.to_thread(self._postman.stop)
        desk, people = self.desk, tuple(one.id for one in self.seat.people)
        if desk is None or not people:
            return
        from desk_console.people.sessions import leave_seats

        with suppress(Refusal):  # a full disk must not keep anybody from leaving
            await asyncio.to_thread(leave_seats, desk, people, why=why)

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

    # Words

    def watch_catalogue(self) -> None:
        """Everything on the screen in the other language."""
        refresh_all_texts(self)

    def action_language(self) -> None:
        """Chinese or English, at once."""
        other: Language = "en" if self.catalogue.language == "zh" else "zh"
        self.catalogue = replace(self.catalogue, language=other)

    def action_next_theme(self) -> None:
        """The next colours."""
        self.theme = themes.next_theme(self.theme)
        self.say(themes.theme_label(self.theme))

    def say(self, what: Message | str, /, **values: object) -> None:
        """A sentence in passing. Nothing is said over a masked screen."""
        if not self.seat.is_locked:
            words = self.catalogue.text(what, **values)
            self._make_room()
            self.notify(words, timeout=SAID_SECONDS, markup=False)

    def _make_room(self) -> None:
        for old in list(self._notifications)[: 1 - MOST_SAID]:
            self._unnotify(old, refresh=False)

    def refused(self, refusal: Refusal) -> None:
        """Say a refusal with its clause; F1 opens the clause."""
        self.clause = refusal.clause
        if not self.seat.is_locked:
            words = self.refusal_words(refusal)
            self._make_room()
            self.notify(words, severity="warning", timeout=REFUSED_SECONDS, markup=False)

    def refusal_words(self, refusal: Refusal) -> str:
        """What a refusal says, and where its clause can be read."""
        from desk_console.tui.refusing import refusal_words

        return refusal_words(refusal, self.catalogue)

    def action_nothing(self) -> None:
        """Ctrl+C does nothing surprising."""

    # Screens

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What a key may do now: nothing but the language over a masked screen."""
        name = str(parameters[0]) if action == "open" and parameters else action
        if self.seat.is_locked and action in _ACTIONS:
            return name in WHILE_LOCKED or action in ("language", "next_theme", "nothing")
        if action == "open":
            return place(name) is not None
        return True

    def action_home(self) -> None:
        """The live shift."""
        self._back_to_live()

    def _back_to_live(self) -> None:
        while len(self.screen_stack) > 1:
            self.pop_screen()

    def action_open(self, name: str, said: str = "", *, at: str = "") -> None:
        """Open a screen or dialog by its name; where somebody must be signed on, ask that first.
        `said` is the key of what is said over it, why it opens instead of another; `at` is where
        in it to begin.
        """
        self._open(name, self.turn.hold(), said, at)

    @work
    async def _open(self, name: str, held: Hold, said: str, at: str) -> None:
        with held:
            await self._open_place(name, held, at)
        if said:
            self.say(said)

    async def _open_place(self, name: str, held: Hold, at: str) -> None:
        found = place(name)
        if found is None or self.desk is None or self._returns_to(name):
            return
        # What was said belongs to what was done before: it would lie over the new screen's keys.
        self.clear_notifications()
        if found.needs_person and self.seat.writer is None:
            held.release()  # the answer is typed
            if not await self.somebody():
                return
        if not found.is_over:
            if isinstance(self.screen, ModalScreen):
                return
            if name not in DIALOGS:
                self._back_to_live()
        begins = at or await found.begin(self.screen, held)
        if begins is not None:
            await self.push_screen(self._made(name, *filter(None, (begins,))))

    def _returns_to(self, name: str) -> bool:
        """Whether the place is open already: there is no twin of it, and its key leads back to it
        from the screens that opened over it. A dialog that is being filled in stays.
        """
        stack = self.screen_stack
        if not any(getattr(one, "place_name", "") == name for one in stack):
            return False
        while getattr(self.screen, "place_name", "") != name:
            if isinstance(self.screen, ModalScreen):
                break
            self.pop_screen()
        return True

    def _made(self, name: str, *at: str) -> Screen[Any]:
        found = place(name)
        if found is None:
            raise LookupError(name)
        screen = found.make(*at)
        screen.place_name = name  # type: ignore[attr-defined] # which place it is, for no twins
        return screen

    async def ask(self, dialog: Screen[ResultT]) -> ResultT | None:
        """Open a dialog and wait for its answer. It waits until a masked screen is lifted."""
        await self._unmasked.wait()
        return await self.push_screen_wait(dialog)

    async def somebody(self) -> bool:
        """Is somebody signed on here? Asks for it where nobody is."""
        if self.seat.writer is None and self.desk is not None:
            await self.ask(self._made("sign_on"))
        return self.seat.writer is not None

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

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """None of Textual's own: the palette is ours."""
        return ()

    # The mask

    async def on_event(self, event: events.Event) -> None:
        """Every key and click counts as somebody being there. Keys go on in their turn."""
        if isinstance(event, events.Key | events.MouseDown | events.Paste):
            self._touched = self._seconds()
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


_ACTIONS = frozenset(
    {"open", "leave", "home", "commands", "lock", "language", "next_theme", "nothing"}
)


def run(opening: Opening) -> int:
    """Run the program on this terminal; returns its exit code. Call `environment.prepare` first."""
    from desk_console.tui.terminal.bytes_in import Listeners, mend_input
    from desk_console.tui.terminal.overlays import mend_compositor

    mend_compositor()
    # What is loaded at the start stays for good: looking through it again and again costs a tenth
    # of the time until the desk is there. Enabled again when all is loaded.
    gc.disable()
    app = DeskApp(opening)
    mend_input(Listeners(app.foreign_from_thread, app.gone_from_thread))
    code = app.run() or 0
    if app.is_told_to_end:
        # Taking the interpreter apart can last longer than a closed window leaves it.
        os._exit(code)
    return code or app.return_code or 0
