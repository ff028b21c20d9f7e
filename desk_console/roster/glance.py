"""Whose turn it is, asked in plain SQL; see `foundation.reading`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from desk_console.foundation.reading import began_at, rows
from desk_console.people import glance as people
from desk_console.people.values import PersonView
from desk_console.roster.rules import is_working_day, publish_by

if TYPE_CHECKING:
    from sqlmodel import Session

    from desk_console.foundation.reading import Reader
    from desk_console.rulebook.records import DutyRules

REMINDED_BEFORE = timedelta(days=7)
"""How long before it is due the roster of next month is asked for."""

RUNS_OUT_WITHIN = timedelta(days=31)

_COVERED = "select first_day, last_day from roster where first_day <= :last and last_day >= :first"
_WAITING = "select count(*) as count from duty_request where state in ('asked', 'agreed')"
_RUNNING_OUT = """
    select person.name as name, qualification.code as code, qualification.title as title,
        qualification.valid_until as day
    from qualification join person on person.id = qualification.person_id
    where person.is_active and qualification.valid_until between :today and :by
        and not exists (
            select 1 from qualification as later
            where later.person_id = qualification.person_id and later.code = qualification.code
                and (later.valid_until is null or later.valid_until > :by)
        )
    order by qualification.valid_until, person.name
"""

_LEFT = """
    select person.name as name, min(duty.day) as day, count(distinct duty.day) as count
    from duty join person on person.id = duty.person_id
    where duty.day >= :today and duty.withdrawn_at is null and not person.is_active
    group by person.id, person.name
    order by min(duty.day), person.name
"""

_DUTIES = """
    select person_id from duty
    where day = :day and plan_code = :plan and post_code = :post and withdrawn_at is null
    order by id
"""


def on_duty(
    asked: Session | Reader, *, day: date, plan_code: str, post_code: str
) -> tuple[PersonView, ...]:
    """The people rostered for that shift at that post; none where nobody is."""
    duties = rows(asked, _DUTIES, day=day, plan=plan_code, post=post_code)
    found = (people.person(asked, each["person_id"]) for each in duties)
    return tuple(person for person in found if person is not None)


@dataclass(frozen=True, slots=True)
class RunningOut:
    """A qualification that ends soon, and no other of its kind goes on."""

    name: str
    title: str
    day: date


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody who does not work here any more, and still stands on the published roster."""

    name: str
    day: date
    """Their first duty from today on."""
    count: int
    """On how many days they have one."""


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What whoever makes the roster is to see to."""

    unpublished: date | None
    """The first day of next month, where its roster, or a part of it, is due soon or late (9.1,
    2.5, 3.1).
    """
    due: date | None
    """By when it is to be published; None where that was before the site began."""
    is_late: bool
    waiting: int
    """Requests that wait for an answer (9.8)."""
    running_out: tuple[RunningOut, ...]
    """Qualifications that end within the month (7.2, 4.4)."""
    left: tuple[Left, ...] = ()
    """Whose duties ahead nobody will come to, unless they are given to others (2.1, 6.1)."""


def upkeep(asked: Session | Reader, duty: DutyRules, at: datetime) -> Upkeep:
    """What is to be seen to at a moment, given in the site's own time."""
    today = at.date()
    began = (began_at(asked) or at).astimezone(at.tzinfo).date()
    first = (today.replace(day=1) + timedelta(days=31)).replace(day=1)
    due = publish_by(duty, first)
    is_asked_for = today >= due - REMINDED_BEFORE and not _is_covered(asked, duty, first)
    (count,) = rows(asked, _WAITING)
    ending = rows(asked, _RUNNING_OUT, today=today, by=today + RUNS_OUT_WITHIN)
    return Upkeep(
        unpublished=first if is_asked_for else None,
        due=due if due >= began else None,
        is_late=today > due >= began,
        waiting=int(count["count"]),
        running_out=tuple(
            RunningOut(
                name=each["name"],
                title=each["title"] or each["code"],
                day=date.fromisoformat(str(each["day"])),
            )
            for each in ending
        ),
        left=tuple(
            Left(each["name"], date.fromisoformat(str(each["day"])), int(each["count"]))
            for each in rows(asked, _LEFT, today=today)
        ),
    )


def _is_covered(asked: Session | Reader, duty: DutyRules, first: date) -> bool:
    """Whether publications cover each working day of the month that begins so."""
    following = (first + timedelta(days=31)).replace(day=1)
    covered = [
        (date.fromisoformat(str(each["first_day"])), date.fromisoformat(str(each["last_day"])))
        for each in rows(asked, _COVERED, first=first, last=following - timedelta(days=1))
    ]
    days = (first + timedelta(days=number) for number in range((following - first).days))
    return all(
        any(begins <= day <= ends for begins, ends in covered)
        for day in days
        if is_working_day(duty, day)
    )
