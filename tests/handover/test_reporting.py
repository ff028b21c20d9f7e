"""What those in charge are told of a post that was not passed on as it should be."""

from datetime import timedelta

import pytest

from desk_console.foundation.refusal import Refusal
from desk_console.handover import views
from desk_console.handover.glance import Awaited, awaited
from desk_console.handover.relief import settle
from desk_console.handover.reporting import acknowledge_report
from desk_console.people import views as people
from desk_console.people.pins import Proof
from desk_console.people.records import PersonRole
from desk_console.people.rules import Right, may
from desk_console.shift.board import board
from desk_console.shift.departures import leave_post
from desk_console.shift.step_out import give_reason, step_out, take_now
from tests.handover.conftest import Evening
from tests.handover.walk import Walk, proven


def report(evening: Evening, *, reader: Proof | None = None) -> Awaited | None:
    """The report that waits for those in charge."""
    desk, at = evening.desk, evening.desk.now()
    reader_id = reader.person.id if reader else 0
    with desk.reading() as session:
        posts = board(session, desk, at).posts
        found = awaited(session, desk, posts, at, reader_id=reader_id)
    return next((one for one in found if one.kind == "report"), None)


def test_6_8_a_post_taken_from_its_holder_is_reported_with_its_reason(evening: Evening) -> None:
    guard = proven(evening.desk, evening.staff.guard)
    tenure = take_now(evening.desk, guard, post_code="desk")
    assert (settle(evening.desk), settle(evening.desk)) == (1, 0)
    told = report(evening)
    assert told is not None and told.clause == "6.8"
    assert told.what.key == "handover.awaits_taken"
    give_reason(evening.desk, guard.person.id, tenure, "王晓燕突发胸痛，送医")
    told = report(evening)
    assert told is not None and told.what.values["reason"] == "王晓燕突发胸痛，送医"
    assert not may(guard.person, Right.REVIEW, evening.desk.duty).is_allowed


def test_9_16_who_deserted_the_post_takes_no_note_of_the_report(evening: Evening) -> None:
    desk, boss = evening.desk, evening.supervisor
    leave_post(desk, evening.clerk, "不等了")
    settle(desk)
    with desk.transaction() as work:
        work.session.add(PersonRole(person_id=evening.clerk.person.id, role="supervisor"))
    with desk.reading() as session:
        waiting = views.waiting_reports(session)[-1].id
        clerk = people.person(session, evening.clerk.person.id)
    assert clerk is not None
    with pytest.raises(Refusal, match="own_report"):
        acknowledge_report(desk, clerk, waiting)
    acknowledge_report(desk, boss.person, waiting)


def test_3_10_neither_side_of_a_handover_takes_note_of_its_report(evening: Evening) -> None:
    desk, taker = evening.desk, evening.night_man
    with desk.transaction() as work:
        work.session.add(PersonRole(person_id=taker.person.id, role="supervisor"))
    Walk(desk, evening.clerk, taker).whole()
    told = report(evening)
    assert told is not None and told.id is not None
    assert report(evening, reader=taker) is None
    with pytest.raises(Refusal, match="own_report"):
        acknowledge_report(desk, taker.person, told.id)
    acknowledge_report(desk, evening.supervisor.person, told.id)


def test_a_post_that_nobody_held_is_not_taken_from_anybody(evening: Evening) -> None:
    leave_post(evening.desk, evening.clerk, "不等了")
    settle(evening.desk)
    with evening.desk.reading() as session:
        before = len(views.waiting_reports(session))
    take_now(evening.desk, proven(evening.desk, evening.staff.guard), post_code="desk")
    assert settle(evening.desk) == 0
    with evening.desk.reading() as session:
        assert len(views.waiting_reports(session)) == before


def test_6_8_a_step_out_that_nobody_came_back_from_is_reported_once(evening: Evening) -> None:
    desk, back = evening.desk, evening.desk.now() + timedelta(minutes=10)
    guard = proven(desk, evening.staff.guard)
    step_out(desk, evening.clerk, guard, reason="去机房", back_at=back)
    evening.clock.advance(timedelta(minutes=15))
    assert settle(desk) == 0  # a few minutes are no matter for those in charge
    evening.clock.advance(timedelta(minutes=desk.duty.relief_call_minutes))
    assert (settle(desk), settle(desk)) == (2, 0)  # since half past five relief is owed as well
    told = report(evening)
    assert told is not None and told.clause == "6.8"
    assert (told.what.key, told.what.values["name"]) == ("handover.awaits_not_back", "王晓燕")
