"""People for tests: made through the program's own acts, proven without the cost of a PIN."""

from dataclasses import dataclass
from datetime import date

from desk_console.people.acts import add_person, add_qualification
from desk_console.people.pins import Proof, choose_pin, prove
from desk_console.people.records import PersonForm, PersonView, QualificationForm
from desk_console.people.rules import IN_CHARGE
from desk_console.people.views import pin_standing
from desk_console.rulebook.desk import Desk
from tests.built import built_once

PIN = "harbor-73k"
BEGAN = date(2025, 1, 6)


@dataclass(frozen=True, slots=True)
class Shown:
    """Somebody taken as proven, where the PIN is not what is tested."""

    person: PersonView


@dataclass(frozen=True, slots=True)
class Staff:
    """A supervisor, two clerks, two maintenance men and a guard."""

    supervisor: Shown
    clerk: Shown
    other_clerk: Shown
    night_man: Shown
    other_night_man: Shown
    guard: Shown


def hire(desk: Desk, staff_no: str, name: str, *roles: str, by: Shown | None = None) -> Shown:
    """Adds a person; the first is added by nobody."""
    form = PersonForm(
        staff_no=staff_no,
        name=name,
        roles=frozenset(roles),
        phone=f"1390000{staff_no}",
        started_on=BEGAN,
    )
    return Shown(add_person(desk, form, by_id=by.person.id if by else None))


def opened(desk: Desk, person: PersonView) -> PersonView:
    """The same, whose first PIN another in charge has opened, where that is asked: how is proved in
    `tests/people/test_pins.py`.
    """
    if person.roles & IN_CHARGE:
        with desk.transaction() as work:
            work.journal("people.pin_reset", by=None, subject=f"person:{person.id}")
    return person


def proof_of(desk: Desk, person: PersonView, pin: str = PIN) -> Proof:
    """Somebody's proof by their PIN, chosen now where they have none yet."""
    with desk.reading() as session:
        is_new = pin_standing(session, person.id).must_choose
    return choose_pin(desk, opened(desk, person).id, pin) if is_new else prove(desk, person.id, pin)


def qualify(desk: Desk, who: Shown, by: Shown, *, code: str = "post") -> None:
    """Puts a qualification on record that holds from the second month of work on."""
    form = QualificationForm(code=code, title="上岗", valid_from=date(2025, 2, 10))
    add_qualification(desk, who.person.id, form, by_id=by.person.id)


@built_once
def hire_all(desk: Desk) -> Staff:
    """The staff of a small service centre."""
    supervisor = hire(desk, "1001", "周静怡", "supervisor")
    return Staff(
        supervisor=supervisor,
        clerk=hire(desk, "2001", "王晓燕", "clerk", by=supervisor),
        other_clerk=hire(desk, "2002", "李思敏", "clerk", by=supervisor),
        night_man=hire(desk, "3001", "孙建军", "maintenance", by=supervisor),
        other_night_man=hire(desk, "3002", "马志刚", "maintenance", by=supervisor),
        guard=hire(desk, "4001", "冯大勇", "security", by=supervisor),
    )
