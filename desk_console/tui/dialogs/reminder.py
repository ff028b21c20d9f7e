"""Adding a reminder: what, and at what time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult

from desk_console.foundation.refusal import Refusal
from desk_console.tui.dialogs.act import ActDialog, row
from desk_console.tui.dialogs.times import typed_time
from desk_console.tui.widgets.fields import TIME, Line

if TYPE_CHECKING:
    from desk_console.rulebook.desk import Desk


class AddReminder(ActDialog[None]):
    """A reminder of the writer's post."""

    title_key: ClassVar[str] = "tui.act.reminder"
    blames: ClassVar[Mapping[str, str]] = {
        "tui.act.bad_time": "remind-at",
        "shift.reminder_empty": "remind-words",
    }

    def __init__(self) -> None:
        """One form, one reminder, however often it is saved."""
        super().__init__()
        self._form_id = ""

    def fields(self) -> ComposeResult:
        """The words and the time."""
        yield row("tui.act.remind_of", Line(id="remind-words"))
        yield row("tui.act.remind_at", Line(id="remind-at", pattern=TIME, hint="tui.act.time_hint"))

    async def act(self) -> None:
        """Keep it."""
        writer = self.seat.writer
        if writer is None:
            self.dismiss(None)
            return
        self._form_id = self._form_id or self.desk.source.new_id()
        at = typed_time(self.text_of("remind-at"), self.desk.now(), self.desk.zone)
        if at is None:
            raise Refusal("tui.act.bad_time", field="remind-at")
        words, form_id = self.text_of("remind-words"), self._form_id

        def keep(desk: Desk) -> None:
            from desk_console.shift.reminders import remind
            from desk_console.shift.views import board

            with desk.reading() as session:
                posts = board(session, desk, desk.now()).posts
            mine = [
                post.code
                for post in posts
                if any(one.person.id == writer.id for one in post.present)
            ]
            post_code = (mine or [desk.duty.posts()[0].code])[0]
            remind(desk, writer.id, form_id=form_id, post_code=post_code, due_at=at, words=words)

        await self.off_loop(keep)
        self.host.spread()
        self.dismiss(None)
        self.say("tui.act.reminder_kept", at=at)
