"""People for the tests of people: a supervisor who set the desk up, a clerk, their PINs."""

from datetime import date

import pytest

from desk_console.people.acts import add_person
from desk_console.people.pins import Proof, choose_pin
from desk_console.people.records import PersonForm, PersonView
from desk_console.rulebook.desk import Desk

BOSS_PIN = "orange-bicycle"
CLERK_PIN = "73920461"


def form(staff_no: str, name: str, *roles: str, phone: str = "") -> PersonForm:
    return PersonForm(
        staff_no=staff_no,
        name=name,
        roles=frozenset(roles),
        phone=phone,
        started_on=date(2026, 2, 1),
    )


@pytest.fixture
def boss(desk: Desk) -> Proof:
    """The first person: a supervisor, with a PIN."""
    person = add_person(desk, form("1001", "周静怡", "supervisor", "clerk"), by_id=None)
    return choose_pin(desk, person.id, BOSS_PIN)


@pytest.fixture
def clerk(desk: Desk, boss: Proof) -> PersonView:
    """A clerk with a PIN."""
    person = add_person(
        desk, form("2001", "单小芳", "clerk", phone="139 0000 2001"), by_id=boss.person.id
    )
    choose_pin(desk, person.id, CLERK_PIN)
    return person
