"""Two consoles, two supervisors, one moment: of what can be done once, one does it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlmodel import select

from desk_console.foundation.refusal import Refusal
from desk_console.roster.asking import ask_leave
from desk_console.roster.deciding import approve
from desk_console.roster.publication import publish
from desk_console.roster.records import Duty, RequestState, Roster
from desk_console.rulebook.desk import Desk
from tests.conftest import DeskMaker
from tests.roster.april import DAY, April, april
from tests.roster.drafting_desk import drafted, proven, whose
from tests.staff import Shown, hire


@pytest.fixture
def office(make_desk: DeskMaker) -> April:
    return april(make_desk("management-office"))


def together(*acts: Callable[[], object]) -> list[object]:
    """Each act in a thread of its own, all let go at one moment; what each came to."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        barrier.wait()
        try:
            return act()
        except Refusal as refusal:
            return refusal.message.key

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def other_supervisor(office: April, there: Desk) -> Shown:
    return hire(there, "1002", "陈主管", "supervisor", by=Shown(office.boss.person))


def test_9_1_of_two_supervisors_who_publish_at_once_one_publishes(
    office: April, make_desk: DeskMaker
) -> None:
    here, there = office.desk, make_desk("management-office")
    two = proven(there, other_supervisor(office, there))
    draft = drafted(here, Shown(office.boss.person), month=DAY.replace(month=5, day=1))
    at = draft.draft_id, draft.revision
    came_to = together(lambda: publish(here, office.boss, *at), lambda: publish(there, two, *at))
    assert sorted(isinstance(one, str) for one in came_to) == [False, True]
    assert "roster.draft_closed" in came_to
    with here.reading() as session:
        assert len(session.exec(select(Roster)).all()) == 2  # April, and May once.
        may = session.exec(select(Duty).where(Duty.day == DAY.replace(month=5))).all()
    assert len(may) == len({(one.plan_code, one.post_code) for one in may})


def test_9_8_a_request_that_two_supervisors_approve_at_once_is_applied_once(
    office: April, make_desk: DeskMaker
) -> None:
    here, there = office.desk, make_desk("management-office")
    two = proven(there, other_supervisor(office, there))
    asked = ask_leave(here, office.on(DAY), "form", DAY, DAY, reason="家中有事")
    seen, covers = office.revision(asked), office.covers(asked)
    came_to = together(
        lambda: approve(here, office.boss, asked, seen, covers=covers),
        lambda: approve(there, two, asked, seen, covers=covers),
    )
    assert sorted(map(str, came_to)) == ["None", "roster.request_changed"]
    assert office.state(asked) is RequestState.APPLIED
    assert whose(here, DAY, "early") == list(covers.values())
