"""Who may take a post over at the end of a shift, and for which shift they come."""

from datetime import timedelta

import pytest

from desk_console.foundation.catalogue import Catalogue
from desk_console.foundation.refusal import Refusal
from desk_console.handover.opening import join
from desk_console.handover.records import Handover
from desk_console.handover.takers import may_take_over, takers
from desk_console.people.records import PersonRole
from desk_console.shift.arrivals import sign_on
from desk_console.shift.departures import relief_shift
from desk_console.shift.presence import present
from tests.handover.conftest import Evening
from tests.handover.walk import Walk, proven


def test_9_13_at_the_end_of_a_shift_who_is_signed_on_for_it_takes_nothing_over(
    evening: Evening,
) -> None:
    desk, clock = evening.desk, evening.clock
    evening.open().whole()
    other = proven(desk, evening.staff.other_night_man)
    clock.advance(timedelta(hours=10))
    assert sign_on(desk, other).plan_code == "night"
    clock.advance(timedelta(hours=5, minutes=20))
    walk = Walk(desk, evening.night_man, other)
    with pytest.raises(Refusal) as refused:
        walk.join()
    assert (refused.value.message.key, refused.value.clause) == ("handover.taker_of_ending", "9.13")
    day_clerk = proven(desk, evening.staff.other_clerk)
    assert sign_on(desk, day_clerk).late_minutes < 0
    join(desk, day_clerk.person, walk.id)


def test_6_2_nobody_comes_unrostered_for_a_shift_that_ends_within_minutes(
    evening: Evening,
) -> None:
    evening.open().whole()
    evening.clock.advance(timedelta(hours=15, minutes=30))  # 08:40
    with pytest.raises(Refusal) as refused:
        sign_on(evening.desk, evening.staff.other_night_man)
    assert (refused.value.message.key, refused.value.clause) == ("roster.role_wanted", "6.2")
    said = Catalogue("en", evening.desk.zone).text(refused.value.message)
    assert "Roles that may: " in said, "a role is named as a list names it, without an article"


def test_9_13_near_the_end_who_came_for_no_shift_of_their_own_takes_the_next(
    evening: Evening,
) -> None:
    desk = evening.desk
    with desk.transaction() as work:
        work.session.add(PersonRole(person_id=evening.supervisor.person.id, role="maintenance"))
    sign_on(desk, evening.supervisor)
    with desk.transaction() as work:
        arrival = present(work.session, evening.supervisor.person.id)
        assert arrival is not None
        assert relief_shift(arrival, desk, post_code="desk", at=work.now).plan_code == "night"


def test_6_2_who_is_there_and_may_not_take_over_is_told_with_the_clause(evening: Evening) -> None:
    desk = evening.desk
    walk = evening.open()
    sign_on(desk, evening.supervisor)
    with desk.reading() as session:
        found = takers(session, desk, walk.id)
    assert [(one.person.id, one.refusal and one.refusal.clause) for one in found] == [
        (evening.night_man.person.id, None),
        (evening.supervisor.person.id, "6.2"),
    ]


def test_9_13_who_may_come_is_one_question_for_the_list_and_for_the_act(evening: Evening) -> None:
    desk = evening.desk
    walk = evening.open()
    sign_on(desk, evening.supervisor)
    with desk.reading() as session:
        row = session.get(Handover, walk.id)
        assert row is not None
        may_take_over(session, desk, row, evening.night_man.person, at=desk.now())
        with pytest.raises(Refusal) as asked:
            may_take_over(session, desk, row, evening.supervisor.person, at=desk.now())
        told = [one.refusal for one in takers(session, desk, walk.id) if one.refusal is not None]
    with pytest.raises(Refusal) as refused:
        join(desk, evening.supervisor.person, walk.id)
    assert told[0].message == asked.value.message == refused.value.message
