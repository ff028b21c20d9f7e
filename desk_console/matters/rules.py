"""What a matter needs before it may close, how long it may wait, and what comes first."""

from __future__ import annotations

from datetime import datetime, timedelta

from desk_console.foundation.refusal import ALLOWED, Verdict, refuse
from desk_console.log.codes import Category
from desk_console.rulebook.records import DutyRules, Topic

URGENT_LIMIT = timedelta(minutes=30)
"""On site within this, where it is urgent."""

LIMITS: dict[Category, timedelta] = {
    Category.REPAIR: timedelta(hours=24),
    Category.COMPLAINT: timedelta(hours=24),
    Category.HELP: timedelta(minutes=30),
    Category.ENQUIRY: timedelta(minutes=30),
    Category.ERRAND: timedelta(hours=24),
    Category.SUGGESTION: timedelta(days=3),
    Category.PRAISE: timedelta(days=3),
    Category.OTHER: timedelta(hours=24),
}
"""How long a matter of each category may wait, as desks promise."""

URGENT_COMPLAINT_LIMIT = timedelta(hours=2)


def limit_for(category: Category, *, is_urgent: bool) -> timedelta:
    """How long a matter may wait before it is overdue (9.4, 3.8)."""
    if not is_urgent:
        return LIMITS[category]
    return URGENT_COMPLAINT_LIMIT if category is Category.COMPLAINT else URGENT_LIMIT


def closing_verdict(result: str, answered: str, duty: DutyRules, *, has_caller: bool) -> Verdict:
    """May it close? Not without its result, nor without an answer to whoever called (3.8, 2.9)."""
    if not result:
        return refuse(duty.cite(Topic.DUTY_RECORD), "matters.result_wanted")
    if has_caller and not answered:
        return refuse(duty.cite(Topic.ANSWERED), "matters.answer_wanted")
    return ALLOWED


def is_overdue(due_at: datetime | None, at: datetime) -> bool:
    """Whether it has waited longer than it may (9.4)."""
    return due_at is not None and at > due_at
