"""Tasks, departments and missed calls: given and reported back, told and answered, settled."""

from datetime import timedelta

import pytest

from desk_console.foundation.clock import MovingClock
from desk_console.foundation.refusal import Refusal
from desk_console.log.departments import reply
from desk_console.log.forms import PatrolForm, PointForm
from desk_console.log.records import Category, ReplyKind
from desk_console.log.search import search
from desk_console.matters.acts import log_entry, progress, take_step
from desk_console.matters.missed import MissedCall, log_missed, same_number, settle_missed
from desk_console.matters.tasks import TaskForm, assign_task, plan_of, report_back
from tests.conftest import DeskMaker
from tests.log.desk_at_work import AtWork
from tests.matters.sites import repair, site, story

HOUR = timedelta(hours=1)


def test_1_4_the_day_s_plan_gives_each_job_to_somebody_done_or_carried_over(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    store = site(make_desk, clock, "store-weekly", on_duty="duty-manager")
    desk, giver = store.desk, store.writer
    due = desk.now() + HOUR
    staff = store.people["staff"]
    first, second = (
        assign_task(desk, giver, TaskForm(kind=kind, title=title, assignee_id=staff.id, due=due))
        for kind, title in (("task", "补货"), ("supplies", "清点购物袋"))
    )
    report_back(desk, giver, first, 1, "已补齐")
    take_step(
        desk, giver, second, 1, "carry", {"reason": "供货未到", "due": due + timedelta(days=1)}
    )
    today = desk.now().astimezone(desk.zone).date()
    with desk.reading() as session:
        assert set(plan_of(session, desk, today)) == {first, second}
        assert plan_of(session, desk, today + timedelta(days=1)) == (second,)
    assert story(desk, second).line.due_at == due + timedelta(days=1)


def test_3_6_an_instruction_from_above_is_carried_out_and_its_progress_reported(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    centre = site(make_desk, clock, "cs-monthly", on_duty="clerk")
    desk, clerk, manager = centre.desk, centre.writer, centre.people["manager"]
    form = TaskForm(
        kind="instruction", title="整理回访名单", assignee_id=clerk.id, from_whom="钱经理"
    )
    task = assign_task(desk, manager, form)
    take_step(desk, clerk, task, 1, "start", {})
    progress(desk, clerk, task, 2, "已完成一半")
    report_back(desk, clerk, task, 3, "名单已交")
    found = story(desk, task)
    assert [event.what for event in found.events] == ["opened", "start", "progress", "report_back"]
    assert found.facts["from_whom"] == "钱经理"


def test_3_6_a_task_is_not_done_without_its_report(work: AtWork) -> None:
    task = assign_task(work.desk, work.clerk, TaskForm(title="巡楼", assignee_id=work.clerk.id))
    with pytest.raises(Refusal, match=r"matters\.result_wanted"):
        report_back(work.desk, work.clerk, task, 1, " ")


def test_5_4_a_planned_visit_s_result_goes_into_the_customer_s_file(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    desk_site = site(make_desk, clock, "cs-staff", on_duty="clerk")
    desk, clerk = desk_site.desk, desk_site.writer
    with pytest.raises(Refusal) as refused:
        assign_task(desk, clerk, TaskForm(kind="visit", title="走访", assignee_id=clerk.id))
    assert refused.value.clause == "5.4"
    form = TaskForm(kind="visit", title="走访商户", assignee_id=clerk.id, unit_text="3-1502")
    visit = assign_task(desk, clerk, form)
    report_back(desk, clerk, visit, 1, "续约意向明确")
    line = story(desk, visit).line
    with desk.reading() as session:
        (found,) = search(session, "续约意向").hits
    assert (found.ref, line.unit) == (line.entry_id, "3-1502")


def test_1_5_what_somebody_saw_on_a_round_has_an_owner_until_it_is_settled(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    store = site(make_desk, clock, "store-weekly", on_duty="duty-manager")
    form = PatrolForm(
        form_id="r1",
        at=store.desk.now(),
        route="巡视",
        points=(PointForm(point="收银台", is_ok=False, finding="排队过长无人疏导"),),
    )
    matter_id = log_entry(store.desk, store.writer, form).matter_id
    assert matter_id is not None
    found = story(store.desk, matter_id)
    assert "排队过长" in found.content
    assert found.line.owner_id == store.writer.id


def test_4_8_a_department_acknowledges_and_says_what_came_of_it(
    work: AtWork, clock: MovingClock
) -> None:
    matter_id = repair(work)
    notice = story(work.desk, matter_id).notices[0]
    clock.advance(HOUR)
    reply(work.desk, work.clerk, notice.id, ReplyKind.ACKNOWLEDGED, who="刘工")
    reply(work.desk, work.clerk, notice.id, ReplyKind.RESULT, who="刘工", words="下午三点上门")
    replies = story(work.desk, matter_id).notices[0].replies
    assert [(one.kind, one.who, one.words, one.at) for one in replies] == [
        (ReplyKind.ACKNOWLEDGED, "刘工", "", work.at()),
        (ReplyKind.RESULT, "刘工", "下午三点上门", work.at()),
    ]


def test_4_8_a_second_acknowledgement_and_a_result_without_words_are_refused(
    work: AtWork,
) -> None:
    notice = story(work.desk, repair(work)).notices[0]
    reply(work.desk, work.clerk, notice.id, ReplyKind.ACKNOWLEDGED, who="刘工")
    with pytest.raises(Refusal, match=r"log\.acknowledged_already"):
        reply(work.desk, work.clerk, notice.id, ReplyKind.ACKNOWLEDGED, who="刘工")
    with pytest.raises(Refusal, match=r"log\.missing_words"):
        reply(work.desk, work.clerk, notice.id, ReplyKind.RESULT, who="刘工")


def test_6_3_a_department_with_an_address_is_told_by_mail_without_the_resident_s_name(
    work: AtWork,
) -> None:
    from sqlmodel import select

    from desk_console.foundation.outbox import OutgoingMail
    from desk_console.log.departments import DepartmentForm, change_department
    from desk_console.log.forms import NoticeForm
    from desk_console.log.records import Channel

    form = DepartmentForm(code="maintenance", zh="维修部", mail="repairs@example.com")
    change_department(work.desk, work.staff.supervisor.person, work.maintenance, form)
    notice = NoticeForm(department_id=work.maintenance, how=Channel.MAIL)
    repair(work, notices=(notice,), phone="13800138000")
    with work.desk.reading() as session:
        (mail,) = session.exec(select(OutgoingMail)).all()
    assert (mail.address, mail.template) == ("repairs@example.com", "log.notice")
    assert "厨房水管漏水" in mail.given and "3-1502" in mail.given
    assert "张建国" not in mail.given and "13800138000" not in mail.given


def test_7_10_missed_calls_wait_to_be_called_back_and_are_settled_together(work: AtWork) -> None:
    numbers = ("138 0013 8000", "13800138000", "(010) 6234-5678", "95588")
    calls = [MissedCall(phone=number, at=work.at()) for number in numbers]
    made = log_missed(work.desk, work.clerk, calls, "未接来电")
    assert story(work.desk, made[0]).line.title == "138****8000"
    assert story(work.desk, made[0]).line.left == timedelta(minutes=30)
    with work.desk.reading() as session:
        same = same_number(session, made[0])
    assert [number for number, _ in same] == list(made[:2])
    assert settle_missed(work.desk, work.clerk, same, result="已回电", answered="已答复") == 2
    assert story(work.desk, made[1]).line.closed_at == work.at()


def test_missed_calls_are_settled_all_or_none(work: AtWork) -> None:
    calls = [MissedCall(phone="110", at=work.at())]
    (missed_call,) = log_missed(work.desk, work.clerk, calls, "未接来电")
    other = repair(work, category=Category.ERRAND)
    with pytest.raises(Refusal, match=r"matters\.only_missed"):
        settle_missed(
            work.desk, work.clerk, [(missed_call, 1), (other, 1)], result="回", answered="好"
        )
    assert story(work.desk, missed_call).line.closed_at is None
