"""Every command there is now, by name, for the palette."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from desk_console.tui.keys import DEFAULT_KEYS, key_words
from desk_console.tui.palette import Command
from desk_console.tui.places import PLACES

if TYPE_CHECKING:
    from textual.screen import Screen


class Commanded(Protocol):
    """What the commands need of the app."""

    @property
    def screen(self) -> Screen[Any]:
        """What is open on top."""

    @property
    def keys_by_id(self) -> dict[str, str]:
        """The keys that this site gave to actions."""

    def action_home(self) -> object:
        """The live shift."""

    def action_open(self, name: str, said: str = "") -> object:
        """A place by its name."""

    def action_lock(self) -> object:
        """The mask."""

    def action_language(self) -> object:
        """The other language."""

    def action_next_theme(self) -> object:
        """The next colours."""

    def action_leave(self) -> object:
        """The end."""


_OWN_WORDS = {
    "training": "tui.app.command_training",
    "handovers": "tui.app.command_handovers",
    "logbook": "tui.app.command_logbook",
    "outbox": "tui.app.command_outbox",
}


def commands(app: Commanded) -> list[Command]:
    """The commands of the app, and the keys that they have at this site."""
    made = [_command(app, "live", app.action_home)]
    made += [
        _command(app, place.name, partial(app.action_open, place.name))
        for place in PLACES
        if place.is_built
    ]
    made += [
        _command(app, "erase", partial(_erase, app), words="tui.app.command_erase"),
        _command(app, "lock", app.action_lock),
        _command(app, "language", app.action_language, words="tui.app.command_language"),
        _command(app, "theme", app.action_next_theme),
        _command(app, "quit", app.action_leave),
    ]
    return made


def _erase(app: Commanded) -> None:
    """The resident who is marked in a unit's file; elsewhere the way there."""
    from desk_console.tui.screens.unit import UnitScreen

    if isinstance(app.screen, UnitScreen):
        app.screen.action_erase()
        return
    app.action_open("residents", "tui.residents.erase_where")


def label_of(name: str) -> str:
    """The catalogue key of what a screen is called, by the id of its action."""
    return _OWN_WORDS.get(name) or f"tui.keys.{name}"


def _command(
    app: Commanded, name: str, call: Callable[[], object], *, words: str | None = None
) -> Command:
    key = {**DEFAULT_KEYS, **app.keys_by_id}.get(name, "")
    label = words or label_of(name)
    return Command(name, label, call, key_words(key) if key else "")
