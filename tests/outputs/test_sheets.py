"""Sheets: what was logged stands on them, inert, in both languages; PDF only with a font."""

from __future__ import annotations

import json
import os
import stat
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlmodel import select

from desk_console.foundation.canonical import sha256
from desk_console.foundation.catalogue import LANGUAGES, Language
from desk_console.foundation.clock import MovingClock
from desk_console.foundation.journal import JournalRow
from desk_console.foundation.refusal import Refusal
from desk_console.log.additions import correct
from desk_console.log.departments import DepartmentForm, add_department
from desk_console.log.forms import CallForm, NoticeForm, VisitForm
from desk_console.log.records import Category
from desk_console.matters.acts import log_entry
from desk_console.outputs.sheets import fonts, making
from desk_console.outputs.sheets.making import Made, Wanted, make
from desk_console.outputs.sheets.pdf import LACKING
from desk_console.outputs.texts.sheets import TEXTS
from desk_console.rulebook.desk import Desk, SheetMaking
from desk_console.shift.arrivals import sign_on
from tests.relief import relieve
from tests.staff import Staff

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}[red]x[/]&\"'"


class Page(HTMLParser):
    """What stands on a page: its words, its tags, its cells."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self.cells: list[str] = []
        self._is_in_cell = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]
        self._is_in_cell = tag in ("td", "small") and (tag == "td" or self._is_in_cell)
        if tag == "td":
            self.cells.append("")

    def handle_data(self, data: str) -> None:
        if self._is_in_cell:
            self.cells[-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "td":
            self._is_in_cell = False


@pytest.fixture
def logged(desk: Desk, staff: Staff, clock: MovingClock) -> Staff:
    """A morning: a call with its correction, a visit, a call whose words are hostile."""
    sign_on(desk, staff.clerk)
    clerk = staff.clerk.person
    told = add_department(desk, staff.supervisor.person, DepartmentForm(code="m", zh="工程部"))
    clock.advance(timedelta(minutes=30))
    forms = (
        CallForm(
            form_id="a", at=desk.now(), category=Category.REPAIR, unit_text="3-1502", caller="周敏",
            phone="13800138000", rings=2, content="水管漏水", action="已通知", result="",
            notices=(NoticeForm(department_id=told),),
        ),
        VisitForm(form_id="b", at=desk.now(), caller="装修公司", purpose="勘察", party=3),
        CallForm(form_id="c", at=desk.now(), caller="\x1b]0;x\x07" + HOSTILE, content=HOSTILE,
                 result="𠮷野家 \u202eabc"),
    )  # fmt: skip
    ids = [log_entry(desk, clerk, form).entry_id for form in forms]
    correct(desk, clerk, ids[0], "content", "暖气漏水", "听错了", form_id="d")
    return staff


def printed(desk: Desk, staff: Staff, form: str = "log", language: Language = "zh") -> Page:
    made = make(desk, staff.clerk.person, Wanted(form), language=language)
    return Page(made.path.read_text(encoding="utf-8"))


def pdf_words(made: Made) -> str:
    pages = PdfReader(BytesIO(made.path.read_bytes())).pages
    # The reader puts a NUL before each sign of a font with more than 256 of them.
    return "\n".join(page.extract_text() for page in pages).replace("\0", "")


def sheet_rows(desk: Desk) -> list[JournalRow]:
    with desk.reading() as session:
        query = select(JournalRow).where(JournalRow.act == "outputs.sheet_made")
        return list(session.exec(query))


def test_6_5_the_duty_log_holds_each_line_and_what_stands_beside_it(
    desk: Desk, logged: Staff
) -> None:
    page = printed(desk, logged)
    whole = "\n".join(page.cells)
    for words in ("水管漏水", "【未办完】", "更正（王晓燕 03-02 09:15）：暖气漏水 听错了", "已通知",
                  "工程部", "王晓燕", "09:15", "勘察", "3 人", "2026-03-02 周一 Mon"):  # fmt: skip
        assert words in whole, words
    assert whole.index("水管漏水") < whole.index("暖气漏水"), "the original stands first"


def test_6_5_the_night_log_holds_the_night_shift_s_lines_only(
    desk: Desk, logged: Staff, clock: MovingClock
) -> None:
    assert "水管漏水" not in "".join(printed(desk, logged, "night").cells)
    clock.advance(timedelta(hours=8))
    sign_on(desk, logged.night_man)
    clock.advance(timedelta(minutes=15))
    relieve(desk, logged.clerk, logged.night_man)
    form = CallForm(form_id="n", at=desk.now(), content="夜里有人敲门", result="已查看")
    log_entry(desk, logged.night_man.person, form)
    page = printed(desk, logged, "night")
    whole = "".join(page.cells)
    assert "夜里有人敲门" in whole and "水管漏水" not in whole
    assert "孙建军" in whole


def test_the_call_log_has_the_paper_form_s_columns_and_rows(desk: Desk, logged: Staff) -> None:
    page = printed(desk, logged, "calls")
    row = page.cells[page.cells.index("1") :]
    assert row[:8] == ["1", "09:15", "2", "电话", "周敏", "3-1502", "13800138000", "报修"]
    assert "3" in page.cells, "two calls and a visit"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", sorted(making.OF_A_DAY))
def test_rows_13_14_hostile_words_are_inert_on_every_sheet(
    desk: Desk, logged: Staff, form: str, language: Language
) -> None:
    made = make(desk, logged.clerk.person, Wanted(form), language=language)
    text = made.path.read_text(encoding="utf-8")
    page = Page(text)
    assert "script" not in page.tags and "img" not in page.tags
    assert not [name for name in page.attributes if name.startswith("on")]
    assert "\x1b" not in text and "\u202e" not in text
    assert "default-src 'none'" in text
    if form in ("log", "calls"):
        assert HOSTILE in "".join(page.cells), "shown as it was typed"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_is_printed_in_both_languages(
    desk: Desk, logged: Staff, language: Language
) -> None:
    made = make(desk, logged.clerk.person, Wanted("log"), language=language)
    text = made.path.read_text(encoding="utf-8")
    for name in ("day_log", "date", "weather", "event", "recorder", "checked_by"):
        zh, en = TEXTS[name]
        assert zh in text and en in text
        assert (text.index(zh) < text.index(en)) is (language == "zh")


def test_a_pdf_reads_back_with_its_chinese(desk: Desk, logged: Staff) -> None:
    made = make(desk, logged.clerk.person, Wanted("log"), language="zh", format="pdf")
    words = pdf_words(made)
    for each in ("值班记录表（工作日志）", "Duty log", "水管漏水", "暖气漏水", "工程部", "1 / "):
        assert each in words, each
    assert "<script>" in words, "shown as it was typed"


def test_row_24_a_sign_that_the_font_lacks_is_named_and_never_a_box(
    desk: Desk, logged: Staff
) -> None:
    form = CallForm(form_id="e", at=desk.now(), content="表情 \U0001f600 完", result="好")
    log_entry(desk, logged.clerk.person, form)
    made = make(desk, logged.clerk.person, Wanted("log"), language="zh", format="pdf")
    words = pdf_words(made)
    assert f"表情 {LACKING} 完" in words
    assert TEXTS["lacking"][0] in words


def test_row_24_without_a_font_there_is_a_hint_and_the_html_sheet(
    desk: Desk, logged: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "_found", lambda: None)
    clerk = logged.clerk.person
    with pytest.raises(Refusal, match="no_font"):
        make(desk, clerk, Wanted("log"), language="zh", format="pdf")
    made = make(desk, clerk, Wanted("log"), language="zh", format="pdf", may_fall_back=True)
    assert (made.format, made.lacks_font) == ("html", True)
    assert made.path.suffix == ".html"


def test_row_24_a_font_that_does_not_print_chinese_is_refused_by_name(
    desk: Desk, logged: Staff, tmp_path: Path
) -> None:
    font = tmp_path / "font.ttf"
    font.write_bytes(b"no font at all")
    other = replace(desk, sheets=SheetMaking(font=font))
    with pytest.raises(Refusal, match="font_unfit") as refused:
        make(other, logged.clerk.person, Wanted("log"), language="zh", format="pdf")
    assert refused.value.message.values["file"] == str(font)


def test_4_9_making_a_sheet_is_on_record_with_what_was_made(desk: Desk, logged: Staff) -> None:
    made = make(desk, logged.clerk.person, Wanted("calls"), language="zh")
    [row] = sheet_rows(desk)
    body = json.loads(row.body)
    assert (row.person_id, row.subject) == (logged.clerk.person.id, "sheet:calls:2026-03-02")
    assert body["digest"] == sha256(made.path.read_bytes())
    assert "周敏" not in row.body


def test_4_9_residents_data_is_printed_by_people_on_duty_and_those_in_charge(
    desk: Desk, logged: Staff
) -> None:
    with pytest.raises(Refusal, match="not_on_duty"):
        make(desk, logged.other_clerk.person, Wanted("log"), language="zh")
    assert sheet_rows(desk) == []
    assert (
        list((desk.folder / making.FOLDER).glob("*")) == []
        if (desk.folder / making.FOLDER).exists()
        else True
    )
    make(desk, logged.supervisor.person, Wanted("log"), language="zh")


def test_sheets_are_for_their_owner_only_and_never_overwrite(desk: Desk, logged: Staff) -> None:
    first, second = (
        make(desk, logged.clerk.person, Wanted("log"), language="zh").path for _ in range(2)
    )
    assert (first.name, second.name) == (
        "值班记录表（工作日志）-2026-03-02.html",
        "值班记录表（工作日志）-2026-03-02-2.html",
    )
    if os.name == "posix":
        assert stat.S_IMODE(first.stat().st_mode) == 0o600
        assert stat.S_IMODE(first.parent.stat().st_mode) == 0o700
    with pytest.raises(Refusal, match="file_exists"):
        make(desk, logged.clerk.person, Wanted("log"), language="zh", out=first)


def test_a_folder_that_may_not_be_written_leaves_nothing_behind(
    desk: Desk, logged: Staff, tmp_path: Path
) -> None:
    out = tmp_path / "absent" / "log.html"
    with pytest.raises(Refusal, match="file_unwritable"):
        make(desk, logged.clerk.person, Wanted("log"), language="zh", out=out)
    assert sheet_rows(desk) == []


def test_a_viewer_that_does_not_start_is_told_and_the_sheet_is_kept(
    desk: Desk, logged: Staff
) -> None:
    other = replace(desk, sheets=SheetMaking(viewer="/nowhere/viewer --new"))
    made = make(other, logged.clerk.person, Wanted("log"), language="zh")
    assert made.problem is not None
    assert made.path.exists()


def test_the_viewer_is_given_the_file(desk: Desk, logged: Staff, tmp_path: Path) -> None:
    other = replace(desk, sheets=SheetMaking(viewer="true"))
    assert make(other, logged.clerk.person, Wanted("log"), language="zh").problem is None
