"""Answering a checklist: opening checks (7.9), start-of-shift prompts (1.9), tidying (9.14)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll

from desk_console.foundation.refusal import Refusal
from desk_console.tui.dialogs.act import ActDialog, Label, row
from desk_console.tui.turn import Hold, hold_keys
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import Line
from desk_console.tui.widgets.plain import Prose

if TYPE_CHECKING:
    from datetime import datetime

    from desk_console.rulebook.desk import Desk
    from desk_console.shift.checks import CheckLine

YES, NO = "yes", "no"


class CheckDialog(ActDialog[None]):
    """Shows the lines of one list that are unanswered; each gets a yes or a no."""

    title_key: ClassVar[str] = "tui.act.checks"
    is_wide: ClassVar[bool] = True

    def __init__(
        self,
        kind: str,
        *,
        shift_id: int | None = None,
        attendance_id: int | None = None,
        since: datetime | None = None,
    ) -> None:
        """`kind` is a code of `CheckKind`; the list belongs to a shift or to an attendance. What
        was answered before `since` is asked again.
        """
        super().__init__()
        self._kind = kind
        self._shift_id = shift_id
        self._attendance_id = attendance_id
        self._since = since
        self._lines: tuple[CheckLine, ...] = ()

    def fields(self) -> ComposeResult:
        """The lines come when they were read; then a note."""
        yield Label("tui.act.checks_how", classes="said")
        yield VerticalScroll(id="check-lines", can_focus=False)
        yield row("tui.act.note", Line(id="check-note", hint="tui.act.note_hint"))

    def on_mount(self) -> None:
        """Read the list; keys wait for its first line."""
        self._read(hold_keys(self))

    @work
    async def _read(self, held: Hold) -> None:
        with held:
            await self._show_lines()

    async def _show_lines(self) -> None:
        def waiting(desk: Desk) -> tuple[CheckLine, ...]:
            from desk_console.shift.checks import lines
            from desk_console.shift.records import CheckKind

            with desk.reading() as session:
                found = lines(
                    session,
                    CheckKind(self._kind),
                    shift_id=self._shift_id,
                    attendance_id=self._attendance_id,
                    since=self._since,
                )
            return tuple(line for line in found if line.is_ok is None)

        self._lines = await self.off_loop(waiting)
        if not self._lines:
            self.dismiss(None)
            return
        self.query_one(".title", Label).word(f"tui.act.checks_{self._kind}")
        place = self.query_one("#check-lines")
        for line in self._lines:
            choice = Choice(
                (YES, NO), lambda code: self.tr(f"tui.act.check_{code}"),
                id=f"check-{line.item_id}", hotkeys="yn", is_point=True,
            )  # fmt: skip
            await place.mount(Container(Prose(classes="check-words"), choice, classes="check"))
        self.refresh_texts()
        self.query(Choice).first().focus()

    def refresh_texts(self) -> None:
        """The lines in the language that is on."""
        super().refresh_texts()
        for line, shown in zip(
            self._lines, self.query(".check-words").results(Prose), strict=False
        ):
            words = self.catalogue.either(line.zh, line.en)
            clause = self.tr("tui.app.clause", clause=line.clause) if line.clause else ""
            shown.put(words + clause)

    async def act(self) -> None:
        """Keep every answer given; a no needs a note."""
        writer = self.seat.writer
        if writer is None:
            self.dismiss(None)
            return
        given = {
            line.item_id: self.query_one(f"#check-{line.item_id}", Choice).value
            for line in self._lines
        }
        note = self.text_of("check-note")
        if not any(given.values()):
            raise Refusal("tui.act.nothing_answered")
        if NO in given.values() and not note.strip():
            raise Refusal("tui.act.note_wanted", field="check-note")

        def keep(desk: Desk) -> None:
            from desk_console.shift.checks import answer

            for item_id, said in given.items():
                if said is not None:
                    answer(
                        desk,
                        writer.id,
                        item_id,
                        is_ok=said == YES,
                        note=note if said == NO else "",
                        shift_id=self._shift_id,
                        attendance_id=self._attendance_id,
                    )

        await self.off_loop(keep)
        self.host.spread()
        self.dismiss(None)
        self.say("tui.act.kept")
