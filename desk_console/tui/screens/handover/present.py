"""Both here: who hands over, who takes over, when they came, fit or not (9.9, 6.10, 7.4)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal

from desk_console.foundation.catalogue import Message, message
from desk_console.foundation.refusal import Refusal
from desk_console.handover.opening import join
from desk_console.handover.records import HandoverKind, Side, Step
from desk_console.handover.sheet import Arrival, Sheet
from desk_console.people.records import PersonView
from desk_console.rulebook.topics import Topic
from desk_console.tui.citing import cited
from desk_console.tui.screens.handover.panel import StepPanel, T
from desk_console.tui.screens.handover.picture import Picture
from desk_console.tui.widgets.caption import Caption
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.plain import Plain
from desk_console.tui.widgets.table import Column, Listing, Row

if TYPE_CHECKING:
    from desk_console.rulebook.desk import Desk


class PresentPanel(StepPanel):
    """Who is here; the incoming person comes to the handover."""

    step: ClassVar[Step] = Step.PRESENT

    def compose(self) -> ComposeResult:
        """The facts; who may take over, where several are here; the shifts that were missed."""
        yield Plain(id="present-facts")
        with Horizontal(classes="row", id="present-row"):
            yield Caption(f"{T}.choose_taker", classes="label")
            yield Choice((), self._named, id="present-taker", classes="field")
        yield Plain(id="present-next")
        yield Caption(id="present-missed-how")
        yield Listing(
            Column("at", f"{T}.col_missed_at", 14),
            Column("who", f"{T}.col_missed_who"),
            id="present-missed",
        )

    def show(self, picture: Picture) -> None:
        """Both sides, and what comes next."""
        sheet, words = picture.sheet, self.catalogue
        lines = [words.text(one) for one in (*self._facts(sheet), *self._others(picture))]
        self.query_one("#present-facts", Plain).put("\n".join(lines))
        coming = self._coming(picture)
        self.query_one("#present-row").set_class(len(coming) < 2, "-off")
        choice = self.query_one("#present-taker", Choice)
        codes = tuple(str(one.id) for one in coming)
        if choice.codes != codes:
            choice.offer(codes)
            choice.value = codes[-1] if codes else None
        self.query_one("#present-next", Plain).put(words.text(self._next(picture, coming)))
        self._show_missed(picture)

    def _show_missed(self, picture: Picture) -> None:
        listing, how = self.query_one("#present-missed", Listing), "#present-missed-how"
        listing.display = self.query_one(how).display = bool(picture.missed)
        if not picture.missed:
            return
        said = message(f"{T}.missed", name=self._taker(picture), count=len(picture.missed))
        self.query_one(how, Caption).say(cited(said, self.desk.duty, Topic.READ_RECORD))
        listing.set_rows(
            [
                Row(
                    str(one.handover_id),
                    (
                        self.catalogue.moment(one.sealed_at),
                        self.tr(f"{T}.missed_line", outgoing=one.outgoing, incoming=one.incoming),
                    ),
                )
                for one in picture.missed
            ]
        )

    def _taker(self, picture: Picture) -> str:
        return picture.sheet.incoming.name if picture.sheet.incoming else ""

    def begin(self) -> None:
        """The shifts missed, the choice, where there are any."""
        choice, missed = self.query_one("#present-taker", Choice), self.query_one(Listing)
        if missed.display:
            missed.focus()
        else:
            (choice if len(choice.codes) > 1 else self).focus()

    @on(Choice.Chosen, "#present-taker")
    def _taker_chosen(self, event: Choice.Chosen) -> None:
        event.stop()
        self.refresh_texts()

    @on(Listing.RowChosen)
    def _read_missed(self, event: Listing.RowChosen) -> None:
        from desk_console.tui.screens.handovers.signed import SignedScreen

        event.stop()
        self.app.push_screen(SignedScreen(int(event.key)))

    async def main(self) -> None:
        """The incoming person comes; then answers the start-of-shift checks; then on."""
        picture = self.picture
        if picture.sheet.incoming is None:
            await self._join(picture)
        elif self._is_unopened(picture):
            await self._ask_opening(await self.side(Side.OUTGOING))
        elif picture.sheet.arrival is not None and self._fit_is_open(picture.sheet):
            await self._ask_fit(await self.side(Side.INCOMING))
        else:
            await self.wizard.step_on()

    async def _join(self, picture: Picture) -> None:
        coming = self._coming(picture)
        wanted = self.query_one("#present-taker", Choice).value
        person = next((one for one in coming if str(one.id) == wanted), None)
        if picture.sheet.kind is HandoverKind.APART and not picture.standing.is_left:
            await self.wizard.step_on()
            return
        if person is None:
            key, names = self._nobody_here(picture)
            raise Refusal(key, name=names)
        from desk_console.tui.dialogs.handover.turn import take_turn

        taker = await take_turn(self, picture.sheet, person, Side.INCOMING)
        handover_id = self.handover_id
        if await self.keep(lambda desk: join(desk, taker, handover_id)) and self.picture.missed:
            self.begin()

    def _is_unopened(self, picture: Picture) -> bool:
        """The shift that is handed over never started: its opening checks are unanswered (7.9)."""
        return any(one.message.key == "handover.lack_opening" for one in picture.standing.lacks)

    async def _ask_opening(self, person: PersonView) -> None:
        from desk_console.shift.tenures import running_shift
        from desk_console.tui.dialogs.checks import CheckDialog

        post_code = self.picture.sheet.post_code

        def shift_id(desk: Desk) -> int | None:
            with desk.reading() as session:
                running = running_shift(session, post_code)
                return running.id if running else None

        self.seat.take(person)
        await self.host.ask(CheckDialog("opening", shift_id=await self.off_loop(shift_id)))
        await self.wizard.look()

    async def _ask_fit(self, person: PersonView) -> None:
        from desk_console.shift.presence import present
        from desk_console.tui.dialogs.checks import CheckDialog

        def attendance_id(desk: object) -> int | None:
            with self.desk.reading() as session:
                found = present(session, person.id)
                return found.id if found else None

        await self.host.ask(CheckDialog("start", attendance_id=await self.off_loop(attendance_id)))
        await self.wizard.look()

    # Words

    def _named(self, code: str) -> str:
        return next((one.name for one in self.seat.people if str(one.id) == code), "")

    def _coming(self, picture: Picture) -> tuple[PersonView, ...]:
        """Who may take over, of those signed on at this console."""
        allowed = {one.person.id for one in picture.takers if one.refusal is None}
        return tuple(one for one in self.seat.people if one.id in allowed)

    def _others(self, picture: Picture) -> list[Message]:
        """Who is there and may not take over, and why."""
        if picture.sheet.kind is HandoverKind.APART and not picture.standing.is_left:
            return []
        said = []
        for one in picture.takers:
            if one.refusal is None:
                continue
            why = one.refusal.message
            names_them = "name" in why.values
            if clause := one.refusal.clause:
                why = message(f"{T}.with_clause", what=why, clause=clause)
            if not names_them:
                why = message(f"{T}.may_not_take", name=one.person.name, why=why)
            said.append(why)
        return said

    def _facts(self, sheet: Sheet) -> list[Message]:
        name, left = sheet.outgoing.name, sheet.left
        facts = [
            message(f"{T}.outgoing_left", name=name, at=left.signed_at)
            if left is not None
            else message(f"{T}.outgoing_line", name=name, since=sheet.shift_from or "")
        ]
        if sheet.acting is not None:
            facts.append(message(f"{T}.acting_line", name=sheet.acting.name, reason=sheet.reason))
        if sheet.incoming is None or sheet.arrival is None:
            return facts
        arrival = sheet.arrival
        facts.append(message(f"{T}.incoming_line", name=sheet.incoming.name, at=arrival.arrived_at))
        if arrival.expected_at is not None:
            early = (
                Topic.ARRIVE_EARLY if self.desk.duty.cite(Topic.ARRIVE_EARLY) else Topic.PUNCTUAL
            )
            facts.append(cited(_punctual(arrival), self.desk.duty, early))
        if sheet.steps and self._asks_fit():
            answered = {True: "fit_yes", False: "fit_no", None: "fit_open"}[arrival.is_fit]
            facts.append(message(f"{T}.{answered}"))
        return facts

    def _asks_fit(self) -> bool:
        return self.desk.duty.cite(Topic.FIT_FOR_DUTY) is not None

    def _fit_is_open(self, sheet: Sheet) -> bool:
        return self._asks_fit() and sheet.arrival is not None and sheet.arrival.is_fit is None

    def _nobody_here(self, picture: Picture) -> tuple[str, list[str]]:
        """What is said where nobody at this console takes over, and who would at another one."""
        elsewhere = [one.person.name for one in picture.takers if one.refusal is None]
        return f"{T}.{'takes_elsewhere' if elsewhere else 'nobody_yet'}", elsewhere

    def _next(self, picture: Picture, coming: tuple[PersonView, ...]) -> Message:
        sheet = picture.sheet
        is_closing = sheet.kind is HandoverKind.APART and not picture.standing.is_left
        if sheet.incoming is None and is_closing:
            return message(f"{T}.is_apart")
        if sheet.incoming is None:
            if not coming:
                key, names = self._nobody_here(picture)
                return message(key, name=names)
            chosen = self.query_one("#present-taker", Choice).value
            taker = next((one for one in coming if str(one.id) == chosen), coming[-1])
            return message(f"{T}.joins", name=taker.name)
        if self._is_unopened(picture):
            return message(f"{T}.answers_opening", name=sheet.giver.name)
        if self._fit_is_open(sheet):
            return message(f"{T}.answers_fit", name=sheet.incoming.name)
        return message(f"{T}.all_here")


def _punctual(arrival: Arrival) -> Message:
    key, late = "arrived_on_time", timedelta(minutes=arrival.late_minutes)
    if arrival.late_minutes:
        key = "arrived_late" if arrival.late_minutes > 0 else "arrived_early"
    return message(f"{T}.{key}", expected=arrival.expected_at, span=late)
