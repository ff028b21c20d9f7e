"""The months of the sample: sound by the program's own checker, drafted and published in time."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from desk_console.foundation.clock import MovingClock
from desk_console.people.pins import Proof
from desk_console.roster import views
from desk_console.roster.checked import checked_draft, checked_month
from desk_console.roster.glance import upkeep
from desk_console.roster.sheet import month_of
from desk_console.rulebook.desk import Desk
from desk_console.sample import cast, rostering
from desk_console.sample.build import people
from desk_console.sample.happenings import LeaveAsked, leave_asked
from tests.conftest import ZONE, DeskMaker

MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)


@pytest.fixture
def desk(make_desk: DeskMaker) -> Desk:
    return make_desk("property-24h", also=("management-office",))


@pytest.fixture
def proofs(desk: Desk) -> dict[str, Proof]:
    return people(desk)


def on(clock: MovingClock, day: date) -> None:
    clock.move_to(datetime.combine(day, time(10), ZoneInfo(ZONE.key)))


def test_6_2_the_noon_turn_is_a_clerk_of_the_day_and_the_months_are_sound(
    desk: Desk, proofs: dict[str, Proof]
) -> None:
    for month in rostering.months(MARCH, APRIL):
        rostering.put_in_force(desk, proofs[cast.SUPERVISOR.staff_no], proofs, *month_of(month))

    for month in rostering.months(MARCH, APRIL):
        with desk.reading() as session:
            checked = checked_month(session, desk, month)
        assert checked.cells
        assert checked.report.breaches == ()


def test_9_1_near_the_months_end_the_next_one_waits_as_a_sound_draft_and_is_published_in_time(
    desk: Desk, proofs: dict[str, Proof], clock: MovingClock
) -> None:
    supervisor = proofs[cast.SUPERVISOR.staff_no]
    on(clock, rostering.draft_day(APRIL, desk.duty))

    rostering.draft_month(desk, supervisor, proofs, APRIL)

    with desk.reading() as session:
        draft = views.open_draft(session, APRIL)
        assert draft is not None
        assert checked_draft(session, desk, draft).report.breaches == ()

    day = rostering.publication_day(APRIL, desk.duty)
    on(clock, day)
    with desk.reading() as session:
        assert upkeep(session, desk.duty, desk.now().astimezone(desk.zone)).unpublished == APRIL

    rostering.publish_month(desk, supervisor, APRIL)

    with desk.reading() as session:
        assert checked_month(session, desk, APRIL).report.breaches == ()
        assert not upkeep(session, desk.duty, desk.now().astimezone(desk.zone)).is_late
        assert upkeep(session, desk.duty, desk.now().astimezone(desk.zone)).unpublished is None


def test_9_8_somebody_on_duty_that_day_waits_for_an_answer() -> None:
    present = date(2026, 3, 2)

    asked = leave_asked(present)

    assert isinstance(asked, LeaveAsked)
    assert asked.at.date() == present - timedelta(days=1)
    assert asked.staff_no == rostering.second_clerk_of(asked.day)
