"""What the log's screens ask: the day log in pages, an entry's whole story, counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from sqlalchemy import ColumnElement, and_, case, or_
from sqlalchemy import select as rows_of
from sqlmodel import Session, col, func, select

from desk_console.foundation.refusal import Refusal
from desk_console.log.glance import EntryLine as EntryLine
from desk_console.log.glance import lines_of as lines_of
from desk_console.log.records import (
    Addition,
    AdditionKind,
    Category,
    Channel,
    Department,
    Entry,
    EntryKind,
    Notice,
    NoticeReply,
    ReplyKind,
)
from desk_console.log.rules import is_night
from desk_console.people.records import Person
from desk_console.rulebook.records import DutyRules
from desk_console.shift.records import Shift


@dataclass(frozen=True, slots=True)
class LogFilter:
    """Which entries: each condition that is given must hold. `to_at` itself is left out."""

    from_at: datetime | None = None
    to_at: datetime | None = None
    shift_day: date | None = None
    """The date on which the shift began that wrote it."""
    plan_code: str | None = None
    """The kind of shift that wrote it."""
    shift_id: int | None = None
    person_id: int | None = None
    category: Category | None = None
    kind: EntryKind | None = None
    is_outgoing: bool | None = None


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page ended."""

    at: datetime
    id: int


@dataclass(frozen=True, slots=True)
class Page:
    """Entries, newest first; `next` leads to the older ones, None at the end."""

    lines: tuple[EntryLine, ...]
    next: Cursor | None


@dataclass(frozen=True, slots=True)
class AdditionLine:
    """What stands beside an entry: who, when, why."""

    id: int
    kind: AdditionKind
    field: str
    words: str
    reason: str
    particulars: Mapping[str, Any]
    person_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A department that was told: whom, how, when, by whom (6.3), and what it said (4.8)."""

    id: int
    zh: str
    en: str
    how: Channel
    told: str
    at: datetime
    person_name: str
    replies: tuple[ReplyLine, ...] = ()


@dataclass(frozen=True, slots=True)
class ReplyLine:
    """What a department said to a notice."""

    kind: ReplyKind
    who: str
    words: str
    at: datetime
    person_name: str


@dataclass(frozen=True, slots=True)
class EntryStory:
    """An entry with everything that was added to it."""

    line: EntryLine
    additions: tuple[AdditionLine, ...]
    notices: tuple[NoticeLine, ...]
    corrected: Mapping[str, str]
    """The newest correction of each corrected field whose words are still there."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Figures of a span of time."""

    total: int
    by_kind: Mapping[EntryKind, int]
    by_category: Mapping[Category, int]
    calls: int
    """Incoming."""
    late_answers: int
    """Of these, answered too late (9.7)."""
    outgoing: int


def day_filter(day: date, zone: tzinfo, **more: Any) -> LogFilter:
    """All entries of a calendar day in the site's zone; `more` narrows it further."""
    begin = datetime.combine(day, time(), zone).astimezone(UTC)
    end = datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)
    return LogFilter(from_at=begin, to_at=end, **more)


def entries(
    session: Session, wanted: LogFilter, *, after: Cursor | None = None, limit: int = 50
) -> Page:
    """A page of the log, newest first. `after` is the last page's `next`."""
    query = select(col(Entry.id), col(Entry.at)).where(*_conditions(wanted))
    if wanted.shift_day is not None or wanted.plan_code is not None:
        query = query.join(Shift, col(Shift.id) == col(Entry.shift_id))
    if wanted.shift_day is not None:
        query = query.where(Shift.day == wanted.shift_day)
    if wanted.plan_code is not None:
        query = query.where(Shift.plan_code == wanted.plan_code)
    if after is not None:
        query = query.where(
            or_(
                col(Entry.at) < after.at,
                and_(col(Entry.at) == after.at, col(Entry.id) < after.id),
            )
        ).where(col(Entry.at) <= after.at)
    query = query.order_by(col(Entry.at).desc(), col(Entry.id).desc()).limit(limit + 1)
    found = session.exec(query).all()
    shown = [(number or 0, at) for number, at in found[:limit]]
    lines = lines_of(session, [number for number, _ in shown])
    more = Cursor(shown[-1][1], shown[-1][0]) if len(found) > limit and shown else None
    return Page(lines, more)


def _conditions(wanted: LogFilter) -> list[ColumnElement[bool]]:
    exact = {
        "shift_id": wanted.shift_id,
        "person_id": wanted.person_id,
        "kind": wanted.kind,
        "is_outgoing": wanted.is_outgoing,
    }
    conditions: list[ColumnElement[bool]] = [
        getattr(Entry, name) == value for name, value in exact.items() if value is not None
    ]
    if wanted.category is not None:  # as it was written, or as it is corrected now (5.1)
        newest = (
            select(func.max(Addition.id))
            .where(Addition.kind == AdditionKind.CORRECTION, Addition.field == "category")
            .where(col(Addition.erased_by).is_(None))
            .group_by(col(Addition.entry_id))
        )
        corrected = select(Addition.entry_id).where(
            Addition.words == wanted.category.value, col(Addition.id).in_(newest)
        )
        conditions.append(or_(col(Entry.category) == wanted.category, col(Entry.id).in_(corrected)))
    if wanted.from_at is not None:
        conditions.append(col(Entry.at) >= wanted.from_at)
    if wanted.to_at is not None:
        conditions.append(col(Entry.at) < wanted.to_at)
    return conditions


def entry_story(session: Session, entry_id: int) -> EntryStory:
    """An entry as it was written, and everything beside it, oldest first. Refuses an unknown
    one.
    """
    lines = lines_of(session, [entry_id])
    if not lines:
        raise Refusal("log.no_entry", id=entry_id)
    rows = session.exec(
        select(Addition, col(Person.name))
        .join(Person, col(Person.id) == col(Addition.person_id))
        .where(Addition.entry_id == entry_id)
        .order_by(col(Addition.id))
    ).all()
    additions = tuple(
        AdditionLine(
            each.id or 0,
            each.kind,
            each.field,
            each.words,
            each.reason,
            each.particulars,
            name,
            each.at,
        )
        for each, name in rows
    )
    corrected = {
        each.field: each.words
        for each, _ in rows
        if each.kind is AdditionKind.CORRECTION and each.erased_by is None
    }
    return EntryStory(lines[0], additions, notices_of(session, entry_id), corrected)


def notices_of(session: Session, entry_id: int) -> tuple[NoticeLine, ...]:
    """The departments told of an entry, and what each said to it (6.3, 4.8), oldest first."""
    replies: dict[int, list[ReplyLine]] = defaultdict(list)
    for said, name in session.exec(
        select(NoticeReply, col(Person.name))
        .join(Notice, col(Notice.id) == col(NoticeReply.notice_id))
        .join(Person, col(Person.id) == col(NoticeReply.person_id))
        .where(Notice.entry_id == entry_id)
        .order_by(col(NoticeReply.id))
    ):
        replies[said.notice_id].append(ReplyLine(said.kind, said.who, said.words, said.at, name))
    return tuple(
        NoticeLine(
            each.id or 0,
            zh,
            en,
            each.how,
            each.told,
            each.at,
            name,
            tuple(replies[each.id or 0]),
        )
        for each, zh, en, name in session.exec(
            select(Notice, col(Department.zh), col(Department.en), col(Person.name))
            .join(Department, col(Department.id) == col(Notice.department_id))
            .join(Person, col(Person.id) == col(Notice.person_id))
            .where(Notice.entry_id == entry_id)
            .order_by(col(Notice.id))
        )
    )


def counts(
    session: Session, from_at: datetime, to_at: datetime, *, answer_within: int = 3
) -> Counts:
    """Entries from `from_at` up to `to_at` by kind and category, and calls answered late (9.7)."""
    is_call = and_(col(Entry.kind) == EntryKind.CALL, col(Entry.is_outgoing).is_(False))
    rows = session.execute(
        rows_of(
            col(Entry.kind),
            col(Entry.category),
            func.count(),
            func.sum(case((is_call, 1), else_=0)),
            func.sum(case((and_(is_call, col(Entry.rings) > answer_within), 1), else_=0)),
            func.sum(case((col(Entry.is_outgoing).is_(True), 1), else_=0)),
        )
        .where(col(Entry.at) >= from_at, col(Entry.at) < to_at)
        .group_by(col(Entry.kind), col(Entry.category))
    ).all()
    by_kind: dict[EntryKind, int] = defaultdict(int)
    by_category: dict[Category, int] = defaultdict(int)
    for kind, category, count, *_ in rows:
        by_kind[kind] += count
        by_category[category] += count
    calls, late, outgoing = (sum(row[place] for row in rows) for place in (3, 4, 5))
    return Counts(sum(by_kind.values()), dict(by_kind), dict(by_category), calls, late, outgoing)


def night_record(session: Session, day: date, duty: DutyRules) -> tuple[EntryLine, ...]:
    """The night duty record (6.5): what the night shifts that began on `day` wrote, oldest first.

    Where a night shift begins at midnight (2.x), it is the night of the date that it begins on.
    """
    return _shift_entries(session, day, {rule.code for rule in duty.shifts if is_night(rule)})


def _shift_entries(
    session: Session, day: date, plan_codes: Collection[str]
) -> tuple[EntryLine, ...]:
    ids = session.exec(
        select(col(Entry.id))
        .join(Shift, col(Shift.id) == col(Entry.shift_id))
        .where(Shift.day == day, col(Shift.plan_code).in_(plan_codes))
        .order_by(col(Entry.at), col(Entry.id))
    ).all()
    return lines_of(session, [each or 0 for each in ids])
