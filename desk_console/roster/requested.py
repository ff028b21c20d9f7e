"""What people asked for and were granted, as the roster takes it into account."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlmodel import Session, col, select

from desk_console.roster.records import DutyRequest, DutyWish, RequestKind, RequestState
from desk_console.roster.sheet import days_between


def leave(session: Session, first_day: date, last_day: date) -> Mapping[int, frozenset[date]]:
    """The days of granted leave between two dates, by person (9.8, 2.6, 3.3)."""
    rows = session.exec(
        select(DutyRequest).where(
            DutyRequest.kind == RequestKind.LEAVE,
            DutyRequest.state == RequestState.APPLIED,
            col(DutyRequest.last_day) >= first_day,
            col(DutyRequest.first_day) <= last_day,
        )
    )
    found: dict[int, set[date]] = {}
    for row in rows:
        days = days_between(max(row.first_day, first_day), min(row.last_day, last_day))
        found.setdefault(row.person_id, set()).update(days)
    return {person_id: frozenset(days) for person_id, days in found.items()}


def wishes(session: Session, first_day: date, last_day: date) -> Mapping[int, Mapping[date, str]]:
    """What was wished for between two dates, by person and date."""
    rows = session.exec(
        select(DutyWish).where(col(DutyWish.day) >= first_day, col(DutyWish.day) <= last_day)
    )
    found: dict[int, dict[date, str]] = {}
    for row in rows:
        found.setdefault(row.person_id, {})[row.day] = row.plan_code
    return found
