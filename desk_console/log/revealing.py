"""Lists for whoever has shown no PIN: names and numbers of residents masked, in every field.

What a list shows whole leaves the console, so who asked for it is on record before it is read.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from desk_console.log.masking import Mask
from desk_console.log.records import Resident
from desk_console.log.resident_files import reading_verdict
from desk_console.people.pins import require_current
from desk_console.rulebook.topics import Topic

if TYPE_CHECKING:
    from desk_console.people.pins import Proof
    from desk_console.rulebook.desk import Desk


def mask_of(session: Session, callers: Iterable[str]) -> Mask:
    """A mask of everybody on file, and of who else called."""
    return Mask.of([*session.exec(select(Resident.name).where(col(Resident.name) != "")), *callers])


def reveal_list(desk: Desk, by: Proof, name: str, **asked: object) -> None:
    """Puts on record that a list is shown whole, to whom. What was searched for is not kept: it
    may be a name.

    Refuses (2.12, 3.7, 4.9, 7.8) whoever has no right to residents' data, or is neither on
    duty nor in charge.
    """
    with desk.transaction() as work:
        require_current(work.session, by)
        reading_verdict(work.session, desk, by.person)
        work.journal(
            "log.list_revealed",
            by=by.person.id,
            subject=f"list:{name}",
            clause=desk.duty.cite(Topic.CONFIDENTIALITY),
            **asked,
        )
