"""Signing (9.13, 9.16): the whole sheet to read, then each signs it with their own PIN."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from desk_console.handover.records import HandoverStage, Step
from desk_console.tui.screens.handover.panel import StepPanel, T
from desk_console.tui.screens.handover.picture import Picture
from desk_console.tui.screens.handover.sheet_lines import sheet_lines
from desk_console.tui.widgets.caption import Caption
from desk_console.tui.widgets.plain import Paper


class SignPanel(StepPanel):
    """What is signed, shown whole."""

    step: ClassVar[Step] = Step.SIGN

    def compose(self) -> ComposeResult:
        """How it goes; the sheet."""
        yield Caption(f"{T}.sign_not_yet", id="sign-how", classes="hint")
        with VerticalScroll(id="sign-sheet"):
            yield Paper(id="sign-lines")

    def show(self, picture: Picture) -> None:
        """The sheet as it stands, or as it was signed."""
        key = "sign_how" if picture.standing.may_be_signed else "sign_not_yet"
        how = self.query_one("#sign-how", Caption)
        how.say(f"{T}.{key}")
        standing = picture.standing
        is_done = standing.is_left and not standing.is_closed
        how.display = standing.stage is not HandoverStage.SEALED and not is_done
        lines = sheet_lines(picture.sheet, self.catalogue)
        self.query_one("#sign-lines", Paper).put("\n".join(lines))

    def begin(self) -> None:
        """Read it: Up and Down scroll."""
        self.query_one("#sign-sheet").focus()

    async def main(self) -> None:
        """Whose turn it is signs what is shown; after the last the receipt is shown."""
        from desk_console.tui.dialogs.handover.sign import Receipt, Sign

        picture = self.picture
        standing = picture.standing
        if standing.lacks:
            await self.wizard.step_on()
            standing.verdict().or_refuse()
        if standing.stage in (HandoverStage.SEALED, HandoverStage.DROPPED):
            self.app.pop_screen()
            return
        signed = await self.ask(Sign(picture))
        if signed is None:
            await self.wizard.look()
        elif signed.receipt is None:
            # Whoever signs next reads from the first line on.
            self.query_one("#sign-sheet").scroll_home(animate=False)
        else:
            await self.host.ask(Receipt(picture, signed.receipt))
            self.app.pop_screen()
