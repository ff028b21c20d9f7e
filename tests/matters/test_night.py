"""What the night leaves: fixed, or put off with the resident told; orders by the morning."""

from datetime import timedelta

import pytest

from desk_console.foundation.clock import MovingClock
from desk_console.foundation.refusal import Refusal
from desk_console.log.records import Category
from desk_console.matters.acts import OpenMatter, close, log_entry, take_step
from desk_console.matters.night import convert, has_leftovers, leftovers
from desk_console.matters.papers import next_day
from desk_console.matters.recasting import correct
from desk_console.matters.records import Form, Stage
from desk_console.people.records import PersonView
from desk_console.rulebook.desk import Desk
from desk_console.shift.arrivals import sign_on
from desk_console.shift.departures import leave_post
from tests.log.desk_at_work import AtWork
from tests.matters.sites import story


@pytest.fixture
def night(work: AtWork, clock: MovingClock) -> PersonView:
    """The maintenance man, on duty at eleven at night."""
    clerk_goes_home(work, clock)
    return work.staff.night_man.person


def clerk_goes_home(work: AtWork, clock: MovingClock) -> None:
    leave_post(work.desk, work.staff.clerk, "换班")
    clock.advance(timedelta(hours=14, minutes=15))
    sign_on(work.desk, work.staff.night_man)


def logged(work: AtWork, person: PersonView, category: Category, **fields: object) -> int | None:
    form = work.call(category=category, caller="李梅", unit_text="3-1502", **fields)
    return log_entry(work.desk, person, form).matter_id


def made(work: AtWork, person: PersonView, category: Category, **fields: object) -> int:
    matter_id = logged(work, person, category, **fields)
    assert matter_id is not None
    return matter_id


def left(desk: Desk) -> list[int]:
    with desk.reading() as session:
        return [one.matter_id for one in leftovers(session, desk.duty)]


def test_6_6_at_night_what_was_repaired_is_done_and_leaves_no_order(
    work: AtWork, night: PersonView
) -> None:
    assert logged(work, night, Category.REPAIR, result="更换角阀") is None
    matter_id = made(work, night, Category.REPAIR)
    close(work.desk, night, matter_id, 1, result="更换角阀", answered="当面告知")


def test_6_6_what_cannot_be_repaired_is_put_off_and_the_resident_told(
    work: AtWork, night: PersonView
) -> None:
    matter_id = made(work, night, Category.REPAIR)
    with pytest.raises(Refusal) as refused:
        take_step(work.desk, night, matter_id, 1, "next_day", {"not_done_reason": "无备件"})
    assert refused.value.message.values["field"] == "told_resident"
    given = {"not_done_reason": "无备件", "told_resident": "孙建军", "interim": "已关总阀"}
    take_step(work.desk, night, matter_id, 1, "next_day", given)
    with work.desk.reading() as session:
        paper = next_day(session, matter_id)
    assert (paper.told_by, paper.told_at, paper.interim) == ("孙建军", work.at(), "已关总阀")


def test_6_6_by_day_nothing_is_put_off_to_the_next(work: AtWork) -> None:
    matter_id = made(work, work.clerk, Category.OTHER)
    with pytest.raises(Refusal) as refused:
        take_step(
            work.desk,
            work.clerk,
            matter_id,
            1,
            "next_day",
            {"not_done_reason": "忙", "told_resident": "我"},
        )
    assert refused.value.clause == "6.6"


def test_6_7_repairs_complaints_and_errands_of_the_night_are_leftovers_emergencies_are_not(
    work: AtWork, night: PersonView
) -> None:
    kinds = (Category.REPAIR, Category.COMPLAINT, Category.ERRAND)
    expected = [made(work, night, kind) for kind in kinds]
    made(work, night, Category.REPAIR, is_emergency=True)
    made(work, night, Category.HELP)
    assert left(work.desk) == expected
    with work.desk.reading() as session:
        found = leftovers(session, work.desk.duty)
        assert has_leftovers(session, work.desk.duty)
    assert [one.becomes for one in found] == [Form.WORK_ORDER, Form.COMPLAINT, Form.TASK]


def test_6_7_what_the_day_left_is_no_leftover(work: AtWork) -> None:
    made(work, work.clerk, Category.ERRAND)
    assert left(work.desk) == []


@pytest.mark.parametrize(
    ("kind", "form", "stage"),
    [
        (Category.REPAIR, Form.WORK_ORDER, Stage.DISPATCHED),
        (Category.COMPLAINT, Form.COMPLAINT, Stage.RECEIVED),
        (Category.ERRAND, Form.TASK, Stage.ASSIGNED),
    ],
)
def test_6_7_a_leftover_becomes_its_form_and_the_department_is_told(
    work: AtWork, night: PersonView, kind: Category, form: Form, stage: Stage
) -> None:
    matter_id = made(work, night, kind)
    with work.desk.transaction() as unit:
        number = convert(
            unit,
            work.desk,
            night,
            matter_id,
            revision=1,
            given={"department": work.maintenance},
        )
    found = story(work.desk, matter_id)
    assert (found.line.form, found.line.stage, found.line.number) == (form, stage, number)
    assert [notice.zh for notice in found.notices] == ["维修部"]
    assert left(work.desk) == []


def test_6_7_no_leftover_is_converted_without_a_department(work: AtWork, night: PersonView) -> None:
    matter_id = made(work, night, Category.COMPLAINT)
    with pytest.raises(Refusal) as refused, work.desk.transaction() as unit:
        convert(unit, work.desk, night, matter_id)
    assert refused.value.clause == "6.7"
    assert left(work.desk) == [matter_id]


def test_6_7_a_leftover_put_on_hold_at_night_is_one_all_the_same(
    work: AtWork, night: PersonView
) -> None:
    matter_id = made(work, night, Category.REPAIR)
    given = {"reason": "等天亮", "resume_at": work.at() + timedelta(days=30)}
    revision = take_step(work.desk, night, matter_id, 1, "hold", given)
    assert left(work.desk) == [matter_id]
    with work.desk.transaction() as unit:
        convert(unit, work.desk, night, matter_id, revision=revision)
    assert story(work.desk, matter_id).line.stage is Stage.DISPATCHED
    assert left(work.desk) == []


def test_6_7_nothing_is_converted_twice(work: AtWork, night: PersonView) -> None:
    matter_id = made(work, night, Category.REPAIR)
    with work.desk.transaction() as unit:
        convert(unit, work.desk, night, matter_id)
    with pytest.raises(Refusal, match=r"matters\.no_leftover"), work.desk.transaction() as unit:
        convert(unit, work.desk, night, matter_id)


def test_6_6_a_night_repair_is_logged_and_put_off_in_one_act(
    work: AtWork, night: PersonView
) -> None:
    form = work.call(category=Category.REPAIR, caller="李梅", unit_text="3-1502")
    given = {"not_done_reason": "无备件", "told_resident": "孙建军", "told_at": work.at()}
    logged_id = log_entry(work.desk, night, form, OpenMatter(next_day=given)).matter_id
    assert logged_id is not None
    with work.desk.reading() as session:
        paper = next_day(session, logged_id)
        (waiting,) = leftovers(session, work.desk.duty)
    assert (paper.told_by, paper.told_at, paper.not_done_reason) == ("孙建军", work.at(), "无备件")
    assert (waiting.told_resident, waiting.becomes) == ("孙建军", Form.WORK_ORDER)


def test_6_6_a_night_repair_put_off_without_telling_the_resident_is_not_logged_so(
    work: AtWork, night: PersonView
) -> None:
    form = work.call(category=Category.REPAIR, caller="李梅")
    with pytest.raises(Refusal) as refused:
        log_entry(work.desk, night, form, OpenMatter(next_day={"not_done_reason": "无备件"}))
    values = refused.value.message.values
    assert (refused.value.clause, values["field"]) == ("6.6", "told_resident")
    assert left(work.desk) == [], "nothing was kept"


def test_6_7_what_was_a_repair_after_all_waits_for_the_morning_with_the_rest(
    work: AtWork, night: PersonView
) -> None:
    matter_id = made(work, night, Category.ENQUIRY)
    assert left(work.desk) == []
    entry_id = story(work.desk, matter_id).line.entry_id or 0
    correct(work.desk, night, entry_id, "category", "repair", "听错了")
    assert left(work.desk) == [matter_id]
