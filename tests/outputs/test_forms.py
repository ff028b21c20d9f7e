"""The forms of records: what they were made from stands on them, in the paper's own fields."""

from __future__ import annotations

import html
from datetime import date, timedelta

import pytest

from desk_console.foundation.catalogue import LANGUAGES, Language
from desk_console.foundation.clock import MovingClock
from desk_console.foundation.refusal import Refusal
from desk_console.handover.adding import add_note
from desk_console.log.additions import add_fact, correct
from desk_console.log.forms import PatrolForm, PointForm
from desk_console.log.records import AdditionKind, Category
from desk_console.matters.acts import OpenMatter, log_entry
from desk_console.outputs.sheets.agreement import TERMS
from desk_console.outputs.sheets.making import Made, Wanted, make
from desk_console.outputs.texts.sheets import TEXTS
from desk_console.people.records import PersonView
from desk_console.rulebook.desk import Desk
from tests.built import built_once
from tests.foundation.desk_file import meddle
from tests.handover.conftest import Evening, evening
from tests.handover.walk import call
from tests.log.conftest import work
from tests.log.desk_at_work import AtWork
from tests.matters.sites import ANSWERED, FOLLOWED, PROPOSED, complaint, repair, walk
from tests.on_roster import Turn, put_on_roster
from tests.outputs.test_sheets import HOSTILE, Page, pdf_words
from tests.staff import Staff

__all__ = ["evening", "work"]


def page_of(
    desk: Desk, by: PersonView, form: str, of: object = "", language: Language = "zh"
) -> tuple[Made, Page]:
    made = make(desk, by, Wanted(form, of=str(of)), language=language)
    return made, Page(made.path.read_text(encoding="utf-8"))


@pytest.fixture
def sealed(evening: Evening) -> tuple[Evening, int, str]:
    """A handover with a repair that is carried over, signed by both; its id and receipt."""
    return evening, *_signed(evening.desk, evening)


@built_once
def _signed(desk: Desk, evening: Evening) -> tuple[int, str]:
    opened = OpenMatter(is_urgent=True)
    call(evening.desk, evening.clerk.person, f"厨房漏水{HOSTILE}", opened=opened)
    evening.clock.advance(timedelta(minutes=5))
    walked = evening.open()
    receipt = walked.whole().receipt
    assert receipt
    return walked.id, receipt


@pytest.mark.parametrize("language", LANGUAGES)
def test_9_16_the_handover_record_holds_what_both_signed_and_its_receipt(
    sealed: tuple[Evening, int, str], language: Language
) -> None:
    evening, number, receipt = sealed
    made, page = page_of(evening.desk, evening.night_man.person, "handover", number, language)
    text = made.path.read_text(encoding="utf-8")
    holds = TEXTS["signature_good"][language == "en"]
    for words in (
        "王晓燕", "孙建军", "钥匙1", "十点再联系一次", "我十点打电话问师傅", "一切正常",
        f"<code>{receipt}</code>", "<svg", holds,
    ):  # fmt: skip
        assert words in text, words
    assert TEXTS["signature_bad"][0] not in text
    assert "script" not in page.tags
    assert HOSTILE in "".join(page.cells)
    assert text.index(TEXTS["outgoing"][0]) < text.index("孙建军")


def test_5_1_the_handover_record_says_what_a_corrected_entry_was_first_logged_as(
    evening: Evening,
) -> None:
    logged = call(evening.desk, evening.clerk.person, "楼道灯不亮")
    correct(evening.desk, evening.clerk.person, logged.entry_id, "category", "suggestion", "听错")
    walked = evening.open()
    walked.whole()
    _, page = page_of(evening.desk, evening.night_man.person, "handover", walked.id)
    assert "建议（原记报修）" in page.cells


def test_the_handover_record_as_pdf_has_its_receipt(sealed: tuple[Evening, int, str]) -> None:
    evening, number, receipt = sealed
    wanted = Wanted("handover", of=str(number))
    words = pdf_words(
        make(evening.desk, evening.night_man.person, wanted, language="zh", format="pdf")
    )
    for each in (receipt, "交班人", "孙建军", "物品、钥匙、工具交接", "签名有效"):
        assert each in words, each


def test_what_was_added_after_sealing_stands_beside_the_record(
    sealed: tuple[Evening, int, str],
) -> None:
    evening, number, receipt = sealed
    add_note(evening.desk, evening.night_man, number, "对讲机在抽屉里")
    made, _ = page_of(evening.desk, evening.night_man.person, "handover", number)
    text = made.path.read_text(encoding="utf-8")
    assert text.index(receipt) < text.index(TEXTS["added_later"][0]) < text.index("对讲机")


@pytest.mark.parametrize("language", LANGUAGES)
def test_9_13_on_paper_too_it_is_said_that_words_are_not_those_signed(
    sealed: tuple[Evening, int, str], language: Language
) -> None:
    evening, number, _ = sealed
    doubt = TEXTS["not_as_signed"][language == "en"]
    for statement, is_doubted in (("", False), ("update handover_words set words = 'x'", True)):
        meddle(evening.desk.store.path, *filter(None, [statement]))
        made, _ = page_of(evening.desk, evening.night_man.person, "handover", number, language)
        assert (doubt in made.path.read_text(encoding="utf-8")) is is_doubted


@pytest.mark.parametrize("number", ["", "99", "x", "１"])
def test_a_handover_that_is_none_or_not_sealed_is_refused(evening: Evening, number: str) -> None:
    evening.open()
    with pytest.raises(Refusal):
        page_of(evening.desk, evening.clerk.person, "handover", number)


def test_6_6_the_work_order_has_the_paper_s_fields_and_blanks_for_a_pen(work: AtWork) -> None:
    matter_id = repair(work, content=f"角阀漏水{HOSTILE}", phone="13800138000")
    made, page = page_of(work.desk, work.clerk, "work-order", "wx2026-0001")
    text = made.path.read_text(encoding="utf-8")
    assert made.path.name == "维修工作单-WX2026-0001.html"
    for words in ("张建国", "3-1502", "13800138000", "维修部", "小修"):
        assert words in page.cells, words
    assert "角阀漏水&lt;script&gt;" in text
    assert page.cells.count("") > 5, "what is not known yet is blank"
    walk(
        work.desk,
        work.clerk,
        matter_id,
        ("accept", {"assignee": work.staff.night_man.person.id}),
        ("arrive", {}),
        ("finish", {"work_done": "更换角阀", "materials": "角阀 1 只", "fee": "35.5"}),
        ("confirm", {"signed_by": "张建国"}),
    )
    made, page = page_of(work.desk, work.clerk, "work-order", matter_id)
    for words in ("孙建军", "角阀 1 只", "35.50", "已验收"):
        assert words in page.cells, words
    assert "更换角阀" in made.path.read_text(encoding="utf-8")


def test_4_11_the_complaint_record_has_account_findings_answer_and_follow_up(
    work: AtWork,
) -> None:
    matter_id = complaint(work)
    walk(work.desk, work.clerk, matter_id, PROPOSED, ANSWERED, FOLLOWED)
    made, page = page_of(work.desk, work.clerk, "complaint", matter_id)
    text = made.path.read_text(encoding="utf-8")
    for words in ("楼上深夜施工", "监控可见施工", "责令停工并道歉", "已电话告知并致歉"):
        assert words in text, words
    assert "满意" in page.cells


def test_a_matter_of_another_form_or_none_is_refused(work: AtWork) -> None:
    matter_id = complaint(work)
    for form, of in (("work-order", matter_id), ("complaint", "TS2026-0099"), ("complaint", "x")):
        with pytest.raises(Refusal):
            page_of(work.desk, work.clerk, form, of)


def test_2_5_the_notice_board_s_roster_has_each_date_its_people_and_their_phones(
    desk: Desk, staff: Staff, clock: MovingClock
) -> None:
    first, last = date(2026, 4, 1), date(2026, 4, 30)
    days = [first + timedelta(days=n) for n in range(30)]
    turns = [Turn(day, "day", "desk", staff.clerk.person.id) for day in days]
    turns += [Turn(day, "night", "desk", staff.night_man.person.id) for day in days[:-1]]
    put_on_roster(desk, staff.supervisor.person.id, first, last, turns)
    made = make(desk, staff.guard.person, Wanted("roster", first), language="zh")
    page = Page(made.path.read_text(encoding="utf-8"))
    assert page.cells[page.cells.index("5") :][:3] == ["5", "周日", "王晓燕"]
    assert "清明节" in "".join(page.cells)
    assert "13900002001" in page.cells
    assert page.cells.count("孙建军") == 30, "29 nights, and once among the phones"
    assert "缺" in page.cells[page.cells.index("30", page.cells.index("29")) + 5]
    made = make(desk, staff.guard.person, Wanted("roster", first), language="en", format="pdf")
    assert "Duty roster" in pdf_words(made)


def test_2_5_a_month_that_nobody_has_published_says_so(desk: Desk, staff: Staff) -> None:
    made = make(desk, staff.guard.person, Wanted("roster", date(2026, 7, 1)), language="zh")
    assert TEXTS["not_published"][0] in made.path.read_text(encoding="utf-8")


def test_an_off_duty_guard_prints_no_residents(work: AtWork) -> None:
    repair(work, category=Category.REPAIR)
    with pytest.raises(Refusal, match="not_on_duty"):
        page_of(work.desk, work.staff.guard.person, "work-order", "WX2026-0001")


def test_9_3_the_patrol_record_has_each_point_and_the_look_again(work: AtWork) -> None:
    form = PatrolForm(
        form_id="p",
        at=work.at(),
        route="大堂路线",
        points=(
            PointForm(point="大堂"),
            PointForm(point="消防通道", is_ok=False, finding="堆放杂物", correction="已清走"),
        ),
        result="已处理",
    )
    entry_id = log_entry(work.desk, work.clerk, form).entry_id
    add_fact(work.desk, work.clerk, entry_id, AdditionKind.RECHECK, "通道畅通", form_id="again")
    made, page = page_of(work.desk, work.clerk, "patrol", entry_id)
    place = page.cells.index("消防通道")
    assert page.cells[place + 1 : place + 4] == ["异常", "堆放杂物", "已清走"]
    assert "通道畅通" in made.path.read_text(encoding="utf-8")
    call_id = log_entry(work.desk, work.clerk, work.call()).entry_id
    for of in (call_id, "x", ""):
        with pytest.raises(Refusal):
            page_of(work.desk, work.clerk, "patrol", of)


def test_4_9_the_agreement_names_the_person_and_every_term_in_both_languages(
    work: AtWork,
) -> None:
    made, page = page_of(work.desk, work.staff.supervisor.person, "agreement", "2001")
    text = made.path.read_text(encoding="utf-8")
    assert "王晓燕" in page.cells
    for term in TERMS:
        assert all(words in html.unescape(text) for words in TEXTS[f"term_{term}"])
    with pytest.raises(Refusal):
        page_of(work.desk, work.clerk, "agreement", "9999")
