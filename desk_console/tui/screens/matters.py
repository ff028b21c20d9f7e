"""Matters (F6): everything that is open, as it presses; by owner, kind, department, overdue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from desk_console.foundation.catalogue import message
from desk_console.foundation.refusal import Refusal
from desk_console.log.departments import DepartmentView, departments
from desk_console.matters.codes import Form
from desk_console.matters.figures import HandlingTime, handling_times
from desk_console.matters.views import MatterFilter, MatterLine, OpenCount, open_count, open_matters
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.topics import Topic
from desk_console.tui.citing import cited
from desk_console.tui.dialogs.matter_new import MissedCalls, NewTask, SettleMissed, T
from desk_console.tui.host import Changed, OnDesk
from desk_console.tui.keys import binding
from desk_console.tui.language import tr
from desk_console.tui.matter_words import awaited_words, kind_words, left_cell, marks_of
from desk_console.tui.screen import DeskScreen
from desk_console.tui.screens.matter import MatterScreen
from desk_console.tui.turn import Hold, hold_keys
from desk_console.tui.widgets.caption import Caption
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.footer import KeyLine
from desk_console.tui.widgets.plain import width
from desk_console.tui.widgets.table import Column, Listing, Row, Toned

PAGE = 60
A_MOMENT = timedelta(seconds=1)
LATELY = timedelta(days=30)
"""Of what was closed within it the times are shown that it took."""
ALL = "all"
SHOWN = ("open", "mine", "overdue", "closed")
KINDS = (ALL, "repair", "complaint", "errand", "help", "enquiry", "task", "incident", "missed")
WIDE = 120
"""Cells from which on department and assignee have columns of their own."""

_MARK, _LEFT, _NUMBER, _STAGE = ("mark", 1), ("left", 16), ("number", 11), ("stage", 11)
_WHAT, _OWNER = ("what", None), ("owner", 6)
NARROW_COLUMNS = (_MARK, _LEFT, _NUMBER, _STAGE, _WHAT, _OWNER)
WIDE_COLUMNS = (
    *NARROW_COLUMNS[:-1],
    ("department", 12),
    ("assignee", 8),
    _OWNER,
)


class MattersScreen(OnDesk, DeskScreen[None]):
    """The list of matters. Enter opens one; Ins chooses missed calls, Ctrl+S settles them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding("cancel", "app.home"),
        binding("new", "mark", words=f"{T}.key_mark", tip=f"{T}.key_mark_tip"),
        binding("save", "settle", words=f"{T}.key_settle", tip=f"{T}.key_settle_tip"),
        binding("kind", "task", words=f"{T}.key_task", tip=f"{T}.key_task_tip"),
        binding("drafts", "missed", words=f"{T}.key_missed", tip=f"{T}.key_missed_tip"),
    ]
    CSS_PATH = "matters.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-one"), (WIDE, "-two")]  # noqa: RUF012 # as Textual declares it

    def __init__(self) -> None:
        """Everything that is open."""
        super().__init__()
        self._lines: tuple[MatterLine, ...] = ()
        self._count = OpenCount(0, 0, 0)
        self._took: tuple[HandlingTime, ...] = ()
        self._departments: tuple[DepartmentView, ...] = ()
        self._marked: set[int] = set()
        self._has_more = False
        self._held = Hold(None)

    def compose(self) -> ComposeResult:
        """What narrows the list, the list, the keys."""
        yield Caption(f"{T}.title", classes="heading")
        with Horizontal(classes="row"):
            yield Caption(f"{T}.show", classes="label")
            yield self._choice("matters-shown", SHOWN, lambda code: tr(self, f"{T}.show_{code}"))
        with Horizontal(classes="row"):
            yield Caption(f"{T}.kind", classes="label")
            yield self._choice("matters-kind", KINDS, self._kind)
        with Horizontal(classes="row"):
            yield Caption(f"{T}.department", classes="label")
            yield self._choice("matters-department", (ALL,), self._department)
        yield Caption(id="matters-said", classes="hint")
        yield Caption(id="matters-took", classes="hint")
        for name, columns in (("narrow", NARROW_COLUMNS), ("wide", WIDE_COLUMNS)):
            made = [
                Column(column, f"{T}.col_{column}", cells, is_most=(cells or 0) > 1)
                for column, cells in columns
            ]
            yield Listing(*made, id=f"matters-{name}")
        yield KeyLine()

    def _choice(self, name: str, codes: Sequence[str], label: object) -> Choice:
        return Choice(
            codes,
            label,  # type: ignore[arg-type] # a function of a code
            value=codes[0],
            hotkeys="",
            id=name,
            classes="field",
        )

    def _kind(self, code: str) -> str:
        return tr(self, f"{T}.all") if code == ALL else kind_words(code, self.catalogue)

    def _department(self, code: str) -> str:
        found = next((one for one in self._departments if str(one.id) == code), None)
        return self.catalogue.either(found.zh, found.en) if found else tr(self, f"{T}.all")

    @property
    def first_hints(self) -> tuple[str, ...]:
        """What the list gives to do; to settle missed calls only where there are some."""
        return ("new", "save", "kind") if self._has_missed else ("kind", "drafts")

    @property
    def _has_missed(self) -> bool:
        return any(one.kind == "missed" and one.closed_at is None for one in self._lines)

    @property
    def listing(self) -> Listing:
        """The list that shows at this width."""
        name = "wide" if self.app.size.width >= WIDE else "narrow"
        return self.query_one(f"#matters-{name}", Listing)

    def on_mount(self) -> None:
        """The first page; the cursor in the list."""
        self.listing.focus()
        self._held = hold_keys(self)  # Enter typed at once opens the first one
        self._load()

    def on_resize(self, event: events.Resize) -> None:
        """Another width has another list: the cursor goes over with it, not to the choices."""
        if any(one.has_focus_within for one in self.query(Listing)):
            self.call_after_refresh(lambda: self.listing.focus())

    def on_changed(self, event: Changed) -> None:
        """Somebody wrote: anew, as far as it was read."""
        self._load(limit=max(PAGE, len(self._lines)))

    @on(Choice.Chosen)
    def _narrowed(self, event: Choice.Chosen) -> None:
        event.stop()
        self._load()

    @on(Listing.MoreWanted)
    def _more(self, event: Listing.MoreWanted) -> None:
        if self._has_more:
            self._load(limit=len(self._lines) + PAGE)

    def _wanted(self) -> MatterFilter:
        shown = self.query_one("#matters-shown", Choice).value
        kind = self.query_one("#matters-kind", Choice).value
        department = self.query_one("#matters-department", Choice).value
        wanted = MatterFilter(is_overdue=shown == "overdue", is_closed=shown == "closed")
        if shown == "mine" and self.seat.writer is not None:
            wanted = replace(wanted, owner_id=self.seat.writer.id)
        if kind == "task":
            wanted = replace(wanted, form=Form.TASK)
        elif kind == "incident":
            wanted = replace(wanted, form=Form.INCIDENT)
        elif kind and kind != ALL:
            wanted = replace(wanted, kind=kind)
        if department and department != ALL:
            wanted = replace(wanted, department_id=int(department))
        return wanted

    @work(exclusive=True)
    async def _load(self, limit: int = PAGE) -> None:
        with self._held:  # of the screen: a reading that another takes the place of never begins
            await self._read(limit)

    async def _read(self, limit: int) -> None:
        wanted = self._wanted()

        def look(
            desk: Desk,
        ) -> tuple[
            tuple[MatterLine, ...], OpenCount, tuple[DepartmentView, ...], tuple[HandlingTime, ...]
        ]:
            with desk.reading() as session:
                at = desk.now()
                lines = open_matters(session, at, wanted=wanted, limit=limit + 1)
                took = (
                    handling_times(session, at - LATELY, at + A_MOMENT) if wanted.is_closed else ()
                )
                return lines, open_count(session, at), departments(session), took

        try:
            found, self._count, known, self._took = await self.off_loop(look)
        except Refusal as refusal:
            self.refused(refusal)
            return
        self._has_more = len(found) > limit
        self._lines = found[:limit]
        self.refresh_bindings()
        self._marked &= {line.id for line in self._lines}
        if known != self._departments:
            self._departments = known
            self.query_one("#matters-department", Choice).offer(
                (ALL, *(str(one.id) for one in known))
            )
        self._show()

    def refresh_texts(self) -> None:
        """The rows in the language that is on."""
        if self.is_mounted:
            self._show()

    def _show(self) -> None:
        at, words = self.desk.now(), self.catalogue
        is_closed = self.query_one("#matters-shown", Choice).value == "closed"
        for name, is_wide in (("narrow", False), ("wide", True)):
            rows = [
                Row(str(one.id), self._cells(one, is_wide=is_wide, left=left_cell(one, at, words)))
                for one in self._lines
            ]
            listing = self.query_one(f"#matters-{name}", Listing)
            listing.relabel("left", f"{T}.col_closed" if is_closed else f"{T}.col_left")
            listing.set_rows(rows)
        self._say_count()

    def _say_count(self) -> None:
        said = self.query_one("#matters-said", Caption)
        more = message(f"{T}.more") if self._has_more else ""
        if self._marked:
            said.say(message(f"{T}.found_marked", count=len(self._marked)))
        elif not self._lines:
            said.say(f"{T}.none")
        elif self.query_one("#matters-shown", Choice).value == "closed":
            said.say(message(f"{T}.found_closed", count=len(self._lines), more=more))
        else:
            overdue = sum(line.is_overdue for line in self._lines)
            found = message(f"{T}.found", count=len(self._lines), overdue=overdue, more=more)
            said.say(cited(found, self.desk.duty, Topic.ANSWER_IN_TIME))
        self._say_took()

    def _say_took(self) -> None:
        """How long each kind took on average, of what was closed lately (3.9)."""
        said, words = self.query_one("#matters-took", Caption), self.catalogue
        said.display = bool(self._took)
        kinds = [
            words.text(
                f"{T}.took", kind=kind_words(one.kind, words), count=one.count, span=one.average
            )
            for one in self._took
        ]
        lately = message(f"{T}.took_lately", days=LATELY.days, kinds=kinds)
        said.say(cited(lately, self.desk.duty, Topic.HANDLING_TIME))

    def _cells(self, line: MatterLine, *, is_wide: bool, left: Toned) -> tuple[str | Toned, ...]:
        words = self.catalogue
        kind = kind_words(line.kind, words)
        marks = marks_of(line, words)
        tone = "strong" if marks else ""
        what = " ".join(filter(None, (kind, *marks, line.unit, line.title)))
        department = words.either(*line.department) if line.department else ""
        cells: list[str | Toned] = [
            words.text(f"{T}.marked") if line.id in self._marked else "",
            left,
            line.number or f"#{line.id}",
            words.text(f"matters.stage_{line.stage}"),
            Toned(what, tone, tail=awaited_words(line, words), kept=width(what)),
        ]
        if is_wide:
            cells += [department, line.assignee_name]
        return (*cells, line.owner_name)

    # Doing

    @on(Listing.RowChosen)
    def _open(self, event: Listing.RowChosen) -> None:
        self.app.push_screen(MatterScreen(int(event.key)))

    def action_mark(self) -> None:
        """Choose the missed call under the cursor, or let it go; on to the next one."""
        listing = self.listing
        line = next((one for one in self._lines if str(one.id) == listing.key), None)
        if line is None:
            return
        if line.kind != "missed" or line.closed_at is not None:
            self.say(f"{T}.only_missed")
            return
        self._marked ^= {line.id}
        self._show()
        keys = listing.keys
        place = keys.index(str(line.id))
        listing.go_to(keys[min(place + 1, len(keys) - 1)])

    @work
    async def action_settle(self) -> None:
        """Settle those chosen, all with one word."""
        chosen = [(one.id, one.revision) for one in self._lines if one.id in self._marked]
        if not chosen:
            self.say(f"{T}.nothing_chosen")
            return
        if await self.host.ask(SettleMissed(chosen)):
            self._marked.clear()
            self._load()

    @work
    async def action_task(self) -> None:
        """Give somebody a task."""
        await self.host.ask(NewTask())

    @work
    async def action_missed(self) -> None:
        """Put down calls that nobody took."""
        await self.host.ask(MissedCalls())
