"""Recurring tasks, rounds and reminders: due, done, or missed on record."""

from datetime import datetime, time, timedelta
from functools import partial

import pytest
from sqlmodel import select

from desk_console.foundation.clock import MovingClock
from desk_console.foundation.refusal import Refusal
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import TaskRule
from desk_console.shift import reminders, rounds, step_out, tasks
from desk_console.shift.arrivals import SignedOn, sign_on
from desk_console.shift.records import TaskRun
from desk_console.shift.views import DueView, board
from tests.conftest import DeskMaker
from tests.relief import relieve
from tests.staff import Shown, Staff, hire, qualify


def opened(make_desk: DeskMaker, regulation: str, *roles: str) -> tuple[Desk, Shown, SignedOn]:
    desk = make_desk(regulation)
    boss = hire(desk, "1001", "周静怡", "supervisor", *roles)
    qualify(desk, boss, boss)
    with desk.transaction() as work:
        tasks.seed(work, desk.duty)
    return desk, boss, sign_on(desk, boss)


def due(desk: Desk, *kinds: str) -> list[DueView]:
    with desk.reading() as session:
        found = board(session, desk, desk.now()).due
    return [one for one in found if one.kind in kinds]


def runs(desk: Desk) -> list[tuple[datetime, bool, int | None]]:
    with desk.reading() as session:
        rows = session.exec(select(TaskRun)).all()
    return sorted((row.due_at, row.is_done, row.count) for row in rows)


def test_7_10_a_run_is_done_once_and_on_record(make_desk: DeskMaker, clock: MovingClock) -> None:
    desk, boss, signed_on = opened(make_desk, "courier", "clerk")
    clock.advance(timedelta(hours=1))
    run = next(one for one in due(desk, "task") if not one.has_count)
    assert (run.due_at, run.clause) == (desk.now(), "7.10")
    assert run.task_id is not None and signed_on.shift_id is not None
    done = partial(
        tasks.do,
        desk,
        boss.person.id,
        shift_id=signed_on.shift_id,
        task_id=run.task_id,
        due_at=run.due_at,
    )
    done()
    with pytest.raises(Refusal) as refused:
        done()
    assert refused.value.clause == "7.10"
    assert (run.due_at, True, None) in runs(desk)
    assert run.task_id not in [one.task_id for one in due(desk, "task")]


def test_7_10_a_run_whose_grace_is_over_is_missed_on_record(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    desk, boss, signed_on = opened(make_desk, "courier", "clerk")
    first = desk.now() + timedelta(hours=1)
    clock.advance(timedelta(hours=1, minutes=30))
    step_out.settle(desk)
    assert (first, False, None) not in runs(desk)
    clock.advance(timedelta(minutes=1))
    step_out.settle(desk)
    step_out.settle(desk)
    assert runs(desk).count((first, False, None)) == 2
    assert signed_on.shift_id is not None
    with pytest.raises(Refusal) as refused:
        tasks.do(desk, boss.person.id, shift_id=signed_on.shift_id, task_id=1, due_at=first)
    assert refused.value.clause == "7.10"


def test_1_12_hygiene_comes_back_every_two_hours_at_each_post(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    desk, boss, _ = opened(make_desk, "store-weekly", "duty-manager")
    second = hire(desk, "1002", "何丽萍", "duty-supervisor", by=boss)
    sign_on(desk, second)
    first = desk.now() + timedelta(hours=2)
    clock.advance(timedelta(hours=2))
    assert [(one.due_at, one.clause) for one in due(desk, "task")] == [(first, "1.12")] * 2
    clock.advance(timedelta(hours=1))
    step_out.settle(desk)
    assert runs(desk) == [(first, False, None)] * 2


def test_7_12_a_counted_task_wants_its_number(make_desk: DeskMaker, clock: MovingClock) -> None:
    desk, boss, signed_on = opened(make_desk, "courier", "clerk")
    counted = next(one for one in due(desk, "task") if one.has_count)
    assert counted.task_id is not None and signed_on.shift_id is not None
    with pytest.raises(Refusal) as refused:
        tasks.do(
            desk,
            boss.person.id,
            shift_id=signed_on.shift_id,
            task_id=counted.task_id,
            due_at=counted.due_at,
        )
    assert refused.value.clause == "7.12"
    tasks.do(
        desk,
        boss.person.id,
        shift_id=signed_on.shift_id,
        task_id=counted.task_id,
        due_at=counted.due_at,
        count=128,
    )
    assert runs(desk) == [(counted.due_at, True, 128)]


def test_what_is_due_at_the_change_of_shifts_is_the_next_shift_s(
    desk: Desk, staff: Staff, clock: MovingClock
) -> None:
    rule = TaskRule(code="lights", zh="查看路灯", en="Look at the lights", at=(time(17, 30),))
    tasks.add_task(desk, staff.supervisor.person.id, rule)
    sign_on(desk, staff.clerk)
    clock.advance(timedelta(hours=8, minutes=40))
    assert due(desk, "task") == []
    sign_on(desk, staff.night_man)
    clock.advance(timedelta(minutes=5))
    night = relieve(desk, staff.clerk, staff.night_man)
    assert [one.shift_id for one in due(desk, "task")] == [night]


def test_7_10_what_the_closing_shift_left_undone_is_missed_though_its_grace_ran(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    desk, boss, _ = opened(make_desk, "courier", "clerk")
    clerk = hire(desk, "2001", "王晓燕", "clerk", by=boss)
    qualify(desk, clerk, boss)
    clock.advance(timedelta(hours=5, minutes=5))
    sign_on(desk, clerk, plan_code="late")
    relieve(desk, boss, clerk)
    last = desk.now() - timedelta(minutes=5)
    assert runs(desk).count((last, False, None)) == 2


def test_a_task_that_was_taken_off_the_list_is_due_no_more(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    desk, boss, _ = opened(make_desk, "courier", "clerk")
    clock.advance(timedelta(hours=1))
    for one in due(desk, "task"):
        assert one.task_id is not None
        tasks.retire_task(desk, boss.person.id, one.task_id)
    assert due(desk, "task") == []


def test_9_3_a_round_is_due_with_its_route_and_points(
    desk: Desk, staff: Staff, clock: MovingClock
) -> None:
    by_id = staff.supervisor.person.id
    points = [("东门花坛", "East beds"), ("喷泉", ""), ("儿童乐园", "Playground")]
    route = rounds.add_route(desk, by_id, code="garden", zh="花园巡查", en="Grounds", points=points)
    rule = TaskRule(
        code="garden-round",
        zh="花园巡查",
        en="Grounds round",
        at=(time(10), time(15)),
        topic="patrol",
    )
    tasks.add_task(desk, by_id, rule, route_id=route)
    sign_on(desk, staff.clerk)
    clock.advance(timedelta(minutes=75))
    (found,) = due(desk, "round")
    assert (found.route_id, found.clause) == (route, "9.3")
    with desk.reading() as session:
        (seen,) = rounds.routes(session)
    assert [zh for zh, _ in seen.points] == ["东门花坛", "喷泉", "儿童乐园"]
    assert seen.points[1][1] == "喷泉"


def test_9_3_a_route_without_points_or_known_already_is_refused(desk: Desk, staff: Staff) -> None:
    by_id = staff.supervisor.person.id
    with pytest.raises(Refusal):
        rounds.add_route(desk, by_id, code="garden", zh="花园", en="", points=[])
    rounds.add_route(desk, by_id, code="garden", zh="花园", en="", points=[("东门", "")])
    with pytest.raises(Refusal):
        rounds.add_route(desk, by_id, code="garden", zh="花园", en="", points=[("东门", "")])


def test_a_reminder_is_told_until_somebody_has_done_it(
    desk: Desk, staff: Staff, clock: MovingClock
) -> None:
    sign_on(desk, staff.clerk)
    by_id, when = staff.clerk.person.id, desk.now() + timedelta(hours=1)
    made = [
        reminders.remind(
            desk, by_id, form_id="f1", post_code="desk", due_at=when, words="电梯维保到场"
        )
        for _ in range(2)
    ]
    assert made[0] == made[1]
    assert due(desk, "reminder") == []
    clock.advance(timedelta(minutes=50))
    assert [one.zh for one in due(desk, "reminder")] == ["电梯维保到场"]
    clock.advance(timedelta(days=1))
    assert len(due(desk, "reminder")) == 1
    reminders.done(desk, by_id, made[0])
    assert due(desk, "reminder") == []
