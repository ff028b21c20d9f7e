"""Laying turns out as a month: shifts with their people, people with their days and figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, tzinfo

from desk_console.people.records import PersonView
from desk_console.roster.holidays import holiday_year, is_holiday, is_weekend, special_day
from desk_console.roster.rules import is_working_day, occurrences
from desk_console.roster.sheet import (
    Content,
    DayHead,
    PersonLine,
    Placed,
    RosterMonth,
    Slot,
    Tally,
    days_between,
    quarter_of,
)
from desk_console.rulebook.records import DutyRules, ShiftRule
from desk_console.rulebook.rules import Stretch, hours, shared

_SMALL_HOURS = Stretch(0, 5 * 60)
"""A shift that has some of these minutes is a night shift."""


def is_night(plan: ShiftRule) -> bool:
    """Whether a shift counts as a night: it has minutes between midnight and five."""
    return bool(shared(hours(plan), _SMALL_HOURS))


def tally_of(placed: Iterable[Placed], shifts: Mapping[tuple[date, str, str], Slot]) -> Tally:
    """What these turns come to. A turn within a shift, or at none that runs, adds nothing."""
    total = Tally()
    for one in placed:
        slot = shifts.get(one.place)
        if slot is not None and slot.occurrence.within is None:
            total += _weight(slot)
    return total


def slots_of(
    duty: DutyRules,
    zone: tzinfo,
    first_day: date,
    last_day: date,
    placed: Iterable[Placed],
    *,
    wanted_from: datetime,
) -> tuple[Slot, ...]:
    """Every shift that begins on those dates, with the people placed on it, by beginning.

    One that begins before `wanted_from` wants nobody beyond them: it is no gap, and stays as it is.
    """
    by_place: dict[tuple[date, str, str], list[Placed]] = {}
    for one in placed:
        by_place.setdefault(one.place, []).append(one)
    nights = {plan.code: is_night(plan) for plan in duty.shifts}
    slots = []
    for shift in occurrences(duty, zone, first_day, last_day):
        people = tuple(by_place.get((shift.day, shift.plan_code, shift.post_code), ()))
        if shift.begins_at < wanted_from:
            shift = replace(shift, count=min(shift.count, len(people)))
        slots.append(Slot(shift, nights[shift.plan_code], people))
    return tuple(slots)


def sheet_of(
    duty: DutyRules, zone: tzinfo, first_day: date, last_day: date, content: Content
) -> RosterMonth:
    """Lays the turns out as a month. Findings are added by whoever has them checked."""
    quarter = quarter_of(first_day)
    first, last = min(quarter[0], first_day), max(quarter[1], last_day)
    whole = slots_of(duty, zone, first, last, content.placed, wanted_from=content.wanted_from)
    by_place = {
        (slot.occurrence.day, slot.occurrence.plan_code, slot.occurrence.post_code): slot
        for slot in whole
    }
    by_person: dict[int, list[Placed]] = {}
    for one in content.placed:
        by_person.setdefault(one.person_id, []).append(one)
    return RosterMonth(
        first_day=first_day,
        last_day=last_day,
        days=tuple(_head(duty, day) for day in days_between(first_day, last_day)),
        slots=tuple(slot for slot in whole if first_day <= slot.occurrence.day <= last_day),
        people=tuple(
            _line(person, by_person.get(person.id, []), by_place, first_day, last_day, content)
            for person in content.people
            if _belongs(person, by_person.get(person.id, []), duty, first_day, last_day)
        ),
        versions=content.versions,
        draft=content.draft,
        is_estimated=(plan := holiday_year(first_day.year)) is None or plan.is_estimated,
    )


def _weight(slot: Slot) -> Tally:
    one = slot.occurrence
    return Tally(
        1,
        one.work_minutes,
        int(slot.is_night),
        int(is_weekend(one.day)),
        int(is_holiday(one.day)),
    )


def _head(duty: DutyRules, day: date) -> DayHead:
    return DayHead(day, is_working_day(duty, day), is_weekend(day), special_day(day))


def _belongs(
    person: PersonView, placed: Sequence[Placed], duty: DutyRules, first_day: date, last_day: date
) -> bool:
    if any(first_day <= one.day <= last_day for one in placed):
        return True
    wanted = [frozenset(roles) for plan in duty.shifts for roles in _role_sets(plan)]
    return person.is_active and any(not roles or person.roles & roles for roles in wanted)


def _role_sets(plan: ShiftRule) -> list[tuple[str, ...]]:
    return [(post.role,) for post in plan.posts] or [plan.roles]


def _line(
    person: PersonView,
    placed: Sequence[Placed],
    slots: Mapping[tuple[date, str, str], Slot],
    first_day: date,
    last_day: date,
    content: Content,
) -> PersonLine:
    in_month = [one for one in placed if first_day <= one.day <= last_day]
    by_day: dict[date, tuple[Placed, ...]] = {}
    for one in sorted(in_month, key=lambda one: _begins(one, slots)):
        by_day[one.day] = (*by_day.get(one.day, ()), one)
    return PersonLine(
        person=person,
        placed=by_day,
        leave=content.leave.get(person.id, frozenset()),
        wishes=content.wishes.get(person.id, {}),
        month=tally_of(in_month, slots),
        quarter=tally_of(placed, slots),
    )


def _begins(one: Placed, slots: Mapping[tuple[date, str, str], Slot]) -> str:
    slot = slots.get(one.place)
    return slot.occurrence.begins_at.isoformat() if slot else ""
