"""Authority at the moment of acting: the person as the file has them now, never as remembered."""

from sqlmodel import Session

from desk_console.foundation.refusal import Refusal
from desk_console.people import views
from desk_console.people.records import PersonView
from desk_console.people.rules import Right, may
from desk_console.rulebook.records import DutyRules


def authorised(session: Session, person_id: int, right: Right, duty: DutyRules) -> PersonView:
    """The person as they are at this moment, with that right; refuses where they have it not."""
    person = views.person(session, person_id)
    if person is None:
        raise Refusal("people.unknown_person")
    may(person, right, duty).or_refuse()
    return person
