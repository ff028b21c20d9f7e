"""Printing: which of the sheets that belong to what is on the screen, and as what kind of file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Literal

from textual import on
from textual.app import ComposeResult

from desk_console.foundation.refusal import Refusal
from desk_console.foundation.text import visible
from desk_console.tui.dialogs.act import ActDialog, row
from desk_console.tui.language import tr
from desk_console.tui.widgets.caption import Caption
from desk_console.tui.widgets.choice import Choice

if TYPE_CHECKING:
    from pathlib import Path

    from desk_console.outputs.sheets.making import Wanted
    from desk_console.people.records import PersonView
    from desk_console.rulebook.desk import Desk

T = "tui.print"
FORMATS = ("pdf", "html")
OF_ROSTER = ("xlsx", "ics")
"""What the month of the roster is also kept as: a spreadsheet, and a calendar."""


class PrintSheet(ActDialog[None]):
    """Makes a sheet and says where it is kept."""

    title_key: ClassVar[str] = f"{T}.title"
    doing: ClassVar[str] = f"{T}.making"

    def __init__(self, wanted: Sequence[Wanted]) -> None:
        """One of these sheets; the first is marked."""
        super().__init__()
        self._wanted = {each.form: each for each in wanted}

    def fields(self) -> ComposeResult:
        """Which form, which kind of file, and what becomes of it."""
        forms = tuple(self._wanted)
        yield row(
            f"{T}.form",
            Choice(
                forms,
                lambda code: tr(self, f"{T}.form_{code.replace('-', '_')}"),
                value=forms[0],
                id="print-form",
            ),
        )
        yield row(
            f"{T}.format",
            Choice(
                self._formats(forms[0]),
                lambda code: tr(self, f"{T}.format_{code}"),
                value=FORMATS[0],
                id="print-format",
            ),
        )
        is_of_residents = any(one.is_of_residents for one in self._wanted.values())
        said = f"{T}.keep_safe" if is_of_residents else f"{T}.on_record"
        yield Caption(said, classes="hint")

    def _formats(self, form: str) -> tuple[str, ...]:
        return (*FORMATS, *OF_ROSTER) if form == "roster" else FORMATS

    @on(Choice.Chosen, "#print-form")
    def _other_form(self, event: Choice.Chosen) -> None:
        formats = self.query_one("#print-format", Choice)
        formats.offer(self._formats(event.code or ""))
        formats.value = formats.value or FORMATS[0]

    async def act(self) -> None:
        """Make it. Where PDF has no font, it is HTML, and that is said."""
        from desk_console.outputs.sheets.making import Made, make, said_of

        writer = self.seat.writer
        if writer is None:
            raise Refusal("tui.call_form.sign_on_first")
        wanted = self._wanted[self.query_one("#print-form", Choice).value or ""]
        format = self.query_one("#print-format", Choice).value
        language = self.catalogue.language
        if format in OF_ROSTER:
            await self._export(writer, wanted, format)
            return

        def made(desk: Desk) -> Made:
            return make(
                desk,
                writer,
                wanted,
                language=language,
                format="pdf" if format == "pdf" else "html",
                may_fall_back=True,
            )

        kept = await self.off_loop(made)
        self.dismiss(None)
        self.say(said_of(kept))
        if kept.problem is not None:
            self.say(kept.problem)

    async def _export(self, writer: PersonView, wanted: Wanted, format: str) -> None:
        """The same files as the command line writes."""
        from desk_console.outputs.roster_export import export_roster

        language, day = self.catalogue.language, wanted.day
        if day is None:
            raise LookupError("the roster is of a month")

        def write(desk: Desk) -> Path:
            kind: Literal["xlsx", "ics"] = "xlsx" if format == "xlsx" else "ics"
            return export_roster(desk, writer, day, format=kind, language=language)

        kept = await self.off_loop(write)
        self.dismiss(None)
        self.say("outputs.sheets.made", file=visible(str(kept)))
