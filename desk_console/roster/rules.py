"""Shift plans laid over dates: when each shift of each post begins and ends.

A shift belongs to the date on which it begins. Hours are the site's own wall clock; the instants
are UTC, so a night in which the clock changes is an hour longer or shorter, and nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from desk_console.foundation.catalogue import message
from desk_console.foundation.refusal import ALLOWED, Verdict, refuse
from desk_console.people.values import PersonView
from desk_console.rulebook.records import (
    DESK,
    DutyRules,
    RosterDue,
    ShiftRule,
    Topic,
    Weekday,
    role_key,
)

_REACH = 8
"""Days that are looked at for the next shift: a week of closed days at most."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One shift plan on one date at one post."""

    plan_code: str
    post_code: str
    day: date
    """The date on which it begins, in the site's zone."""
    begins_at: datetime
    ends_at: datetime
    roles: frozenset[str]
    """Who may work it; empty: anyone."""
    within: str | None = None
    """The plan that it is a turn of (the noon turn of the day shift)."""
    count: int = 1
    """How many people the plan wants at the post."""
    break_minutes: int = 0
    """Minutes of it that do not count as work (4.1)."""

    @property
    def work_minutes(self) -> int:
        """Minutes of work, net of the break (4.1), by the clock: where it changes, more or less."""
        length = self.ends_at - self.begins_at
        return int(length.total_seconds() // 60) - self.break_minutes

    def runs_at(self, at: datetime) -> bool:
        """True from its first instant up to, not including, its last."""
        return self.begins_at <= at < self.ends_at


def posts(duty: DutyRules) -> tuple[str, ...]:
    """The codes of the posts that the shift plans man, in the order of the plans."""
    return tuple(post.code for post in duty.posts())


def occurrences(
    duty: DutyRules, zone: tzinfo, first_day: date, last_day: date
) -> tuple[Occurrence, ...]:
    """Every shift that begins on those dates (both included), by beginning, `within` turns too."""
    found = [
        one
        for day in _days(first_day, last_day)
        if is_working_day(duty, day)
        for plan in duty.shifts
        for one in _on(plan, day, zone, duty.minimum_on_post)
    ]
    return tuple(sorted(found, key=lambda one: (one.begins_at, one.within is not None)))


def is_working_day(duty: DutyRules, day: date) -> bool:
    """Whether shifts begin on that date: a regulation may name the days of its week."""
    return tuple(Weekday)[day.weekday()] in duty.working_days


def current(duty: DutyRules, zone: tzinfo, post_code: str, at: datetime) -> Occurrence | None:
    """The shift that runs at a post at that instant; None outside its hours. No `within` turn."""
    return next(
        (one for one in _around(duty, zone, post_code, at, ahead=0) if one.runs_at(at)), None
    )


def turns_at(duty: DutyRules, zone: tzinfo, post_code: str, at: datetime) -> tuple[Occurrence, ...]:
    """The turns within a shift that run at that instant: the noon turn."""
    today = at.astimezone(zone).date()
    return tuple(
        one
        for one in occurrences(duty, zone, today - timedelta(days=1), today)
        if one.within is not None and one.post_code == post_code and one.runs_at(at)
    )


def following(duty: DutyRules, zone: tzinfo, post_code: str, at: datetime) -> Occurrence | None:
    """The first shift of a post that begins after that instant. No `within` turn."""
    return next(
        (
            one
            for ahead in (1, _REACH)
            for one in _around(duty, zone, post_code, at, ahead=ahead)
            if one.begins_at > at
        ),
        None,
    )


def relief_owed_from(
    duty: DutyRules, zone: tzinfo, post_code: str, ends_at: datetime
) -> datetime | None:
    """From when a holder whose shift ends then is owed relief: at once where the post stays manned,
    else from the next shift on; None where none is in sight. Clauses 9.9, 6.8, 9.5.
    """
    if duty.round_the_clock or current(duty, zone, post_code, ends_at):
        return ends_at
    comes = following(duty, zone, post_code, ends_at)
    return comes.begins_at if comes else None


def occurrence_of(
    duty: DutyRules, zone: tzinfo, *, plan_code: str, post_code: str, day: date
) -> Occurrence | None:
    """That plan on that date at that post; None where the plan has it not."""
    return next(
        (
            one
            for one in occurrences(duty, zone, day, day)
            if one.plan_code == plan_code and one.post_code == post_code
        ),
        None,
    )


def expected_at(occurrence: Occurrence, duty: DutyRules) -> datetime:
    """When its people are to be there: before it begins by the lead time. Clauses 6.10, 9.9.

    A turn within a shift has no lead time: its person is at work already.
    """
    if occurrence.within is not None:
        return occurrence.begins_at
    return occurrence.begins_at - timedelta(minutes=duty.arrive_before_minutes)


def publish_by(duty: DutyRules, first_day: date) -> date:
    """The last day on which the roster of a period is in time. Clauses 2.5, 9.1, 3.1."""
    if duty.publish_before_days:
        return first_day - timedelta(days=duty.publish_before_days)
    if duty.roster_due is RosterDue.PERIOD_START:
        return first_day
    return first_day - timedelta(days=1)


def role_verdict(person: PersonView, occurrence: Occurrence, duty: DutyRules) -> Verdict:
    """May somebody with these roles take that shift? Clauses 6.2, 1.1."""
    if occurrence.roles and not person.roles & occurrence.roles:
        return refuse(
            duty.cite(Topic.SHIFT_ROLE) or duty.cite(Topic.POSTS),
            "roster.role_wanted",
            name=person.name,
            roles=[message(role_key(role)) for role in sorted(occurrence.roles)],
        )
    return ALLOWED


def _around(
    duty: DutyRules, zone: tzinfo, post_code: str, at: datetime, *, ahead: int
) -> tuple[Occurrence, ...]:
    today = at.astimezone(zone).date()
    return tuple(
        one
        for one in occurrences(duty, zone, today - timedelta(days=1), today + timedelta(days=ahead))
        if one.within is None and one.post_code == post_code
    )


def _on(plan: ShiftRule, day: date, zone: tzinfo, at_desk: int) -> Iterator[Occurrence]:
    begins_at = _instant(day, plan.start, zone)
    last_day = day if plan.end > plan.start else day + timedelta(days=1)
    ends_at = _instant(last_day, plan.end, zone)
    if ends_at <= begins_at:
        return  # The hour that the clock leaves out in spring.
    for post_code, roles, count in _places(plan, at_desk):
        yield Occurrence(
            plan_code=plan.code,
            post_code=post_code,
            day=day,
            begins_at=begins_at,
            ends_at=ends_at,
            roles=roles,
            within=plan.within,
            count=count,
            break_minutes=plan.break_minutes,
        )


def _places(plan: ShiftRule, at_desk: int) -> tuple[tuple[str, frozenset[str], int], ...]:
    if plan.posts:
        return tuple((post.role, frozenset((post.role,)), post.count) for post in plan.posts)
    return ((DESK, frozenset(plan.roles), 1 if plan.within else at_desk),)


def _instant(day: date, at: time, zone: tzinfo) -> datetime:
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)


def _days(first_day: date, last_day: date) -> Iterator[date]:
    for number in range((last_day - first_day).days + 1):
        yield first_day + timedelta(days=number)
