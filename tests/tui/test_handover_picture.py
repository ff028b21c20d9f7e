"""What the handover's screen is shown: read once, and again as soon as anything was done."""

from __future__ import annotations

from datetime import timedelta

from desk_console.foundation.clock import MovingClock
from desk_console.log.forms import CallForm
from desk_console.matters.acts import log_entry
from desk_console.rulebook.desk import Desk
from desk_console.shift.items import ItemForm, add_item
from desk_console.tui.screens.handover.picture import look
from tests.handover.walk import call
from tests.tui.handover_site import evening


def test_row_9_whatever_is_done_anywhere_is_on_the_next_picture(
    desk: Desk, clock: MovingClock
) -> None:
    site = evening(desk, clock)
    call(desk, site.staff.clerk.person)
    walk = site.walk()
    chief = site.staff.supervisor.person.id
    elsewhere = CallForm(form_id="late", at=desk.now(), content="又一个电话", category="enquiry")
    acts = (
        walk.join,
        walk.tidy,
        walk.count,
        lambda: add_item(desk, chief, ItemForm(code="new", name="雨伞", unit="把", opening=1)),
        lambda: log_entry(desk, site.staff.clerk.person, elsewhere),
        walk.count,
        walk.summarise,
        walk.read,
        walk.state,
        walk.acknowledge,
        walk.look,
        walk.sign_outgoing,
        walk.sign_incoming,
    )
    shown = look(desk, walk.id, None)
    for act in acts:
        act()
        before, shown = shown, look(desk, walk.id, shown)
        assert shown == look(desk, walk.id, None), act
        assert shown is not before, act
        assert look(desk, walk.id, shown) is shown, "nothing was done since"


def test_a_picture_is_a_minute_old_at_most(desk: Desk, clock: MovingClock) -> None:
    site = evening(desk, clock)
    walk = site.walk()
    shown = look(desk, walk.id, None)
    clock.advance(timedelta(minutes=1))
    assert look(desk, walk.id, shown) is not shown
