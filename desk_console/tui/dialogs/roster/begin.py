"""Beginning a draft: from where, and how long the optimiser may take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult

from desk_console.foundation.catalogue import Message, message
from desk_console.foundation.refusal import Refusal
from desk_console.roster.records import DraftMethod
from desk_console.rulebook.topics import Topic
from desk_console.tui.dialogs.act import ActDialog, Label, row
from desk_console.tui.dialogs.confirm import Confirm
from desk_console.tui.widgets.choice import Choice

if TYPE_CHECKING:
    from desk_console.roster.sheet import DraftHead
    from desk_console.rulebook.desk import Desk

T = "tui.roster"
B = "tui.beginning"
SECONDS = ("10", "30", "60", "120")
"""What the optimiser may be given."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A draft to go on with."""

    draft_id: int
    revision: int
    method: DraftMethod
    seconds: float
    """What the optimiser may take of it, from the key press on."""
    pressed: float
    """The monotonic instant of the key press."""


class BeginDraft(ActDialog[Begun]):
    """Asks where to begin; gives the draft when there is one to go on with."""

    title_key: ClassVar[str] = f"{B}.title"
    is_wide: ClassVar[bool] = True

    def __init__(
        self,
        first_day: date,
        last_day: date,
        draft: DraftHead | None,
        *,
        is_published: bool = False,
    ) -> None:
        """Of those dates; with an open draft, only what can be done to it. What is published
        already is likeliest to be changed as it stands.
        """
        super().__init__()
        self._is_published = is_published
        self._period = first_day, last_day
        self._draft = draft

    def fields(self) -> ComposeResult:
        """What there is to begin with."""
        first, last = self._period
        yield Label(message(f"{B}.said", first=first, last=last), classes="said")
        if draft := self._draft:
            there = message(f"{B}.there_is", name=draft.changed_by, at=draft.changed_at)
            yield Label(there, classes="hint")
        if self._is_published:
            yield Label(f"{B}.is_published", classes="hint")
        elif rules := self._rules():
            yield Label(message(f"{B}.rules", rules=rules), classes="hint")
        codes = [DraftMethod.ROTATION, DraftMethod.OPTIMISER]
        if self._draft is None:
            codes += [DraftMethod.PUBLISHED, DraftMethod.HAND]
        yield row(
            f"{B}.method",
            Choice(
                codes,
                lambda code: self.tr(f"{B}.{code}"),
                value=self._likeliest,
                id="begin-method",
            ),
        )
        seconds = Choice(
            SECONDS,
            lambda code: self.tr(f"{B}.in", seconds=code),
            value=SECONDS[1],
            id="begin-seconds",
        )
        yield row(f"{B}.seconds", seconds, id="row-seconds")

    @property
    def _likeliest(self) -> DraftMethod:
        if self._is_published and self._draft is None:
            return DraftMethod.PUBLISHED
        return DraftMethod.OPTIMISER

    def on_choice_chosen(self, event: Choice.Chosen) -> None:
        """Only the optimiser takes time."""
        event.stop()
        if event.choice.id == "begin-method":
            is_optimiser = event.code == DraftMethod.OPTIMISER
            self.query_one("#row-seconds").set_class(not is_optimiser, "-off")

    def _rules(self) -> list[Message]:
        """What the draft holds to or weighs by a clause: turns (2.7, 1.2), weekends (4.2), the work
        that each shift brings (3.1).
        """
        cite = self.desk.duty.cite
        topics = (Topic.ROTATION, Topic.WEEKEND_TURNS, Topic.WORKLOAD)
        return [
            message(f"{B}.by_{topic}", clause=clause) for topic in topics if (clause := cite(topic))
        ]

    def on_mount(self) -> None:
        """The choice has the focus."""
        is_optimiser = self._likeliest is DraftMethod.OPTIMISER
        self.query_one("#row-seconds").set_class(not is_optimiser, "-off")
        self.query_one("#begin-method").focus()

    async def act(self) -> None:
        """Begin it."""
        writer = self.seat.writer
        if writer is None:
            raise Refusal(f"{T}.no_draft")
        method = DraftMethod(self.query_one("#begin-method", Choice).value or DraftMethod.HAND)
        seconds = float(self.query_one("#begin-seconds", Choice).value or SECONDS[1])
        period, open_draft, by = self._period, self._draft, writer.id
        if open_draft is not None and not await self._may_go(open_draft):
            self.dismiss(None)
            return
        pressed = monotonic()

        def begin(desk: Desk) -> tuple[int, int]:
            return _begun(desk, by, period, method, open_draft)

        draft_id, revision = await self.off_loop(begin)
        self.dismiss(Begun(draft_id, revision, method, seconds, pressed))

    async def _may_go(self, draft: DraftHead) -> bool:
        """Whether the cells of the open draft may go: nothing brings them back. Those that are
        fixed stay.
        """
        free, fixed = await self.off_loop(lambda desk: _cells_of(desk, draft.draft_id))
        if not free:
            return True
        ask = message(
            f"{B}.anew_ask", name=draft.changed_by, at=draft.changed_at, free=free, fixed=fixed
        )
        asked = Confirm(f"{B}.anew_title", ask, yes=f"{B}.anew_yes", no=f"{B}.anew_no")
        is_said: bool | None = await self.ask_amid(asked)
        return is_said is True


def _cells_of(desk: Desk, draft_id: int) -> tuple[int, int]:
    """How many cells of a draft any other one would change, and how many are fixed."""
    from desk_console.roster.views import draft_cells

    with desk.reading() as session:
        cells = draft_cells(session, draft_id)
    fixed = sum(one.is_pinned for one in cells)
    return len(cells) - fixed, fixed


def _begun(
    desk: Desk,
    by_id: int,
    period: tuple[date, date],
    method: DraftMethod,
    draft: DraftHead | None,
) -> tuple[int, int]:
    """The draft to go on with: a new one, or the open one, gone round anew where that is asked."""
    from desk_console.log.workload import entries_per_shift
    from desk_console.roster import drafts, views
    from desk_console.roster.checked import checked_draft
    from desk_console.roster.rotation import by_rotation

    with desk.reading() as session:
        workload = entries_per_shift(session, desk.now().astimezone(desk.zone).date())
        found = views.open_draft(session, period[0])
        checked = checked_draft(session, desk, found, workload=workload) if found else None
    if draft is None or checked is None:
        first = DraftMethod.HAND if method is DraftMethod.OPTIMISER else method
        begun = drafts.begin_draft(desk, by_id, *period, first, workload=workload)
        return begun.draft_id, begun.revision
    if method is DraftMethod.OPTIMISER:
        return draft.draft_id, draft.revision
    cells = by_rotation(checked.problem)
    edited = drafts.take_over(desk, by_id, draft.draft_id, draft.revision, cells, method)
    return edited.draft_id, edited.revision
