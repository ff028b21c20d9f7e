"""The handover's screen (F4): the steps in a row, whose turn it is and what for, and one panel.

It holds no step of its own: `panel` is the base of the steps, `picture` what they are shown. What
another console enters comes up by itself and leaves the focus where it is.
"""

from __future__ import annotations

import asyncio
from typing import ClassVar

from rich.text import Text
from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal
from textual.widgets import ContentSwitcher

from desk_console.foundation.catalogue import Message, message
from desk_console.foundation.refusal import Refusal
from desk_console.handover.lacks import Lack
from desk_console.handover.records import HandoverKind, HandoverStage, Side, Step
from desk_console.rulebook.topics import Topic
from desk_console.tui.citing import cited
from desk_console.tui.host import Changed, OnDesk
from desk_console.tui.keys import binding
from desk_console.tui.screen import DeskScreen
from desk_console.tui.screens.handover.blocking import BlockingPanel
from desk_console.tui.screens.handover.checking import AreaPanel, TidyPanel
from desk_console.tui.screens.handover.items import ItemsPanel
from desk_console.tui.screens.handover.matters import MattersPanel
from desk_console.tui.screens.handover.panel import StepPanel, T, side_words
from desk_console.tui.screens.handover.picture import Picture, look
from desk_console.tui.screens.handover.present import PresentPanel
from desk_console.tui.screens.handover.record import RecordPanel
from desk_console.tui.screens.handover.sign import SignPanel
from desk_console.tui.turn import Hold, hold_keys
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.clockface import ClockFace
from desk_console.tui.widgets.footer import KeyLine
from desk_console.tui.widgets.plain import Plain, fit, folded, width

_A_LITTLE = 0.01
"""Seconds between two looks whether a panel stands whole."""

_BESIDE = 10
"""Cells of the first line beside the heading and the minutes: edges, gaps, the clock."""

PANELS: tuple[type[StepPanel], ...] = (
    PresentPanel,
    TidyPanel,
    ItemsPanel,
    RecordPanel,
    MattersPanel,
    AreaPanel,
    BlockingPanel,
    SignPanel,
)


class HandoverScreen(OnDesk, DeskScreen[None]):
    """One handover, from F4 to both signatures."""

    CSS_PATH = "handover.tcss"
    AUTO_FOCUS = ""
    first_hints: ClassVar[tuple[str, ...]] = ("save", "call", "kind")
    HORIZONTAL_BREAKPOINTS = [(0, "-one"), (120, "-two")]  # noqa: RUF012 # as Textual declares it
    BINDINGS: ClassVar[list[BindingType]] = [
        binding("save", "main", words=f"{T}.key_main"),
        Binding("pagedown", "step(1)", f"{T}.key_on", priority=True),
        Binding("pageup", "step(-1)", f"{T}.key_back", priority=True),
        binding("kind", "other", words=f"{T}.key_other"),
        binding("cancel", "app.home"),
    ]

    def __init__(self, handover_id: str) -> None:
        """The handover that is under way, or was just begun."""
        super().__init__()
        self.picture: Picture | None = None
        self._handover_id = int(handover_id)
        self._looking = asyncio.Lock()
        self._is_busy = False
        self._comes_again = False
        self._came_by_itself = False
        """The step shown was come to because the one before was done, and nothing was pressed."""
        self.is_asking = False
        """A dialog of the step is open, or what it did is being looked at."""

    def compose(self) -> ComposeResult:
        """Head, steps, whose turn, the step; beside it what is missing, where there is room."""
        with Container(classes="topline"):
            yield Plain(id="handover-title")
            yield Plain(id="handover-minutes")
            yield ClockFace(self._clock, id="handover-clock")
        yield Choice((), self._step_words, hotkeys="", id="handover-steps")
        yield Plain(id="handover-turn")
        with Horizontal(id="handover-body"):
            yield ContentSwitcher(
                *(panel(id=f"step-{panel.step}") for panel in PANELS), id="handover-step"
            )
            yield Plain(id="handover-left")
        yield KeyLine()

    async def part(self) -> None:
        """What was typed last, and no draft has yet."""
        for panel in self.query(StepPanel):
            await panel.keep_typed()

    def on_mount(self) -> None:
        """Look at it; keys wait until its first step stands."""
        self._open(hold_keys(self))

    @work
    async def _open(self, held: Hold) -> None:
        with held:
            await self.look()
            writer, handover_id = self.seat.writer, self._handover_id
            since = self.picture.sheet.opened_at if self.picture is not None else None
            if writer and since and self.seat.takes_part(handover_id, writer, since=since):
                self.seat.comes_to(handover_id, writer)
            if self.picture is not None:
                self._go_to(self.picture.standing.step)
            else:
                self.app.pop_screen()

    # Looking

    async def look(self) -> None:
        """Fetch the picture anew, and go on where the step shown has just been done."""
        async with self._looking:
            if not self.is_attached:
                return
            before, handover_id = self.picture, self._handover_id
            try:
                self.picture = await self.off_loop(lambda desk: look(desk, handover_id, before))
            except Refusal as refusal:
                self.refused(refusal)
                return
            if not self.query("#handover-title"):
                return  # when the program ends, the widgets go before the screen does
            self._show()
            if before is not None and before.sheet != self.picture.sheet:
                self._came_by_itself = False  # something was done here since
            if before is not None and self._is_just_done(before, self.picture):
                self._go_to(self.picture.standing.step)
                self._came_by_itself = True

    def _is_just_done(self, before: Picture, now: Picture) -> bool:
        shown = self._shown_step()
        if shown is Step.PRESENT and now.missed:
            return False  # who comes back after an absence sees first what they missed
        was = {one.step for one in before.standing.steps if not one.is_done}
        done = {one.step for one in now.standing.steps if one.is_done}
        return shown in was and shown in done and shown is not Step.SIGN

    def on_changed(self, event: Changed) -> None:
        """Somebody wrote, here or at another console."""
        self._look_again()

    def on_screen_resume(self) -> None:
        """Seen again."""
        self._look_again()

    @work(exclusive=True, group="look")
    async def _look_again(self) -> None:
        await self.look()

    # Words

    def _clock(self) -> str:
        desk = self.host.desk
        return desk.now().astimezone(desk.zone).strftime("%H:%M") if desk else ""

    def _step_words(self, code: str) -> str:
        words = self.tr(f"{T}.step_{code}")
        steps = self.picture.standing.steps if self.picture else ()
        if any(one.step == code and one.is_done for one in steps):
            return self.tr(f"{T}.step_done", step=words)
        return words

    def on_resize(self, event: events.Resize) -> None:
        """Lines of another length."""
        self.call_after_refresh(self.refresh_texts)

    def refresh_texts(self) -> None:
        """Everything in the language that is on."""
        if self.is_mounted and self.picture is not None:
            self._show()

    def _show(self) -> None:
        picture = self.picture
        if picture is None:
            return
        standing, sheet, words = picture.standing, picture.sheet, self.catalogue
        nobody = "taker_at_opening" if sheet.kind is HandoverKind.APART else "taker_unknown"
        heading = message(
            f"{T}.heading",
            kind=message(f"handover.kind_{sheet.kind}"),
            plan=sheet.shift_name,
            day=sheet.day or "",
            giver=sheet.giver.name,
            taker=sheet.incoming.name if sheet.incoming else message(f"{T}.{nobody}"),
        )
        is_over = standing.stage in (HandoverStage.SEALED, HandoverStage.DROPPED)
        minutes = (
            message(f"handover.stage_{standing.stage}")
            if is_over
            else message(f"{T}.minutes", minutes=standing.minutes_left)
        )
        said = words.text(minutes)
        self.query_one("#handover-minutes", Plain).put(said)
        room = self.app.size.width - width(said) - _BESIDE
        self.query_one("#handover-title", Plain).put(fit(words.text(heading), room))
        steps = self.query_one("#handover-steps", Choice)
        if steps.codes != tuple(one.step for one in standing.steps):
            steps.offer(one.step for one in standing.steps)
        steps.refresh(layout=True)
        turn = self.query_one("#handover-turn", Plain)
        cells = turn.content_size.width or self.app.size.width - 2
        turn.put("\n".join(folded(words.text(self._turn(picture)), cells)))
        self.query_one("#handover-left", Plain).put(self._left(picture))
        for panel in self.query(StepPanel):
            panel.show(picture)

    def _turn(self, picture: Picture) -> Message:
        standing = picture.standing
        if standing.stage in (HandoverStage.SEALED, HandoverStage.DROPPED):
            return message(f"{T}.over")
        if standing.is_left and not standing.is_closed:
            # They have signed and sit there still: what is next is for tomorrow.
            signed = message(f"{T}.signed_closing", name=picture.sheet.giver.name)
            return cited(signed, self.desk.duty, Topic.SIGN_OFF)
        if standing.void:
            void = message(f"{T}.void", what=list(standing.void))
            return cited(void, self.desk.duty, Topic.SIGN_BOTH)
        who = _who(picture)
        if not standing.lacks:
            side = message(f"handover.side_{standing.turn}")
            signs = (
                message(f"{T}.turn_sign", **who)
                if standing.who
                else message(f"{T}.turn_sign_nobody", side=side)
            )
            return cited(signs, self.desk.duty, Topic.SIGN_BOTH)
        lack = standing.lacks[0]
        what = _told(lack, picture)
        if lack.clause:
            what = message(f"{T}.with_clause", what=what, clause=lack.clause)
        return message(f"{T}.turn" if standing.who else f"{T}.turn_nobody", what=what, **who)

    def _left(self, picture: Picture) -> Text:
        """What is missing, step by step: whose turn, and what."""
        cells = max(20, self.query_one("#handover-left").content_size.width)
        left = Text(self.tr(f"{T}.left"), "bold", end="")
        for step in picture.standing.steps:
            for number, lack in enumerate(step.lacks):
                if not number:
                    left.append(f"\n\n{self.tr(f'{T}.step_{step.step}')}", "bold")
                said = f"{self.tr(side_words(lack.side))}  {self.tr(_told(lack, picture))}"
                for line in folded(said, cells - 2):
                    left.append(f"\n  {line}", "not bold")
        if not picture.standing.lacks:
            left.append(f"\n\n{self.tr(f'{T}.left_none')}", "not bold")
        return left

    # Steps

    def _shown_step(self) -> Step | None:
        current = self.query_one("#handover-step", ContentSwitcher).current
        return Step(current.removeprefix("step-")) if current else None

    def _go_to(self, step: Step) -> None:
        switcher = self.query_one("#handover-step", ContentSwitcher)
        if switcher.current == f"step-{step}":
            return
        steps = self.query_one("#handover-steps", Choice)
        has_focus = steps.has_focus
        if not has_focus:
            # A field that is hidden lets go of the focus, only later: when the new one has it.
            self.set_focus(None)
        switcher.current = f"step-{step}"
        if steps.value != step:
            steps.value = step
        if not has_focus:
            panel = self.query_one(f"#step-{step}", StepPanel)
            # What is not displayed yet cannot have the focus; what is typed meanwhile waits.
            self.call_after_refresh(self._begin, panel, hold_keys(self))

    @work
    async def _begin(self, panel: StepPanel, held: Hold) -> None:
        with held:
            # The screen stands before all that is in it does; mounting takes turns of the loop,
            # which asking again after each refresh would not leave it.
            while self.is_attached and not panel.has_come:
                await asyncio.sleep(_A_LITTLE)
            if self.is_attached:
                panel.begin()

    @on(Choice.Chosen, "#handover-steps")
    def _step_chosen(self, event: Choice.Chosen) -> None:
        event.stop()
        if event.code is not None and event.code != self._shown_step():
            self._came_by_itself = False
            self._go_to(Step(event.code))

    def action_step(self, by: int) -> None:
        """The step before, or the next one. Who presses it for the step that has just come by
        itself stays there: nothing is left out unseen.
        """
        steps = self.query_one("#handover-steps", Choice).codes
        shown = self._shown_step()
        if shown is None:
            return
        came, self._came_by_itself = self._came_by_itself, False
        if came and by > 0 and shown is self._first_open():
            self.say(f"{T}.came_here", step=message(f"{T}.step_{shown}"))
            return
        at = steps.index(shown) + by
        if 0 <= at < len(steps):
            self._go_to(Step(steps[at]))

    def _first_open(self) -> Step | None:
        return self.picture.standing.step if self.picture is not None else None

    async def step_on(self) -> None:
        """Nothing is left here: to the first step where something is."""
        if self.picture is not None:
            self._go_to(self.picture.standing.step)

    @work
    async def action_main(self) -> None:
        """The one thing to do next in the step that is shown; once, however often it is pressed."""
        self._came_by_itself = False
        if self._is_busy:
            self._comes_again = self.is_asking
            return
        self._is_busy = True
        try:
            await self._do_main()
            while self._comes_again and self.is_current:
                self._comes_again = False
                await self._do_main()
        finally:
            self._is_busy = False

    async def _do_main(self) -> None:
        shown = self._shown_step()
        if self.picture is None or shown is None:
            return
        # What was said before is done with: it would lie over the fields that come now.
        self.app.clear_notifications()
        try:
            await self.query_one(f"#step-{shown}", StepPanel).main()
        except Refusal as refusal:
            self.refused(refusal)

    @work
    async def action_other(self) -> None:
        """Refuse to take over, take the signature back, call the handover off; or the book."""
        from desk_console.tui.dialogs.handover.other import BOOK, Other

        if self.picture is None:
            return
        done = await self.host.ask(Other(self.picture))
        if done == BOOK:
            self.host.action_open("handovers")
        elif done:
            self.host.spread()
            await self.look()
            if self.picture.standing.stage is HandoverStage.DROPPED:
                self.app.pop_screen()


def _told(lack: Lack, picture: Picture) -> Message:
    """What is missing; of who is there and has not taken over yet, that it is they."""
    names = [one.person.name for one in picture.takers if one.refusal is None]
    if lack.message.key == "handover.lack_incoming" and names:
        return message(f"{T}.taker_has_not_come", names=names)
    return lack.message


def _who(picture: Picture) -> dict[str, object]:
    """Whose turn it is; who acts for somebody stands there in their own name (9.13)."""
    side, who, sheet = picture.standing.turn, picture.standing.who, picture.sheet
    if side is Side.OUTGOING and sheet.acting is not None:
        name = message(f"{T}.acting_for", name=sheet.acting.name, absent=sheet.outgoing.name)
        return {"side": side_words(Side.SUPERVISOR), "name": name}
    return {"side": side_words(side), "name": who.name if who else ""}
