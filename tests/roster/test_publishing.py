"""Publishing duties: what is refused, and what a later roster replaces."""

from datetime import date

import pytest

from desk_console.foundation.refusal import Refusal
from desk_console.roster.acts import Turn, publish_duties
from desk_console.roster.views import is_rostered, on_duty
from desk_console.rulebook.desk import Desk
from tests.conftest import DeskMaker
from tests.staff import Shown, Staff, hire

DAY = date(2026, 3, 2)


def publish(desk: Desk, by: Shown, plan: str, who: Shown, day: date = DAY) -> None:
    publish_duties(desk, by.person.id, DAY, DAY, [Turn(day, plan, "desk", who.person.id)])


def names(desk: Desk, plan: str) -> list[str]:
    with desk.reading() as session:
        found = on_duty(session, day=DAY, plan_code=plan, post_code="desk")
        return [person.name for person in found]


def test_a_later_roster_replaces_the_duties_of_its_dates(desk: Desk, staff: Staff) -> None:
    publish(desk, staff.supervisor, "day", staff.clerk)
    publish(desk, staff.supervisor, "day", staff.other_clerk)
    assert names(desk, "day") == ["李思敏"]
    with desk.reading() as session:
        assert is_rostered(session, DAY)
        assert not is_rostered(session, date(2026, 3, 3))


def test_6_2_nobody_without_the_role_is_rostered(desk: Desk, staff: Staff) -> None:
    with pytest.raises(Refusal) as refused:
        publish(desk, staff.supervisor, "night", staff.clerk)
    assert refused.value.clause == "6.2"
    assert names(desk, "night") == []


def test_a_clerk_does_not_publish(desk: Desk, staff: Staff) -> None:
    with pytest.raises(Refusal):
        publish(desk, staff.clerk, "day", staff.clerk)


def test_7_2_nobody_without_the_qualification_is_rostered(make_desk: DeskMaker) -> None:
    desk = make_desk("courier")
    boss = hire(desk, "1001", "周静怡", "supervisor", "clerk")
    with pytest.raises(Refusal) as refused:
        publish(desk, boss, "early", boss)
    assert refused.value.clause == "7.2"


def test_9_2_a_shift_that_does_not_run_has_no_duty(make_desk: DeskMaker) -> None:
    desk = make_desk("management-office")
    boss = hire(desk, "1001", "周静怡", "supervisor", "clerk")
    with pytest.raises(Refusal) as refused:
        publish(desk, boss, "night", boss)
    assert refused.value.clause == "9.2"


def test_a_turn_outside_the_roster_s_dates_is_refused(desk: Desk, staff: Staff) -> None:
    with pytest.raises(Refusal) as refused:
        publish(desk, staff.supervisor, "day", staff.clerk, date(2026, 3, 3))
    assert refused.value.message.key == "roster.turn_outside"
    assert names(desk, "day") == []
