"""The ladder: one rung at a time, each with question, answer and time; time asks by itself."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlmodel import select

from desk_console.foundation.clock import MovingClock
from desk_console.foundation.outbox import OutgoingMail
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.verify import verify
from desk_console.handover.glance import Awaited, awaited
from desk_console.handover.weighing import set_importance
from desk_console.log.forms import EventForm
from desk_console.log.records import Category
from desk_console.matters.acts import OpenMatter, log_entry, take_step
from desk_console.matters.answers import confirm_answer, note_answer
from desk_console.matters.escalating import ask, is_settled, settle_now
from desk_console.matters.records import Form, Importance, Level
from desk_console.outputs.mail.letters import words_of
from desk_console.outputs.mail.queue import mails_about
from desk_console.people.acts import change_person
from desk_console.people.records import PersonForm
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.ladder import deciding_rung, next_rung, rung_of, rungs, top_rung
from desk_console.rulebook.loader import site_rules
from desk_console.shift.arrivals import sign_on
from tests.conftest import DeskMaker
from tests.log.desk_at_work import AtWork
from tests.matters.sites import (
    ANSWERED,
    FOLLOWED,
    PROPOSED,
    answer_above,
    complaint,
    repair,
    site,
    story,
    walk,
)
from tests.staff import hire, proof_of

MINUTE = timedelta(minutes=1)


def test_rungs_are_those_of_the_regulation() -> None:
    duty = site_rules("management-office")
    assert rungs(duty) == ("clerk", "lead", "supervisor", "director")
    assert [next_rung(rung, duty) for rung in range(4)] == [1, 2, 3, None]
    assert rung_of({"clerk", "lead"}, duty) == 1
    assert rung_of({"security"}, duty) == 0
    assert rung_of({"manager"}, duty) == top_rung(duty) == 3
    assert deciding_rung(site_rules("store-weekly")) == 2


def test_9_6_what_is_hard_goes_up_one_rung_at_a_time_with_question_and_answer(
    work: AtWork, clock: MovingClock
) -> None:
    matter_id = complaint(work)
    with pytest.raises(Refusal) as refused:
        ask(work.desk, work.clerk, matter_id, 1, "如何赔偿", rung=2)
    assert (refused.value.clause, refused.value.message.key) == (
        "9.6",
        "matters.one_rung_at_a_time",
    )
    ask(work.desk, work.clerk, matter_id, 1, "如何赔偿")
    assert story(work.desk, matter_id).line.level is Level.SUPERVISOR
    clock.advance(5 * MINUTE)
    answer_above(work.desk, work.staff.supervisor.person, matter_id, 2, "按维修基金处理")
    found = story(work.desk, matter_id)
    assert [(event.what, event.words, event.at) for event in found.events[1:]] == [
        ("ask", "如何赔偿", work.at() - 5 * MINUTE),
        ("answer_above", "按维修基金处理", work.at()),
    ]
    assert found.levels[Level.SUPERVISOR] == 5 * MINUTE


def test_9_6_the_question_goes_by_mail_with_the_act_to_who_has_an_address(
    work: AtWork, clock: MovingClock
) -> None:
    desk, chief = work.desk, work.staff.supervisor.person
    with desk.transaction() as unit:
        unit.session.connection().execute(
            text("update person set mail = 'chief@example.org' where id = :id"), {"id": chief.id}
        )
    matter_id = complaint(work, caller="张建国", phone="13866668888")
    with pytest.raises(Refusal):
        ask(desk, work.clerk, matter_id, 1, "如何赔偿", rung=3)
    assert mails_about(desk, f"matter:{matter_id}") == (), "what was refused sends nothing"
    ask(desk, work.clerk, matter_id, 1, "如何赔偿")
    clock.advance(timedelta(days=1))
    assert settle_now(desk) == 1, "the director is asked by time alone, and has no address"
    with desk.reading() as session:
        sent = session.exec(select(OutgoingMail)).all()
    subject, body = words_of(sent[0], desk)
    assert len(sent) == 1
    assert sent[0].address == "chief@example.org"
    assert "请示 TS2026-0001：投诉" in subject
    assert all(one in body for one in ("王晓燕", "TS2026-0001", "投诉", "3-1502", "09:15"))
    said = ("张建国", "13866668888", "如何赔偿", "楼上深夜施工")
    assert not [one for one in said if one in subject + body + sent[0].given]


def test_9_6_a_major_matter_closes_only_after_the_director_s_report(
    work: AtWork, make_desk: DeskMaker
) -> None:
    from tests.staff import hire

    director = hire(work.desk, "0001", "高主任", "director", by=work.staff.supervisor).person
    matter_id = repair(work, OpenMatter(importance=Importance.MAJOR))
    revision = walk(
        work.desk, work.clerk, matter_id, ("accept", {}), ("finish", {"work_done": "好"})
    )
    assert story(work.desk, matter_id).line.is_unreported(work.desk.duty)
    with pytest.raises(Refusal) as refused:
        take_step(work.desk, work.clerk, matter_id, revision, *FOLLOWED)
    assert (refused.value.clause, refused.value.message.key) == (
        "9.6",
        "matters.major_report_wanted",
    )
    top = top_rung(work.desk.duty)
    revision = ask(work.desk, work.clerk, matter_id, revision, "是否停梯", rung=top)
    answer_above(work.desk, director, matter_id, revision, "停梯检修")
    assert not story(work.desk, matter_id).line.is_unreported(work.desk.duty)
    walk(work.desk, work.clerk, matter_id, FOLLOWED)


def test_9_6_only_who_was_asked_or_stands_above_answers(work: AtWork) -> None:
    matter_id = complaint(work)
    with pytest.raises(Refusal, match=r"matters\.nobody_asked"):
        answer_above(work.desk, work.staff.supervisor.person, matter_id, 1, "同意")
    ask(work.desk, work.clerk, matter_id, 1, "可否")
    low = work.staff.other_clerk.person
    with pytest.raises(Refusal, match=r"matters\.answers_too_low"):
        answer_above(work.desk, low, matter_id, 2, "同意")
    with pytest.raises(Refusal, match=r"matters\.answers_too_low"):
        note_answer(work.desk, work.clerk, matter_id, 2, "同意", superior_id=low.id)


def test_9_6_the_next_rung_is_asked_by_itself_from_its_own_minute(
    work: AtWork, clock: MovingClock
) -> None:
    matter_id = complaint(work)
    asked = work.at()
    ask(work.desk, work.clerk, matter_id, 1, "可否")
    clock.advance(29 * MINUTE)
    assert settle_now(work.desk) == 0
    clock.advance(timedelta(hours=3))
    with work.desk.reading() as session:
        assert not is_settled(session, work.desk.duty, work.at())
    assert settle_now(work.desk) == 1
    assert settle_now(work.desk) == 0
    found = story(work.desk, matter_id)
    assert (found.events[-1].what, found.events[-1].at) == ("ask_next", asked + 30 * MINUTE)
    assert found.events[-1].person_name == ""
    assert found.line.asked_rung == top_rung(work.desk.duty)
    assert sum(found.levels.values(), timedelta()) == found.line.waited


def test_9_6_nothing_closes_while_somebody_above_was_asked(work: AtWork) -> None:
    matter_id = complaint(work)
    revision = walk(work.desk, work.clerk, matter_id, PROPOSED, ANSWERED)
    revision = ask(work.desk, work.clerk, matter_id, revision, "是否减免")
    with pytest.raises(Refusal, match=r"matters\.awaits_answer"):
        take_step(work.desk, work.clerk, matter_id, revision, *FOLLOWED)


def test_2_11_what_cannot_be_solved_goes_to_the_head_and_no_further(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    company = site(make_desk, clock, "company-24h", on_duty="clerk")
    matter_id = company.call(category=Category.HELP)
    ask(company.desk, company.writer, matter_id, 1, "机房进不去")
    answer_above(company.desk, company.people["department-head"], matter_id, 2, "联系备用钥匙")
    with pytest.raises(Refusal) as refused:
        ask(company.desk, company.writer, matter_id, 3, "还是进不去")
    assert (refused.value.clause, refused.value.message.key) == ("2.11", "matters.no_rung_above")


def test_2_4_an_emergency_has_a_timer_until_its_first_report(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    company = site(make_desk, clock, "company-24h", on_duty="clerk")
    matter_id = company.call(category=Category.HELP, is_emergency=True, result="已断电")
    line = story(company.desk, matter_id).line
    assert (line.form, line.due_for, line.left) == (Form.INCIDENT, "report", 5 * MINUTE)
    with pytest.raises(Refusal) as refused:
        take_step(
            company.desk, company.writer, matter_id, 1, "settle", {"result": "好", "answered": "好"}
        )
    assert refused.value.clause == "2.4"
    clock.advance(4 * MINUTE)
    ask(company.desk, company.writer, matter_id, 1, "机房冒烟，已断电")
    (report,) = (one for one in story(company.desk, matter_id).clocks if one.promise == "report")
    assert report.met_at == company.desk.now()
    assert not report.is_late(company.desk.now())


def test_1_6_an_incident_is_a_matter_with_owner_and_outcome(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    store = site(make_desk, clock, "store-weekly", on_duty="duty-manager")
    form = EventForm(
        form_id="f1", at=store.desk.now(), content="员工受伤", is_emergency=True, is_abnormal=True
    )
    matter_id = log_entry(store.desk, store.writer, form).matter_id or 0
    found = story(store.desk, matter_id)
    assert (found.line.form, found.line.kind) == (Form.INCIDENT, "incident")
    assert found.line.owner_id == store.writer.id
    revision = ask(store.desk, store.writer, matter_id, 1, "员工受伤送医")
    revision = answer_above(store.desk, store.people["manager"], matter_id, revision, "按工伤办理")
    take_step(store.desk, store.writer, matter_id, revision, "settle", {"result": "已送医"})
    assert story(store.desk, matter_id).result == "已送医"


def test_1_7_an_incident_that_a_supervisor_took_is_reported_to_the_duty_manager_before_it_closes(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    store = site(make_desk, clock, "store-weekly", on_duty="duty-supervisor")
    form = EventForm(form_id="f1", at=store.desk.now(), content="顾客争执", is_emergency=True)
    matter_id = log_entry(store.desk, store.writer, form).matter_id or 0
    with pytest.raises(Refusal) as refused:
        take_step(store.desk, store.writer, matter_id, 1, "settle", {"result": "已劝离"})
    assert refused.value.clause == "1.7"
    ask(store.desk, store.writer, matter_id, 1, "已劝离双方", rung=2)
    answer_above(store.desk, store.people["duty-manager"], matter_id, 2, "知悉")
    take_step(store.desk, store.writer, matter_id, 3, "settle", {"result": "已劝离"})


def test_1_11_what_needs_a_decision_from_above_is_not_closed_alone(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    store = site(make_desk, clock, "store-weekly", on_duty="staff")
    matter_id = store.call(category=Category.COMPLAINT)
    given = {"result": "退款", "answered": "已告知"}
    with pytest.raises(Refusal) as refused:
        take_step(store.desk, store.writer, matter_id, 1, "close", given)
    assert (refused.value.clause, refused.value.message.key) == ("1.11", "matters.decision_wanted")
    revision = ask(store.desk, store.writer, matter_id, 1, "可否退款")
    revision = answer_above(
        store.desk, store.people["duty-supervisor"], matter_id, revision, "请示经理"
    )
    with pytest.raises(Refusal, match=r"matters\.decision_wanted"):
        take_step(store.desk, store.writer, matter_id, revision, "close", given)
    revision = ask(store.desk, store.writer, matter_id, revision, "可否退款")
    revision = answer_above(store.desk, store.people["duty-manager"], matter_id, revision, "同意")
    take_step(store.desk, store.writer, matter_id, revision, "close", given)


def test_a_matter_made_major_later_waits_for_the_director_too(work: AtWork) -> None:
    matter_id = complaint(work)
    set_importance(work.desk, work.clerk, matter_id, 1, Importance.MAJOR)
    assert story(work.desk, matter_id).line.is_unreported(work.desk.duty)


def test_2_4_an_emergency_stays_one_until_it_was_reported(work: AtWork) -> None:
    matter_id = repair(work, is_emergency=True)
    desk, clerk = work.desk, work.clerk
    with pytest.raises(Refusal, match=r"matters\.emergency_report_wanted"):
        set_importance(desk, clerk, matter_id, 1, Importance.NORMAL, is_urgent=False)
    with pytest.raises(Refusal, match=r"matters\.emergency_report_wanted"):
        take_step(desk, clerk, matter_id, 1, "note", {"urgency": "minor"})
    revision = ask(desk, clerk, matter_id, 1, "地下室进水，请示")
    take_step(desk, clerk, matter_id, revision, "note", {"urgency": "minor"})


def test_9_6_nobody_makes_less_of_a_matter_whose_role_was_taken_from_them(
    work: AtWork,
) -> None:
    desk, supervisor = work.desk, work.staff.supervisor
    matter_id = repair(work, OpenMatter(importance=Importance.IMPORTANT))
    second = hire(desk, "1009", "何主管", "supervisor", by=supervisor)
    sign_on(desk, second)
    form = PersonForm(
        staff_no="1009",
        name="何主管",
        roles=frozenset({"clerk"}),
        started_on=second.person.started_on,
    )
    change_person(desk, second.person.id, form, by_id=supervisor.person.id)
    with pytest.raises(Refusal, match=r"people\.no_right"):
        set_importance(desk, second.person, matter_id, 1, Importance.NORMAL, words="不要紧")


def test_9_6_what_the_desk_notes_of_a_telephone_call_is_no_decision_until_it_is_confirmed(
    work: AtWork,
) -> None:
    desk, clerk = work.desk, work.clerk
    director = hire(desk, "0001", "高主任", "director", by=work.staff.supervisor).person
    matter_id = repair(work, OpenMatter(importance=Importance.MAJOR))
    top = top_rung(desk.duty)
    revision = walk(desk, clerk, matter_id, ("accept", {}), ("finish", {"work_done": "好"}))
    revision = ask(desk, clerk, matter_id, revision, "是否停梯", rung=top)
    revision = note_answer(desk, clerk, matter_id, revision, "停梯检修", superior_id=director.id)
    line = story(desk, matter_id).line
    assert (line.told_by, line.told_rung, line.decided_rung) == ("高主任", top, None)
    assert not line.is_unreported(desk.duty), "it may be handed over"
    with pytest.raises(Refusal) as refused:
        take_step(desk, clerk, matter_id, revision, *FOLLOWED)
    assert (refused.value.clause, refused.value.message.key) == (
        "9.6",
        "matters.awaits_confirmation",
    )
    for other in (clerk, work.staff.supervisor.person):
        with pytest.raises(Refusal, match=r"matters\.confirms_own"):
            confirm_answer(desk, proof_of(desk, other), matter_id, revision, is_right=True)
    confirm_answer(desk, proof_of(desk, director), matter_id, revision, is_right=True)
    line = story(desk, matter_id).line
    assert (line.told_by, line.told_rung, line.decided_rung) == ("", None, top)
    walk(desk, clerk, matter_id, FOLLOWED)
    assert verify(desk.store.path).is_good


def test_9_6_what_was_never_said_is_denied_and_asked_once_more(
    work: AtWork, clock: MovingClock
) -> None:
    desk, clerk, chief = work.desk, work.clerk, work.staff.supervisor.person
    matter_id = complaint(work)
    revision = ask(desk, clerk, matter_id, 1, "可否减免")
    revision = note_answer(desk, clerk, matter_id, revision, "同意全免", superior_id=chief.id)
    clock.advance(10 * MINUTE)
    proof = proof_of(desk, chief)
    with pytest.raises(Refusal, match=r"matters\.words_wanted"):
        confirm_answer(desk, proof, matter_id, revision, is_right=False)
    confirm_answer(desk, proof, matter_id, revision, is_right=False, words="只同意减半")
    found = story(desk, matter_id)
    assert (found.line.asked_rung, found.line.told_by, found.line.decided_rung) == (
        rung_of(chief.roles, desk.duty),
        "",
        None,
    )
    (due,) = (one for one in found.clocks if one.promise == "answer" and one.met_at is None)
    assert due.due_at == desk.now() + 30 * MINUTE, "their time to answer begins anew"
    assert found.events[-1].what == "answer_denied"


def test_9_6_nobody_notes_an_answer_of_their_own_without_their_pin(work: AtWork) -> None:
    chief = work.staff.supervisor
    sign_on(work.desk, chief)
    matter_id = complaint(work)
    ask(work.desk, work.clerk, matter_id, 1, "可否减免")
    with pytest.raises(Refusal, match=r"matters\.answer_pin_wanted"):
        note_answer(work.desk, chief.person, matter_id, 2, "可以", superior_id=chief.person.id)


def test_9_6_whoever_answered_by_telephone_finds_it_waiting_on_the_live_shift(
    work: AtWork, clock: MovingClock
) -> None:
    desk, chief = work.desk, work.staff.supervisor.person
    matter_id = complaint(work)
    clock.advance(MINUTE)
    ask(desk, work.clerk, matter_id, 1, "可否减免")
    note_answer(desk, work.clerk, matter_id, 2, "可以", superior_id=chief.id)
    clock.advance(5 * MINUTE)
    (waits,) = (one for one in awaited_now(desk) if one.kind == "told")
    assert waits.due_at == desk.now() - 5 * MINUTE, "since it was noted"
    assert (waits.id, waits.clause, waits.what.key) == (matter_id, "9.6", "handover.awaits_told")
    confirm_answer(desk, proof_of(desk, chief), matter_id, 3, is_right=True)
    assert not [one for one in awaited_now(desk) if one.kind == "told"]


def awaited_now(desk: Desk) -> tuple[Awaited, ...]:
    with desk.reading() as session:
        return awaited(session, desk, (), desk.now())
