"""Publishing: what a clause forbids, lateness, reasons, who is told, two who publish at once."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from desk_console.foundation.clock import MovingClock
from desk_console.foundation.outbox import OutgoingMail
from desk_console.foundation.refusal import Refusal
from desk_console.people.acts import add_person, retire_person
from desk_console.people.records import Person, PersonForm
from desk_console.people.views import signatures
from desk_console.roster.checked import checked_month
from desk_console.roster.drafts import begin_draft, clear, place
from desk_console.roster.problem import Assignment
from desk_console.roster.publication import publish
from desk_console.roster.records import DraftMethod, RosterNews
from desk_console.roster.sheet import month_of
from desk_console.roster.views import open_draft, versions
from desk_console.rulebook.desk import Desk
from tests.conftest import DeskMaker
from tests.roster.drafting_desk import APRIL, drafted, hire_many, look, proven, published, whose
from tests.staff import BEGAN, Shown, Staff, hire

DAY = date(2026, 4, 6)

ROLES = {
    "store-weekly": (("duty-manager", 4), ("duty-supervisor", 4), ("staff", 8)),
    "company-24h": (("clerk", 6),),
    "cs-monthly": (("clerk", 3),),
    "cs-department": (("clerk", 3),),
    "cs-staff": (("clerk", 2),),
    "property-24h": (("clerk", 3), ("maintenance", 4)),
    "property-24h-classic": (("clerk", 3), ("maintenance", 4)),
    "courier": (("clerk", 4),),
    "management-office": (("clerk", 4),),
}


def boss_of(desk: Desk) -> Shown:
    return hire(desk, "1001", "周静怡", "manager")


@pytest.fixture
def crew(desk: Desk, staff: Staff) -> list[Shown]:
    """Two clerks and two night men more: enough for a month within the rules."""
    return [
        *hire_many(desk, staff.supervisor, "clerk", 2, first_no=2101),
        *hire_many(desk, staff.supervisor, "maintenance", 2, first_no=3101),
    ]


@pytest.mark.parametrize("regulation", sorted(ROLES))
def test_each_preset_drafts_and_publishes_a_month(make_desk: DeskMaker, regulation: str) -> None:
    desk = make_desk(regulation)
    boss = boss_of(desk)
    for number, (role, count) in enumerate(ROLES[regulation]):
        hire_many(desk, boss, role, count, first_no=2000 + number * 100)
    found = published(desk, proven(desk, boss))
    with desk.reading() as session:
        checked = checked_month(session, desk, DAY)
    assert checked.report.breaches == ()
    assert checked.month.is_published
    assert not found.is_late


@pytest.mark.parametrize(
    ("regulation", "clause"),
    [("property-24h", "6.1"), ("company-24h", "2.1"), ("store-weekly", "1.1")],
)
def test_2_1_6_1_1_1_a_gap_is_not_published(
    make_desk: DeskMaker, regulation: str, clause: str
) -> None:
    desk = make_desk(regulation)
    boss = boss_of(desk)
    for number, (role, count) in enumerate(ROLES[regulation]):
        hire_many(desk, boss, role, count, first_no=2000 + number * 100)
    draft = drafted(desk, boss)
    gone = min(look(desk, draft).cells)
    draft = clear(desk, boss.person.id, draft.draft_id, draft.revision, gone)
    with pytest.raises(Refusal) as refused:
        publish(desk, proven(desk, boss), draft.draft_id, draft.revision, breach_reason="人手不够")
    assert refused.value.clause == clause
    assert refused.value.message.key == "roster.publish_refused"


def test_1_3_too_few_people_on_a_shift_are_not_published(make_desk: DeskMaker) -> None:
    desk = make_desk("store-weekly")
    boss = boss_of(desk)
    for number, (role, count) in enumerate(ROLES["store-weekly"]):
        hire_many(desk, boss, role, count, first_no=2000 + number * 100)
    draft = drafted(desk, boss)
    one = next(each for each in sorted(look(desk, draft).cells) if each.post == "staff")
    draft = clear(desk, boss.person.id, draft.draft_id, draft.revision, one)
    with pytest.raises(Refusal) as refused:
        publish(desk, proven(desk, boss), draft.draft_id, draft.revision)
    assert refused.value.clause == "1.3"


def test_2_3_somebody_without_a_telephone_is_not_published(make_desk: DeskMaker) -> None:
    desk = make_desk("company-24h")
    boss = boss_of(desk)
    hire_many(desk, boss, "clerk", 5, first_no=2000)
    form = PersonForm(
        staff_no="2900", name="没有电话", roles=frozenset({"clerk"}), started_on=BEGAN
    )
    mute = add_person(desk, form, by_id=boss.person.id)
    draft = drafted(desk, boss)
    assert mute.id not in {one.person for one in look(desk, draft).cells}
    first = min(look(desk, draft).cells)
    draft = place(
        desk, boss.person.id, draft.draft_id, draft.revision, first._replace(person=mute.id)
    )
    with pytest.raises(Refusal) as refused:
        publish(desk, proven(desk, boss), draft.draft_id, draft.revision)
    assert refused.value.clause == "2.3"


def test_6_2_somebody_without_the_role_is_not_published_whatever_the_reason(
    desk: Desk, staff: Staff, crew: list[Shown]
) -> None:
    draft = drafted(desk, staff.supervisor)
    by = staff.supervisor.person.id
    night = Assignment(DAY, "night", "desk", staff.clerk.person.id)
    draft = place(desk, by, draft.draft_id, draft.revision, night)
    with pytest.raises(Refusal) as refused:
        publish(
            desk,
            proven(desk, staff.supervisor),
            draft.draft_id,
            draft.revision,
            breach_reason="缺人",
        )
    assert refused.value.clause == "6.2"
    assert whose(desk, DAY, "night") == []


def test_9_1_only_the_roster_s_maker_and_those_in_charge_publish(
    desk: Desk, staff: Staff, crew: list[Shown]
) -> None:
    draft = drafted(desk, staff.supervisor)
    with pytest.raises(Refusal) as refused:
        publish(desk, proven(desk, staff.clerk), draft.draft_id, draft.revision)
    assert refused.value.clause == "9.1"
    assert whose(desk, DAY, "day") == []


def test_7_2_somebody_unqualified_is_not_published(make_desk: DeskMaker) -> None:
    desk = make_desk("courier")
    boss = boss_of(desk)
    hire_many(desk, boss, "clerk", 4, first_no=2000)
    new = hire(desk, "2900", "新来的", "clerk", by=boss)
    draft = drafted(desk, boss)
    first = min(look(desk, draft).cells)
    draft = place(
        desk, boss.person.id, draft.draft_id, draft.revision, first._replace(person=new.person.id)
    )
    with pytest.raises(Refusal) as refused:
        publish(desk, proven(desk, boss), draft.draft_id, draft.revision)
    assert refused.value.clause == "7.2"


def test_4_4_a_newcomer_is_not_published_alone(make_desk: DeskMaker) -> None:
    desk = make_desk("cs-department")
    boss = boss_of(desk)
    hire_many(desk, boss, "clerk", 3, first_no=2000)
    new = hire(desk, "2900", "新来的", "clerk", by=boss)
    draft = drafted(desk, boss)
    first = min(look(desk, draft).cells)
    beside = first._replace(person=new.person.id)
    with_new = place(desk, boss.person.id, draft.draft_id, draft.revision, beside, beside=True)
    assert look(desk, with_new).report.breaches == ()
    alone = clear(desk, boss.person.id, with_new.draft_id, with_new.revision, first)
    with pytest.raises(Refusal) as refused:
        publish(desk, proven(desk, boss), alone.draft_id, alone.revision)
    assert refused.value.clause == "4.4"


def test_2_5_late_publication_asks_the_reason_and_says_late_for_ever(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    desk = make_desk("company-24h")
    boss = boss_of(desk)
    hire_many(desk, boss, "clerk", 6, first_no=2000)
    by = proven(desk, boss)
    clock.advance(timedelta(days=24))  # 26 March: six days ahead of April
    with pytest.raises(Refusal) as refused:
        published(desk, by)
    assert refused.value.clause == "2.5"
    draft = drafted(desk, boss, month=date(2026, 5, 1))
    publish(desk, by, draft.draft_id, draft.revision)
    with desk.reading() as session:
        may = versions(session, *month_of(date(2026, 5, 1)))
        waiting = open_draft(session, APRIL[0])
    assert not may[0].is_late
    assert waiting is not None
    publish(desk, by, waiting.id or 0, waiting.revision, late_reason="两人同时请病假")
    with desk.reading() as session:
        april = versions(session, *APRIL)
    assert (april[0].is_late, april[0].late_reason) == (True, "两人同时请病假")


def test_9_1_the_month_s_end_is_in_time_and_the_day_after_is_late(
    desk: Desk, staff: Staff, crew: list[Shown], clock: MovingClock
) -> None:
    by = proven(desk, staff.supervisor)
    clock.advance(timedelta(days=29))  # 31 March
    assert not published(desk, by).is_late
    clock.advance(timedelta(days=31))  # 1 May
    with pytest.raises(Refusal) as refused:
        published(desk, by, month=date(2026, 5, 1))
    assert refused.value.clause == "9.1"


def test_a_rule_of_rest_is_set_aside_only_with_a_reason_that_stays(
    desk: Desk, staff: Staff, crew: list[Shown]
) -> None:
    draft = drafted(desk, staff.supervisor)
    clerk = staff.clerk.person.id
    for number in range(7):
        day = Assignment(DAY + timedelta(days=number), "day", "desk", clerk)
        draft = place(desk, staff.supervisor.person.id, draft.draft_id, draft.revision, day)
    by = proven(desk, staff.supervisor)
    with pytest.raises(Refusal) as refused:
        publish(desk, by, draft.draft_id, draft.revision)
    assert refused.value.message.key == "roster.breach_reason_wanted"
    publish(desk, by, draft.draft_id, draft.revision, breach_reason="本人要求连上")
    with desk.reading() as session:
        assert versions(session, *APRIL)[0].breach_reason == "本人要求连上"


def test_3_2_publication_mails_who_has_an_address_and_leaves_news_for_all(
    desk: Desk, staff: Staff, crew: list[Shown]
) -> None:
    found = published(desk, proven(desk, staff.supervisor))
    assert found.wants_noticeboard
    assert found.told.mailed == 4
    assert sorted(found.told.without_address) == ["孙建军", "李思敏", "王晓燕", "马志刚"]
    with desk.reading() as session:
        mails = session.exec(select(OutgoingMail)).all()
        news = session.exec(select(RosterNews)).all()
    assert {mail.about for mail in mails} == {f"roster:{found.roster_id}"}
    assert {one.person_id for one in news} == set(found.told.people)
    assert sum(len(one.added) for one in news) == 90


def test_a_publication_is_signed_by_its_publisher(
    desk: Desk, staff: Staff, crew: list[Shown]
) -> None:
    found = published(desk, proven(desk, staff.supervisor))
    with desk.reading() as session:
        signed = signatures(session, f"roster:{found.roster_id}")
    assert [(one.person_id, one.meaning) for one in signed] == [
        (staff.supervisor.person.id, "publish")
    ]


def test_of_two_who_publish_at_once_the_second_is_refused(
    make_desk: DeskMaker, staff: Staff, crew: list[Shown]
) -> None:
    here, there = make_desk(also=("management-office",)), make_desk(also=("management-office",))
    other = hire(here, "1002", "陈主管", "supervisor", by=staff.supervisor)
    one, two = proven(here, staff.supervisor), proven(there, other)
    draft = drafted(here, staff.supervisor)
    publish(here, one, draft.draft_id, draft.revision)
    with pytest.raises(Refusal) as refused:
        publish(there, two, draft.draft_id, draft.revision)
    assert refused.value.message.key == "roster.draft_closed"


def test_a_correction_changes_only_what_differs_and_tells_only_whom_it_concerns(
    desk: Desk, staff: Staff, crew: list[Shown]
) -> None:
    by = proven(desk, staff.supervisor)
    published(desk, by)
    before = whose(desk, DAY, "day")
    draft = drafted(desk, staff.supervisor, DraftMethod.PUBLISHED)
    other = next(one for one in crew if one.person.id not in before).person.id
    draft = place(
        desk, by.person.id, draft.draft_id, draft.revision, Assignment(DAY, "day", "desk", other)
    )
    found = publish(desk, by, draft.draft_id, draft.revision, change_reason="调整")
    assert set(found.told.people) == {*before, other}
    assert whose(desk, DAY, "day") == [other]


def test_a_person_removed_with_duties_ahead_is_a_clash_in_the_published_month(
    desk: Desk, staff: Staff, crew: list[Shown]
) -> None:
    published(desk, proven(desk, staff.supervisor))
    retire_person(desk, staff.clerk.person.id, by_id=staff.supervisor.person.id)
    with desk.reading() as session:
        checked = checked_month(session, desk, DAY)
    found = [one for one in checked.month.findings if one.person_id == staff.clerk.person.id]
    assert found
    assert found[0].what.key == "roster.breach_gone"


def test_a_mail_address_that_is_none_stops_no_publication(
    desk: Desk, staff: Staff, crew: list[Shown]
) -> None:
    with desk.transaction() as work:
        row = work.session.get(Person, crew[0].person.id)
        assert row is not None
        row.mail = "nobody"
        work.session.add(row)
    found = published(desk, proven(desk, staff.supervisor))
    assert crew[0].person.name in found.told.without_address


def test_everybody_on_leave_or_nobody_qualified_is_named_not_crashed(
    make_desk: DeskMaker,
) -> None:
    desk = make_desk("courier")
    boss = boss_of(desk)
    for number in range(3):
        hire(desk, f"290{number}", f"新人{number}", "clerk", by=boss)
    draft = begin_draft(desk, boss.person.id, *APRIL, DraftMethod.ROTATION)
    assert look(desk, draft).cells == frozenset()
    with pytest.raises(Refusal) as refused:
        publish(desk, proven(desk, boss), draft.draft_id, draft.revision)
    assert refused.value.message.values["count"] == 60


def test_9_1_a_new_site_s_first_month_is_not_late_for_a_day_before_the_site_began(
    desk: Desk, staff: Staff, crew: list[Shown]
) -> None:
    march = date(2026, 3, 1)  # Due on 28 February; the site began on 2 March.
    assert not published(desk, proven(desk, staff.supervisor), month=march).is_late
    with desk.reading() as session:
        assert not versions(session, *month_of(march))[0].is_late
