"""Opening screens and dialogs by name: what may open now, over what, and who must be signed on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from textual import work
from textual.app import SystemCommand
from textual.screen import ModalScreen, Screen

from desk_console.tui.masking import MaskedApp
from desk_console.tui.places import DIALOGS, place
from desk_console.tui.screen import DeskScreen

if TYPE_CHECKING:
    from desk_console.tui.turn import Hold

ResultT = TypeVar("ResultT")

WHILE_LOCKED = frozenset({"language", "theme", "sign_on"})
"""What may be done while the screen is masked."""

_ACTIONS = frozenset(
    {"open", "leave", "home", "commands", "lock", "language", "next_theme", "nothing"}
)


class PlacesApp(MaskedApp):
    """Leads from screen to screen. No place is open twice."""

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
        self._go_home(self.turn.hold())

    @work
    async def _go_home(self, held: Hold) -> None:
        with held:
            await self._back_to_live()

    async def _back_to_live(self) -> None:
        while len(self.screen_stack) > 1:
            going = self.screen
            if isinstance(going, DeskScreen):
                await going.part()
            if going is self.screen:
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
                await self._back_to_live()
        begins = at or await found.begin(self.screen, held)
        if begins is not None:
            await self.push_screen(self._made(name, *filter(None, (begins,))))

    def _returns_to(self, name: str) -> bool:
        """Whether the place is open already: there is no twin of it, and its key leads back to it
        from the screens that opened over it. A dialog that is being filled in stays.
        """
        if not self._is_open(name):
            return False
        while getattr(self.screen, "place_name", "") != name:
            if isinstance(self.screen, ModalScreen):
                break
            self.pop_screen()
        return True

    def _is_open(self, name: str) -> bool:
        return any(getattr(one, "place_name", "") == name for one in self.screen_stack)

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
        if self.seat.writer is None and self.desk is not None and not self._is_open("sign_on"):
            await self.ask(self._made("sign_on"))
        return self.seat.writer is not None

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """None of Textual's own: the palette is ours."""
        return ()
