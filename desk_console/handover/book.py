"""The handover book: every handover of the past, to be looked through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlalchemy import select as rows_of
from sqlmodel import Session, col, or_, select

from desk_console.foundation.catalogue import pair
from desk_console.foundation.refusal import Refusal
from desk_console.handover import parties, versions
from desk_console.handover.records import (
    Handover,
    HandoverKind,
    HandoverSeal,
    HandoverStage,
    HandoverVersion,
    HandoverWords,
)
from desk_console.people.records import Person
from desk_console.rulebook.records import post_name
from desk_console.shift.records import Shift


@dataclass(frozen=True, slots=True)
class BookFilter:
    """Which handovers: each condition that is given must hold. `text` looks through the words that
    were signed; a receipt finds its handover.
    """

    post_code: str | None = None
    from_at: datetime | None = None
    to_at: datetime | None = None
    """Left out itself."""
    person_id: int | None = None
    """On either side."""
    kind: HandoverKind | None = None
    stage: HandoverStage | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class BookLine:
    """One handover in the book."""

    id: int
    post_code: str
    kind: HandoverKind
    stage: HandoverStage
    day: date | None
    plan_code: str
    outgoing: str
    incoming: str
    opened_at: datetime
    sealed_at: datetime | None
    receipt: str


@dataclass(frozen=True, slots=True)
class BookPage:
    """Handovers, the newest first; `next` leads to the older ones, None at the end."""

    lines: tuple[BookLine, ...]
    next: int | None


def book(
    session: Session, wanted: BookFilter, *, after: int | None = None, limit: int = 50
) -> BookPage:
    """A page of the book, the newest first; `after` is the last page's `next`. Refuses where a row
    was changed with another program so that it can no longer be read.
    """
    with versions.legible():
        query = _lines().where(*_conditions(wanted))
        if after is not None:
            query = query.where(col(Handover.id) < after)
        rows = session.execute(query.order_by(col(Handover.id).desc()).limit(limit + 1)).all()
        names = _names(session)
        lines = tuple(_line(row, names) for row in rows[:limit])
        return BookPage(lines, lines[-1].id if len(rows) > limit else None)


def line_of(session: Session, handover_id: int) -> BookLine:
    """The book's line of one handover. Refuses one that is not there."""
    row = session.execute(_lines().where(Handover.id == handover_id)).first()
    if row is None:
        raise Refusal("handover.unknown")
    return _line(row, _names(session))


def _lines() -> Any:
    return (
        rows_of(Handover, HandoverSeal, Shift)
        .join(HandoverSeal, col(HandoverSeal.handover_id) == col(Handover.id), isouter=True)
        .join(Shift, col(Shift.id) == col(Handover.shift_id), isouter=True)
    )


def _line(row: Any, names: dict[int, str]) -> BookLine:
    handover, sealed, shift = row
    pair(post_name(handover.post_code))  # one without a name is no post
    return BookLine(
        id=handover.id,
        post_code=handover.post_code,
        kind=handover.kind,
        stage=handover.stage,
        day=shift.day if shift else None,
        plan_code=shift.plan_code if shift else "",
        outgoing=names.get(parties.giver_of(handover), ""),
        incoming=names.get(handover.incoming_id or 0, ""),
        opened_at=handover.opened_at,
        sealed_at=sealed.sealed_at if sealed else None,
        receipt=sealed.receipt if sealed else "",
    )


def _conditions(wanted: BookFilter) -> list[ColumnElement[bool]]:
    exact = {"post_code": wanted.post_code, "kind": wanted.kind, "stage": wanted.stage}
    found: list[ColumnElement[bool]] = [
        getattr(Handover, name) == value for name, value in exact.items() if value is not None
    ]
    if wanted.from_at is not None:
        found.append(col(Handover.opened_at) >= wanted.from_at)
    if wanted.to_at is not None:
        found.append(col(Handover.opened_at) < wanted.to_at)
    if wanted.person_id is not None:
        sides = (Handover.outgoing_id, Handover.incoming_id, Handover.acting_id)
        found.append(or_(*(col(side) == wanted.person_id for side in sides)))
    if wanted.text:
        said = select(HandoverVersion.handover_id).join(
            HandoverWords, col(HandoverWords.version_id) == col(HandoverVersion.id)
        )
        receipt = "".join(sign for sign in wanted.text.upper() if sign.isalnum())
        sealed = select(HandoverSeal.handover_id).where(
            func.replace(HandoverSeal.receipt, "-", "") == receipt
        )
        found.append(
            or_(
                col(Handover.id).in_(
                    said.where(col(HandoverWords.words).contains(wanted.text, autoescape=True))
                ),
                col(Handover.id).in_(sealed),
            )
        )
    return found


def _names(session: Session) -> dict[int, str]:
    return {each: name for each, name in session.exec(select(Person.id, Person.name)) if each}
