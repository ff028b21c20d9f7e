"""Tidying by the outgoing person (9.14, 2.10, 7.7), and the area by the incoming one (9.12)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll

from desk_console.foundation.catalogue import Literally, Named, message
from desk_console.foundation.refusal import Refusal
from desk_console.handover import looking
from desk_console.handover.records import Side, Step
from desk_console.handover.sheet import AreaLine, TidyLine
from desk_console.tui.screens.handover.panel import StepPanel, T
from desk_console.tui.screens.handover.picture import Picture
from desk_console.tui.widgets.caption import Caption
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.plain import Plain

if TYPE_CHECKING:
    from desk_console.people.records import PersonView
    from desk_console.rulebook.desk import Desk

OK, BAD = "ok", "bad"
CheckLine = TidyLine | AreaLine


class ChecksPanel(StepPanel):
    """A list of points, each in order or not; what is not wants a word."""

    how: ClassVar[str]
    by: ClassVar[Side]

    def compose(self) -> ComposeResult:
        """How it is done, and the points."""
        yield Caption(self.how, classes="hint")
        yield VerticalScroll(classes="points", can_focus=False)

    def lines(self, picture: Picture) -> Sequence[CheckLine]:
        """The points of the sheet."""
        return ()

    def answer(
        self, person: PersonView, line: CheckLine, *, is_ok: bool, note: str = ""
    ) -> Callable[[Desk], None]:
        """The act that keeps somebody's answer."""
        raise LookupError(self.step)

    def show(self, picture: Picture) -> None:
        """Each point with its answer; points that are new come at the end."""
        place = self.query_one(".points")
        lines = {line.item_id: line for line in self.lines(picture)}
        for gone in [one for one in place.query(Point) if one.item_id not in lines]:
            gone.remove()
        known = {one.item_id: one for one in place.query(Point)}
        for item_id, line in lines.items():
            if item_id not in known:
                place.mount(Point(line, self))
            else:
                known[item_id].put(line)

    def begin(self) -> None:
        """The first point without an answer."""
        open_ones = [one for one in self.query(Point) if one.line.is_ok is None]
        if open_ones:
            open_ones[0].choice.focus()
        else:
            self.focus()

    @on(Choice.Chosen)
    def _chosen(self, event: Choice.Chosen) -> None:
        event.stop()
        point = next((one for one in self.query(Point) if event.choice in one.children), None)
        if point is None or event.code is None or event.code == _code(point.line):
            return
        self._answer(point, is_ok=event.code == OK)

    @work
    async def _answer(self, point: Point, *, is_ok: bool) -> None:
        try:
            person = await self.side(self.by)
            if is_ok:
                await self._all_in_order(person, [point.line])
            else:
                await self._ask_what(person, point.line)
        except Refusal as refusal:
            self.refused(refusal)
        point.settle()

    async def _ask_what(self, person: PersonView, line: CheckLine) -> None:
        from desk_console.tui.dialogs.handover.note import Note

        def keep(desk: Desk, words: str) -> None:
            self.answer(person, line, is_ok=False, note=words)(desk)

        title = message(f"{T}.check_about", name=Named(line.zh, line.en), note="")
        draft = f"{self.handover_id}:{self.step}:{line.item_id}"
        await self.ask(Note(title, keep, draft=draft, clause=line.clause))

    async def _all_in_order(self, person: PersonView, lines: Sequence[CheckLine]) -> None:
        acts = [self.answer(person, line, is_ok=True) for line in lines]

        def keep(desk: Desk) -> None:
            for act in acts:
                act(desk)

        await self.keep(keep)

    async def main(self) -> None:
        """What has no answer yet is in order; then on."""
        left = [line for line in self.lines(self.picture) if line.is_ok is None]
        if not left:
            await self.wizard.step_on()
            return
        await self._all_in_order(await self.side(self.by), left)


class Point(Container):
    """One point: what it is, in order or not, and what was said of it."""

    def __init__(self, line: CheckLine, panel: ChecksPanel) -> None:
        """`panel` words it in the language that is on."""
        super().__init__(classes="point")
        self.item_id = line.item_id
        self.line = line
        self._panel = panel
        # Held, not looked for: a look at the handover may come when the screen is being left, and
        # what stands in a point goes before the point.
        self._words = Plain(classes="point-words")
        self.choice = Choice(
            (OK, BAD),
            lambda code: panel.tr(f"{T}.check_{code}"),
            value=_code(line),
            hotkeys="12",
            moves_on=True,
            is_point=True,
            classes="point-choice",
        )
        self._said = Plain(classes="point-note")

    def compose(self) -> ComposeResult:
        """The words, the choice, the note."""
        yield self._words
        yield self.choice
        yield self._said

    def on_mount(self) -> None:
        """Word it."""
        self._word()

    def put(self, line: CheckLine) -> None:
        """Show a point as it is now."""
        self.line = line
        if self.is_mounted:
            self._word()

    def _word(self) -> None:
        line = self.line
        words = self._panel.catalogue.either(line.zh, line.en)
        if line.clause:
            words = self._panel.tr(f"{T}.with_clause", what=Literally(words), clause=line.clause)
        self._words.put(words)
        self._said.put(self._note(line))
        self._said.display = line.is_ok is False
        self.settle()

    def settle(self) -> None:
        """The choice as it is on record."""
        self.choice.value = _code(self.line)

    def _note(self, line: CheckLine) -> str:
        if isinstance(line, AreaLine) and line.is_ok is False:
            if line.is_explained:
                return (
                    f"{line.note}  {self._panel.tr(f'{T}.check_explained', words=line.explanation)}"
                )
            return f"{line.note}  {self._panel.tr(f'{T}.check_unexplained')}"
        return line.note


class TidyPanel(ChecksPanel):
    """The outgoing person tidies."""

    step: ClassVar[Step] = Step.TIDY
    how: ClassVar[str] = f"{T}.tidy_how"
    by: ClassVar[Side] = Side.OUTGOING

    def lines(self, picture: Picture) -> Sequence[CheckLine]:
        """The lines of the tidying."""
        return picture.sheet.tidy

    def answer(
        self, person: PersonView, line: CheckLine, *, is_ok: bool, note: str = ""
    ) -> Callable[[Desk], None]:
        """The outgoing person's answer."""
        handover_id = self.handover_id
        return lambda desk: looking.tidy(
            desk, person, handover_id, line.item_id, is_ok=is_ok, note=note
        )


class AreaPanel(ChecksPanel):
    """The incoming person looks at the area; the outgoing one explains what is abnormal."""

    step: ClassVar[Step] = Step.AREA
    how: ClassVar[str] = f"{T}.area_how"
    by: ClassVar[Side] = Side.INCOMING

    def lines(self, picture: Picture) -> Sequence[CheckLine]:
        """The points of the area."""
        return picture.sheet.area

    def answer(
        self, person: PersonView, line: CheckLine, *, is_ok: bool, note: str = ""
    ) -> Callable[[Desk], None]:
        """The incoming person's answer."""
        handover_id = self.handover_id
        revision = line.revision if isinstance(line, AreaLine) else 0
        return lambda desk: looking.check_area(
            desk, person, handover_id, line.item_id, is_ok=is_ok, note=note, revision=revision
        )

    async def main(self) -> None:
        """First the points, then what is abnormal is explained."""
        abnormal = [
            line
            for line in self.picture.sheet.area
            if line.is_ok is False and not line.is_explained
        ]
        if any(line.is_ok is None for line in self.picture.sheet.area) or not abnormal:
            await super().main()
            return
        await self._explain(abnormal[0])

    async def _explain(self, line: AreaLine) -> None:
        from desk_console.tui.dialogs.handover.note import Note

        person, handover_id = await self.side(Side.OUTGOING), self.handover_id
        title = message(f"{T}.check_about", name=Named(line.zh, line.en), note=f"  {line.note}")
        item_id, revision = line.item_id, line.revision

        def keep(desk: Desk, words: str) -> None:
            looking.explain_area(desk, person, handover_id, item_id, words, revision=revision)

        await self.ask(
            Note(
                title,
                keep,
                draft=f"{handover_id}:explain_area:{item_id}:{revision}",
                heading=f"{T}.explain_area_title",
                label=f"{T}.explain_area",
                clause=line.clause,
            )
        )


def _code(line: CheckLine) -> str | None:
    return None if line.is_ok is None else (OK if line.is_ok else BAD)
