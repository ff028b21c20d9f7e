"""Duties that stand on the roster already: written as rows, for tests of what comes after them.

How duties come onto it, and what keeps them from it, is proved of the real publication.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desk_console.roster.changes import in_force
from desk_console.roster.records import Duty, Roster
from desk_console.rulebook.desk import Desk


@dataclass(frozen=True, slots=True)
class Turn:
    """One person's turn at one shift on one date."""

    day: date
    plan_code: str
    post_code: str
    person_id: int


def put_on_roster(
    desk: Desk, by_id: int, first_day: date, last_day: date, turns: Sequence[Turn]
) -> int:
    """Has these duties in force instead of those of the same dates; gives the roster's id."""
    with desk.transaction() as work:
        roster = Roster(
            first_day=first_day, last_day=last_day, published_at=work.now, published_by=by_id
        )
        work.session.add(roster)
        work.session.flush()
        for duty in in_force(work, first_day, last_day):
            duty.withdrawn_at = work.now
            work.session.add(duty)
        for turn in turns:
            work.session.add(
                Duty(
                    roster_id=roster.id or 0,
                    day=turn.day,
                    plan_code=turn.plan_code,
                    post_code=turn.post_code,
                    person_id=turn.person_id,
                    added_at=work.now,
                )
            )
        return roster.id or 0
