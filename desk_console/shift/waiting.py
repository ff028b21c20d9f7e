"""Which reminders wait to be done, asked in plain SQL; see `foundation.reading`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from desk_console.foundation.reading import instant, rows

if TYPE_CHECKING:
    from sqlmodel import Session

    from desk_console.foundation.reading import Reader

_WAITING = """
    select id, due_at, words from reminder
    where post_code = :post and done_at is null and due_at <= :until order by due_at
"""


@dataclass(frozen=True, slots=True)
class ReminderView:
    """A reminder that is still to be done."""

    id: int
    due_at: datetime
    words: str


def waiting(asked: Session | Reader, post_code: str, until: datetime) -> tuple[ReminderView, ...]:
    """The reminders of a post that fall due by an instant and are not done, soonest first."""
    found = rows(asked, _WAITING, post=post_code, until=until)
    return tuple(ReminderView(each["id"], instant(each["due_at"]), each["words"]) for each in found)
