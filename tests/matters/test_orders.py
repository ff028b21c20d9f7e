"""Repairs and their work orders: out at once, moved by legal steps only, then followed up."""

from datetime import timedelta

import pytest

from desk_console.foundation.clock import MovingClock
from desk_console.foundation.refusal import Refusal
from desk_console.log.departments import DepartmentForm, add_department, reply
from desk_console.log.records import Category, Channel, ReplyKind
from desk_console.log.search import search
from desk_console.log.views import entry_story
from desk_console.matters.acts import OpenMatter, close, log_entry, take_step
from desk_console.matters.notified import set_in_use
from desk_console.matters.papers import work_order
from desk_console.matters.records import Form, Level, Stage, Urgency
from desk_console.matters.steps import STEPS, steps_from
from tests.log.desk_at_work import AtWork
from tests.matters.sites import DONE, FOLLOWED, Taken, repair, story, walk

MINUTE = timedelta(minutes=1)


def test_6_4_a_repair_has_its_work_order_out_and_the_department_told_with_the_entry(
    work: AtWork,
) -> None:
    logged = log_entry(work.desk, work.clerk, work.call(category=Category.REPAIR))
    found = story(work.desk, logged.matter_id or 0)
    assert logged.number == found.line.number == "WX2026-0001"
    assert (found.line.form, found.line.stage) == (Form.WORK_ORDER, Stage.DISPATCHED)
    assert [(notice.zh, notice.how) for notice in found.notices] == [("维修部", Channel.SHEET)]


def test_6_4_numbers_run_in_order_for_each_form_and_year(work: AtWork, clock: MovingClock) -> None:
    first, second = repair(work), repair(work)
    assert [story(work.desk, one).line.number for one in (first, second)] == [
        "WX2026-0001",
        "WX2026-0002",
    ]
    clock.advance(timedelta(days=365))
    assert story(work.desk, repair(work)).line.number == "WX2027-0001"


def test_6_4_a_repair_put_right_on_the_telephone_still_has_its_order(work: AtWork) -> None:
    matter_id = repair(work, action="请其合上空开", result="已恢复供电")
    found = story(work.desk, matter_id)
    assert found.line.stage is Stage.DONE
    assert found.facts["work_done"] == "已恢复供电"


def test_6_4_no_repair_closes_past_its_order(work: AtWork) -> None:
    matter_id = repair(work)
    with pytest.raises(Refusal) as refused:
        close(work.desk, work.clerk, matter_id, 1, result="好了", answered="已告知")
    assert refused.value.clause == "6.4"
    assert story(work.desk, matter_id).line.closed_at is None


def test_an_order_goes_from_dispatch_to_follow_up_with_who_and_when(
    work: AtWork, clock: MovingClock
) -> None:
    matter_id = repair(work)
    man = work.staff.night_man.person
    taken: list[Taken] = [
        ("accept", {"assignee": man.id}),
        ("arrive", {}),
        ("finish", {"work_done": "更换角阀", "materials": "角阀 1 只", "fee": "35.5"}),
        ("confirm", {"signed_by": "张建国"}),
        FOLLOWED,
    ]
    for one in taken:
        clock.advance(5 * MINUTE)
        walk(work.desk, work.clerk, matter_id, one)
    found = story(work.desk, matter_id)
    assert [event.what for event in found.events] == [
        "opened",
        "accept",
        "arrive",
        "finish",
        "confirm",
        "follow_up",
    ]
    assert found.line.closed_at == work.at()
    assert (found.result, found.answered) == ("更换角阀", "电话回访，住户满意")
    with work.desk.reading() as session:
        paper = work_order(session, matter_id)
    assert paper.on_site_at is not None and paper.accepted_at is not None
    assert paper.on_site_at - paper.accepted_at == 5 * MINUTE
    assert (paper.assignee, paper.fee, paper.signed_by) == (man.name, 3550, "张建国")


def test_what_was_done_stands_beside_the_entry_and_is_found(work: AtWork) -> None:
    matter_id = repair(work)
    walk(work.desk, work.clerk, matter_id, ("accept", {}), DONE, FOLLOWED)
    entry_id = story(work.desk, matter_id).line.entry_id or 0
    with work.desk.reading() as session:
        beside = entry_story(session, entry_id).additions
        found = search(session, "角阀").hits
    assert [each.kind.value for each in beside] == ["action", "result"]
    assert [each.ref for each in found] == [entry_id]


@pytest.mark.parametrize("code", sorted({step.code for step in STEPS} - {"approve", "send_back"}))
def test_a_step_that_is_not_legal_from_here_is_refused_and_changes_nothing(
    work: AtWork, code: str
) -> None:
    matter_id = repair(work)
    if code in {step.code for step in steps_from(Form.WORK_ORDER, Stage.DISPATCHED)}:
        walk(work.desk, work.clerk, matter_id, ("accept", {}), DONE, FOLLOWED)
    before = story(work.desk, matter_id)
    with pytest.raises(Refusal) as refused:
        take_step(work.desk, work.clerk, matter_id, before.line.revision, code, {})
    assert refused.value.message.key in ("matters.no_such_step", "matters.closed_already")
    assert story(work.desk, matter_id) == before


def test_a_returned_order_is_dispatched_again_and_a_transferred_one_tells_the_other(
    work: AtWork,
) -> None:
    matter_id = repair(work)
    walk(
        work.desk,
        work.clerk,
        matter_id,
        ("give_back", {"not_done_reason": "属开发商保修"}),
        ("dispatch", {"how": "call", "told": "刘工"}),
    )
    assert [notice.told for notice in story(work.desk, matter_id).notices] == ["", "刘工"]


def test_6_4_an_order_that_goes_to_another_department_leaves_the_man_of_the_first(
    work: AtWork,
) -> None:
    desk, man = work.desk, work.staff.night_man.person
    other = add_department(
        desk, work.staff.supervisor.person, DepartmentForm(code="lifts", zh="电梯公司")
    )
    matter_id = repair(work)
    walk(desk, work.clerk, matter_id, ("accept", {"assignee": man.id}))
    walk(desk, work.clerk, matter_id, ("transfer", {"department": other, "reason": "电梯故障"}))
    assert story(desk, matter_id).line.assignee_name == ""
    given = {"department": work.maintenance, "reason": "修好", "assignee": man.id}
    walk(desk, work.clerk, matter_id, ("transfer", given))
    assert story(desk, matter_id).line.assignee_name == man.name


def test_6_4_a_transfer_goes_to_another_department_or_to_somebody_else_of_it(
    work: AtWork,
) -> None:
    desk, man = work.desk, work.staff.night_man.person
    matter_id = repair(work)
    walk(desk, work.clerk, matter_id, ("accept", {"assignee": man.id, "told": "刘工"}))
    before = story(desk, matter_id)
    for given in ({"reason": "换人"}, {"reason": "换人", "assignee": man.id}):
        for department in ({}, {"department": work.maintenance}):
            with pytest.raises(Refusal, match=r"matters\.transfer_to_same") as refused:
                take_step(desk, work.clerk, matter_id, 2, "transfer", {**given, **department})
            assert (refused.value.clause, refused.value.message.values["field"]) == (
                "6.4",
                "department",
            )
    assert story(desk, matter_id) == before
    other = work.staff.supervisor.person
    walk(desk, work.clerk, matter_id, ("transfer", {"reason": "换人", "assignee": other.id}))
    found = story(desk, matter_id)
    assert found.line.assignee_name == other.name
    assert "told" not in found.facts, "who took it before has no part in it any more"


def test_a_field_that_a_step_wants_is_asked_for_by_name(work: AtWork) -> None:
    matter_id = repair(work)
    walk(work.desk, work.clerk, matter_id, ("accept", {}))
    with pytest.raises(Refusal) as refused:
        take_step(work.desk, work.clerk, matter_id, 2, "finish", {"work_done": "  "})
    assert refused.value.message.values["field"] == "work_done"


@pytest.mark.parametrize("fee", ["abc", "-3", "1.234", "99999999", "١٢"])
def test_an_amount_that_is_none_is_refused(work: AtWork, fee: str) -> None:
    matter_id = repair(work)
    walk(work.desk, work.clerk, matter_id, ("accept", {}))
    with pytest.raises(Refusal):
        take_step(work.desk, work.clerk, matter_id, 2, "finish", {"work_done": "好", "fee": fee})


def test_an_urgent_repair_is_on_site_in_thirty_minutes_a_minor_one_answered(work: AtWork) -> None:
    urgent = story(work.desk, repair(work, OpenMatter(is_urgent=True))).line
    minor = story(work.desk, repair(work)).line
    assert (urgent.due_for, urgent.left, urgent.urgency) == ("on_site", 30 * MINUTE, Urgency.URGENT)
    assert (minor.due_for, minor.left) == ("reply", 30 * MINUTE)


def test_an_appointment_stands_for_the_usual_limit(work: AtWork) -> None:
    later = work.at() + timedelta(hours=6)
    line = story(work.desk, repair(work, OpenMatter(appointment=later))).line
    assert (line.due_for, line.due_at) == ("on_site", later)


def test_work_to_be_done_again_begins_its_clocks_anew(work: AtWork, clock: MovingClock) -> None:
    matter_id = repair(work)
    walk(work.desk, work.clerk, matter_id, ("accept", {}), DONE)
    clock.advance(timedelta(hours=20))
    walk(work.desk, work.clerk, matter_id, ("redo", {"reason": "又漏了"}))
    line = story(work.desk, matter_id).line
    assert (line.stage, line.due_for, line.left) == (Stage.DISPATCHED, "reply", 30 * MINUTE)


def test_9_4_on_hold_the_clock_stands_and_no_level_is_charged(
    work: AtWork, clock: MovingClock
) -> None:
    matter_id = repair(work)
    clock.advance(10 * MINUTE)
    until = work.at() + timedelta(days=2)
    walk(work.desk, work.clerk, matter_id, ("hold", {"reason": "等配件", "resume_at": until}))
    held = story(work.desk, matter_id).line
    assert (held.stage, held.due_for, held.due_at) == (Stage.ON_HOLD, "resume", until)
    clock.advance(timedelta(days=1))
    walk(work.desk, work.clerk, matter_id, ("resume", {}))
    found = story(work.desk, matter_id)
    assert (found.line.stage, found.line.left) == (Stage.DISPATCHED, 20 * MINUTE)
    assert found.levels[Level.HOLD] == timedelta(days=1)
    assert sum(found.levels.values(), timedelta()) == found.line.waited


def test_6_3_a_department_with_open_matters_is_not_taken_out_of_use(work: AtWork) -> None:
    desk, chief = work.desk, work.staff.supervisor.person
    other = add_department(desk, chief, DepartmentForm(code="lifts", zh="电梯公司"))
    matter_id = repair(work)
    with pytest.raises(Refusal, match=r"matters\.department_asked") as refused:
        set_in_use(desk, chief, work.maintenance, is_active=False)
    assert refused.value.message.values["count"] == 1
    given = {"department": other, "reason": "换人"}
    take_step(desk, work.clerk, matter_id, 1, "transfer", given)
    set_in_use(desk, chief, work.maintenance, is_active=False)
    with pytest.raises(Refusal, match=r"log\.no_department"):
        take_step(
            desk, work.clerk, matter_id, 2, "transfer", {**given, "department": work.maintenance}
        )
    told = story(desk, matter_id).notices[0].id
    reply(desk, work.clerk, told, ReplyKind.ACKNOWLEDGED, who="刘工")
    with pytest.raises(Refusal, match=r"people\.no_right"):
        set_in_use(desk, work.clerk, work.maintenance, is_active=True)
    set_in_use(desk, chief, work.maintenance, is_active=True)


def test_where_nobody_takes_repairs_the_order_waits_to_be_dispatched(work: AtWork) -> None:
    set_in_use(work.desk, work.staff.supervisor.person, work.maintenance, is_active=False)
    assert story(work.desk, repair(work)).line.stage is Stage.OPEN
