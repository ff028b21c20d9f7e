"""Important unfinished work stops the handover (9.17): finish it, or a supervisor releases it."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult

from desk_console.foundation.catalogue import message
from desk_console.handover import rules
from desk_console.handover.records import Step
from desk_console.handover.sheet import MatterPoint, Sheet
from desk_console.rulebook.topics import Topic
from desk_console.tui.screens.handover.panel import StepPanel, T
from desk_console.tui.screens.handover.picture import Picture
from desk_console.tui.widgets.caption import Caption
from desk_console.tui.widgets.table import Column, Listing, Row, Toned


class BlockingPanel(StepPanel):
    """The matters that stand in the way, and who released them."""

    step: ClassVar[Step] = Step.BLOCKING

    def compose(self) -> ComposeResult:
        """What to do, and the matters."""
        yield Caption(f"{T}.blocking_none", id="blocking-how")
        yield Listing(
            Column("importance", f"{T}.col_importance", 10, is_most=True),
            Column("number", f"{T}.col_number", 13, is_most=True),
            Column("unit", f"{T}.col_unit", 9, is_most=True),
            Column("matter", f"{T}.col_matter"),
            Column("owner", f"{T}.col_owner", 8, is_most=True),
            Column("release", f"{T}.col_release", 18, is_most=True),
            id="blocking-list",
        )

    def show(self, picture: Picture) -> None:
        """The blocking matters; the clause that holds them."""
        blocking = [one for one in picture.sheet.matters if one.is_blocking]
        clause = self.desk.duty.cite(Topic.BLOCKING_MATTER) or "-"
        is_left = any(not rules.is_released(picture.sheet, one) for one in blocking)
        how = message(f"{T}.blocking_{'how' if is_left else 'released'}", clause=clause)
        self.query_one("#blocking-how", Caption).say(how if blocking else f"{T}.blocking_none")
        listing = self.query_one("#blocking-list", Listing)
        listing.display = bool(blocking)
        listing.set_rows([self._row(one, picture.sheet) for one in blocking])

    def _row(self, point: MatterPoint, sheet: Sheet) -> Row:
        released = [one for one in sheet.releases if one.matter_id == point.matter_id]
        is_released = rules.is_released(sheet, point)
        by = released[-1].supervisor.name if is_released and released else ""
        return Row(
            str(point.matter_id),
            (
                self.tr(f"matters.importance_{point.importance}"),
                point.number,
                point.unit,
                point.title,
                point.owner.name,
                self.tr(f"{T}.released_by", name=by)
                if is_released
                else Toned(self.tr(f"{T}.unreleased"), "overdue"),
            ),
        )

    def begin(self) -> None:
        """The list, where there is anything in it."""
        listing = self.query_one("#blocking-list", Listing)
        if listing.keys:
            listing.focus()
        else:
            self.focus()

    @on(Listing.RowChosen)
    @work
    async def _chosen(self, event: Listing.RowChosen) -> None:
        from desk_console.tui.screens.matter import MatterScreen

        event.stop()
        await self.host.ask(MatterScreen(int(event.key)))
        await self.wizard.look()

    async def main(self) -> None:
        """A supervisor releases the marked matter; where nothing blocks, on."""
        sheet = self.picture.sheet
        left = [
            one for one in sheet.matters if one.is_blocking and not rules.is_released(sheet, one)
        ]
        if not left:
            await self.wizard.step_on()
            return
        from desk_console.tui.dialogs.handover.release import Release

        key = self.query_one("#blocking-list", Listing).key
        marked = next((one for one in left if str(one.matter_id) == key), left[0])
        if await self.ask(Release(self.handover_id, marked)):
            self.say(f"{T}.released")
