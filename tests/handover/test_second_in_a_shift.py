"""A second handover in one shift: it has its own tidying, its own beginning and its own figures."""

from datetime import timedelta

from desk_console.handover.glance import last_ended
from desk_console.handover.opening import call_off
from desk_console.handover.records import HandoverKind
from desk_console.log.records import Category
from desk_console.matters.acts import OpenMatter, close
from desk_console.shift import checks, tenures
from desk_console.shift.arrivals import sign_on
from desk_console.shift.board import board
from desk_console.shift.records import CheckKind
from desk_console.shift.step_out import take_now
from tests.handover.conftest import Evening
from tests.handover.walk import Walk, call, proven


def test_9_14_a_handover_called_off_leaves_no_tidying_to_the_next(evening: Evening) -> None:
    first = evening.open()
    first.join()
    first.tidy()
    assert "tidy" not in first.left()
    evening.clock.advance(timedelta(minutes=1))
    call_off(evening.desk, evening.clerk.person, first.id, "开错了")
    evening.clock.advance(timedelta(minutes=5))
    second = evening.open()
    second.join()
    assert "tidy" in second.left()
    assert {line.is_ok for line in second.sheet.tidy} == {None}
    evening.clock.advance(timedelta(minutes=1))
    second.tidy()
    assert "tidy" not in second.left()


def test_9_14_the_live_shift_prompts_for_the_tidying_of_the_second_handover_too(
    evening: Evening,
) -> None:
    def is_due() -> bool:
        at = evening.desk.now()
        with evening.desk.reading() as session:
            due = board(session, evening.desk, at, last_ended=last_ended(session)).due
        return "tidy" in [one.kind for one in due]

    evening.clock.advance(timedelta(minutes=6))
    assert is_due()
    first = evening.open()
    first.tidy()
    assert not is_due()
    evening.clock.advance(timedelta(minutes=1))
    call_off(evening.desk, evening.clerk.person, first.id, "开错了")
    assert is_due()
    evening.clock.advance(timedelta(minutes=1))
    evening.open().tidy()
    assert not is_due()


def test_9_14_what_was_tidied_before_the_first_handover_counts(evening: Evening) -> None:
    desk, clerk = evening.desk, evening.clerk.person
    with desk.reading() as session:
        shift = tenures.running_shift(session, "desk")
        lines = checks.lines(session, CheckKind.TIDY)
    assert shift is not None and lines
    for line in lines:
        checks.answer(desk, clerk.id, line.item_id, is_ok=True, shift_id=shift.id)
    evening.clock.advance(timedelta(minutes=5))
    walk = evening.open()
    walk.join()
    assert "tidy" not in walk.left()


def test_7_13_who_took_the_post_in_mid_shift_hands_over_from_there(evening: Evening) -> None:
    desk, clock, staff = evening.desk, evening.clock, evening.staff
    clock.jump(timedelta(hours=-4))
    lamp = call(
        desk, evening.clerk.person, "灯不亮", category=Category.ENQUIRY, opened=OpenMatter()
    ).matter_id
    assert lamp is not None
    close(desk, evening.clerk.person, lamp, 1, result="换了", answered="已告知")
    relief = proven(desk, staff.other_clerk)
    sign_on(desk, relief)
    clock.advance(timedelta(minutes=10))
    short = Walk(desk, evening.clerk, relief, kind=HandoverKind.SHORT, reason="发烧")
    assert short.sheet.shift_from is not None and short.sheet.figures.closed == 1
    short.whole()
    took_at = clock.now()
    clock.advance(timedelta(hours=4))
    evening_one = Walk(desk, relief, evening.night_man)
    sheet = evening_one.sheet
    assert sheet.shift_from == took_at
    assert (sheet.figures.entries, sheet.figures.closed) == (0, 0)


def test_7_13_the_figures_leave_nothing_out_where_the_post_was_taken_in_an_emergency(
    evening: Evening,
) -> None:
    desk, clerk = evening.desk, evening.clerk.person
    lamp = call(desk, clerk, "灯不亮", category=Category.ENQUIRY, opened=OpenMatter()).matter_id
    assert lamp is not None
    close(desk, clerk, lamp, 1, result="换了", answered="已告知")
    evening.clock.advance(timedelta(minutes=5))
    other = proven(desk, evening.staff.other_clerk)
    take_now(desk, other, post_code="desk")
    sheet = Walk(desk, other, evening.night_man).sheet
    figures = sheet.figures
    assert (figures.entries, figures.opened, figures.closed) == (1, 1, 1)
    assert sheet.shift_from == evening.clock.now()
