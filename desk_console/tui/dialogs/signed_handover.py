"""A sealed handover as both sides signed it, its signatures verified as it is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll

from desk_console.foundation.refusal import Refusal
from desk_console.tui.dialogs.act import Label
from desk_console.tui.host import OnDesk
from desk_console.tui.screen import DeskDialog
from desk_console.tui.widgets.footer import KeyLine
from desk_console.tui.widgets.plain import Paper

if TYPE_CHECKING:
    from desk_console.foundation.catalogue import Catalogue
    from desk_console.handover.signed import SignedHandover
    from desk_console.rulebook.desk import Desk

T = "tui.find"


class SignedHandoverDialog(OnDesk, DeskDialog[None]):
    """Shows one handover; changes nothing."""

    def __init__(self, handover_id: int) -> None:
        """That handover, read when the dialog opens."""
        super().__init__()
        self._handover_id = handover_id
        self._signed: SignedHandover | None = None

    def compose(self) -> ComposeResult:
        """The receipt, the signatures, the sheet."""
        with Container(classes="dialog -wide -tall"):
            yield Label(f"{T}.signed_title", classes="title")
            with VerticalScroll(id="signed-sheet"):
                yield Paper(id="signed-words")
        yield KeyLine()

    def on_mount(self) -> None:
        """Read it."""
        self._read()

    @work
    async def _read(self) -> None:
        def signed(desk: Desk) -> SignedHandover:
            from desk_console.handover.signed import as_signed

            with desk.reading() as session:
                return as_signed(session, self._handover_id)

        try:
            self._signed = await self.off_loop(signed)
        except Refusal as refusal:
            self.dismiss(None)
            self.refused(refusal)
            return
        self.refresh_texts()
        self.query_one("#signed-sheet").focus()

    def refresh_texts(self) -> None:
        """The sheet in the language that is on."""
        if self._signed is not None and self.is_mounted:
            words = "\n".join(signed_lines(self._signed, self.catalogue))
            self.query_one("#signed-words", Paper).put(words)


def signed_lines(signed: SignedHandover, words: Catalogue) -> list[str]:
    """The receipt and who signed when, then the sheet, then what was added after."""
    from desk_console.tui.screens.handover.sheet_lines import sheet_lines

    lines = [words.text(f"{T}.signed_receipt", receipt=signed.line.receipt)]
    if not signed.is_good:
        lines.append(words.text("tui.handovers.not_good"))
    for version in signed.versions:
        if version.holds:
            lines += [
                words.text(
                    f"{T}.signed_{'good' if one.is_good else 'bad'}", name=one.name, at=one.at
                )
                for one in version.signatures
            ]
    lines += ["", *sheet_lines(signed.sheet, words)]
    for note in signed.notes:
        lines.append(words.text(f"{T}.signed_note", at=note.at, name=note.name, words=note.words))
    return lines
