"""The handover book: every handover of the past, each as it was signed, its signatures verified
as it is opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlalchemy import select as rows_of
from sqlmodel import Session, col, or_, select

from desk_console.foundation.canonical import words_digest
from desk_console.foundation.catalogue import Message, message
from desk_console.foundation.journal import JournalRow, link
from desk_console.foundation.receipts import receipt_code
from desk_console.foundation.refusal import Refusal
from desk_console.handover import parties, versions
from desk_console.handover.comparing import differences
from desk_console.handover.records import (
    Handover,
    HandoverKind,
    HandoverNote,
    HandoverSeal,
    HandoverStage,
    HandoverVersion,
    HandoverWords,
)
from desk_console.handover.sheet import Sheet
from desk_console.people import views as people
from desk_console.people.records import Person, SignedStatement, SigningKey
from desk_console.people.signatures import role_of, verify_signature
from desk_console.shift.records import Shift

_BROKEN = "handover.record_broken"


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


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """A signature under a version, and whether it holds."""

    name: str
    role: str
    meaning: str
    at: datetime
    is_good: bool
    why_not: Message | None


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version of a handover: the one that holds, or one whose signature was void."""

    id: int
    number: int
    made_at: datetime
    holds: bool
    signatures: tuple[SignatureLine, ...]


@dataclass(frozen=True, slots=True)
class NoteLine:
    """What was added after sealing."""

    name: str
    words: str
    at: datetime
    signature: SignatureLine | None


@dataclass(frozen=True, slots=True)
class SignedHandover:
    """A handover as it was signed, with everything that belongs to it."""

    line: BookLine
    sheet: Sheet
    versions: tuple[VersionLine, ...]
    """All of them, void ones too, oldest first."""
    notes: tuple[NoteLine, ...]
    erased: tuple[str, ...]
    """Where words were erased by order."""
    altered: tuple[str, ...]
    """Where something is not as it was signed: places of words, `handover` for what stands over
    them: people, post, time, receipt."""
    unsigned: tuple[str, ...]
    """Who handed over or took over, and has no signature under it."""

    @property
    def is_good(self) -> bool:
        """Every signature, of the version that holds and of the notes, was made over exactly what
        stands there; none is missing, and no word is another.
        """
        held = [each for one in self.versions if one.holds for each in one.signatures]
        notes = [one.signature for one in self.notes]
        are_good = all(one is not None and one.is_good for one in (*held, *notes))
        return are_good and not self.altered and not self.unsigned


def book(
    session: Session, wanted: BookFilter, *, after: int | None = None, limit: int = 50
) -> BookPage:
    """A page of the book, the newest first; `after` is the last page's `next`."""
    query = _lines().where(*_conditions(wanted))
    if after is not None:
        query = query.where(col(Handover.id) < after)
    rows = session.execute(query.order_by(col(Handover.id).desc()).limit(limit + 1)).all()
    names = _names(session)
    lines = tuple(_line(row, names) for row in rows[:limit])
    return BookPage(lines, lines[-1].id if len(rows) > limit else None)


def as_signed(session: Session, handover_id: int) -> SignedHandover:
    """A sealed handover as both signed it, every signature and every word verified now. Refuses one
    that is not sealed, and one of which so much was changed with another program that it can no
    longer be shown.
    """
    try:
        return _as_signed(session, handover_id)
    except (LookupError, TypeError, ValueError) as error:
        raise Refusal(_BROKEN) from error


def _as_signed(session: Session, handover_id: int) -> SignedHandover:
    row = session.execute(_lines().where(Handover.id == handover_id)).first()
    if row is None or row[1] is None:
        raise Refusal("handover.not_sealed")
    names = _names(session)
    kept = session.exec(
        select(HandoverVersion)
        .where(HandoverVersion.handover_id == handover_id)
        .order_by(col(HandoverVersion.number))
    ).all()
    held = {one.id: one for one in kept}[row[1].version_id]
    keys = _enrolled(session)
    sheet = versions.sheet_of(session, held)
    parts = [one for one in kept if one is held or _is_part(held, one)]
    return SignedHandover(
        line=_line(row, names),
        sheet=sheet,
        versions=tuple(
            VersionLine(
                id=one.id or 0,
                number=one.number,
                made_at=one.made_at,
                holds=one in parts,
                signatures=_signatures(session, one, keys, names),
            )
            for one in kept
        ),
        notes=_notes(session, handover_id, keys, names, receipt=row[1].receipt),
        erased=versions.erased_places(session, held.id or 0),
        altered=(
            *(place for one in parts for place in versions.altered_places(session, one)),
            *(() if _is_its_line(session, row[0], row[1], sheet) else ("handover",)),
        ),
        unsigned=_unsigned(session, sheet, parts),
    )


def _is_its_line(session: Session, handover: Handover, sealed: HandoverSeal, sheet: Sheet) -> bool:
    """Does what stands over the record say what was signed, and what the journal says of it?"""
    sides = [one and one.id for one in (sheet.outgoing, sheet.acting, sheet.incoming)]
    order = session.get(JournalRow, sealed.journal_seq)
    return (
        sides == [handover.outgoing_id, handover.acting_id, handover.incoming_id]
        and sheet.post_code == sealed.post_code
        and order is not None
        and link(order.model_dump()) == order.hash
        and (order.at, receipt_code(order.hash)) == (sealed.sealed_at, sealed.receipt)
    )


def _unsigned(session: Session, sheet: Sheet, parts: Sequence[HandoverVersion]) -> tuple[str, ...]:
    signers = {
        signed.person_id
        for one in parts
        for signed in people.signatures(session, f"handover_version:{one.id}")
    }
    sides = [one for one in (sheet.giver, sheet.incoming) if one is not None]
    return tuple(dict.fromkeys(one.name for one in sides if one.id not in signers))


def since_the_one_before(session: Session, handover_id: int) -> tuple[Message, ...] | None:
    """What is different from the handover of that post before: items, matters, people. None for
    the post's first. Of one before that cannot be read any more it says that.
    """
    sealed = session.exec(
        select(HandoverSeal).where(HandoverSeal.handover_id == handover_id)
    ).first()
    if sealed is None:
        raise Refusal("handover.not_sealed")
    before = session.exec(
        select(HandoverSeal)
        .where(HandoverSeal.post_code == sealed.post_code, col(HandoverSeal.id) < sealed.id)
        .order_by(col(HandoverSeal.id).desc())
        .limit(1)
    ).first()
    if before is None:
        return None
    pair = [session.get(HandoverVersion, one.version_id) for one in (before, sealed)]
    try:
        sheets = [versions.sheet_of(session, one) for one in pair if one is not None]
    except Refusal as refusal:
        return (refusal.message,)
    return tuple(differences(*sheets)) if len(sheets) == len(pair) else (message(_BROKEN),)


def _is_part(held: HandoverVersion, other: HandoverVersion) -> bool:
    """Whether the other is what the outgoing person signed at closing, named in the one held."""
    left = versions.content_of(held).get("left")
    return isinstance(left, dict) and left.get("version_id") == other.id


def _lines() -> Any:
    return (
        rows_of(Handover, HandoverSeal, Shift)
        .join(HandoverSeal, col(HandoverSeal.handover_id) == col(Handover.id), isouter=True)
        .join(Shift, col(Shift.id) == col(Handover.shift_id), isouter=True)
    )


def _line(row: Any, names: dict[int, str]) -> BookLine:
    handover, sealed, shift = row
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


def _enrolled(session: Session) -> dict[tuple[int, str], str]:
    rows = session.exec(select(SigningKey.person_id, SigningKey.public_key))
    return {(person_id, key): key for person_id, key in rows}


def _signatures(
    session: Session,
    version: HandoverVersion,
    keys: dict[tuple[int, str], str],
    names: dict[int, str],
) -> tuple[SignatureLine, ...]:
    content = versions.content_of(version)
    return tuple(
        _signature(one, keys, names, content)
        for one in people.signatures(session, f"handover_version:{version.id}")
    )


def _signature(
    signed: SignedStatement,
    keys: dict[tuple[int, str], str],
    names: dict[int, str],
    content: object,
) -> SignatureLine:
    verdict = verify_signature(
        signed,
        enrolled=keys.get((signed.person_id, signed.public_key), ""),
        content=content if isinstance(content, dict) else None,
    )
    return SignatureLine(
        name=names.get(signed.person_id, ""),
        role=role_of(signed.statement),
        meaning=signed.meaning,
        at=signed.at,
        is_good=verdict.is_allowed,
        why_not=verdict.message,
    )


def _notes(
    session: Session,
    handover_id: int,
    keys: dict[tuple[int, str], str],
    names: dict[int, str],
    *,
    receipt: str,
) -> tuple[NoteLine, ...]:
    rows = session.exec(
        select(HandoverNote)
        .where(HandoverNote.handover_id == handover_id)
        .order_by(col(HandoverNote.id))
    ).all()
    found = []
    for row in rows:
        by_id = people.signature(session, row.signature_id)
        content = {
            "handover": handover_id,
            "receipt": receipt,
            "words": words_digest(row.salt, {"words": row.words}),
        }
        shown = content if row.erased_by is None else None
        line = _signature(by_id, keys, names, shown) if by_id else None
        # Who and when stand in the row as well, where nobody has signed them.
        name, at = (line.name, line.at) if line else (names.get(row.person_id, ""), row.at)
        found.append(NoteLine(name, row.words, at, line))
    return tuple(found)
