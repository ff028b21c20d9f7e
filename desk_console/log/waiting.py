"""What entries still wait for: visitors to leave, things to be collected, findings to be looked at
again.
"""

from __future__ import annotations

from sqlmodel import Session, col, select

from desk_console.log.glance import EntryLine, lines_of
from desk_console.log.records import AdditionKind, Awaited


def custody_waiting(session: Session) -> tuple[EntryLine, ...]:
    """What was left at the desk and is not collected yet, oldest first (7.8)."""
    return _awaiting(session, AdditionKind.COLLECTED)


def visitors_inside(session: Session) -> tuple[EntryLine, ...]:
    """Visitors who came in and did not leave yet, oldest first."""
    return _awaiting(session, AdditionKind.VISITOR_OUT)


def rechecks_waiting(session: Session) -> tuple[EntryLine, ...]:
    """Patrols with findings that nobody has looked at again, oldest first (9.3)."""
    return _awaiting(session, AdditionKind.RECHECK)


def awaited(session: Session) -> tuple[EntryLine, ...]:
    """Everything that somebody has still to put an end to, oldest first: visitors inside, things
    to be collected (7.8), findings to be looked at again (9.3).
    """
    lines = (*visitors_inside(session), *custody_waiting(session), *rechecks_waiting(session))
    return tuple(sorted(lines, key=lambda line: line.id))


def _awaiting(session: Session, kind: AdditionKind) -> tuple[EntryLine, ...]:
    ids = session.exec(
        select(col(Awaited.entry_id)).where(Awaited.kind == kind).order_by(col(Awaited.entry_id))
    ).all()
    return lines_of(session, ids)
