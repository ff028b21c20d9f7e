"""The drafts that wait: forms put aside, or left by a power cut."""

from __future__ import annotations

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container

from desk_console.foundation.refusal import Refusal
from desk_console.log import drafts
from desk_console.rulebook.desk import Desk
from desk_console.tui.host import OnDesk
from desk_console.tui.screen import DeskDialog
from desk_console.tui.widgets.caption import Caption
from desk_console.tui.widgets.footer import KeyLine
from desk_console.tui.widgets.table import Column, Listing, Row

T = "tui.call_form"


class Drafts(OnDesk, DeskDialog[drafts.DraftView]):
    """Gives the draft that was chosen."""

    def __init__(self, *, except_form: str = "") -> None:
        """All that wait at this console but the form that is open."""
        super().__init__()
        self._except = except_form
        self._found: dict[str, drafts.DraftView] = {}

    def compose(self) -> ComposeResult:
        """The list."""
        with Container(classes="dialog -wide -tall"):
            yield Caption(f"{T}.drafts_title", classes="title")
            yield Caption(f"{T}.drafts_hint", classes="hint", id="drafts-hint")
            yield Listing(
                Column("begun", f"{T}.drafts_begun", 11),
                Column("kind", f"{T}.drafts_kind", 9),
                Column("who", f"{T}.drafts_who", 16),
                Column("words", f"{T}.drafts_words"),
                id="drafts",
            )
            yield KeyLine()

    def on_mount(self) -> None:
        """Look what waits."""
        self._load()

    @work
    async def _load(self) -> None:
        def look(desk: Desk) -> tuple[drafts.DraftView, ...]:
            with desk.reading() as session:
                return drafts.waiting(session)

        try:
            waiting = await self.off_loop(look)
        except Refusal as refusal:
            self.refused(refusal)
            return
        self._found = {one.form_id: one for one in waiting if one.form_id != self._except}
        listing = self.query_one("#drafts", Listing)
        listing.set_rows([self._row(one) for one in self._found.values()])
        if not self._found:
            self.query_one("#drafts-hint", Caption).say(f"{T}.drafts_empty")
        listing.focus()

    def _row(self, draft: drafts.DraftView) -> Row:
        fields = draft.fields
        who = " ".join(str(fields.get(name) or "") for name in ("unit_text", "caller")).strip()
        return Row(
            draft.form_id,
            (
                self.catalogue.moment(draft.begun_at),
                self.tr(f"log.kind_{fields.get('kind') or 'call'}"),
                who,
                str(fields.get("content") or ""),
            ),
        )

    @on(Listing.RowChosen)
    def _taken(self, event: Listing.RowChosen) -> None:
        self.dismiss(self._found[event.key])
