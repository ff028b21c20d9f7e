"""What the live shift shows, fetched in one reading unit: the same instant for all of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from desk_console.beginnings import first_steps
from desk_console.foundation.catalogue import Message
from desk_console.handover.glance import Awaited, answers, awaited, last_ended, left_posts
from desk_console.log.glance import EntryLine, HalfWritten, half_written, newest
from desk_console.matters.glance import MatterLine, OpenCount, open_count, open_matters, pressing
from desk_console.outputs.mail.glance import failed_count
from desk_console.roster.glance import Upkeep, upkeep
from desk_console.rulebook.desk import Desk
from desk_console.shift.board import Board, board

MOST_MATTERS = 60
MOST_ENTRIES = 60
"""Rows fetched: more than a screen holds; the rest is in the logbook and in the matters."""


@dataclass(frozen=True, slots=True)
class Picture:
    """The desk at one instant."""

    at: datetime
    board: Board
    awaited: tuple[Awaited, ...]
    """What the handover has waiting."""
    answers: tuple[Message, ...]
    """What those in charge answered where relief has not come."""
    matters: tuple[MatterLine, ...]
    pressing: tuple[MatterLine, ...]
    """What is late or about to be."""
    count: OpenCount
    lines: tuple[EntryLine, ...]
    has_more_lines: bool
    failure: str | None
    """The catalogue key of what keeps the file from being written."""
    failed_mails: int
    """Mail that was not sent and waits for somebody to look at it."""
    upkeep: Upkeep
    """What whoever makes the roster is to see to."""
    first_steps: tuple[str, ...]
    """What a new site has still to set up."""
    half_written: HalfWritten | None
    """Entries that were put aside here and wait to be written to their end."""

    def awaited_by(self, *, sees_reports: bool) -> tuple[Awaited, ...]:
        """What waits for whoever looks: reports are for those in charge (3.10)."""
        return tuple(one for one in self.awaited if sees_reports or one.kind != "report")

    def to_do(self, *, sees_reports: bool) -> int:
        """How much is to be done now, by whoever looks."""
        waiting = self.awaited_by(sees_reports=sees_reports)
        drafts = 0 if self.half_written is None else 1
        return drafts + len(waiting) + len(self.board.due) + len(self.pressing)


def look(desk: Desk, reader_id: int = 0) -> Picture:
    """Everything that the live shift shows to somebody, as it is now. Off the loop."""
    at = desk.now()
    with desk.glancing() as reader:
        posts = board(reader, desk, at, last_ended=last_ended(reader), signed=left_posts(reader))
        log = newest(reader, _since(posts, desk, at), most=MOST_ENTRIES)
        return Picture(
            at=at,
            board=posts,
            awaited=awaited(reader, desk, posts.posts, at, reader_id=reader_id),
            answers=answers(reader),
            matters=open_matters(reader, at, limit=MOST_MATTERS),
            pressing=pressing(
                reader, at, timedelta(minutes=desk.duty.limits.warn_minutes), limit=MOST_MATTERS
            ),
            count=open_count(reader, at),
            lines=log.lines,
            has_more_lines=log.has_more,
            failure=desk.store.failure,
            failed_mails=failed_count(reader) if desk.mail.host else 0,
            upkeep=upkeep(reader, desk.duty, at.astimezone(desk.zone)),
            first_steps=first_steps(reader, desk, at),
            half_written=half_written(reader, desk.store.console),
        )


def _since(posts: Board, desk: Desk, at: datetime) -> datetime:
    """From when on it is today's log: midnight of the date to which the oldest running shift
    belongs, so that the night keeps its evening.
    """
    today = at.astimezone(desk.zone).date()
    day = min([today, *(post.day for post in posts.posts if post.day is not None)])
    if today - day > timedelta(days=1):
        day = today
    return datetime.combine(day, time(), desk.zone)
