"""Attendance against the roster: what sign-ons and handovers come to."""

from datetime import UTC, date, datetime, timedelta

import pytest

from desk_console.foundation.clock import MovingClock
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.loader import site_rules
from desk_console.shift.arrivals import sign_on
from desk_console.shift.attendance import AttendanceLine, attendance
from desk_console.shift.departures import sign_off
from desk_console.shift.marks import Facts, Mark, clause_of, marks_of
from tests.on_roster import Turn, put_on_roster
from tests.relief import relieve
from tests.staff import Staff

DAY = date(2026, 3, 2)
ENDS = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def facts(**given: object) -> Facts:
    usual: dict[str, object] = {
        "cause": "",
        "arrived_at": ENDS - timedelta(hours=9),
        "left_at": ENDS,
        "late_minutes": 0,
        "early_minutes": 0,
        "ends_at": ENDS,
        "is_over": True,
    }
    return Facts(**{**usual, **given})  # type: ignore[arg-type] # by name


@pytest.mark.parametrize(
    ("given", "marks"),
    [
        ({}, ()),
        ({"late_minutes": 4}, (Mark.LATE,)),
        ({"early_minutes": 9}, (Mark.EARLY,)),
        ({"arrived_at": None, "left_at": None}, (Mark.ABSENT,)),
        ({"arrived_at": None, "left_at": None, "is_over": False}, ()),
        ({"cause": "request:5"}, (Mark.SWAPPED,)),
        ({"cause": "cannot_come"}, (Mark.TAKEN_IN,)),
        ({"cause": None, "is_breach": True}, (Mark.UNROSTERED,)),
        ({"cause": None, "is_stand_in": True, "ends_at": None}, (Mark.STAND_IN,)),
    ],
)
def test_2_2_3_3_7_3_what_is_on_record_comes_to_marks(
    given: dict[str, object], marks: tuple[Mark, ...]
) -> None:
    assert marks_of(facts(**given)) == marks


@pytest.mark.parametrize(
    ("over", "approved", "marks"),
    [
        (15, 0, ()),
        (40, 0, (Mark.UNAPPROVED,)),
        (40, 60, (Mark.OVERTIME,)),
        (90, 60, (Mark.UNAPPROVED,)),
    ],
)
def test_4_3_overtime_without_approval_is_on_record_as_such(
    over: int, approved: int, marks: tuple[Mark, ...]
) -> None:
    late = ENDS + timedelta(minutes=over)
    assert marks_of(facts(left_at=late, approved_minutes=approved)) == marks


def test_who_is_held_over_has_not_worked_unapproved_overtime() -> None:
    late = facts(left_at=ENDS + timedelta(hours=2), was_held_over=True)
    assert marks_of(late) == (Mark.HELD_OVER,)


def test_a_mark_cites_the_site_s_clause() -> None:
    assert clause_of(Mark.LATE, site_rules("company-24h")) == "2.2"
    assert clause_of(Mark.UNAPPROVED, site_rules("cs-department")) == "4.3"


def test_a_day_as_rostered_and_as_it_was(desk: Desk, staff: Staff, clock: MovingClock) -> None:
    turns = [
        Turn(DAY, "day", "desk", staff.clerk.person.id),
        Turn(DAY, "night", "desk", staff.night_man.person.id),
    ]
    put_on_roster(desk, staff.supervisor.person.id, DAY, DAY, turns)
    clock.advance(timedelta(minutes=10))  # 08:55: ten minutes late for the handover
    sign_on(desk, staff.clerk)
    clock.advance(timedelta(hours=9, minutes=15))  # 18:10: nobody came at 17:15
    sign_on(desk, staff.other_night_man)
    relieve(desk, staff.clerk, staff.other_night_man)
    sign_off(desk, staff.clerk)
    clock.advance(timedelta(hours=20))
    with desk.reading() as session:
        found = attendance(session, desk, DAY, DAY, clock.now())
    assert [(one.person.name, set(one.marks)) for one in found] == [
        ("王晓燕", {Mark.LATE, Mark.HELD_OVER}),
        ("马志刚", {Mark.UNROSTERED}),
        ("孙建军", {Mark.ABSENT}),
    ]
    assert isinstance(found[0], AttendanceLine)
    assert found[0].over_minutes == 40
