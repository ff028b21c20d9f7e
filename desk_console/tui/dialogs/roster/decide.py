"""One request: its history, and the next step of whoever gives their PIN.

Who asked and whom they would swap with act by their PIN alone: to agree is no coming to duty (9.8).

A leave is approved with somebody for each of its duties; the best candidate stands there already.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll

from desk_console.foundation.catalogue import Message, message
from desk_console.people.rules import Right, may
from desk_console.roster.findings import shift_name
from desk_console.roster.records import WAITING, RequestKind, RequestState
from desk_console.roster.request_rules import TOPICS, leave_days_verdict, step_verdict
from desk_console.rulebook.topics import Topic
from desk_console.tui.dialogs.act import ActDialog, Label, row
from desk_console.tui.screens.roster.requests import what_is_asked
from desk_console.tui.screens.roster.words import cited
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import Line, PinField
from desk_console.tui.widgets.plain import Plain

if TYPE_CHECKING:
    from desk_console.people.records import PersonView
    from desk_console.roster.covering import Uncovered
    from desk_console.roster.request_views import RequestLine
    from desk_console.rulebook.desk import Desk

T = "tui.roster"
APPROVE, REFUSE, AGREE, DECLINE, WITHDRAW = "approve", "refuse", "agree", "decline", "withdraw"
_ENDS = {APPROVE: RequestState.APPLIED, REFUSE: RequestState.REFUSED}
_PARTNERS = {AGREE: RequestState.AGREED, DECLINE: RequestState.DECLINED}
_MOST_COVERS = 6
"""Duties of one leave that are covered by choice; further ones take their best candidate."""
_OFFERED = 4
_MOST_AGAINST = 3
"""Reasons against somebody that are written out."""


class DecideDialog(ActDialog[bool]):
    """Shows a request and takes it a step on; gives True when it was taken."""

    title_key: ClassVar[str] = f"{T}.decide_title"
    is_wide: ClassVar[bool] = True
    blames: ClassVar[Mapping[str, str]] = {
        "roster.reason_wanted": "decide-words",
        "roster.breach_reason_wanted": "decide-words",
    }

    def __init__(self, line: RequestLine) -> None:
        """That request, as it was seen."""
        super().__init__()
        self._line = line
        self._uncovered: tuple[Uncovered, ...] = ()

    def heading(self) -> Message | str:
        """What it goes by."""
        duty = self.desk.duty
        clause = duty.cite(TOPICS[self._line.kind]) or duty.cite(Topic.LEAVE)
        return cited(f"{T}.decide_title", clause)

    def fields(self) -> ComposeResult:
        """The story; the step; for a leave, who covers; a remark; the PIN."""
        yield Plain(id="decide-story", classes="said")
        steps = self._steps()
        if self._line.state in WAITING and APPROVE not in steps:
            yield Label(f"{T}.decide_waits_{self._waits_for}", classes="hint")
        if not steps:
            return
        yield row(
            f"{T}.decide_step",
            Choice(
                steps,
                lambda code: self.tr(f"{T}.decide_{code}", name=self._signer(code).name),
                value=steps[0],
                id="decide-step",
            ),
        )
        yield VerticalScroll(id="decide-covers", can_focus=False)
        yield row(f"{T}.decide_words", Line(id="decide-words"))
        yield row(self._whose_pin(steps[0]), PinField(id="decide-pin"), id="row-pin")

    def on_mount(self) -> None:
        """The story; then who can cover."""
        self.refresh_texts()
        if self._steps():
            self.query_one("#decide-step").focus()
            if self._line.kind is RequestKind.LEAVE and APPROVE in self._steps():
                self._look_for_covers()

    @property
    def _waits_for(self) -> str:
        if self._is_over:
            return "over"
        is_partner_s = self._line.partner is not None and self._line.state is RequestState.ASKED
        return "partner" if is_partner_s else "approval"

    @property
    def _is_over(self) -> bool:
        """Is it a leave whose days are over?"""
        desk, line = self.desk, self._line
        if line.kind is not RequestKind.LEAVE:
            return False
        today = desk.now().astimezone(desk.zone).date()
        return not leave_days_verdict(line.last_day, today, desk.duty).is_allowed

    def _steps(self) -> tuple[str, ...]:
        """What whoever sits here may do with it."""
        writer, line = self.seat.writer, self._line
        if line.state not in WAITING:
            return ()
        parties = {one.id for one in (line.person, line.partner) if one is not None}
        found = [step for step, state in _PARTNERS.items() if self._may_be(state)]
        if (
            writer is not None
            and writer.id not in parties
            and may(writer, Right.APPROVE, self.desk.duty).is_allowed
        ):
            found += [step for step, state in _ENDS.items() if self._may_be(state)]
        return (*found, WITHDRAW)

    def _signer(self, step: str) -> PersonView:
        """Whose PIN a step is taken with."""
        if step in _PARTNERS and self._line.partner is not None:
            return self._line.partner
        writer = self.seat.writer
        return writer if step in _ENDS and writer is not None else self._line.person

    def _whose_pin(self, step: str) -> Message:
        return message(f"{T}.decide_pin", name=self._signer(step).name)

    def on_choice_chosen(self, event: Choice.Chosen) -> None:
        """Another step may be another's to take."""
        event.stop()
        if event.choice.id == "decide-step" and event.code:
            self.query_one("#row-pin").query_one(Label).word(self._whose_pin(event.code))

    def _may_be(self, state: RequestState) -> bool:
        """May it come to that as it stands? A swap is not approved before the partner agrees, a
        leave not after its days.
        """
        line = self._line
        if state is RequestState.APPLIED and self._is_over:
            return False
        return step_verdict(line.kind, line.state, state, self.desk.duty).is_allowed

    def refresh_texts(self) -> None:
        """The story in the language that is on."""
        super().refresh_texts()
        if not self.query("#decide-story"):
            return
        line, words = self._line, self.catalogue
        what = what_is_asked(self.desk, line)
        head = [words.text(f"roster.kind_{line.kind}"), line.person.name]
        days = (
            f"{line.first_day}"
            if line.first_day == line.last_day
            else (f"{line.first_day} / {line.last_day}")
        )
        lines = ["  ".join([*head, days, words.text(what) if what else ""]).rstrip()]
        lines.append(words.text(f"{T}.decide_reason", reason=line.reason))
        for one in line.steps:
            state = words.text(f"{T}.step_{one.state}")
            said = [words.moment(one.at), one.person.name, state, one.words]
            lines.append("  ".join(filter(None, said)))
        self.query_one("#decide-story", Plain).put("\n".join(lines))

    @work
    async def _look_for_covers(self) -> None:
        request_id = self._line.id

        def look(desk: Desk) -> tuple[Uncovered, ...]:
            from desk_console.roster.covering import uncovered
            from desk_console.roster.request_views import duties_to_cover

            with desk.reading() as session:
                return uncovered(session, desk, duties_to_cover(session, desk, request_id))

        self._uncovered = await self.off_loop(look)
        if not self.is_mounted:
            return
        room = self.query_one("#decide-covers")
        for one in self._uncovered[:_MOST_COVERS]:
            await room.mount(self._cover_row(one))
        against = [
            message(f"{T}.decide_against_one", name=each.person.name, what=each.against[0].what)
            for one in self._uncovered[:_MOST_COVERS]
            for each in one.candidates[:_OFFERED]
            if each.against
        ]
        if against:
            said = message(f"{T}.decide_against", reasons=against[:_MOST_AGAINST])
            await room.mount(Label(said, classes="hint"))

    def _cover_row(self, one: Uncovered) -> Container:
        names = {
            str(each.person.id): each.person.name + ("" if not each.against else "!")
            for each in one.candidates[:_OFFERED]
        }
        shift = shift_name(self.desk.duty, one.cell.plan, one.cell.post)
        label = message(f"{T}.decide_cover", day=f"{one.cell.day:%m-%d}", shift=shift)
        return row(
            label,
            Choice(
                tuple(names),
                lambda code: names[code],
                value=next(iter(names), None),
                id=f"cover-{one.duty_id}",
            ),
        )

    async def act(self) -> None:
        """Take the step, with one's own PIN."""
        line, steps = self._line, self._steps()
        if not steps:
            self.dismiss(False)
            return
        chosen = self.query_one("#decide-step", Choice).value or steps[0]
        signer = self._signer(chosen)
        pin, said = self.text_of("decide-pin"), self.text_of("decide-words")
        covers = self._covers()

        def take(desk: Desk) -> None:
            from desk_console.people.pins import prove
            from desk_console.roster import asking, deciding

            proof = prove(desk, signer.id, pin)
            at = line.id, line.revision
            match chosen:
                case "approve":
                    deciding.approve(desk, proof, *at, covers=covers, words=said)
                case "refuse":
                    deciding.refuse_request(desk, proof, *at, reason=said)
                case "withdraw":
                    asking.withdraw(desk, proof, *at, words=said)
                case _:
                    asking.answer(desk, proof, *at, agrees=chosen == AGREE, words=said)

        await self.off_loop(take)
        self.host.spread()
        self.dismiss(True)
        self.say(f"{T}.decide_done")

    def _covers(self) -> dict[int, int]:
        chosen: dict[int, int] = {}
        for one in self._uncovered:
            found = self.query(f"#cover-{one.duty_id}")
            if found and (value := found.first(Choice).value) is not None:
                chosen[one.duty_id] = int(value)
            elif one.candidates:
                chosen[one.duty_id] = one.candidates[0].person.id
        return chosen
