"""A desk at work for the log's tests: the clerk is on duty, one department can be told."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desk_console.log.departments import DepartmentForm, add_department
from desk_console.log.forms import CallForm
from desk_console.people.records import PersonView
from desk_console.rulebook.desk import Desk
from desk_console.shift.arrivals import sign_on
from tests.built import built_once
from tests.staff import Staff

HOSTILE = (
    "[red]x[/]",
    "[/]",
    "[@click=app.quit]x[/]",
    "\x1b]0;owned\x07\x1b[31mred\x1b[0m",
    "nul\x00 bel\x07 c1\x9b31m",
    "lone \ud800 surrogate",
    "\u202eright to left\u202c",
    "👨\u200d👩\u200d👧 𠮷",
)


@dataclass(frozen=True, slots=True)
class AtWork:
    """The desk, its clerk on duty, and the maintenance department's id."""

    desk: Desk
    staff: Staff
    maintenance: int

    @property
    def clerk(self) -> PersonView:
        """Who writes."""
        return self.staff.clerk.person

    def call(self, **fields: Any) -> CallForm:
        """A call as it would be typed; `at` is now unless given."""
        given: dict[str, Any] = {
            "form_id": self.desk.source.new_id(),
            "at": self.desk.now(),
            "content": "厨房水管漏水",
            **fields,
        }
        return CallForm(**given)

    def at(self) -> datetime:
        """Now."""
        return self.desk.now()


def begin_work(desk: Desk, staff: Staff) -> AtWork:
    """Signs the clerk on."""
    return AtWork(desk, staff, _begun(desk, staff))


@built_once
def _begun(desk: Desk, staff: Staff) -> int:
    supervisor = staff.supervisor.person
    department = add_department(
        desk, supervisor, DepartmentForm(code="maintenance", zh="维修部", en="Maintenance")
    )
    sign_on(desk, staff.clerk)
    return department
