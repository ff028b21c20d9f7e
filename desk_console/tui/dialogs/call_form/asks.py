"""What the regulations ask of what is being written, with the clause; and the night's repair: put
right on the spot, or put off to the next day with the resident told by whom and when (6.6).
"""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Container

from desk_console.log.records import Category, EntryKind
from desk_console.rulebook.records import DutyRules
from desk_console.rulebook.topics import Topic
from desk_console.tui.citing import cited
from desk_console.tui.dialogs.call_form.layout import TALK, T, caption, line, row
from desk_console.tui.dialogs.call_form.sheet import MARKS, NEXT_DAY, Sheet
from desk_console.tui.host import OnDesk
from desk_console.tui.widgets.caption import Caption
from desk_console.tui.widgets.fields import TIME, Line
from desk_console.tui.widgets.marks import Marks

Asking = tuple[str, tuple[Topic, ...]]

_OF_TALK = (
    Topic.NOTIFY_DEPARTMENT,
    Topic.ANSWERED,
    Topic.ORIGINAL_RECORD,
    Topic.DUTY_RECORD,
    Topic.ANSWER_IN_TIME,
)
_OF_KIND: dict[str, tuple[Topic, ...]] = {
    EntryKind.EVENT: (Topic.DUTY_RECORD, *_OF_TALK),
    EntryKind.HAND_OUT: (Topic.HAND_OUT,),
    EntryKind.CUSTODY: (Topic.CUSTODY,),
}
"""What the regulations ask of each kind, the weightiest first; of the others, what of all talk."""


class Asks(OnDesk, Container):
    """One line of what is asked; under it the fields of a repair that is put off."""

    def __init__(self) -> None:
        """Whether it is night is not known yet."""
        super().__init__(id="row-asks", classes="rows")
        self.is_night: bool | None = None

    def compose(self) -> ComposeResult:
        """What is to be done, and what is to be said where it is put off."""
        yield Caption(id="asks", classes="hint")
        yield row(
            caption("not_done_reason"),
            line("not_done_reason"),
            caption("told_resident", classes="inner"),
            line("told_resident", 12),
            caption("resident_told_at", classes="inner"),
            line("resident_told_at", 9, pattern=TIME, limit=5),
            id="row-next-day",
        )

    def follow(self, sheet: Sheet, marks: Marks) -> None:
        """Says what is asked of the sheet as it stands; offers the mark that a night's repair may
        have.
        """
        can_wait = bool(self.is_night) and _may_wait(sheet, marks.ticked)
        if self.is_night is not None:
            marks.offer((*MARKS, NEXT_DAY) if can_wait else MARKS)
        is_put_off = NEXT_DAY in marks.ticked
        self.query_one("#row-next-day").display = is_put_off
        duty = self.desk.duty
        asking = _asking(sheet, marks.ticked, can_wait=can_wait) or _usual(sheet.kind, duty)
        is_cited = asking is not None and any(map(duty.cite, asking[1]))
        self.display = can_wait or is_put_off or is_cited
        if asking is not None:
            self.query_one("#asks", Caption).say(cited(asking[0], duty, *asking[1]))
        if is_put_off and not sheet.text("told_resident"):
            writer = self.seat.writer
            self.query_one("#told_resident", Line).value = writer.name if writer else ""
            now = self.catalogue.clock(self.desk.now())
            self.query_one("#resident_told_at", Line).value = now


def _may_wait(sheet: Sheet, marks: frozenset[str]) -> bool:
    """A repair that somebody reported, and that does not press."""
    is_repair = sheet.kind in TALK and sheet.values.get("category") == Category.REPAIR
    is_ours = is_repair and sheet.values.get("direction") != "out"
    return is_ours and not {"urgent", "emergency"} & marks


def _asking(sheet: Sheet, marks: frozenset[str], *, can_wait: bool) -> Asking | None:
    """What is asked now, the weightiest only."""
    if "emergency" in marks:
        return f"{T}.why_emergency", (Topic.EMERGENCY, Topic.INCIDENT_REPORT, Topic.INCIDENT)
    if can_wait:
        return f"{T}.night_hint", (Topic.NIGHT_REPAIR,)
    if sheet.kind == EntryKind.PATROL:
        return f"{T}.why_patrol", (Topic.PATROL,)
    if sheet.kind in TALK and sheet.values.get("category") == Category.COMPLAINT:
        return f"{T}.why_complaint", (Topic.COMPLAINT, Topic.COURTESY)
    if sheet.kind == EntryKind.MESSAGE or sheet.values.get("direction") == "out":
        return f"{T}.why_channel", (Topic.CHANNEL,)
    return None


def _usual(kind: str, duty: DutyRules) -> Asking | None:
    """What is always asked of this kind, by the first clause that the site has for it: 6.3, 3.8,
    5.1, 2.9, 7.10 of what people say, 5.3 of a hand-out, 7.8 of what is left at the desk.
    """
    for topic in _OF_KIND.get(kind, _OF_TALK):
        if duty.cite(topic):
            return f"{T}.why_{topic}", (topic,)
    return None
