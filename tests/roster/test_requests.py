"""Requests: asked, agreed, approved or refused, applied; what is too late; who cannot come."""

from datetime import date, time, timedelta

import pytest

from desk_console.foundation.clock import MovingClock
from desk_console.foundation.refusal import Refusal
from desk_console.people.acts import add_qualification
from desk_console.people.pins import Proof
from desk_console.people.records import PersonRole, QualificationForm
from desk_console.roster.asking import answer, ask_leave, ask_swap, wish, withdraw
from desk_console.roster.asking_overtime import ask_overtime
from desk_console.roster.changes import cell_of, change, in_force
from desk_console.roster.checked import checked_month
from desk_console.roster.covering import candidates
from desk_console.roster.deciding import approve, refuse_request, take_in
from desk_console.roster.news import acknowledge, news_for
from desk_console.roster.problem import Assignment
from desk_console.roster.records import RequestState
from desk_console.roster.request_views import overtime_minutes, waiting
from desk_console.shift.arrivals import sign_on
from tests.conftest import DeskMaker
from tests.roster.april import DAY, April, april
from tests.roster.drafting_desk import proven, published, whose
from tests.staff import Shown, hire, qualify


@pytest.fixture
def office(make_desk: DeskMaker) -> April:
    return april(make_desk("management-office"))


def leave(office: April, who: Proof, day: date = DAY, last: date | None = None) -> int:
    return ask_leave(office.desk, who, f"leave-{day}", day, last or day, reason="家中有事")


def test_9_8_leave_takes_effect_when_it_is_approved_with_a_cover(office: April) -> None:
    who = office.on(DAY)
    asked = leave(office, who)
    assert whose(office.desk, DAY, "early") == [who.person.id]
    with pytest.raises(Refusal) as refused:
        approve(office.desk, office.boss, asked, office.revision(asked))
    assert refused.value.clause == "9.8"
    assert refused.value.message.key == "roster.leave_uncovered"
    covers = office.covers(asked)
    approve(office.desk, office.boss, asked, office.revision(asked), covers=covers)
    assert whose(office.desk, DAY, "early") == list(covers.values())
    assert office.state(asked) is RequestState.APPLIED
    assert office.is_sound()


def test_9_8_a_cover_who_cannot_take_it_is_refused(office: April) -> None:
    who = office.on(DAY)
    asked = leave(office, who)
    other = office.on(DAY, "late")
    with pytest.raises(Refusal) as refused:
        approve(
            office.desk,
            office.boss,
            asked,
            office.revision(asked),
            covers={office.duty(who, DAY): other.person.id},
        )
    assert refused.value.message.key in ("roster.breach_reason_wanted", "roster.change_refused")
    assert whose(office.desk, DAY, "early") == [who.person.id]


@pytest.mark.parametrize(
    ("regulation", "clause"),
    [
        ("management-office", "9.8"),
        ("company-24h", "2.6"),
        ("cs-monthly", "3.3"),
        ("courier", "7.3"),
    ],
)
def test_2_6_3_3_7_3_after_the_duty_began_only_the_supervisor_can_act(
    make_desk: DeskMaker, clock: MovingClock, regulation: str, clause: str
) -> None:
    office = april(make_desk(regulation))
    plan = office.desk.duty.shifts[0].code
    who = office.on(DAY, plan)
    begins = office.desk.duty.shifts[0].start
    asked = leave(office, who)
    clock.move_to(
        clock.now().replace(year=2026, month=4, day=6, hour=begins.hour - 8, minute=begins.minute)
    )
    with pytest.raises(Refusal) as refused:
        ask_leave(office.desk, who, "too-late", DAY, DAY, reason="不舒服")
    assert refused.value.clause == clause
    assert refused.value.message.key == "roster.asked_too_late"
    with pytest.raises(Refusal):
        approve(
            office.desk, office.boss, asked, office.revision(asked), covers=office.covers(asked)
        )


@pytest.mark.parametrize(
    ("regulation", "clause"),
    [("management-office", "9.8"), ("company-24h", "2.7"), ("cs-monthly", "3.5")],
)
def test_2_7_3_5_9_8_a_swap_has_no_effect_until_the_partner_agrees_and_it_is_approved(
    make_desk: DeskMaker, regulation: str, clause: str
) -> None:
    office = april(make_desk(regulation))
    plan = office.desk.duty.shifts[0].code
    who, partner = office.on(DAY, plan), office.free(DAY)
    asked = ask_swap(
        office.desk, who, "swap-1", office.duty(who, DAY, plan), partner.person.id, reason="有事"
    )
    with pytest.raises(Refusal) as refused:
        approve(office.desk, office.boss, asked, office.revision(asked))
    assert refused.value.clause == clause
    with pytest.raises(Refusal):
        answer(office.desk, who, asked, office.revision(asked), agrees=True)
    answer(office.desk, partner, asked, office.revision(asked), agrees=True)
    assert whose(office.desk, DAY, plan) == [who.person.id]
    approve(office.desk, office.boss, asked, office.revision(asked), words="同意")
    assert whose(office.desk, DAY, plan) == [partner.person.id]


def test_9_8_two_on_one_day_exchange_their_shifts(office: April) -> None:
    early, late = office.on(DAY), office.on(DAY, "late")
    asked = ask_swap(
        office.desk,
        early,
        "swap-2",
        office.duty(early, DAY),
        late.person.id,
        other_duty_id=office.duty(late, DAY, "late"),
        reason="看病",
    )
    answer(office.desk, late, asked, office.revision(asked), agrees=True)
    approve(office.desk, office.boss, asked, office.revision(asked), words="同意")
    assert whose(office.desk, DAY, "early") == [late.person.id]
    assert whose(office.desk, DAY, "late") == [early.person.id]


def test_a_declined_a_refused_and_a_withdrawn_request_are_settled(office: April) -> None:
    who, partner = office.on(DAY), office.free(DAY)
    swap = ask_swap(office.desk, who, "s", office.duty(who, DAY), partner.person.id, reason="有事")
    answer(office.desk, partner, swap, office.revision(swap), agrees=False)
    refused_leave = leave(office, who)
    with pytest.raises(Refusal):
        refuse_request(
            office.desk, office.boss, refused_leave, office.revision(refused_leave), reason=" "
        )
    refuse_request(
        office.desk, office.boss, refused_leave, office.revision(refused_leave), reason="人手不够"
    )
    taken_back = leave(office, who, DAY + timedelta(days=9))
    withdraw(office.desk, who, taken_back, office.revision(taken_back))
    for one in (swap, refused_leave, taken_back):
        with pytest.raises(Refusal) as refused:
            approve(office.desk, office.boss, one, office.revision(one))
        assert refused.value.message.key == "roster.request_settled"
    with office.desk.reading() as session:
        assert waiting(session) == ()


def test_a_request_approved_twice_is_applied_once(office: April) -> None:
    who = office.on(DAY)
    asked = leave(office, who)
    seen, covers = office.revision(asked), office.covers(asked)
    approve(office.desk, office.boss, asked, seen, covers=covers)
    with pytest.raises(Refusal) as refused:
        approve(office.desk, office.boss, asked, seen, covers=covers)
    assert refused.value.message.key == "roster.request_changed"


def test_a_form_sent_again_after_a_kill_asks_once(office: April) -> None:
    who = office.on(DAY)
    assert leave(office, who) == leave(office, who)


def test_4_3_nobody_approves_their_own_and_overtime_is_asked_beforehand(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    desk = make_desk("cs-department")
    office = april(desk, people=3)
    boss = office.boss
    own = ask_overtime(desk, boss, "own", DAY, 60, reason="月末", begins=time(9))
    with pytest.raises(Refusal) as refused:
        approve(desk, boss, own, office.revision(own))
    assert refused.value.clause == "4.3"
    assert refused.value.message.key == "roster.own_request"
    who = office.on(DAY, "office")
    asked = ask_overtime(desk, who, "ot", DAY, 90, reason="月末对账")
    approve(desk, boss, asked, office.revision(asked))
    with desk.reading() as session:
        ends = clock.now().replace(month=4, day=6, hour=10, minute=0)
        assert overtime_minutes(session, who.person.id, DAY, before=ends) == 90
    clock.move_to(clock.now().replace(month=4, day=6, hour=10, minute=1))
    with pytest.raises(Refusal) as refused:
        ask_overtime(desk, who, "late", DAY, 60, reason="没做完")
    assert refused.value.clause == "4.3"


def test_4_3_overtime_without_a_duty_is_not_approved_once_its_day_is_over(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    office = april(make_desk("cs-department"), people=3)
    who = office.clerks[next(iter(office.clerks))]
    saturday = date(2026, 4, 11)
    asked = ask_overtime(office.desk, who, "sat", saturday, 240, reason="盘点", begins=time(18))
    clock.move_to(clock.now().replace(month=4, day=12, hour=1))
    with pytest.raises(Refusal) as refused:
        approve(office.desk, office.boss, asked, office.revision(asked))
    assert (refused.value.message.key, refused.value.clause) == ("roster.overtime_over", "4.3")
    assert office.state(asked) is RequestState.ASKED


def test_4_3_what_is_approved_after_the_shift_does_not_count_as_approved_for_it(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    office = april(make_desk("cs-department"), people=3)
    who = office.clerks[next(iter(office.clerks))]
    saturday = date(2026, 4, 11)
    asked = ask_overtime(office.desk, who, "sat", saturday, 240, reason="盘点", begins=time(18))
    clock.move_to(clock.now().replace(month=4, day=11, hour=12))
    approve(office.desk, office.boss, asked, office.revision(asked))
    for hours, counted in ((-1, 0), (0, 240)):
        with office.desk.reading() as session:
            ends = clock.now() + timedelta(hours=hours)
            found = overtime_minutes(session, who.person.id, saturday, before=ends)
        assert found == counted


def test_leave_before_the_month_is_published_keeps_the_day_free_of_duty(
    office: April,
) -> None:
    who = next(iter(office.clerks.values()))
    day = date(2026, 5, 4)
    asked = leave(office, who, day, day + timedelta(days=3))
    approve(office.desk, office.boss, asked, office.revision(asked))
    published(office.desk, office.boss, month=date(2026, 5, 1))
    for number in range(4):
        for plan in ("early", "late"):
            assert who.person.id not in whose(office.desk, day + timedelta(days=number), plan)


def test_who_cannot_come_is_replaced_by_the_supervisor_also_after_the_duty_began(
    office: April, clock: MovingClock
) -> None:
    who = office.on(DAY)
    duty = office.duty(who, DAY)
    clock.move_to(clock.now().replace(month=4, day=6, hour=1, minute=0))
    with office.desk.reading() as session:
        best = candidates(session, office.desk, duty)[0].person
    with pytest.raises(Refusal):
        take_in(office.desk, office.boss, duty, best.id, reason="")
    take_in(office.desk, office.boss, duty, best.id, reason="发烧")
    assert whose(office.desk, DAY, "early") == [best.id]
    with office.desk.reading() as session:
        assert {len(news_for(session, one)) for one in (who.person.id, best.id)} == {2}


def test_9_8_who_makes_the_roster_does_not_replace_themselves(office: April) -> None:
    who = office.on(DAY)
    duty = office.duty(who, DAY)
    with office.desk.transaction() as work:
        work.session.add(PersonRole(person_id=who.person.id, role="supervisor"))
    with pytest.raises(Refusal) as refused:
        take_in(office.desk, who, duty, office.on(DAY, "late").person.id, reason="不想来")
    assert (refused.value.message.key, refused.value.clause) == ("roster.own_duty", "9.8")


def test_candidates_name_what_stands_against_each(office: April) -> None:
    who, late = office.on(DAY), office.on(DAY, "late")
    with office.desk.reading() as session:
        found = candidates(session, office.desk, office.duty(who, DAY))
    assert len(found) == 5
    assert found[0].against == ()
    busy = next(one for one in found if one.person.id == late.person.id)
    assert [one.what.key for one in busy.against] == ["roster.breach_twice_a_day"]


def test_9_8_who_is_on_the_shift_already_is_no_cover_for_it(office: April) -> None:
    who, beside = office.on(DAY), office.free(DAY).person
    with office.desk.transaction() as work:
        rows = in_force(work, DAY, DAY)
        both = {*map(cell_of, rows), Assignment(DAY, "early", "desk", beside.id)}
        change(work, rows, frozenset(both), cause="")
    with office.desk.reading() as session:
        found = candidates(session, office.desk, office.duty(who, DAY))
    assert beside.id not in {one.person.id for one in found}
    assert len(found) == 4


def test_each_person_takes_note_of_what_changed_for_them(office: April) -> None:
    who = office.on(DAY)
    with office.desk.reading() as session:
        told = news_for(session, who.person.id)
    assert DAY in {cell.day for cell in told[0].added}
    other = office.free(DAY)
    with pytest.raises(Refusal):
        acknowledge(office.desk, other.person.id, [told[0].id])
    acknowledge(office.desk, who.person.id, [told[0].id])
    with office.desk.reading() as session:
        assert news_for(session, who.person.id) == ()


def test_a_wish_is_weighed_and_can_be_taken_back(office: April) -> None:
    who = next(iter(office.clerks))
    day = date(2026, 5, 4)
    wish(office.desk, who, day, "")
    with office.desk.reading() as session:
        assert checked_month(session, office.desk, day).problem.wishes[0].person == who
    wish(office.desk, who, day, None)
    with office.desk.reading() as session:
        assert checked_month(session, office.desk, day).problem.wishes == ()


def test_a_clerk_decides_nothing(office: April) -> None:
    who, other = office.on(DAY), office.free(DAY)
    asked = leave(office, who)
    with pytest.raises(Refusal):
        approve(office.desk, other, asked, office.revision(asked), covers=office.covers(asked))
    assert office.state(asked) is RequestState.ASKED


def test_4_3_overtime_of_a_shift_that_a_swap_took_away_is_not_approved(
    make_desk: DeskMaker,
) -> None:
    office = april(make_desk("cs-department"), people=3)
    who = office.on(DAY, "office")
    partner = office.free(DAY)
    asked = ask_overtime(office.desk, who, "ot", DAY, 90, reason="月末对账")
    swap = ask_swap(
        office.desk, who, "s", office.duty(who, DAY, "office"), partner.person.id, reason="有事"
    )
    answer(office.desk, partner, swap, office.revision(swap), agrees=True)
    approve(office.desk, office.boss, swap, office.revision(swap), words="同意")
    with pytest.raises(Refusal) as refused:
        approve(office.desk, office.boss, asked, office.revision(asked))
    assert (refused.value.message.key, refused.value.clause) == (
        "roster.overtime_shift_gone",
        "4.3",
    )
    assert office.state(asked) is RequestState.ASKED


def test_9_8_leave_is_not_granted_once_its_days_are_over(office: April, clock: MovingClock) -> None:
    who = office.free(DAY)
    asked = leave(office, who)
    clock.move_to(clock.now().replace(month=4, day=7, hour=1))
    with pytest.raises(Refusal) as refused:
        approve(office.desk, office.boss, asked, office.revision(asked))
    assert (refused.value.message.key, refused.value.clause) == ("roster.leave_over", "9.8")
    assert office.state(asked) is RequestState.ASKED


def test_4_3_overtime_without_a_duty_is_asked_and_approved_before_it_is_worked(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    office = april(make_desk("cs-department"), people=3)
    desk, boss = office.desk, office.boss
    day = date(2026, 4, 13)
    shown = hire(desk, "2999", "沈一鸣", "clerk", by=Shown(boss.person))
    qualify(desk, shown, Shown(boss.person))
    onboarding = QualificationForm(code="onboarding", title="培训", valid_from=date(2025, 2, 10))
    add_qualification(desk, shown.person.id, onboarding, by_id=boss.person.id)
    helper = proven(desk, shown)
    asked = ask_overtime(desk, helper, "early", day, 240, reason="盘点", begins=time(14))
    clock.move_to(clock.now().replace(month=4, day=13, hour=2))
    sign_on(desk, helper)
    with pytest.raises(Refusal) as refused:
        approve(desk, boss, asked, office.revision(asked))
    assert (refused.value.message.key, refused.value.clause) == ("roster.overtime_begun", "4.3")
    with pytest.raises(Refusal) as refused:
        ask_overtime(desk, helper, "late", day, 60, reason="没做完")
    assert (refused.value.message.key, refused.value.clause) == ("roster.overtime_begun", "4.3")
    assert office.state(asked) is RequestState.ASKED
