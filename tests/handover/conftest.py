"""What the handover's tests may ask for: a day shift near its end, and who comes to take over."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from desk_console.foundation.clock import MovingClock
from desk_console.people.pins import Proof
from desk_console.rulebook.desk import Desk
from desk_console.shift.arrivals import sign_on
from tests.built import built_once
from tests.handover.walk import Walk, furnish, proven
from tests.staff import Staff


@dataclass(frozen=True, slots=True)
class Evening:
    """The clerk holds the post, a quarter of an hour before the night man's shift."""

    desk: Desk
    staff: Staff
    clock: MovingClock
    clerk: Proof
    night_man: Proof
    supervisor: Proof
    items: tuple[int, ...]

    def open(self) -> Walk:
        """The handover, opened by the clerk."""
        return Walk(self.desk, self.clerk, self.night_man)


@pytest.fixture
def evening(desk: Desk, staff: Staff, clock: MovingClock) -> Evening:
    """17:10: the clerk on duty since nine, the night man signed on."""
    people, items = _lived(desk, clock, staff)
    return Evening(desk, staff, clock, *people, items)


@built_once
def _lived(
    desk: Desk, clock: MovingClock, staff: Staff
) -> tuple[tuple[Proof, Proof, Proof], tuple[int, ...]]:
    items = furnish(desk, staff.supervisor)
    clerk, night_man = proven(desk, staff.clerk), proven(desk, staff.night_man)
    supervisor = proven(desk, staff.supervisor)
    sign_on(desk, clerk)
    clock.advance(timedelta(hours=8, minutes=25))
    sign_on(desk, night_man)
    return (clerk, night_man, supervisor), tuple(items)
