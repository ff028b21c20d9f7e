"""Who holds a post now, which shift runs there and who is signed on, asked in plain SQL; see
`foundation.reading`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from desk_console.foundation.reading import Row, day, instant, instant_or_none, row, rows
from desk_console.people import glance as people
from desk_console.people.values import PersonView
from desk_console.shift.codes import TenureKind

if TYPE_CHECKING:
    from sqlmodel import Session

    from desk_console.foundation.reading import Reader


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody signed on at a post."""

    attendance_id: int
    person: PersonView
    role: str
    plan_code: str | None
    arrived_at: datetime
    late_minutes: int
    is_breach: bool
    has_handed_over: bool
    """Their shift is over at the post, and was passed on."""


@dataclass(frozen=True, slots=True)
class TenureNow:
    """Who holds a post, as what, since when."""

    id: int
    kind: TenureKind
    person_id: int | None
    began_at: datetime
    due_at: datetime | None
    reason: str
    away_person_id: int | None


@dataclass(frozen=True, slots=True)
class ShiftNow:
    """The shift that runs at a post."""

    id: int
    plan_code: str
    day: date
    due_at: datetime
    is_started: bool


_TENURES = """
    select id, kind, person_id, began_at, due_at, reason, away_person_id from tenure
    where post_code = :post
"""
_SHIFT = """
    select id, plan_code, day, due_at, started_at from shift
    where post_code = :post and closed_at is null
"""
_PRESENT = """
    select id, person_id, role, plan_code, arrived_at, late_minutes, is_breach, exists (
        select 1 from shift s where s.post_code = a.post_code and s.plan_code = a.plan_code
        and s.day = a.day and s.closed_at is not null
    ) as has_handed_over
    from attendance a where left_at is null
"""
_FIRST_COME = "order by arrived_at, id"
_EMPTY_LOOKS = 50
"""Tenures looked back over for the beginning of an empty stretch."""


def tenure_now(asked: Session | Reader, post_code: str) -> TenureNow | None:
    """The tenure that runs at a post now; None only at a post that was never used."""
    found = row(asked, f"{_TENURES} and ended_at is null", post=post_code)
    return None if found is None else _tenure(found)


def shift_now(asked: Session | Reader, post_code: str) -> ShiftNow | None:
    """The shift that runs at a post now."""
    found = row(asked, _SHIFT, post=post_code)
    if found is None:
        return None
    return ShiftNow(
        id=found["id"],
        plan_code=found["plan_code"],
        day=day(found["day"]),
        due_at=instant(found["due_at"]),
        is_started=found["started_at"] is not None,
    )


def present_now(asked: Session | Reader, post_code: str) -> tuple[Present, ...]:
    """Who is signed on at a post, first come first."""
    found = rows(asked, f"{_PRESENT} and post_code = :post {_FIRST_COME}", post=post_code)
    return tuple(_present(asked, each) for each in found)


def signed_on(asked: Session | Reader) -> tuple[Present, ...]:
    """Everybody signed on, at whichever post."""
    return tuple(_present(asked, each) for each in rows(asked, f"{_PRESENT} {_FIRST_COME}"))


def was_held(asked: Session | Reader, post_code: str) -> bool:
    """Whether anybody ever held a post."""
    held = "select id from tenure where post_code = :post and person_id is not null limit 1"
    return row(asked, held, post=post_code) is not None


def reasons_wanted(asked: Session | Reader, post_code: str) -> tuple[TenureNow, ...]:
    """Tenures of a post taken in an emergency whose reason is still missing, ended ones too."""
    wanted = f"{_TENURES} and kind = 'emergency' and reason = '' order by id"
    return tuple(_tenure(each) for each in rows(asked, wanted, post=post_code))


def empty_since(asked: Session | Reader, post_code: str, since: datetime) -> datetime:
    """Since when nobody has held the post, over tenures that follow each other without a holder;
    `since` where the last of them has one.
    """
    empty = (TenureKind.UNMANNED, TenureKind.DESERTED)
    newest = rows(asked, f"{_TENURES} order by id desc limit {_EMPTY_LOOKS}", post=post_code)
    for each in newest:
        if each["kind"] not in empty:
            break
        since = instant(each["began_at"])
    return since


def _tenure(row: Row) -> TenureNow:
    return TenureNow(
        id=row["id"],
        kind=TenureKind(row["kind"]),
        person_id=row["person_id"],
        began_at=instant(row["began_at"]),
        due_at=instant_or_none(row["due_at"]),
        reason=row["reason"],
        away_person_id=row["away_person_id"],
    )


def _present(asked: Session | Reader, row: Row) -> Present:
    person = people.person(asked, row["person_id"])
    if person is None:
        raise LookupError(f"attendance {row['id']} names nobody")
    return Present(
        attendance_id=row["id"],
        person=person,
        role=row["role"],
        plan_code=row["plan_code"],
        arrived_at=instant(row["arrived_at"]),
        late_minutes=row["late_minutes"],
        is_breach=bool(row["is_breach"]),
        has_handed_over=bool(row["has_handed_over"]),
    )
