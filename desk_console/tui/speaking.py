"""The words of the app: its language and colours, what it says in passing, how it says no."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from textual.app import App
from textual.notifications import Notification, Notify, SeverityLevel
from textual.reactive import reactive

from desk_console.foundation.catalogue import Catalogue, Language, Message
from desk_console.foundation.refusal import Refusal
from desk_console.tui import themes
from desk_console.tui.language import refresh_all_texts
from desk_console.tui.opening import Opening
from desk_console.tui.seat import Seat
from desk_console.tui.widgets.fields import Notice

SAID_SECONDS = 6.0
MOST_SAID = 3
"""What is said in passing lies over the screen: the newest few, and no more of it."""
REFUSED_SECONDS = 12.0


class SpeakingApp(App[int]):
    """Holds the catalogue. Nothing is said over a masked screen."""

    catalogue: reactive[Catalogue] = reactive(Catalogue, init=False)

    def __init__(self, opening: Opening) -> None:
        """In the language and the colours of the config."""
        super().__init__()
        self.opening = opening
        self.seat = Seat()
        self.clause: str | None = None
        """The clause of the last refusal: what F1 opens first."""
        self.set_reactive(SpeakingApp.catalogue, Catalogue(opening.language))
        self._said: deque[tuple[Notification, Callable[[], str]]] = deque(maxlen=MOST_SAID)
        """What was said last, and how it is put in words."""
        themes.register(self, f"desk-{opening.theme}" if opening.theme else themes.LIGHT)
        if opening.is_ascii:
            themes.use_ascii(self)

    def watch_catalogue(self) -> None:
        """Everything on the screen in the other language."""
        refresh_all_texts(self)
        self._say_again()

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
            self._put_up(lambda: self.catalogue.text(what, **values), SAID_SECONDS)

    def _put_up(
        self, words: Callable[[], str], seconds: float, severity: SeverityLevel = "information"
    ) -> None:
        for old in list(self._notifications)[: 1 - MOST_SAID]:
            self._unnotify(old, refresh=False)
        shown = Notification(words(), severity=severity, timeout=seconds)
        self._said.append((shown, words))
        self.post_message(Notify(shown))

    def _say_again(self) -> None:
        """What still stands, in the language that is on, for as long as it would have stood."""
        for shown, words in tuple(self._said):
            if shown in self._notifications and not shown.has_expired:
                self._unnotify(shown)
                self._put_up(words, shown.time_left, shown.severity)

    def on_notice(self, event: Notice) -> None:
        """A field has something to say, and its screen has no place of its own for that."""
        self.say(event.message)

    def refused(self, refusal: Refusal) -> None:
        """Say a refusal with its clause; F1 opens the clause."""
        self.clause = refusal.clause
        if not self.seat.is_locked:
            self._put_up(partial(self.refusal_words, refusal), REFUSED_SECONDS, "warning")

    def refusal_words(self, refusal: Refusal) -> str:
        """What a refusal says, and where its clause can be read."""
        from desk_console.tui.refusing import refusal_words

        return refusal_words(refusal, self.catalogue)

    def action_nothing(self) -> None:
        """Ctrl+C does nothing surprising."""
