"""Who somebody is, asked in plain SQL; see `foundation.reading`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_console.foundation.reading import day, rows
from desk_console.people.values import PersonView

if TYPE_CHECKING:
    from sqlmodel import Session

    from desk_console.foundation.reading import Reader

_PERSON = """
    select id, staff_no, name, initials, phone, mail, mail_language, languages, is_active,
        started_on, role
    from person left join person_role on person_id = id where id = :id
"""


def person(asked: Session | Reader, person_id: int) -> PersonView | None:
    """One person, whether still here or not."""
    found = rows(asked, _PERSON, id=person_id)
    if not found:
        return None
    roles = frozenset(each["role"] for each in found if each["role"] is not None)
    facts = {name: value for name, value in found[0].items() if name != "role"}
    facts["started_on"] = day(facts["started_on"])
    return PersonView(**facts, roles=roles)
