"""What a new site has still to set up, asked in plain SQL; see `foundation.reading`.

Nobody is told of it for good: when a site has run for a fortnight, it has what it wants.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from desk_console.foundation.reading import began_at, row
from desk_console.rulebook.topics import Topic

if TYPE_CHECKING:
    from sqlmodel import Session

    from desk_console.foundation.reading import Reader
    from desk_console.rulebook.desk import Desk

NEW_FOR = timedelta(days=14)
"""How long a site counts as new, from its first act on record."""

PEOPLE, ITEMS, CHECKLISTS, RESIDENTS, ROSTER = (
    "people",
    "items",
    "checklists",
    "residents",
    "roster",
)

_THERE = """
    select (select count(*) from person where is_active) > 1 as people,
        exists (select 1 from item where is_active) as items,
        exists (select 1 from check_item where is_active) as checklists,
        exists (select 1 from resident) as residents,
        exists (select 1 from roster) as roster
"""


def first_steps(asked: Session | Reader, desk: Desk, at: datetime) -> tuple[str, ...]:
    """What is to be set up first, in the order in which one builds on the other; none where the
    site is not new any more, or has it all.
    """
    began = began_at(asked)
    if began is not None and at - began > NEW_FOR:
        return ()
    there = row(asked, _THERE) or {}
    return tuple(
        step
        for step in (PEOPLE, ITEMS, CHECKLISTS, RESIDENTS, ROSTER)
        if not there[step] and _is_wanted(step, desk)
    )


def _is_wanted(step: str, desk: Desk) -> bool:
    """Some regulations hand over without counting, and some have no checks of their own."""
    duty = desk.duty
    if step == ITEMS:
        return duty.cite(Topic.COUNT_ITEMS) is not None or duty.cite(Topic.HAND_OUT) is not None
    if step == CHECKLISTS:
        return bool(duty.opening_checks or duty.start_checks or duty.tidy_checks)
    return True
