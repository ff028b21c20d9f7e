"""The optimiser at work: how good the best draft is so far; stopping keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult

from desk_console.foundation.catalogue import message
from desk_console.foundation.refusal import Refusal
from desk_console.roster.records import DraftMethod
from desk_console.tui.dialogs.act import ActDialog, Label
from desk_console.tui.keys import binding
from desk_console.tui.widgets.plain import Plain

if TYPE_CHECKING:
    from desk_console.roster.drafting.drafting import Drafted, Drafting
    from desk_console.rulebook.desk import Desk
    from desk_console.tui.dialogs.roster.begin import Begun

T = "tui.roster"
LOOK_SECONDS = 0.5


class OptimiserDialog(ActDialog[bool]):
    """Watches a drafting in its own process; gives True when its draft was taken over."""

    BINDINGS = [binding("save", "act", words=f"{T}.drafting_stop")]  # noqa: RUF012 # as Textual has it
    title_key: ClassVar[str] = f"{T}.drafting_title"
    is_wide: ClassVar[bool] = True

    def __init__(self, begun: Begun) -> None:
        """For that open draft; its fixed cells stay."""
        super().__init__()
        self._begun = begun
        self._drafting: Drafting | None = None

    def fields(self) -> ComposeResult:
        """How far it has come."""
        yield Plain(id="drafting-said", classes="said")
        yield Label(f"{T}.drafting_how", classes="said")

    def on_mount(self) -> None:
        """Begin."""
        self._say_progress()
        self._begin()

    def on_unmount(self) -> None:
        """However the dialog goes, the process goes with it."""
        if self._drafting is not None:
            self._drafting.close()

    @work
    async def _begin(self) -> None:
        begun = self._begun

        def begin(desk: Desk) -> Drafting:
            from desk_console.log.workload import entries_per_shift
            from desk_console.roster.checked import checked_draft
            from desk_console.roster.drafting.drafting import Drafting
            from desk_console.roster.records import RosterDraft

            with desk.reading() as session:
                draft = session.get(RosterDraft, begun.draft_id)
                if draft is None:
                    raise Refusal("roster.draft_closed")
                workload = entries_per_shift(session, desk.now().astimezone(desk.zone).date())
                problem = checked_draft(session, desk, draft, workload=workload).problem
            return Drafting(problem, seconds=begun.seconds, began=begun.pressed)

        try:
            self._drafting = await self.off_loop(begin)
        except Refusal as refusal:
            self.show_refusal(refusal)
            return
        if not self.is_mounted:
            self._drafting.close()
            return
        self.set_interval(LOOK_SECONDS, self._look)

    def _look(self) -> None:
        self._say_progress()
        if self._drafting is not None and self._drafting.is_over and not self._is_busy:
            self.action_act()

    def _say_progress(self) -> None:
        line = self.query_one("#drafting-said", Plain)
        latest = self._drafting.latest if self._drafting is not None else None
        if latest is None or latest.cost is None:
            line.put(self.tr(f"{T}.drafting_begins"))
            return
        key = "drafting_at" if latest.bound is not None else "drafting_no_bound"
        line.put(
            self.tr(
                f"{T}.{key}",
                seconds=int(latest.seconds),
                limit=int(self._begun.seconds),
                cost=latest.cost,
                bound=latest.bound if latest.bound is not None else "",
            )
        )

    async def act(self) -> None:
        """Stop, and take the best over."""
        drafting, writer = self._drafting, self.seat.writer
        if drafting is None or writer is None or (drafting.best is None and not drafting.is_over):
            raise Refusal(f"{T}.drafting_none")
        begun, by = self._begun, writer.id

        def take(desk: Desk) -> Drafted:
            from desk_console.roster.drafts import take_over

            if not drafting.is_over:
                drafting.stop()
            outcome = drafting.drafted()
            if outcome.draft is not None:
                at = begun.draft_id, begun.revision
                take_over(desk, by, *at, outcome.draft, DraftMethod.OPTIMISER)
            return outcome

        outcome = await self.off_loop(take)
        if outcome.draft is None:
            self.say(f"{T}.drafting_lost")
            self.dismiss(False)
            return
        self.say(
            f"{T}.drafting_done",
            ending=message(f"roster.ending_{outcome.ending}"),
            cost=outcome.cost,
            seconds=f"{outcome.seconds:.0f}",
        )
        self.dismiss(True)
