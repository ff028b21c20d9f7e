"""A small site for the tests of the live shift: people with PINs, two matters, a few entries."""

from __future__ import annotations

from datetime import timedelta

from desk_console.foundation.clock import MovingClock
from desk_console.log.forms import CallForm
from desk_console.log.records import Category
from desk_console.matters.acts import OpenMatter, log_entry
from desk_console.matters.records import Importance
from desk_console.people.pins import choose_pin
from desk_console.rulebook.desk import Desk
from desk_console.shift import checks, tasks
from desk_console.shift.arrivals import sign_on
from desk_console.shift.reminders import remind
from tests.built import built_once
from tests.staff import Staff, hire_all, qualify

PIN = "48273650"


@built_once
def staffed(desk: Desk) -> Staff:
    """Everybody hired, qualified, with a PIN; the regulation's checks and tasks on their lists."""
    staff = hire_all(desk)
    with desk.transaction() as work:
        checks.seed(work, desk.duty)
        tasks.seed(work, desk.duty)
    for one in (staff.clerk, staff.other_clerk, staff.night_man, staff.guard, staff.supervisor):
        qualify(desk, one, staff.supervisor)
        choose_pin(desk, one.person.id, PIN)
    return staff


@built_once
def busy_morning(desk: Desk, clock: MovingClock, staff: Staff) -> None:
    """The clerk signed on at 08:45; it is 09:50, with calls, two matters and a reminder."""
    sign_on(desk, staff.clerk)
    clerk = staff.clerk.person
    clock.advance(timedelta(minutes=20))
    _call(
        desk, staff, "f1", Category.ENQUIRY, "3-1502", "周女士", "问物业费怎么交", result="已告知"
    )
    clock.advance(timedelta(minutes=5))
    _call(
        desk, staff, "f2", Category.REPAIR, "5-602", "郑先生", "厨房水管漏水，地上已积水",
        open=OpenMatter(
            importance=Importance.IMPORTANT,
            is_urgent=True,
            due_at=desk.now() + timedelta(minutes=30),
            title="厨房水管漏水",
        ),
    )  # fmt: skip
    clock.advance(timedelta(minutes=10))
    _call(
        desk, staff, "f3", Category.COMPLAINT, "1-301", "[red]钱[/]先生", "楼上装修太吵",
        open=OpenMatter(due_at=desk.now() + timedelta(hours=24), title="楼上装修噪声"),
    )  # fmt: skip
    remind(
        desk, clerk.id, form_id="r1", post_code="desk",
        due_at=desk.now() + timedelta(minutes=20), words="给电梯公司回电话",
    )  # fmt: skip
    clock.advance(timedelta(minutes=30))


def _call(
    desk: Desk,
    staff: Staff,
    form_id: str,
    category: Category,
    unit: str,
    caller: str,
    content: str,
    *,
    result: str = "",
    open: OpenMatter | None = None,
) -> None:
    form = CallForm(
        form_id=form_id, at=desk.now(), category=category, unit_text=unit, caller=caller,
        rings=2, content=content, result=result,
    )  # fmt: skip
    log_entry(desk, staff.clerk.person, form, open)
