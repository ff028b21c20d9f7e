"""What the score of a month is made of: each part with its points, and whom it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from desk_console.foundation.catalogue import Message, message
from desk_console.roster.findings import hours
from desk_console.roster.quality import Part
from desk_console.roster.score import Scored, Uneven, scored
from desk_console.tui.dialogs.act import ActDialog, Label
from desk_console.tui.widgets.plain import Plain

if TYPE_CHECKING:
    from desk_console.tui.screens.roster.reading import Seen

T = "tui.roster"
_NAMED = 3
"""People named for each part: those farthest from their share."""


class ScoreDialog(ActDialog[None]):
    """Lists the parts, the dearest first. Enter or Esc closes it."""

    title_key: ClassVar[str] = f"{T}.score_title"
    is_wide: ClassVar[bool] = True

    def __init__(self, seen: Seen) -> None:
        """Of a month as it was seen."""
        super().__init__()
        checked = seen.checked
        self._total = checked.report.quality.total
        self._parts = scored(checked.problem, checked.cells, checked.report.quality)
        self._names = {line.person.id: line.person.name for line in checked.month.people}

    def fields(self) -> ComposeResult:
        """How to read it; the parts."""
        yield Label(f"{T}.score_how", classes="hint")
        yield Label(message(f"{T}.score_total", cost=self._total), classes="said strong")
        with VerticalScroll(id="news-lines", can_focus=False):
            yield Plain(id="score-parts")

    def on_mount(self) -> None:
        """The words."""
        self.refresh_texts()

    def refresh_texts(self) -> None:
        """The parts in the language that is on."""
        super().refresh_texts()
        if self.query("#score-parts"):
            lines = [self.tr(self._line(one)) for one in self._parts]
            self.query_one("#score-parts", Plain).put("\n".join(lines))

    def _line(self, one: Scored) -> Message:
        part = message(f"roster.part_{one.part}")
        if not one.points or not one.uneven:
            return message(f"{T}.score_line", part=part, points=one.points)
        people = [self._person(one.part, each) for each in one.uneven[:_NAMED]]
        if (rest := len(one.uneven) - _NAMED) > 0:
            people.append(message(f"{T}.score_others", count=rest))
        return message(f"{T}.score_uneven", part=part, points=one.points, people=people)

    def _person(self, part: Part, one: Uneven) -> Message:
        has, least, most = (
            hours(figure) if part is Part.MINUTES else str(figure)
            for figure in (one.has, one.least, one.most)
        )
        fair = least if least == most else message(f"{T}.score_range", least=least, most=most)
        return message(
            f"{T}.score_person", name=self._names.get(one.person, ""), has=has, fair=fair
        )

    async def act(self) -> None:
        """Read."""
        self.dismiss(None)
