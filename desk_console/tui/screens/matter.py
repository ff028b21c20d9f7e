"""One matter, whole: where it comes from, its form, its clocks, who was told, every step of it.

Above it stands what can be done now: a digit and Enter open the step.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll

from desk_console.foundation.refusal import Refusal
from desk_console.handover.of_matter import PassedOn, handovers_of
from desk_console.matters.stepping import topics_of
from desk_console.matters.story import MatterStory, matter_story
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.topics import Topic
from desk_console.tui.citing import cited
from desk_console.tui.dialogs.matter_acts import T
from desk_console.tui.dialogs.matter_further import FURTHER, further
from desk_console.tui.dialogs.step import StepDialog
from desk_console.tui.host import Changed, OnDesk
from desk_console.tui.keys import binding
from desk_console.tui.language import tr
from desk_console.tui.matter_words import (
    about_lines,
    clock_lines,
    form_lines,
    head_line,
    history_lines,
    notice_lines,
)
from desk_console.tui.printing import Prints
from desk_console.tui.screen import DeskDialog, DeskScreen
from desk_console.tui.widgets.caption import Caption
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.footer import KeyLine
from desk_console.tui.widgets.plain import Plain
from desk_console.tui.widgets.table import Column, Listing, Row

if TYPE_CHECKING:
    from desk_console.outputs.sheets.making import Wanted


class MatterScreen(Prints, OnDesk, DeskScreen[None]):
    """The whole story of a matter, and the next step of it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding("cancel", "leave"),
        # Before the choice sees it, which would only go on to the next field.
        Binding("enter", "take", f"{T}.key_do", priority=True),
        Binding("pageup", "turn(-1)", show=False),
        Binding("pagedown", "turn(1)", show=False),
        binding("drafts", "entry", words=f"{T}.key_entry"),
        binding("print", priority=True),
    ]
    CSS_PATH = "matter.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-one"), (120, "-two")]  # noqa: RUF012 # as Textual declares it

    def __init__(self, matter_id: int) -> None:
        """That matter, read when the screen opens and whenever anybody wrote."""
        super().__init__()
        self.matter_id = matter_id
        self._story: MatterStory | None = None
        self._passed: tuple[PassedOn, ...] = ()

    def compose(self) -> ComposeResult:
        """The head, what can be done, the story."""
        yield Plain(id="matter-head", classes="heading")
        with Horizontal(classes="row", id="matter-do"):
            yield Caption(f"{T}.step", classes="label")
            yield Choice((), self._code_words, id="matter-steps", classes="field")
        with VerticalScroll(id="matter-story"):
            with VerticalScroll(id="matter-form", can_focus=False):
                yield Plain(id="matter-about")
                yield Caption(id="matter-form-heading", classes="live-heading")
                yield Plain(id="matter-fields")
                yield Caption(id="matter-clock-heading", classes="live-heading")
                yield Plain(id="matter-clocks")
                yield Caption(id="matter-notice-heading", classes="live-heading")
                yield Plain(id="matter-notices")
            with VerticalScroll(id="matter-past", can_focus=False):
                yield Caption(id="matter-passed-heading", classes="live-heading")
                yield Listing(
                    Column("at", f"{T}.col_passed_at", 11),
                    Column("who", f"{T}.col_passed_who", 18),
                    Column("severity", f"{T}.col_passed_severity", 10),
                    Column("words", f"{T}.col_passed_words"),
                    id="matter-passed",
                )
                yield Caption(id="matter-history-heading", classes="live-heading")
                yield Plain(id="matter-history")
        yield KeyLine()

    def sheets(self, desk: Desk) -> tuple[Wanted, ...]:
        """Its order or record, and its next-day follow-up."""
        from desk_console.outputs.sheets.offered import of_matter

        with desk.reading() as session:
            return of_matter(session, self.matter_id)

    def _code_words(self, code: str) -> str:
        return tr(self, f"{T}.do_{code}")

    def on_mount(self) -> None:
        """Read it; the cursor on what can be done."""
        self._read()
        self.query_one("#matter-steps").focus()

    def on_changed(self, event: Changed) -> None:
        """Somebody wrote, here or at another console."""
        self._read()

    @work(exclusive=True)
    async def _read(self) -> None:
        def read(desk: Desk) -> tuple[MatterStory, tuple[PassedOn, ...]]:
            with desk.reading() as session:
                story = matter_story(session, desk, self.matter_id, desk.now())
                return story, handovers_of(session, self.matter_id)

        try:
            story, self._passed = await self.off_loop(read)
        except Refusal as refusal:
            self.refused(refusal)
            self.dismiss(None)
            return
        self._story = story
        steps = self.query_one("#matter-steps", Choice)
        codes = self._codes(story)
        if steps.codes != codes:
            steps.offer(codes)
            steps.value = codes[0] if codes else None
        self.query_one("#matter-do").display = bool(codes)
        self.refresh_texts()

    def _codes(self, story: MatterStory) -> tuple[str, ...]:
        return (*(step.code for step in story.steps), *further(story))

    def refresh_texts(self) -> None:
        """The story in the language that is on."""
        story = self._story
        if story is None or not self.is_mounted:
            return
        words, at = self.catalogue, self.desk.now()
        self.query_one("#matter-head", Plain).put(head_line(story.line, words))
        self._put("about", about_lines(story, words))
        has_form = self._put("fields", form_lines(story, words))
        self.query_one("#matter-form-heading").display = has_form
        self._put("clocks", clock_lines(story, at, words))
        has_notices = self._put("notices", notice_lines(story, words))
        self.query_one("#matter-notice-heading").display = has_notices
        self._put("history", history_lines(story, words))
        self._show_passed()
        for name, topics in _headings(story, has_form=has_form).items():
            words_of = cited(f"{T}.{name}_heading", self.desk.duty, *topics)
            self.query_one(f"#matter-{name}-heading", Caption).say(words_of)

    def _show_passed(self) -> None:
        """The handovers that it went through; Enter opens one."""
        words, listing = self.catalogue, self.query_one("#matter-passed", Listing)
        listing.display = self.query_one("#matter-passed-heading").display = bool(self._passed)
        listing.styles.height = len(self._passed) + 1
        listing.set_rows(
            [
                Row(
                    str(one.handover_id),
                    (
                        words.moment(one.at),
                        f"{one.outgoing} → {one.incoming}",
                        words.text(f"handover.severity_{one.severity}"),
                        one.read_back,
                    ),
                )
                for one in self._passed
            ]
        )

    def _put(self, name: str, lines: Iterable[str]) -> bool:
        """Shows lines; nothing where there are none. Whether there were any."""
        said = "\n".join(lines)
        below = self.query_one(f"#matter-{name}", Plain)
        below.display = bool(said)
        below.put(said)
        return bool(said)

    @on(Choice.Chosen)
    def _chosen(self, event: Choice.Chosen) -> None:
        event.stop()

    @work
    async def action_take(self) -> None:
        """Open the step that is chosen; in the list of handovers, that one."""
        passed = self.query_one("#matter-passed", Listing)
        if passed.has_focus_within and passed.key is not None:
            self._open_handover(int(passed.key))
            return
        story, code = self._story, self.query_one("#matter-steps", Choice).value
        if story is None or code is None or not await self.host.somebody():
            return
        if await self.host.ask(self._dialog(story, code)):
            self._read()

    def _dialog(self, story: MatterStory, code: str) -> DeskDialog[bool]:
        if code in FURTHER:
            return FURTHER[code](story)
        return StepDialog(story, next(step for step in story.steps if step.code == code))

    @on(Listing.RowChosen, "#matter-passed")
    def _passed_chosen(self, event: Listing.RowChosen) -> None:
        event.stop()
        self._open_handover(int(event.key))

    def _open_handover(self, handover_id: int) -> None:
        from desk_console.tui.screens.handovers.signed import SignedScreen

        self.app.push_screen(SignedScreen(handover_id))

    def action_turn(self, by: int) -> None:
        """A page of the story on or back."""
        story = self.query_one("#matter-story", VerticalScroll)
        story.scroll_relative(y=by * max(1, story.size.height - 2), animate=False)

    def action_leave(self) -> None:
        """Back to where it was opened."""
        self.dismiss(None)

    def action_entry(self) -> None:
        """The entry behind it; the same key there leads back here."""
        from desk_console.tui.dialogs.entry_book import EntryBook

        entry_id = self._story.line.entry_id if self._story else None
        if entry_id is None:
            return
        below = self.app.screen_stack[-2] if len(self.app.screen_stack) > 1 else None
        if isinstance(below, EntryBook) and below.entry_id == entry_id:
            self.dismiss(None)
        else:
            self.app.push_screen(EntryBook(entry_id))


def _headings(story: MatterStory, *, has_form: bool) -> dict[str, tuple[Topic, ...]]:
    """The parts of the story, and what rules on each; of a form without fields on its history."""
    line = story.line
    of_form = topics_of(line.form, line.kind, story.facts.get("type"))
    went_up = any(event.what in ("ask", "ask_next") for event in story.events)
    return {
        "form": of_form,
        "clock": (Topic.ANSWER_IN_TIME, Topic.HANDLING_TIME),
        "notice": (Topic.NOTIFY_DEPARTMENT,),
        "passed": (Topic.NEXT_STEP,),
        "history": (
            *(of_form if line.form and not has_form else ()),
            *((Topic.ESCALATION,) if went_up else ()),
        ),
    }
