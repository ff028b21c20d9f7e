"""Matters on the screen (F6): listed as they press, moved by few keys, from entry to order and
back, missed calls settled together; hostile text is shown as typed.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, get_args

import pytest
from textual.events import Paste
from textual.pilot import Pilot

from desk_console.foundation.catalogue import Catalogue, Language
from desk_console.foundation.clock import MovingClock
from desk_console.foundation.refusal import Refusal
from desk_console.log.forms import CallForm
from desk_console.log.records import Category
from desk_console.matters.acts import OpenMatter, log_entry, take_step
from desk_console.matters.missed import MissedCall, log_missed, settle_missed
from desk_console.matters.records import Importance, Stage
from desk_console.matters.story import matter_story
from desk_console.matters.views import open_count
from desk_console.people.records import PersonView
from desk_console.rulebook.desk import Desk
from desk_console.tui.app import DeskApp
from desk_console.tui.dialogs.entry_book import EntryBook
from desk_console.tui.dialogs.step import StepDialog
from desk_console.tui.matter_words import clock_lines, form_lines
from desk_console.tui.screens.handovers.signed import SignedScreen
from desk_console.tui.screens.matter import MatterScreen
from desk_console.tui.terminal.bytes_in import PASTE_LIMIT
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import Line, Words
from desk_console.tui.widgets.table import Listing
from tests.handover.conftest import Evening, evening
from tests.handover.walk import call as handover_call
from tests.log.desk_at_work import HOSTILE
from tests.matters.sites import story
from tests.tui.call_site import at_desk, seen, settle, settled
from tests.tui.golden import holds

__all__ = ["evening"]


def call(desk: Desk, person: PersonView, number: int, **fields: Any) -> int:
    wish = fields.pop("wish", None)
    form = CallForm(
        form_id=f"f{number}",
        at=desk.now(),
        **{"category": Category.REPAIR, "unit_text": "3-1502", "caller": "周敏", **fields},
    )
    return log_entry(desk, person, form, wish).matter_id or 0


def returned_and_told(desk: Desk, person: PersonView) -> int:
    """An order that came back for want of a part, and of which another craftsman was then told."""
    matter_id = call(desk, person, 1, content="厨房水管漏水")
    take_step(desk, person, matter_id, 1, "give_back", {"not_done_reason": "缺配件"})
    take_step(desk, person, matter_id, 2, "dispatch", {"how": "call", "told": "刘工"})
    return matter_id


def lived(desk: Desk, person: PersonView, clock: MovingClock) -> list[int]:
    """A minor repair, a complaint and an urgent repair, the last one five minutes old."""
    made = [call(desk, person, 1, content="厨房水管漏水")]
    clock.advance(timedelta(minutes=40))
    made.append(call(desk, person, 2, content="楼上装修太吵", category=Category.COMPLAINT))
    wish = OpenMatter(importance=Importance.IMPORTANT, is_urgent=True)
    made.append(call(desk, person, 3, content="电梯困人", unit_text="5-602", wish=wish))
    clock.advance(timedelta(minutes=5))
    return made


async def press(app: DeskApp, pilot: Pilot[Any], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(app, pilot)


async def test_f6_lists_what_is_open_as_it_presses(desk: Desk, clock: MovingClock) -> None:
    person = settled(desk, clock)
    lived(desk, person, clock)
    async with at_desk(desk, person) as (app, pilot):
        await press(app, pilot, "f6")
        lines = [line for line in seen(app).splitlines() if "2026-" in line]
        assert ["5-602" in lines[0], "3-1502" in lines[1]] == [True, True]
        await press(app, pilot, "shift+tab", "shift+tab", "shift+tab", "right", "right")
        assert "3-1502" in seen(app) and "5-602" not in seen(app)


async def test_enter_typed_behind_f6_opens_the_first_matter(desk: Desk, clock: MovingClock) -> None:
    person = settled(desk, clock)
    lived(desk, person, clock)
    async with at_desk(desk, person) as (app, pilot):
        await pilot.press("f6", "enter")
        await settle(app, pilot)
        await settle(app, pilot)
        assert isinstance(app.screen, MatterScreen)
        assert "电梯困人" in seen(app)


async def test_what_stands_over_the_screen_follows_the_language_too(
    desk: Desk, clock: MovingClock
) -> None:
    person = settled(desk, clock)
    matter_id = call(desk, person, 1, content="厨房水管漏水")
    with desk.reading() as session:
        known = matter_story(session, desk, matter_id, desk.now())
    async with at_desk(desk, person) as (app, pilot):
        app.push_screen(StepDialog(known, known.steps[0]))
        await settle(app, pilot)
        app.say("tui.act.signed_on", name="周敏")
        app.refused(Refusal("shift.same_person", clause="9.13"))
        await settle(app, pilot)
        assert all(said in seen(app) for said in ("维修工作单", "周敏已签到。", "不能是同一个人"))
        await press(app, pilot, "f12")
        shown = seen(app)
        assert "周敏 is signed on." in shown and "cannot be on both sides" in shown
        assert "work order" in shown and "维修工作单" not in shown and "已签到" not in shown
        assert len(app.screen.query("Toast")) == 2


async def test_a_stage_is_moved_by_four_keys(desk: Desk, clock: MovingClock) -> None:
    person = settled(desk, clock)
    matter_id = call(desk, person, 1, content="厨房水管漏水")
    async with at_desk(desk, person) as (app, pilot):
        await press(app, pilot, "f6", "enter")
        assert isinstance(app.screen, MatterScreen)
        await press(app, pilot, "1", "enter", "ctrl+s")
        assert "已接单" in seen(app)
    assert story(desk, matter_id).line.stage is Stage.ACCEPTED


async def test_6_3_of_another_notice_it_is_asked_anew_how_and_whom_it_was_told_to(
    desk: Desk, clock: MovingClock
) -> None:
    person = settled(desk, clock)
    returned_and_told(desk, person)
    async with at_desk(desk, person) as (app, pilot):
        await press(app, pilot, "f6", "enter", "4", "enter")
        dialog = app.screen
        assert isinstance(dialog, StepDialog)
        assert dialog.query_one("#step-told", Line).value == ""
        assert dialog.query_one("#step-how", Choice).value is None


async def test_7_11_what_a_caller_was_told_before_is_not_said_of_another_answer(
    desk: Desk, clock: MovingClock
) -> None:
    person = settled(desk, clock)
    matter_id = call(desk, person, 1, content="楼上太吵", category=Category.COMPLAINT)
    given = {"result": "已劝说", "answered": "已告知住户"}
    take_step(desk, person, matter_id, 1, "answer", given)
    take_step(desk, person, matter_id, 2, "reopen", {"reason": "又吵"})
    async with at_desk(desk, person) as (app, pilot):
        await press(app, pilot, "f6", "enter", "3", "enter")
        assert isinstance(app.screen, StepDialog)
        assert app.screen.query_one("#step-answered", Words).value == ""


def test_the_form_s_words_stand_behind_the_whole_of_its_longest_label(
    desk: Desk, clock: MovingClock
) -> None:
    person = settled(desk, clock)
    matter_id = returned_and_told(desk, person)
    lines = list(form_lines(story(desk, matter_id), Catalogue("en")))
    assert [line for line in lines if "缺配件" in line or "刘工" in line] == [
        "Taken by     刘工",
        "Why not done 缺配件",
    ]


def test_9_4_the_whole_that_is_shown_is_the_sum_of_what_is_shown_of_each_level(
    desk: Desk, clock: MovingClock
) -> None:
    person = settled(desk, clock)
    matter_id = call(desk, person, 1, content="厨房水管漏水")
    clock.advance(timedelta(seconds=90))
    take_step(desk, person, matter_id, 1, "accept", {})
    clock.advance(timedelta(seconds=90))
    assert list(clock_lines(story(desk, matter_id), desk.now(), Catalogue("en")))[-1] == (
        "Held by     department 1 min  technician 1 min  in all 2 min"
    )


async def test_a_refused_step_says_why_and_keeps_what_was_written(
    desk: Desk, clock: MovingClock
) -> None:
    person = settled(desk, clock)
    matter_id = call(desk, person, 1, content="厨房水管漏水")
    take_step(desk, person, matter_id, 1, "arrive", {})
    async with at_desk(desk, person) as (app, pilot):
        await press(app, pilot, "f6", "enter", "1", "enter")
        dialog = app.screen
        assert isinstance(dialog, StepDialog)
        dialog.query_one("#step-materials", Line).value = "角阀 1 只"
        await press(app, pilot, "ctrl+s")
        assert app.screen is dialog
        assert "请填写“维修内容”" in seen(app)
        assert dialog.query_one("#step-materials", Line).value == "角阀 1 只"
        dialog.query_one("#step-work_done", Words).insert("更换角阀")
        await press(app, pilot, "ctrl+s")
    assert story(desk, matter_id).facts["materials"] == "角阀 1 只"


async def test_two_consoles_move_one_matter_and_the_later_is_told_what_changed(
    desk: Desk, clock: MovingClock
) -> None:
    person = settled(desk, clock)
    matter_id = call(desk, person, 1, content="厨房水管漏水")
    async with at_desk(desk, person) as (app, pilot):
        await press(app, pilot, "f6", "enter", "1", "enter")
        take_step(desk, person, matter_id, 1, "arrive", {})
        await press(app, pilot, "ctrl+s")
        assert "刚有变动" in seen(app) and "到场" in seen(app)
    assert story(desk, matter_id).line.stage is Stage.ON_SITE


async def test_from_order_to_entry_and_back_is_one_key(desk: Desk, clock: MovingClock) -> None:
    person = settled(desk, clock)
    call(desk, person, 1, content="厨房水管漏水")
    async with at_desk(desk, person) as (app, pilot):
        await press(app, pilot, "f6", "enter", "ctrl+r")
        assert isinstance(app.screen, EntryBook)
        await press(app, pilot, "ctrl+r")
        assert isinstance(app.screen, MatterScreen)
        assert len(app.screen_stack) == 3


@pytest.mark.parametrize("language", get_args(Language))
async def test_a_missed_call_that_is_chosen_is_marked_in_its_row(
    desk: Desk, clock: MovingClock, language: Language
) -> None:
    person = settled(desk, clock)
    calls = [MissedCall(phone=f"1380013800{n}", at=desk.now()) for n in range(2)]
    log_missed(desk, person, calls, "未接来电")
    async with at_desk(desk, person, language=language) as (app, pilot):
        await press(app, pilot, "f6", "insert")
        rows = [line.split() for line in seen(app).splitlines() if "138****" in line]
        assert ["x" in row for row in rows] == [True, False]


async def test_the_cursor_stays_in_the_list_when_the_terminal_is_made_wider(
    desk: Desk, clock: MovingClock
) -> None:
    person = settled(desk, clock)
    lived(desk, person, clock)
    async with at_desk(desk, person, size=(80, 24)) as (app, pilot):
        await press(app, pilot, "f6")
        for width, name in ((140, "wide"), (80, "narrow")):
            await pilot.resize_terminal(width, 40)
            await settle(app, pilot)
            assert app.screen.query_one(f"#matters-{name}", Listing).has_focus_within
        await press(app, pilot, "enter")
        assert isinstance(app.screen, MatterScreen)
        await pilot.resize_terminal(140, 40)
        await settle(app, pilot)
        await press(app, pilot, "escape")
        assert app.screen.query_one("#matters-wide", Listing).has_focus_within


async def test_missed_calls_are_chosen_and_settled_with_one_word(
    desk: Desk, clock: MovingClock
) -> None:
    person = settled(desk, clock)
    calls = [MissedCall(phone="13800138000", at=desk.now()) for _ in range(3)]
    made = log_missed(desk, person, calls, "未接来电")
    async with at_desk(desk, person) as (app, pilot):
        await press(app, pilot, "f6", "insert", "insert")
        assert "已选 2 个未接来电" in seen(app)
        await press(app, pilot, "ctrl+s")
        app.screen.query_one("#settle-result", Line).value = "已回电"
        app.screen.query_one("#settle-answered", Line).value = "已答复"
        await press(app, pilot, "ctrl+s")
    assert [story(desk, one).line.closed_at is None for one in made] == [False, False, True]


async def test_missed_calls_are_put_down_one_a_line(desk: Desk, clock: MovingClock) -> None:
    person = settled(desk, clock)
    async with at_desk(desk, person) as (app, pilot):
        await press(app, pilot, "f6", "ctrl+r")
        app.screen.query_one("#missed-lines", Words).insert(
            "08:40 13800004242\n０８：４１ （010）62345678"
        )
        await press(app, pilot, "ctrl+s")
        assert seen(app).count("未接来电") >= 2


async def test_a_task_is_given_from_the_list(desk: Desk, clock: MovingClock) -> None:
    person = settled(desk, clock)
    async with at_desk(desk, person) as (app, pilot):
        await press(app, pilot, "f6", "ctrl+k")
        assert "不填就是自己" in seen(app)
        app.screen.query_one("#task-title", Line).value = "清点雨具"
        app.screen.query_one("#task-due", Line).value = "14:30"
        await press(app, pilot, "ctrl+s")
        assert "RW2026-0001" in seen(app) and "清点雨具" in seen(app)
        assert f"由{person.name}办" in seen(app)


async def test_closed_matters_stand_under_when_they_were_closed(
    desk: Desk, clock: MovingClock
) -> None:
    person = settled(desk, clock)
    calls = [MissedCall(phone="13800138000", at=desk.now())]
    [made] = log_missed(desk, person, calls, "未接来电")
    async with at_desk(desk, person, size=(80, 24)) as (app, pilot):
        await press(app, pilot, "f6")
        assert "时限" in seen(app) and "Ctrl+Q 退出  Ins 选未接" in seen(app)
        settle_missed(desk, person, [(made, 1)], result="已回电", answered="已答复")
        await press(app, pilot, "shift+tab", "shift+tab", "shift+tab", "end")
        assert "办结时间" in seen(app) and "时限" not in seen(app)
        assert "Ctrl+Q 退出  Ctrl+K 布置任务" in seen(app)


@pytest.mark.parametrize("words", HOSTILE)
async def test_row_13_and_row_14_hostile_text_is_shown_as_typed(
    desk: Desk, clock: MovingClock, words: str
) -> None:
    person = settled(desk, clock)
    matter_id = call(desk, person, 1, content=f"漏水 {words}", caller=words)
    take_step(desk, person, matter_id, 1, "give_back", {"not_done_reason": f"原因 {words}"})
    async with at_desk(desk, person) as (app, pilot):
        await press(app, pilot, "f6", "enter")
        shown = seen(app)
        assert "原因" in shown
        assert not any(sign in shown for sign in ("\x1b", "\x07", "\x00", "\u202e"))


async def test_row_15_a_megabyte_pasted_into_a_step_is_refused_by_its_limit(
    desk: Desk, clock: MovingClock
) -> None:
    from desk_console.foundation.refusal import Refusal

    person = settled(desk, clock)
    matter_id = call(desk, person, 1, content="厨房水管漏水")
    with pytest.raises(Refusal, match=r"text_too_long") as refused:
        take_step(desk, person, matter_id, 1, "give_back", {"not_done_reason": "漏" * 1_000_000})
    assert refused.value.message.values["field"] == "not_done_reason"


@pytest.mark.parametrize(
    ("keys", "field"),
    [(("ctrl+r",), "missed-lines"), (("ctrl+k",), "task-title"), (("enter", "1", "enter"), "")],
)
async def test_row_15_a_megabyte_pasted_on_f6_is_cut_and_told_of(
    desk: Desk, clock: MovingClock, keys: tuple[str, ...], field: str
) -> None:
    person = settled(desk, clock)
    call(desk, person, 1, content="厨房水管漏水")
    async with at_desk(desk, person) as (app, pilot):
        await press(app, pilot, "f6", *keys)
        into = app.screen.query_one(f"#{field}") if field else app.screen.query(Line).first()
        assert isinstance(into, Line | Words)
        into.focus()
        await settle(app, pilot)
        app.post_message(Paste("漏\x1b[31m" * 250_000))
        await settle(app, pilot)
        assert 0 < len(into.value) <= PASTE_LIMIT and "\x1b" not in into.value
        assert "粘贴" in seen(app) or "最多" in seen(app)
        await pilot.press("left", "x")
        await settle(app, pilot)
        assert app.is_running


@pytest.mark.parametrize(
    "words", ["' OR 1=1 --", "%", "_", '"', "*", "NEAR(", "a OR b", "'", "=cmd|' /C calc'!A0"]
)
async def test_row_16_what_is_typed_on_f6_is_text(
    desk: Desk, clock: MovingClock, words: str
) -> None:
    person = settled(desk, clock)
    call(desk, person, 1, content="厨房水管漏水")
    async with at_desk(desk, person) as (app, pilot):
        await press(app, pilot, "f6", "ctrl+k")
        app.screen.query_one("#task-title", Line).value = words
        app.screen.query_one("#task-due", Line).value = "14:30"
        await press(app, pilot, "ctrl+s")
        lines = [line for line in seen(app).splitlines() if "RW2026-0001" in line]
        assert words in lines[0]
        assert "厨房水管漏水" in seen(app)


async def test_row_22_every_line_of_missed_calls_that_cannot_be_read_is_named_and_none_is_kept(
    desk: Desk, clock: MovingClock
) -> None:
    person = settled(desk, clock)
    async with at_desk(desk, person) as (app, pilot):
        await press(app, pilot, "f6", "ctrl+r")
        app.screen.query_one("#missed-lines", Words).insert(
            "08:40 13800004242\n[/] 13800004243\n25:00 13800004244\n08:41 没有号码"
        )
        await press(app, pilot, "ctrl+s")
        assert "第 2、3、4 行" in seen(app)
        assert "13800004242" in app.screen.query_one("#missed-lines", Words).value
    with desk.reading() as session:
        assert open_count(session, desk.now()).total == 0


async def test_the_live_shift_raises_what_is_about_to_be_late(
    desk: Desk, clock: MovingClock
) -> None:
    person = settled(desk, clock)
    call(desk, person, 1, content="厨房水管漏水")
    clock.advance(timedelta(minutes=20))
    async with at_desk(desk, person) as (app, pilot):
        app.spread()
        await settle(app, pilot)
        now = seen(app).split("待办")[0]
        assert "还有 10分" in now and "厨房水管漏水" in now


async def test_an_emergency_not_reported_stands_among_the_warnings(
    desk: Desk, clock: MovingClock
) -> None:
    person = settled(desk, clock)
    call(desk, person, 1, content="有人被困", category=Category.HELP, is_emergency=True)
    clock.advance(timedelta(minutes=3))
    async with at_desk(desk, person) as (app, pilot):
        await settle(app, pilot)
        assert "突发事件未上报，已过 3分" in seen(app)


async def test_the_story_names_the_handovers_and_opens_them_in_the_book(evening: Evening) -> None:
    desk = evening.desk
    matter_id = handover_call(desk, evening.clerk.person).matter_id or 0
    evening.open().whole()
    async with at_desk(desk, evening.night_man.person) as (app, pilot):
        app.push_screen(MatterScreen(matter_id))
        await settle(app, pilot)
        await press(app, pilot, "pagedown")
        assert "王晓燕 → 孙建军" in seen(app)
        await press(app, pilot, "tab", "tab", "enter")
        assert isinstance(app.screen, SignedScreen)
        assert "签名已逐个核对：全部有效" in seen(app)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_matters_look_as_they_were_approved(
    desk: Desk, clock: MovingClock, language: Language, size: tuple[int, int]
) -> None:
    person = settled(desk, clock)
    made = lived(desk, person, clock)
    take_step(desk, person, made[0], 1, "accept", {"told": "刘工"})
    async with at_desk(desk, person, language=language, size=size) as (app, pilot):
        await press(app, pilot, "f6")
        await holds(app, f"matters-{language}-{size[0]}")
        await press(app, pilot, "down", "enter")
        assert isinstance(app.screen, MatterScreen)
        assert app.screen.query_one("#matter-steps", Choice).codes[0] == "arrive"
        await holds(app, f"matter-{language}-{size[0]}")


async def test_f6_leads_from_one_matter_back_to_the_list(desk: Desk, clock: MovingClock) -> None:
    person = settled(desk, clock)
    call(desk, person, 1, content="厨房水管漏水")
    async with at_desk(desk, person) as (app, pilot):
        await press(app, pilot, "f6", "enter")
        assert isinstance(app.screen, MatterScreen)
        await press(app, pilot, "f6")
        assert app.screen.__class__.__name__ == "MattersScreen"
        assert len(app.screen_stack) == 2
