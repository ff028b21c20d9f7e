"""Whose turn it is: the duties in force on a date, a month of them, one person's next ones.

The cost of an answer depends on the days that are asked for, not on the years of history.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from desk_console.foundation.reading import began_at
from desk_console.people import views as people
from desk_console.people.records import Person, PersonView
from desk_console.roster import requested
from desk_console.roster.glance import on_duty as on_duty
from desk_console.roster.laying_out import sheet_of
from desk_console.roster.records import DraftCell, Duty, Roster, RosterDraft
from desk_console.roster.rules import Occurrence, occurrence_of
from desk_console.roster.sheet import (
    Content,
    DraftHead,
    Placed,
    RosterMonth,
    Version,
    month_of,
    quarter_of,
)
from desk_console.rulebook.desk import Desk


@dataclass(frozen=True, slots=True)
class Turn:
    """One duty with its hours, and who else is on it."""

    duty_id: int
    occurrence: Occurrence
    person: PersonView
    others: tuple[PersonView, ...]


def duty_of(
    session: Session, person_id: int, *, day: date, plan_code: str, post_code: str
) -> int | None:
    """The id of a person's duty at that shift; None where they have none."""
    return session.exec(
        select(Duty.id).where(
            Duty.person_id == person_id,
            Duty.day == day,
            Duty.plan_code == plan_code,
            Duty.post_code == post_code,
            col(Duty.withdrawn_at).is_(None),
        )
    ).first()


def site_began(session: Session, desk: Desk) -> datetime:
    """When the first day of the site's own record began: before it nobody was wanted. A clock that
    stands before the first act says nothing of it.
    """
    began = min(began_at(session) or desk.now(), desk.now())
    return datetime.combine(began.astimezone(desk.zone).date(), time(), desk.zone)


def is_rostered(session: Session, day: date) -> bool:
    """Whether a published roster covers that date."""
    covering = select(Roster.id).where(col(Roster.first_day) <= day, col(Roster.last_day) >= day)
    return session.exec(covering.limit(1)).first() is not None


def month(session: Session, desk: Desk, day: date) -> RosterMonth:
    """The month that a day lies in, as it is published now."""
    first, last = month_of(day)
    content = _content(session, first, last, wanted_from=site_began(session, desk))
    return sheet_of(desk.duty, desk.zone, first, last, content)


def draft_month(session: Session, desk: Desk, draft: RosterDraft) -> RosterMonth:
    """The month of a draft: its cells in its own dates, what is published around them. What has
    begun nobody can fill any more.
    """
    content = _content(session, draft.first_day, draft.last_day, wanted_from=desk.now())
    around = [one for one in content.placed if not draft.first_day <= one.day <= draft.last_day]
    drafted = draft_cells(session, draft.id or 0)
    content = replace(content, placed=[*around, *drafted], draft=draft_head(session, draft))
    return sheet_of(desk.duty, desk.zone, draft.first_day, draft.last_day, content)


def draft_cells(session: Session, draft_id: int) -> tuple[Placed, ...]:
    """The cells of a draft, fixed ones marked."""
    cells = session.exec(select(DraftCell).where(DraftCell.draft_id == draft_id))
    return tuple(
        Placed(cell.day, cell.plan_code, cell.post_code, cell.person_id, is_pinned=cell.is_pinned)
        for cell in cells
    )


def open_draft(session: Session, first_day: date) -> RosterDraft | None:
    """The draft that is being made of the period that begins on that day."""
    return session.exec(
        select(RosterDraft).where(
            RosterDraft.first_day == first_day, col(RosterDraft.closed_at).is_(None)
        )
    ).first()


def draft_head(session: Session, draft: RosterDraft) -> DraftHead:
    """What a draft says of itself."""
    names = _names(session)
    return DraftHead(
        draft_id=draft.id or 0,
        first_day=draft.first_day,
        last_day=draft.last_day,
        method=draft.method,
        made_by=names.get(draft.made_by, ""),
        changed_by=names.get(draft.changed_by, ""),
        changed_at=draft.changed_at,
        revision=draft.revision,
    )


def versions(session: Session, first_day: date, last_day: date) -> tuple[Version, ...]:
    """The publications that cover some of those dates, the newest first."""
    names = _names(session)
    rows = session.exec(
        select(Roster)
        .where(col(Roster.first_day) <= last_day, col(Roster.last_day) >= first_day)
        .order_by(col(Roster.id).desc())
    )
    return tuple(
        Version(
            roster_id=row.id or 0,
            first_day=row.first_day,
            last_day=row.last_day,
            published_at=row.published_at,
            published_by=names.get(row.published_by, ""),
            drafted_by=names.get(row.drafted_by or row.published_by, ""),
            is_late=row.is_late,
            late_reason=row.late_reason,
            breach_reason=row.breach_reason,
            change_reason=row.change_reason,
        )
        for row in rows
    )


def placed(session: Session, first_day: date, last_day: date) -> tuple[Placed, ...]:
    """The turns in force on those dates."""
    # Columns, not rows of the mapped table: a quarter of them is read each time a month is shown.
    rows = session.execute(
        select_columns(
            col(Duty.day),
            col(Duty.plan_code),
            col(Duty.post_code),
            col(Duty.person_id),
            col(Duty.id),
            col(Duty.cause),
        )
        .where(
            col(Duty.day) >= first_day,
            col(Duty.day) <= last_day,
            col(Duty.withdrawn_at).is_(None),
        )
        .order_by(col(Duty.day), col(Duty.id))
    )
    return tuple(
        Placed(day, plan, post, person_id, duty_id=duty_id, cause=cause)
        for day, plan, post, person_id, duty_id, cause in rows
    )


def rostered_at(
    session: Session, desk: Desk, at: datetime
) -> tuple[tuple[Occurrence, PersonView], ...]:
    """Who was on duty at a moment as rostered at that moment, turns within shifts included."""
    today = at.astimezone(desk.zone).date()
    rows = session.exec(
        select(Duty)
        .where(
            col(Duty.day) >= today - timedelta(days=1),
            col(Duty.day) <= today,
            (col(Duty.withdrawn_at).is_(None)) | (col(Duty.withdrawn_at) > at),
        )
        .order_by(col(Duty.id))
    )
    found = []
    for row in rows:
        occurrence = _occurrence(desk, row)
        person = people.person(session, row.person_id)
        # What was changed after the shift began was a change of the rest of it.
        in_force = occurrence is not None and row.added_at <= max(at, occurrence.begins_at)
        if occurrence and person and in_force and occurrence.runs_at(at):
            found.append((occurrence, person))
    return tuple(found)


def next_turns(
    session: Session, desk: Desk, person_id: int, at: datetime, *, limit: int = 5
) -> tuple[Turn, ...]:
    """A person's turns that are not over yet, the soonest first, with whom they share them."""
    today = at.astimezone(desk.zone).date()
    rows = session.exec(
        select(Duty)
        .where(
            Duty.person_id == person_id,
            col(Duty.day) >= today - timedelta(days=1),
            col(Duty.withdrawn_at).is_(None),
        )
        .order_by(col(Duty.day), col(Duty.id))
        .limit(limit * 3 + 3)
    )
    turns = []
    for row in rows:
        occurrence = _occurrence(desk, row)
        if occurrence is None or occurrence.ends_at <= at:
            continue
        crew = on_duty(session, day=row.day, plan_code=row.plan_code, post_code=row.post_code)
        own = next((one for one in crew if one.id == person_id), None)
        if own is not None:
            others = tuple(one for one in crew if one.id != person_id)
            turns.append(Turn(row.id or 0, occurrence, own, others))
    turns.sort(key=lambda turn: turn.occurrence.begins_at)
    return tuple(turns[:limit])


def _content(
    session: Session, first_day: date, last_day: date, *, wanted_from: datetime
) -> Content:
    quarter = quarter_of(first_day)
    found = placed(session, min(quarter[0], first_day), max(quarter[1], last_day))
    named = {one.person_id for one in found}
    everybody = people.people(session, active=None)
    return Content(
        placed=found,
        people=[one for one in everybody if one.is_active or one.id in named],
        wanted_from=wanted_from,
        leave=requested.leave(session, first_day, last_day),
        wishes=requested.wishes(session, first_day, last_day),
        versions=versions(session, first_day, last_day),
    )


def _occurrence(desk: Desk, row: Duty) -> Occurrence | None:
    return occurrence_of(
        desk.duty, desk.zone, plan_code=row.plan_code, post_code=row.post_code, day=row.day
    )


def _names(session: Session) -> dict[int, str]:
    rows: Iterable[tuple[int | None, str]] = session.exec(select(Person.id, Person.name)).all()
    return {person_id or 0: name for person_id, name in rows}
