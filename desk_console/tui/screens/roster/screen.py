"""The roster (F5): what can be done with the month that is shown, and with its draft."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from desk_console.foundation.refusal import Refusal
from desk_console.people.rules import Right, may
from desk_console.roster import drafts
from desk_console.roster.problem import Place
from desk_console.roster.records import DraftMethod
from desk_console.roster.sheet import DraftHead
from desk_console.rulebook.desk import Desk
from desk_console.tui.dialogs.confirm import Confirm
from desk_console.tui.keys import binding
from desk_console.tui.printing import Prints
from desk_console.tui.screens.roster.page import RosterPage, T
from desk_console.tui.screens.roster.under import Face
from desk_console.tui.widgets.grid import Grid

if TYPE_CHECKING:
    from desk_console.outputs.sheets.making import Wanted


class RosterScreen(Prints, RosterPage):
    """A month of the roster. Enter and digits: a draft's cell."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding("cancel", "app.home"),
        binding("new", "begin", words=f"{T}.key_new", tip=f"{T}.key_new_tip"),
        binding("save", "publish", words=f"{T}.key_publish", tip=f"{T}.key_publish_tip"),
        binding("kind", "face", words=f"{T}.key_face", tip=f"{T}.key_face_tip"),
        binding("drafts", "turn_over", words=f"{T}.key_draft", tip=f"{T}.key_draft_tip"),
        binding("requests"),
        binding("cannot_come"),
        binding("pin_cell"),
        binding("wish"),
        binding("explain"),
        binding("score"),
        binding("why_gaps"),
        binding("mend"),
        binding("discard", words=f"{T}.key_discard", tip=f"{T}.key_discard_tip", priority=True),
        binding("print", priority=True),
        Binding("pageup", "month(-1)", show=False),
        Binding("pagedown", "month(1)", show=False),
        Binding("delete", "set_shift(0)", show=False),
        *(Binding(str(number), f"set_shift({number})", show=False) for number in range(10)),
    ]

    @property
    def first_hints(self) -> tuple[str, ...]:
        """What is likeliest to be done with the month that is shown."""
        if self._seen is None:
            return ()
        if self._seen.is_draft:
            return (*(("why_gaps",) if self.gaps else ()), "new", "save", "score", "kind")
        if not self._seen.checked.month.versions:
            return "new", "kind"
        return "requests", "kind", "cannot_come", "mend"

    def sheets(self, desk: Desk) -> tuple[Wanted, ...]:
        """The notice board's sheet of the month, as it is published."""
        from desk_console.outputs.sheets.making import Wanted

        return (Wanted("roster", self._day),)

    # The draft

    @work(group="asking")
    async def action_begin(self) -> None:
        """Begin the draft of this month, by hand, by rotation or by the optimiser."""
        from desk_console.tui.dialogs.roster.begin import BeginDraft
        from desk_console.tui.dialogs.roster.optimiser import OptimiserDialog

        if self._seen is None or not await self._may(Right.DRAFT):
            return
        month = self._seen.checked.month
        asked = BeginDraft(
            month.first_day,
            month.last_day,
            self._seen.draft,
            is_published=bool(month.versions),
        )
        begun = await self.host.ask(asked)
        if begun is None:
            return
        self._wants_draft = True
        if begun.method is not DraftMethod.OPTIMISER:
            self.load()
            return
        is_taken = await self.host.ask(OptimiserDialog(begun))
        await self.read()
        if is_taken and self.gaps:
            self.action_why_gaps()  # It searched, and could not fill the month.

    @work(group="asking")
    async def action_set_shift(self, number: int) -> None:
        """Put the person under the cursor on a shift that day; 0: off."""
        under, settable = self.under, self.settable()
        if self._face is not Face.PEOPLE or (draft := self._shown_draft()) is None:
            return
        if under is None or under.person_id is None or number > len(settable):
            return
        person_id, day = under.person_id, under.day
        shift = Place(*settable[number - 1]) if number else None
        gave_way = ""

        def give(desk: Desk, by: int) -> None:
            nonlocal gave_way
            at = draft.draft_id, draft.revision
            gave_way = drafts.give(desk, by, *at, person_id, day, shift=shift).gave_way

        if await self._edit(give) and gave_way:
            self.say(f"{T}.gave_way", name=gave_way, day=f"{day:%m-%d}")

    @work(group="asking")
    async def on_grid_cell_chosen(self, event: Grid.CellChosen) -> None:
        """By shift and on a gap: who is to have it. By person: which shift. Published: why."""
        from desk_console.tui.dialogs.roster.cells import PutPerson, SetShift

        event.stop()
        under = self.under
        if under is None or self._seen is None:
            return
        if not self._seen.is_draft:
            self.action_explain()
            return
        if (draft := self._shown_draft()) is None:
            return
        if self._face is Face.SHIFTS or under.is_gap:
            if under.slot is not None and await self.host.ask(PutPerson(draft, under.slot)):
                self.load()
            return
        line = under.month.line_of(under.person_id) if under.person_id is not None else None
        if line is None:
            return
        chosen = await self.host.ask(SetShift(line.person, under.day, self.settable()))
        if chosen is not None:
            self.action_set_shift(chosen)

    @work(group="asking")
    async def action_pin_cell(self) -> None:
        """Fix the cell under the cursor, or let it go."""
        under = self.under
        if (draft := self._shown_draft()) is None or under is None:
            return
        if not under.placed or under.person_id is None:
            self.refused(Refusal("roster.cell_empty"))
            return
        wanted, person_id, day = not under.placed[0].is_pinned, under.person_id, under.day
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
        if not await self._may(Right.PUBLISH):
            return
        if await self.host.ask(PublishDialog(draft, self._seen)):
            self._wants_draft = False
            self.load()

    # Requests, emergencies, reasons

    def action_requests(self) -> None:
        """Leave, swaps, overtime."""
        from desk_console.tui.screens.roster.requests import RequestsScreen

        self.app.push_screen(RequestsScreen())

    @work(group="asking")
    async def action_cannot_come(self) -> None:
        """Whoever has the duty under the cursor cannot come: take somebody in."""
        from desk_console.tui.dialogs.roster.cannot import CannotCome

        if not await self._may(Right.APPROVE):
            return
        duty_id = self.under.duty_id if self.under is not None else None
        if duty_id is None:
            self.say(f"{T}.no_duty_here")
            return
        if await self.host.ask(CannotCome(duty_id)):
            self.load()

    @work(group="asking")
    async def action_wish(self) -> None:
        """Note a wish of one's own for the day under the cursor, or take it back."""
        from desk_console.tui.dialogs.roster.cells import WishFor

        under = self.under
        if under is None or not await self.host.somebody() or (writer := self.seat.writer) is None:
            return
        if await self.host.ask(WishFor(writer, under.day, self.settable())):
            self.load()

    def action_explain(self) -> None:
        """Why this person has this shift, or why nobody has it."""
        from desk_console.tui.dialogs.roster.explain import ExplainDialog

        cell = self.under.cell if self.under is not None else None
        if cell is None or self._seen is None:
            self.say(f"{T}.no_duty_here")
            return
        self.app.push_screen(ExplainDialog(self._seen, cell))

    def action_why_gaps(self) -> None:
        """The fewest reasons why the month cannot be filled."""
        from desk_console.tui.dialogs.roster.why_gaps import WhyGaps

        if self._seen is None:
            return
        if self.gaps:
            self.app.push_screen(WhyGaps(self._seen))
        else:
            self.say("tui.why_gaps.no_gap")

    @work(group="asking")
    async def action_mend(self) -> None:
        """The person under the cursor is away for days: the ways that change least."""
        from desk_console.tui.dialogs.roster.mend import MendDialog

        under, found = self.under, self._seen
        if under is None or found is None or not await self._may(Right.APPROVE):
            return
        if found.is_draft:
            self.say("tui.mending.published_only")
            return
        line = under.month.line_of(under.person_id) if under.person_id is not None else None
        if line is None:
            self.say(f"{T}.no_duty_here")
            return
        day = max(under.day, found.today)
        if await self.host.ask(MendDialog(line.person, day, found)):
            self.load()

    def action_score(self) -> None:
        """What the month's score is made of."""
        from desk_console.tui.dialogs.roster.score import ScoreDialog

        if self._seen is not None:
            self.app.push_screen(ScoreDialog(self._seen))

    # What every act asks first

    def _shown_draft(self) -> DraftHead | None:
        if self._seen is None:
            return None
        if not self._seen.is_draft or self._seen.draft is None:
            self.say(f"{T}.only_draft" if self._seen.checked.month.versions else f"{T}.no_draft")
            return None
        return self._seen.draft

    async def _may(self, right: Right) -> bool:
        """May whoever sits here? Asks for a sign-on where nobody does."""
        if not await self.host.somebody() or (writer := self.seat.writer) is None:
            return False
        verdict = may(writer, right, self.desk.duty)
        if verdict.message is not None:
            self.refused(
                Refusal(verdict.message.key, clause=verdict.clause, **verdict.message.values)
            )
            return False
        return True

    async def _edit(self, act: Callable[[Desk, int], object]) -> bool:
        if not await self.host.somebody() or (writer := self.seat.writer) is None:
            return False
        by = writer.id
        try:
            await self.off_loop(lambda desk: act(desk, by))
        except Refusal as refusal:
            self.refused(refusal)
            self.load()
            return False
        self.load()
        return True
