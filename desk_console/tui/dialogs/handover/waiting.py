"""What waits for those in charge: a call for relief to answer (9.6, 9.9), a report to take note of
(3.10, 9.16).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType

from desk_console.foundation.refusal import Refusal
from desk_console.people.records import PersonView
from desk_console.rulebook.topics import Topic
from desk_console.tui.dialogs.act import ActDialog, Label, row
from desk_console.tui.dialogs.kept import KeptDialog
from desk_console.tui.keys import binding
from desk_console.tui.widgets.fields import Words
from desk_console.tui.widgets.plain import Paper, Plain

if TYPE_CHECKING:
    from desk_console.handover.glance import Awaited
    from desk_console.handover.sheet import Sheet
    from desk_console.rulebook.desk import Desk

T = "tui.handover"


class OfAwaited(ActDialog[None]):
    """A dialog about one thing that waits; whoever writes here acts."""

    is_wide: ClassVar[bool] = True

    def __init__(self, waits: Awaited) -> None:
        """That call, or that report."""
        super().__init__()
        self._waits = waits

    def fields(self) -> ComposeResult:
        """What it is."""
        yield Label(self._waits.what, classes="said")

    def number(self) -> int:
        """The id of the call or the report."""
        if self._waits.id is None:
            raise LookupError(self._waits.kind)
        return self._waits.id

    def writer(self) -> PersonView:
        """Whoever writes here. Refuses where nobody is signed on."""
        if self.seat.writer is None:
            raise Refusal("tui.call_form.sign_on_first")
        return self.seat.writer


class AnswerCall(OfAwaited, KeptDialog[None]):
    """Somebody who was called says what happens now; no further rung is called."""

    title_key: ClassVar[str] = f"{T}.call_title"
    topics: ClassVar[tuple[Topic, ...]] = (Topic.ESCALATION,)

    def draft(self) -> str:
        """The answer to that call."""
        return f"call:{self.number()}"

    def fields(self) -> ComposeResult:
        """The call, who may answer it, the answer."""
        yield from super().fields()
        if self._waits.words:
            yield Plain(self.tr(f"{T}.sheet_reason", reason=self._waits.words), classes="said")
        yield Label(f"{T}.call_how", classes="said muted")
        yield row(f"{T}.call_answer", Words(id="call-answer", limit=1000))

    def on_mount(self) -> None:
        """Type at once."""
        self.query_one("#call-answer").focus()

    async def act(self) -> None:
        """Keep the answer."""
        from desk_console.handover.relief import answer_call

        writer, number, words = self.writer(), self.number(), self.text_of("call-answer")
        await self.use(lambda desk: answer_call(desk, writer, number, words))
        self.host.spread()
        self.dismiss(None)
        self.say(f"{T}.call_answered")


class Report(OfAwaited):
    """Those in charge take note of a shift that was handed over, or of a post deserted."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding("save", "act", words=f"{T}.key_note"),
        binding("kind", "look", words=f"{T}.key_signed"),
    ]
    title_key: ClassVar[str] = f"{T}.report_title"
    topics: ClassVar[tuple[Topic, ...]] = (Topic.SHIFT_REPORT,)

    def __init__(self, waits: Awaited) -> None:
        """That report."""
        super().__init__(waits)
        self._handover_id: int | None = None
        self._sheet: Sheet | None = None

    def fields(self) -> ComposeResult:
        """What is reported; what was handed on in figures."""
        yield from super().fields()
        yield Paper(id="report-lines", classes="said")
        yield Label(f"{T}.report_how", classes="said muted")

    def on_mount(self) -> None:
        """Read the record that it is about."""
        self._read()

    @work
    async def _read(self) -> None:
        from desk_console.handover.records import ShiftReport
        from desk_console.handover.views import reported

        number = self.number()

        def look(desk: Desk) -> Sheet | None:
            with desk.reading() as session:
                report = session.get(ShiftReport, number)
                found = report.handover_id if report else None
                return reported(session, found) if found else None

        try:
            sheet = self._sheet = await self.off_loop(look)
        except Refusal as refusal:
            self.show_refusal(refusal)
            return
        if sheet is None:
            return
        # Closed for the night: it is signed by both, and in the book, once the post is open again.
        self._handover_id = sheet.handover_id if sheet.incoming is not None else None
        self._show_lines(sheet)
        self.refresh_bindings()

    def _show_lines(self, sheet: Sheet) -> None:
        from desk_console.tui.screens.handover.sheet_lines import brief_lines

        self.query_one("#report-lines", Paper).put("\n".join(brief_lines(sheet, self.catalogue)))

    def refresh_texts(self) -> None:
        """The figures in the language that is on."""
        super().refresh_texts()
        if self._sheet is not None and self.is_mounted:
            self._show_lines(self._sheet)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is a record to look at where a shift is reported."""
        return action != "look" or self._handover_id is not None

    def action_look(self) -> None:
        """The record as both signed it."""
        from desk_console.tui.screens.handovers.signed import SignedScreen

        if self._handover_id is not None:
            self.app.push_screen(SignedScreen(self._handover_id))

    async def act(self) -> None:
        """Take note."""
        from desk_console.handover.reporting import acknowledge_report

        writer, number = self.writer(), self.number()
        await self.off_loop(lambda desk: acknowledge_report(desk, writer, number))
        self.host.spread()
        self.dismiss(None)
        self.say(f"{T}.report_noted")
