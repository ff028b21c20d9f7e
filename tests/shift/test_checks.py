"""Checklists: asked when they are due, each answer on record, the shift held back until it may
start.
"""

from datetime import timedelta

import pytest
from sqlmodel import select

from desk_console.foundation.clock import MovingClock
from desk_console.foundation.refusal import Refusal
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import TaskRule
from desk_console.shift import checks, tasks
from desk_console.shift.arrivals import SignedOn, sign_on
from desk_console.shift.records import CheckAnswer, CheckItem, CheckKind
from desk_console.shift.step_out import step_out
from desk_console.shift.views import Board, board
from tests.conftest import DeskMaker
from tests.staff import Shown, Staff, hire, qualify


def opened(make_desk: DeskMaker, regulation: str, *roles: str) -> tuple[Desk, Shown, SignedOn]:
    """A desk with its lists seeded, and its one person signed on."""
    desk = make_desk(regulation)
    boss = hire(desk, "1001", "周静怡", "supervisor", *roles)
    qualify(desk, boss, boss)
    with desk.transaction() as work:
        checks.seed(work, desk.duty)
    return desk, boss, sign_on(desk, boss)


def seen(desk: Desk) -> Board:
    with desk.reading() as session:
        return board(session, desk, desk.now())


def due_kinds(desk: Desk) -> list[tuple[str, str | None]]:
    return [(one.kind, one.clause) for one in seen(desk).due if one.kind != "task"]


def lines_of(desk: Desk, kind: CheckKind, signed_on: SignedOn) -> tuple[checks.CheckLine, ...]:
    with desk.reading() as session:
        if kind is CheckKind.START:
            return checks.lines(session, kind, attendance_id=signed_on.attendance_id)
        return checks.lines(session, kind, shift_id=signed_on.shift_id)


@pytest.mark.parametrize(
    ("regulation", "role", "clauses"),
    [
        ("store-weekly", "duty-manager", ["1.9"]),
        ("company-24h", "clerk", ["2.10"]),
        ("courier", "clerk", ["7.4", "7.7", "7.7"]),
    ],
    ids=["1_9", "2_10", "7_4_and_7_7"],
)
def test_start_of_shift_prompts_are_due_until_each_is_answered(
    make_desk: DeskMaker, regulation: str, role: str, clauses: list[str]
) -> None:
    desk, boss, signed_on = opened(make_desk, regulation, role)
    asked = lines_of(desk, CheckKind.START, signed_on)
    assert [line.clause for line in asked] == clauses
    assert ("start", clauses[0]) in due_kinds(desk)
    for line in asked:
        checks.answer(
            desk, boss.person.id, line.item_id, is_ok=True, attendance_id=signed_on.attendance_id
        )
    assert "start" not in [kind for kind, _ in due_kinds(desk)]
    with desk.reading() as session:
        answers = session.exec(select(CheckAnswer)).all()
    assert {(each.person_id, each.at) for each in answers} == {(boss.person.id, desk.now())}


def test_1_9_the_uniform_is_asked_at_sign_on(make_desk: DeskMaker) -> None:
    desk, _, signed_on = opened(make_desk, "store-weekly", "duty-manager")
    assert [each.code for each in lines_of(desk, CheckKind.START, signed_on)] == ["uniform"]


def test_2_10_tidiness_is_asked_at_sign_on_and_before_the_handover(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    desk, _, signed_on = opened(make_desk, "company-24h", "clerk")
    assert [each.clause for each in lines_of(desk, CheckKind.START, signed_on)] == ["2.10"]
    assert [each.clause for each in lines_of(desk, CheckKind.TIDY, signed_on)] == ["2.10"]


def test_7_4_fitness_for_duty_is_asked_at_sign_on(make_desk: DeskMaker) -> None:
    desk, _, signed_on = opened(make_desk, "courier", "clerk")
    asked = {each.code: each.clause for each in lines_of(desk, CheckKind.START, signed_on)}
    assert asked["fit-for-duty"] == "7.4"


def test_7_7_place_and_equipment_are_asked_at_sign_on_and_before_the_handover(
    make_desk: DeskMaker,
) -> None:
    desk, _, signed_on = opened(make_desk, "courier", "clerk")
    for kind, codes in (
        (CheckKind.START, {"place-tidy", "equipment-complete"}),
        (CheckKind.TIDY, {"place-left-tidy", "equipment-left"}),
    ):
        lines = lines_of(desk, kind, signed_on)
        assert {each.code for each in lines if each.clause == "7.7"} == codes


def test_7_9_the_shift_has_not_started_until_every_opening_check_is_answered(
    make_desk: DeskMaker,
) -> None:
    desk, boss, signed_on = opened(make_desk, "courier", "clerk")
    first, second = lines_of(desk, CheckKind.OPENING, signed_on)
    assert not seen(desk).posts[0].is_started
    assert ("opening", "7.9") in due_kinds(desk)
    checks.answer(desk, boss.person.id, first.item_id, is_ok=True, shift_id=signed_on.shift_id)
    assert not seen(desk).posts[0].is_started
    verdict = checks.start_verdict(lines_of(desk, CheckKind.OPENING, signed_on), desk.duty)
    assert (verdict.is_allowed, verdict.clause) == (False, "7.9")
    checks.answer(
        desk,
        boss.person.id,
        second.item_id,
        is_ok=False,
        note="打印机缺纸",
        shift_id=signed_on.shift_id,
    )
    assert seen(desk).posts[0].is_started
    assert "opening" not in [kind for kind, _ in due_kinds(desk)]


def test_7_9_before_the_opening_checks_nobody_steps_out_nor_does_the_shift_s_tasks(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    desk, boss, signed_on = opened(make_desk, "courier", "clerk")
    other = hire(desk, "2001", "王晓燕", "clerk", by=boss)
    qualify(desk, other, boss)
    task = tasks.add_task(
        desk, boss.person.id, TaskRule(code="round", zh="巡视", en="Round", every_minutes=30)
    )
    clock.advance(timedelta(minutes=30))
    shift_id, due_at = signed_on.shift_id or 0, desk.now()

    def leave() -> None:
        back_at = desk.now() + timedelta(minutes=10)
        step_out(desk, boss, other, reason="取件", back_at=back_at)

    def tick() -> None:
        tasks.do(desk, boss.person.id, shift_id=shift_id, task_id=task, due_at=due_at)

    for act in (leave, tick):
        with pytest.raises(Refusal) as refused:
            act()
        assert (refused.value.message.key, refused.value.clause) == ("shift.not_started", "7.9")
    (alarm,) = [one for one in seen(desk).alarms if one.what.key == "shift.alarm_not_started"]
    assert alarm.clause == "7.9"
    for line in lines_of(desk, CheckKind.OPENING, signed_on):
        checks.answer(desk, boss.person.id, line.item_id, is_ok=True, shift_id=shift_id)
    tick()
    leave()


def test_without_opening_checks_a_shift_has_started_when_it_opens(desk: Desk, staff: Staff) -> None:
    sign_on(desk, staff.clerk)
    assert seen(desk).posts[0].is_started


def test_what_is_not_in_order_wants_a_word_on_it(make_desk: DeskMaker) -> None:
    desk, boss, signed_on = opened(make_desk, "courier", "clerk")
    line = lines_of(desk, CheckKind.START, signed_on)[0]
    with pytest.raises(Refusal) as refused:
        checks.answer(
            desk, boss.person.id, line.item_id, is_ok=False, attendance_id=signed_on.attendance_id
        )
    assert refused.value.clause == "7.4"
    assert lines_of(desk, CheckKind.START, signed_on)[0].is_ok is None


def test_9_14_tidying_is_due_a_quarter_of_an_hour_before_the_end(
    desk: Desk, staff: Staff, clock: MovingClock
) -> None:
    with desk.transaction() as work:
        checks.seed(work, desk.duty)
    signed_on = sign_on(desk, staff.clerk)
    clock.advance(timedelta(hours=8, minutes=29))
    assert due_kinds(desk) == []
    clock.advance(timedelta(minutes=1))
    assert due_kinds(desk) == [("tidy", "9.14")]
    for line in lines_of(desk, CheckKind.TIDY, signed_on):
        checks.answer(
            desk, staff.clerk.person.id, line.item_id, is_ok=True, shift_id=signed_on.shift_id
        )
    assert due_kinds(desk) == []


def test_seeding_again_changes_nothing_and_keeps_the_site_s_own_lines(
    desk: Desk, staff: Staff
) -> None:
    with desk.transaction() as work:
        checks.seed(work, desk.duty)
    by_id = staff.supervisor.person.id
    own = checks.add_line(desk, by_id, CheckKind.TIDY, code="plants", zh="绿植已浇水", en="")
    with desk.reading() as session:
        before = session.exec(select(CheckItem.code)).all()
    with desk.transaction() as work:
        checks.seed(work, desk.duty)
    with desk.reading() as session:
        assert session.exec(select(CheckItem.code)).all() == before
        assert checks.lines(session, CheckKind.TIDY)[-1].item_id == own
    checks.retire_line(desk, by_id, own)
    with desk.reading() as session:
        assert own not in [line.item_id for line in checks.lines(session, CheckKind.TIDY)]


def test_only_who_sets_up_changes_a_checklist(desk: Desk, staff: Staff) -> None:
    with pytest.raises(Refusal):
        checks.add_line(desk, staff.clerk.person.id, CheckKind.TIDY, code="x", zh="某项", en="")
