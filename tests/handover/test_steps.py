"""The steps: what each wants, whose turn it is, and what is refused."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlmodel import col

from desk_console.foundation.catalogue import Catalogue
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.verify import verify
from desk_console.handover import counting, looking, reading, telling, views
from desk_console.handover.converting import convert
from desk_console.handover.counting import Counted, Explanation
from desk_console.handover.found import ALL, GOOD
from desk_console.handover.opening import (
    call_off,
    join,
    open_handover,
    refuse_to_take_over,
    take_back,
)
from desk_console.handover.records import Condition, HandoverKind, HandoverStage, Severity, Side
from desk_console.handover.releasing import release
from desk_console.handover.telling import Statement
from desk_console.handover.weighing import set_importance
from desk_console.log.additions import add_fact, correct
from desk_console.log.departments import DepartmentForm, add_department
from desk_console.log.forms import EventForm
from desk_console.log.records import AdditionKind, Category
from desk_console.matters.acts import OpenMatter, close, log_entry
from desk_console.matters.records import Importance
from desk_console.matters.story import matter_story
from desk_console.matters.views import open_matters
from desk_console.people import views as people
from desk_console.people.pins import Proof
from desk_console.people.records import PersonRole
from desk_console.shift import checks, items, tenures
from desk_console.shift.arrivals import sign_on, take_unheld
from desk_console.shift.departures import leave_post
from desk_console.shift.items import ItemForm
from desk_console.shift.records import CheckKind
from tests.conftest import DeskMaker
from tests.handover.conftest import Evening
from tests.handover.walk import Walk, call, furnish, proven
from tests.staff import hire, qualify

HOUR = timedelta(hours=1)
BURST = OpenMatter(importance=Importance.IMPORTANT, title="水管爆裂")


def refused(error: pytest.ExceptionInfo[Refusal]) -> tuple[str, str | None]:
    return error.value.message.key, error.value.clause


def test_9_13_the_handover_opens_half_an_hour_before_the_end(evening: Evening) -> None:
    evening.clock.jump(-HOUR)
    with pytest.raises(Refusal) as error:
        evening.open()
    assert refused(error) == ("handover.early_reason", "9.13")
    early = Walk(evening.desk, evening.clerk, evening.night_man, reason="家中急事")
    assert early.sheet.reason == "家中急事"


def test_one_handover_is_under_way_at_a_post(evening: Evening) -> None:
    first = evening.open()
    again = open_handover(evening.desk, evening.night_man.person, post_code="desk")
    assert again == first.id


def test_9_9_and_6_10_the_arrival_stands_on_the_sheet(evening: Evening) -> None:
    walk = evening.open()
    assert refused_lack(walk) == ("handover.lack_incoming", "6.10")
    walk.join()
    arrival = walk.sheet.arrival
    assert arrival is not None
    assert arrival.late_minutes == -5
    assert arrival.expected_at == walk.sheet.shift_due - timedelta(minutes=15)  # type: ignore[operator]  # it has an end


def refused_lack(walk: Walk) -> tuple[str, str | None]:
    first = walk.standing.lacks[0]
    return first.message.key, first.clause


def lose_role(evening: Evening) -> None:
    with evening.desk.transaction() as work:
        work.session.connection().execute(
            update(PersonRole)
            .where(col(PersonRole.person_id) == evening.night_man.person.id)
            .values(role="security")
        )


def test_6_2_who_has_not_the_role_for_the_coming_shift_does_not_take_over(
    evening: Evening,
) -> None:
    walk = evening.open()
    lose_role(evening)
    with pytest.raises(Refusal) as error:
        walk.join()
    assert error.value.clause == "6.2"


def test_6_2_the_role_is_asked_again_at_the_second_signature(evening: Evening) -> None:
    walk = evening.open()
    walk.through()
    walk.sign_outgoing()
    lose_role(evening)
    with pytest.raises(Refusal) as error:
        walk.sign_incoming()
    assert error.value.clause == "6.2"


def test_9_13_a_mid_shift_relief_is_not_for_who_takes_the_next_shift(evening: Evening) -> None:
    desk = evening.desk
    handover = open_handover(
        desk, evening.clerk.person, post_code="desk", kind=HandoverKind.SHORT, reason="头疼"
    )
    with pytest.raises(Refusal) as refused:
        join(desk, evening.night_man.person, handover)
    assert (refused.value.message.key, refused.value.clause) == (
        "handover.short_is_for_midshift",
        "9.13",
    )


def test_7_4_the_incoming_person_says_that_they_are_fit_for_duty(
    make_desk: DeskMaker, evening: Evening
) -> None:
    from desk_console.shift import checks

    desk = make_desk(also=("management-office", "courier"))
    with desk.transaction() as work:
        checks.seed(work, desk.duty)
    qualify(desk, evening.staff.night_man, evening.staff.supervisor)
    walk = Walk(desk, evening.clerk, evening.night_man)
    walk.join()
    assert refused_lack(walk) == ("handover.lack_fit", "7.4")
    walk.feel_fit(is_ok=False)
    assert refused_lack(walk) == ("handover.lack_unfit", "7.4")
    walk.feel_fit()
    assert refused_lack(walk)[0] == "handover.lack_tidy"


def test_9_14_the_outgoing_person_tidies(evening: Evening) -> None:
    walk = evening.open()
    walk.join()
    assert refused_lack(walk) == ("handover.lack_tidy", "9.14")
    line = walk.sheet.tidy[0]
    with pytest.raises(Refusal, match="not_your_turn"):
        looking.tidy(evening.desk, evening.night_man.person, walk.id, line.item_id, is_ok=True)
    with pytest.raises(Refusal, match="check_note_wanted"):
        looking.tidy(evening.desk, evening.clerk.person, walk.id, line.item_id, is_ok=False)
    walk.tidy()
    assert "tidy" not in walk.left()


def test_9_10_every_item_is_counted_by_the_incoming_person(evening: Evening) -> None:
    walk = evening.open()
    walk.join()
    walk.tidy()
    assert refused_lack(walk) == ("handover.lack_counts", "9.10")
    item = evening.items[0]
    with pytest.raises(Refusal, match="not_your_turn"):
        counting.count(evening.desk, evening.clerk.person, walk.id, [Counted(item, 1)])
    walk.count()
    assert "counts" not in walk.left()


def test_9_10_a_shortage_is_explained_by_the_outgoing_person_and_opens_a_matter(
    evening: Evening,
) -> None:
    walk = evening.open()
    walk.join()
    walk.tidy()
    walk.count()
    line = walk.sheet.items[2]
    counting.count(
        evening.desk,
        evening.night_man.person,
        walk.id,
        [Counted(line.item_id, line.expected - 1, revision=line.revision)],
    )
    assert refused_lack(walk) == ("handover.lack_explained", "9.10")
    assert walk.standing.turn is Side.OUTGOING
    boss = evening.supervisor.person.id
    whole = Explanation("少一把", "住户借走", "3-1502 王女士", boss)
    with pytest.raises(Refusal, match="not_your_turn"):
        counting.explain(evening.desk, evening.night_man.person, walk.id, line.item_id, whole)
    for lacking in (
        Explanation("", "住户借走", "3-1502", boss),
        Explanation("少一把", "", "3-1502", boss),
        Explanation("少一把", "住户借走", "", boss),
        Explanation("少一把", "住户借走", "3-1502", None),
    ):
        with pytest.raises(Refusal) as error:
            counting.explain(evening.desk, evening.clerk.person, walk.id, line.item_id, lacking)
        assert refused(error) == ("handover.shortage_wanted", "9.10")
    matter_id = counting.explain(evening.desk, evening.clerk.person, walk.id, line.item_id, whole)
    assert "explained" not in walk.left()
    with evening.desk.reading() as session:
        story = matter_story(session, evening.desk, matter_id, evening.desk.now())
    assert story.line.owner_id == boss
    walk.whole()
    with evening.desk.reading() as session:
        assert items.balance(session, line.item_id) == line.expected - 1


@pytest.mark.parametrize(
    ("regulation", "clause"), [("store-weekly", "1.13"), ("company-24h", "2.12")]
)
def test_1_13_and_2_12_items_are_counted_where_a_clause_guards_the_property(
    make_desk: DeskMaker, regulation: str, clause: str
) -> None:
    desk = make_desk(regulation)
    role = desk.duty.posts()[0].code if regulation == "store-weekly" else "clerk"
    boss = hire(desk, "1001", "郑国强", "manager", "department-head", role)
    furnish(desk, boss)
    giver, taker = proven(desk, boss), proven(desk, hire(desk, "2001", "李思敏", role, by=boss))
    sign_on(desk, giver)
    desk.store.clock.advance(timedelta(hours=6, minutes=5))  # type: ignore[attr-defined]  # the tests' clock
    sign_on(desk, taker)
    walk = Walk(desk, giver, taker, post=desk.duty.posts()[0].code, reason="班中换人")
    walk.join()
    walk.tidy()
    assert refused_lack(walk) == ("handover.lack_counts", clause)


def test_2_12_a_damage_seen_to_already_is_not_explained_again(evening: Evening) -> None:
    walk = evening.open()
    walk.join()
    line = walk.sheet.items[0]
    damaged = [Counted(line.item_id, line.expected, ALL)]
    counting.count(evening.desk, evening.night_man.person, walk.id, damaged)
    told = Explanation("天线断了", "摔落", follow_up_id=evening.supervisor.person.id)
    counting.explain(evening.desk, evening.clerk.person, walk.id, line.item_id, told)
    walk.whole()
    evening.clock.advance(timedelta(hours=15, minutes=20))
    clerk = proven(evening.desk, evening.staff.other_clerk)
    sign_on(evening.desk, clerk)
    morning = Walk(evening.desk, evening.night_man, clerk)
    morning.join()
    counting.count(evening.desk, clerk.person, morning.id, damaged)
    (again,) = [one for one in morning.sheet.items if one.item_id == line.item_id]
    assert again.is_known
    assert not again.wants_explaining


def test_an_item_that_moves_after_it_was_counted_is_counted_again(evening: Evening) -> None:
    walk = evening.open()
    walk.join()
    walk.tidy()
    walk.count()
    items.bring_in(evening.desk, evening.clerk.person.id, evening.items[0], 2, is_return=True)
    assert walk.left()[0] == "counts"
    walk.count()
    assert "counts" not in walk.left()


def test_9_10_an_item_counted_short_is_not_retired_away(evening: Evening) -> None:
    desk, gone = evening.desk, evening.items[2]
    walk = evening.open()
    walk.join()
    counting.count(desk, evening.night_man.person, walk.id, [Counted(gone, 1)])
    form = ItemForm(code="k2", name="钥匙2", unit="把")
    items.change_item(desk, evening.supervisor.person.id, gone, form, is_active=False)
    assert [line.item_id for line in walk.sheet.items if line.is_retired] == [gone]
    assert "explained" in walk.left()
    said = Explanation("少两把", "断了", "扔了", evening.night_man.person.id)
    counting.explain(desk, evening.clerk.person, walk.id, gone, said)
    walk.whole()
    with desk.reading() as session:
        assert items.balance(session, gone) == 0
        assert gone not in [one.id for one in items.to_count(session)]
    after = Walk(desk, evening.night_man, evening.clerk, reason="换回来")
    assert gone not in [line.item_id for line in after.sheet.items]


def test_9_10_what_was_found_damaged_is_damaged_until_somebody_says_it_is_good(
    evening: Evening,
) -> None:
    desk, broken = evening.desk, evening.items[0]
    walk = evening.open()
    walk.join()
    counting.count(desk, evening.night_man.person, walk.id, [Counted(broken, 1, ALL)])
    said = Explanation("断齿", "用久了", "", evening.night_man.person.id)
    counting.explain(desk, evening.clerk.person, walk.id, broken, said)
    walk.whole()
    after = Walk(desk, evening.night_man, evening.clerk, reason="换回来")
    after.join()
    assert after.sheet.items[0].was is Condition.DAMAGED
    counting.count(desk, evening.clerk.person, after.id, [Counted(broken, 1)])
    line = after.sheet.items[0]
    assert (line.condition, line.is_known) == (Condition.DAMAGED, True)
    good = Counted(broken, 1, GOOD, revision=line.revision)
    counting.count(desk, evening.clerk.person, after.id, [good])
    assert after.sheet.items[0].condition is Condition.GOOD


def test_7_9_a_shift_that_never_started_is_not_handed_over(make_desk: DeskMaker) -> None:
    from tests.handover.test_presets import people as staff

    desk = make_desk("courier")
    giver, taker = staff(desk, "clerk")
    sign_on(desk, giver)
    walk = Walk(desk, giver, taker, kind=HandoverKind.SHORT, reason="发烧")
    assert refused_lack(walk) == ("handover.lack_opening", "7.9")
    with desk.reading() as session:
        shift = tenures.running_shift(session, "desk")
        assert shift is not None
        asked = checks.lines(session, CheckKind.OPENING, shift_id=shift.id)
    for line in asked:
        checks.answer(
            desk, giver.person.id, line.item_id, is_ok=False, note="没做", shift_id=shift.id
        )
    assert "opening" not in walk.left()


def test_7_2_whose_qualification_ended_since_the_sign_on_does_not_take_over(
    make_desk: DeskMaker,
) -> None:
    from desk_console.people.acts import end_qualification
    from tests.handover.test_presets import people as staff

    desk = make_desk("courier")
    giver, taker = staff(desk, "clerk")
    for one in (giver, taker):
        sign_on(desk, one)
    with desk.reading() as session:
        held = people.qualifications(session, taker.person.id)
    (own,) = [one.id for one in held if one.code == "post"]
    yesterday = desk.now().astimezone(desk.zone).date() - timedelta(days=1)
    end_qualification(desk, own, yesterday, by_id=giver.person.id)
    walk = Walk(desk, giver, taker, kind=HandoverKind.SHORT, reason="发烧")
    with pytest.raises(Refusal) as error:
        walk.join()
    assert refused(error) == ("people.qualification_over", "7.2")


def test_9_7_a_call_without_its_rings_is_named_until_somebody_says(evening: Evening) -> None:
    desk = evening.desk
    entry_id = call(desk, evening.clerk.person).entry_id
    call(desk, evening.clerk.person, rings=5)
    walk = evening.open()
    assert [one.entry_id for one in walk.sheet.entries if one.lacks_rings] == [entry_id]
    assert (walk.sheet.figures.unrung, walk.sheet.figures.late_answers) == (1, 1)
    correct(desk, evening.clerk.person, entry_id, "rings", "4", reason="漏记")
    assert not any(one.lacks_rings for one in walk.sheet.entries)
    assert (walk.sheet.figures.unrung, walk.sheet.figures.late_answers) == (0, 2)


def test_a_stale_count_is_refused_with_what_was_counted(evening: Evening) -> None:
    walk = evening.open()
    walk.join()
    walk.count()
    with pytest.raises(Refusal) as error:
        counting.count(
            evening.desk, evening.night_man.person, walk.id, [Counted(evening.items[0], 9)]
        )
    assert error.value.message.key == "handover.stale"


def test_9_11_and_3_4_every_entry_is_read_by_the_incoming_person(evening: Evening) -> None:
    call(evening.desk, evening.clerk.person)
    walk = evening.open()
    walk.join()
    walk.tidy()
    walk.count()
    assert refused_lack(walk) == ("handover.lack_read", "9.11")
    (entry,) = walk.sheet.entries
    with pytest.raises(Refusal, match="not_your_turn"):
        reading.read(evening.desk, evening.clerk.person, walk.id, [entry.entry_id])
    with pytest.raises(Refusal, match="not_in_record"):
        reading.read(evening.desk, evening.night_man.person, walk.id, [999])
    walk.read()
    assert "read" not in walk.left()
    correct(evening.desk, evening.clerk.person, entry.entry_id, "phone", "13900000000", "听错")
    assert "read" in walk.left()


def test_9_15_what_a_deserted_first_shift_wrote_is_in_the_next_record(evening: Evening) -> None:
    desk, clerk = evening.desk, evening.clerk
    entry_id = call(desk, clerk.person).entry_id
    leave_post(desk, clerk, "急病")
    evening.clock.advance(timedelta(minutes=30))
    take_unheld(desk, evening.night_man, post_code="desk")
    later = call(desk, evening.night_man.person).entry_id
    evening.clock.advance(timedelta(hours=15))
    other = proven(desk, evening.staff.other_clerk)
    sign_on(desk, other)
    morning = Walk(desk, evening.night_man, other)
    assert [one.entry_id for one in morning.sheet.entries] == [entry_id, later]


def test_3_4_the_record_is_read_under_its_own_clause(make_desk: DeskMaker) -> None:
    desk = make_desk("cs-monthly")
    boss = hire(desk, "1001", "周静怡", "manager", "clerk")
    other = hire(desk, "2001", "李思敏", "clerk", by=boss)
    giver, taker = proven(desk, boss), proven(desk, other)
    sign_on(desk, giver)
    call(desk, giver.person)
    sign_on(desk, taker)
    walk = Walk(desk, giver, taker, kind=HandoverKind.SHORT, reason="病")
    walk.join()
    assert [(one.message.key, one.clause) for one in walk.standing.lacks[:2]] == [
        ("handover.lack_summary", "3.4"),
        ("handover.lack_read", "3.4"),
    ]


def test_2_9_an_abnormal_entry_has_its_result_or_is_handed_on(evening: Evening) -> None:
    desk, clerk = evening.desk, evening.clerk.person
    event = EventForm(
        form_id="e1", at=desk.now(), content="大堂玻璃碎", action="已围挡", is_abnormal=True
    )
    matter_id = log_entry(desk, clerk, event).matter_id
    walk = evening.open()
    walk.join()
    assert [one.has_outcome for one in walk.sheet.entries] == [True]
    assert [one.matter_id for one in walk.sheet.matters] == [matter_id]
    add_fact(desk, clerk, walk.sheet.entries[0].entry_id, AdditionKind.RESULT, "已换")
    assert walk.sheet.entries[0].has_outcome


def test_5_1_a_corrected_category_is_signed_beside_the_first(evening: Evening) -> None:
    clerk = evening.clerk.person
    call(evening.desk, clerk, "要求换灯泡")
    walk = evening.open()
    walk.join()
    as_written = walk.sheet.entries[0]
    assert "corrected" not in as_written.model_dump()
    assert (walk.sheet.figures.repairs, walk.sheet.figures.complaints) == (1, 0)
    correct(evening.desk, clerk, as_written.entry_id, "category", "complaint", "听错")
    put_right = walk.sheet.entries[0]
    assert (put_right.category, put_right.category_now) == (Category.REPAIR, Category.COMPLAINT)
    assert (walk.sheet.figures.repairs, walk.sheet.figures.complaints) == (0, 1)
    assert Catalogue("zh").text(put_right.category_words) == "投诉（原记报修）"
    correct(evening.desk, clerk, as_written.entry_id, "category", "repair", "没听错")
    assert walk.sheet.entries[0].category_now is Category.REPAIR


def test_9_15_each_entry_is_in_one_record_and_in_one_only(evening: Evening) -> None:
    desk = evening.desk
    seen: list[list[int]] = []
    call(desk, evening.clerk.person)
    walk = evening.open()
    walk.through()
    walk.sign_outgoing()
    call(desk, evening.clerk.person, "第二通")
    assert walk.standing.void
    with pytest.raises(Refusal) as error:
        walk.sign_incoming()
    assert error.value.message.key == "handover.changed"
    walk.through()
    walk.sign_outgoing()
    walk.sign_incoming()
    seen.append([one.entry_id for one in walk.sheet.entries])
    call(desk, evening.night_man.person, "夜里一通")
    clerk = proven(desk, evening.staff.other_clerk)
    add_department(desk, evening.supervisor.person, DepartmentForm(code="maintenance", zh="工程部"))
    evening.clock.advance(timedelta(hours=15, minutes=20))
    sign_on(desk, clerk)
    morning = Walk(desk, evening.night_man, clerk)
    seen.append([one.entry_id for one in morning.sheet.entries])
    assert seen == [[1, 2], [3]]


def test_7_13_the_outgoing_person_sums_the_shift_up_with_the_figures_beside(
    make_desk: DeskMaker,
) -> None:
    desk = make_desk("courier")
    boss = hire(desk, "1001", "周静怡", "supervisor", "clerk")
    other = hire(desk, "2001", "李思敏", "clerk", by=boss)
    for one in (boss, other):
        qualify(desk, one, boss)
    giver, taker = proven(desk, boss), proven(desk, other)
    sign_on(desk, giver)
    call(desk, giver.person, rings=5)
    sign_on(desk, taker)
    walk = Walk(desk, giver, taker, kind=HandoverKind.SHORT, reason="病")
    assert ("handover.lack_summary", "7.13") in [
        (one.message.key, one.clause) for one in walk.standing.lacks
    ]
    figures = walk.sheet.figures
    assert (figures.entries, figures.calls, figures.late_answers, figures.repairs) == (1, 1, 1, 1)
    walk.summarise("忙了一天")
    assert "summary" not in walk.left()
    with pytest.raises(Refusal, match="stale"):
        reading.summarise(desk, giver.person, walk.id, 1, summary="旧的")


def test_9_15_each_matter_has_its_state_and_next_step(evening: Evening) -> None:
    matter_id = call(evening.desk, evening.clerk.person).matter_id or 0
    walk = evening.open()
    for said, want in (
        (Statement(Severity.NORMAL, "", "明天再来"), ("handover.statement_wanted", "9.15")),
        (Statement(Severity.NORMAL, "等配件", ""), ("handover.statement_wanted", "9.15")),
    ):
        with pytest.raises(Refusal) as error:
            telling.state(evening.desk, evening.clerk.person, walk.id, matter_id, said)
        assert refused(error) == want
    walk.state()
    assert "stated" not in walk.left()


def test_6_9_what_is_carried_over_has_its_reason(evening: Evening) -> None:
    desk, clerk = evening.desk, evening.clerk.person
    matter_id = call(desk, clerk).matter_id or 0
    walk = evening.open()
    with pytest.raises(Refusal) as error:
        telling.state(
            desk, clerk, walk.id, matter_id, Statement(Severity.NORMAL, "等配件", "明天装")
        )
    assert refused(error) == ("handover.carry_wanted", "6.9")
    assert "stated" in walk.left()
    said = Statement(Severity.NORMAL, "等配件", "明天装", carry_reason="配件明早到货")
    telling.state(desk, clerk, walk.id, matter_id, said)
    assert "stated" not in walk.left()
    assert walk.sheet.matters[0].carry_reason == "配件明早到货"


def test_9_11_each_matter_is_acknowledged_as_it_was_stated(evening: Evening) -> None:
    matter_id = call(evening.desk, evening.clerk.person).matter_id or 0
    walk = evening.open()
    walk.join()
    night = evening.night_man.person
    with pytest.raises(Refusal, match="not_stated"):
        telling.acknowledge(evening.desk, night, walk.id, matter_id, 0)
    walk.state()
    with pytest.raises(Refusal, match="not_your_turn"):
        telling.acknowledge(evening.desk, evening.clerk.person, walk.id, matter_id, 1)
    with pytest.raises(Refusal, match="stale"):
        telling.acknowledge(evening.desk, night, walk.id, matter_id, 0)
    walk.acknowledge()
    assert "acknowledged" not in walk.left()
    said = Statement(Severity.NORMAL, "换了说法", "再等", "忙")
    telling.state(evening.desk, evening.clerk.person, walk.id, matter_id, said, revision=1)
    assert "acknowledged" in walk.left()


def test_9_11_what_is_urgent_is_read_back_and_accepted_or_said_again(evening: Evening) -> None:
    opened = OpenMatter(is_urgent=True)
    matter_id = call(evening.desk, evening.clerk.person, opened=opened).matter_id or 0
    walk = evening.open()
    walk.join()
    desk, clerk, night = evening.desk, evening.clerk.person, evening.night_man.person
    low = Statement(Severity.NORMAL, "等", "等", "忙")
    with pytest.raises(Refusal, match="severity_low"):
        telling.state(desk, clerk, walk.id, matter_id, low)
    walk.state()
    assert [one.severity for one in walk.sheet.matters] == [Severity.URGENT]
    telling.acknowledge(desk, night, walk.id, matter_id, 1)
    assert "read_back" in walk.left()
    for words in ("", "十点再联系一次"):
        with pytest.raises(Refusal, match="read_back"):
            telling.read_back(desk, night, walk.id, matter_id, 1, words)
    telling.read_back(desk, night, walk.id, matter_id, 1, "我明早打")
    assert "accepted" in walk.left()
    with pytest.raises(Refusal, match="not_your_turn"):
        telling.accept_read_back(desk, night, walk.id, matter_id, 1)
    telling.say_again(desk, clerk, walk.id, matter_id, 1)
    assert "read_back" in walk.left()
    telling.read_back(desk, night, walk.id, matter_id, 1, "我今晚十点打电话问师傅")
    telling.accept_read_back(desk, clerk, walk.id, matter_id, 1)
    assert not {"read_back", "accepted"} & set(walk.left())
    assert walk.sheet.matters[0].said_again == 1


def test_a_matter_closed_on_another_console_in_the_middle_is_handed_over_no_more(
    evening: Evening, make_desk: DeskMaker
) -> None:
    logged = call(evening.desk, evening.clerk.person, category=Category.ENQUIRY)
    walk = evening.open()
    walk.through()
    walk.sign_outgoing()
    other = make_desk(also=("management-office",))
    close(other, evening.clerk.person, logged.matter_id or 0, 1, result="已答", answered="已告知")
    with pytest.raises(Refusal) as error:
        walk.sign_incoming()
    assert error.value.message.key == "handover.changed"
    assert walk.standing.stage is HandoverStage.OPEN
    assert walk.sheet.matters == ()
    with pytest.raises(Refusal, match="matter_gone"):
        telling.acknowledge(
            evening.desk, evening.night_man.person, walk.id, logged.matter_id or 0, 1
        )


def test_6_7_what_the_night_left_is_turned_by_the_incoming_clerk(evening: Evening) -> None:
    desk = evening.desk
    evening.open().whole()
    night, clerk = evening.night_man, proven(desk, evening.staff.other_clerk)
    logged = call(desk, night.person, "阳台灯不亮")
    department = add_department(
        desk, evening.supervisor.person, DepartmentForm(code="works", zh="工程部")
    )
    evening.clock.advance(timedelta(hours=15, minutes=20))
    sign_on(desk, clerk)
    morning = Walk(desk, night, clerk)
    morning.join()
    morning.state()
    point = morning.sheet.matters[0]
    assert point.is_leftover
    assert ("handover.lack_converted", "6.7") in [
        (one.message.key, one.clause) for one in morning.standing.lacks
    ]
    given = {"department": department}
    with pytest.raises(Refusal, match="not_your_turn"):
        convert(desk, night.person, morning.id, point.matter_id, revision=1, given=given)
    number = convert(
        desk, clerk.person, morning.id, point.matter_id, revision=point.matter_revision, given=given
    )
    assert number
    assert "converted" not in morning.left()
    assert morning.sheet.matters[0].number == number
    morning.whole()
    assert logged.matter_id == point.matter_id


def test_9_12_what_is_abnormal_in_the_area_is_explained_by_the_outgoing_person(
    evening: Evening,
) -> None:
    walk = evening.open()
    walk.join()
    walk.tidy()
    walk.count()
    assert refused_lack(walk) == ("handover.lack_area", "9.12")
    line = walk.sheet.area[0]
    desk, clerk, night = evening.desk, evening.clerk.person, evening.night_man.person
    with pytest.raises(Refusal, match="not_your_turn"):
        looking.check_area(desk, clerk, walk.id, line.item_id, is_ok=True)
    with pytest.raises(Refusal, match="check_note_wanted"):
        looking.check_area(desk, night, walk.id, line.item_id, is_ok=False)
    looking.check_area(desk, night, walk.id, line.item_id, is_ok=False, note="门没关严")
    walk.look()
    assert refused_lack(walk) == ("handover.lack_area_explained", "9.12")
    with pytest.raises(Refusal, match="not_your_turn"):
        looking.explain_area(desk, night, walk.id, line.item_id, "闭门器坏了", revision=1)
    with pytest.raises(Refusal, match="area_words"):
        looking.explain_area(desk, clerk, walk.id, line.item_id, "", revision=1)
    looking.explain_area(desk, clerk, walk.id, line.item_id, "闭门器坏了，已报修", revision=1)
    assert walk.left() == []


def test_9_17_important_unfinished_work_blocks_the_handover(evening: Evening) -> None:
    call(evening.desk, evening.clerk.person, opened=BURST)
    walk = evening.open()
    walk.through()
    assert walk.left() == ["blocking"]
    assert refused_lack(walk) == ("handover.lack_blocking", "9.17")
    with pytest.raises(Refusal) as error:
        walk.sign_outgoing()
    assert refused(error) == ("handover.lack_blocking", "9.17")


def test_9_17_a_supervisor_releases_it_with_a_reason_and_a_new_owner(evening: Evening) -> None:
    desk = evening.desk
    matter_id = call(desk, evening.clerk.person, opened=BURST).matter_id or 0
    walk = evening.open()
    walk.through()
    boss, night = evening.supervisor, evening.night_man
    heir = evening.staff.other_night_man.person.id

    def attempt(by: Proof, why: str = "配件", owner: int = heir) -> tuple[str, str | None]:
        with pytest.raises(Refusal) as error:
            release(desk, by, walk.id, matter_id, reason=why, new_owner_id=owner)
        return refused(error)

    assert attempt(evening.clerk) == ("people.no_right", "9.17")
    assert attempt(night)[0] == "people.no_right"
    assert attempt(boss, why=" ") == ("handover.release_reason", "9.17")
    assert attempt(boss, owner=evening.clerk.person.id) == ("handover.release_owner", "9.17")
    release(desk, boss, walk.id, matter_id, reason="配件明早到", new_owner_id=heir)
    walk.acknowledge()
    walk.accept()
    assert walk.left() == []
    walk.sign_outgoing()
    walk.sign_incoming()
    with desk.reading() as session:
        (line,) = open_matters(session, desk.now())
    assert line.owner_id == heir
    assert [one.reason for one in walk.sheet.releases] == ["配件明早到"]


def test_9_17_a_release_is_signed_in_the_role_that_may_give_it(evening: Evening) -> None:
    desk = evening.desk
    second = hire(desk, "1009", "何主管", "clerk", "supervisor", by=evening.staff.supervisor)
    matter_id = call(desk, evening.clerk.person, opened=BURST).matter_id or 0
    walk = evening.open()
    heir = evening.staff.other_night_man.person.id
    release(desk, proven(desk, second), walk.id, matter_id, reason="配件明早到", new_owner_id=heir)
    with desk.reading() as session:
        (signed,) = people.signatures(
            session, f"handover_release:{walk.id}.{matter_id}.{Importance.IMPORTANT}"
        )
    assert json.loads(signed.statement)["role"] == "supervisor"


def test_9_17_nobody_releases_their_own_handover(evening: Evening) -> None:
    desk, boss = evening.desk, evening.supervisor
    matter_id = call(desk, evening.clerk.person, opened=BURST).matter_id or 0
    sign_on(desk, boss)
    evening.clock.advance(timedelta(minutes=11))
    acting = Walk(desk, boss, evening.night_man, kind=HandoverKind.ACTING, reason="急病送医")
    heir = evening.staff.other_night_man.person.id
    with pytest.raises(Refusal) as error:
        release(desk, boss, acting.id, matter_id, reason="等配件", new_owner_id=heir)
    assert refused(error) == ("handover.own_release", "9.17")


def test_9_17_a_release_does_not_hold_for_a_matter_that_grew(evening: Evening) -> None:
    desk = evening.desk
    matter_id = call(desk, evening.clerk.person, opened=BURST).matter_id or 0
    walk = evening.open()
    walk.through()
    heir = evening.staff.other_night_man.person.id
    release(desk, evening.supervisor, walk.id, matter_id, reason="等配件", new_owner_id=heir)
    revision = walk.sheet.matters[0].matter_revision
    set_importance(desk, evening.clerk.person, matter_id, revision, Importance.MAJOR)
    assert {"blocking", "report"} <= set(walk.left())


def test_9_17_a_blocking_matter_is_not_talked_down_by_who_hands_over(evening: Evening) -> None:
    desk, supervisor = evening.desk, evening.supervisor
    matter_id = call(desk, evening.clerk.person, opened=BURST).matter_id or 0
    walk = evening.open()
    walk.through()
    revision = walk.sheet.matters[0].matter_revision

    def lower(by: Proof, words: str) -> int:
        return set_importance(
            desk, by.person, matter_id, revision, Importance.NORMAL, words=words, proof=by
        )

    for by in (evening.clerk, evening.night_man):
        with pytest.raises(Refusal) as error:
            lower(by, "不要紧")
        assert refused(error) == ("people.no_right", "9.17")
    sign_on(desk, supervisor)
    with pytest.raises(Refusal) as error:
        lower(supervisor, "")
    assert refused(error) == ("matters.lowering_reason", "9.17")
    with pytest.raises(Refusal) as error:
        set_importance(
            desk, supervisor.person, matter_id, revision, Importance.NORMAL, words="只是渗水"
        )
    assert refused(error) == ("matters.lowering_pin", "9.17")
    assert "blocking" in walk.left()
    lower(supervisor, "现场看过，只是渗水")
    assert "blocking" not in walk.left()
    assert verify(desk.store.path).is_good


def test_9_17_a_blocking_matter_is_not_talked_down_by_a_supervisor_who_is_a_side(
    evening: Evening,
) -> None:
    desk, boss = evening.desk, evening.supervisor
    matter_id = call(desk, evening.clerk.person, opened=BURST).matter_id or 0
    sign_on(desk, boss)
    evening.clock.advance(timedelta(minutes=11))
    acting = Walk(desk, boss, evening.night_man, kind=HandoverKind.ACTING, reason="急病送医")
    revision = acting.sheet.matters[0].matter_revision
    lower = {"words": "不要紧", "proof": boss}
    with pytest.raises(Refusal) as error:
        set_importance(desk, boss.person, matter_id, revision, Importance.NORMAL, **lower)  # type: ignore[arg-type]  # the words and the proof
    assert refused(error) == ("matters.lowers_own", "9.17")
    call_off(desk, boss.person, acting.id, "王晓燕回来了")
    set_importance(desk, boss.person, matter_id, revision, Importance.NORMAL, **lower)  # type: ignore[arg-type]  # the words and the proof
    with pytest.raises(Refusal) as error:
        Walk(desk, boss, evening.night_man, kind=HandoverKind.ACTING, reason="急病送医")
    assert refused(error) == ("handover.made_less_self", "9.17")
    walk = Walk(desk, evening.clerk, boss)
    with pytest.raises(Refusal) as error:
        walk.join()
    assert refused(error) == ("handover.made_less_self", "9.17")


def test_9_6_a_major_matter_is_not_handed_over_before_the_director_has_had_a_say(
    evening: Evening,
) -> None:
    from desk_console.matters.answers import note_answer
    from desk_console.matters.escalating import ask

    desk, clerk = evening.desk, evening.clerk.person
    director = hire(desk, "1002", "林主任", "director", by=evening.staff.supervisor)
    major = OpenMatter(importance=Importance.MAJOR)
    matter_id = call(desk, clerk, opened=major).matter_id or 0
    walk = evening.open()
    walk.through()
    heir = evening.staff.other_night_man.person.id
    release(desk, evening.supervisor, walk.id, matter_id, reason="等配件", new_owner_id=heir)
    assert ("handover.lack_report", "9.6") in [
        (one.message.key, one.clause) for one in walk.standing.lacks
    ]
    revision = walk.sheet.matters[0].matter_revision
    revision = ask(desk, clerk, matter_id, revision, "水管爆了，请指示", rung=2)
    note_answer(desk, clerk, matter_id, revision, "先关总阀", superior_id=director.person.id)
    walk.acknowledge()
    walk.accept()
    assert walk.left() == []


def test_the_incoming_person_may_refuse_and_the_outgoing_one_stays(evening: Evening) -> None:
    walk = evening.open()
    walk.through()
    walk.sign_outgoing()
    with pytest.raises(Refusal, match="refusal_reason"):
        refuse_to_take_over(evening.desk, evening.night_man.person, walk.id, " ")
    refuse_to_take_over(evening.desk, evening.night_man.person, walk.id, "钥匙数不对")
    with evening.desk.reading() as session:
        tenure = tenures.open_tenure(session, "desk")
    assert tenure and tenure.person_id == evening.clerk.person.id
    assert walk.standing.stage is HandoverStage.OPEN
    assert [one.reason for one in walk.sheet.refusals] == ["钥匙数不对"]
    walk.join()
    assert walk.left() == []
    walk.sign_outgoing()
    walk.sign_incoming()


def test_a_handover_called_off_leaves_the_post_where_it_was(evening: Evening) -> None:
    walk = evening.open()
    walk.through()
    with pytest.raises(Refusal, match="not_your_turn"):
        call_off(evening.desk, evening.night_man.person, walk.id, "不接")
    call_off(evening.desk, evening.clerk.person, walk.id, "开错了")
    assert walk.standing.stage is HandoverStage.DROPPED
    with pytest.raises(Refusal, match="over_dropped"):
        walk.join()
    assert evening.open().id != walk.id


def test_after_the_first_signature_nothing_is_entered_until_it_is_taken_back(
    evening: Evening,
) -> None:
    walk = evening.open()
    walk.through()
    walk.sign_outgoing()
    revision = walk.standing.revision
    with pytest.raises(Refusal, match="signed_wait"):
        reading.summarise(evening.desk, evening.clerk.person, walk.id, revision, summary="改")
    with pytest.raises(Refusal, match="not_your_turn"):
        take_back(evening.desk, evening.supervisor.person, walk.id)
    take_back(evening.desk, evening.night_man.person, walk.id)
    walk.summarise("改过")
    walk.sign_outgoing()
    walk.sign_incoming()
    with evening.desk.reading() as session:
        from desk_console.handover.signed import as_signed

        kept = as_signed(session, walk.id)
    assert [one.holds for one in kept.versions] == [False, True]
    assert kept.sheet.summary == "改过"


def test_who_comes_back_after_an_absence_sees_the_shifts_missed(evening: Evening) -> None:
    walk = evening.open()
    walk.whole()
    with evening.desk.reading() as session:
        ids = [
            [one.handover_id for one in views.missed(session, evening.desk, who.person.id, "desk")]
            for who in (evening.clerk, evening.night_man)
        ]
    assert ids == [[], []]
    from desk_console.handover.closing import sign_off

    sign_off(evening.desk, evening.clerk)
    evening.clock.advance(timedelta(hours=15, minutes=20))
    other = proven(evening.desk, evening.staff.other_clerk)
    sign_on(evening.desk, other)
    Walk(evening.desk, evening.night_man, other).whole()
    with evening.desk.reading() as session:
        missed = views.missed(session, evening.desk, evening.clerk.person.id, "desk")
    assert [(one.outgoing, one.incoming) for one in missed] == [("孙建军", "李思敏")]
