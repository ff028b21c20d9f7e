"""The base of the steps' panels: shown what there is, they offer the one thing to do next."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widget import Widget

from desk_console.foundation.catalogue import Message, message
from desk_console.foundation.refusal import Refusal
from desk_console.handover.records import Side, Step
from desk_console.handover.sheet import Signer
from desk_console.people.records import PersonView
from desk_console.tui.host import OnDesk
from desk_console.tui.language import Spoken

if TYPE_CHECKING:
    from desk_console.rulebook.desk import Desk
    from desk_console.tui.screen import DeskDialog
    from desk_console.tui.screens.handover.picture import Picture
    from desk_console.tui.screens.handover.screen import HandoverScreen

ResultT = TypeVar("ResultT")
T = "tui.handover"


class StepPanel(OnDesk, Spoken, Vertical, can_focus=True):
    """One step. Say `step`, `show`, `main`, and `begin` where something has the focus first."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "main", show=False)]
    step: ClassVar[Step]

    def show(self, picture: Picture) -> None:
        """Show how things stand; the focus and what is being typed stay."""

    def begin(self) -> None:
        """Put the focus where the work is: the step was just opened."""
        self.focus()

    async def main(self) -> None:
        """The one thing to do next (Ctrl+S)."""
        await self.wizard.step_on()

    async def keep_typed(self) -> None:
        """What was typed and is not saved goes to its draft: the screen may be left for good."""

    def action_main(self) -> None:
        """Enter on the panel itself is the one thing to do next."""
        self.wizard.action_main()

    def refresh_texts(self) -> None:
        """All words anew."""
        if self.is_mounted and self.wizard.picture is not None:
            self.show(self.wizard.picture)

    @property
    def has_come(self) -> bool:
        """Whether it stands with all that was put in it; what it shows comes after itself."""
        return self.is_mounted and all(one.is_mounted for one in self.walk_children(Widget))

    # What panels need of the screen

    @property
    def wizard(self) -> HandoverScreen:
        """The screen."""
        return cast("HandoverScreen", self.screen)

    @property
    def picture(self) -> Picture:
        """What is shown. LookupError before the first look."""
        if self.wizard.picture is None:
            raise LookupError("the handover was not read yet")
        return self.wizard.picture

    @property
    def handover_id(self) -> int:
        """Which handover."""
        return self.picture.standing.handover_id

    def person_of(self, side: Side) -> Signer | None:
        """Who is on that side of the handover, where it is known."""
        sheet = self.picture.sheet
        return sheet.giver if side is Side.OUTGOING else sheet.incoming

    async def side(self, side: Side) -> PersonView:
        """The person of that side, who must be signed on at this console, and takes the keyboard.
        Refuses otherwise.
        """
        from desk_console.tui.dialogs.handover.turn import take_turn

        sheet = self.picture.sheet
        found = self.person_of(side)
        if found is None:
            raise Refusal(f"{T}.nobody_yet")
        here = next((one for one in self.seat.people if one.id == found.id), None)
        if here is None:
            raise Refusal(f"{T}.sign_here", name=found.name)
        return await take_turn(self, sheet, here, side)

    async def keep(self, act: Callable[[Desk], ResultT], said: Message | str = "") -> bool:
        """Do an act off the loop, then look again; says a refusal. True where it was done."""
        try:
            await self.off_loop(act)
        except Refusal as refusal:
            self.refused(refusal)
            await self.wizard.look()
            return False
        if said:
            self.say(said)
        self.host.spread()
        await self.wizard.look()
        return True

    async def ask(self, dialog: DeskDialog[ResultT]) -> ResultT | None:
        """Open a dialog and wait; look again where it did something. Ctrl+S that comes before that
        was seen is for what is next then.
        """
        wizard = self.wizard  # this panel may be gone when the answer comes
        wizard.is_asking = True
        try:
            done: ResultT | None = await self.host.ask(dialog)
            if done:
                wizard.host.spread()
                await wizard.look()
            return done
        finally:
            wizard.is_asking = False


def side_words(side: Side) -> Message:
    """A side, as it stands before a name."""
    return message(f"{T}.side_{side}")
