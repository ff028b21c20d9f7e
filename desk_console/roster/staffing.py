"""Who there is to be rostered: what each may take, when they are away, what they had so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlmodel import Session, select

from desk_console.people import views as people
from desk_console.people.records import PersonView, Qualification, QualificationView
from desk_console.people.rules import is_onboarded, is_qualified
from desk_console.roster.laying_out import tally_of
from desk_console.roster.problem import Load, Member, Place
from desk_console.roster.sheet import Placed, Slot, days_between, quarter_of
from desk_console.rulebook.records import DutyRules


def staff_of(session: Session, duty: DutyRules, also: set[int]) -> tuple[PersonView, ...]:
    """Everybody who may take some shift here, and `also` those who took one."""
    return tuple(
        person
        for person in people.people(session, active=None)
        if person.id in also or (person.is_active and places_of(person, duty))
    )


def places_of(person: PersonView, duty: DutyRules) -> frozenset[Place]:
    """The shifts for which somebody has the role (6.2, 1.1)."""
    found = set()
    for post in duty.posts():
        for plan in duty.shifts_at(post.code):
            roles = plan.roles_at(post.code)
            if not roles or person.roles & set(roles):
                found.add(Place(plan.code, post.code))
    return frozenset(found)


def members_of(
    session: Session,
    duty: DutyRules,
    staff: Sequence[PersonView],
    period: tuple[date, date],
    leave: Mapping[int, frozenset[date]],
    known: tuple[Sequence[Slot], Sequence[Placed]],
) -> tuple[Member, ...]:
    """Each of them as the checker knows them: roles, limits, leave (9.8), qualification (7.2),
    training (4.4), telephone (2.3), and what they had this quarter.
    """
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
                places=places_of(person, duty),
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
