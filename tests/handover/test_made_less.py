"""9.17: nobody makes less of a matter to pass the handover that it would have stopped, whichever
side they are on, and however they came to the post.
"""

from datetime import timedelta

import pytest

from desk_console.foundation.refusal import Refusal
from desk_console.handover.records import HandoverKind
from desk_console.handover.weighing import set_importance
from desk_console.matters.acts import OpenMatter
from desk_console.matters.records import Importance
from desk_console.people.pins import Proof
from desk_console.shift.arrivals import sign_on
from desk_console.shift.departures import leave_post
from desk_console.shift.step_out import come_back, step_out, take_now
from tests.handover.conftest import Evening
from tests.handover.walk import Walk, call, proven
from tests.staff import hire

BURST = OpenMatter(importance=Importance.IMPORTANT, title="水管爆裂")
FLOOD = OpenMatter(importance=Importance.MAJOR, title="地库进水")


def refused(error: pytest.ExceptionInfo[Refusal]) -> tuple[str, str | None]:
    return error.value.message.key, error.value.clause


def lower(
    evening: Evening,
    matter_id: int,
    by: Proof,
    *,
    to: Importance = Importance.NORMAL,
    revision: int = 1,
) -> int:
    return set_importance(
        evening.desk, by.person, matter_id, revision, to, words="现场看过，只是渗水", proof=by
    )


def test_9_17_who_stepped_out_makes_less_of_nothing(evening: Evening) -> None:
    desk, staff = evening.desk, evening.staff
    boss = proven(desk, hire(desk, "2009", "陈领班", "clerk", "supervisor", by=staff.supervisor))
    sign_on(desk, boss)
    take_now(desk, boss, post_code="desk")
    matter_id = call(desk, boss.person, opened=BURST).matter_id or 0
    back = desk.now() + timedelta(minutes=15)
    step_out(desk, boss, staff.guard, reason="去现场", back_at=back)
    with pytest.raises(Refusal) as error:
        lower(evening, matter_id, boss)
    assert refused(error) == ("matters.lowers_own", "9.17")
    come_back(desk, boss)
    assert "blocking" in Walk(desk, boss, evening.night_man).left()


@pytest.mark.parametrize("kind", [HandoverKind.REGULAR, HandoverKind.SHORT])
def test_9_17_who_made_less_of_a_matter_does_not_hand_it_over(
    evening: Evening, kind: HandoverKind
) -> None:
    desk, boss = evening.desk, evening.supervisor
    matter_id = call(desk, evening.clerk.person, opened=BURST).matter_id or 0
    sign_on(desk, boss)
    revision = lower(evening, matter_id, boss)
    take_now(desk, boss, post_code="desk")
    with pytest.raises(Refusal) as error:
        Walk(desk, boss, evening.night_man, kind=kind, reason="代班")
    assert refused(error) == ("handover.made_less_self", "9.17")
    set_importance(desk, boss.person, matter_id, revision, Importance.IMPORTANT)
    assert "blocking" in Walk(desk, boss, evening.night_man, kind=kind, reason="代班").left()


def test_9_17_nor_do_they_as_the_next_shift_without_a_handover_between(evening: Evening) -> None:
    desk, boss = evening.desk, evening.supervisor
    matter_id = call(desk, evening.clerk.person, opened=BURST).matter_id or 0
    sign_on(desk, boss)
    lower(evening, matter_id, boss)
    leave_post(desk, evening.clerk, "去医院")
    evening.clock.advance(timedelta(minutes=30))
    take_now(desk, boss, post_code="desk")
    with pytest.raises(Refusal) as error:
        Walk(desk, boss, evening.night_man, reason="代班")
    assert refused(error) == ("handover.made_less_self", "9.17")


def test_9_6_nor_where_it_was_a_major_matter_that_is_an_important_one_now(
    evening: Evening,
) -> None:
    desk, boss = evening.desk, evening.supervisor
    matter_id = call(desk, evening.clerk.person, opened=FLOOD).matter_id or 0
    sign_on(desk, boss)
    lower(evening, matter_id, boss, to=Importance.IMPORTANT)
    take_now(desk, boss, post_code="desk")
    with pytest.raises(Refusal) as error:
        Walk(desk, boss, evening.night_man)
    assert refused(error) == ("handover.made_less_self", "9.17")


def test_9_17_what_another_in_charge_found_to_be_less_is_handed_over(evening: Evening) -> None:
    desk, boss = evening.desk, evening.supervisor
    other = proven(desk, hire(desk, "1002", "林主任", "supervisor", by=evening.staff.supervisor))
    matter_id = call(desk, evening.clerk.person, opened=BURST).matter_id or 0
    sign_on(desk, boss)
    revision = lower(evening, matter_id, boss)
    take_now(desk, boss, post_code="desk")
    revision = set_importance(desk, boss.person, matter_id, revision, Importance.IMPORTANT)
    walk = Walk(desk, boss, evening.night_man)
    sign_on(desk, other)
    lower(evening, matter_id, other, revision=revision)
    assert walk.whole().receipt


def test_9_17_what_was_made_less_of_before_an_earlier_handover_stops_no_later_one(
    evening: Evening,
) -> None:
    desk, boss = evening.desk, evening.supervisor
    matter_id = call(desk, evening.clerk.person, opened=BURST).matter_id or 0
    sign_on(desk, boss)
    lower(evening, matter_id, boss)
    evening.clock.advance(timedelta(minutes=1))
    evening.open().whole()
    evening.clock.advance(timedelta(hours=15))
    take_now(desk, boss, post_code="desk")
    assert Walk(desk, boss, evening.clerk, reason="代班").id
