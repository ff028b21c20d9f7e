"""Somebody cannot come for days: ways to mend the month, side by side, one taken under a PIN.

The ways are looked for beside the program; the first ones can be taken while others are sought.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.timer import Timer

from desk_console.foundation.catalogue import message
from desk_console.foundation.refusal import Refusal
from desk_console.roster.absence import Absence, is_running, mend, side_by_side, to_mend
from desk_console.roster.quality import quality
from desk_console.rulebook.topics import Topic
from desk_console.tui.dialogs.act import ActDialog, Label, row
from desk_console.tui.dialogs.roster.days import day_typed
from desk_console.tui.dialogs.roster.ways import way_rows
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import Line, PinField
from desk_console.tui.widgets.plain import Plain
from desk_console.tui.widgets.table import Column, Listing

if TYPE_CHECKING:
    from desk_console.people.records import PersonView
    from desk_console.roster.drafting.mending import Mending
    from desk_console.roster.problem import Draft
    from desk_console.roster.repair import Damage, Repair
    from desk_console.rulebook.desk import Desk
    from desk_console.tui.screens.roster.reading import Seen

T = "tui.roster"
M = "tui.mending"
SECONDS = 10.0
LOOK_SECONDS = 0.25
WAYS = ("0", "1", "2")


class MendDialog(ActDialog[bool]):
    """Mends the roster for somebody's absence; gives True when it was done."""

    title_key: ClassVar[str] = f"{M}.title"
    is_wide: ClassVar[bool] = True
    is_dense: ClassVar[bool] = True
    blames: ClassVar[Mapping[str, str]] = {
        "roster.reason_wanted": "mend-reason",
        "roster.breach_reason_wanted": "mend-reason",
    }

    def __init__(self, person: PersonView, day: date, seen: Seen) -> None:
        """That person from that day on, in a published month as it was seen."""
        super().__init__()
        self._person, self._day = person, day
        self._cost = 0
        self._names = {line.person.id: line.person.name for line in seen.checked.month.people}
        self._form_id = ""
        self._mending: Mending | None = None
        self._timer: Timer | None = None
        self._sought: Absence | None = None
        self._published: Draft = frozenset()
        self._ways: tuple[Repair, ...] = ()
        self._is_over = False
        self._has_begun = False

    def fields(self) -> ComposeResult:
        """Who, from when to when; the ways; which one, why, the PIN."""
        clause = self.desk.duty.cite(Topic.LEAVE)
        key = "said_clause" if clause else "said"
        yield Label(message(f"{M}.{key}", name=self._person.name, clause=clause), classes="hint")
        first = Line(f"{self._day:%m-%d}", id="mend-first", narrowed=True)
        last = Line(f"{self._day:%m-%d}", id="mend-last", narrowed=True)
        yield row(f"{T}.ask_first", first)
        yield row(f"{T}.ask_last", last)
        yield Plain(id="mend-progress", classes="hint")
        yield Label(f"{M}.running", id="mend-running", classes="hint")
        yield Listing(
            Column("shift", f"{M}.shift"),
            *(Column(f"way-{number}", f"{M}.way_{number}", 13) for number in WAYS),
            id="mend-ways",
        )
        ways = Choice((), lambda code: self.tr(f"{M}.way_{code}"), id="mend-way")
        yield row(f"{M}.take", ways)
        yield row(f"{T}.cannot_reason", Line(id="mend-reason"))
        yield row(f"{T}.publish_pin", PinField(id="mend-pin"))

    def on_mount(self) -> None:
        """Look for the day itself at once; the last day may be later."""
        self._form_id = self.desk.source.new_id()
        last = self.query_one("#mend-last", Line)
        last.focus()
        last.action_select_all()  # What is typed takes the place of the day that stands there.
        self._seek()

    def on_unmount(self) -> None:
        """However the dialog goes, the process goes with it."""
        if self._mending is not None:
            self._mending.close()

    def on_line_entered(self, event: Line.Entered) -> None:
        """Other days are looked for at once; from the last day on to which way, past the table. The
        base moves the focus for every other field, by itself.
        """
        if event.line.id in ("mend-first", "mend-last"):
            self._show(None)
            self._seek()
        if event.line.id == "mend-last":
            event.stop()
            event.prevent_default()
            self.query_one("#mend-way").focus()

    def on_listing_row_chosen(self, event: Listing.RowChosen) -> None:
        """Enter in the table goes on to which way."""
        event.stop()
        self.query_one("#mend-way").focus()

    @work(exclusive=True, group="mending")
    async def _seek(self) -> None:
        typed, pressed = self._typed(), monotonic()
        before, self._mending, self._ways, self._is_over = self._mending, None, (), False
        self._sought = None
        self._show_ways()
        person_id = self._person.id

        def begin(desk: Desk) -> tuple[Absence, tuple[Damage, ...], Mending, bool]:
            from desk_console.log.workload import entries_per_shift
            from desk_console.roster.drafting.mending import Mending

            if before is not None:
                before.close()
            absence = _absence(desk, person_id, typed)
            with desk.reading() as session:
                workload = entries_per_shift(session, desk.now().astimezone(desk.zone).date())
                damages = to_mend(session, desk, absence, workload=workload)
                has_begun = is_running(session, desk, absence)
            mending = Mending(damages, seconds=SECONDS, began=pressed)
            return absence, damages, mending, has_begun

        try:
            self._sought, damages, mending, self._has_begun = await self.off_loop(begin)
        except Refusal as refusal:
            self._show_ways()
            self.show_refusal(refusal)
            return
        if not self.is_mounted:
            mending.close()
            return
        self._published = frozenset().union(*(one.published for one in damages))
        self._cost = sum(quality(one.problem, one.published).total for one in damages)
        self._mending = mending
        self._timer = self._timer or self.set_interval(LOOK_SECONDS, self._look)

    def _look(self) -> None:
        mending = self._mending
        if mending is None or self._is_over:
            return
        self._is_over = mending.is_over
        self._ways = mending.ways
        self._show_ways()

    def _show_ways(self) -> None:
        progress = self.query_one("#mend-progress", Plain)
        mending, count = self._mending, len(self._ways)
        if mending is None:
            progress.put("")
        elif self._is_over:
            progress.put(self.tr(f"{M}.found" if count else f"{M}.none", count=count))
        else:
            seconds = int(mending.seconds)
            progress.put(self.tr(f"{M}.seeking", seconds=seconds, count=count))
        running = self.query_one("#mend-running", Label)
        running.display = mending is not None and self._has_begun
        shown = side_by_side(self.desk, self._published, self._ways)
        rows = way_rows(self.desk, shown, self._ways, self._names, self._cost, self.catalogue)
        self.query_one("#mend-ways", Listing).set_rows(rows)
        choice = self.query_one("#mend-way", Choice)
        if choice.codes != WAYS[:count]:
            choice.offer(WAYS[:count])
            choice.value = choice.value or (WAYS[0] if count else None)

    def refresh_texts(self) -> None:
        """The ways in the language that is on."""
        super().refresh_texts()
        if self.query("#mend-way"):
            self._show_ways()

    async def act(self) -> None:
        """Take the chosen way, with one's own PIN; what is still being sought is let go."""
        writer, chosen = self.seat.writer, self.query_one("#mend-way", Choice).value
        absence = await self.off_loop(lambda desk: self._same_days(desk))
        if absence is None:
            self._seek()
            raise Refusal(f"{M}.again")
        if writer is None or chosen is None:
            raise Refusal(f"{M}.none" if self._is_over else f"{M}.not_yet")
        way, form_id = self._ways[int(chosen)], self._form_id
        reason, pin = self.text_of("mend-reason"), self.text_of("mend-pin")

        def take(desk: Desk) -> None:
            from desk_console.people.pins import prove

            proof = prove(desk, writer.id, pin)
            mend(
                desk,
                proof,
                form_id,
                absence,
                added=way.added,
                removed=way.removed,
                reason=reason,
            )

        await self.off_loop(take)
        self.host.spread()
        self.dismiss(True)
        self.say(f"{M}.done", name=self._person.name)

    def _typed(self) -> tuple[str, str]:
        return self.text_of("mend-first"), self.text_of("mend-last")

    def _same_days(self, desk: Desk) -> Absence | None:
        """The absence that the ways were sought for; None where other days stand in the fields."""
        wanted = _absence(desk, self._person.id, self._typed())
        return wanted if wanted == self._sought else None


def _absence(desk: Desk, person_id: int, typed: tuple[str, str]) -> Absence:
    first = day_typed(desk, typed[0], field="mend-first")
    last = day_typed(desk, typed[1], field="mend-last") if typed[1] else first
    return Absence(person_id, first, last)
