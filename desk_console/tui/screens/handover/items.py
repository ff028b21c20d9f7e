"""Counting the items (9.10, 1.13, 2.12): a figure each, the next one comes by itself.

Every figure is kept at once, in the order in which it was typed; what differs is explained by the
outgoing person.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal

from desk_console.foundation.catalogue import message
from desk_console.foundation.refusal import Refusal
from desk_console.handover import rules
from desk_console.handover.counting import Counted, count
from desk_console.handover.found import ALL, GOOD, Found
from desk_console.handover.records import Condition, Step
from desk_console.handover.sheet import ItemLine
from desk_console.tui.dialogs.kept import KEEP_SECONDS
from desk_console.tui.screens.handover.count_line import CountKeeper, CountLine, Half
from desk_console.tui.screens.handover.panel import StepPanel, T
from desk_console.tui.screens.handover.picture import Picture
from desk_console.tui.widgets.caption import Caption
from desk_console.tui.widgets.fields import Line
from desk_console.tui.widgets.table import Column, Listing, Row, Toned

if TYPE_CHECKING:
    from desk_console.rulebook.desk import Desk


class ItemsPanel(StepPanel):
    """The items of the post, and the field for the figure of the one that is marked."""

    step: ClassVar[Step] = Step.ITEMS

    def __init__(self, id: str | None = None) -> None:
        """Nothing is counted yet."""
        super().__init__(id=id)
        self._lines: dict[int, ItemLine] = {}
        self._said: dict[int, Found] = {}
        """What was said by `/` of the condition of items whose count is not kept yet."""
        self._waiting: dict[int, Counted] = {}
        self._saving = asyncio.Lock()
        self._keeper = CountKeeper(self, self._half)
        self._counter_id: int | None = None
        """Whose half-typed figures stand here."""
        self._figures: dict[int, str] = {}
        """Figures half typed before the plug was pulled, until their items are come to again."""

    def compose(self) -> ComposeResult:
        """The items; below them the figure."""
        yield Listing(
            Column("group", f"{T}.col_group", 10),
            Column("item", f"{T}.col_item"),
            Column("expected", f"{T}.col_expected", 6),
            Column("counted", f"{T}.col_counted", 6),
            Column("condition", f"{T}.col_condition", 8),
            Column("explained", f"{T}.col_explained", 14),
            id="items-list",
        )
        with Horizontal(classes="row", id="items-row"):
            yield Caption(f"{T}.count", classes="label")
            yield CountLine(digits=True, limit=6, id="items-count")
            yield Caption(f"{T}.count_how", id="items-how", classes="hint")

    def show(self, picture: Picture) -> None:
        """The items as they were counted; what is still being kept stands as typed."""
        self._lines = {line.item_id: line for line in picture.sheet.items}
        self.query_one("#items-list", Listing).set_rows(
            [self._row(line) for line in picture.sheet.items]
        )
        self._hint()
        counter = self.person_of(rules.counter_of(picture.sheet))
        if counter is not None and self._counter_id != counter.id:
            self._counter_id = counter.id
            self._restore(counter.id)

    def on_mount(self) -> None:
        """Keep what is half typed."""
        self.set_interval(KEEP_SECONDS, self._keep_typed)

    @work
    async def _restore(self, person_id: int) -> None:
        """What they had begun to count, before the program ended."""
        await self._keeper.restore(f"{self.handover_id}:items", person_id)
        half = Half.of(self._keeper.restored)
        left = set(self._uncounted())
        self._figures = {item_id: one for item_id, one in half.figures.items() if item_id in left}
        for item_id, found in half.found.items():
            if item_id in left:
                self._said.setdefault(item_id, found)
        self.show(self.picture)
        self._put_back()

    def _put_back(self) -> None:
        """The figure half typed of the item that is marked, where nothing else is typed."""
        at, field = self._at(), self.query_one("#items-count", CountLine)
        if at is not None and not field.value and (figure := self._figures.pop(at, "")):
            field.value = figure
            field.cursor_position = len(figure)

    def _half(self) -> Half:
        figures, at = dict(self._figures), self._at()
        if at is not None and (typed := self.query_one("#items-count", CountLine).value):
            figures[at] = typed
        return Half(figures, self._said)

    @work(exclusive=True, group="keep")
    async def _keep_typed(self) -> None:
        await self.keep_typed()

    async def keep_typed(self) -> None:
        """What is half typed goes to its draft; where it cannot, that is said once."""
        try:
            await self._keeper.keep()
        except Refusal:
            if self._keeper.fails_anew:
                self.say("tui.act.draft_failed")

    def _row(self, line: ItemLine) -> Row:
        counted = self._counted(line)
        found = self._found(line)
        differs = counted is not None and counted != line.expected
        return Row(
            str(line.item_id),
            (
                line.group,
                line.name,
                f"{line.expected}{line.unit}",
                Toned("" if counted is None else str(counted), "overdue" if differs else ""),
                self.tr(found.words) if found else "",
                self._explained(line),
            ),
        )

    def _found(self, line: ItemLine) -> Found | None:
        """As it was said here, else as it was found last: what is damaged stays so until somebody
        says that it is good again.
        """
        is_first = line.counted is None and not line.revision
        before = line.found_before if is_first and line.was is Condition.DAMAGED else line.found
        found = self._said.get(line.item_id, before)
        return found.among(self._figure(line)) if found else None

    def _counted(self, line: ItemLine) -> int | None:
        waiting = self._waiting.get(line.item_id)
        return waiting.counted if waiting else line.counted

    def _figure(self, line: ItemLine) -> int:
        """How many there are, as far as is known."""
        counted = self._counted(line)
        return line.expected if counted is None else counted

    def _explained(self, line: ItemLine) -> str | Toned:
        if line.is_explained:
            return line.what
        if line.wants_explaining:
            return Toned(self.tr(f"{T}.item_wants"), "overdue")
        if line.is_known:
            return self.tr(f"{T}.item_known")
        return self.tr("handover.item_retired") if line.is_retired else ""

    def _hint(self) -> None:
        how = self.query_one("#items-how", Caption)
        at = self._at()
        if self._uncounted():
            line = self._lines.get(at) if at is not None else None
            found = self._found(line) if line is not None else None
            if found is None or found.condition is Condition.GOOD:
                how.say(f"{T}.count_how")
            else:
                key = "count_damaged" if found.damaged is None else "count_some"
                how.say(message(f"{T}.{key}", found=found.words))
        elif any(line.wants_explaining for line in self._lines.values()):
            how.say(f"{T}.count_done")
        else:
            how.say(f"{T}.count_clean")

    def begin(self) -> None:
        """The first item that is not counted; else the list."""
        left = self._uncounted()
        if left:
            self.query_one("#items-list", Listing).go_to(str(left[0]))
            self.query_one("#items-count").focus()
            self._put_back()
        else:
            self.query_one("#items-list").focus()

    # Going through the items

    def _at(self) -> int | None:
        key = self.query_one("#items-list", Listing).key
        return int(key) if key else None

    def _uncounted(self) -> list[int]:
        return [
            item_id
            for item_id, line in self._lines.items()
            if line.counted is None and item_id not in self._waiting
        ]

    def _go_to(self, item_id: int) -> None:
        self.query_one("#items-list", Listing).go_to(str(item_id))
        self.query_one("#items-count", CountLine).value = ""
        self._put_back()
        self._hint()

    @on(CountLine.Go)
    def _step(self, event: CountLine.Go) -> None:
        event.stop()
        ids, at = list(self._lines), self._at()
        if at in ids:
            self._go_to(ids[(ids.index(at) + event.by) % len(ids)])

    @on(CountLine.Damage)
    def _damage(self, event: CountLine.Damage) -> None:
        event.stop()
        at = self._at()
        if at is None:
            return
        line = self._lines[at]
        counted, said = self._counted(line), self._damaged(line, event.number)
        if counted is None:
            self._said[at] = said
            self.show(self.picture)
            self.call_after_refresh(self._keep_typed)
        elif self._may_be(line, said, counted):
            self._said[at] = said
            self._count(at, counted)

    def _damaged(self, line: ItemLine, number: int | None) -> Found:
        """So many; else, one key after the other: one is, all are, none is."""
        if number is not None:
            return Found(Condition.DAMAGED, number) if number else GOOD
        now = self._found(line) or GOOD
        if now.condition is Condition.GOOD:
            return Found(Condition.DAMAGED, 1)
        return GOOD if now.damaged is None else ALL

    def _may_be(self, line: ItemLine, said: Found | None, counted: int) -> bool:
        """Whether so many of that figure can be damaged; it is said where not (9.10)."""
        try:
            if said is not None:
                rules.damage_verdict(line.name, said, counted, self.desk.duty).or_refuse()
        except Refusal as refusal:
            self.refused(refusal)
            return False
        return True

    @on(Line.Edited, "#items-count")
    def _typed(self, event: Line.Edited) -> None:
        event.stop()
        at = self._at()
        if self._keeper.is_due:
            self.call_after_refresh(self._keep_typed)
        if at is not None and event.value and event.value == str(self._lines[at].expected):
            self._take(at, int(event.value))

    @on(Line.Entered, "#items-count")
    def _entered(self, event: Line.Entered) -> None:
        event.stop()
        at = self._at()
        if at is not None and event.value:
            self._take(at, int(event.value))

    def _take(self, item_id: int, figure: int) -> None:
        if not self._may_be(self._lines[item_id], self._said.get(item_id), figure):
            self.query_one("#items-count", CountLine).value = ""
            return
        self._count(item_id, figure)
        ids = list(self._lines)
        after = ids[ids.index(item_id) + 1 :] + ids
        left = set(self._uncounted())
        following = next((one for one in after if one in left), None)
        if following is not None:
            self._go_to(following)
        else:
            self.query_one("#items-count", CountLine).value = ""
            self._go_to_unexplained()

    def _go_to_unexplained(self) -> None:
        unexplained = (line for line in self._lines.values() if line.wants_explaining)
        if (line := next((one for one in unexplained if not one.is_explained), None)) is not None:
            self.query_one("#items-list", Listing).go_to(str(line.item_id))

    # Keeping

    def _count(self, item_id: int, figure: int) -> None:
        self._waiting[item_id] = Counted(item_id, figure, self._said.get(item_id))
        self.show(self.picture)
        self._save()

    @work
    async def _save(self) -> None:
        """Keeps all that waits, in one act; what is typed meanwhile waits for the next."""
        async with self._saving:
            if not self._waiting:
                return
            try:
                person = await self.side(rules.counter_of(self.picture.sheet))
            except Refusal as refusal:
                self._let_go(dict(self._waiting), is_kept=False)
                self.refused(refusal)
                self.show(self.picture)
                return
            taken = {
                item_id: replace(one, revision=self._lines[item_id].revision)
                for item_id, one in self._waiting.items()
                if item_id in self._lines
            }
            handover_id = self.handover_id

            def keep(desk: Desk) -> None:
                count(desk, person, handover_id, tuple(taken.values()))

            is_kept = False
            try:
                await self.off_loop(keep)
                is_kept = True
            except Refusal as refusal:
                self.refused(refusal)
                self._let_go(taken, is_kept=False)
            self.host.spread()
            await self.wizard.look()
            if is_kept:
                # Until it is seen as kept it counts as typed: else it would be asked for again.
                self._let_go(taken, is_kept=True)
        if self._waiting:
            self._save()

    def _let_go(self, counts: Mapping[int, Counted], *, is_kept: bool) -> None:
        """These wait no longer; what was said of a first count that was not kept holds for the next
        try.
        """
        for item_id, one in counts.items():
            waiting, line = self._waiting.get(item_id), self._lines.get(item_id)
            if waiting is None or replace(waiting, revision=one.revision) != one:
                continue
            del self._waiting[item_id]
            if is_kept or (line is not None and line.counted is not None):
                self._said.pop(item_id, None)

    # Explaining

    @on(Listing.RowChosen)
    @work
    async def _chosen(self, event: Listing.RowChosen) -> None:
        event.stop()
        line = self._lines.get(int(event.key))
        if line is not None and line.wants_explaining:
            await self._explain(line)
        else:
            self.query_one("#items-count").focus()

    async def main(self) -> None:
        """Keep the figure that is typed, or say what is not counted yet; then explain the first
        difference; where there is none, on.
        """
        if left := self._uncounted():
            at, typed = self._at(), self.query_one("#items-count", CountLine).value
            if at is not None and typed:
                self._take(at, int(typed))
            else:
                self.begin()
                self.say(f"{T}.count_left", count=len(left))
            return
        wanting = [
            line for line in self._lines.values() if line.wants_explaining and not line.is_explained
        ]
        if wanting:
            self._go_to_unexplained()
            await self._explain(wanting[0])
        else:
            await self.wizard.step_on()

    async def _explain(self, line: ItemLine) -> None:
        from desk_console.tui.dialogs.handover.explain import Explain

        try:
            person = await self.side(rules.explainer_of(self.picture.sheet))
        except Refusal as refusal:
            self.refused(refusal)
            return
        about = message(
            f"{T}.explain_line",
            item=line.name,
            expected=line.expected,
            counted=line.counted,
            condition=(self._found(line) or GOOD).words,
        )
        await self.ask(Explain(self.handover_id, person, line, about))
