"""Changing what is published: the steps that publication, requests and emergencies share.

A duty is never overwritten: it is taken off with its instant, and another stands beside it with the
cause. Whoever's duties change hears of it: as news at the next sign-on, and by mail.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from desk_console.foundation import outbox
from desk_console.foundation.catalogue import Message, message
from desk_console.foundation.store import Work
from desk_console.people import views as people
from desk_console.people.mailing import language_for
from desk_console.people.records import PersonView
from desk_console.roster.findings import shift_name
from desk_console.roster.problem import Assignment, Draft
from desk_console.roster.records import Duty, RosterNews
from desk_console.roster.rules import occurrence_of
from desk_console.rulebook.desk import Desk

_MOST_IN_MAIL = 40
"""Turns of one person that a mail names one by one; a calendar of the rest is attached."""


@dataclass(frozen=True, slots=True)
class Told:
    """Who was told of a change, and who could not be mailed."""

    people: tuple[int, ...]
    mailed: int
    without_address: tuple[str, ...]
    """Names of those with no mail address, or one to which no mail can go."""


def in_force(work: Work, first_day: date, last_day: date) -> list[Duty]:
    """The duties in force on those dates."""
    query = (
        select(Duty)
        .where(
            col(Duty.day) >= first_day,
            col(Duty.day) <= last_day,
            col(Duty.withdrawn_at).is_(None),
        )
        .order_by(col(Duty.day), col(Duty.id))
    )
    return list(work.session.exec(query))


def cell_of(duty: Duty) -> Assignment:
    """A duty as the checker looks at it."""
    return Assignment(duty.day, duty.plan_code, duty.post_code, duty.person_id)


def change(
    work: Work,
    duties: Iterable[Duty],
    wanted: Draft,
    *,
    cause: str,
    roster_id: int | None = None,
) -> tuple[Draft, Draft]:
    """Makes the duties in force the wanted ones; returns what was added and what was removed.

    Without `roster_id` what is added belongs to the publication that it changes.
    """
    rows = list(duties)
    have = {cell_of(row): row for row in rows}
    rosters = {row.day: row.roster_id for row in rows}
    removed, added = frozenset(have) - wanted, wanted - frozenset(have)
    for cell in removed:
        have[cell].withdrawn_at = work.now
        work.session.add(have[cell])
    for cell in sorted(added):
        work.session.add(
            Duty(
                roster_id=roster_id or rosters[cell.day],
                day=cell.day,
                plan_code=cell.plan,
                post_code=cell.post,
                person_id=cell.person,
                added_at=work.now,
                cause="" if roster_id else cause,
            )
        )
    work.session.flush()
    return frozenset(added), removed


def tell(
    work: Work,
    desk: Desk,
    *,
    template: str,
    cause: str,
    added: Draft,
    removed: Draft,
    attach: str = "calendar",
    **values: object,
) -> Told:
    """Leaves news for everybody whose duties changed, and mail where there is an address (3.2)."""
    concerned = sorted({cell.person for cell in (*added, *removed)})
    mailed, without = 0, []
    for person_id in concerned:
        mine_added = sorted(cell for cell in added if cell.person == person_id)
        mine_removed = sorted(cell for cell in removed if cell.person == person_id)
        work.session.add(
            RosterNews(
                person_id=person_id,
                at=work.now,
                cause=cause,
                added=[_listed(cell) for cell in mine_added],
                removed=[_listed(cell) for cell in mine_removed],
            )
        )
        person = people.person(work.session, person_id)
        if person is None:
            continue
        if not person.mail or not outbox.address_verdict(person.mail).is_allowed:
            without.append(person.name)
            continue
        outbox.put(
            work,
            desk.source,
            template=template,
            address=person.mail,
            language=language_for(desk, person.mail_language),
            about=cause,
            values={
                "person": person_id,
                "name": person.name,
                "site": desk.site.name,
                "added": _in_words(desk, mine_added),
                "removed": _in_words(desk, mine_removed),
                **values,
            },
            attach=attach,
        )
        mailed += 1
    work.session.flush()
    return Told(tuple(concerned), mailed, tuple(without))


def with_turns(desk: Desk, old: Assignment, person: PersonView, among: Draft) -> Draft:
    """The cells that change when somebody takes a shift over: it, and its holder's turns in it."""
    inside = {plan.code for plan in desk.duty.shifts_at(old.post) if plan.within == old.plan}
    moved = {old} | {
        cell
        for cell in among
        if (cell.day, cell.post, cell.person) == (old.day, old.post, old.person)
        and cell.plan in inside
    }
    return (among - moved) | {cell._replace(person=person.id) for cell in moved}


def turn_message(desk: Desk, cell: Assignment) -> Message:
    """A turn in words: date, weekday, shift, hours."""
    shift = occurrence_of(
        desk.duty, desk.zone, plan_code=cell.plan, post_code=cell.post, day=cell.day
    )
    return message(
        "roster.turn",
        day=f"{cell.day:%m-%d}",
        weekday=message(f"roster.weekday_{cell.day.weekday()}"),
        shift=shift_name(desk.duty, cell.plan, cell.post),
        begins=f"{shift.begins_at.astimezone(desk.zone):%H:%M}" if shift else "",
        ends=f"{shift.ends_at.astimezone(desk.zone):%H:%M}" if shift else "",
    )


def _in_words(desk: Desk, cells: Sequence[Assignment]) -> list[Message]:
    shown = [turn_message(desk, cell) for cell in cells[:_MOST_IN_MAIL]]
    if len(cells) > _MOST_IN_MAIL:
        shown.append(message("roster.and_more", count=len(cells) - _MOST_IN_MAIL))
    return shown or [message("roster.none")]


def _listed(cell: Assignment) -> list[str]:
    return [cell.day.isoformat(), cell.plan, cell.post]
