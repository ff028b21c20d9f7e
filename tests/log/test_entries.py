"""Writing the log: what is kept, what stays open, what stands beside an entry later."""

from datetime import UTC, date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from desk_console.foundation.clock import MovingClock
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.text import LONG_LIMIT
from desk_console.log.additions import add_fact, collect, correct, visitor_left
from desk_console.log.forms import (
    CustodyForm,
    EventForm,
    HandOutForm,
    MessageForm,
    NoticeForm,
    PatrolForm,
    PointForm,
    VisitForm,
)
from desk_console.log.records import AdditionKind, Category, Channel, EntryKind
from desk_console.log.resident_files import add_resident
from desk_console.log.resident_views import unit_history
from desk_console.log.residents import ResidentForm, match
from desk_console.log.views import LogFilter, counts, day_filter, entries, entry_story, night_record
from desk_console.log.waiting import custody_waiting, rechecks_waiting, visitors_inside
from desk_console.matters.acts import log_entry
from desk_console.shift import items
from desk_console.shift.arrivals import sign_on
from tests.conftest import DeskMaker
from tests.log.desk_at_work import HOSTILE, AtWork, begin_work
from tests.relief import relieve
from tests.staff import hire_all, qualify


def reasons(work: AtWork, **fields: object) -> list[str]:
    logged = log_entry(work.desk, work.clerk, work.call(**fields))
    return [each.key for each, _ in logged.open_reasons]


def test_2_9_an_abnormal_entry_without_a_result_stays_open(work: AtWork) -> None:
    seen = {"category": Category.OTHER, "action": "已查看", "is_abnormal": True}
    assert reasons(work, **seen) == ["log.open_abnormal"]
    assert reasons(work, **seen, result="已复位") == []


def test_3_8_what_a_caller_brought_stays_open_without_an_answer(work: AtWork) -> None:
    assert reasons(work, category=Category.REPAIR, action="已派工") == ["log.open_unanswered"]
    assert reasons(work, category=Category.ENQUIRY) == ["log.open_unanswered"]
    assert reasons(work, category=Category.ENQUIRY, action="已告知缴费方式") == []


def test_6_3_an_entry_neither_handled_nor_passed_on_stays_open(work: AtWork) -> None:
    assert reasons(work, category=Category.PRAISE) == ["log.open_unhandled"]
    told = (NoticeForm(department_id=work.maintenance, told="老孙"),)
    assert reasons(work, category=Category.PRAISE, notices=told) == []


def test_6_3_a_notice_says_whom_how_and_when(work: AtWork) -> None:
    told = (NoticeForm(department_id=work.maintenance, how=Channel.WECHAT, told="老孙"),)
    logged = log_entry(work.desk, work.clerk, work.call(notices=told))
    with work.desk.reading() as session:
        (notice,) = entry_story(session, logged.entry_id).notices
    assert (notice.zh, notice.how, notice.told, notice.at) == (
        "维修部",
        Channel.WECHAT,
        "老孙",
        work.at(),
    )


def test_6_3_the_delay_of_writing_is_kept(work: AtWork, clock: MovingClock) -> None:
    form = work.call()
    clock.advance(timedelta(minutes=7))
    logged = log_entry(work.desk, work.clerk, form)
    clock.jump(timedelta(hours=-1))
    with work.desk.reading() as session:
        assert entry_story(session, logged.entry_id).line.delay == timedelta(minutes=7)


def test_6_3_only_people_on_duty_write(work: AtWork) -> None:
    with pytest.raises(Refusal) as refused:
        log_entry(work.desk, work.staff.other_clerk.person, work.call())
    assert refused.value.message.key == "log.not_signed_on"
    assert refused.value.clause == "6.3"


def test_a_time_that_has_not_come_is_refused_and_a_little_is_clock_slack(work: AtWork) -> None:
    with pytest.raises(Refusal, match=r"log\.time_ahead"):
        log_entry(work.desk, work.clerk, work.call(at=work.at() + timedelta(hours=1)))
    logged = log_entry(work.desk, work.clerk, work.call(at=work.at() + timedelta(minutes=1)))
    with work.desk.reading() as session:
        assert entry_story(session, logged.entry_id).line.at == work.at()


def test_saying_a_form_again_gives_the_same_entry_and_matter(work: AtWork) -> None:
    form = work.call(category=Category.REPAIR)
    first = log_entry(work.desk, work.clerk, form)
    again = log_entry(work.desk, work.clerk, form)
    assert (again.entry_id, again.matter_id) == (first.entry_id, first.matter_id)
    assert first.is_new and not again.is_new


def test_4_7_each_channel_in_and_out_is_kept(work: AtWork) -> None:
    for is_outgoing in (False, True):
        form = MessageForm(
            form_id=work.desk.source.new_id(),
            at=work.at(),
            channel=Channel.MAIL,
            is_outgoing=is_outgoing,
            content="停水通知",
        )
        log_entry(work.desk, work.clerk, form)
    with work.desk.reading() as session:
        (line,) = entries(session, LogFilter(is_outgoing=True)).lines
    assert line.channel is Channel.MAIL


def test_5_1_a_correction_stands_beside_the_original(work: AtWork) -> None:
    logged = log_entry(work.desk, work.clerk, work.call(content="水管漏水"))
    with pytest.raises(Refusal, match=r"log\.missing_reason \[5\.1\]|log\.missing_reason"):
        correct(work.desk, work.clerk, logged.entry_id, "content", "水阀漏水", " ")
    with pytest.raises(Refusal, match=r"log\.correction_same"):
        correct(work.desk, work.clerk, logged.entry_id, "content", "水管漏水", "重写")
    correct(work.desk, work.clerk, logged.entry_id, "content", "水阀漏水", "听错了")
    with work.desk.reading() as session:
        story = entry_story(session, logged.entry_id)
    (addition,) = story.additions
    assert story.line.content == "水管漏水"
    assert story.corrected == {"content": "水阀漏水"}
    assert (addition.person_name, addition.at, addition.reason) == (
        work.clerk.name,
        work.at(),
        "听错了",
    )


@pytest.mark.parametrize(
    "statement",
    [
        "update entry set content = 'x'",
        "update entry set at = '2020'",
        "delete from entry",
        "insert or replace into entry select * from entry",
        "update addition set words = 'x'",
        "delete from addition",
        "delete from notice",
        "update notice set told = 'x'",
        "delete from matter_event",
        "update matter_event set words = 'x'",
    ],
)
def test_5_1_the_file_itself_refuses_to_change_what_was_written(
    work: AtWork, statement: str
) -> None:
    told = (NoticeForm(department_id=work.maintenance),)
    logged = log_entry(work.desk, work.clerk, work.call(category=Category.REPAIR, notices=told))
    correct(work.desk, work.clerk, logged.entry_id, "content", "水阀漏水", "听错了")
    with pytest.raises((IntegrityError, DBAPIError), match="sealed"):  # noqa: SIM117
        with work.desk.transaction() as unit:
            unit.session.connection().execute(text(statement))


def test_5_1_a_corrected_category_is_what_lists_show_and_find(work: AtWork) -> None:
    logged = log_entry(work.desk, work.clerk, work.call(category=Category.REPAIR))
    correct(work.desk, work.clerk, logged.entry_id, "category", "help", "问错了")
    correct(work.desk, work.clerk, logged.entry_id, "category", "complaint", "业主要投诉")
    with work.desk.reading() as session:
        story = entry_story(session, logged.entry_id)
        found = {
            category: [one.id for one in entries(session, LogFilter(category=category)).lines]
            for category in (Category.COMPLAINT, Category.REPAIR, Category.ENQUIRY, Category.HELP)
        }
    assert story.line.category is Category.REPAIR
    assert story.line.category_now is Category.COMPLAINT
    assert found[Category.COMPLAINT] == [logged.entry_id]
    assert found[Category.REPAIR] == [logged.entry_id], "the original is found as well"
    assert found[Category.ENQUIRY] == []
    assert found[Category.HELP] == [], "what was corrected once more is not"


@pytest.mark.parametrize(
    ("field", "first", "wrong"),
    [("category", "repair", "complaint"), ("content", "水管漏水", "水阀漏水")],
)
def test_5_1_a_wrong_correction_is_put_right_by_what_was_written_first(
    work: AtWork, field: str, first: str, wrong: str
) -> None:
    form = work.call(category=Category.REPAIR, content="水管漏水")
    entry_id = log_entry(work.desk, work.clerk, form).entry_id
    made = correct(work.desk, work.clerk, entry_id, field, wrong, "听错了", form_id="f1")
    again = correct(work.desk, work.clerk, entry_id, field, wrong, "听错了", form_id="f1")
    assert again == made, "a form saved twice is one correction"
    with pytest.raises(Refusal, match=r"log\.correction_same"):
        correct(work.desk, work.clerk, entry_id, field, wrong, "重写")
    correct(work.desk, work.clerk, entry_id, field, first, "原来是对的")
    with work.desk.reading() as session:
        assert entry_story(session, entry_id).corrected == {field: first}


def test_5_1_the_journal_holds_no_words(work: AtWork) -> None:
    log_entry(work.desk, work.clerk, work.call(caller="张建国", phone="13800138000"))
    with work.desk.reading() as session:
        bodies = session.connection().execute(text("select body from journal")).scalars().all()
    assert not any(word in body for body in bodies for word in ("张建国", "13800138000", "漏水"))


def test_5_2_an_enquiry_with_its_answer_closes_at_once(work: AtWork) -> None:
    form = work.call(category=Category.ENQUIRY, content="停车费多少", action="每月 150 元，已告知")
    assert log_entry(work.desk, work.clerk, form).matter_id is None


def hand_out(work: AtWork, item_id: int, quantity: object) -> HandOutForm:
    return HandOutForm(
        form_id=work.desk.source.new_id(),
        at=work.at(),
        item_id=item_id,
        quantity=quantity,
        to="业主大会",
    )


def test_5_3_a_hand_out_draws_down_the_stock_and_no_further(work: AtWork) -> None:
    form = items.ItemForm(code="leaflet", name="宣传单", unit="份", opening=30)
    leaflet = items.add_item(work.desk, work.staff.supervisor.person.id, form)
    log_entry(work.desk, work.clerk, hand_out(work, leaflet, "２０"))
    with pytest.raises(Refusal, match=r"shift\.item_short"):
        log_entry(work.desk, work.clerk, hand_out(work, leaflet, 20))
    with work.desk.reading() as session:
        assert items.balance(session, leaflet) == 10
        (line,) = entries(session, LogFilter(kind=EntryKind.HAND_OUT)).lines
    assert line.content == "宣传单 20份"


def test_6_5_the_night_record_is_what_the_night_shift_wrote(
    work: AtWork, clock: MovingClock
) -> None:
    log_entry(work.desk, work.clerk, work.call(content="白天的"))
    clock.advance(timedelta(hours=8, minutes=45))
    sign_on(work.desk, work.staff.night_man)
    relieve(work.desk, work.staff.clerk, work.staff.night_man)
    night_man = work.staff.night_man.person
    for hours in (0, 9):
        clock.advance(timedelta(hours=hours))
        log_entry(work.desk, night_man, work.call(content=f"夜里{hours}"))
    with work.desk.reading() as session:
        lines = night_record(session, date(2026, 3, 2), work.desk.duty)
        begun = entries(session, LogFilter(shift_day=date(2026, 3, 2))).lines
    assert [line.content for line in lines] == ["夜里0", "夜里9"]
    assert len(begun) == 3


def test_7_8_an_item_left_at_the_desk_waits_until_somebody_takes_it(work: AtWork) -> None:
    form = CustodyForm(
        form_id=work.desk.source.new_id(),
        at=work.at(),
        left_by="快递员",
        for_whom="3-1502 张先生",
        what="包裹一件",
        content="易碎",
    )
    logged = log_entry(work.desk, work.clerk, form)
    with work.desk.reading() as session:
        (waiting,) = custody_waiting(session)
        assert (waiting.id, waiting.content) == (logged.entry_id, "包裹一件\n易碎")
    with pytest.raises(Refusal, match=r"log\.missing_taken_by"):
        collect(work.desk, work.clerk, logged.entry_id, taken_by="  ")
    collect(work.desk, work.clerk, logged.entry_id, taken_by="张太太", proof="取件码")
    with work.desk.reading() as session:
        assert custody_waiting(session) == ()
        (taken,) = entry_story(session, logged.entry_id).additions
    assert (taken.words, taken.particulars["proof"], taken.person_name) == (
        "张太太",
        "取件码",
        work.clerk.name,
    )
    with pytest.raises(Refusal, match=r"log\.not_in_custody"):
        collect(work.desk, work.clerk, logged.entry_id, taken_by="别人")


def test_a_visitor_is_inside_until_the_leaving_is_put_down(work: AtWork) -> None:
    form = VisitForm(
        form_id=work.desk.source.new_id(),
        at=work.at(),
        purpose="送家具",
        party="３",
        plate="粤b12345",
    )
    logged = log_entry(work.desk, work.clerk, form)
    with work.desk.reading() as session:
        (line,) = visitors_inside(session)
    assert (line.particulars["party"], line.particulars["plate"]) == (3, "粤B12345")
    with pytest.raises(Refusal, match=r"log\.out_before_in"):
        visitor_left(work.desk, work.clerk, logged.entry_id, at=work.at() - timedelta(minutes=5))
    visitor_left(work.desk, work.clerk, logged.entry_id)
    with work.desk.reading() as session:
        assert visitors_inside(session) == ()


def test_9_3_a_finding_is_put_right_or_stays_open_and_is_looked_at_again(work: AtWork) -> None:
    points = (PointForm(point="大堂"), PointForm(point="花园", is_ok=False, finding="路灯不亮"))
    form = PatrolForm(form_id=work.desk.source.new_id(), at=work.at(), route="东区", points=points)
    logged = log_entry(work.desk, work.clerk, form)
    assert [each.key for each, _ in logged.open_reasons] == ["log.open_finding"]
    with work.desk.reading() as session:
        assert [line.id for line in rechecks_waiting(session)] == [logged.entry_id]
    add_fact(work.desk, work.clerk, logged.entry_id, AdditionKind.RECHECK, "灯已亮")
    with work.desk.reading() as session:
        assert rechecks_waiting(session) == ()
    with pytest.raises(Refusal, match=r"log\.missing_finding"):
        PatrolForm(
            form_id="x", at=work.at(), route="东区", points=(PointForm(point="a", is_ok=False),)
        )


def test_9_7_a_late_answer_is_flagged_and_counted(work: AtWork) -> None:
    for rings in (3, 4, "１２", ""):
        log_entry(work.desk, work.clerk, work.call(rings=rings))
    with work.desk.reading() as session:
        figures = counts(session, work.at() - timedelta(hours=1), work.at() + timedelta(hours=1))
    assert (figures.calls, figures.late_answers) == (4, 2)
    late = log_entry(work.desk, work.clerk, work.call(rings=4))
    assert [each.key for each in late.warnings] == ["log.late_answer"]
    assert log_entry(work.desk, work.clerk, work.call(rings=3)).warnings == ()


@pytest.mark.parametrize("rings", [100, -1, "三", "1.5"])
def test_9_7_rings_are_a_number_from_0_to_99(work: AtWork, rings: object) -> None:
    with pytest.raises(Refusal) as refused:
        work.call(rings=rings)
    assert refused.value.message.values["field"] == "rings"


def test_7_9_an_entry_before_the_opening_checks_is_kept_with_a_warning(
    make_desk: DeskMaker,
) -> None:
    desk = make_desk(also=("courier",))
    staff = hire_all(desk)
    qualify(desk, staff.clerk, staff.supervisor)
    work = begin_work(desk, staff)
    logged = log_entry(desk, work.clerk, work.call())
    assert [each.key for each in logged.warnings] == ["log.shift_not_started"]
    assert logged.is_new


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_texts_are_kept_as_they_may_be_shown(work: AtWork, words: str) -> None:
    form = work.call(caller=words, content=words, unit_text=words, phone=words)
    logged = log_entry(work.desk, work.clerk, form)
    with work.desk.reading() as session:
        line = entry_story(session, logged.entry_id).line
    kept = line.caller + line.content + line.phone
    assert kept.isprintable() or "\u200d" in kept
    if words.startswith("["):
        assert line.caller == line.content == words


def test_a_megabyte_pasted_is_refused_with_the_limit(work: AtWork) -> None:
    with pytest.raises(Refusal) as refused:
        work.call(content="长" * 1_000_000)
    assert refused.value.message.key == "foundation.text_too_long"
    assert refused.value.message.values["limit"] == LONG_LIMIT


def test_pages_of_the_log_hold_every_entry_once(work: AtWork, clock: MovingClock) -> None:
    written = []
    for number in range(23):
        if number % 3 == 0:
            clock.advance(timedelta(minutes=1))
        written.append(log_entry(work.desk, work.clerk, work.call(content=f"第{number}")).entry_id)
    read: list[int] = []
    cursor = None
    with work.desk.reading() as session:
        wanted = day_filter(date(2026, 3, 2), work.desk.zone, category=Category.OTHER)
        while True:
            page = entries(session, wanted, after=cursor, limit=5)
            read += [line.id for line in page.lines]
            cursor = page.next
            if cursor is None:
                break
    assert read == written[::-1]


def test_the_log_is_read_by_date_shift_person_category_and_kind(work: AtWork) -> None:
    event = EventForm(
        form_id=work.desk.source.new_id(), at=work.at(), content="消防演练", action="完成"
    )
    log_entry(work.desk, work.clerk, event)
    log_entry(work.desk, work.clerk, work.call(category=Category.REPAIR))
    with work.desk.reading() as session:
        (line,) = entries(session, LogFilter(kind=EntryKind.EVENT)).lines
        assert entries(session, LogFilter(category=Category.REPAIR)).lines[0].id != line.id
        assert len(entries(session, LogFilter(person_id=work.clerk.id)).lines) == 2
        assert len(entries(session, LogFilter(shift_id=line.shift_id)).lines) == 2
        yesterday = day_filter(date(2026, 3, 1), work.desk.zone)
        assert entries(session, yesterday).lines == ()
        assert line.at.tzinfo is UTC


def test_7_8_what_is_left_for_a_unit_stands_in_the_unit_s_file(work: AtWork) -> None:
    chief = work.staff.supervisor.person
    add_resident(work.desk, chief, ResidentForm(building="3", room="1502", name="张伟"))
    form = CustodyForm(
        form_id=work.desk.source.new_id(),
        at=work.at(),
        left_by="快递员",
        for_whom="3栋1502 张先生",
        what="包裹一件",
    )
    logged = log_entry(work.desk, work.clerk, form)
    with work.desk.reading() as session:
        unit_id = match(session, "3-1502")[0].unit_id
        left = unit_history(session, unit_id, kind=EntryKind.CUSTODY)
    assert [line.id for line in left.lines] == [logged.entry_id]
