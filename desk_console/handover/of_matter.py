"""The handovers that a matter went through: between whom, how closely it was to be watched, and
what was said back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from desk_console.handover.records import Handover, HandoverPoint, HandoverSeal, Severity
from desk_console.people.records import Person


@dataclass(frozen=True, slots=True)
class PassedOn:
    """One sealed handover in the story of a matter."""

    handover_id: int
    at: datetime
    outgoing: str
    """Who gave it, or acted for who gave it."""
    incoming: str
    severity: Severity
    read_back: str
    """Empty where it had not to be said back."""


def handovers_of(session: Session, matter_id: int) -> tuple[PassedOn, ...]:
    """The sealed handovers that a matter was in, oldest first."""
    giver, taker = aliased(Person), aliased(Person)
    acting = col(Handover.acting_id).is_not(None) & (col(giver.id) == col(Handover.acting_id))
    own = col(Handover.acting_id).is_(None) & (col(giver.id) == col(Handover.outgoing_id))
    rows = session.exec(
        select(HandoverPoint, HandoverSeal, col(giver.name), col(taker.name))
        .join(Handover, col(Handover.id) == col(HandoverPoint.handover_id))
        .join(HandoverSeal, col(HandoverSeal.handover_id) == col(Handover.id))
        .join(giver, acting | own)
        .join(taker, col(taker.id) == col(Handover.incoming_id))
        .where(HandoverPoint.matter_id == matter_id)
        .order_by(col(HandoverSeal.id))
    )
    return tuple(
        PassedOn(
            handover_id=point.handover_id,
            at=sealed.sealed_at,
            outgoing=outgoing,
            incoming=incoming,
            severity=point.severity,
            read_back=point.read_back,
        )
        for point, sealed, outgoing, incoming in rows
    )
