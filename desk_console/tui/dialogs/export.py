"""Exporting from the screen: what, of which days, as which kind of file; a PIN, and it is on
record (4.9).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult

from desk_console.foundation.catalogue import Literally
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.text import narrow
from desk_console.outputs.tables import FORMATS
from desk_console.tui.dialogs.act import ActDialog, Label, row
from desk_console.tui.language import tr
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import Line, PinField

if TYPE_CHECKING:
    from desk_console.outputs.exports import Exported
    from desk_console.rulebook.desk import Desk

T = "tui.export"
SUBJECTS = ("entries", "matters", "residents")


class ExportDialog(ActDialog[bool]):
    """Writes a table into the folder `exports` beside the data, and says where it is."""

    title_key: ClassVar[str] = f"{T}.title"
    is_wide: ClassVar[bool] = True

    def fields(self) -> ComposeResult:
        """What, from when to when, the format, the PIN."""
        yield Label(f"{T}.how", classes="said")
        yield row(
            f"{T}.what",
            Choice(
                SUBJECTS,
                lambda code: tr(self, f"outputs.export_{code}"),
                value="entries",
                id="export-what",
            ),
        )
        yield row(f"{T}.since", Line(hint=f"{T}.day_hint", id="export-since", narrowed=True))
        yield row(f"{T}.until", Line(hint=f"{T}.day_hint", id="export-until", narrowed=True))
        yield row(
            f"{T}.format", Choice(FORMATS, lambda code: code, value="xlsx", id="export-format")
        )
        yield row(f"{T}.pin", PinField(id="export-pin"))

    async def act(self) -> None:
        """Prove it, and write the table."""
        from desk_console.outputs.exports import ExportOf, Wanted, export
        from desk_console.people.pins import prove

        writer = self.seat.writer
        if writer is None:
            raise Refusal("tui.setup.sign_on_first")
        format = next(
            each for each in FORMATS if each == self.query_one("#export-format", Choice).value
        )
        what = ExportOf(self.query_one("#export-what", Choice).value or "entries")
        is_dated = what is not ExportOf.RESIDENTS
        wanted = Wanted(
            what,
            format,
            self._day("export-since") if is_dated else None,
            self._day("export-until") if is_dated else None,
        )
        pin, words = self.text_of("export-pin"), self.catalogue

        def take(desk: Desk) -> Exported:
            return export(desk, prove(desk, writer.id, pin), wanted, words)

        made = await self.off_loop(take)
        self.dismiss(True)
        self.say("outputs.exported", rows=made.rows, file=Literally(made.path))

    def _day(self, name: str) -> date | None:
        typed = narrow(self.text_of(name))
        if not typed:
            return None
        try:
            return date.fromisoformat(typed)
        except ValueError:
            raise Refusal(f"{T}.bad_day", field=name) from None
