"""An entry opened from the logbook or the search: its story, and what may be put beside it.

The original never changes: corrections (5.1) and later facts stand beside it, each with who and
when.
"""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType

from desk_console.foundation.refusal import Refusal
from desk_console.log import additions
from desk_console.log.records import AdditionKind, Category
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.topics import Topic
from desk_console.tui.citing import cited
from desk_console.tui.dialogs.act import ActDialog, Label, row
from desk_console.tui.dialogs.entry import EntryDialog
from desk_console.tui.keys import binding
from desk_console.tui.language import tr
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import Line, Words

T = "tui.find"

ADDABLE = (
    AdditionKind.ACTION,
    AdditionKind.RESULT,
    AdditionKind.RECHECK,
    AdditionKind.VISITOR_OUT,
    AdditionKind.COLLECTED,
)


class Correction(ActDialog[bool]):
    """What should stand there, and why (5.1)."""

    title_key: ClassVar[str] = f"{T}.correct_title"
    is_wide: ClassVar[bool] = True

    def __init__(self, entry_id: int) -> None:
        """Beside that entry."""
        super().__init__()
        self._entry_id = entry_id
        self._form_id = ""

    def fields(self) -> ComposeResult:
        """What the original is to them; which field, the words, the reason."""
        how = cited(f"{T}.correct_how", self.desk.duty, Topic.ORIGINAL_RECORD)
        yield Label(how, classes="said muted")
        yield row(
            f"{T}.correct_field",
            Choice(
                additions.CORRECTABLE,
                lambda code: tr(self, f"{T}.field_{code}"),
                value="content",
                id="correct-field",
            ),
        )
        yield row(f"{T}.correct_words", Words(id="correct-words"), id="correct-words-row")
        yield row(
            f"{T}.correct_words",
            Choice(tuple(Category), lambda code: tr(self, f"log.category_{code}"), id="correct-to"),
            id="correct-to-row",
        )
        yield row(f"{T}.correct_reason", Line(id="correct-reason"))

    def on_mount(self) -> None:
        """Words first: they are corrected most."""
        self._ask_for("content")
        self.query_one("#correct-words").focus()

    def on_choice_chosen(self, event: Choice.Chosen) -> None:
        """A category is chosen, everything else is written."""
        if event.choice.id == "correct-field":
            self._ask_for(event.code)

    def _ask_for(self, field: str | None) -> None:
        self.query_one("#correct-words-row").display = field != "category"
        self.query_one("#correct-to-row").display = field == "category"

    async def act(self) -> None:
        """Put it beside the entry."""
        writer = self.seat.writer
        if writer is None:
            raise Refusal("tui.call_form.sign_on_first")
        self._form_id = self._form_id or self.desk.source.new_id()
        field = self.query_one("#correct-field", Choice).value or "content"
        reason = self.text_of("correct-reason")
        if field == "category":
            words = self.query_one("#correct-to", Choice).value or ""
        else:
            words = self.text_of("correct-words")
        form_id, entry_id = self._form_id, self._entry_id
        from desk_console.matters.recasting import correct

        done = await self.off_loop(
            lambda desk: correct(desk, writer, entry_id, field, words, reason, form_id=form_id)
        )
        self.dismiss(True)
        self.say(f"{T}.corrected_said")
        if done.follows is not None:
            self.say(done.follows)


class AddFact(ActDialog[bool]):
    """What came later: an action, a result, a re-check (9.3), a leaving, a collection (7.8)."""

    title_key: ClassVar[str] = f"{T}.add_title"
    is_wide: ClassVar[bool] = True

    def __init__(self, entry_id: int) -> None:
        """Beside that entry."""
        super().__init__()
        self._entry_id = entry_id
        self._form_id = ""

    def fields(self) -> ComposeResult:
        """What it is, and the words; what is left at the desk names who takes it."""
        if self.desk.duty.cite(Topic.CUSTODY):
            how = cited(f"{T}.add_how_custody", self.desk.duty, Topic.CUSTODY)
            yield Label(how, classes="said muted")
        yield row(
            f"{T}.add_kind",
            Choice(
                ADDABLE, lambda code: tr(self, f"{T}.add_{code}"), value="result", id="add-kind"
            ),
        )
        yield row(f"{T}.add_words_who", Words(id="add-words"))

    async def act(self) -> None:
        """Put it beside the entry."""
        writer = self.seat.writer
        if writer is None:
            raise Refusal("tui.call_form.sign_on_first")
        self._form_id = self._form_id or self.desk.source.new_id()
        kind = AdditionKind(self.query_one("#add-kind", Choice).value or AdditionKind.RESULT)
        words, form_id, entry_id = self.text_of("add-words"), self._form_id, self._entry_id

        def keep(desk: Desk) -> int:
            if kind is AdditionKind.VISITOR_OUT:
                return additions.visitor_left(desk, writer, entry_id, form_id=form_id)
            if kind is AdditionKind.COLLECTED:
                return additions.collect(desk, writer, entry_id, taken_by=words, form_id=form_id)
            return additions.add_fact(desk, writer, entry_id, kind, words, form_id=form_id)

        await self.off_loop(keep)
        self.dismiss(True)
        self.say(f"{T}.added_said")


class EntryBook(EntryDialog):
    """The story of an entry, with the keys to put something beside it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding("kind", "correct", words=f"{T}.key_correct"),
        binding("new", "add", words=f"{T}.key_add"),
        binding("drafts", "matter", words="tui.matters.key_matter"),
    ]

    @work
    async def action_correct(self) -> None:
        """Correct beside the original."""
        if await self.app.push_screen_wait(Correction(self.entry_id)):
            self._read()
            self.host.spread()

    @work
    async def action_add(self) -> None:
        """Add a later fact."""
        if await self.app.push_screen_wait(AddFact(self.entry_id)):
            self._read()
            self.host.spread()

    @work
    async def action_matter(self) -> None:
        """The matter that it left; the same key there leads back here."""
        from desk_console.matters.views import of_entries
        from desk_console.tui.screens.matter import MatterScreen

        entry_id = self.entry_id

        def find(desk: Desk) -> int | None:
            with desk.reading() as session:
                found = of_entries(session, [entry_id], desk.now())
                return found[entry_id].id if entry_id in found else None

        matter_id = await self.off_loop(find)
        if matter_id is None:
            self.say("tui.matters.no_matter")
            return
        below = self.app.screen_stack[-2] if len(self.app.screen_stack) > 1 else None
        if isinstance(below, MatterScreen) and below.matter_id == matter_id:
            self.dismiss(None)
        else:
            self.app.push_screen(MatterScreen(matter_id))
