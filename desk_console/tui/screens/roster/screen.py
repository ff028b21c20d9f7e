"""The roster (F5): a month by person or by shift, what is wrong with it, and its draft."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from desk_console.foundation.refusal import Refusal
from desk_console.people.rules import Right, may
from desk_console.roster import drafts
from desk_console.roster.findings import shift_name
from desk_console.roster.problem import Assignment, Place
from desk_console.roster.sheet import DraftHead, Slot
from desk_console.rulebook.desk import Desk
from desk_console.tui.dialogs.confirm import Confirm
from desk_console.tui.host import Changed
from desk_console.tui.keys import binding
from desk_console.tui.printing import Prints
from desk_console.tui.screen import DeskScreen
from desk_console.tui.screens.roster import words
from desk_console.tui.screens.roster.faces import GAPS, Shown, by_person, by_shift, legend
from desk_console.tui.screens.roster.reading import Seen, seen
from desk_console.tui.widgets.footer import KeyLine
from desk_console.tui.widgets.grid import Grid
from desk_console.tui.widgets.plain import Plain
from desk_console.tui.widgets.table import Column, Listing

if TYPE_CHECKING:
    from desk_console.outputs.sheets.making import Wanted

T = "tui.roster"
PEOPLE, SHIFTS = "people", "shifts"


class RosterScreen(Prints, DeskScreen[None]):
    """A month of the roster. PgUp and PgDn: another month; Enter and digits: a draft's cell."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding("cancel", "app.home"),
        binding("new", "begin", words=f"{T}.key_new"),
        binding("save", "publish", words=f"{T}.key_publish"),
        binding("kind", "face", words=f"{T}.key_face"),
        binding("drafts", "turn_over", words=f"{T}.key_draft"),
        binding("requests", words=f"{T}.key_requests"),
        binding("cannot_come", words=f"{T}.key_cannot"),
        binding("pin_cell", words=f"{T}.key_pin"),
        binding("wish", words=f"{T}.key_wish"),
        binding("explain", words=f"{T}.key_explain"),
        binding("discard", words=f"{T}.key_discard", priority=True),
        binding("print", priority=True),
        Binding("pageup", "month(-1)", show=False),
        Binding("pagedown", "month(1)", show=False),
        Binding("delete", "set_shift(0)", show=False),
        *(Binding(str(number), f"set_shift({number})", show=False) for number in range(10)),
    ]
    CSS_PATH = "roster.tcss"

    def __init__(self) -> None:
        """This month, by person."""
        super().__init__()
        self._day = date.min
        self._face = PEOPLE
        self._wants_draft = True
        self._seen: Seen | None = None
        self._goal: date | None = None
        """The day that the cursor is to go to once it is read."""

    def sheets(self, desk: Desk) -> tuple[Wanted, ...]:
        """The notice board's sheet of the month, as it is published."""
        from desk_console.outputs.sheets.making import Wanted

        return (Wanted("roster", self._day),)

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
            Column("clause", f"{T}.clause", 6),
            id="roster-findings",
            show_header=False,
        )
        yield KeyLine()

    def on_mount(self) -> None:
        """This month; the cursor on today."""
        self._day = self.desk.now().astimezone(self.desk.zone).date()
        self.query_one(Grid).focus()
        self._goal = self._day
        self._load()

    def on_changed(self, event: Changed) -> None:
        """Somebody wrote."""
        if self.is_mounted:
            self._load()

    def on_resize(self, event: events.Resize) -> None:
        """Another width shows more or fewer columns."""
        self._show()

    def refresh_texts(self) -> None:
        """Everything in the language that is on."""
        self._show()

    # Reading and showing

    @work(exclusive=True, group="roster")
    async def _load(self) -> None:
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
        self._show()
        if self._goal is not None:
            column, row = self._goal.isoformat(), str(person_id)
            self._goal = None
            is_people = self._face == PEOPLE
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
            changed=found.added,
        )
        page = by_person(shown) if self._face == PEOPLE else by_shift(shown)
        self.query_one("#roster-title", Plain).put(words.title_line(found, said))
        self.query_one("#roster-status", Plain).put(words.figures_line(found, said))
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
            for number, (plan, post) in enumerate(self._settable(), 1)
        ]
        return self.tr(f"{T}.set_hint", shifts="  ".join(plans))

    def _settable(self) -> list[tuple[str, str]]:
        """The shifts that a digit sets: plan and post, no turns within one."""
        duty = self.desk.duty
        return [
            (plan.code, post.code)
            for post in duty.posts()
            for plan in duty.shifts_at(post.code)
            if plan.within is None
        ][:9]

    @on(Grid.Reached)
    def _show_cell(self) -> None:
        found, at = self._seen, self.query_one(Grid).at
        lines: list[str] = []
        if found is not None and at is not None:
            if self._face == SHIFTS:
                lines = words.shift_cell_lines(found, self._slot(), self.desk, self.catalogue)
            elif at[0] == GAPS:
                day = date.fromisoformat(at[1])
                lines = words.gap_lines(found.checked.month, day, self.desk, self.catalogue)
            elif (line := found.checked.month.line_of(int(at[0]))) is not None:
                day = date.fromisoformat(at[1])
                lines = words.person_cell_lines(found, line, day, self.desk, self.catalogue)
        self.query_one("#roster-cell", Plain).put("\n".join(lines))

    def _slot(self) -> Slot | None:
        """The shift under the cursor, in the face by shift."""
        at = self.query_one(Grid).at
        if self._seen is None or at is None or self._face != SHIFTS:
            return None
        plan, _, post = at[1].partition("/")
        return next(
            (
                slot
                for slot in self._seen.checked.month.on(date.fromisoformat(at[0]))
                if (slot.occurrence.plan_code, slot.occurrence.post_code) == (plan, post)
            ),
            None,
        )

    def _person_and_day(self) -> tuple[int, date] | None:
        """The person and the day under the cursor; None on a gap, or in an empty cell by shift."""
        at = self.query_one(Grid).at
        if at is None or at[0] == GAPS:
            return None
        if self._face == PEOPLE:
            return int(at[0]), date.fromisoformat(at[1])
        slot = self._slot()
        if slot is None or not slot.people:
            return None
        return slot.people[0].person_id, slot.occurrence.day

    @on(Listing.RowChosen)
    def _jump(self, event: Listing.RowChosen) -> None:
        event.stop()
        if self._seen is None:
            return
        found = self._seen.checked.month.findings[int(event.key)]
        day = found.day.isoformat() if found.day else None
        grid = self.query_one(Grid)
        if self._face == SHIFTS:
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
        self._load()

    def action_face(self) -> None:
        """By person, or by shift; the cursor stays on its day, and on its duty."""
        at, cell = self.query_one(Grid).at, self._cell_under_cursor()
        day = at[1] if at and self._face == PEOPLE else at[0] if at else None
        self._face = SHIFTS if self._face == PEOPLE else PEOPLE
        self._show()
        grid = self.query_one(Grid)
        if self._face == PEOPLE:
            grid.go_to(str(cell.person) if cell is not None else None, day)
            return
        plan, post = (cell.plan, cell.post) if cell is not None else self._settable()[0]
        grid.go_to(day, f"{plan}/{post}")

    def action_turn_over(self) -> None:
        """The draft, or what is published."""
        if self._seen is not None and self._seen.draft is None:
            self.say(f"{T}.no_draft")
            return
        self._wants_draft = not self._wants_draft
        self._load()

    # The draft

    @work(group="asking")
    async def action_begin(self) -> None:
        """Begin the draft of this month, by hand, by rotation or by the optimiser."""
        from desk_console.tui.dialogs.roster.begin import BeginDraft

        if self._seen is None or not self._may(Right.DRAFT):
            return
        month = self._seen.checked.month
        begun = await self.host.ask(BeginDraft(month.first_day, month.last_day, self._seen.draft))
        if begun:
            self._wants_draft = True
            self._load()

    @work(group="asking")
    async def action_set_shift(self, number: int) -> None:
        """Put the person under the cursor on a shift that day; 0: off."""
        if self._face != PEOPLE or (draft := self._shown_draft()) is None:
            return
        where = self._person_and_day()
        settable = self._settable()
        if where is None or number > len(settable):
            return
        person_id, day = where
        shift = Place(*settable[number - 1]) if number else None
        await self._edit(
            lambda desk, by: drafts.give(
                desk, by, draft.draft_id, draft.revision, person_id, day, shift=shift
            )
        )

    @work(group="asking")
    async def on_grid_cell_chosen(self, event: Grid.CellChosen) -> None:
        """By shift: who is to have it. By person: which shift."""
        from desk_console.tui.dialogs.roster.cells import PutPerson, SetShift

        event.stop()
        if self._seen is not None and not self._seen.is_draft:
            self.action_explain()
            return
        if self._seen is None or (draft := self._shown_draft()) is None:
            return
        if self._face == SHIFTS:
            slot = self._slot()
            if slot is not None and await self.host.ask(PutPerson(draft, slot)):
                self._load()
            return
        where = self._person_and_day()
        line = self._seen.checked.month.line_of(where[0]) if where else None
        if where is None or line is None:
            return
        chosen = await self.host.ask(SetShift(line.person, where[1], self._settable()))
        if chosen is not None:
            self.action_set_shift(chosen)

    @work(group="asking")
    async def action_pin_cell(self) -> None:
        """Fix the cell under the cursor, or let it go."""
        where = self._person_and_day()
        if (draft := self._shown_draft()) is None or where is None or self._seen is None:
            return
        line = self._seen.checked.month.line_of(where[0])
        placed = line.placed.get(where[1], ()) if line else ()
        if not placed:
            self.refused(Refusal("roster.cell_empty"))
            return
        wanted, (person_id, day) = not placed[0].is_pinned, where
        await self._edit(
            lambda desk, by: drafts.pin(
                desk, by, draft.draft_id, draft.revision, person_id, day, is_pinned=wanted
            )
        )

    @work(group="asking")
    async def action_discard(self) -> None:
        """Throw the draft away."""
        if (draft := self._shown_draft()) is None:
            return
        asked = Confirm(
            f"{T}.discard_title",
            f"{T}.discard_ask",
            yes=f"{T}.discard_yes",
            no=f"{T}.discard_no",
        )
        if not await self.host.ask(asked):
            return
        if await self._edit(
            lambda desk, by: drafts.discard_draft(desk, by, draft.draft_id, draft.revision)
        ):
            self.say(f"{T}.discarded")

    @work(group="asking")
    async def action_publish(self) -> None:
        """Publish the draft, with one's own PIN."""
        from desk_console.tui.dialogs.roster.publish import PublishDialog

        if self._seen is None or (draft := self._shown_draft()) is None:
            return
        if not self._may(Right.PUBLISH):
            return
        if await self.host.ask(PublishDialog(draft, self._seen)):
            self._wants_draft = False
            self._load()

    # Requests and emergencies

    def action_requests(self) -> None:
        """Leave, swaps, overtime."""
        from desk_console.tui.screens.roster.requests import RequestsScreen

        self.app.push_screen(RequestsScreen())

    @work(group="asking")
    async def action_cannot_come(self) -> None:
        """Whoever has the duty under the cursor cannot come: take somebody in."""
        from desk_console.tui.dialogs.roster.cannot import CannotCome

        if not self._may(Right.PUBLISH):
            return
        duty_id = self._duty_under_cursor()
        if duty_id is None:
            self.say(f"{T}.no_duty_here")
            return
        if await self.host.ask(CannotCome(duty_id)):
            self._load()

    @work(group="asking")
    async def action_wish(self) -> None:
        """Note a wish of one's own for the day under the cursor, or take it back."""
        from desk_console.tui.dialogs.roster.cells import WishFor

        at, writer = self.query_one(Grid).at, self.seat.writer
        if at is None or writer is None or self._seen is None:
            return
        day = date.fromisoformat(at[1] if self._face == PEOPLE else at[0])
        if await self.host.ask(WishFor(writer, day, self._settable())):
            self._load()

    def action_explain(self) -> None:
        """Why this person has this shift, or why nobody has it."""
        from desk_console.tui.dialogs.roster.explain import ExplainDialog

        cell = self._cell_under_cursor()
        if cell is None or self._seen is None:
            self.say(f"{T}.no_duty_here")
            return
        self.app.push_screen(ExplainDialog(self._seen, cell))

    def _cell_under_cursor(self) -> Assignment | None:
        """The duty under the cursor; person 0 where a shift under it is open."""
        at, slot = self.query_one(Grid).at, self._slot()
        if self._seen is None or at is None:
            return None
        if slot is None and at[0] == GAPS:
            month = self._seen.checked.month
            missing = [one for one in month.on(date.fromisoformat(at[1])) if one.missing]
            slot = missing[0] if missing else None
        if slot is not None:
            one = slot.occurrence
            person_id = 0 if slot.missing or not slot.people else slot.people[0].person_id
            return Assignment(one.day, one.plan_code, one.post_code, person_id)
        where = self._person_and_day()
        line = self._seen.checked.month.line_of(where[0]) if where else None
        placed = line.placed.get(where[1], ()) if line and where else ()
        if not placed:
            return None
        first = placed[0]
        return Assignment(first.day, first.plan_code, first.post_code, first.person_id)

    def _duty_under_cursor(self) -> int | None:
        if self._seen is None or self._seen.is_draft:
            return None
        where = self._person_and_day()
        line = self._seen.checked.month.line_of(where[0]) if where else None
        placed = line.placed.get(where[1], ()) if line and where else ()
        slot = self._slot()
        if slot is not None:
            placed = tuple(one for one in slot.people[:1])
        return placed[0].duty_id if placed else None

    def _shown_draft(self) -> DraftHead | None:
        if self._seen is None:
            return None
        if not self._seen.is_draft or self._seen.draft is None:
            self.say(f"{T}.only_draft" if self._seen.checked.month.versions else f"{T}.no_draft")
            return None
        return self._seen.draft

    def _may(self, right: Right) -> bool:
        writer = self.seat.writer
        if writer is None:
            return False
        verdict = may(writer, right, self.desk.duty)
        if verdict.message is not None:
            self.refused(
                Refusal(verdict.message.key, clause=verdict.clause, **verdict.message.values)
            )
            return False
        return True

    async def _edit(self, act: Callable[[Desk, int], object]) -> bool:
        writer = self.seat.writer
        if writer is None:
            return False
        by = writer.id
        try:
            await self.off_loop(lambda desk: act(desk, by))
        except Refusal as refusal:
            self.refused(refusal)
            self._load()
            return False
        self._load()
        return True
