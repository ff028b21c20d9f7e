"""9.17: no act passes a post on, or closes it, while important work is unfinished and unreleased.

What leaves a post otherwise (stepping out, an emergency, desertion) closes no shift and seals no
record: it stands on record as what it is, and the matter is in the next handover.
"""

import inspect
from datetime import timedelta
from types import ModuleType

import pytest

from desk_console.foundation.refusal import Refusal
from desk_console.handover import closing, signing
from desk_console.matters.acts import OpenMatter
from desk_console.matters.records import Importance
from desk_console.shift import arrivals, departures, step_out, tenures
from desk_console.shift.records import TenureKind
from tests.handover.conftest import Evening
from tests.handover.walk import call

ACTS = {
    arrivals: {"sign_on", "take_unheld"},
    departures: {"leave_post", "sign_off"},
    step_out: {"come_back", "give_reason", "settle", "step_out", "take_now"},
    closing: {"sign_off"},
    signing: {"sign_incoming", "sign_outgoing", "sign_witness"},
}
"""Every act that may end a tenure. A new one belongs in this list, and in the test below."""


@pytest.mark.parametrize("module", ACTS, ids=lambda module: module.__name__)
def test_every_act_that_may_end_a_tenure_is_known(module: ModuleType) -> None:
    found = {
        name
        for name, act in inspect.getmembers(module, inspect.isfunction)
        if act.__module__ == module.__name__
        and not name.startswith("_")
        and next(iter(inspect.signature(act).parameters), "") == "desk"
    }
    assert found == ACTS[module]


def test_9_17_no_act_passes_the_post_on_over_a_blocking_matter(evening: Evening) -> None:
    desk, clerk, night = evening.desk, evening.clerk, evening.night_man
    call(desk, clerk.person, opened=OpenMatter(importance=Importance.IMPORTANT))
    walk = evening.open()
    walk.through()
    mark = walk.sheet.mark
    back = desk.now() + timedelta(minutes=15)
    for act in (
        lambda: signing.sign_outgoing(desk, clerk, walk.id, shown=mark),
        lambda: signing.sign_incoming(desk, night, walk.id, shown=mark),
        lambda: departures.sign_off(desk, clerk),
        lambda: closing.sign_off(desk, clerk),
        lambda: arrivals.take_unheld(desk, night, post_code="desk"),
    ):
        with pytest.raises(Refusal):
            act()
    step_out.step_out(desk, clerk, evening.staff.guard, reason="去现场", back_at=back)
    with pytest.raises(Refusal, match="holder_is_out"):
        walk.sign_outgoing()
    step_out.come_back(desk, clerk)
    step_out.take_now(desk, evening.supervisor, post_code="desk")
    assert shift_is_the_same(evening, TenureKind.EMERGENCY)
    departures.leave_post(desk, evening.supervisor, "去医院")
    assert shift_is_the_same(evening, TenureKind.DESERTED)
    arrivals.take_unheld(desk, clerk, post_code="desk")
    again = evening.open()
    assert "blocking" in again.left()
    assert [one.entry_id for one in again.sheet.entries] == [1]


def shift_is_the_same(evening: Evening, kind: TenureKind) -> bool:
    with evening.desk.reading() as session:
        tenure = tenures.open_tenure(session, "desk")
        shift = tenures.running_shift(session, "desk")
    assert tenure is not None
    return tenure.kind is kind and shift is not None and shift.plan_code == "day"
