"""Signing on and off, relief, stepping out: the post has one holder at every moment."""

from datetime import date, timedelta

import pytest

from desk_console.foundation.clock import MovingClock
from desk_console.foundation.refusal import Refusal
from desk_console.handover.relief import settle
from desk_console.people.acts import retire_person
from desk_console.rulebook.desk import Desk
from desk_console.shift import step_out as stepping
from desk_console.shift import tenures
from desk_console.shift.arrivals import sign_on, take_unheld
from desk_console.shift.departures import leave_post
from desk_console.shift.records import TenureKind
from desk_console.shift.views import board, timeline
from tests.conftest import MORNING, DeskMaker
from tests.on_roster import Turn, put_on_roster
from tests.relief import relieve, sign_off
from tests.staff import Shown, Staff, hire, qualify

LONG = timedelta(days=400)


def holder(desk: Desk) -> str | None:
    with desk.reading() as session:
        tenure = tenures.open_tenure(session, desk.duty.posts()[0].code)
        assert tenure is not None
        person = board(session, desk, desk.now()).posts[0].holder
        return person.name if person else None


def kinds(desk: Desk) -> list[str]:
    with desk.reading() as session:
        lines = timeline(session, desk.duty.posts()[0].code, desk.now() - LONG, desk.now() + LONG)
        return [str(line.kind) for line in lines]


def assert_chain_holds(desk: Desk) -> None:
    with desk.reading() as session:
        for post in desk.duty.posts():
            found = tenures.chain_faults(
                session, desk, post.code, desk.now() - LONG, desk.now() + LONG
            )
            assert found == ()


def test_signing_on_at_a_post_that_nobody_holds_takes_it(desk: Desk, staff: Staff) -> None:
    signed_on = sign_on(desk, staff.clerk)
    assert signed_on.holds_post
    assert signed_on.plan_code == "day"
    assert holder(desk) == "王晓燕"


def test_6_10_arrival_is_measured_against_the_quarter_of_an_hour(
    desk: Desk, staff: Staff, clock: MovingClock
) -> None:
    assert sign_on(desk, staff.clerk).late_minutes == 0
    clock.advance(timedelta(minutes=5))
    late = sign_on(desk, staff.other_clerk)
    assert (late.late_minutes, late.clause) == (5, "6.10")


def test_6_10_who_relieves_in_the_midst_of_a_shift_is_not_late_by_its_beginning(
    desk: Desk, staff: Staff, clock: MovingClock
) -> None:
    sign_on(desk, staff.clerk)
    clock.advance(timedelta(hours=5, minutes=15))  # 14:00: the holder has fallen ill
    came = sign_on(desk, staff.other_clerk)
    assert (came.plan_code, came.late_minutes, came.expected_at) == ("day", 0, None)


def test_6_10_who_comes_to_a_post_that_waits_is_late_without_a_roster_too(
    desk: Desk, staff: Staff, clock: MovingClock
) -> None:
    sign_on(desk, staff.clerk)
    clock.advance(timedelta(hours=8, minutes=50))  # 17:35, wanted at 17:15
    assert sign_on(desk, staff.night_man).late_minutes == 20


def test_9_1_who_comes_in_anothers_place_breaks_the_roster_and_is_not_late(
    desk: Desk, staff: Staff, clock: MovingClock
) -> None:
    turn = Turn(MORNING.date(), "day", "desk", staff.clerk.person.id)
    put_on_roster(desk, staff.supervisor.person.id, MORNING.date(), MORNING.date(), [turn])
    clock.advance(timedelta(minutes=20))
    came = sign_on(desk, staff.other_clerk)
    assert (came.is_breach, came.clause, came.late_minutes) == (True, "9.1", 0)
    assert sign_on(desk, staff.clerk).late_minutes == 20


def test_9_8_who_is_put_on_the_roster_when_the_shift_runs_is_not_late_by_its_beginning(
    desk: Desk, staff: Staff, clock: MovingClock
) -> None:
    sign_on(desk, staff.clerk)
    clock.advance(timedelta(hours=3))
    turn = Turn(MORNING.date(), "day", "desk", staff.other_clerk.person.id)
    put_on_roster(desk, staff.supervisor.person.id, MORNING.date(), MORNING.date(), [turn])
    clock.advance(timedelta(hours=1))
    came = sign_on(desk, staff.other_clerk)
    assert (came.is_breach, came.late_minutes, came.expected_at) == (False, 0, None)


def test_6_10_who_has_come_to_relieve_is_not_said_to_be_missing(
    desk: Desk, staff: Staff, clock: MovingClock
) -> None:
    def told() -> list[str]:
        with desk.reading() as session:
            return [one.what.key for one in board(session, desk, desk.now()).alarms]

    sign_on(desk, staff.clerk)
    clock.advance(timedelta(hours=8, minutes=56))  # 17:41, and nobody came at 17:15
    settle(desk)
    assert told() == ["shift.alarm_held_over"]
    sign_on(desk, staff.night_man)
    assert told() == ["shift.alarm_relief_is_here"]


def test_9_9_arrival_is_measured_against_five_minutes(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    desk = make_desk("management-office")
    lead = hire(desk, "1001", "何丽萍", "supervisor", "clerk")
    clock.advance(timedelta(hours=7, minutes=38))
    signed_on = sign_on(desk, lead, plan_code="late")
    assert (signed_on.late_minutes, signed_on.clause) == (-2, "9.9")


def test_2_2_late_arrival_and_early_leaving_are_computed(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    desk = make_desk("company-24h")
    boss = hire(desk, "1001", "郑国强", "department-head", "clerk")
    clerk = hire(desk, "2001", "王晓燕", "clerk", by=boss)
    clock.advance(timedelta(days=1))
    assert sign_on(desk, boss).late_minutes == 45
    clock.advance(timedelta(hours=6))
    sign_on(desk, clerk, plan_code="morning")
    assert sign_off(desk, clerk) == 75


def test_1_8_a_late_arrival_cites_the_store_s_clause(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    desk = make_desk("store-weekly")
    manager = hire(desk, "1001", "郑国强", "manager", "duty-manager")
    clock.advance(timedelta(days=1))
    signed_on = sign_on(desk, manager)
    assert (signed_on.late_minutes > 0, signed_on.clause) == (True, "1.8")


def test_6_2_a_person_without_the_role_cannot_sign_on(desk: Desk, staff: Staff) -> None:
    with pytest.raises(Refusal) as refused:
        sign_on(desk, staff.guard)
    assert refused.value.clause == "6.2"
    with desk.reading() as session:
        assert board(session, desk, desk.now()).posts == ()


def test_7_2_an_unqualified_person_cannot_sign_on(make_desk: DeskMaker) -> None:
    desk = make_desk("courier")
    boss = hire(desk, "1001", "周静怡", "supervisor", "clerk")
    clerk = hire(desk, "2001", "王晓燕", "clerk", by=boss)
    with pytest.raises(Refusal) as refused:
        sign_on(desk, clerk)
    assert refused.value.clause == "7.2"
    qualify(desk, clerk, boss)
    assert sign_on(desk, clerk).holds_post


def test_4_4_a_new_person_is_trained_first(make_desk: DeskMaker) -> None:
    desk = make_desk("cs-department")
    boss = hire(desk, "1001", "周静怡", "supervisor", "clerk")
    with pytest.raises(Refusal) as refused:
        sign_on(desk, boss)
    assert refused.value.clause == "4.4"


def test_4_4_somebody_in_training_comes_as_the_second_person_and_never_holds_the_post(
    make_desk: DeskMaker,
) -> None:
    desk = make_desk("cs-department")
    boss = hire(desk, "1001", "周静怡", "supervisor", "clerk")
    qualify(desk, boss, boss, code="onboarding")
    trainee = hire(desk, "2001", "新来的", "clerk", by=boss)
    with pytest.raises(Refusal) as refused:
        sign_on(desk, trainee)
    assert refused.value.clause == "4.4"
    sign_on(desk, boss)
    assert not sign_on(desk, trainee).holds_post
    with desk.reading() as session:
        shown = board(session, desk, desk.now()).posts[0]
    assert shown.holder == boss.person
    back = desk.now() + timedelta(minutes=20)
    with pytest.raises(Refusal) as refused:
        stepping.step_out(desk, boss, trainee, reason="取文件", back_at=back)
    assert refused.value.clause == "4.4"
    gone = desk.now()
    with pytest.raises(Refusal) as refused:
        take_unheld(desk, trainee, post_code="desk", gone_since=gone)
    assert refused.value.clause == "4.4"


def test_3_5_signing_on_in_place_of_the_rostered_is_a_breach_on_record(
    make_desk: DeskMaker,
) -> None:
    desk = make_desk("cs-monthly")
    boss = hire(desk, "1001", "周静怡", "manager", "clerk")
    clerk = hire(desk, "2001", "王晓燕", "clerk", by=boss)
    day = date(2026, 3, 2)
    plan = desk.duty.shifts[0].code
    put_on_roster(desk, boss.person.id, day, day, [Turn(day, plan, "desk", boss.person.id)])
    signed_on = sign_on(desk, clerk)
    assert (signed_on.is_breach, signed_on.clause) == (True, "3.5")


def test_the_rostered_person_signs_on_without_a_breach(desk: Desk, staff: Staff) -> None:
    day = date(2026, 3, 2)
    put_on_roster(
        desk,
        staff.supervisor.person.id,
        day,
        day,
        [Turn(day, "day", "desk", staff.clerk.person.id)],
    )
    assert not sign_on(desk, staff.clerk).is_breach
    assert kinds(desk)[-1] == "rostered"


def test_6_8_stepping_out_wants_a_stand_in_with_an_allowed_role(
    desk: Desk, staff: Staff, clock: MovingClock
) -> None:
    sign_on(desk, staff.clerk)
    back_at = desk.now() + timedelta(minutes=20)
    with pytest.raises(Refusal) as refused:
        stepping.step_out(desk, staff.clerk, staff.night_man, reason="核实漏水", back_at=back_at)
    assert refused.value.clause == "6.8"
    assert holder(desk) == "王晓燕"
    stepping.step_out(desk, staff.clerk, staff.guard, reason="核实漏水", back_at=back_at)
    assert holder(desk) == "冯大勇"
    clock.advance(timedelta(minutes=12))
    stepping.come_back(desk, staff.clerk)
    assert holder(desk) == "王晓燕"
    assert kinds(desk)[-3:] == ["unrostered", "stand_in", "unrostered"]
    assert_chain_holds(desk)


def test_6_8_by_day_another_of_the_desks_own_may_stand_in(
    desk: Desk, staff: Staff, clock: MovingClock
) -> None:
    sign_on(desk, staff.clerk)
    clock.advance(timedelta(hours=1))
    back_at = desk.now() + timedelta(minutes=20)
    stepping.step_out(desk, staff.clerk, staff.other_clerk, reason="取文件", back_at=back_at)
    assert holder(desk) == staff.other_clerk.person.name


def test_2_8_nobody_stands_in_for_themselves(make_desk: DeskMaker) -> None:
    desk = make_desk("company-24h")
    boss = hire(desk, "1001", "郑国强", "department-head", "clerk")
    sign_on(desk, boss)
    with pytest.raises(Refusal) as refused:
        stepping.step_out(
            desk, boss, boss, reason="外出", back_at=desk.now() + timedelta(minutes=5)
        )
    assert refused.value.clause == "2.8"


def test_9_5_a_post_left_empty_is_on_record_from_its_minute(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    desk = make_desk("management-office")
    clerk = hire(desk, "1001", "何丽萍", "supervisor", "clerk")
    sign_on(desk, clerk)
    with pytest.raises(Refusal) as refused:
        sign_off(desk, clerk)
    assert refused.value.clause in {"9.5", "9.16"}
    leave_post(desk, clerk, "突发急病")
    clock.advance(timedelta(minutes=25))
    with desk.reading() as session:
        alarm = board(session, desk, desk.now()).alarms[0]
    assert (alarm.what.key, alarm.clause) == ("shift.alarm_deserted", "9.5")
    assert alarm.what.values["span"] == timedelta(minutes=25)
    assert_chain_holds(desk)


def test_relief_closes_the_shift_and_opens_the_next(
    desk: Desk, staff: Staff, clock: MovingClock
) -> None:
    sign_on(desk, staff.clerk)
    clock.advance(timedelta(hours=8, minutes=25))
    arrived = sign_on(desk, staff.night_man)
    assert (arrived.plan_code, arrived.holds_post, arrived.late_minutes) == ("night", False, -5)
    clock.advance(timedelta(minutes=20))
    relieve(desk, staff.clerk, staff.night_man)
    assert holder(desk) == "孙建军"
    assert sign_off(desk, staff.clerk) == 0
    assert_chain_holds(desk)


def test_9_16_the_holder_cannot_leave_before_relief(desk: Desk, staff: Staff) -> None:
    sign_on(desk, staff.clerk)
    with pytest.raises(Refusal) as refused:
        sign_off(desk, staff.clerk)
    assert refused.value.clause == "9.16"
    assert holder(desk) == "王晓燕"


def test_who_is_relieved_late_is_held_over_from_the_minute_of_the_end(
    desk: Desk, staff: Staff, clock: MovingClock
) -> None:
    sign_on(desk, staff.clerk)
    clock.advance(timedelta(hours=10))
    stepping.settle(desk)
    with desk.reading() as session:
        post = board(session, desk, desk.now()).posts[0]
    assert post.kind is TenureKind.HELD_OVER
    assert post.since.astimezone(desk.zone).strftime("%H:%M") == "17:30"
    assert_chain_holds(desk)


def test_taking_the_post_in_an_emergency_asks_for_the_reason_afterwards(
    desk: Desk, staff: Staff
) -> None:
    sign_on(desk, staff.clerk)
    tenure_id = stepping.take_now(desk, staff.guard, post_code="desk")
    with desk.reading() as session:
        due = board(session, desk, desk.now()).due
    assert [(one.kind, one.tenure_id) for one in due if one.kind == "reason"] == [
        ("reason", tenure_id)
    ]
    stepping.give_reason(desk, staff.guard.person.id, tenure_id, "值班人晕倒")
    with desk.reading() as session:
        due = board(session, desk, desk.now()).due
    assert not [one for one in due if one.kind == "reason"]


def test_a_post_found_empty_is_deserted_from_the_minute_named(
    desk: Desk, staff: Staff, clock: MovingClock
) -> None:
    sign_on(desk, staff.clerk)
    clock.advance(timedelta(hours=2))
    gone = desk.now() - timedelta(minutes=40)
    take_unheld(desk, staff.other_clerk, post_code="desk", gone_since=gone)
    assert holder(desk) == "李思敏"
    assert kinds(desk)[-2:] == ["deserted", "unrostered"]
    assert_chain_holds(desk)


def test_somebody_signed_on_takes_a_post_that_was_left(desk: Desk, staff: Staff) -> None:
    sign_on(desk, staff.clerk)
    assert not sign_on(desk, staff.other_clerk).holds_post
    leave_post(desk, staff.clerk, "突发急病")
    assert take_unheld(desk, staff.other_clerk, post_code="desk").holds_post
    assert holder(desk) == "李思敏"
    assert_chain_holds(desk)


def test_the_noon_clerk_takes_a_post_that_nobody_holds(
    desk: Desk, staff: Staff, clock: MovingClock
) -> None:
    day = date(2026, 3, 2)
    turn = Turn(day, "noon", "desk", staff.clerk.person.id)
    put_on_roster(desk, staff.supervisor.person.id, day, day, [turn])
    clock.advance(timedelta(hours=3))
    signed_on = sign_on(desk, staff.clerk)
    assert (signed_on.plan_code, signed_on.holds_post) == ("noon", True)
    with desk.reading() as session:
        post = board(session, desk, desk.now()).posts[0]
    assert post.plan == ("白班", "Day")
    assert_chain_holds(desk)


def test_an_emergency_s_missing_reason_is_told_after_the_relief_too(
    desk: Desk, staff: Staff
) -> None:
    sign_on(desk, staff.clerk)
    tenure_id = stepping.take_now(desk, staff.guard, post_code="desk")
    relieve(desk, staff.guard, staff.clerk)
    with desk.reading() as session:
        (reason,) = [one for one in board(session, desk, desk.now()).due if one.kind == "reason"]
    assert (reason.tenure_id, reason.clause) == (tenure_id, "6.8")


def test_an_emergency_at_an_empty_post_opens_the_shift_that_runs(desk: Desk, staff: Staff) -> None:
    stepping.settle(desk)
    stepping.take_now(desk, staff.guard, post_code="desk")
    with desk.reading() as session:
        post = board(session, desk, desk.now()).posts[0]
    assert (post.plan, post.kind) == (("夜班", "Night"), TenureKind.EMERGENCY)


def test_the_chain_of_a_stretch_of_the_past_is_whole(
    desk: Desk, staff: Staff, clock: MovingClock
) -> None:
    sign_on(desk, staff.clerk)
    begin = desk.now()
    clock.advance(timedelta(hours=3))
    leave_post(desk, staff.clerk, "突发急病")
    with desk.reading() as session:
        until = begin + timedelta(hours=1)
        assert tenures.chain_faults(session, desk, "desk", begin, until) == ()


def test_a_clock_set_back_makes_no_negative_length(
    desk: Desk, staff: Staff, clock: MovingClock
) -> None:
    sign_on(desk, staff.clerk)
    clock.jump(timedelta(hours=-1))
    stepping.step_out(
        desk, staff.clerk, staff.guard, reason="外出", back_at=desk.now() + timedelta(minutes=5)
    )
    assert_chain_holds(desk)


def test_9_2_outside_its_hours_an_office_post_is_closed_and_opens_unmanned(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    desk = make_desk("management-office")
    clerk = hire(desk, "1001", "何丽萍", "supervisor", "clerk")
    sign_on(desk, clerk)
    clock.advance(timedelta(hours=16))
    stepping.settle(desk)
    assert kinds(desk)[-1] == "held_over"
    sign_off(desk, clerk)
    assert kinds(desk)[-1] == "closed"
    clock.advance(timedelta(hours=9))
    stepping.settle(desk)
    assert kinds(desk)[-1] == "unmanned"
    assert_chain_holds(desk)


@pytest.mark.parametrize(
    ("regulation", "roles"),
    [
        ("company-24h", ("clerk",)),
        ("cs-monthly", ("clerk",)),
        ("cs-staff", ("clerk",)),
        ("management-office", ("clerk",)),
        ("property-24h-classic", ("clerk",)),
        ("store-weekly", ("duty-manager",)),
    ],
)
def test_the_day_begins_under_each_preset(
    make_desk: DeskMaker, regulation: str, roles: tuple[str, ...], clock: MovingClock
) -> None:
    desk = make_desk(regulation)
    boss: Shown = hire(desk, "1001", "周静怡", "supervisor", *roles)
    clock.advance(timedelta(minutes=20))
    assert sign_on(desk, boss).holds_post
    assert_chain_holds(desk)


def test_4_1_friday_is_the_day_off_of_the_customer_service_week(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    desk = make_desk("cs-department")
    boss = hire(desk, "1001", "周静怡", "supervisor", "clerk")
    qualify(desk, boss, boss, code="onboarding")
    clock.advance(timedelta(days=4))
    assert sign_on(desk, boss).plan_code is None
    assert kinds(desk) == ["closed"]


def test_a_store_has_a_post_for_each_of_its_roles(make_desk: DeskMaker) -> None:
    desk = make_desk("store-weekly")
    boss = hire(desk, "1001", "周静怡", "manager", "duty-manager")
    second = hire(desk, "1002", "何丽萍", "duty-supervisor", by=boss)
    third = hire(desk, "2001", "王晓燕", "staff", by=boss)
    posts = [sign_on(desk, each).post_code for each in (boss, second, third)]
    assert posts == ["duty-manager", "duty-supervisor", "staff"]
    assert_chain_holds(desk)


def test_6_2_second_clerk_comes_for_the_noon_turn_where_the_post_is_held(
    desk: Desk, clock: MovingClock, staff: Staff
) -> None:
    sign_on(desk, staff.clerk)
    clock.advance(timedelta(hours=2, minutes=35))
    signed_on = sign_on(desk, staff.other_clerk)
    assert (signed_on.plan_code, signed_on.late_minutes) == ("noon", -10)


def test_shift_taken_before_its_hours_is_not_its_own_relief(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    desk = make_desk("courier")
    chief = hire(desk, "1001", "周静怡", "supervisor")
    clerk = hire(desk, "2001", "王晓燕", "clerk", by=chief)
    qualify(desk, clerk, chief)
    clock.advance(timedelta(minutes=-55))
    sign_on(desk, clerk)
    with desk.reading() as session:
        post = board(session, desk, desk.now()).posts[0]
    assert (post.plan, post.next_plan) == (("早班", "Early"), ("晚班", "Late"))


def test_who_was_retired_since_they_gave_their_pin_comes_on_duty_by_no_way(
    desk: Desk, staff: Staff
) -> None:
    boss, gone = staff.supervisor, staff.guard
    sign_on(desk, staff.clerk)
    retire_person(desk, gone.person.id, by_id=boss.person.id)
    back_at = desk.now() + timedelta(hours=1)
    for act in (
        lambda: sign_on(desk, gone),
        lambda: take_unheld(desk, gone, post_code="desk", gone_since=desk.now()),
        lambda: stepping.take_now(desk, gone, post_code="desk"),
        lambda: stepping.step_out(desk, staff.clerk, gone, reason="去现场", back_at=back_at),
    ):
        with pytest.raises(Refusal, match=r"people\.not_active"):
            act()
    assert_chain_holds(desk)
