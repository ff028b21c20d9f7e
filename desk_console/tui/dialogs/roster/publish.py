"""Publishing: what it comes to, the reasons where they are wanted, and one's own PIN."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult

from desk_console.foundation.catalogue import message
from desk_console.foundation.refusal import ALLOWED, Refusal, Verdict
from desk_console.roster.publishing import (
    changed_shifts,
    correction_verdict,
    is_final,
    late_verdict,
)
from desk_console.rulebook.records import Topic
from desk_console.tui.dialogs.act import ActDialog, Label, row
from desk_console.tui.screens.roster.words import cited
from desk_console.tui.widgets.fields import Line, PinField

if TYPE_CHECKING:
    from desk_console.roster.problem import Draft
    from desk_console.roster.publication import Published
    from desk_console.roster.sheet import DraftHead
    from desk_console.rulebook.desk import Desk
    from desk_console.tui.screens.roster.reading import Seen

T = "tui.roster"
_NAMED = 3
"""Names that a passing sentence can hold."""


class PublishDialog(ActDialog[bool]):
    """Publishes a draft. Gives True when it was done."""

    title_key: ClassVar[str] = f"{T}.publish_title"
    is_wide: ClassVar[bool] = True
    blames: ClassVar[Mapping[str, str]] = {
        "roster.late_reason_wanted": "publish-late",
        "roster.change_reason_wanted": "publish-change",
        "roster.breach_reason_wanted": "publish-breach",
    }

    def __init__(self, draft: DraftHead, seen: Seen) -> None:
        """That draft, as it was seen."""
        super().__init__()
        self._draft, self._seen = draft, seen

    def fields(self) -> ComposeResult:
        """What is published; why late, why with a broken rule, where that is so; the PIN."""
        month, report = self._seen.checked.month, self._seen.checked.report
        cells = self._seen.checked.cells
        yield Label(
            message(
                f"{T}.publish_said",
                first=month.first_day,
                last=month.last_day,
                people=len({cell.person for cell in cells}),
                turns=len(cells),
            ),
            classes="said",
        )
        clause = self.desk.duty.cite(Topic.NOTIFY_ROSTER)
        ways = [f"{T}.publish_{way}" for way in self.desk.duty.notify]
        if clause and ways:
            told = message(f"{T}.publish_told", ways=[message(way) for way in ways])
            yield Label(cited(told, clause), classes="hint")
        if self._changes:
            said = message(f"{T}.publish_changes", count=self._changes)
            yield Label(cited(said, self.desk.duty.cite(Topic.LEAVE)), classes="hint")
            yield row(f"{T}.publish_change", Line(id="publish-change"))
        if not self._lateness("").is_allowed:
            yield row(f"{T}.publish_late", Line(id="publish-late"))
        if any(not is_final(one, self.desk.duty) for one in report.breaches):
            yield row(f"{T}.publish_breach", Line(id="publish-breach"))
        yield row(f"{T}.publish_pin", PinField(id="publish-pin"))

    def on_mount(self) -> None:
        """The first field has the focus."""
        self.focus_next()

    async def act(self) -> None:
        """Prove and publish."""
        writer = self.seat.writer
        if writer is None:
            raise Refusal("tui.act.who_wanted")
        late = self._text("publish-late")
        breach = self._text("publish-breach")
        change = self._text("publish-change")
        # Before the PIN, which would be typed twice.
        correction_verdict(
            self.desk.duty, writer, added=self._added, removed=self._seen.removed, reason=change
        ).or_refuse()
        self._lateness(late).or_refuse()
        pin, draft = self.text_of("publish-pin"), self._draft

        def publish_it(desk: Desk) -> Published:
            from desk_console.log.workload import entries_per_shift
            from desk_console.people.pins import prove
            from desk_console.roster.publication import publish

            proof = prove(desk, writer.id, pin)
            with desk.reading() as session:
                workload = entries_per_shift(session, desk.now().astimezone(desk.zone).date())
            return publish(
                desk,
                proof,
                draft.draft_id,
                draft.revision,
                late_reason=late,
                breach_reason=breach,
                change_reason=change,
                workload=workload,
            )

        done = await self.off_loop(publish_it)
        self.host.spread()
        self.dismiss(True)
        mailed, without = done.told.mailed, done.told.without_address
        if not without:
            self.say(f"{T}.publish_done", mailed=mailed, people=len(done.told.people))
        elif len(without) <= _NAMED:
            self.say(f"{T}.publish_done_without", mailed=mailed, names=list(without))
        else:
            self.say(f"{T}.publish_done_many", mailed=mailed, count=len(without))
        clause = self.desk.duty.cite(Topic.NOTIFY_ROSTER)
        if done.wants_noticeboard and clause:
            self.say(f"{T}.publish_board", clause=clause)

    @property
    def _added(self) -> Draft:
        """Duties that the draft adds to dates that were published before."""
        new = self._seen.checked.month.new_days
        return frozenset(cell for cell in self._seen.added if cell.day not in new)

    @property
    def _changes(self) -> int:
        """How many shifts of dates that were published before the draft changes."""
        return changed_shifts(self._added, self._seen.removed)

    def _lateness(self, reason: str) -> Verdict:
        """Whether it may be published today with this reason (9.1)."""
        month, seen = self._seen.checked.month, self._seen
        if month.is_published:
            return ALLOWED
        first, days = min(month.new_days), {"today": seen.today, "began": seen.began}
        return late_verdict(self.desk.duty, first, reason=reason, **days)

    def _text(self, id: str) -> str:
        return self.text_of(id) if self.query(f"#{id}") else ""
