"""Somebody cannot come: who can take the duty over, best first; the supervisor's PIN settles it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult

from desk_console.foundation.catalogue import Message, message
from desk_console.foundation.refusal import Refusal
from desk_console.roster.findings import hours
from desk_console.rulebook.topics import Topic
from desk_console.tui.dialogs.act import ActDialog, Label, row
from desk_console.tui.screens.roster.words import cited
from desk_console.tui.widgets.fields import Line, PinField
from desk_console.tui.widgets.table import Column, Listing, Row, Toned

if TYPE_CHECKING:
    from desk_console.foundation.catalogue import Catalogue
    from desk_console.roster.covering import Candidate
    from desk_console.rulebook.desk import Desk

T = "tui.roster"


def candidate_rows(found: tuple[Candidate, ...], words: Catalogue) -> list[Row]:
    """Candidates with what stands against each."""
    return [
        Row(
            str(one.person.id),
            (
                one.person.name,
                words.text(f"{T}.candidate_hours", hours=hours(one.month.minutes)),
                Toned(
                    words.text(one.against[0].what)
                    if one.against
                    else words.text(f"{T}.candidate_free"),
                    "warning" if one.against else "",
                ),
            ),
        )
        for one in found
    ]


def candidate_columns() -> tuple[Column, ...]:
    """Name, hours, what stands against it."""
    return (
        Column("name", f"{T}.name", 20, is_most=True),
        Column("hours", f"{T}.fig_month", 17, is_most=True),
        Column("against", f"{T}.candidate_col"),
    )


class CannotCome(ActDialog[bool]):
    """Takes somebody in for a duty. The best candidate is marked already."""

    title_key: ClassVar[str] = f"{T}.cannot_title"
    is_wide: ClassVar[bool] = True
    blames: ClassVar[Mapping[str, str]] = {"roster.reason_wanted": "cannot-reason"}

    def __init__(self, duty_id: int) -> None:
        """For that duty."""
        super().__init__()
        self._duty_id = duty_id
        self._found: tuple[Candidate, ...] = ()

    def fields(self) -> ComposeResult:
        """The duty, who can, why, the PIN."""
        yield Label(f"{T}.cannot_title", id="cannot-who", classes="said")
        rule = cited(f"{T}.cannot_rule", self.desk.duty.cite(Topic.LEAVE))
        yield Label(rule, classes="hint")
        yield Listing(*candidate_columns(), id="cannot-candidates", show_header=False)
        yield row(f"{T}.cannot_reason", Line(id="cannot-reason"))
        yield row(f"{T}.publish_pin", PinField(id="cannot-pin"))

    def on_mount(self) -> None:
        """Look who can."""
        self._look()

    @on(Listing.RowChosen)
    def _taken(self, event: Listing.RowChosen) -> None:
        event.stop()
        self.query_one("#cannot-reason").focus()

    @work
    async def _look(self) -> None:
        duty_id = self._duty_id

        def look(desk: Desk) -> tuple[Message, tuple[Candidate, ...]]:
            from desk_console.people.views import person
            from desk_console.roster.changes import cell_of, turn_message
            from desk_console.roster.covering import candidates
            from desk_console.roster.records import Duty

            with desk.reading() as session:
                duty = session.get(Duty, duty_id)
                if duty is None:
                    raise Refusal("roster.duty_changed")
                who = person(session, duty.person_id)
                said = message(
                    f"{T}.cannot_who",
                    name=who.name if who else "",
                    turn=turn_message(desk, cell_of(duty)),
                )
                return said, candidates(session, desk, duty_id)

        said, self._found = await self.off_loop(look)
        if not self.is_mounted:
            return
        self.query_one("#cannot-who", Label).word(said)
        self.refresh_texts()
        self.query_one("#cannot-candidates", Listing).focus()
        if not self._found:
            self.show_refusal(Refusal(f"{T}.nobody_can"))

    def refresh_texts(self) -> None:
        """Who can, in the language that is on."""
        super().refresh_texts()
        if self._found:
            rows = candidate_rows(self._found, self.catalogue)
            self.query_one("#cannot-candidates", Listing).set_rows(rows)

    async def act(self) -> None:
        """Take the marked one in."""
        key = self.query_one("#cannot-candidates", Listing).key
        writer = self.seat.writer
        if key is None or writer is None:
            raise Refusal(f"{T}.nobody_can")
        reason, pin, duty_id = (
            self.text_of("cannot-reason"),
            self.text_of("cannot-pin"),
            self._duty_id,
        )

        def take(desk: Desk) -> None:
            from desk_console.people.pins import prove
            from desk_console.roster.deciding import take_in

            take_in(desk, prove(desk, writer.id, pin), duty_id, int(key), reason=reason)

        await self.off_loop(take)
        name = next(one.person.name for one in self._found if str(one.person.id) == key)
        self.host.spread()
        self.dismiss(True)
        self.say(f"{T}.cannot_done", name=name)
