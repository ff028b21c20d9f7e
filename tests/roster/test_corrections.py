"""What is published changes only by approved request or the supervisor's act, with its reason."""

from datetime import date, timedelta

import pytest

from desk_console.foundation.clock import MovingClock
from desk_console.foundation.refusal import Refusal
from desk_console.people.pins import Proof
from desk_console.people.records import PersonRole
from desk_console.people.views import signatures
from desk_console.roster.absence import Absence, mend
from desk_console.roster.asking import answer, ask_swap
from desk_console.roster.deciding import approve, take_in
from desk_console.roster.drafts import Edited, begin_draft, give, place
from desk_console.roster.problem import Assignment, Place
from desk_console.roster.publication import Published, publish
from desk_console.roster.records import DraftMethod
from desk_console.roster.views import versions
from tests.conftest import DeskMaker
from tests.roster.april import DAY, April, april
from tests.roster.drafting_desk import APRIL, hire_many, proven, published, whose
from tests.staff import Shown, hire


@pytest.fixture
def office(make_desk: DeskMaker) -> April:
    return april(make_desk("management-office"))


def changed(office: April, to: Proof, *, by: Proof | None = None) -> Edited:
    """A draft from the published, with the early shift of the day given to somebody else."""
    maker = (by or office.boss).person.id
    draft = begin_draft(office.desk, maker, *APRIL, DraftMethod.PUBLISHED)
    cell = Assignment(DAY, "early", "desk", to.person.id)
    return place(office.desk, maker, draft.draft_id, draft.revision, cell)


def republished(office: April, draft: Edited, by: Proof, why: str = "") -> Published:
    return publish(office.desk, by, draft.draft_id, draft.revision, change_reason=why)


def with_role(office: April, who: Proof, role: str) -> Proof:
    with office.desk.transaction() as work:
        work.session.add(PersonRole(person_id=who.person.id, role=role))
    return who


def test_9_1_what_is_published_already_is_not_published_once_more(office: April) -> None:
    desk, boss = office.desk, office.boss
    draft = begin_draft(desk, boss.person.id, *APRIL, DraftMethod.PUBLISHED)
    with pytest.raises(Refusal) as refused:
        republished(office, draft, boss, "核对过了")
    assert (refused.value.message.key, refused.value.clause) == ("roster.nothing_changed", "9.1")
    with desk.reading() as session:
        assert len(versions(session, *APRIL)) == 1


@pytest.mark.parametrize(
    ("regulation", "plan", "clause"),
    [("management-office", "early", "9.8"), ("company-24h", "morning", "2.6")],
)
def test_9_8_2_6_a_change_of_what_is_published_asks_the_reason_which_stays(
    make_desk: DeskMaker, regulation: str, plan: str, clause: str
) -> None:
    office = april(make_desk(regulation))
    desk, boss = office.desk, office.boss
    before = whose(desk, DAY, plan)
    other = next(one for one in office.clerks if one not in before)
    draft = begin_draft(desk, boss.person.id, *APRIL, DraftMethod.PUBLISHED)
    draft = give(
        desk, boss.person.id, draft.draft_id, draft.revision, other, DAY, shift=Place(plan, "desk")
    )
    for said in ("", "  "):
        with pytest.raises(Refusal) as refused:
            publish(
                desk,
                boss,
                draft.draft_id,
                draft.revision,
                breach_reason="两人商量好的",
                change_reason=said,
            )
        assert refused.value.message.key == "roster.change_reason_wanted"
        assert refused.value.clause == clause
    assert whose(desk, DAY, plan) == before
    done = publish(
        desk,
        boss,
        draft.draft_id,
        draft.revision,
        breach_reason="两人商量好的",
        change_reason="培训调课",
    )
    assert whose(desk, DAY, plan) == [other]
    with desk.reading() as session:
        assert versions(session, *APRIL)[0].change_reason == "培训调课"
        assert signatures(session, f"roster:{done.roster_id}")[0].meaning == "publish"


def test_9_8_who_draws_the_roster_up_does_not_change_it_once_it_is_published(
    office: April,
) -> None:
    who, other = office.on(DAY), office.free(DAY)
    lead = proven(
        office.desk, hire(office.desk, "1005", "何领班", "lead", by=Shown(office.boss.person))
    )
    published(office.desk, lead, month=date(2026, 5, 1))  # 9.1: the lead's to draw up.
    draft = changed(office, other, by=lead)
    with pytest.raises(Refusal) as refused:
        republished(office, draft, lead, "换一下")
    assert (refused.value.message.key, refused.value.clause) == ("people.no_right", "9.8")
    with pytest.raises(Refusal) as refused:
        take_in(office.desk, lead, office.duty(who, DAY), other.person.id, reason="发烧")
    assert (refused.value.message.key, refused.value.clause) == ("people.no_right", "9.8")
    with pytest.raises(Refusal) as refused:
        mend(
            office.desk,
            lead,
            "form",
            Absence(who.person.id, DAY, DAY),
            added=frozenset({Assignment(DAY, "early", "desk", other.person.id)}),
            removed=frozenset({Assignment(DAY, "early", "desk", who.person.id)}),
            reason="发烧",
        )
    assert (refused.value.message.key, refused.value.clause) == ("people.no_right", "9.8")
    assert whose(office.desk, DAY, "early") == [who.person.id]


def test_9_8_nobody_takes_a_duty_of_their_own_off_the_published_roster(office: April) -> None:
    other = office.free(DAY)
    who = with_role(office, office.on(DAY), "supervisor")
    draft = changed(office, other)
    with pytest.raises(Refusal) as refused:
        republished(office, draft, who, "不想来")
    assert (refused.value.message.key, refused.value.clause) == ("roster.own_duty", "9.8")
    assert whose(office.desk, DAY, "early") == [who.person.id]
    republished(office, draft, office.boss, "家中有事")
    assert whose(office.desk, DAY, "early") == [other.person.id]


def test_9_8_nobody_gives_a_duty_of_their_own_away_while_they_mend_another_s_absence(
    office: April,
) -> None:
    ill, other = office.on(DAY), office.free(DAY)
    supervisor = with_role(office, office.on(DAY, "late"), "supervisor")
    with pytest.raises(Refusal) as refused:
        mend(
            office.desk,
            supervisor,
            "form",
            Absence(ill.person.id, DAY, DAY),
            added=frozenset(
                {
                    Assignment(DAY, "early", "desk", supervisor.person.id),
                    Assignment(DAY, "late", "desk", other.person.id),
                }
            ),
            removed=frozenset(
                {
                    Assignment(DAY, "early", "desk", ill.person.id),
                    Assignment(DAY, "late", "desk", supervisor.person.id),
                }
            ),
            reason="发烧",
        )
    assert refused.value.message.key == "roster.own_duty"


def test_9_8_a_draft_that_was_begun_before_does_not_undo_an_approved_swap(
    office: April, clock: MovingClock
) -> None:
    who, other = office.on(DAY), office.free(DAY)
    third = next(
        one for one in office.clerks.values() if one.person.id not in (who.person.id,
        other.person.id) and one.person.id not in whose(office.desk, DAY + timedelta(9), "early")
    )  # fmt: skip
    draft = begin_draft(office.desk, office.boss.person.id, *APRIL, DraftMethod.PUBLISHED)
    clock.advance(timedelta(minutes=5))
    asked = ask_swap(office.desk, who, "s", office.duty(who, DAY), other.person.id, reason="看病")
    answer(office.desk, other, asked, office.revision(asked), agrees=True)
    approve(office.desk, office.boss, asked, office.revision(asked), words="同意")
    cell = Assignment(DAY + timedelta(9), "early", "desk", third.person.id)
    draft = place(office.desk, office.boss.person.id, draft.draft_id, draft.revision, cell)
    with pytest.raises(Refusal) as refused:
        republished(office, draft, office.boss, "调整")
    assert (refused.value.message.key, refused.value.clause) == ("roster.would_undo", "9.8")
    assert whose(office.desk, DAY, "early") == [other.person.id]
    follows = Assignment(DAY, "early", "desk", other.person.id)
    draft = place(office.desk, office.boss.person.id, draft.draft_id, draft.revision, follows)
    publish(
        office.desk,
        office.boss,
        draft.draft_id,
        draft.revision,
        change_reason="调整",
        breach_reason="本人要求",
    )
    assert whose(office.desk, DAY, "early") == [other.person.id]
    assert whose(office.desk, DAY + timedelta(9), "early") == [third.person.id]


def test_2_5_dates_that_were_never_published_are_late_whatever_stands_before_them(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    desk = make_desk("company-24h")
    boss = hire(desk, "1001", "周静怡", "department-head")
    hire_many(desk, boss, "clerk", 6, first_no=2000)
    by, week = proven(desk, boss), (APRIL[0], APRIL[0] + timedelta(days=6))
    draft = begin_draft(desk, by.person.id, *week, DraftMethod.ROTATION)
    assert not publish(desk, by, draft.draft_id, draft.revision).is_late
    clock.advance(timedelta(days=36))  # 7 April: the rest was to be published by the 1st.
    draft = begin_draft(desk, by.person.id, *APRIL, DraftMethod.ROTATION)
    with pytest.raises(Refusal) as refused:
        publish(desk, by, draft.draft_id, draft.revision, change_reason="接着排")
    assert refused.value.message.key == "roster.late_reason_wanted"
    assert refused.value.message.values["day"] == date(2026, 4, 1)
    assert refused.value.clause == "2.5"
    done = publish(
        desk, by, draft.draft_id, draft.revision, change_reason="接着排", late_reason="病假"
    )
    assert done.is_late
