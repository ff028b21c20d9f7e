"""For screens and dialogs of which something can be printed: the print key, and the dialog behind
it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual import work

from desk_console.tui.host import OnDesk

if TYPE_CHECKING:
    from textual.dom import DOMNode

    from desk_console.outputs.sheets.making import Wanted
    from desk_console.rulebook.desk import Desk


class Prints(OnDesk):
    """Say `sheets`, and put `binding("print", priority=True)` among the keys."""

    def sheets(self, desk: Desk) -> tuple[Wanted, ...]:
        """The sheets of what is shown, the first the likeliest. Off the loop."""
        raise NotImplementedError

    @work
    async def action_print(self) -> None:
        """Ask which, and make it."""
        from desk_console.tui.dialogs.print_sheet import PrintSheet

        wanted = await self.off_loop(self.sheets)
        if not wanted:
            self.say("outputs.sheets.nothing_there")
        elif await self.host.somebody():
            cast("DOMNode", self).app.push_screen(PrintSheet(wanted))
