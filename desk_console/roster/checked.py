"""A month with what is to be said about it: gaps, clashes, warnings, and its quality.

Published or drafted, made by hand, by rotation, by the optimiser or from a file: the same checker.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from desk_console.people import views as people
from desk_console.roster import views
from desk_console.roster.checking import Checker, Report
from desk_console.roster.findings import findings
from desk_console.roster.planning import assignments, problem_of
from desk_console.roster.problem import Draft, Problem
from desk_console.roster.records import RosterDraft
from desk_console.roster.sharing import Workload
from desk_console.roster.sheet import RosterMonth
from desk_console.rulebook.desk import Desk


@dataclass(frozen=True, slots=True)
class Checked:
    """A month of the roster, the problem that it answers, and what the checker says."""

    month: RosterMonth
    """With its findings."""
    problem: Problem
    cells: Draft
    report: Report


def checked_month(
    session: Session, desk: Desk, day: date, *, workload: Workload | None = None
) -> Checked:
    """The month that a day lies in as it is published, checked."""
    return _checked(session, desk, views.month(session, desk, day), workload)


def checked_draft(
    session: Session, desk: Desk, draft: RosterDraft, *, workload: Workload | None = None
) -> Checked:
    """A draft, checked."""
    return _checked(session, desk, views.draft_month(session, desk, draft), workload)


def _checked(
    session: Session, desk: Desk, month: RosterMonth, workload: Workload | None
) -> Checked:
    placed = [one for slot in month.slots for one in slot.people]
    cells = assignments(placed)
    problem = problem_of(
        session,
        desk,
        month.first_day,
        month.last_day,
        pins=[] if month.draft is None else assignments(one for one in placed if one.is_pinned),
        workload=workload,
        also={cell.person for cell in cells},
        drafted=None if month.draft is None else cells,
    )
    report = Checker(problem).report(cells)
    names = {one.id: one.name for one in people.people(session, active=None)}
    found = findings((*report.breaches, *report.warnings), desk.duty, names)
    return Checked(replace(month, findings=found), problem, cells, report)
