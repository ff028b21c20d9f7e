"""From what is on file to a problem: who there is, what is wanted, what is fixed, by which rules.

The problem says everything that a check or a draft needs, so that neither asks the file again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from sqlmodel import Session, select

from desk_console.people import views as people
from desk_console.people.records import PersonView, Qualification, QualificationView
from desk_console.people.rules import is_onboarded, is_qualified
from desk_console.roster import requested, views
from desk_console.roster.holidays import DayKind, is_holiday, is_weekend, special_day
from desk_console.roster.problem import (
    Assignment,
    Demand,
    Draft,
    Law,
    Load,
    Measure,
    Member,
    Place,
    Problem,
    Share,
    Turns,
    Wish,
    Worked,
)
from desk_console.roster.rules import Occurrence
from desk_console.roster.sheet import Placed, Slot, days_between, quarter_of, slots_of, tally_of
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import DutyRules, Rotation, WorkingTime

Workload = Mapping[tuple[str, str], int]
"""How much work a plan at a post brings, by plan and post (3.1): handed in by whoever measured."""

_AROUND = timedelta(days=14)
"""How far around the period known duties are looked at: longer than any run of days."""
_LEADING = frozenset({"duty-manager", "duty-supervisor", "manager", "supervisor", "lead"})
"""The roles that take weekly turns where the regulation has such (1.2)."""
_WISH_WEIGHT = 3
_NIGHTS, _WEEKENDS, _HOLIDAYS, _MINUTES, _WORKLOAD = 10, 10, 10, 5, 3
"""How much an uneven share of each weighs against the others."""
_EVEN_WEEKENDS = 20
"""The weight where the regulation itself wants weekends in turns (4.2)."""


def problem_of(
    session: Session,
    desk: Desk,
    first_day: date,
    last_day: date,
    *,
    pins: Iterable[Assignment] = (),
    workload: Workload | None = None,
    also: Iterable[int] = (),
) -> Problem:
    """The roster of a period as a problem. `also` names people to be known though they left."""
    duty, zone = desk.duty, desk.zone
    fixed = frozenset(pins)
    within = requested.leave(session, first_day, last_day)
    staff = _staff(session, duty, {*also, *(cell.person for cell in fixed)})
    quarter_first = min(quarter_of(first_day)[0], first_day - _AROUND)
    known = views.placed(session, quarter_first, last_day + _AROUND)
    slots = slots_of(duty, zone, quarter_first, last_day + _AROUND, known)
    around = [one for one in known if not first_day <= one.day <= last_day]
    weekly = _turns(duty, staff, around, first_day)
    days = days_between(first_day - _AROUND, last_day + _AROUND)
    return Problem(
        first_day=first_day,
        last_day=last_day,
        members=_members(session, duty, staff, (first_day, last_day), within, (slots, known)),
        demands=tuple(
            _demand(slot, workload or {})
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
        shares=_shares(duty, slots, workload),
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


def _staff(session: Session, duty: DutyRules, also: set[int]) -> tuple[PersonView, ...]:
    return tuple(
        person
        for person in people.people(session, active=None)
        if person.id in also or (person.is_active and _places(person, duty))
    )


def _places(person: PersonView, duty: DutyRules) -> frozenset[Place]:
    found = set()
    for post in duty.posts():
        for plan in duty.shifts_at(post.code):
            roles = plan.roles_at(post.code)
            if not roles or person.roles & set(roles):
                found.add(Place(plan.code, post.code))
    return frozenset(found)


def _members(
    session: Session,
    duty: DutyRules,
    staff: Sequence[PersonView],
    period: tuple[date, date],
    leave: Mapping[int, frozenset[date]],
    known: tuple[Sequence[Slot], Sequence[Placed]],
) -> tuple[Member, ...]:
    days = days_between(*period)
    held = _qualifications(session)
    before = quarter_of(period[0])[0]
    by_place = {
        (slot.occurrence.day, slot.occurrence.plan_code, slot.occurrence.post_code): slot
        for slot in known[0]
    }
    had: dict[int, list[Placed]] = {}
    for one in known[1]:
        if before <= one.day < period[0]:
            had.setdefault(one.person_id, []).append(one)
    time = duty.working_time
    members = []
    for person in staff:
        mine, away = held.get(person.id, ()), leave.get(person.id, frozenset())
        gone = frozenset(day for day in days if day < person.started_on or not person.is_active)
        there = len(days) - len(gone | away)
        members.append(
            Member(
                person=person.id,
                places=_places(person, duty),
                most_minutes=time.most_month_hours * 60 or None,
                least_minutes=time.least_month_hours * 60 * there // len(days),
                longest_run=time.longest_run_days or None,
                shortest_break=time.days_off_together,
                leave=away,
                unqualified=frozenset(day for day in days if not is_qualified(mine, day, duty)),
                trainee=frozenset(day for day in days if not is_onboarded(mine, day, duty)),
                gone=gone,
                is_reachable=bool(person.phone),
                load=_load(had.get(person.id, ()), by_place, person, before, period[0]),
            )
        )
    return tuple(members)


def _load(
    had: Sequence[Placed],
    slots: Mapping[tuple[date, str, str], Slot],
    person: PersonView,
    before: date,
    first_day: date,
) -> Load:
    tally = tally_of(had, slots)
    return Load(
        days=max(0, (first_day - max(before, person.started_on)).days) if had else 0,
        nights=tally.nights,
        weekends=tally.weekends,
        holidays=tally.holidays,
        minutes=tally.minutes,
    )


def _qualifications(session: Session) -> dict[int, tuple[QualificationView, ...]]:
    found: dict[int, list[QualificationView]] = {}
    for row in session.exec(select(Qualification)):
        found.setdefault(row.person_id, []).append(
            QualificationView.model_validate(row, from_attributes=True)
        )
    return {person_id: tuple(rows) for person_id, rows in found.items()}


def _demand(slot: Slot, workload: Workload) -> Demand:
    one = slot.occurrence
    return Demand(
        day=one.day,
        plan=one.plan_code,
        post=one.post_code,
        begins_at=one.begins_at,
        ends_at=one.ends_at,
        minutes=0 if one.within else minutes_of(one),
        wanted=one.count,
        is_night=slot.is_night and one.within is None,
        workload=workload.get((one.plan_code, one.post_code), 0),
        within=one.within,
    )


def minutes_of(occurrence: Occurrence) -> int:
    """Minutes of work, net of the break (4.1)."""
    length = occurrence.ends_at - occurrence.begins_at
    return int(length.total_seconds() // 60) - occurrence.break_minutes


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
            places = [one for one in sorted(_places(person, duty)) if one.plan == plan_code]
            if places:
                found.append(Wish(person.id, day, places[0], is_on=True, weight=_WISH_WEIGHT))
    return tuple(found)


def _shares(duty: DutyRules, slots: Iterable[Slot], workload: Workload | None) -> tuple[Share, ...]:
    whole = [slot for slot in slots if slot.occurrence.within is None]
    found = [Share(Measure.MINUTES, weight=_MINUTES, unit=_usual_minutes(whole))]
    if any(slot.is_night for slot in whole):
        found.append(Share(Measure.NIGHTS, weight=_NIGHTS))
    if any(is_weekend(slot.occurrence.day) for slot in whole):
        weight = _EVEN_WEEKENDS if duty.weekend_rotation else _WEEKENDS
        found.append(Share(Measure.WEEKENDS, weight=weight))
    if any(is_holiday(slot.occurrence.day) for slot in whole):
        found.append(Share(Measure.HOLIDAYS, weight=_HOLIDAYS))
    if workload and any(workload.values()):
        unit = max(1, sum(workload.values()) // len(workload))
        found.append(Share(Measure.WORKLOAD, weight=_WORKLOAD, unit=unit))
    return tuple(found)


def _usual_minutes(slots: Sequence[Slot]) -> int:
    counted = Counter(minutes_of(slot.occurrence) for slot in slots)
    return max(1, counted.most_common(1)[0][0]) if counted else 480


def _turns(
    duty: DutyRules, staff: Sequence[PersonView], around: Sequence[Placed], first_day: date
) -> tuple[Turns, ...]:
    """How turns go round: in order among those of one role (2.7), weekly for the leading (1.2)."""
    if duty.rotation is Rotation.FAIR:
        return ()
    groups: dict[frozenset[str], list[Place]] = {}
    for post in duty.posts():
        for plan in duty.shifts_at(post.code):
            if plan.within is None:
                roles = frozenset(plan.roles_at(post.code))
                groups.setdefault(roles, []).append(Place(plan.code, post.code))
    is_weekly = duty.rotation is Rotation.WEEKLY
    leading = {roles for roles in groups if roles & _LEADING}
    if is_weekly and leading:
        groups = {roles: places for roles, places in groups.items() if roles in leading}
    found = []
    for places in groups.values():
        order = tuple(
            person.id
            for person in staff
            if person.is_active and _places(person, duty) >= set(places)
        )
        if order:
            found.append(
                Turns(
                    places=tuple(places),
                    order=order,
                    is_weekly=is_weekly,
                    after=_last_turn(places, order, around, first_day),
                )
            )
    return tuple(found)


def _last_turn(
    places: Sequence[Place], order: Sequence[int], around: Iterable[Placed], first_day: date
) -> int | None:
    before = [
        one
        for one in around
        if one.day < first_day
        and one.person_id in order
        and Place(one.plan_code, one.post_code) in places
    ]
    if not before:
        return None
    codes = [place.plan for place in places]
    return max(before, key=lambda one: (one.day, codes.index(one.plan_code))).person_id


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
