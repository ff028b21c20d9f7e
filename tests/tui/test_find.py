"""Finding again: the search, the logbook, the help with the rule book, through the real app."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select
from textual.content import Content
from textual.pilot import Pilot

from desk_console.foundation.catalogue import Language
from desk_console.foundation.clock import MovingClock
from desk_console.handover.records import HandoverSeal
from desk_console.log import additions, views, waiting
from desk_console.log.forms import CallForm, CustodyForm
from desk_console.log.records import Category
from desk_console.matters.acts import OpenMatter, close, log_entry
from desk_console.people.records import PersonView
from desk_console.rulebook.desk import Desk
from desk_console.tui.app import DeskApp
from desk_console.tui.dialogs.entry_book import EntryBook
from desk_console.tui.dialogs.person import PersonDialog
from desk_console.tui.dialogs.signed_handover import SignedHandoverDialog
from desk_console.tui.screens.help import HelpScreen
from desk_console.tui.screens.live import LiveScreen
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import Line, Words
from desk_console.tui.widgets.plain import Plain
from desk_console.tui.widgets.table import Listing
from tests.handover.conftest import Evening, evening
from tests.tui.call_site import at_desk, seen, settle, settled
from tests.tui.golden import holds

__all__ = ["evening"]


def logged(desk: Desk, person: PersonView, clock: MovingClock) -> list[int]:
    ids = []
    for number, (category, caller, words) in enumerate(
        (
            (Category.ENQUIRY, "周敏", "问物业费怎么交"),
            (Category.REPAIR, "单雄", "100% 的水压没有了"),
            (Category.COMPLAINT, "[red]郑[/]", "[@click=app.quit]太吵[/]"),
        )
    ):
        clock.advance(timedelta(minutes=5))
        form = CallForm(
            form_id=f"f{number}", at=desk.now(), category=category, unit_text="3-1502",
            caller=caller, content=words, action="已记下", result="已答复",
        )  # fmt: skip
        ids.append(log_entry(desk, person, form).entry_id)
    return ids


async def press(app: DeskApp, pilot: Pilot[Any], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(app, pilot)


async def sought(app: DeskApp, pilot: Pilot[Any], typed: str) -> str:
    app.screen.query_one("#search-typed", Line).value = typed
    await pilot.pause(0.3)
    await settle(app, pilot)
    return seen(app)


async def test_search_finds_while_typing_and_opens_the_entry(
    desk: Desk, clock: MovingClock
) -> None:
    person = settled(desk, clock)
    logged(desk, person, clock)
    async with at_desk(desk, person) as (app, pilot):
        await press(app, pilot, "f7")
        assert "问物业费怎么交" in await sought(app, pilot, "物业费")
        await press(app, pilot, "enter", "enter")
        assert isinstance(app.screen, EntryBook)
        assert "问物业费怎么交" in seen(app)


async def test_back_from_what_was_found_the_next_letter_is_sought(
    desk: Desk, clock: MovingClock
) -> None:
    person = settled(desk, clock)
    logged(desk, person, clock)
    async with at_desk(desk, person) as (app, pilot):
        await press(app, pilot, "f7")
        await sought(app, pilot, "物业")
        await press(app, pilot, "enter", "enter", "escape", "backspace", "费")
        assert app.screen.query_one("#search-typed", Line).value == "物费"


@pytest.mark.parametrize(
    "typed", ["' OR 1=1 --", "%", "_", '"', "*", "NEAR(", "a OR b", "'", "[red]x[/]"]
)
async def test_row_16_operators_are_text(desk: Desk, clock: MovingClock, typed: str) -> None:
    person = settled(desk, clock)
    logged(desk, person, clock)
    async with at_desk(desk, person) as (app, pilot):
        await press(app, pilot, "f7")
        found = await sought(app, pilot, typed)
        assert "问物业费怎么交" not in found
        assert app.is_running


async def test_5_1_correction_stands_beside_the_original(desk: Desk, clock: MovingClock) -> None:
    person = settled(desk, clock)
    entry_id = logged(desk, person, clock)[0]
    async with at_desk(desk, person) as (app, pilot):
        app.push_screen(EntryBook(entry_id))
        await settle(app, pilot)
        await press(app, pilot, "ctrl+k")
        app.screen.query_one("#correct-words", Words).value = "问停车费怎么交"
        await press(app, pilot, "ctrl+s")
        assert not isinstance(app.screen, EntryBook), "without a reason it is refused"
        app.screen.query_one("#correct-reason", Line).value = "听错了"
        await press(app, pilot, "ctrl+s")
        assert isinstance(app.screen, EntryBook)
        assert "问物业费怎么交" in seen(app) and "问停车费怎么交" in seen(app)
    with desk.reading() as session:
        story = views.entry_story(session, entry_id)
    assert story.line.content == "问物业费怎么交"
    assert story.corrected["content"] == "问停车费怎么交"


async def test_5_1_what_is_typed_first_is_what_the_entry_should_say(
    desk: Desk, clock: MovingClock
) -> None:
    person = settled(desk, clock)
    entry_id = logged(desk, person, clock)[0]
    async with at_desk(desk, person) as (app, pilot):
        app.push_screen(EntryBook(entry_id))
        await settle(app, pilot)
        await press(app, pilot, "ctrl+k", *"问停车费")
        assert app.screen.query_one("#correct-words", Words).value == "问停车费"


async def test_5_1_a_category_is_corrected_by_choosing_the_right_one(
    desk: Desk, clock: MovingClock
) -> None:
    person = settled(desk, clock)
    entry_id = logged(desk, person, clock)[0]
    async with at_desk(desk, person) as (app, pilot):
        app.push_screen(EntryBook(entry_id))
        await settle(app, pilot)
        await press(app, pilot, "ctrl+k")
        app.screen.query_one("#correct-field", Choice).value = "category"
        await settle(app, pilot)
        app.screen.query_one("#correct-reason", Line).value = "听错了"
        await press(app, pilot, "ctrl+s")
        assert not isinstance(app.screen, EntryBook), "without a category it is refused"
        app.screen.query_one("#correct-to", Choice).value = "complaint"
        await press(app, pilot, "ctrl+s")
        assert isinstance(app.screen, EntryBook)
        assert "投诉" in seen(app) and "complaint" not in seen(app)


async def test_5_1_logbook_tells_at_80_columns_that_a_long_entry_was_corrected(
    desk: Desk, clock: MovingClock
) -> None:
    person = settled(desk, clock)
    form = CallForm(
        form_id="l1", at=desk.now(), category=Category.ENQUIRY, unit_text="3-1502",
        content="问楼道声控灯什么时候修，晚上看不清台阶，老人下楼不方便",
        action="已记下", result="已答复",
    )  # fmt: skip
    entry_id = log_entry(desk, person, form).entry_id
    additions.correct(desk, person, entry_id, "content", "问电梯", "听错了", form_id="l2")
    async with at_desk(desk, person) as (app, pilot):
        await app.run_action("open('logbook')")
        await settle(app, pilot)
        assert "问楼道声控灯" in seen(app) and "（有补充）" in seen(app)


async def test_logbook_is_narrowed_by_category_and_day(desk: Desk, clock: MovingClock) -> None:
    person = settled(desk, clock)
    logged(desk, person, clock)
    async with at_desk(desk, person, size=(120, 40)) as (app, pilot):
        await app.run_action("open('logbook')")
        await settle(app, pilot)
        assert "问物业费怎么交" in seen(app) and "[@click=app.quit]" in seen(app)
        app.screen.query_one("#log-category", Choice).value = "repair"
        await settle(app, pilot)
        assert "水压" in seen(app) and "问物业费怎么交" not in seen(app)
        await press(app, pilot, "ctrl+up")
        assert "水压" not in seen(app)


async def test_log_calls_open_only_what_is_open_now(desk: Desk, clock: MovingClock) -> None:
    person = settled(desk, clock)
    form = CallForm(
        form_id="o1", at=desk.now(), category=Category.ENQUIRY, unit_text="3-1502",
        caller="周敏", content="问电梯何时修好",
    )  # fmt: skip
    matter_id = log_entry(desk, person, form, OpenMatter()).matter_id
    assert matter_id is not None
    async with at_desk(desk, person, size=(120, 40)) as (app, pilot):
        await app.run_action("open('logbook')")
        await settle(app, pilot)
        assert "未办 问电梯何时修好" in seen(app)
        close(desk, person, matter_id, 1, result="今晚修好", answered="已告知周敏")
        app.spread()
        await settle(app, pilot)
        assert "问电梯何时修好" in seen(app) and "未办" not in seen(app)


async def test_logbook_is_narrowed_by_person_and_by_shift(desk: Desk, clock: MovingClock) -> None:
    person = settled(desk, clock)
    logged(desk, person, clock)
    async with at_desk(desk, person, size=(120, 40)) as (app, pilot):
        await app.run_action("open('logbook')")
        await settle(app, pilot)
        app.screen.query_one("#log-person Line").focus()
        await press(app, pilot, *"2002", "enter")
        assert "问物业费怎么交" not in seen(app)
        await press(app, pilot, *["backspace"] * 3, *"2001", "enter")
        assert "问物业费怎么交" in seen(app)
        app.screen.query_one("#log-shift", Choice).value = "night"
        await settle(app, pilot)
        assert "问物业费怎么交" not in seen(app)
        app.screen.query_one("#log-shift", Choice).value = "day"
        await settle(app, pilot)
        assert "问物业费怎么交" in seen(app)


async def test_7_8_what_is_still_to_be_collected_is_listed_until_it_was(
    desk: Desk, clock: MovingClock
) -> None:
    person = settled(desk, clock)
    form = CustodyForm(
        form_id="c1", at=desk.now(), left_by="快递", for_whom="周敏", what="一箱水果"
    )
    entry_id = log_entry(desk, person, form).entry_id
    async with at_desk(desk, person) as (app, pilot):
        await app.run_action("open('logbook')")
        await settle(app, pilot)
        app.screen.query_one("#view", Choice).value = "awaited"
        await settle(app, pilot)
        await press(app, pilot, "enter")
        assert "存放人：快递" in seen(app) and "交给：周敏" in seen(app)
        await press(app, pilot, "insert")
        app.screen.query_one("#add-kind", Choice).value = "collected"
        app.screen.query_one("#add-words", Words).value = "周敏本人"
        await press(app, pilot, "ctrl+s")
        assert "已领取：周敏本人" in seen(app)
        await press(app, pilot, "escape")
        assert "都已领取" in seen(app)
    with desk.reading() as session:
        assert waiting.awaited(session) == ()
    assert entry_id == 1


async def test_words_that_were_sought_stand_out_in_the_opened_entry(
    desk: Desk, clock: MovingClock
) -> None:
    person = settled(desk, clock)
    logged(desk, person, clock)
    async with at_desk(desk, person) as (app, pilot):
        await press(app, pilot, "f7")
        await sought(app, pilot, "物业费")
        await press(app, pilot, "enter", "enter")
        shown = app.screen.query_one("#entry-words", Plain).visual
        assert isinstance(shown, Content)
        marked = [shown.plain[span.start : span.end] for span in shown.spans]
        assert marked == ["物业费"]


@pytest.mark.parametrize("place", ["search", "logbook"])
async def test_names_leave_the_screen_with_the_last_person_signed_on(
    desk: Desk, clock: MovingClock, place: str
) -> None:
    person = settled(desk, clock)
    logged(desk, person, clock)
    async with at_desk(desk, person) as (app, pilot):
        app.spread()
        await app.run_action(f"open('{place}')")
        await settle(app, pilot)
        if place == "search":
            await sought(app, pilot, "3-1502")
        app.push_screen(EntryBook(1))
        await settle(app, pilot)
        assert "周敏" in seen(app)
        app.seat.leave(person.id)
        app.spread()
        await settle(app, pilot)
        assert isinstance(app.screen, LiveScreen)
        assert "周敏" not in seen(app) and "单雄" not in seen(app)


async def test_6_5_night_record_names_its_clause(desk: Desk, clock: MovingClock) -> None:
    person = settled(desk, clock)
    async with at_desk(desk, person) as (app, pilot):
        await app.run_action("open('logbook')")
        await settle(app, pilot)
        app.screen.query_one("#view", Choice).value = "night"
        await settle(app, pilot)
        assert "6.5" in seen(app)


async def test_help_opens_at_the_clause_behind_the_last_refusal(
    desk: Desk, clock: MovingClock
) -> None:
    person = settled(desk, clock)
    async with at_desk(desk, person) as (app, pilot):
        app.clause = "6.8"
        await press(app, pilot, "f1")
        assert isinstance(app.screen, HelpScreen)
        assert "任何时候至少一人值守" in seen(app)
        assert "At least one person is at the post" in seen(app)


async def test_the_rule_book_begins_with_the_sites_own_and_marks_the_others(
    desk: Desk, clock: MovingClock
) -> None:
    clerk = settled(desk, clock)
    async with at_desk(desk, clerk) as (app, pilot):
        await pilot.press("f1")
        await settle(app, pilot)
        listed = app.screen.query_one("#help-found", Listing)
        clauses = [key for key in listed.keys if key.startswith("clause-")]
        assert clauses[0] == "clause-6.1"
        assert clauses.index("clause-9.17") < clauses.index("clause-1.1")
        assert len(clauses) == len(set(clauses)) == 104
        app.screen.query_one("#help-typed", Line).value = "1.1"
        await settle(app, pilot)
        assert "本站未采用" in seen(app)
        app.screen.query_one("#help-typed", Line).value = "9.17"
        await settle(app, pilot)
        assert "本站未采用" not in seen(app)
        await pilot.press("escape", "f9", "9")
        await settle(app, pilot)
        rows = app.screen.query_one("#setup-rows", Listing)
        assert rows.keys[0] == "6.1" and len(rows.keys) == 104


async def test_help_finds_keys_and_clauses(desk: Desk, clock: MovingClock) -> None:
    person = settled(desk, clock)
    async with at_desk(desk, person) as (app, pilot):
        await press(app, pilot, "f1")
        app.screen.query_one("#help-typed", Line).value = "9.17"
        await settle(app, pilot)
        assert "9.17" in seen(app)
        app.screen.query_one("#help-typed", Line).value = "F2"
        await settle(app, pilot)
        assert "来电登记" in seen(app)


async def test_help_says_what_the_keys_of_the_list_of_matters_do(
    desk: Desk, clock: MovingClock
) -> None:
    person = settled(desk, clock)
    async with at_desk(desk, person) as (app, pilot):
        await press(app, pilot, "f6", "f1")
        assert isinstance(app.screen, HelpScreen)
        for said in ("选中的未接来电一次办结", "补记没人接的来电", "给人布置一项任务"):
            assert said in seen(app)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_screens_look_as_they_were_approved(
    desk: Desk, clock: MovingClock, language: Language, size: tuple[int, int]
) -> None:
    person = settled(desk, clock)
    logged(desk, person, clock)
    async with at_desk(desk, person, language=language, size=size) as (app, pilot):
        await press(app, pilot, "f7")
        await sought(app, pilot, "3-1502")
        await holds(app, f"search-{language}-{size[0]}")
        await app.run_action("open('logbook')")
        await settle(app, pilot)
        await holds(app, f"logbook-{language}-{size[0]}")
        app.clause = "6.8"
        await press(app, pilot, "f1")
        await holds(app, f"help-{language}-{size[0]}")


async def test_a_person_who_was_found_opens_with_telephone_and_next_shifts(
    evening: Evening,
) -> None:
    night = evening.night_man.person
    async with at_desk(evening.desk, night) as (app, pilot):
        await press(app, pilot, "f7")
        await sought(app, pilot, night.staff_no)
        await press(app, pilot, "enter", "enter")
        assert isinstance(app.screen, PersonDialog)
        box = seen(app).split("╭", 1)[1]
        assert f"{night.staff_no}  {night.name}" in box
        assert (night.phone or "电话没有登记") in box and "班" in box
        await press(app, pilot, "escape")
        assert not isinstance(app.screen, PersonDialog)


async def test_9_13_a_handover_is_found_by_its_receipt_which_stands_whole_at_80_columns(
    evening: Evening,
) -> None:
    evening.open().whole()
    with evening.desk.reading() as session:
        receipt = session.exec(select(HandoverSeal.receipt)).one()
    async with at_desk(evening.desk, evening.night_man.person) as (app, pilot):
        await press(app, pilot, "f7")
        assert receipt not in await sought(app, pilot, "王晓燕")
        assert "王晓燕 → 孙建军" in seen(app)
        assert f"  {receipt}" in (await sought(app, pilot, receipt)).split("找到", 1)[1]


async def test_9_13_a_signed_handover_is_found_and_read_as_it_was_signed(evening: Evening) -> None:
    evening.open().whole()
    async with at_desk(evening.desk, evening.night_man.person) as (app, pilot):
        await press(app, pilot, "f7")
        assert "正常交接" in await sought(app, pilot, "王晓燕")
        app.screen.query_one("#search-source", Choice).value = "handover"
        await pilot.pause(0.3)
        await settle(app, pilot)
        app.screen.query_one("#search-found").focus()
        await press(app, pilot, "enter")
        assert isinstance(app.screen, SignedHandoverDialog)
        assert "签名核对无误" in seen(app) and "孙建军" in seen(app)
