"""The screens and dialogs that open by key or by name: one line each, loaded when first opened.

To add one: a line in `PLACES`. The class needs no arguments; it reads the desk and the seat from
the app (see `host`), and the help also `app.clause`, the clause of the last refusal.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

if TYPE_CHECKING:
    from desk_console.tui.turn import Hold


@dataclass(frozen=True, slots=True)
class Place:
    """A screen by its action id (which is also its key's, see `keys`), and where its class is."""

    name: str
    module: str
    """Below `desk_console.tui`."""
    kind: str
    """The class in it."""
    is_over: bool = False
    """It opens over everything, also over a dialog that is open; others take the screen's place."""
    needs_person: bool = False
    """Somebody must be signed on here first."""
    begins: str = ""
    """What is asked before it opens, over the screen that is there: a coroutine, as
    `module:name`, that says where in it to begin. None: it does not open.
    """

    @property
    def is_built(self) -> bool:
        """Whether this version of the program has it."""
        return _is_there(self.module)

    async def begin(self, over: Screen[Any], held: Hold) -> str | None:
        """Where in it to begin, asked over that screen; the hold is released where keys answer."""
        if not self.begins:
            return ""
        module, _, name = self.begins.partition(":")
        asked: Callable[[Screen[Any], Hold], Awaitable[str | None]] = getattr(
            import_module(f"desk_console.tui.{module}"), name
        )
        return await asked(over, held)

    def make(self, *at: str) -> Screen[Any]:
        """A new one of it; `at` is where in it to begin, for those that know such a thing."""
        kind = getattr(import_module(f"desk_console.tui.{self.module}"), self.kind)
        made: Screen[Any] = kind(*at)
        return made


@cache
def _is_there(module: str) -> bool:
    """Asked for every key on every screen: the folders are looked through once."""
    from importlib.util import find_spec

    return find_spec(f"desk_console.tui.{module}") is not None


PLACES: tuple[Place, ...] = (
    Place("help", "screens.help", "HelpScreen", is_over=True),
    Place("call", "screens.call", "CallScreen", is_over=True, needs_person=True),
    Place("matters", "screens.matters", "MattersScreen", needs_person=True),
    Place("logbook", "screens.logbook", "LogbookScreen", needs_person=True),
    Place("search", "screens.search", "SearchScreen", needs_person=True),
    Place("residents", "screens.residents", "ResidentsScreen", needs_person=True),
    Place("roster", "screens.roster.screen", "RosterScreen", needs_person=True),
    Place("attendance", "screens.roster.attendance", "AttendanceScreen", needs_person=True),
    Place("training", "screens.roster.training", "TrainingScreen", needs_person=True),
    Place("requests", "screens.roster.requests", "RequestsScreen", needs_person=True),
    Place("export", "dialogs.export", "ExportDialog", needs_person=True),
    Place("setup", "screens.setup", "SetupScreen"),
    Place("outbox", "screens.outbox", "OutboxScreen", needs_person=True),
    Place("sign_on", "dialogs.sign_on", "SignOn", is_over=True),
    Place("sign_off", "dialogs.sign_off", "SignOff", needs_person=True),
    Place("step_out", "dialogs.step_out", "StepOut", needs_person=True),
    Place(
        "handover",
        "screens.handover.screen",
        "HandoverScreen",
        needs_person=True,
        begins="dialogs.handover.begin:begin",
    ),
    Place("handovers", "screens.handovers.screen", "HandoversScreen", needs_person=True),
    Place("take_post", "dialogs.take_post", "TakePost", is_over=True),
    Place("reminder", "dialogs.reminder", "AddReminder", needs_person=True),
)

DIALOGS = frozenset({"sign_off", "step_out", "reminder", "export"})
"""Places that open over the present screen, but not over another dialog."""


def place(name: str) -> Place | None:
    """The place of that name, where this version of the program has it."""
    found = next((one for one in PLACES if one.name == name), None)
    return found if found is not None and found.is_built else None
