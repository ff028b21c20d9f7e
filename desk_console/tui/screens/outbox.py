"""The outbox: mail that failed or waits, and what may be done about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType

from desk_console.foundation.catalogue import Message, message
from desk_console.foundation.outbox import MailState
from desk_console.foundation.refusal import Refusal
from desk_console.outputs.mail import queue
from desk_console.outputs.mail.queue import MailLine
from desk_console.people.records import PersonView
from desk_console.rulebook.desk import Desk
from desk_console.tui.dialogs.act import ActDialog, Label, row
from desk_console.tui.dialogs.confirm import Confirm
from desk_console.tui.host import Changed, OnDesk
from desk_console.tui.keys import binding
from desk_console.tui.screen import DeskScreen
from desk_console.tui.widgets.caption import Caption
from desk_console.tui.widgets.fields import Line
from desk_console.tui.widgets.footer import KeyLine
from desk_console.tui.widgets.table import Column, Listing, Row, Toned

T = "tui.outbox"
PAGE = 50
TONES = {MailState.FAILED: "overdue", MailState.SENT: "muted", MailState.WITHDRAWN: "muted"}


class OtherAddress(ActDialog[bool]):
    """Sends a mail to another address. One that is none is refused, and what was typed stays."""

    title_key: ClassVar[str] = f"{T}.elsewhere"
    is_wide: ClassVar[bool] = True
    blames: ClassVar[Mapping[str, str]] = {
        "foundation.mail_address": "mail-address",
        "outputs.mail.same_address": "mail-address",
    }

    def __init__(self, line: MailLine) -> None:
        """Instead of where that mail goes."""
        super().__init__()
        self._line = line

    def fields(self) -> ComposeResult:
        """The mail, and the address as it was."""
        which = message(f"{T}.which", subject=self._line.subject, address=self._line.address)
        yield Label(which, classes="said")
        yield row(f"{T}.address", Line(value=self._line.address, id="mail-address"))

    async def act(self) -> None:
        """Queue it for the address that was typed."""
        writer, address = self.seat.writer, self.text_of("mail-address")
        if writer is None:
            raise Refusal("tui.act.who_wanted")
        await self.off_loop(lambda desk: queue.send_elsewhere(desk, writer, self._line.id, address))
        self.dismiss(True)


class OutboxScreen(OnDesk, DeskScreen[None]):
    """The mail of this desk; the failed first, then what waits, then what went out."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding("cancel", "app.home"),
        binding("save", "retry", words=f"{T}.key_retry"),
        binding("kind", "elsewhere", words=f"{T}.key_elsewhere"),
        binding("discard", "withdraw", words=f"{T}.key_withdraw"),
    ]
    CSS_PATH = "outbox.tcss"

    def __init__(self) -> None:
        """Empty until it was read."""
        super().__init__()
        self._lines: dict[int, MailLine] = {}
        self._oldest: int | None = None

    def compose(self) -> ComposeResult:
        """The mail, and what is to be said of the one under the cursor."""
        yield Caption(f"{T}.title", classes="heading")
        yield Caption(id="outbox-said", classes="hint")
        yield Listing(
            Column("state", f"{T}.state", 9, is_most=True),
            Column("at", f"{T}.at", 12, is_most=True),
            Column("subject", f"{T}.subject"),
            Column("address", f"{T}.address", 26, is_most=True),
            id="outbox-mails",
        )
        yield Caption(id="outbox-one", classes="hint")
        yield KeyLine()

    def on_mount(self) -> None:
        """Read it; the cursor in the list."""
        self.query_one("#outbox-mails").focus()
        self._read()

    def on_changed(self, event: Changed) -> None:
        """Somebody wrote, a mail went out."""
        if self.is_mounted:
            self._read()

    @work(exclusive=True, group="outbox")
    async def _read(self, *, more: bool = False) -> None:
        before = self._oldest if more else None

        def look(desk: Desk) -> tuple[tuple[MailLine, ...], tuple[MailLine, ...]]:
            return queue.open_mails(desk), queue.mails(desk, before=before, limit=PAGE)

        waiting, page = await self.off_loop(look)
        known = self._lines if more else {}
        fresh = {line.id: line for line in (*waiting, *page)}
        self._lines = {line.id: line for line in waiting} | known | fresh
        if page:
            self._oldest = page[-1].id
        self._show()

    @on(Listing.MoreWanted)
    def _more(self) -> None:
        if self._oldest is not None and self._oldest > 1:
            self._read(more=True)

    # Words

    def refresh_texts(self) -> None:
        """Everything in the language that is on."""
        if self.is_mounted:
            self._show()

    def _show(self) -> None:
        self.query_one("#outbox-mails", Listing).set_rows(
            [self._row(line) for line in self._lines.values()]
        )
        states = [line.state for line in self._lines.values()]
        failed = states.count(MailState.FAILED)
        waiting = states.count(MailState.QUEUED) + states.count(MailState.SENDING)
        key = "none" if not states else "counts"
        if not self.desk.mail.host:
            key = "not_set_up_failed" if failed else "not_set_up"
            key = key if waiting or failed else "not_set_up_empty"
        self.query_one("#outbox-said", Caption).say(
            message(f"{T}.{key}", failed=failed, waiting=waiting, host=self.desk.mail.host)
        )
        self._say_one()

    def _row(self, line: MailLine) -> Row:
        state = self.tr(f"outputs.mail.state_{line.state}")
        at = self.catalogue.moment(line.sent_at or line.created_at)
        return Row(
            str(line.id),
            (Toned(state, TONES.get(line.state, "")), at, line.subject, line.address),
        )

    @on(Listing.RowReached)
    def _say_one(self) -> None:
        line = self._chosen()
        said = self.query_one("#outbox-one", Caption)
        if line is None:
            said.hush()
        else:
            said.say(_told(line))

    def _chosen(self) -> MailLine | None:
        key = self.query_one("#outbox-mails", Listing).key
        return self._lines.get(int(key)) if key else None

    # Doing

    @on(Listing.RowChosen)
    def _row_chosen(self) -> None:
        self.action_retry()

    @work
    async def action_retry(self) -> None:
        """Try it again; where it may have gone out already, ask first."""
        line = self._movable()
        if line is None:
            return
        if line.may_have_gone_out:
            ask = message(f"{T}.twice", address=line.address)
            question = Confirm(f"{T}.key_retry", ask, yes=f"{T}.yes_retry", no=f"{T}.no")
            if not await self.host.ask(question):
                return
        await self._do(lambda desk, by: queue.retry(desk, by, line.id), "retried")

    @work
    async def action_withdraw(self) -> None:
        """Take it out of the queue."""
        line = self._movable()
        if line is None:
            return
        ask = message(f"{T}.ask_withdraw", subject=line.subject, address=line.address)
        question = Confirm(f"{T}.key_withdraw", ask, yes=f"{T}.yes_withdraw", no=f"{T}.no")
        if await self.host.ask(question):
            await self._do(lambda desk, by: queue.withdraw(desk, by, line.id), "withdrawn")

    @work
    async def action_elsewhere(self) -> None:
        """Send it to another address."""
        line = self._movable()
        if line is not None and await self.host.ask(OtherAddress(line)):
            self._done("redirected")

    def _movable(self) -> MailLine | None:
        """The mail under the cursor, where it can be moved; else it is said why not."""
        line = self._chosen()
        if line is None or line.state in queue.MOVABLE:
            return line
        self.refused(Refusal(f"outputs.mail.is_{line.state}"))
        return None

    async def _do(self, act: Callable[[Desk, PersonView], object], said: str) -> None:
        writer = self.seat.writer
        if writer is None:
            return
        try:
            await self.off_loop(lambda desk: act(desk, writer))
        except Refusal as refusal:
            self.refused(refusal)
            return
        self._done(said)

    def _done(self, said: str) -> None:
        """What was done; without a mail server it waits, whatever was done about it."""
        waits = not self.desk.mail.host and said != "withdrawn"
        self.say(f"{T}.{said}_waits" if waits else f"{T}.{said}")
        self._read()


def _told(line: MailLine) -> Message:
    """How far one mail has come, and what went wrong."""
    error = message(f"outputs.mail.error_{line.error}") if line.error else ""
    match line.state:
        case MailState.FAILED:
            return message(f"{T}.one_failed", error=error, tries=line.tries)
        case MailState.QUEUED if line.error:
            return message(f"{T}.one_again", error=error, at=line.next_try_at)
        case MailState.SENT:
            return message(f"{T}.one_sent", at=line.sent_at)
        case _:
            return message(f"outputs.mail.state_{line.state}")
