"""The call form, through the real app: few keys, nothing lost, nothing obeyed that was typed."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest
from sqlmodel import select
from textual import events
from textual.pilot import Pilot
from textual.widgets._toast import Toast

from desk_console.foundation.catalogue import Language
from desk_console.foundation.clock import MovingClock
from desk_console.foundation.refusal import Refusal
from desk_console.log import drafts
from desk_console.log.records import Entry, Notice
from desk_console.matters.papers import next_day
from desk_console.matters.records import Matter
from desk_console.people.pins import prove
from desk_console.people.records import PersonView
from desk_console.people.views import people
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import TaskRule
from desk_console.shift.arrivals import sign_on
from desk_console.shift.board import board
from desk_console.shift.departures import leave_post
from desk_console.shift.records import TaskRun
from desk_console.shift.rounds import routes
from desk_console.shift.tasks import add_task
from desk_console.tui.app import DeskApp
from desk_console.tui.dialogs.call_form import layout
from desk_console.tui.dialogs.call_form.sheet import KINDS
from desk_console.tui.screens.call import KEEP_LOOK_SECONDS, KEEP_SECONDS, CallScreen
from desk_console.tui.widgets.caption import Caption
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import Line, Words
from desk_console.tui.widgets.marks import Marks
from desk_console.tui.widgets.table import Listing
from tests.tui.call_site import at_desk, seen, settle, settled, until_kept
from tests.tui.golden import holds
from tests.tui.live_site import PIN
from tests.tui.test_setup import supervisor


def entries(desk: Desk) -> list[Entry]:
    with desk.reading() as session:
        return list(session.exec(select(Entry).order_by(Entry.id)))  # type: ignore[arg-type] # a column


async def press(app: DeskApp, pilot: Pilot[Any], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(app, pilot)


async def test_known_caller_is_saved_in_six_keys_beside_the_words(
    desk: Desk, clock: MovingClock
) -> None:
    person = settled(desk, clock)
    async with at_desk(desk, person) as (app, pilot):
        keys = ["f2", "z", "m", "enter", "2"]
        await press(app, pilot, *keys)
        await pilot.press(*"tap drips")
        await press(app, pilot, "ctrl+s")
        assert len([*keys, "ctrl+s"]) == 6
    entry = entries(desk)[0]
    assert (entry.caller, entry.phone, entry.category) == ("周敏", "13800138000", "repair")
    assert entry.content == "tap drips"
    assert entry.unit_id is not None and entry.resident_id is not None


@pytest.mark.parametrize(
    ("category", "said"),
    [("1", "第 1 号记录"), ("2", "已开维修工作单"), ("8", "并开了待办第 1 号")],
)
async def test_a_save_says_what_it_opened(
    desk: Desk, clock: MovingClock, category: str, said: str
) -> None:
    person = settled(desk, clock)
    async with at_desk(desk, person) as (app, pilot):
        await press(app, pilot, "f2", "z", "m", "enter", category)
        await pilot.press(*"words")
        await press(app, pilot, "ctrl+s")
        assert any(said in one.message for one in app._notifications)


async def test_what_is_said_in_passing_is_never_cut(desk: Desk, clock: MovingClock) -> None:
    async with at_desk(desk, settled(desk, clock)) as (app, pilot):
        for columns in (60, 80, 81, 119, 140):
            await pilot.resize_terminal(columns, 24)
            app.clear_notifications()
            app.notify(
                "已保存：第 502 号记录，已开维修工作单 WX2026-0103：还没有答复来电人（第 9.3 条）。"
            )
            await settle(app, pilot)
            toast = app.screen.find_widget(app.screen.query_one(Toast))
            assert toast.visible_region == toast.region, columns


@pytest.mark.parametrize(("category", "said"), [("", "先在登记单上选类别"), ("2", "写入“处理”")])
async def test_5_8_phrases_say_where_they_go_and_what_to_choose_first(
    desk: Desk, clock: MovingClock, category: str, said: str
) -> None:
    async with at_desk(desk, settled(desk, clock)) as (app, pilot):
        await press(app, pilot, "f2", "z", "m", "enter", *category, "ctrl+f")
        assert said in seen(app)


async def test_5_8_the_marked_phrase_is_read_whole_in_the_least_terminal(
    desk: Desk, clock: MovingClock
) -> None:
    async with at_desk(desk, settled(desk, clock), language="en") as (app, pilot):
        await press(app, pilot, "f2", "z", "m", "enter", "3", "ctrl+f")
        inside = [max(line.split("│"), key=len) for line in seen(app).splitlines()]
        shown = " ".join(" ".join(inside).split())
        assert "told that the person in charge will answer within 24 hours." in shown


@pytest.mark.parametrize("typed", ["3栋1502", "３－１５０２", "138000", "周", "8000"])
async def test_caller_is_found_by_unit_phone_and_name(
    desk: Desk, clock: MovingClock, typed: str
) -> None:
    person = settled(desk, clock)
    async with at_desk(desk, person) as (app, pilot):
        await press(app, pilot, "f2")
        app.screen.query_one("#caller", Line).value = typed
        await settle(app, pilot)
        await press(app, pilot, "enter")
        assert app.screen.query_one("#caller", Line).value == "周敏"


async def test_unit_of_nobody_known_goes_to_its_own_field(desk: Desk, clock: MovingClock) -> None:
    person = settled(desk, clock)
    async with at_desk(desk, person) as (app, pilot):
        await press(app, pilot, "f2", *"9-801", "enter")
        assert app.screen.query_one("#unit_text", Line).value == "9-801"
        assert app.screen.query_one("#caller", Line).value == ""
        await press(app, pilot, "escape")


async def test_time_is_that_of_the_key_press(desk: Desk, clock: MovingClock) -> None:
    person = settled(desk, clock)
    async with at_desk(desk, person) as (app, pilot):
        await press(app, pilot, "f2")
        pressed = desk.now()
        clock.advance(timedelta(minutes=7))
        await press(app, pilot, "x")
        app.screen.query_one("#category", Choice).value = "enquiry"
        app.screen.query_one("#content", Words).value = "asks"
        await press(app, pilot, "ctrl+s")
    assert entries(desk)[0].at == pressed


async def test_row_3_what_was_typed_is_in_the_file_within_a_second(
    desk: Desk, make_desk: Any, clock: MovingClock
) -> None:
    person = settled(desk, clock)
    other = make_desk()
    async with at_desk(desk, person) as (app, pilot):
        await pilot.press("f2")
        await pilot.pause()
        await pilot.press(*"leak")
        assert KEEP_SECONDS + 2 * KEEP_LOOK_SECONDS <= 1, "the last letter's longest wait"
        # What another process reads now is what a kill would leave.
        await until_kept(other, pilot, "leak")
        await pilot.press("escape")
        await settle(app, pilot)


async def test_letters_in_the_rings_are_told_of_in_the_form(desk: Desk, clock: MovingClock) -> None:
    person = settled(desk, clock)
    async with at_desk(desk, person) as (app, pilot):
        await press(app, pilot, "f2")
        app.screen.query_one("#rings").focus()
        await press(app, pilot, "三")
        assert seen(app).count("这一栏只填数字") == 1
        await press(app, pilot, "escape")


async def test_second_call_parks_the_first_and_comes_back_to_it(
    desk: Desk, clock: MovingClock
) -> None:
    person = settled(desk, clock)
    async with at_desk(desk, person) as (app, pilot):
        await press(app, pilot, "f2", "a", "a")
        await until_kept(desk, pilot, "aa")
        clock.advance(timedelta(seconds=20))
        await press(app, pilot, "f2", "b", "b")
        forms = [one for one in app.screen_stack if isinstance(one, CallScreen)]
        assert [one.sheet.text("caller") for one in forms] == ["aa", "bb"]
        assert "另有 1 份待续" in seen(app)
        await press(app, pilot, "escape")
        assert app.screen is forms[0]
        await settle(app, pilot)
        assert "另有 1 份待续" in seen(app), "bb was put aside: the title says so of aa too"
        await press(app, pilot, "escape")
        with desk.reading() as session:
            waiting = drafts.waiting(session)
        assert [one.fields["caller"] for one in waiting] == ["aa", "bb"]
        await press(app, pilot, "f2", "ctrl+r", "enter")
        assert app.screen.query_one("#caller", Line).value == "aa"
        await press(app, pilot, "escape")


async def test_discarding_asks_first(desk: Desk, clock: MovingClock) -> None:
    person = settled(desk, clock)
    async with at_desk(desk, person) as (app, pilot):
        await press(app, pilot, "f2", "a")
        await until_kept(desk, pilot, "a")
        await press(app, pilot, "ctrl+d", "enter")
        assert isinstance(app.screen, CallScreen)
        await press(app, pilot, "ctrl+d", "right", "enter")
        assert not isinstance(app.screen, CallScreen)
        with desk.reading() as session:
            assert drafts.waiting(session) == ()


@pytest.mark.parametrize("fault", ["foundation.busy", "foundation.disk_full"])
async def test_failed_save_keeps_the_words_and_names_the_key(
    desk: Desk, clock: MovingClock, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    person = settled(desk, clock)
    async with at_desk(desk, person) as (app, pilot):
        await press(app, pilot, "f2", "z", "m", "enter", "1", "q")

        def fails(*_: object) -> None:
            raise Refusal(fault, file="desk.db")

        with monkeypatch.context() as broken:
            broken.setattr("desk_console.matters.acts.log_entry", fails)
            await press(app, pilot, "ctrl+s")
        assert isinstance(app.screen, CallScreen)
        assert "Ctrl+S" in seen(app)
        assert app.screen.query_one("#content", Words).value == "q"
        assert entries(desk) == []
        await press(app, pilot, "ctrl+s")
    assert [one.content for one in entries(desk)] == ["q"]


async def test_9_7_late_answer_says_so_with_its_clause(desk: Desk, clock: MovingClock) -> None:
    person = settled(desk, clock)
    async with at_desk(desk, person) as (app, pilot):
        await press(app, pilot, "f2")
        app.screen.query_one("#rings", Line).value = "3"
        await settle(app, pilot)
        assert app.screen.query_one("#call-note", Caption).what is None
        app.screen.query_one("#rings", Line).value = "4"
        await settle(app, pilot)
        assert "9.7" in seen(app)
        assert app.clause == "9.7"
        await press(app, pilot, "escape")


async def test_6_3_department_is_told_with_the_time(desk: Desk, clock: MovingClock) -> None:
    person = settled(desk, clock)
    async with at_desk(desk, person) as (app, pilot):
        await press(app, pilot, "f2", "z", "m", "enter", "2", "w")
        app.screen.query_one("#department", Choice).focus()
        await press(app, pilot, "1")
        app.screen.query_one("#told", Line).value = "老赵"
        await press(app, pilot, "ctrl+s")
    with desk.reading() as session:
        notice = session.exec(select(Notice)).one()
    assert (notice.told, notice.at) == ("老赵", desk.now())


@pytest.mark.parametrize(
    "hostile",
    [
        "[red]x[/]",
        "[/]",
        "[@click=app.quit]x[/]",
        "' OR 1=1 --",
        "\x1b]0;x\x07a",
        "\u202eabc",
        "𠮷",
    ],
)
async def test_rows_13_14_what_was_typed_is_never_obeyed(
    desk: Desk, clock: MovingClock, hostile: str
) -> None:
    person = settled(desk, clock)
    async with at_desk(desk, person) as (app, pilot):
        await press(app, pilot, "f2")
        form = app.screen
        form.query_one("#category", Choice).value = "enquiry"
        form.query_one("#caller", Line).value = hostile
        form.query_one("#content", Words).value = hostile
        await settle(app, pilot)
        assert "\x1b" not in seen(app) and "\u202e" not in seen(app)
        if hostile.startswith("["):
            assert hostile in seen(app)
        await press(app, pilot, "ctrl+s")
        assert app.is_running
    assert len(entries(desk)) == 1


async def test_row_29_full_width_numbers_are_read(desk: Desk, clock: MovingClock) -> None:
    person = settled(desk, clock)
    async with at_desk(desk, person) as (app, pilot):
        await press(app, pilot, "f2", "z", "m", "enter", "１", "w")
        app.screen.query_one("#rings").focus()
        await press(app, pilot, "２")
        app.screen.query_one("#at", Line).value = "０８：３０"
        await press(app, pilot, "ctrl+s")
    entry = entries(desk)[0]
    assert entry.rings == 2
    assert entry.at == desk.now() - timedelta(minutes=15)


async def test_each_kind_brings_its_rows_and_what_was_typed_elsewhere_stays(
    desk: Desk, clock: MovingClock
) -> None:
    person = settled(desk, clock)
    async with at_desk(desk, person) as (app, pilot):
        await press(app, pilot, "f2", *"zm", "enter", "1", *"drips")
        said = app.screen.query_one("#content", Words).value
        for kind in (*KINDS[1:], KINDS[0]):
            await pilot.press("ctrl+k")
            await settle(app, pilot)
            rows = app.screen.query_one("#call-left").children
            shown = [row.id for row in rows if row.display and row.id in layout.ROWS]
            assert shown == [name for name, one in layout.ROWS.items() if kind in one.kinds]
        assert app.screen.query_one("#caller", Line).value == "周敏"
        assert app.screen.query_one("#content", Words).value == said
        await press(app, pilot, "ctrl+s")
    entry = entries(desk)[0]
    assert (entry.kind, entry.caller, entry.content, entry.particulars) == (
        "call", "周敏", said, {}
    )  # fmt: skip


async def test_keys_typed_ahead_of_a_kinds_rows_go_into_its_first_field(
    desk: Desk, clock: MovingClock
) -> None:
    person = settled(desk, clock)
    async with at_desk(desk, person) as (app, pilot):
        await press(app, pilot, "f2", *["ctrl+k"] * 5)
        for key in ("ctrl+k", "k", "e", "y"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await settle(app, pilot)
        assert app.screen.query_one("#what", Line).value == "key"


async def test_9_3_patrol_with_a_finding_leaves_a_matter(desk: Desk, clock: MovingClock) -> None:
    person = settled(desk, clock)
    async with at_desk(desk, person) as (app, pilot):
        await press(app, pilot, "f2", *["ctrl+k"] * 4, "1")
        states = list(app.screen.query(".point-state").results(Choice))
        assert len(states) == 3
        await press(app, pilot, "ctrl+f")
        assert "通用的用语" in seen(app), "a round has no category to choose"
        await press(app, pilot, "escape", "f12")
        assert seen(app).count("2 not in order") == 3
        await press(app, pilot, "f12")
        states[0].value, states[1].value, states[2].value = "ok", "bad", "ok"
        await settle(app, pilot)
        app.screen.query(".finding").results(Line)
        finding = list(app.screen.query(".finding").results(Line))[1]
        finding.value = "灯不亮"
        await settle(app, pilot)
        await press(app, pilot, "ctrl+s")
    entry = entries(desk)[0]
    assert [one["is_ok"] for one in entry.particulars["points"]] == [True, False, True]
    with desk.reading() as session:
        assert session.exec(select(Matter)).first() is not None


async def test_9_3_a_round_that_is_due_is_done_by_its_entry_with_every_point(
    desk: Desk, clock: MovingClock
) -> None:
    person = settled(desk, clock)
    with desk.reading() as session:
        (route,) = routes(session)
    rule = TaskRule(code="lobby-round", zh="大堂巡查", en="Lobby", at=(time(10),), topic="patrol")
    add_task(desk, supervisor(desk).id, rule, route_id=route.id)
    clock.advance(timedelta(minutes=80))
    async with at_desk(desk, person) as (app, pilot):
        app.screen.query_one("#live-due", Listing).focus()
        await press(app, pilot, "enter")
        assert isinstance(app.screen, CallScreen)
        assert "大堂路线" in seen(app) and len(app.screen.query(".point-state")) == 3
        await press(app, pilot, "1", "1", "ctrl+s")
        assert "还有 1 个点位没有看" in seen(app) and "大堂巡查" in seen(app)
        app.screen.query_one("#live-due", Listing).focus()
        await press(app, pilot, "enter", "1", "1", "1", "ctrl+s")
        assert "大堂巡查" not in seen(app)
    entry = max(entries(desk), key=lambda one: one.id or 0)
    assert len(entry.particulars["points"]) == 3
    with desk.reading() as session:
        (run,) = session.exec(select(TaskRun)).all()
        assert board(session, desk, desk.now()).due == ()
    assert (run.is_done, run.person_id, run.note) == (True, person.id, f"#{entry.id}")


async def test_9_3_a_round_follows_the_language_with_what_was_said_of_its_points(
    desk: Desk, clock: MovingClock
) -> None:
    person = settled(desk, clock)
    async with at_desk(desk, person) as (app, pilot):
        await press(app, pilot, "f2", *["ctrl+k"] * 4, "1", "1", "f12")
        shown = seen(app)
        assert "Lobby round" in shown and "Lift hall" in shown and "大堂" not in shown
        await press(app, pilot, "escape", "f12", "f2", "ctrl+r", "enter")
        states = [one.value for one in app.screen.query(".point-state").results(Choice)]
        assert "大堂路线" in seen(app) and states == ["ok", None, None], "a draft of the other"
        await press(app, pilot, "f12", "1", "1", "ctrl+s")
    given = entries(desk)[0].particulars
    assert given["route"] == "Lobby round"
    assert [one["point"] for one in given["points"]] == ["Lobby", "Lift hall", "Fire exit"]


async def test_9_3_what_is_typed_behind_not_in_order_is_the_finding_of_that_point(
    desk: Desk, clock: MovingClock
) -> None:
    person = settled(desk, clock)
    async with at_desk(desk, person) as (app, pilot):
        await press(app, pilot, "f2", *["ctrl+k"] * 4, "1", "tab", "1", "2", "x", "ctrl+s")
    points = entries(desk)[0].particulars["points"]
    assert [(one["is_ok"], one["finding"]) for one in points] == [(True, ""), (False, "x")]


async def test_9_3_a_finding_that_is_missing_has_the_cursor(desk: Desk, clock: MovingClock) -> None:
    person = settled(desk, clock)
    async with at_desk(desk, person) as (app, pilot):
        await press(app, pilot, "f2", *["ctrl+k"] * 4, "1", "1", "2", "tab", "tab", "1")
        await press(app, pilot, "ctrl+s")
        assert "请写明发现了什么" in seen(app)
        assert app.focused is list(app.screen.query(".finding"))[1]


async def test_6_6_at_night_a_repair_is_put_off_and_the_form_says_by_which_clause(
    desk: Desk, clock: MovingClock
) -> None:
    settled(desk, clock)
    night_man = on_the_night_shift(desk, clock)
    async with at_desk(desk, night_man) as (app, pilot):
        await press(app, pilot, "f2", "z", "m", "enter")
        assert "次日安排" not in seen(app), "nothing is asked before it is a repair"
        await press(app, pilot, "2", *"leak")
        assert "夜间报修" in seen(app) and "（第 6.6 条）" in seen(app)
        app.screen.query_one("#marks", Marks).focus()
        await press(app, pilot, "2")
        assert "夜间报修" not in seen(app), "what is urgent does not wait for the morning"
        await press(app, pilot, "2", "5")
        assert app.screen.query_one("#told_resident", Line).value == "孙建军"
        await press(app, pilot, "ctrl+s")
        assert "请填写“未完成原因”" in seen(app) and "依据第 6.6 条" in seen(app)
        assert app.screen.focused is app.screen.query_one("#not_done_reason")
        await press(app, pilot, "escape", "f2", "ctrl+r", "enter")
        assert "next_day" in app.screen.query_one("#marks", Marks).ticked, "the draft has it, too"
        app.screen.query_one("#not_done_reason", Line).value = "无备件"
        app.screen.query_one("#action", Words).value = "已关总阀"
        await press(app, pilot, "ctrl+s")
        assert not isinstance(app.screen, CallScreen)
    with desk.reading() as session:
        matter = session.exec(select(Matter)).one()
        assert matter.stage == "next_day"
        paper = next_day(session, matter.id or 0)
    assert (paper.told_by, paper.told_at, paper.interim) == ("孙建军", desk.now(), "已关总阀")


def on_the_night_shift(desk: Desk, clock: MovingClock) -> PersonView:
    """The clerk has gone, the maintenance man is on duty at eleven at night."""
    with desk.reading() as session:
        known = {one.staff_no: one for one in people(session)}
    clerk, night_man = (prove(desk, known[one].id, PIN) for one in ("2001", "3001"))
    leave_post(desk, clerk, "换班")
    clock.advance(timedelta(hours=14, minutes=15))
    sign_on(desk, night_man)
    return night_man.person


async def test_5_3_hand_out_draws_from_the_stock(desk: Desk, clock: MovingClock) -> None:
    person = settled(desk, clock)
    async with at_desk(desk, person) as (app, pilot):
        await press(app, pilot, "f2", *["ctrl+k"] * 5, "z", "enter", "9", "ctrl+s")
        assert not isinstance(app.screen, CallScreen)
    assert entries(desk)[0].particulars["quantity"] == 9


async def test_7_8_custody_names_who_left_it(desk: Desk, clock: MovingClock) -> None:
    person = settled(desk, clock)
    async with at_desk(desk, person) as (app, pilot):
        await press(app, pilot, "f2", *["ctrl+k"] * 6, "k")
        for name, words in (("left_by", "快递"), ("for_whom", "周敏")):
            app.screen.query_one(f"#{name}", Line).value = words
        await press(app, pilot, "ctrl+s")
    assert entries(desk)[0].particulars["left_by"] == "快递"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_call_form_looks_as_it_was_approved(
    desk: Desk, clock: MovingClock, language: Language, size: tuple[int, int]
) -> None:
    person = settled(desk, clock)
    async with at_desk(desk, person, language=language, size=size) as (app, pilot):
        await press(app, pilot, "f2", "z", "m", "enter", "2")
        app.screen.query_one("#content", Words).value = "厨房水管漏水"
        app.screen.query_one("#rings", Line).value = "5"
        app.screen.query_one("#department", Choice).value = "1"
        await settle(app, pilot)
        await until_kept(desk, pilot, "周敏")
        await settle(app, pilot)
        await holds(app, f"call-{language}-{size[0]}")
        await press(app, pilot, "escape")
