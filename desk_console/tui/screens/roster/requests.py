"""Requests: what waits for whom, the newest first below; each opens with its history."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType

from desk_console.foundation.catalogue import Message, message
from desk_console.foundation.refusal import Refusal
from desk_console.roster.changes import turn_message
from desk_console.roster.records import WAITING, RequestKind, RequestState
from desk_console.roster.request_views import RequestLine, requests
from desk_console.rulebook.desk import Desk
from desk_console.tui.host import Changed, OnDesk
from desk_console.tui.keys import binding
from desk_console.tui.screen import DeskScreen
from desk_console.tui.widgets.caption import Caption
from desk_console.tui.widgets.footer import KeyLine
from desk_console.tui.widgets.table import Column, Listing, Row, Toned

T = "tui.roster"


def what_is_asked(desk: Desk, line: RequestLine) -> Message | str:
    """The gist of a request beside its dates: whose duty goes where, or how long."""
    match line.kind:
        case RequestKind.SWAP if line.own and line.partner and line.other:
            return message(
                f"{T}.request_swap_exchange",
                own=turn_message(desk, line.own),
                partner=line.partner.name,
                other=turn_message(desk, line.other),
            )
        case RequestKind.SWAP if line.own and line.partner:
            return message(
                f"{T}.request_swap_take",
                own=turn_message(desk, line.own),
                partner=line.partner.name,
            )
        case RequestKind.OVERTIME:
            return _overtime(desk, line)
        case _:
            return ""


def _overtime(desk: Desk, line: RequestLine) -> Message:
    """How long, and from what hour where no shift is prolonged."""
    if line.begins_at is None:
        return message(f"{T}.request_overtime", minutes=line.minutes)
    hour = f"{line.begins_at.astimezone(desk.zone):%H:%M}"
    return message(f"{T}.request_overtime_from", minutes=line.minutes, begins=hour)


def gist(desk: Desk, line: RequestLine) -> Message | None:
    """What a row has room for: with whom, how long. The dates stand beside it."""
    match line.kind:
        case RequestKind.SWAP if line.partner:
            key = "gist_exchange" if line.other else "gist_take"
            return message(f"{T}.request_{key}", partner=line.partner.name)
        case RequestKind.OVERTIME:
            return _overtime(desk, line)
        case _:
            return None


def standing(line: RequestLine) -> Message | str:
    """Where a request stands; what was asked waits for the partner of a swap, or for approval."""
    if line.state is not RequestState.ASKED:
        return f"roster.state_{line.state}"
    if line.kind is RequestKind.SWAP and line.partner is not None:
        return message(f"{T}.waits_partner", name=line.partner.name)
    return f"{T}.waits_approval"


class RequestsScreen(OnDesk, DeskScreen[None]):
    """All requests; what waits stands first. Enter opens one, Ins makes one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding("cancel", "back"),
        binding("new", "ask", words=f"{T}.ask_title"),
    ]

    def __init__(self) -> None:
        """Empty until read."""
        super().__init__()
        self._lines: tuple[RequestLine, ...] = ()

    def compose(self) -> ComposeResult:
        """The list."""
        yield Caption(f"{T}.requests_title", classes="heading")
        yield Caption(id="requests-said", classes="hint")
        yield Listing(
            Column("kind", f"{T}.request_kind", 8, is_most=True),
            Column("who", f"{T}.request_who", 20, is_most=True),
            Column("days", f"{T}.request_days", 12, is_most=True),
            Column("state", f"{T}.request_state", 18, is_most=True),
            Column("what", f"{T}.request_what"),
            id="requests",
        )
        yield KeyLine()

    def on_mount(self) -> None:
        """Read; the cursor in the list."""
        self.query_one("#requests").focus()
        self._load()

    def on_changed(self, event: Changed) -> None:
        """Somebody wrote."""
        if self.is_mounted:
            self._load()

    @work(exclusive=True, group="requests")
    async def _load(self, *, before_id: int | None = None) -> None:
        def look(desk: Desk) -> tuple[RequestLine, ...]:
            with desk.reading() as session:
                return requests(session, before_id=before_id)

        try:
            found = await self.off_loop(look)
        except Refusal as refusal:
            self.refused(refusal)
            return
        kept = self._lines if before_id is not None else ()
        self._lines = (*kept, *(one for one in found if one.id not in {k.id for k in kept}))
        self._show()

    def _show(self) -> None:
        waiting = [one for one in self._lines if one.state in WAITING]
        others = [one for one in self._lines if one.state not in WAITING]
        said = self.query_one("#requests-said", Caption)
        if not self._lines:
            said.say(f"{T}.requests_none")
        else:
            said.say(message(f"{T}.requests_waiting", count=len(waiting)))
        ordered = [*sorted(waiting, key=lambda one: one.first_day), *others]
        self.query_one("#requests", Listing).set_rows([self._row(one) for one in ordered])

    def _row(self, line: RequestLine) -> Row:
        days = f"{line.first_day:%m-%d}"
        if line.last_day != line.first_day:
            days += f"/{line.last_day:%m-%d}"
        what = gist(self.desk, line)
        return Row(
            str(line.id),
            (
                self.tr(f"roster.kind_{line.kind}"),
                line.person.name,
                days,
                Toned(
                    self.tr(standing(line)),
                    "strong" if line.state in WAITING else "muted",
                ),
                "  ".join(filter(None, (self.tr(what) if what else "", line.reason))),
            ),
        )

    def refresh_texts(self) -> None:
        """The rows in the language that is on."""
        if self.is_mounted and self.query("#requests"):
            self._show()

    @on(Listing.MoreWanted)
    def _more(self) -> None:
        if self._lines:
            self._load(before_id=min(one.id for one in self._lines))

    @on(Listing.RowChosen)
    def _chosen(self, event: Listing.RowChosen) -> None:
        event.stop()
        self._open(int(event.key))

    @work(group="asking")
    async def _open(self, request_id: int) -> None:
        from desk_console.tui.dialogs.roster.decide import DecideDialog

        line = next((one for one in self._lines if one.id == request_id), None)
        if line is not None and await self.host.ask(DecideDialog(line)):
            self._load()

    @work(group="asking")
    async def action_ask(self) -> None:
        """Make a request."""
        from desk_console.tui.dialogs.roster.ask import AskDialog

        if await self.host.ask(AskDialog()):
            self._load()

    def action_back(self) -> None:
        """Where one came from."""
        self.app.pop_screen()
