"""From what is on file to a problem: who there is, what is wanted, what is fixed, by which rules.

The problem says everything that a check or a draft needs, so that neither asks the file again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlmodel import Session

from desk_console.people.records import PersonView
from desk_console.roster import requested, views
from desk_console.roster.holidays import DayKind, is_holiday, special_day
from desk_console.roster.laying_out import slots_of
from desk_console.roster.problem import (
    Assignment,
    Demand,
    Draft,
    Law,
    Problem,
    Wish,
    Worked,
)
from desk_console.roster.sharing import Workload, shares_of, turns_of
from desk_console.roster.sheet import Placed, Slot, days_between, quarter_of
from desk_console.roster.staffing import members_of, places_of, staff_of
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import DutyRules, WorkingTime

_AROUND = timedelta(days=14)
"""How far around the period known duties are looked at: longer than any run of days."""
_WISH_WEIGHT = 3


def problem_of(
    session: Session,
    desk: Desk,
    first_day: date,
    last_day: date,
    *,
    pins: Iterable[Assignment] = (),
    workload: Workload | None = None,
    also: Iterable[int] = (),
    drafted: Draft | None = None,
) -> Problem:
    """The roster of a period as a problem. `also` names people to be known though they left.

    What began before the site did wants nobody; of a draft, what has begun wants nobody beyond whom
    it has there.
    """
    duty, zone = desk.duty, desk.zone
    wanted_from = views.site_began(session, desk) if drafted is None else desk.now()
    there = Counter(cell[:3] for cell in drafted or ())
    fixed = frozenset(pins)
    within = requested.leave(session, first_day, last_day)
    staff = staff_of(session, duty, {*also, *(cell.person for cell in fixed)})
    quarter_first = min(quarter_of(first_day)[0], first_day - _AROUND)
    known = views.placed(session, quarter_first, last_day + _AROUND)
    slots = slots_of(
        duty,
        zone,
        quarter_first,
        last_day + _AROUND,
        known,
        wanted_from=wanted_from,
    )
    around = [one for one in known if not first_day <= one.day <= last_day]
    weekly = turns_of(duty, staff, around, first_day)
    days = days_between(first_day - _AROUND, last_day + _AROUND)
    return Problem(
        first_day=first_day,
        last_day=last_day,
        members=members_of(session, duty, staff, (first_day, last_day), within, (slots, known)),
        demands=tuple(
            _demand(slot, workload or {}, there, wanted_from=wanted_from)
            for slot in slots
            if first_day <= slot.occurrence.day <= last_day
        ),
        rest_minutes=duty.working_time.rest_hours * 60,
        is_round_the_clock=duty.round_the_clock,
        wishes=_wishes(session, duty, staff, first_day, last_day),
        pins=fixed,
        around=_worked(around, slots, first_day),
        known_from=_known(session, first_day, -1),
        known_until=_known(session, last_day, 1),
        shares=shares_of(duty, slots, workload),
        turns=weekly,
        holidays=frozenset(day for day in days if is_holiday(day)),
        working_weekends=frozenset(
            day
            for day in days
            if (found := special_day(day)) is not None and found.kind is DayKind.WORK
        ),
        law=law_of(duty.working_time),
    )


def law_of(time: WorkingTime) -> Law:
    """The law's figures of a site; what is nought is not looked at."""
    return Law(
        week_minutes=time.law_week_hours * 60 or None,
        rest_day_in=time.law_rest_day_in or None,
        overtime_minutes=time.law_overtime_hours * 60 or None,
    )


def assignments(placed: Iterable[Placed]) -> Draft:
    """Turns on the sheet as what the checker looks at."""
    return frozenset(
        Assignment(one.day, one.plan_code, one.post_code, one.person_id) for one in placed
    )


def _demand(
    slot: Slot,
    workload: Workload,
    there: Counter[tuple[date, str, str]],
    *,
    wanted_from: datetime,
) -> Demand:
    one = slot.occurrence
    people = max(len(slot.people), there[one.day, one.plan_code, one.post_code])
    return Demand(
        day=one.day,
        plan=one.plan_code,
        post=one.post_code,
        begins_at=one.begins_at,
        ends_at=one.ends_at,
        minutes=0 if one.within else one.work_minutes,
        wanted=one.count,
        most=people if one.begins_at < wanted_from else None,
        is_night=slot.is_night and one.within is None,
        workload=workload.get((one.plan_code, one.post_code), 0),
        within=one.within,
    )


def _worked(around: Iterable[Placed], slots: Sequence[Slot], first_day: date) -> tuple[Worked, ...]:
    hours = {
        (slot.occurrence.day, slot.occurrence.plan_code, slot.occurrence.post_code): slot.occurrence
        for slot in slots
        if slot.occurrence.within is None
    }
    return tuple(
        Worked(one.day, one.plan_code, one.post_code, one.person_id, at.begins_at, at.ends_at)
        for one in around
        if one.day >= first_day - _AROUND and (at := hours.get(one.place)) is not None
    )


def _known(session: Session, edge: date, step: int) -> date | None:
    """How far before (-1) or after (1) the period publications cover every day without a break."""
    covered = [
        (one.first_day, one.last_day)
        for one in views.versions(session, edge - _AROUND, edge + _AROUND)
    ]
    day = edge
    for _ in range(_AROUND.days):
        beyond = day + timedelta(days=step)
        if not any(first <= beyond <= last for first, last in covered):
            break
        day = beyond
    return day if day != edge else None


def _wishes(
    session: Session, duty: DutyRules, staff: Sequence[PersonView], first_day: date, last_day: date
) -> tuple[Wish, ...]:
    wished = requested.wishes(session, first_day, last_day)
    found = []
    for person in staff:
        for day, plan_code in wished.get(person.id, {}).items():
            if not plan_code:
                found.append(Wish(person.id, day, weight=_WISH_WEIGHT))
                continue
            places = [one for one in sorted(places_of(person, duty)) if one.plan == plan_code]
            if places:
                found.append(Wish(person.id, day, places[0], is_on=True, weight=_WISH_WEIGHT))
    return tuple(found)


def with_leave(problem: Problem, person_id: int, days: Iterable[date]) -> Problem:
    """The same problem with somebody away on some more days."""
    away = frozenset(days)
    return replace(
        problem,
        members=tuple(
            replace(member, leave=member.leave | away) if member.person == person_id else member
            for member in problem.members
        ),
    )
