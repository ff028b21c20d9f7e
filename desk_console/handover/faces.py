"""The staff as they stand on a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlmodel import Session

from desk_console.handover.sheet import Signer
from desk_console.people import views as people
from desk_console.people.records import PersonView
from desk_console.people.rules import Right, role_for
from desk_console.rulebook.records import DutyRules


@dataclass(frozen=True, slots=True)
class Faces:
    """Everybody of the staff, by id, as they are now."""

    by_id: Mapping[int, PersonView]

    def signer(self, person_id: int, role: str = "") -> Signer:
        """Somebody as they stand on a sheet."""
        person = self.by_id[person_id]
        first = next(iter(sorted(person.roles)), "")
        return Signer(id=person.id, staff_no=person.staff_no, name=person.name, role=role or first)

    def in_charge(self, person_id: int, duty: DutyRules) -> Signer:
        """Somebody who acts by the right of those in charge, in the role that gives it."""
        return self.signer(person_id, role_for(self.by_id[person_id], Right.RELEASE, duty))

    def maybe(self, person_id: int | None) -> Signer | None:
        """Somebody, where anybody is named."""
        return None if person_id is None else self.signer(person_id)


def everybody(session: Session) -> Faces:
    """The whole staff, those included who have left."""
    return Faces({one.id: one for one in people.people(session, active=None)})


def faces_of(session: Session, ids: Iterable[int | None]) -> Faces:
    """Those people of the staff."""
    wanted = {person_id for person_id in ids if person_id is not None}
    found = [people.person(session, person_id) for person_id in sorted(wanted)]
    return Faces({one.id: one for one in found if one is not None})
