"""The record: the outgoing person's summary beside the figures, the entries read page by page.

Nothing is retyped: the entries are the log's own (9.11, 3.4, 2.9, 7.13).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll

from desk_console.foundation.catalogue import message
from desk_console.foundation.refusal import Refusal
from desk_console.handover.reading import read, remark, summarise
from desk_console.handover.records import HandoverKind, Side, Step
from desk_console.handover.sheet import EntryRef
from desk_console.log.codes import Category
from desk_console.log.views import EntryStory
from desk_console.rulebook.topics import Topic
from desk_console.tui.citing import cited
from desk_console.tui.dialogs.act import row
from desk_console.tui.dialogs.entry_story import beside_lines
from desk_console.tui.dialogs.kept import KEEP_SECONDS, Keeper
from desk_console.tui.screens.handover.panel import StepPanel, T
from desk_console.tui.screens.handover.picture import Picture
from desk_console.tui.widgets.caption import Caption
from desk_console.tui.widgets.fields import Line, Words
from desk_console.tui.widgets.plain import Plain, one_line, tame, width

if TYPE_CHECKING:
    from desk_console.rulebook.desk import Desk

OUTGOING = ("summary", "to_note", "instructions")
INCOMING = ("remarks",)
FIELDS = (*OUTGOING, *INCOMING)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One entry as it is read: its number, its lines, whether it was read."""

    ref: EntryRef
    lines: tuple[str, ...]

    def height(self, cells: int) -> int:
        """The lines that it takes at that width, and one between it and the next."""
        return 1 + sum(-(-max(1, width(line)) // max(1, cells)) for line in self.lines)


class Pager(VerticalScroll):
    """Where the entries are read. Enter has read the page."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "read", show=False),
        Binding("left", "turn(-1)", show=False),
        Binding("right", "turn(1)", show=False),
    ]

    def action_read(self) -> None:
        """This page is read."""
        self._record.wizard.action_main()

    def action_turn(self, by: int) -> None:
        """The page before, or the next one."""
        self._record.turn(by)

    @property
    def _record(self) -> RecordPanel:
        return next(one for one in self.ancestors if isinstance(one, RecordPanel))


class RecordPanel(StepPanel):
    """Summary, figures, entries."""

    step: ClassVar[Step] = Step.RECORD

    def __init__(self, id: str | None = None) -> None:
        """Nothing is read yet."""
        super().__init__(id=id)
        self._leaves: list[Leaf] = []
        self._pages: list[list[Leaf]] = []
        self._at = 0
        self._kept = dict.fromkeys(FIELDS, "")
        self._is_begun = False
        self._keepers = {
            Side.OUTGOING: Keeper(self, lambda: [self._field(name) for name in OUTGOING]),
            Side.INCOMING: Keeper(self, lambda: [self._field(name) for name in INCOMING]),
        }
        self._typing: dict[Side, int] = {}
        """Whose words stand in the fields of each side."""

    def compose(self) -> ComposeResult:
        """The words of both; the figures; the entries."""
        yield Plain(id="record-figures")
        with Container(id="record-words"):
            yield row(f"{T}.summary", Words(id="record-summary"))
            yield row(f"{T}.to_note", Line(id="record-to_note", limit=1000))
            yield row(f"{T}.instructions", Line(id="record-instructions", limit=1000))
            yield row(f"{T}.remarks", Line(id="record-remarks", limit=1000))
        yield Caption(id="record-pager", classes="live-heading")
        with Pager(id="record-entries"):
            yield Plain(id="record-page")

    def show(self, picture: Picture) -> None:
        """The figures, the words as they are kept (what is being typed stays), the pages."""
        sheet, words = picture.sheet, self.catalogue
        figures = message(f"{T}.figures", **sheet.figures.model_dump())
        self.query_one("#record-figures", Plain).put(words.text(figures))
        for name in FIELDS:
            now = getattr(sheet, name)
            field = self._field(name)
            if field.value == self._kept[name] and field.value != now:
                field.value = now
            self._kept[name] = now
            side = Side.OUTGOING if name in OUTGOING else Side.INCOMING
            self._keepers[side].note_saved(f"record-{name}", now)
        for side, one in ((Side.OUTGOING, sheet.giver), (Side.INCOMING, sheet.incoming)):
            if one is not None and self._typing.get(side) != one.id:
                self._typing[side] = one.id
                self._restore(side, one.id)
        self._leaves = [
            Leaf(ref, tuple(tame(line) for line in self._lines(ref, story)))
            for ref, story in zip(sheet.entries, picture.stories, strict=True)
        ]
        self._paginate()

    def on_mount(self) -> None:
        """Keep what is typed."""
        self.set_interval(KEEP_SECONDS, self._keep_typed)

    @work
    async def _restore(self, side: Side, person_id: int) -> None:
        """Their words, after those of whoever was of that side before were kept as their own."""
        await self.keep_typed()
        for name in OUTGOING if side is Side.OUTGOING else INCOMING:
            self._field(name).value = self._kept[name]
        await self._keepers[side].restore(f"{self.handover_id}:{side}", person_id)

    @on(Line.Edited)
    @on(Words.Edited)
    def _keep_behind(self) -> None:
        if any(keeper.is_due for keeper in self._keepers.values()):
            self.call_after_refresh(self._keep_typed)

    @work(exclusive=True, group="keep")
    async def _keep_typed(self) -> None:
        await self.keep_typed()

    async def keep_typed(self) -> None:
        """What was typed goes to its draft; where it cannot, that is said once."""
        for keeper in self._keepers.values():
            try:
                await keeper.keep()
            except Refusal:
                if keeper.fails_anew:
                    self.say("tui.act.draft_failed")

    def _lines(self, ref: EntryRef, story: EntryStory) -> list[str]:
        """An entry in as few lines as it can be read in: its head, its words, what came of it."""
        line, words = story.line, self.catalogue
        marks = {
            "entry_abnormal": ref.is_abnormal,
            "entry_no_outcome": not ref.has_outcome,
            "entry_no_rings": ref.lacks_rings,
            "entry_unread": not ref.is_read,
        }
        head = (
            f"#{line.id} {words.moment(line.at)}",
            words.text(f"log.kind_{line.kind}"),
            words.text(ref.category_words) if ref.category_now is not Category.OTHER else "",
            " ".join(filter(None, (line.unit, line.caller, line.phone))),
            line.person_name,
            "".join(
                self.tr(f"{T}.entry_mark", mark=message(f"{T}.{name}"))
                for name, is_so in marks.items()
                if is_so
            ),
        )
        came = [
            words.text(f"tui.act.entry_{name}", words=said)
            for name, said in (("action", line.action), ("result", line.result))
            if said
        ]
        body = (line.content, "  ".join(came), *beside_lines(story, words))
        return ["  ".join(filter(None, head)), *(f"  {one_line(one)}" for one in body if one)]

    def _field(self, name: str) -> Line | Words:
        found = self.query_one(f"#record-{name}")
        if not isinstance(found, Line | Words):
            raise LookupError(name)
        return found

    def begin(self) -> None:
        """The summary while it is missing; else the entries."""
        lacks = self.picture.standing.lacks
        if any(one.step is Step.RECORD and one.side is Side.OUTGOING for one in lacks):
            self._field("summary").focus()
        else:
            self.query_one("#record-entries").focus()
        if not self._is_begun:
            self._is_begun = True
            self.call_after_refresh(self._go_to_unread)

    def on_resize(self, event: events.Resize) -> None:
        """Pages of another size."""
        self._paginate()

    # Pages

    def _paginate(self) -> None:
        room = self.query_one("#record-entries").size
        cells, height = max(20, room.width - 2), max(3, room.height)
        first = self._pages[self._at][0].ref.entry_id if self._pages else None
        pages: list[list[Leaf]] = []
        used = height + 1
        for leaf in self._leaves:
            needs = leaf.height(cells)
            if used + needs > height + 1:
                pages.append([])
                used = 0
            pages[-1].append(leaf)
            used += needs
        self._pages = pages
        self._at = next(
            (
                number
                for number, page in enumerate(pages)
                if any(leaf.ref.entry_id == first for leaf in page)
            ),
            0,
        )
        self._show_page()

    def _show_page(self) -> None:
        pager = self.query_one("#record-pager", Caption)
        if not self._pages:
            pager.say(f"{T}.no_entries")
            self.query_one("#record-page", Plain).put("")
            return
        unread = sum(not leaf.ref.is_read for leaf in self._leaves)
        key = "pager" if unread else "pager_done"
        said = message(f"{T}.{key}", page=self._at + 1, pages=len(self._pages), unread=unread)
        read = Topic.READ_RECORD if self.desk.duty.cite(Topic.READ_RECORD) else Topic.DUTY_RECORD
        pager.say(cited(said, self.desk.duty, read))
        text = Text(end="")
        for leaf in self._pages[self._at]:
            if text:
                text.append("\n\n")
            text.append(leaf.lines[0], "" if leaf.ref.is_read else "bold")
            text.append("".join(f"\n{line}" for line in leaf.lines[1:]))
        self.query_one("#record-page", Plain).put(text)

    def turn(self, by: int) -> None:
        """The page before, or the next one."""
        if 0 <= self._at + by < len(self._pages):
            self._at += by
            self.query_one("#record-entries").scroll_home(animate=False)
            self._show_page()

    def _go_to_unread(self) -> None:
        unread = [
            number
            for number, page in enumerate(self._pages)
            if any(not leaf.ref.is_read for leaf in page)
        ]
        if unread:
            self._at = next((one for one in unread if one >= self._at), unread[0])
            self.query_one("#record-entries").scroll_home(animate=False)
            self._show_page()

    # Doing

    @property
    def _is_read(self) -> bool:
        """It is read now: of a post that closes, only when it is opened again."""
        sheet = self.picture.sheet
        return sheet.kind is not HandoverKind.APART or sheet.incoming is not None

    async def main(self) -> None:
        """Keep the words that were typed; else have read the page; else on."""
        if any(self._field(name).value != self._kept[name] for name in OUTGOING):
            await self._summarise()
        elif self._field("remarks").value != self._kept["remarks"]:
            await self._remark()
        elif self._pages and any(not leaf.ref.is_read for leaf in self._leaves) and self._is_read:
            await self._read_page()
        else:
            await self.wizard.step_on()

    async def _summarise(self) -> None:
        person, handover_id = await self.side(Side.OUTGOING), self.handover_id
        revision = self.picture.standing.revision
        typed = {name: self._field(name).value for name in OUTGOING}

        def keep(desk: Desk) -> int:
            return summarise(desk, person, handover_id, revision, **typed)

        if await self.keep(keep, f"{T}.saved"):
            self.query_one("#record-entries").focus()

    async def _remark(self) -> None:
        person, handover_id = await self.side(Side.INCOMING), self.handover_id
        revision, words = self.picture.standing.revision, self._field("remarks").value
        await self.keep(
            lambda desk: remark(desk, person, handover_id, revision, words), f"{T}.saved"
        )

    async def _read_page(self) -> None:
        page = [leaf.ref.entry_id for leaf in self._pages[self._at] if not leaf.ref.is_read]
        if page:
            person, handover_id = await self.side(Side.INCOMING), self.handover_id
            if not await self.keep(lambda desk: read(desk, person, handover_id, page)):
                return
        self._go_to_unread()
