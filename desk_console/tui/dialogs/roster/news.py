"""What changed in the roster for somebody who has just signed on: read, and taken note of."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from desk_console.foundation.catalogue import message
from desk_console.tui.dialogs.act import ActDialog, Label
from desk_console.tui.widgets.plain import Plain

if TYPE_CHECKING:
    from desk_console.foundation.catalogue import Catalogue
    from desk_console.people.records import PersonView
    from desk_console.roster.news import NewsLine
    from desk_console.roster.problem import Assignment
    from desk_console.rulebook.desk import Desk

T = "tui.roster"
_MOST = 8
"""Turns that are named one by one."""


class NewsDialog(ActDialog[None]):
    """Names what is new and what is gone; Ctrl+S takes note of it."""

    title_key: ClassVar[str] = f"{T}.news_title"
    is_wide: ClassVar[bool] = True

    def __init__(self, person: PersonView, news: tuple[NewsLine, ...]) -> None:
        """That person's news."""
        super().__init__()
        self._person, self._news = person, news

    def fields(self) -> ComposeResult:
        """What changed, publication by publication."""
        yield Label(message(f"{T}.news_said", name=self._person.name), classes="said")
        with VerticalScroll(id="news-lines", can_focus=False):
            yield Plain(id="news-words")

    def on_mount(self) -> None:
        """The words."""
        self.refresh_texts()

    def refresh_texts(self) -> None:
        """The words in the language that is on."""
        super().refresh_texts()
        if self.query("#news-words"):
            lines = [line for one in self._news for line in _lines(one, self.desk, self.catalogue)]
            self.query_one("#news-words", Plain).put("\n".join(lines))

    async def act(self) -> None:
        """Taken note of."""
        person_id, ids = self._person.id, [one.id for one in self._news]

        def note(desk: Desk) -> None:
            from desk_console.roster.news import acknowledge

            acknowledge(desk, person_id, ids)

        await self.off_loop(note)
        self.dismiss(None)
        self.say(f"{T}.news_seen")


def _lines(news: NewsLine, desk: Desk, words: Catalogue) -> list[str]:
    lines = [words.moment(news.at)]
    if news.added:
        lines.append(words.text(f"{T}.news_added", turns=_turns(news.added, desk, words)))
    if news.removed:
        lines.append(words.text(f"{T}.news_removed", turns=_turns(news.removed, desk, words)))
    return lines


def _turns(cells: tuple[Assignment, ...], desk: Desk, words: Catalogue) -> list[str]:
    from desk_console.roster.changes import turn_message

    shown = [words.text(turn_message(desk, cell)) for cell in cells[:_MOST]]
    if len(cells) > _MOST:
        shown.append(words.text(f"{T}.news_more", count=len(cells) - _MOST))
    return shown
