"""Sealed handovers as a source of the search: who, when, what was said, and the receipt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import or_
from sqlmodel import Session, col, func, select

from desk_console.foundation.catalogue import message
from desk_console.foundation.reading import greatest
from desk_console.handover.records import Handover, HandoverSeal
from desk_console.log.search_source import Hit, IndexedSource
from desk_console.log.search_terms import Searched
from desk_console.people.records import Person
from desk_console.shift.records import Shift


class HandoverSource(IndexedSource):
    """Handovers that both sides signed, the last first."""

    code = "handover"
    number = 2

    def documents(self, session: Session, refs: Sequence[int]) -> Mapping[int, Searched]:
        """The words of both sides, their names, the day of the shift, the receipt."""
        names = _names(session, refs)
        return {
            handover.id or 0: Searched(
                texts=tuple(
                    text
                    for text in (
                        *(name for name, _ in names[handover.id or 0]),
                        handover.summary,
                        handover.to_note,
                        handover.instructions,
                        handover.remarks,
                        handover.reason,
                        sealed.receipt,
                    )
                    if text
                ),
                initials=tuple(
                    reading
                    for _, readings in names[handover.id or 0]
                    for reading in readings.lower().split()
                ),
                days=(shift.day,) if shift is not None else (),
            )
            for handover, sealed, shift in session.exec(
                select(Handover, HandoverSeal, Shift)
                .join(HandoverSeal, col(HandoverSeal.handover_id) == col(Handover.id))
                .join(Shift, col(Shift.id) == col(Handover.shift_id), isouter=True)
                .where(col(Handover.id).in_(refs))
            ).all()
        }

    def hits(self, session: Session, refs: Sequence[int]) -> Sequence[Hit]:
        """The handovers as lists show them."""
        names = _names(session, refs)
        rows = session.exec(
            select(Handover, HandoverSeal)
            .join(HandoverSeal, col(HandoverSeal.handover_id) == col(Handover.id))
            .where(col(Handover.id).in_(refs))
        )
        known = {
            handover.id or 0: Hit(
                source=HandoverSource.code,
                ref=handover.id or 0,
                at=sealed.sealed_at,
                kind=message("handover.findable"),
                about=message(f"handover.kind_{handover.kind}"),
                who=_who(handover, [name for name, _ in names[handover.id or 0]]),
                words=handover.summary,
                tail=sealed.receipt,
            )
            for handover, sealed in rows
        }
        return [known[ref] for ref in refs if ref in known]

    def newest(self, session: Session) -> int:
        """The last one that was sealed."""
        return greatest(session, "select max(handover_id) as greatest from handover_seal")

    def after(self, session: Session, ref: int, limit: int) -> Sequence[tuple[int, int]]:
        """The next sealed ones; they do not change."""
        ids = session.exec(
            select(HandoverSeal.handover_id)
            .where(col(HandoverSeal.handover_id) > ref)
            .order_by(col(HandoverSeal.handover_id))
            .limit(limit)
        )
        return [(number, 0) for number in ids]

    def count(self, session: Session) -> int:
        """How many are sealed."""
        return session.exec(select(func.count()).select_from(HandoverSeal)).one()


HANDOVERS = HandoverSource()


def _who(handover: Handover, names: Sequence[str]) -> str:
    """Who gave, and to whom; where a post was closed nobody took."""
    if handover.incoming_id is None:
        return " ".join(names)
    *givers, taker = names
    return f"{' '.join(givers)} → {taker}"


def _names(session: Session, refs: Sequence[int]) -> Mapping[int, list[tuple[str, str]]]:
    """Who gave and who took, with the initials of their names; by handover."""
    found: dict[int, list[tuple[str, str]]] = {ref: [] for ref in refs}
    sides = or_(
        col(Person.id) == col(Handover.outgoing_id),
        col(Person.id) == col(Handover.acting_id),
        col(Person.id) == col(Handover.incoming_id),
    )
    rows = session.exec(
        select(Handover, Person).join(Person, sides).where(col(Handover.id).in_(refs))
    ).all()
    for handover, person in sorted(rows, key=lambda row: row[1].id == row[0].incoming_id):
        found[handover.id or 0].append((person.name, person.initials))
    return found
