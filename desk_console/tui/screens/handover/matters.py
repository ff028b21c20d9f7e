"""Open matters one by one: told by the outgoing person, acknowledged or said back by the incoming
one (9.11, 9.15, 6.9), night leftovers turned into orders (6.7).
"""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult

from desk_console.foundation.refusal import Refusal
from desk_console.handover.records import Severity, Side, Step
from desk_console.handover.sheet import MatterPoint
from desk_console.people.records import PersonView
from desk_console.tui.screen import DeskDialog
from desk_console.tui.screens.handover.panel import StepPanel, T
from desk_console.tui.screens.handover.picture import MatterLook, Picture, look_at_matter
from desk_console.tui.widgets.caption import Caption
from desk_console.tui.widgets.table import Column, Listing, Row, Toned

WANTED = {
    "lack_stated": "state",
    "lack_converted": "convert",
    "lack_acknowledged": "acknowledge",
    "lack_read_back": "read_back",
    "lack_accepted": "accept",
}
"""What a lack of this step asks for."""


class MattersPanel(StepPanel):
    """The matters; Enter does what is next with one of them."""

    step: ClassVar[Step] = Step.MATTERS

    def __init__(self, id: str | None = None) -> None:
        """Nothing is handed on yet."""
        super().__init__(id=id)
        self._points: dict[int, MatterPoint] = {}
        self._wanted: dict[int, tuple[str, Side]] = {}

    def compose(self) -> ComposeResult:
        """How it goes, and the matters."""
        yield Caption(f"{T}.matters_how", id="matters-how", classes="hint")
        yield Listing(
            Column("severity", f"{T}.col_severity", 6, is_most=True),
            Column("number", f"{T}.col_number", 13, is_most=True),
            Column("unit", f"{T}.col_unit", 9, is_most=True),
            Column("matter", f"{T}.col_matter"),
            Column("wanted", f"{T}.col_wanted", 15, is_most=True),
            Column("owner", f"{T}.col_owner", 8, is_most=True),
            id="matters-list",
        )

    def show(self, picture: Picture) -> None:
        """Each matter with what is still wanted of it."""
        self._points = {one.matter_id: one for one in picture.sheet.matters}
        self._wanted = {}
        for lack in picture.standing.lacks:
            name = lack.message.key.removeprefix("handover.")
            if lack.step is not Step.MATTERS or name not in WANTED:
                continue
            for matter_id in lack.subjects:
                wanted = WANTED[name]
                # Saying it back acknowledges it, too.
                if wanted == "acknowledge" and self._points[matter_id].wants_read_back:
                    wanted = "read_back"
                self._wanted.setdefault(matter_id, (wanted, lack.side))
        self.query_one("#matters-how", Caption).say(
            f"{T}.matters_how" if self._points else f"{T}.matters_none"
        )
        self.query_one("#matters-list", Listing).set_rows(
            [self._row(one) for one in picture.sheet.matters]
        )

    def _row(self, point: MatterPoint) -> Row:
        wanted, _ = self._wanted.get(point.matter_id, ("nothing", Side.OUTGOING))
        severity = self.tr(f"handover.severity_{self._severity(point)}")
        owner = point.new_owner or point.owner
        return Row(
            str(point.matter_id),
            (
                severity if point.severity else Toned(severity, "muted"),
                point.number,
                point.unit,
                Toned(self.catalogue.text(point.what), "strong" if wanted != "nothing" else ""),
                self.tr(f"{T}.want_{wanted}"),
                owner.name,
            ),
        )

    def _severity(self, point: MatterPoint) -> Severity:
        """As it was told; else as it was told last, and never less than it is."""
        order = list(Severity)
        before = self.picture.told_before.get(point.matter_id, point.least_severity)
        return point.severity or max(before, point.least_severity, key=order.index)

    def begin(self) -> None:
        """The first matter of which something is wanted."""
        listing = self.query_one("#matters-list", Listing)
        if (following := self._following()) is not None:
            listing.go_to(str(following))
        listing.focus()

    def _following(self) -> int | None:
        return next((one for one in self._points if one in self._wanted), None)

    @on(Listing.RowChosen)
    @work
    async def _chosen(self, event: Listing.RowChosen) -> None:
        event.stop()
        point = self._points.get(int(event.key))
        if point is not None:
            try:
                await self._take(point)
            except Refusal as refusal:
                self.refused(refusal)

    async def main(self) -> None:
        """The marked matter, else the first of which something is wanted; then on."""
        key = self.query_one("#matters-list", Listing).key
        marked = int(key) if key else None
        following = marked if marked in self._wanted else self._following()
        if following is None:
            await self.wizard.step_on()
        else:
            await self._take(self._points[following])

    async def _take(self, point: MatterPoint) -> None:
        wanted, side = self._wanted.get(point.matter_id, ("state", Side.OUTGOING))
        person, handover_id = await self.side(side), self.handover_id
        look = await self.off_loop(lambda desk: look_at_matter(desk, handover_id, point.matter_id))
        if await self.ask(self._dialog(wanted, person, point, look)) and (
            (following := self._following()) is not None
        ):
            self.query_one("#matters-list", Listing).go_to(str(following))

    def _dialog(
        self, wanted: str, person: PersonView, point: MatterPoint, look: MatterLook
    ) -> DeskDialog[bool]:
        from desk_console.tui.dialogs.handover import receive, state

        match wanted:
            case "state":
                return state.State(self.handover_id, person, point, look)
            case "convert":
                from desk_console.tui.dialogs.handover.convert import Convert

                return Convert(self.handover_id, person, point, look)
            case "accept":
                return receive.Accept(self.handover_id, person, point, look)
            case _:
                return receive.Receive(self.handover_id, person, point, look)
