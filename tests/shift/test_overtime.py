"""Overtime on a day without a shift: asked and approved beforehand, then worked and attended."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from desk_console.foundation.clock import MovingClock
from desk_console.foundation.refusal import Refusal
from desk_console.people.pins import Proof
from desk_console.roster.asking_overtime import ask_overtime
from desk_console.roster.deciding import approve
from desk_console.roster.request_views import request
from desk_console.rulebook.desk import Desk
from desk_console.shift.arrivals import sign_on
from desk_console.shift.attendance import AttendanceLine, attendance
from desk_console.shift.departures import sign_off
from desk_console.shift.marks import Mark
from desk_console.shift.views import board
from tests.conftest import DeskMaker
from tests.on_roster import Turn, put_on_roster
from tests.roster.drafting_desk import proven
from tests.staff import Shown, hire, qualify

FRIDAY = date(2026, 3, 6)
"""The day off of the customer-service week."""
TWO = datetime(2026, 3, 6, 6, tzinfo=UTC)
"""Friday, 14:00 in Shanghai."""


class Office:
    """A clerk and a supervisor of a customer-service department."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        boss = hire(desk, "1001", "周静怡", "supervisor")
        clerk = hire(desk, "2001", "王晓燕", "clerk", by=boss)
        qualify(desk, clerk, boss, code="onboarding")
        self.boss, self.clerk = proven(desk, boss), proven(desk, clerk)

    def allowed(self, who: Proof, *, minutes: int = 240, begins: time = time(14)) -> None:
        """Overtime of the Friday, asked and approved."""
        asked = ask_overtime(
            self.desk, who, "friday", FRIDAY, minutes, reason="盘点", begins=begins
        )
        with self.desk.reading() as session:
            line = request(session, asked)
        assert line is not None
        approve(self.desk, self.boss, asked, line.revision)

    def lines(self, day: date = FRIDAY) -> list[AttendanceLine]:
        """Who was there on a day."""
        with self.desk.reading() as session:
            return list(attendance(session, self.desk, day, day, self.desk.now()))


@pytest.fixture
def office(make_desk: DeskMaker) -> Office:
    return Office(make_desk("cs-department"))


def test_4_3_without_approved_overtime_nobody_signs_on_on_the_day_off(
    office: Office, clock: MovingClock
) -> None:
    clock.move_to(TWO)
    with pytest.raises(Refusal) as refused:
        sign_on(office.desk, office.clerk)
    assert (refused.value.message.key, refused.value.clause) == (
        "shift.no_shift_no_overtime",
        "4.3",
    )


def test_4_1_4_3_approved_overtime_on_the_day_off_is_signed_on_for_and_attended(
    office: Office, clock: MovingClock
) -> None:
    office.allowed(office.clerk)
    clock.move_to(TWO - timedelta(hours=3))
    with pytest.raises(Refusal):
        sign_on(office.desk, office.clerk)
    clock.move_to(TWO + timedelta(minutes=10))
    signed = sign_on(office.desk, office.clerk)
    assert (signed.plan_code, signed.holds_post, signed.is_breach) == (None, False, False)
    assert (signed.expected_at, signed.late_minutes) == (TWO, 10)
    with office.desk.reading() as session:
        post = board(session, office.desk, office.desk.now()).posts[0]
    assert (str(post.kind), post.holder) == ("closed", None)
    assert [one.person for one in post.present] == [office.clerk.person]
    clock.move_to(TWO + timedelta(hours=4))
    assert sign_off(office.desk, office.clerk) == 0
    (line,) = office.lines()
    assert set(line.marks) == {Mark.LATE, Mark.OVERTIME}
    assert (line.late_minutes, line.overtime_minutes, line.is_overtime) == (10, 230, True)


def test_4_3_who_leaves_approved_overtime_early_or_stays_beyond_it_is_on_record(
    office: Office, clock: MovingClock
) -> None:
    office.allowed(office.clerk)
    clock.move_to(TWO)
    sign_on(office.desk, office.clerk)
    clock.move_to(TWO + timedelta(hours=3))
    assert sign_off(office.desk, office.clerk) == 60
    (line,) = office.lines()
    assert set(line.marks) == {Mark.OVERTIME, Mark.EARLY}
    clock.move_to(TWO + timedelta(hours=3, minutes=5))
    sign_on(office.desk, office.clerk)
    clock.move_to(TWO + timedelta(hours=5))
    sign_off(office.desk, office.clerk)
    (line,) = office.lines()
    assert set(line.marks) == {Mark.OVERTIME, Mark.UNAPPROVED}
    assert (line.over_minutes, line.overtime_minutes) == (60, 240)


def test_4_3_who_does_not_come_to_approved_overtime_is_absent(
    office: Office, clock: MovingClock
) -> None:
    office.allowed(office.clerk)
    clock.move_to(TWO + timedelta(hours=3))
    assert office.lines()[0].marks == ()
    clock.move_to(TWO + timedelta(hours=5))
    (line,) = office.lines()
    assert (line.person, line.marks) == (office.clerk.person, (Mark.ABSENT,))


def test_4_3_overtime_on_a_day_without_a_shift_names_its_beginning_before_it(
    office: Office, clock: MovingClock
) -> None:
    with pytest.raises(Refusal) as refused:
        ask_overtime(office.desk, office.clerk, "one", FRIDAY, 60, reason="盘点")
    assert (refused.value.message.key, refused.value.clause) == ("roster.overtime_from", "4.3")
    clock.move_to(TWO)
    with pytest.raises(Refusal) as refused:
        ask_overtime(office.desk, office.clerk, "two", FRIDAY, 60, reason="盘点", begins=time(13))
    assert (refused.value.message.key, refused.value.clause) == ("roster.overtime_past", "4.3")


def test_4_3_approved_overtime_beside_the_rostered_is_no_breach_and_takes_no_post(
    office: Office, clock: MovingClock
) -> None:
    desk, monday = office.desk, date(2026, 3, 9)
    other = hire(desk, "2002", "李思敏", "clerk", by=Shown(office.boss.person))
    qualify(desk, other, Shown(office.boss.person), code="onboarding")
    turn = Turn(monday, "office", "desk", other.person.id)
    put_on_roster(desk, office.boss.person.id, monday, monday, [turn])
    asked = ask_overtime(desk, office.clerk, "monday", monday, 120, reason="盘点", begins=time(10))
    approve(desk, office.boss, asked, 2)
    clock.move_to(datetime(2026, 3, 9, 0, 0, tzinfo=UTC))
    early = sign_on(desk, office.clerk)
    assert (early.holds_post, early.is_breach, early.late_minutes) == (False, False, -120)
    sign_on(desk, other)
    clock.move_to(datetime(2026, 3, 9, 4, 0, tzinfo=UTC))
    assert sign_off(desk, office.clerk) == 0
    found = {line.person.name: set(line.marks) for line in office.lines(monday)}
    assert found["王晓燕"] == {Mark.OVERTIME}
