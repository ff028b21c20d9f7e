"""One signature: by whom, what it means, their own PIN; and the receipt after the last one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container

from desk_console.foundation.catalogue import Literally, message
from desk_console.foundation.refusal import Refusal
from desk_console.handover.records import HandoverKind, Side
from desk_console.handover.rules import giving_meaning, taking_meaning
from desk_console.handover.signing import Signed, sign_incoming, sign_outgoing, sign_witness
from desk_console.rulebook.records import DESK, post_name
from desk_console.rulebook.topics import Topic
from desk_console.tui.citing import cited
from desk_console.tui.dialogs.act import ActDialog, Label, row
from desk_console.tui.keys import binding
from desk_console.tui.printing import Prints
from desk_console.tui.screen import DeskDialog
from desk_console.tui.screens.handover.picture import Picture
from desk_console.tui.widgets.fields import PinField
from desk_console.tui.widgets.footer import KeyLine
from desk_console.tui.widgets.person_field import PersonField
from desk_console.tui.widgets.plain import Plain

if TYPE_CHECKING:
    from desk_console.outputs.sheets.making import Wanted
    from desk_console.rulebook.desk import Desk

T = "tui.handover"
_SIGNERS = {
    Side.OUTGOING: sign_outgoing,
    Side.WITNESS: sign_witness,
    Side.INCOMING: sign_incoming,
}


class Sign(ActDialog[Signed]):
    """Signs the sheet that was shown. Gives what it came to."""

    title_key: ClassVar[str] = f"{T}.sign_title"
    topics: ClassVar[tuple[Topic, ...]] = (Topic.SIGN_BOTH,)

    def __init__(self, picture: Picture) -> None:
        """The sheet as it was shown, and whose turn it is."""
        super().__init__()
        self._picture = picture
        self._side = picture.standing.turn

    def fields(self) -> ComposeResult:
        """Who, what it means, the PIN."""
        who = self._picture.standing.who
        if self._side is Side.WITNESS:
            yield row(f"{T}.sign_witness", PersonField(id="sign-witness", lists_all=False))
        else:
            sheet, side = self._picture.sheet, self._side
            name: object = who.name if who else ""
            if side is Side.OUTGOING and sheet.acting is not None:
                side = Side.SUPERVISOR
                name = message(f"{T}.acting_for", name=name, absent=sheet.outgoing.name)
            said = message(f"{T}.sign_who", side=message(f"{T}.side_{side}"), name=name)
            yield Label(said, classes="said strong")
        meaning = self._side.value
        if self._side is Side.OUTGOING:
            meaning = giving_meaning(self._picture.sheet)
        elif self._side is Side.INCOMING:
            meaning = taking_meaning(self._picture.sheet)
        yield Label(f"handover.meaning_{meaning}", classes="said")
        yield row(f"{T}.pin", PinField(id="sign-pin"))

    def on_mount(self) -> None:
        """The PIN; the witness is named first."""
        if self._side is Side.WITNESS:
            self.query_one("#sign-witness").query_one("Line").focus()
        else:
            self.query_one("#sign-pin").focus()

    async def act(self) -> None:
        """Prove the signer, sign."""
        from desk_console.people.pins import prove
        from desk_console.people.sessions import take_seat

        picture, pin = self._picture, self.text_of("sign-pin")
        signer_id = self._signer_id()
        sign, mark = _SIGNERS[self._side], picture.sheet.mark
        handover_id = picture.standing.handover_id

        def keep(desk: Desk) -> tuple[Signed, str]:
            proof = prove(desk, signer_id, pin)
            signed = sign(desk, proof, handover_id, shown=mark)
            if signed.receipt is not None:
                take_seat(desk, proof)
            return signed, proof.person.name

        signed, name = await self.off_loop(keep)
        sheet = self._picture.sheet
        # Who closed the post may go, and nothing on the screen would say so (9.16).
        closes = sheet.kind is HandoverKind.APART and self._side is Side.OUTGOING
        self.say(f"{T}.{'signed_closing' if closes else 'signed'}", name=name)
        self.dismiss(signed)

    def _signer_id(self) -> int:
        if self._side is Side.WITNESS:
            witness = self.query_one("#sign-witness", PersonField).person
            if witness is None:
                raise Refusal(f"{T}.sign_witness_wanted", field="sign-witness")
            return witness.id
        who = self._picture.standing.who
        if who is None:
            raise Refusal(f"{T}.nobody_yet")
        return who.id


class Receipt(Prints, DeskDialog[None]):
    """The receipt, for both to keep; the record can be printed from here."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # Not `key_enter`: the key would go on to the screen below, which comes up with it.
        Binding("enter", "close", f"{T}.key_kept"),
        binding("print", priority=True),
    ]

    def __init__(self, picture: Picture, receipt: str) -> None:
        """The handover as it was signed."""
        super().__init__()
        self._picture = picture
        self._receipt = receipt

    def compose(self) -> ComposeResult:
        """The code, large in the middle, and what it is for."""
        sheet = self._picture.sheet
        taker: object = sheet.incoming.name if sheet.incoming else ""
        if sheet.post_code != DESK:
            post = message(post_name(sheet.post_code))
            taker = message(f"{T}.at_post", name=taker, post=post)
        with Container(classes="dialog"):
            yield Label(f"{T}.receipt_title", classes="title")
            said = "receipt_said" if self._are_two else "receipt_said_alone"
            yield Label(message(f"{T}.{said}", name=taker), classes="said")
            yield Plain(Literally(self._receipt), id="receipt-code")
            yield Label(f"{T}.receipt_why", classes="said muted")
            if self._are_two:
                leave = message(f"{T}.receipt_leave", name=sheet.giver.name)
                yield Label(cited(leave, self.desk.duty, Topic.SIGN_OFF), classes="said")
        yield KeyLine()

    def sheets(self, desk: Desk) -> tuple[Wanted, ...]:
        """The record that was just sealed."""
        from desk_console.outputs.sheets.offered import of_handover

        with desk.reading() as session:
            return of_handover(session, self._picture.sheet.handover_id)

    @property
    def _are_two(self) -> bool:
        """Both stand here; who signed at closing has gone home since."""
        return self._picture.sheet.left is None

    def action_close(self) -> None:
        """Whoever is here has it."""
        self.dismiss(None)
