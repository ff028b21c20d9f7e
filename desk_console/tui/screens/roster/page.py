"""A month of the roster as it is read and shown: both faces, the cell under the cursor, findings.

What can be done with it stands in `screen`.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult

from desk_console.foundation.refusal import Refusal
from desk_console.roster.findings import shift_name
from desk_console.tui.host import Changed, OnDesk
from desk_console.tui.screen import DeskScreen
from desk_console.tui.screens.roster import words
from desk_console.tui.screens.roster.faces import Shown, by_person, by_shift, legend
from desk_console.tui.screens.roster.reading import Seen, seen
from desk_console.tui.screens.roster.under import GAPS, Face, Under
from desk_console.tui.widgets.footer import KeyLine
from desk_console.tui.widgets.grid import Grid
from desk_console.tui.widgets.plain import Plain, fit
from desk_console.tui.widgets.table import Column, Listing

T = "tui.roster"


class RosterPage(OnDesk, DeskScreen[None]):
    """A month that is looked at. PgUp and PgDn: another month; Enter on a finding: its cell."""

    CSS_PATH: ClassVar[str] = "roster.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (32, "-tall")]  # noqa: RUF012 # as Textual declares it

    def __init__(self) -> None:
        """This month, by person, its draft where there is one."""
        super().__init__()
        self._day = date.min
        self._face = Face.PEOPLE
        self._wants_draft = True
        self._seen: Seen | None = None
        self._goal: date | None = None
        """The day that the cursor is to go to once it is read."""

    def compose(self) -> ComposeResult:
        """The month's standing, the grid, the cell under the cursor, what is wrong."""
        yield Plain(id="roster-title", classes="heading")
        yield Plain(id="roster-status")
        yield Plain(id="roster-mine", classes="hint")
        yield Grid(id="roster-grid")
        yield Plain(id="roster-legend", classes="hint")
        yield Plain(id="roster-cell")
        yield Listing(
            Column("kind", f"{T}.kind", 8),
            Column("what", f"{T}.findings"),
            Column("clause", f"{T}.clause", 12),
            id="roster-findings",
            show_header=False,
        )
        yield KeyLine()

    def on_mount(self) -> None:
        """This month; the cursor on today."""
        self._day = self.desk.now().astimezone(self.desk.zone).date()
        self.query_one(Grid).focus()
        self._goal = self._day
        self.load()

    def on_changed(self, event: Changed) -> None:
        """Somebody wrote."""
        if self.is_mounted:
            self.load()

    def on_resize(self, event: events.Resize) -> None:
        """Another width shows more or fewer columns."""
        self._show()

    def refresh_texts(self) -> None:
        """Everything in the language that is on."""
        self._show()

    @property
    def under(self) -> Under | None:
        """What the cursor is on; None before anything was read."""
        at = self.query_one(Grid).at
        if self._seen is None or at is None:
            return None
        return Under(self._seen.checked.month, self._face, *at)

    @property
    def gaps(self) -> int:
        """How many shifts of the month want people."""
        month = self._seen.checked.month if self._seen is not None else None
        return sum(one.kind == "gap" for one in month.findings) if month is not None else 0

    def settable(self) -> list[tuple[str, str]]:
        """The shifts that a digit sets: plan and post, no turns within one."""
        duty = self.desk.duty
        return [
            (plan.code, post.code)
            for post in duty.posts()
            for plan in duty.shifts_at(post.code)
            if plan.within is None
        ][:9]

    # Reading and showing

    @work(exclusive=True, group="roster")
    async def load(self) -> None:
        """Read the month anew, and show it; a later look takes the place of one under way."""
        await self.read()

    async def read(self) -> None:
        """Read the month anew, and show it."""
        day, wants_draft = self._day, self._wants_draft
        writer = self.seat.writer
        person_id = writer.id if writer is not None else None
        try:
            found = await self.off_loop(
                lambda desk: seen(desk, day, wants_draft=wants_draft, person_id=person_id)
            )
        except Refusal as refusal:
            self.refused(refusal)
            return
        self._seen = found
        self.refresh_bindings()
        self._show()
        if self._goal is not None:
            column, row = self._goal.isoformat(), str(person_id)
            self._goal = None
            is_people = self._face is Face.PEOPLE
            self.query_one(Grid).go_to(row if is_people else column, column if is_people else None)

    def _show(self) -> None:
        if self._seen is None or not self.is_mounted or not self.query("#roster-grid"):
            return
        found, said = self._seen, self.catalogue
        shown = Shown(
            month=found.checked.month,
            duty=self.desk.duty,
            words=said,
            today=found.today,
            width=self.size.width - 2,
            changed=found.added if found.checked.month.versions else frozenset(),
        )
        page = by_person(shown) if self._face is Face.PEOPLE else by_shift(shown)
        self.query_one("#roster-title", Plain).put(
            fit(words.title_line(found, self.desk.duty, said), shown.width)
        )
        figures = words.figures_line(found, said, shown.width)
        self.query_one("#roster-status", Plain).put(figures)
        self.query_one("#roster-mine", Plain).put(words.mine_line(found, self.desk, said))
        hint = legend(shown) if not found.is_draft else self._set_hint()
        self.query_one("#roster-legend", Plain).put(hint)
        self.query_one(Grid).set_page(page)
        findings = self.query_one("#roster-findings", Listing)
        findings.set_rows(words.finding_rows(found.checked.month.findings, said))
        findings.set_class(not found.checked.month.findings, "-empty")
        self._show_cell()

    def _set_hint(self) -> str:
        plans = [
            f"{number} {self.tr(shift_name(self.desk.duty, plan, post))}"
            for number, (plan, post) in enumerate(self.settable(), 1)
        ]
        return self.tr(f"{T}.set_hint", shifts="  ".join(plans))

    @on(Grid.Reached)
    def _show_cell(self) -> None:
        under, lines = self.under, list[str]()
        if under is not None and self._seen is not None:
            lines = words.cell_lines(self._seen, under, self.desk, self.catalogue)
        self.query_one("#roster-cell", Plain).put("\n".join(lines))

    @on(Listing.RowChosen)
    def _jump(self, event: Listing.RowChosen) -> None:
        event.stop()
        if self._seen is None:
            return
        found = self._seen.checked.month.findings[int(event.key)]
        day = found.day.isoformat() if found.day else None
        grid = self.query_one(Grid)
        if self._face is Face.SHIFTS:
            grid.go_to(day, f"{found.plan_code}/{found.post_code}")
        else:
            grid.go_to(str(found.person_id) if found.person_id else GAPS, day)
        grid.focus()

    # Turning pages

    def action_month(self, by: int) -> None:
        """The month before, or the next."""
        first = self._day.replace(day=1)
        self._day = first - timedelta(days=1) if by < 0 else first + timedelta(days=31)
        self._day = self._day.replace(day=1)
        self._goal = self._day
        self.load()

    def action_face(self) -> None:
        """By person, or by shift; the cursor stays on its day, and on its duty."""
        under = self.under
        day = under.day.isoformat() if under is not None else None
        cell = under.cell if under is not None else None
        self._face = Face.SHIFTS if self._face is Face.PEOPLE else Face.PEOPLE
        self._show()
        grid = self.query_one(Grid)
        if self._face is Face.PEOPLE:
            grid.go_to(str(cell.person) if cell is not None else None, day)
            return
        plan, post = (cell.plan, cell.post) if cell is not None else self.settable()[0]
        grid.go_to(day, f"{plan}/{post}")

    def action_turn_over(self) -> None:
        """The draft, or what is published."""
        if self._seen is not None and self._seen.draft is None:
            self.say(f"{T}.no_draft")
            return
        self._wants_draft = not self._wants_draft
        self.load()
