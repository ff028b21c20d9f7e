"""Who can take a duty over: everybody with the role, best first, each with what stands against it.

Best is: breaks no rule, then costs the roster's quality least, then has the fewest minutes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from desk_console.people import views as people
from desk_console.people.records import PersonView
from desk_console.roster import views
from desk_console.roster.changes import cell_of, with_turns
from desk_console.roster.checking import Checker
from desk_console.roster.findings import finding
from desk_console.roster.planning import assignments, problem_of, with_leave
from desk_console.roster.problem import Assignment, Draft, Place
from desk_console.roster.records import Duty
from desk_console.roster.sheet import Finding, Tally, month_of
from desk_console.rulebook.desk import Desk


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who might take a duty over."""

    person: PersonView
    against: tuple[Finding, ...]
    """The rules that it would newly break; none: nothing stands against it."""
    cost: int
    """By how much the month's quality figure gets worse; less is better."""
    month: Tally
    """What they have this month."""


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A duty to be covered, and who can."""

    duty_id: int
    cell: Assignment
    candidates: tuple[Candidate, ...]


def candidates(session: Session, desk: Desk, duty_id: int) -> tuple[Candidate, ...]:
    """Who can take this duty over, best first."""
    duty = session.get(Duty, duty_id)
    if duty is None:
        return ()
    return _candidates(session, desk, [duty])[0].candidates


def uncovered(session: Session, desk: Desk, duty_ids: tuple[int, ...]) -> tuple[Uncovered, ...]:
    """Each of somebody's duties with who can take it over: what an approval of leave asks for.

    Each is looked at as if the ones before were taken by their first candidate.
    """
    found = [duty for duty_id in duty_ids if (duty := session.get(Duty, duty_id)) is not None]
    return _candidates(session, desk, found)


def _candidates(session: Session, desk: Desk, duties: list[Duty]) -> tuple[Uncovered, ...]:
    if not duties:
        return ()
    everybody = people.people(session, active=None)
    outcome = []
    sheets: Mapping[int, Tally] = {}
    current: dict[tuple[int, int], Draft] = {}
    for duty in duties:
        first, last = month_of(duty.day)
        key = (first.year, first.month)
        if key not in current:
            month = views.month(session, desk, duty.day)
            sheets = {line.person.id: line.month for line in month.people}
            current[key] = assignments(one for slot in month.slots for one in slot.people)
        cell, cells = cell_of(duty), current[key]
        problem = problem_of(session, desk, first, last, also={one.person for one in cells})
        problem = with_leave(problem, cell.person, [duty.day])
        checker = Checker(problem)
        known = set(checker.breaches(cells))
        before = checker.report(cells).quality.total
        names = {one.id: one.name for one in everybody}
        on_it = {one.person for one in cells if (one.day, one.place) == (cell.day, cell.place)}
        found = []
        for person in everybody:
            member = problem.member.get(person.id)
            if (
                person.id in on_it
                or member is None
                or Place(cell.plan, cell.post) not in member.places
            ):
                continue
            after = with_turns(desk, cell, person, cells)
            report = checker.report(after)
            against = [
                finding(one, desk.duty, names) for one in report.breaches if one not in known
            ]
            found.append(
                Candidate(
                    person,
                    tuple(against),
                    report.quality.total - before,
                    sheets.get(person.id, Tally()),
                )
            )
        found.sort(key=lambda one: (len(one.against), one.cost, one.month.minutes, one.person.id))
        outcome.append(Uncovered(duty.id or 0, cell, tuple(found)))
        if found and not found[0].against:
            current[key] = with_turns(desk, cell, found[0].person, cells)
    return tuple(outcome)
