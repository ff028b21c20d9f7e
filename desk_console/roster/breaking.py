"""What a change of the published roster would newly break: refused before it is made.

Each month that the change touches is looked at whole, with the other as it would be after it: rest
over a month's end counts, and so do a month's sums. What was broken before is nobody's fault now.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Work
from desk_console.people import views as people
from desk_console.roster.breaches import Breach, Rule
from desk_console.roster.changes import cell_of, in_force
from desk_console.roster.checking import Checker
from desk_console.roster.findings import breach_message
from desk_console.roster.planning import problem_of, with_leave
from desk_console.roster.problem import Assignment, Draft, Problem, Worked
from desk_console.roster.publishing import is_final
from desk_console.roster.rules import occurrence_of
from desk_console.roster.sheet import month_of
from desk_console.rulebook.desk import Desk


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody who is not to be on duty on some days, from now on."""

    person_id: int
    days: tuple[date, ...]


def refuse_new(
    work: Work,
    desk: Desk,
    *,
    added: Draft,
    removed: Draft,
    reason: str,
    away: Away | None = None,
) -> None:
    """Refuses a change that newly breaks a rule (6.1, 2.1, 6.2, 7.2, 4.4, 2.3, 9.8, 2.6).

    What a clause forbids is refused in any case; a rule of rest or hours that no clause states
    gives way to a reason.
    """
    touched = {cell.day for cell in added | removed} | set(away.days if away else ())
    fresh = [
        breach
        for first, last in sorted({month_of(day) for day in touched})
        for breach in _fresh(work, desk, (first, last), added, removed, away)
    ]
    if not fresh:
        return
    final = [one for one in fresh if is_final(one, desk.duty)]
    if reason and not final:
        return
    first_one = (final or fresh)[0]
    names = {one.id: one.name for one in people.people(work.session, active=None)}
    raise Refusal(
        "roster.change_refused" if final else "roster.breach_reason_wanted",
        clause=first_one.clause(desk.duty.cites),
        what=breach_message(first_one, desk.duty, names),
        count=len(final or fresh),
    )


def _fresh(
    work: Work,
    desk: Desk,
    month: tuple[date, date],
    added: Draft,
    removed: Draft,
    away: Away | None,
) -> list[Breach]:
    before = frozenset(map(cell_of, in_force(work, *month)))
    after = (before - removed) | {cell for cell in added if month[0] <= cell.day <= month[1]}
    known_people = {cell.person for cell in before | added}
    problem = problem_of(work.session, desk, *month, also=known_people)
    if away is not None:
        problem = with_leave(problem, away.person_id, away.days)
    known = Checker(problem).breaches(before)
    changed = _with_the_rest_changed(problem, desk, added, removed)
    return [one for one in Checker(changed).breaches(after) if _is_new(one, known)]


def _with_the_rest_changed(problem: Problem, desk: Desk, added: Draft, removed: Draft) -> Problem:
    """The same problem with the days around the month as they are after the change."""
    stays = [
        one
        for one in problem.around
        if Assignment(one.day, one.plan, one.post, one.person) not in removed
    ]
    comes = [
        Worked(cell.day, cell.plan, cell.post, cell.person, shift.begins_at, shift.ends_at)
        for cell in sorted(added)
        if not problem.first_day <= cell.day <= problem.last_day
        and cell.day in problem.timeline
        and (shift := occurrence_of(
            desk.duty, desk.zone, plan_code=cell.plan, post_code=cell.post, day=cell.day
        )) is not None
        and shift.within is None
    ]  # fmt: skip
    return replace(problem, around=(*stays, *comes))


def _is_new(breach: Breach, known: Collection[Breach]) -> bool:
    """Broken by the change, or more than before. Who gives a duty away has fewer hours: that is
    what was asked for.
    """
    if breach.rule is Rule.LEAST_MINUTES:
        return False
    if breach.days:
        return breach not in known
    return all(
        breach.found > one.found
        for one in known
        if (one.rule, one.person, one.place) == (breach.rule, breach.person, breach.place)
    )
