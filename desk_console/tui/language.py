"""How words come to the screen, and how the language changes while the program runs.

The app holds the `catalogue`. A widget asks for its words when it paints (`tr`), or sets them in
`refresh_texts`, which is called on everything that has it whenever the catalogue changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desk_console.foundation.catalogue import Catalogue, Message

if TYPE_CHECKING:
    from textual.app import App
    from textual.message_pump import MessagePump

_SPARE = Catalogue()


def catalogue_of(node: MessagePump) -> Catalogue:
    """The catalogue that a widget, screen or app speaks by; Chinese where its app holds none."""
    found = getattr(node.app, "catalogue", None)
    return found if isinstance(found, Catalogue) else _SPARE


def tr(node: MessagePump, what: Message | str, /, **values: object) -> str:
    """The words for a key or a message, in the language that is on now."""
    return catalogue_of(node).text(what, **values)


class Spoken:
    """For widgets and screens: `self.tr(key)`, and `refresh_texts` when the language changes."""

    def tr(self, what: Message | str, /, **values: object) -> str:
        """The words for a key or a message, in the language that is on now."""
        return tr(self, what, **values)  # type: ignore[arg-type] # mixed into message pumps only

    def refresh_texts(self) -> None:
        """Set anew every text that was set by hand. Those asked for while painting need nothing
        here."""


def refresh_all_texts(app: App[Any]) -> None:
    """Call `refresh_texts` on every screen of the stack and every widget on it. From
    `watch_catalogue`."""
    for screen in app.screen_stack:
        for node in screen.walk_children(with_self=True):
            hook = getattr(node, "refresh_texts", None)
            if hook is not None:
                hook()
            node.refresh()
        screen.refresh_bindings()
