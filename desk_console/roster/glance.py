"""Whose turn it is, asked in plain SQL; see `foundation.reading`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from desk_console.foundation.reading import rows
from desk_console.people import glance as people
from desk_console.people.values import PersonView

if TYPE_CHECKING:
    from sqlmodel import Session

    from desk_console.foundation.reading import Reader

_DUTIES = """
    select person_id from duty
    where day = :day and plan_code = :plan and post_code = :post and withdrawn_at is null
    order by id
"""


def on_duty(
    asked: Session | Reader, *, day: date, plan_code: str, post_code: str
) -> tuple[PersonView, ...]:
    """The people rostered for that shift at that post; none where nobody is."""
    duties = rows(asked, _DUTIES, day=day, plan=plan_code, post=post_code)
    found = (people.person(asked, each["person_id"]) for each in duties)
    return tuple(person for person in found if person is not None)
