"""Who somebody is, asked in plain SQL; see `foundation.reading`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_console.foundation.reading import day, row, rows
from desk_console.people.values import PersonView

if TYPE_CHECKING:
    from sqlmodel import Session

    from desk_console.foundation.reading import Reader

_PERSON = """
    select id, staff_no, name, initials, phone, mail, languages, is_active, started_on
    from person where id = :id
"""
_ROLES = "select role from person_role where person_id = :id"


def person(asked: Session | Reader, person_id: int) -> PersonView | None:
    """One person, whether still here or not."""
    found = row(asked, _PERSON, id=person_id)
    if found is None:
        return None
    roles = frozenset(each["role"] for each in rows(asked, _ROLES, id=person_id))
    found["started_on"] = day(found["started_on"])
    return PersonView(**found, roles=roles)
