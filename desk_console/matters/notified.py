"""A department taken out of use: not while something is open that it was asked to deal with.

Who was told is who must answer: what is open goes to somebody else first, or is settled (6.3, 4.8).
"""

from __future__ import annotations

from sqlmodel import Session, col, select

from desk_console.foundation.catalogue import Literally
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Work
from desk_console.log.departments import put_in_use
from desk_console.matters.records import Matter
from desk_console.people.records import PersonView
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.topics import Topic

MOST_NAMED = 5
"""Open matters that a refusal names."""


def set_in_use(desk: Desk, person: PersonView, department_id: int, *, is_active: bool) -> None:
    """Takes a department out of use, or back into it.

    Refuses (6.3) while matters are open that it was asked to deal with, and names them.
    """
    with desk.transaction() as work:
        if not is_active:
            _refuse_asked(work, desk, department_id)
        put_in_use(work, desk, person, department_id, is_active=is_active)


def open_at(session: Session, department_id: int) -> tuple[str, ...]:
    """The numbers of the open matters that a department was asked to deal with, oldest first."""
    query = select(col(Matter.number), col(Matter.id)).where(
        Matter.department_id == department_id, col(Matter.closed_at).is_(None)
    )
    rows = session.exec(query.order_by(col(Matter.id))).all()
    return tuple(number or f"#{matter_id}" for number, matter_id in rows)


def _refuse_asked(work: Work, desk: Desk, department_id: int) -> None:
    asked = open_at(work.session, department_id)
    if asked:
        raise Refusal(
            "matters.department_asked",
            clause=desk.duty.cite(Topic.NOTIFY_DEPARTMENT),
            count=len(asked),
            numbers=[Literally(each) for each in asked[:MOST_NAMED]],
        )
