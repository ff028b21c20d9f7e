"""What changed for whom: each person takes note of it at their next sign-on (9.1, 3.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from desk_console.foundation.refusal import Refusal
from desk_console.roster.problem import Assignment
from desk_console.roster.records import RosterNews
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import Topic


@dataclass(frozen=True, slots=True)
class NewsLine:
    """One piece of news for one person."""

    id: int
    at: datetime
    cause: str
    """`roster:3`, `request:5`, `duty:7` where somebody could not come."""
    added: tuple[Assignment, ...]
    removed: tuple[Assignment, ...]


def news_for(session: Session, person_id: int) -> tuple[NewsLine, ...]:
    """What a person has not taken note of yet, the oldest first."""
    rows = session.exec(
        select(RosterNews)
        .where(RosterNews.person_id == person_id, col(RosterNews.acknowledged_at).is_(None))
        .order_by(col(RosterNews.id))
    )
    return tuple(
        NewsLine(
            id=row.id or 0,
            at=row.at,
            cause=row.cause,
            added=_cells(row.added, person_id),
            removed=_cells(row.removed, person_id),
        )
        for row in rows
    )


def acknowledge(desk: Desk, person_id: int, news_ids: Sequence[int]) -> None:
    """The person has seen what changed for them. Refuses another's news."""
    with desk.transaction() as work:
        for news_id in news_ids:
            row = work.session.get(RosterNews, news_id)
            if row is None or row.person_id != person_id:
                raise Refusal("roster.not_your_news")
            if row.acknowledged_at is None:
                row.acknowledged_at = work.now
                work.session.add(row)
        work.journal(
            "roster.acknowledged",
            by=person_id,
            subject=f"person:{person_id}",
            clause=desk.duty.cite(Topic.NOTIFY_ROSTER),
            news=list(news_ids),
        )


def _cells(listed: list[list[str]], person_id: int) -> tuple[Assignment, ...]:
    return tuple(
        Assignment(date.fromisoformat(day), plan, post, person_id) for day, plan, post in listed
    )
