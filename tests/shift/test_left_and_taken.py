"""Leaving without a handover, a post taken at once, a stand-in beyond the shift's end."""

from datetime import timedelta

import pytest
from sqlmodel import select

from desk_console.foundation.clock import MovingClock
from desk_console.foundation.refusal import Refusal
from desk_console.handover.records import ReliefCall
from desk_console.handover.relief import settle
from desk_console.rulebook.desk import Desk
from desk_console.shift import departures
from desk_console.shift.arrivals import sign_on
from desk_console.shift.attendance import AttendanceLine, attendance
from desk_console.shift.board import board
from desk_console.shift.codes import TenureKind
from desk_console.shift.departures import leave_post
from desk_console.shift.marks import Mark, clause_of
from desk_console.shift.step_out import step_out, take_now
from tests.conftest import MORNING, DeskMaker
from tests.on_roster import Turn, put_on_roster
from tests.relief import relieve, sign_off
from tests.staff import Staff, hire, qualify

DAY = MORNING.date()


def line_of(desk: Desk, name: str) -> AttendanceLine:
    """The day's line of somebody."""
    with desk.reading() as session:
        lines = attendance(session, desk, DAY, DAY, desk.now())
    return next(one for one in lines if one.person.name == name)


@pytest.mark.parametrize(
    ("regulation", "wait", "clause", "plan"),
    [("cs-monthly", 10, "3.3", "office"), ("courier", 5 * 60 + 10, "7.3", "late")],
)
def test_3_3_7_3_coming_late_and_leaving_early_is_on_record_under_its_clause(
    make_desk: DeskMaker, clock: MovingClock, regulation: str, wait: int, clause: str, plan: str
) -> None:
    desk = make_desk(regulation)
    boss = hire(desk, "1001", "周静怡", "manager", "clerk")
    clerk = hire(desk, "2001", "王晓燕", "clerk", by=boss)
    for one in (boss, clerk):
        qualify(desk, one, boss)
    turns = [Turn(DAY, plan, "desk", one.person.id) for one in (boss, clerk)]
    put_on_roster(desk, boss.person.id, DAY, DAY, turns)
    clock.advance(timedelta(minutes=wait))  # five before the beginning
    sign_on(desk, boss)
    clock.advance(timedelta(minutes=15))
    came = sign_on(desk, clerk)
    assert (came.late_minutes, came.clause) == (10, clause)
    clock.advance(timedelta(hours=2))
    assert departures.sign_off(desk, clerk) > 0
    line = line_of(desk, "王晓燕")
    assert line.marks == (Mark.LATE, Mark.EARLY)
    assert {clause_of(mark, desk.duty) for mark in line.marks} == {clause}


def test_6_8_nobody_steps_out_beyond_the_end_of_the_shift(
    desk: Desk, staff: Staff, clock: MovingClock
) -> None:
    sign_on(desk, staff.clerk)
    clock.advance(timedelta(hours=8, minutes=15))  # 17:00
    late = desk.now() + timedelta(minutes=31)
    with pytest.raises(Refusal) as refused:
        step_out(desk, staff.clerk, staff.guard, reason="去机房", back_at=late)
    assert (refused.value.message.key, refused.value.clause) == ("shift.back_after_end", "6.8")
    step_out(desk, staff.clerk, staff.guard, reason="去机房", back_at=late - timedelta(minutes=1))


def test_9_5_relief_is_owed_at_the_end_also_where_a_stand_in_holds_the_post(
    desk: Desk, staff: Staff, clock: MovingClock
) -> None:
    sign_on(desk, staff.clerk)
    clock.advance(timedelta(hours=8, minutes=15))
    back = desk.now() + timedelta(minutes=30)
    step_out(desk, staff.clerk, staff.guard, reason="去机房", back_at=back)
    clock.advance(timedelta(minutes=35))
    settle(desk)
    with desk.reading() as session:
        (call,) = session.exec(select(ReliefCall)).all()
        alarms = {one.what.key for one in board(session, desk, desk.now()).alarms}
    assert (call.since, call.role) == (back, "supervisor")
    assert alarms == {"shift.alarm_stand_in_late", "shift.alarm_held_over"}


def test_9_5_whose_relief_does_not_come_sees_who_should_be_there(
    desk: Desk, staff: Staff, clock: MovingClock
) -> None:
    turn = Turn(DAY, "night", "desk", staff.night_man.person.id)
    put_on_roster(desk, staff.supervisor.person.id, DAY, DAY, [turn])
    sign_on(desk, staff.clerk)
    clock.advance(timedelta(hours=9, minutes=15))  # 18:00
    settle(desk)
    with desk.reading() as session:
        (post,) = board(session, desk, desk.now()).posts
    assert post.kind is TenureKind.HELD_OVER
    assert [one.name for one in post.next_people] == [staff.night_man.person.name]
    assert post.next_at == post.until


def test_9_5_relief_is_owed_to_who_took_the_post_in_an_emergency_too(
    desk: Desk, staff: Staff, clock: MovingClock
) -> None:
    sign_on(desk, staff.clerk)
    clock.advance(timedelta(hours=9, minutes=15))
    take_now(desk, staff.guard, post_code="desk")
    settle(desk)
    with desk.reading() as session:
        calls = session.exec(select(ReliefCall)).all()
    assert {one.since.astimezone(desk.zone).strftime("%H:%M") for one in calls} == {"17:30"}


def test_9_16_who_goes_after_the_post_was_taken_left_without_a_handover(
    desk: Desk, staff: Staff, clock: MovingClock
) -> None:
    sign_on(desk, staff.clerk)
    clock.advance(timedelta(hours=4))
    take_now(desk, staff.other_clerk, post_code="desk")
    departures.sign_off(desk, staff.clerk)
    assert Mark.UNHANDED in line_of(desk, "王晓燕").marks
    assert line_of(desk, "李思敏").marks == ()


def test_9_16_who_deserted_the_post_left_without_a_handover(
    desk: Desk, staff: Staff, clock: MovingClock
) -> None:
    sign_on(desk, staff.clerk)
    clock.advance(timedelta(hours=4))
    leave_post(desk, staff.clerk, "不等了")
    assert Mark.UNHANDED in line_of(desk, "王晓燕").marks


def test_9_16_who_took_the_post_back_and_handed_it_over_is_not_marked(
    desk: Desk, staff: Staff, clock: MovingClock
) -> None:
    sign_on(desk, staff.clerk)
    clock.advance(timedelta(hours=4))
    take_now(desk, staff.other_clerk, post_code="desk")
    relieve(desk, staff.other_clerk, staff.clerk)
    clock.advance(timedelta(hours=4, minutes=25))
    sign_on(desk, staff.night_man)
    relieve(desk, staff.clerk, staff.night_man)
    sign_off(desk, staff.clerk)
    assert line_of(desk, "王晓燕").marks == ()


def test_9_9_taking_the_post_at_once_hides_neither_the_duty_nor_the_lateness(
    desk: Desk, staff: Staff, clock: MovingClock
) -> None:
    turn = Turn(DAY, "night", "desk", staff.night_man.person.id)
    put_on_roster(desk, staff.supervisor.person.id, DAY, DAY, [turn])
    sign_on(desk, staff.clerk)
    clock.advance(timedelta(hours=9, minutes=15))  # 18:00, wanted at 17:15
    take_now(desk, staff.night_man, post_code="desk")
    line = line_of(desk, "孙建军")
    assert (line.plan_code, line.late_minutes, line.marks) == ("night", 45, (Mark.LATE,))
    settle(desk)
    with desk.reading() as session:
        post = board(session, desk, desk.now()).posts[0]
        assert not session.exec(select(ReliefCall)).all()
    assert post.plan == ("夜班", "Night")


def test_2_2_leaving_early_behind_an_early_handover_is_on_record(
    desk: Desk, staff: Staff, clock: MovingClock
) -> None:
    sign_on(desk, staff.clerk)
    clock.advance(timedelta(hours=7))  # 15:45
    sign_on(desk, staff.night_man)
    relieve(desk, staff.clerk, staff.night_man)
    assert sign_off(desk, staff.clerk) == 105
    assert Mark.EARLY in line_of(desk, "王晓燕").marks


def test_who_goes_behind_a_handover_close_to_the_end_does_not_leave_early(
    desk: Desk, staff: Staff, clock: MovingClock
) -> None:
    sign_on(desk, staff.clerk)
    clock.advance(timedelta(hours=8, minutes=20))
    sign_on(desk, staff.night_man)
    relieve(desk, staff.clerk, staff.night_man)
    assert sign_off(desk, staff.clerk) == 0
