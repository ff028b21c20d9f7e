"""How duties are to be shared: in turns, in weekly turns, and by even shares of what weighs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from desk_console.people.records import PersonView
from desk_console.roster.holidays import is_holiday, is_weekend
from desk_console.roster.problem import Measure, Place, Share, Turns
from desk_console.roster.sheet import Placed, Slot
from desk_console.roster.staffing import places_of
from desk_console.rulebook.records import DutyRules, Rotation

Workload = Mapping[tuple[str, str], int]
"""How much work a plan at a post brings, by plan and post (3.1): handed in by whoever measured."""

_LEADING = frozenset({"duty-manager", "duty-supervisor", "manager", "supervisor", "lead"})
"""The roles that take weekly turns where the regulation has such (1.2)."""
_NIGHTS, _WEEKENDS, _HOLIDAYS, _MINUTES, _WORKLOAD = 10, 10, 10, 5, 3
"""How much an uneven share of each weighs against the others."""
_EVEN_WEEKENDS = 20
"""The weight where the regulation itself wants weekends in turns (4.2)."""


def shares_of(
    duty: DutyRules, slots: Iterable[Slot], workload: Workload | None
) -> tuple[Share, ...]:
    """What is to be shared evenly, and how much each weighs: hours, nights, weekends (4.2),
    holidays, and the work that a shift brings (3.1).
    """
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
    counted = Counter(slot.occurrence.work_minutes for slot in slots)
    return max(1, counted.most_common(1)[0][0]) if counted else 480


def turns_of(
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
            if person.is_active and places_of(person, duty) >= set(places)
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
