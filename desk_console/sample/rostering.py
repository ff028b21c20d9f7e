"""Whose turn it is at the sample site, and how its months are put on the roster.

Two clerks have the day and one of them the noon (6.2), a maintenance man the night. A month is
drafted ten days before it is to be published and published in time, so that near a month's end the
next one waits as a draft.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from desk_console.people.pins import Proof
from desk_console.roster import drafts, views
from desk_console.roster.problem import Assignment, Draft, dates
from desk_console.roster.publication import publish
from desk_console.roster.records import DraftMethod
from desk_console.roster.rules import publish_by
from desk_console.roster.sheet import month_of
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import DESK, DutyRules
from desk_console.sample.cast import DAY_CLERKS, NIGHT_MEN

_DRAFTED_BEFORE = timedelta(days=10)
_PUBLISHED_BEFORE = timedelta(days=3)


def clerk_of(day: date) -> str:
    """Who has the day shift and takes the post, in turn."""
    return DAY_CLERKS[day.toordinal() % len(DAY_CLERKS)]


def second_clerk_of(day: date) -> str:
    """Who has the day shift beside them and the noon turn, half the rotation away."""
    return DAY_CLERKS[(day.toordinal() + len(DAY_CLERKS) // 2) % len(DAY_CLERKS)]


def night_man_of(day: date) -> str:
    """Who has the night that begins on that date, in turn."""
    return NIGHT_MEN[day.toordinal() % len(NIGHT_MEN)]


def months(first: date, last: date) -> Iterator[date]:
    """The first day of each month that a stretch of days touches."""
    day = first.replace(day=1)
    while day <= last:
        yield day
        day = month_of(day)[1] + timedelta(days=1)


def draft_day(month: date, duty: DutyRules) -> date:
    """When the roster of a month is drafted."""
    return publish_by(duty, month) - _DRAFTED_BEFORE


def publication_day(month: date, duty: DutyRules) -> date:
    """When the roster of a month is published."""
    return publish_by(duty, month) - _PUBLISHED_BEFORE


def put_in_force(
    desk: Desk, supervisor: Proof, proofs: dict[str, Proof], first: date, last: date
) -> None:
    """Publishes days that hung on the notice board before the desk ran on this program."""
    draft_days(desk, supervisor, proofs, first, last)
    publish_month(desk, supervisor, first)


def draft_days(
    desk: Desk, supervisor: Proof, proofs: dict[str, Proof], first: date, last: date
) -> None:
    """Begins the draft of a period, with everybody's turns."""
    by_id = supervisor.person.id
    begun = drafts.begin_draft(desk, by_id, first, last)
    cells = _cells(proofs, first, last)
    drafts.take_over(desk, by_id, begun.draft_id, begun.revision, cells, DraftMethod.HAND)


def draft_month(desk: Desk, supervisor: Proof, proofs: dict[str, Proof], month: date) -> None:
    """Begins the draft of a month, with everybody's turns."""
    draft_days(desk, supervisor, proofs, *month_of(month))


def publish_month(desk: Desk, supervisor: Proof, first: date) -> None:
    """Publishes the draft that begins on that day."""
    with desk.reading() as session:
        draft = views.open_draft(session, first)
    if draft is None:
        raise LookupError(f"nobody has drafted {first:%Y-%m-%d}")
    publish(desk, supervisor, draft.id or 0, draft.revision)


def _cells(proofs: dict[str, Proof], first: date, last: date) -> Draft:
    return frozenset(
        Assignment(day, plan, DESK, proofs[staff_no].person.id)
        for day in dates(first, last)
        for plan, staff_no in _turns_of(day)
    )


def _turns_of(day: date) -> tuple[tuple[str, str], ...]:
    second = second_clerk_of(day)
    return ("day", clerk_of(day)), ("day", second), ("noon", second), ("night", night_man_of(day))
