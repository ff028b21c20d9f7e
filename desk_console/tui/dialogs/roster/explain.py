"""Why somebody has a shift, or why a shift is open: the reasons in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from desk_console.foundation.catalogue import Message, message
from desk_console.tui.dialogs.act import ActDialog
from desk_console.tui.widgets.plain import Plain

if TYPE_CHECKING:
    from desk_console.roster.problem import Assignment
    from desk_console.rulebook.desk import Desk
    from desk_console.tui.screens.roster.reading import Seen

T = "tui.roster"


class ExplainDialog(ActDialog[None]):
    """Explains one cell of a month as it was seen. Enter or Esc closes it."""

    title_key: ClassVar[str] = f"{T}.explain_title"
    is_wide: ClassVar[bool] = True

    def __init__(self, seen: Seen, cell: Assignment) -> None:
        """That cell; person 0: the open places of its shift."""
        super().__init__()
        self._seen, self._cell = seen, cell
        self._said: tuple[Message, ...] = ()

    def fields(self) -> ComposeResult:
        """The reasons."""
        with VerticalScroll(id="news-lines", can_focus=False):
            yield Plain(id="explain-words")

    def on_mount(self) -> None:
        """Work them out, off the loop."""
        self._look()

    @work
    async def _look(self) -> None:
        checked, cell = self._seen.checked, self._cell

        def look(desk: Desk) -> tuple[Message, ...]:
            from desk_console.people.views import people
            from desk_console.roster.changes import turn_message
            from desk_console.roster.explaining import why, why_open
            from desk_console.roster.reasons import in_words, why_in_words

            with desk.reading() as session:
                names = {one.id: one.name for one in people(session, active=None)}
            head = message(
                f"{T}.cell_turns", name=names.get(cell.person, ""), turns=turn_message(desk, cell)
            )
            if cell.person:
                # The turns within the shift go with it: they keep nobody else from having it.
                inside = {plan.code for plan in desk.duty.shifts if plan.within == cell.plan}
                rest = frozenset(
                    one
                    for one in checked.cells
                    if (one.day, one.person) != (cell.day, cell.person) or one.plan not in inside
                )
                return head, *why_in_words(why(checked.problem, rest, cell), names)
            demand = checked.problem.demand_of(cell)
            if demand is None:
                return (turn_message(desk, cell),)
            reasons = why_open(checked.problem, checked.cells, demand)
            said = in_words(reasons, desk.duty, names)
            return turn_message(desk, cell), *(said or (message(f"{T}.explain_free"),))

        self._said = await self.off_loop(look)
        self.refresh_texts()

    def refresh_texts(self) -> None:
        """The reasons in the language that is on."""
        super().refresh_texts()
        if self.query("#explain-words"):
            lines = [self.tr(one) for one in self._said]
            self.query_one("#explain-words", Plain).put("\n".join(lines))

    async def act(self) -> None:
        """Read."""
        self.dismiss(None)
