"""Drafts as they are typed, departments, and the sentences at hand."""

from datetime import timedelta
from pathlib import Path

import pytest

from desk_console.foundation.clock import MovingClock
from desk_console.foundation.refusal import Refusal
from desk_console.log.departments import (
    DepartmentForm,
    add_department,
    change_department,
    departments,
)
from desk_console.log.drafts import discard, keep, waiting
from desk_console.log.forms import NoticeForm
from desk_console.log.own_phrases import PhraseForm, add_phrase, change_phrase, listed
from desk_console.log.phrase_import import import_phrases
from desk_console.log.phrases import answers, phrases
from desk_console.log.records import Category
from desk_console.log.rules import parse_clock
from desk_console.matters.acts import log_entry
from desk_console.matters.notified import set_in_use
from tests.conftest import ZONE, DeskMaker
from tests.log.desk_at_work import HOSTILE, AtWork


def test_drafts_wait_side_by_side_and_outlive_the_console(
    work: AtWork, clock: MovingClock, make_desk: DeskMaker
) -> None:
    keep(work.desk, "first", "call", {"content": "厨房"}, work.clerk.id)
    clock.advance(timedelta(seconds=1))
    keep(work.desk, "second", "visit", {"purpose": "送货"})
    clock.advance(timedelta(seconds=1))
    keep(work.desk, "first", "call", {"content": "厨房水管", "rings": "３"}, work.clerk.id)
    other = make_desk()
    with other.reading() as session:
        first, second = waiting(session, work.desk.store.console)
        assert waiting(session, other.store.console) == ()
    assert (first.form_id, second.form_id) == ("first", "second")
    assert first.fields == {"content": "厨房水管", "rings": "３"}
    assert first.saved_at - first.begun_at == timedelta(seconds=2)
    discard(work.desk, "second", work.clerk.id)
    with other.reading() as session:
        assert [each.form_id for each in waiting(session)] == ["first"]


def test_a_draft_goes_with_its_save_and_no_late_keystroke_brings_it_back(work: AtWork) -> None:
    form = work.call()
    assert keep(work.desk, form.form_id, "call", {"content": "厨房"})
    log_entry(work.desk, work.clerk, form)
    assert not keep(work.desk, form.form_id, "call", {"content": "厨房水"})
    with work.desk.reading() as session:
        assert waiting(session) == ()


@pytest.mark.parametrize("words", HOSTILE)
def test_a_draft_keeps_just_what_was_typed(work: AtWork, words: str) -> None:
    keep(work.desk, "draft", "call", {"content": words})
    with work.desk.reading() as session:
        assert waiting(session)[0].fields == {"content": words}


def test_5_8_phrases_are_shown_by_category_where_they_are_switched_on(
    make_desk: DeskMaker,
) -> None:
    quiet, polite = make_desk(), make_desk(phrases=True)
    with quiet.reading() as session:
        assert phrases(session, quiet.duty, Category.REPAIR) == ()
        mine = phrases(session, polite.duty, Category.REPAIR)
        complaint = phrases(session, polite.duty, Category.COMPLAINT)
    assert mine and complaint and mine[0] != complaint[0]
    assert all(phrase.zh and phrase.en for phrase in mine)


def test_5_2_frequent_answers_are_at_hand(work: AtWork) -> None:
    with work.desk.reading() as session:
        assert len(answers(session, Category.ENQUIRY)) >= 3


def test_5_8_a_site_adds_its_own_beside_the_built_in_ones(work: AtWork) -> None:
    supervisor = work.staff.supervisor.person
    with work.desk.reading() as session:
        before = answers(session, Category.REPAIR)
    own = PhraseForm.model_validate({"use": "answer", "category": "repair", "zh": "已派急修车"})
    number = add_phrase(work.desk, supervisor, own)
    with work.desk.reading() as session:
        after = answers(session, Category.REPAIR)
    assert [each.zh for each in after] == [*(each.zh for each in before), "已派急修车"]
    change_phrase(work.desk, supervisor, number, own, is_active=False)
    with work.desk.reading() as session:
        assert answers(session, Category.REPAIR) == after[:-1]
    with pytest.raises(Refusal, match=r"log\.phrase_twice"):
        add_phrase(work.desk, supervisor, own)
    with pytest.raises(Refusal, match=r"people\.no_right"):
        add_phrase(work.desk, work.clerk, PhraseForm(zh="另一句"))


def test_5_2_a_site_puts_its_answers_in_order_and_changes_a_built_in_one(work: AtWork) -> None:
    supervisor = work.staff.supervisor.person

    def of_enquiries() -> list[str]:
        with work.desk.reading() as session:
            return [each.zh for each in answers(session, Category.ENQUIRY)]

    built_in = of_enquiries()
    with work.desk.reading() as session:
        last = next(one for one in listed(session) if one.zh == built_in[-1])
    assert last.place == len(built_in)
    moved = PhraseForm(use=last.use, category=last.category, zh="停水到几点已告知", place=2)
    change_phrase(work.desk, supervisor, last.id, moved, is_active=True)
    assert of_enquiries() == [built_in[0], "停水到几点已告知", *built_in[1:-1]]
    first = PhraseForm(use=last.use, category=last.category, zh="问哪里停车，已告知", place=1)
    add_phrase(work.desk, supervisor, first)
    assert of_enquiries()[:2] == ["问哪里停车，已告知", built_in[0]]
    with pytest.raises(Refusal, match=r"log\.no_phrase"):
        change_phrase(work.desk, supervisor, last.id, moved, is_active=True)


def test_5_8_phrases_of_a_file_are_added_whole_or_not_at_all(work: AtWork, tmp_path: Path) -> None:
    supervisor, file = work.staff.supervisor.person, tmp_path / "phrases.csv"
    file.write_text("类别,用途,中文\n报修,答复,a\n修理,,b\n,,\n报修,,c\n报修,,c\n", "utf-8")
    found = import_phrases(work.desk, supervisor.id, file)
    assert [(one.line, one.what.key) for one in found.problems] == [
        (2, "log.phrase_use"),
        (3, "log.phrase_category"),
        (6, "log.phrase_twice"),
    ]
    file.write_text("category,use,zh,en\nrepair,answer,已派急修车,Van sent\n,,已告知,\n", "utf-8")
    with work.desk.reading() as session:
        before = answers(session, Category.REPAIR)
    assert import_phrases(work.desk, supervisor.id, file).added == 2
    with work.desk.reading() as session:
        after = [(each.zh, each.en) for each in answers(session, Category.REPAIR)]
    assert after[: len(before)] == [(each.zh, each.en) for each in before]
    assert after[len(before) :] == [("已派急修车", "Van sent"), ("已告知", "已告知")]


def test_a_department_out_of_use_is_not_told(work: AtWork) -> None:
    supervisor = work.staff.supervisor.person
    form = DepartmentForm(code="maintenance", zh="工程部", en="Engineering")
    with pytest.raises(Refusal, match=r"log\.department_code_taken"):
        add_department(work.desk, supervisor, form)
    with pytest.raises(Refusal, match=r"people\.no_right"):
        add_department(work.desk, work.clerk, form)
    change_department(work.desk, supervisor, work.maintenance, form)
    set_in_use(work.desk, supervisor, work.maintenance, is_active=False)
    told = (NoticeForm(department_id=work.maintenance),)
    with pytest.raises(Refusal, match=r"log\.no_department"):
        log_entry(work.desk, work.clerk, work.call(notices=told))
    with work.desk.reading() as session:
        assert departments(session) == ()
        assert departments(session, active=False)[0].zh == "工程部"


@pytest.mark.parametrize(
    ("typed", "hour", "minute", "day"),
    [
        ("0812", 8, 12, 2),
        ("8:12", 8, 12, 2),
        ("８：１２", 8, 12, 2),
        ("23:50", 23, 50, 1),
        ("845", 8, 45, 2),
    ],
)
def test_a_time_typed_is_the_last_such_minute(
    clock: MovingClock, typed: str, hour: int, minute: int, day: int
) -> None:
    moment = parse_clock(typed, near=clock.now(), zone=ZONE).astimezone(ZONE)
    assert (moment.hour, moment.minute, moment.day) == (hour, minute, day)


@pytest.mark.parametrize("typed", ["", "25:00", "9:75", "noon", "9:1:1", "99999"])
def test_what_is_no_time_is_refused(clock: MovingClock, typed: str) -> None:
    with pytest.raises(Refusal, match=r"log\.time_unreadable"):
        parse_clock(typed, near=clock.now(), zone=ZONE)
