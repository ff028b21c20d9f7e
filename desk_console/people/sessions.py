"""Who sits at which console: taking the seat with a PIN and leaving it, on record.

It is no attendance: whoever's console goes away is still on duty, and gives the PIN again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from desk_console.people.records import PersonView
from desk_console.rulebook.desk import Desk


class Proven(Protocol):
    """Somebody who gave their PIN just now."""

    @property
    def person(self) -> PersonView:
        """Who it is."""


def take_seat(desk: Desk, proof: Proven) -> None:
    """Puts on record that a person writes at this console from now on."""
    with desk.transaction() as work:
        subject = f"console:{desk.store.console}"
        work.journal("people.seat_taken", by=proof.person.id, subject=subject)


def leave_seats(desk: Desk, person_ids: Iterable[int], *, why: str) -> None:
    """Puts on record that people no longer write here; `why`: `signed_off`, `quit`, `hangup`."""
    ids = tuple(person_ids)
    if not ids or desk.store.is_read_only:
        return
    with desk.transaction() as work:
        for person_id in ids:
            subject = f"console:{desk.store.console}"
            work.journal("people.seat_left", by=person_id, subject=subject, why=why)
