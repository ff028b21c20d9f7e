"""What else may be done with a handover: refuse it, take the signature back, call it off."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult

from desk_console.foundation.refusal import Refusal
from desk_console.handover import opening
from desk_console.handover.records import HandoverStage, Side
from desk_console.people.records import PersonView
from desk_console.rulebook.topics import Topic
from desk_console.tui.dialogs.act import row
from desk_console.tui.dialogs.handover.turn import take_turn
from desk_console.tui.dialogs.kept import KeptDialog
from desk_console.tui.screens.handover.picture import Picture
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import Words

if TYPE_CHECKING:
    from desk_console.rulebook.desk import Desk

T = "tui.handover"
REFUSE, TAKE_BACK, CALL_OFF, BOOK = "refuse", "take_back", "call_off", "book"
_SAID = {REFUSE: "refused", TAKE_BACK: "taken_back", CALL_OFF: "called_off"}


class Other(KeptDialog[str]):
    """Gives what was done; `BOOK` where the book is wanted instead."""

    title_key: ClassVar[str] = f"{T}.other_title"
    topics: ClassVar[tuple[Topic, ...]] = (Topic.SIGN_BOTH,)

    def __init__(self, picture: Picture) -> None:
        """The handover as it stands."""
        super().__init__()
        self._picture = picture

    def draft(self) -> str:
        """Why, while the handover stands as it does."""
        standing = self._picture.standing
        return f"{standing.handover_id}:other:{standing.stage}"

    def fields(self) -> ComposeResult:
        """What, and why."""
        stage, sheet = self._picture.standing.stage, self._picture.sheet
        offered = [TAKE_BACK] if stage is HandoverStage.SIGNED else []
        offered = [*([REFUSE] if sheet.incoming else []), *offered, CALL_OFF, BOOK]
        yield row(
            f"{T}.other_what",
            Choice(
                offered,
                lambda code: self.tr(f"{T}.other_{code}"),
                value=offered[0],
                moves_on=True,
                id="other-what",
            ),
        )
        yield row(f"{T}.other_reason", Words(id="other-reason", limit=1000))

    def on_mount(self) -> None:
        """Choose."""
        self.query_one("#other-what").focus()

    async def act(self) -> None:
        """Do it in the name of the side whose act it is."""
        what = self.query_one("#other-what", Choice).value
        if what == BOOK:
            self.dismiss(BOOK)
            return
        reason, handover_id = self.text_of("other-reason"), self._picture.standing.handover_id
        sheet = self._picture.sheet
        is_refusal = what == REFUSE and sheet.incoming is not None
        person = self._here(sheet.incoming.id if is_refusal and sheet.incoming else None)
        if person.id in (sheet.giver.id, sheet.incoming.id if sheet.incoming else None):
            side = Side.INCOMING if is_refusal else Side.OUTGOING
            await take_turn(self, sheet, person, side)

        def keep(desk: Desk) -> None:
            match what:
                case "refuse":
                    opening.refuse_to_take_over(desk, person, handover_id, reason)
                case "take_back":
                    opening.take_back(desk, person, handover_id)
                case _:
                    opening.call_off(desk, person, handover_id, reason)

        await self.use(keep)
        self.dismiss(what or CALL_OFF)
        self.say(f"{T}.{_SAID[what or CALL_OFF]}", name=sheet.outgoing.name)

    def _here(self, wanted_id: int | None) -> PersonView:
        """Who acts: the incoming person for a refusal, else the one who hands over, else whoever
        writes.
        """
        sheet = self._picture.sheet
        wanted = wanted_id or sheet.giver.id
        here = next((one for one in self.seat.people if one.id == wanted), None)
        if here is None and wanted_id is None:
            here = self.seat.writer
        if here is None:
            name = sheet.incoming.name if wanted_id and sheet.incoming else sheet.giver.name
            raise Refusal(f"{T}.sign_here", name=name)
        return here
