"""Why a month cannot be filled: the fewest reasons, looked for beside the program, in words."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.timer import Timer

from desk_console.foundation.catalogue import Message, message
from desk_console.tui.dialogs.act import ActDialog, Label
from desk_console.tui.keys import binding
from desk_console.tui.widgets.plain import Plain

if TYPE_CHECKING:
    from desk_console.roster.drafting.reasoning import Reasoned, Reasoning
    from desk_console.rulebook.desk import Desk
    from desk_console.tui.screens.roster.reading import Seen

W = "tui.why_gaps"
SECONDS = 30.0
LOOK_SECONDS = 0.25


class WhyGaps(ActDialog[None]):
    """Looks for the reasons; Ctrl+S stops looking, Enter or Esc closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [binding("save", "act", words=f"{W}.stop")]
    title_key: ClassVar[str] = f"{W}.title"
    is_wide: ClassVar[bool] = True

    def __init__(self, seen: Seen) -> None:
        """Of a month as it was seen, with its fixed cells."""
        super().__init__()
        self._seen = seen
        self._pressed = monotonic()
        self._reasoning: Reasoning | None = None
        self._timer: Timer | None = None
        self._said: tuple[Message | str, ...] = (f"{W}.begins",)

    def fields(self) -> ComposeResult:
        """What is looked for, or what was found."""
        yield Label(f"{W}.how", classes="hint")
        with VerticalScroll(id="news-lines", can_focus=False):
            yield Plain(id="why-words")

    def on_mount(self) -> None:
        """Begin."""
        self.refresh_texts()
        self._begin()

    def on_unmount(self) -> None:
        """However the dialog goes, the process goes with it."""
        if self._reasoning is not None:
            self._reasoning.close()

    @work
    async def _begin(self) -> None:
        problem, pressed = self._seen.checked.problem, self._pressed

        def begin(desk: Desk) -> Reasoning:
            from desk_console.roster.drafting.reasoning import Reasoning

            return Reasoning(problem, seconds=SECONDS, began=pressed)

        self._reasoning = await self.off_loop(begin)
        if not self.is_mounted:
            self._reasoning.close()
            return
        self._timer = self.set_interval(LOOK_SECONDS, self._look)

    def _look(self) -> None:
        reasoning = self._reasoning
        if reasoning is None:
            return
        if reasoning.is_over:
            self._end()
            return
        latest = reasoning.latest
        if latest is None:
            return
        first, last = latest.span or ("", "")
        looking = message(f"roster.looking_{latest.step}", first=first, last=last)
        self._say((message(f"{W}.looking", seconds=int(reasoning.seconds), what=looking),))

    def _end(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
            self._tell()

    @work
    async def _tell(self) -> None:
        reasoning = self._reasoning
        assert reasoning is not None
        names = {line.person.id: line.person.name for line in self._seen.checked.month.people}

        def words(desk: Desk) -> tuple[Message | str, ...]:
            from desk_console.roster.reasons import in_words

            reasoned: Reasoned = reasoning.reasoned()
            if reasoned.found is None:
                return (f"{W}.{'not_found' if reasoned.is_finished else 'stopped'}",)
            key = "smallest" if reasoned.found.is_smallest else "limits"
            return (f"{W}.{key}", *in_words(reasoned.found.reasons, desk.duty, names))

        self._say(await self.off_loop(words))

    def _say(self, said: tuple[Message | str, ...]) -> None:
        self._said = said
        self.refresh_texts()

    def refresh_texts(self) -> None:
        """The words in the language that is on."""
        super().refresh_texts()
        if self.query("#why-words"):
            lines = [self.tr(one) for one in self._said]
            self.query_one("#why-words", Plain).put("\n".join(lines))

    async def act(self) -> None:
        """Stop looking; once it has ended: read."""
        reasoning = self._reasoning
        if reasoning is None or self._timer is None:
            self.dismiss(None)
            return
        await self.off_loop(lambda desk: reasoning.close())
        self._end()
