"""Duties as a calendar file: each person's own, in the site's time, nights over midnight whole.

A duty has the same UID whenever it is written, so that a calendar that is given a newer file
changes what it has; a duty that was taken away is in it as cancelled.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from desk_console.foundation.catalogue import Catalogue
from desk_console.foundation.outbox import OutgoingMail, values_of
from desk_console.foundation.text import visible
from desk_console.people import views as people
from desk_console.roster.findings import shift_name
from desk_console.roster.records import Duty
from desk_console.roster.rules import Occurrence, occurrence_of
from desk_console.roster.sheet import RosterMonth
from desk_console.roster.views import on_duty
from desk_console.rulebook.desk import Desk

if TYPE_CHECKING:
    from icalendar import Event

REMINDER = timedelta(hours=1)
"""How long before a duty the calendar reminds of it."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """One person's duty, for a calendar."""

    occurrence: Occurrence
    person_id: int
    person_name: str
    others: tuple[str, ...] = ()
    """Who else is on it, with their telephones."""
    is_cancelled: bool = False
    sequence: int = 0
    """Grows each time that the same person's same shift is taken away or given again."""

    @property
    def uid(self) -> str:
        """The same for the same person at the same shift, whenever it is asked for."""
        one = self.occurrence
        return f"{one.day.isoformat()}-{one.plan_code}-{one.post_code}-{self.person_id}"


def calendar(
    desk: Desk, words: Catalogue, appointments: Iterable[Appointment], *, names_people: bool = False
) -> bytes:
    """The file (iCalendar, RFC 5545). With `names_people` each duty says whose it is."""
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", "-//desk-console//duty roster//ZH")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", visible(words.text("outputs.calendar.name", site=desk.site.name)))
    for one in appointments:
        made.add_component(_event(desk, words, one, names_people=names_people))
    made.add_missing_timezones()
    return bytes(made.to_ical())


def of_person(
    session: Session, desk: Desk, person_id: int, *, since: date, until: date | None = None
) -> tuple[Appointment, ...]:
    """A person's duties from a date on, those that were taken away among them, by beginning."""
    person = people.person(session, person_id)
    if person is None:
        return ()
    query = select(Duty).where(Duty.person_id == person_id, col(Duty.day) >= since)
    if until is not None:
        query = query.where(col(Duty.day) <= until)
    by_uid: dict[str, Appointment] = {}
    for row in session.exec(query.order_by(col(Duty.id))):
        found = _appointment(session, desk, row, person.name)
        if found is None:
            continue
        before = by_uid.get(found.uid)
        sequence = (before.sequence + 1 if before else 0) + int(found.is_cancelled)
        by_uid[found.uid] = replace(found, sequence=sequence)
    return tuple(sorted(by_uid.values(), key=lambda one: (one.occurrence.begins_at, one.uid)))


def of_month(month: RosterMonth, *, person_id: int | None = None) -> tuple[Appointment, ...]:
    """The duties of a month as it is shown, of everybody or of one person, by beginning."""
    named = {line.person.id: line.person for line in month.people}
    made = []
    for slot in month.slots:
        for placed in slot.people:
            if person_id in (None, placed.person_id) and placed.person_id in named:
                others = [
                    _contact(named[each.person_id].name, named[each.person_id].phone)
                    for each in slot.people
                    if each.person_id != placed.person_id and each.person_id in named
                ]
                name = named[placed.person_id].name
                made.append(Appointment(slot.occurrence, placed.person_id, name, tuple(others)))
    return tuple(made)


def mail_calendar(desk: Desk, mail: OutgoingMail) -> tuple[str, bytes]:
    """The calendar that goes with a mail to one person (`person` among its values), from the day
    it was queued on: its name and content.
    """
    words = Catalogue("en" if mail.language == "en" else "zh", desk.zone)
    person_id = values_of(mail.given).get("person")
    since = mail.created_at.astimezone(desk.zone).date()
    with desk.reading() as session:
        own = of_person(session, desk, person_id if isinstance(person_id, int) else 0, since=since)
    name = words.text("outputs.calendar.file", day=since.isoformat())
    return f"{name}.ics", calendar(desk, words, own)


def _appointment(session: Session, desk: Desk, row: Duty, name: str) -> Appointment | None:
    occurrence = occurrence_of(
        desk.duty, desk.zone, plan_code=row.plan_code, post_code=row.post_code, day=row.day
    )
    if occurrence is None:
        return None
    is_cancelled = row.withdrawn_at is not None
    crew = on_duty(session, day=row.day, plan_code=row.plan_code, post_code=row.post_code)
    others = tuple(_contact(one.name, one.phone) for one in crew if one.id != row.person_id)
    return Appointment(
        occurrence, row.person_id, name, () if is_cancelled else others, is_cancelled
    )


def _contact(name: str, phone: str) -> str:
    return f"{name} {phone}".strip()


def _event(desk: Desk, words: Catalogue, one: Appointment, *, names_people: bool) -> Event:
    from icalendar import Alarm, Event

    shift = words.text(shift_name(desk.duty, one.occurrence.plan_code, one.occurrence.post_code))
    summary = f"{shift} {one.person_name}" if names_people else shift
    event = Event()
    event.add("uid", f"{one.uid}@desk-console")
    event.add("dtstamp", desk.now())
    event.add("summary", visible(summary))
    event.add("dtstart", _local(one.occurrence.begins_at, desk))
    event.add("dtend", _local(one.occurrence.ends_at, desk))
    event.add("location", visible(desk.site.name))
    event.add("status", "CANCELLED" if one.is_cancelled else "CONFIRMED")
    event.add("sequence", one.sequence)
    if one.others:
        event.add("description", visible(words.text("outputs.calendar.with", names=one.others)))
    if not one.is_cancelled and not names_people:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", visible(summary))
        alarm.add("trigger", -REMINDER)
        event.add_component(alarm)
    return event


def _local(at: datetime, desk: Desk) -> datetime:
    return at.astimezone(desk.zone)
