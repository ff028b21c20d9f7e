"""The roster on the screen: both faces, a draft by few keys, publication, requests, news."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from textual.pilot import Pilot

from desk_console.foundation.catalogue import Language
from desk_console.foundation.clock import MovingClock
from desk_console.log.presence import presence
from desk_console.people.pins import Proof
from desk_console.people.records import PersonView
from desk_console.people.views import people
from desk_console.roster.asking import answer, ask_leave, ask_swap
from desk_console.roster.asking_overtime import ask_overtime
from desk_console.roster.deciding import approve
from desk_console.roster.drafts import clear
from desk_console.roster.news import news_for
from desk_console.roster.records import RequestState
from desk_console.roster.request_views import waiting
from desk_console.roster.views import draft_month, month, open_draft
from desk_console.rulebook.desk import Desk
from desk_console.shift.arrivals import sign_on
from desk_console.shift.marks import Mark
from desk_console.tui.app import DeskApp
from desk_console.tui.dialogs.roster import why_gaps
from desk_console.tui.dialogs.roster.begin import BeginDraft
from desk_console.tui.dialogs.roster.news import NewsDialog
from desk_console.tui.screens.roster.attendance import AttendanceScreen
from desk_console.tui.screens.roster.screen import RosterScreen
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import Line, PinField
from desk_console.tui.widgets.grid import Grid
from desk_console.tui.widgets.person_field import PersonField
from tests.conftest import DeskMaker
from tests.roster.drafting_desk import PIN, drafted, hire_many, look, proven, published, whose
from tests.staff import Shown, Staff, hire, hire_all
from tests.tui.call_site import at_desk, seen, settle
from tests.tui.golden import holds

MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)
DAY = date(2026, 4, 6)


async def press(app: DeskApp, pilot: Pilot[Any], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(app, pilot)


async def typed(app: DeskApp, pilot: Pilot[Any], **fields: str) -> None:
    for name, words in fields.items():
        field = app.screen.query_one(f"#{name.replace('_', '-')}")
        assert isinstance(field, Line | PinField)
        field.value = words
    await settle(app, pilot)


@pytest.fixture
def staff(desk: Desk) -> Staff:
    """Everybody at the desk, with four more who keep a month within the rules."""
    staff = hire_all(desk)
    hire_many(desk, staff.supervisor, "clerk", 2, first_no=2101)
    hire_many(desk, staff.supervisor, "maintenance", 2, first_no=3101)
    return staff


@pytest.fixture
def boss(desk: Desk, staff: Staff) -> Iterator[Proof]:
    """The supervisor, with their key."""
    yield proven(desk, staff.supervisor)


@asynccontextmanager
async def april(
    desk: Desk, who: Proof | Shown, *, size: tuple[int, int] = (80, 24), language: Language = "zh"
) -> AsyncIterator[tuple[DeskApp, Pilot[Any]]]:
    """The roster of April, opened by somebody."""
    async with at_desk(desk, who.person, size=size, language=language) as (app, pilot):
        await press(app, pilot, "f5", "pagedown")
        assert isinstance(app.screen, RosterScreen)
        yield app, pilot


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_a_month_by_person_and_by_shift(
    desk: Desk, boss: Proof, language: Language, size: tuple[int, int]
) -> None:
    published(desk, boss)
    async with april(desk, boss, size=size, language=language) as (app, pilot):
        await holds(app, f"roster_people_{size[0]}_{language}")
        await press(app, pilot, "ctrl+k")
        await holds(app, f"roster_shifts_{size[0]}_{language}")


async def test_by_shift_shows_every_turn_from_whatever_day_of_the_month_it_was_opened(
    desk: Desk, boss: Proof
) -> None:
    published(desk, boss)
    async with april(desk, boss) as (app, pilot):
        last = DAY.replace(day=30)
        night = next(iter(whose(desk, last, "night")))
        app.screen.query_one(Grid).go_to(str(night), last.isoformat())
        await settle(app, pilot)
        await press(app, pilot, "ctrl+k")
        heads = next(line for line in seen(app).splitlines() if "17:30-09:00" in line)
        assert "09:00-17:30" in heads


async def test_today_stands_near_the_left_and_near_the_top_with_the_days_to_come(
    desk: Desk, boss: Proof, clock: MovingClock
) -> None:
    published(desk, boss)
    clock.advance(datetime(2026, 4, 16, 1, tzinfo=UTC) - clock.now())
    async with at_desk(desk, boss.person) as (app, pilot):
        await press(app, pilot, "f5")
        heads = next(line for line in seen(app).splitlines() if "本月合计" in line)
        assert heads.split()[:3] == ["14", "15", "16"] and "29" in heads
        await press(app, pilot, "ctrl+k")
        days = [line.split()[0] for line in seen(app).splitlines() if line.startswith(" 04-")]
        assert days[:3] == ["04-14", "04-15", "04-16"] and "04-26" in days


async def test_a_draft_is_begun_changed_by_digits_and_published(
    desk: Desk, boss: Proof, staff: Staff
) -> None:
    async with april(desk, boss) as (app, pilot):
        await press(app, pilot, "insert")
        assert isinstance(app.screen, BeginDraft)
        await press(app, pilot, "1", "ctrl+s")
        assert "空档 0" in seen(app)
        grid = app.screen.query_one(Grid)
        grid.go_to(None, DAY.isoformat())
        holder = whose_draft(desk, DAY)
        grid.go_to(str(holder), None)
        both = staff.clerk.person.id, staff.other_clerk.person.id
        grid.go_to(str(next(one for one in both if one != holder)), None)
        await press(app, pilot, "1")
        assert "04-06 人已够" in seen(app) and "让出。" in seen(app)
        grid.go_to(str(holder), None)
        await press(app, pilot, "1")
        await press(app, pilot, "0")
        assert "空档 2" in seen(app)
        await press(app, pilot, "1")
        assert whose_draft(desk, DAY) == holder
        await press(app, pilot, "ctrl+s")
        await typed(app, pilot, publish_pin=PIN)
        await press(app, pilot, "ctrl+s")
        assert "已公布" in seen(app)
    assert whose(desk, DAY, "day") == [holder]


async def test_9_1_published_late_the_reason_is_asked_for_before_the_pin(
    desk: Desk, boss: Proof, staff: Staff, clock: MovingClock
) -> None:
    drafted(desk, staff.supervisor)
    clock.move_to(datetime.combine(APRIL, time(0, 30), desk.zone))
    async with at_desk(desk, boss.person) as (app, pilot):
        await press(app, pilot, "f5", "ctrl+s", "ctrl+s")
        assert "请写明理由" in seen(app)
        assert app.focused is app.screen.query_one("#publish-late")


async def test_6_1_a_gap_is_cited_where_it_is_refused_and_its_line_leads_to_its_cell(
    desk: Desk, boss: Proof, staff: Staff
) -> None:
    draft = drafted(desk, staff.supervisor)
    night = next(one for one in look(desk, draft).cells if (one.day, one.plan) == (DAY, "night"))
    clear(desk, boss.person.id, draft.draft_id, draft.revision, night)
    async with april(desk, boss) as (app, pilot):
        assert "2026-04-06 夜班没有人" in seen(app)
        await press(app, pilot, "tab", "enter")
        assert app.screen.query_one(Grid).at == ("gaps", DAY.isoformat())
        await press(app, pilot, "ctrl+s")
        await typed(app, pilot, publish_pin=PIN)
        await press(app, pilot, "ctrl+s")
        assert "6.1" in seen(app)
        assert "夜班没有人" in seen(app)


async def test_by_shift_somebody_is_put_on_by_name(desk: Desk, boss: Proof, staff: Staff) -> None:
    drafted(desk, staff.supervisor)
    async with april(desk, boss) as (app, pilot):
        await press(app, pilot, "ctrl+k")
        app.screen.query_one(Grid).go_to(DAY.isoformat(), "day/desk")
        await press(app, pilot, "enter", *"2102", "enter", "ctrl+s")
        assert "员工2102" in seen(app)
    with desk.reading() as session:
        found = open_draft(session, APRIL)
    assert found is not None
    assert found.revision == 2


async def test_9_8_leave_is_asked_for_and_approved_with_the_best_cover(
    desk: Desk, boss: Proof, staff: Staff
) -> None:
    published(desk, boss)
    clerk = proven(desk, staff.clerk)
    day = first_day_of(desk, staff.clerk)
    async with april(desk, clerk) as (app, pilot):
        await press(app, pilot, "ctrl+a", "insert")
        await typed(app, pilot, ask_first=f"{day:%m-%d}", ask_reason="家中有事", ask_pin=PIN)
        await press(app, pilot, "ctrl+s")
        assert "待审批" in seen(app)
    async with april(desk, boss) as (app, pilot):
        assert "申请 1" in seen(app)
        await press(app, pilot, "ctrl+a", "enter")
        assert "事由：家中有事" in seen(app)
        await typed(app, pilot, decide_pin=PIN)
        await press(app, pilot, "ctrl+s")
        assert "已批准" in seen(app)
    assert staff.clerk.person.id not in whose(desk, day, "day")
    with desk.reading() as session:
        assert waiting(session) == ()


async def test_9_8_a_day_that_cannot_be_taken_has_the_cursor_in_requests_and_in_absences(
    desk: Desk, boss: Proof, staff: Staff
) -> None:
    published(desk, boss)
    clerk, day = staff.clerk.person, first_day_of(desk, staff.clerk)

    def cursor(app: DeskApp) -> str | None:
        return app.focused.id if app.focused is not None else None

    async with april(desk, boss) as (app, pilot):
        app.screen.query_one(Grid).go_to(str(clerk.id), day.isoformat())
        await press(app, pilot, "alt+x")
        await typed(app, pilot, mend_first="无", mend_pin=PIN)
        await press(app, pilot, "ctrl+s")
        assert cursor(app) == "mend-first"
        await press(app, pilot, "escape", "ctrl+a", "insert", "right")
        assert "哪天的班" in seen(app) and "从哪天" not in seen(app)
        app.screen.query_one("#ask-partner", PersonField).take(clerk)
        await typed(app, pilot, ask_reason="换", ask_pin=PIN)
        await press(app, pilot, "ctrl+s")
        assert cursor(app) == "ask-first" and "请填写日期" in seen(app)
        free = f"{day + timedelta(days=1):%m-%d}"
        await typed(app, pilot, ask_first=free, ask_pin=PIN)
        await press(app, pilot, "ctrl+s")
        assert cursor(app) == "ask-first" and "没有班" in seen(app)


async def test_who_cannot_come_is_replaced_with_the_marked_candidate(
    desk: Desk, boss: Proof
) -> None:
    published(desk, boss)
    before = whose(desk, DAY, "night")
    async with april(desk, boss) as (app, pilot):
        await press(app, pilot, "ctrl+k")
        app.screen.query_one(Grid).go_to(DAY.isoformat(), "night/desk")
        await press(app, pilot, "ctrl+x")
        await press(app, pilot, "f12")
        assert "can take it" in seen(app) and "可以" not in seen(app)
        await press(app, pilot, "f12")
        assert "可以" in seen(app)
        await typed(app, pilot, cannot_reason="发烧", cannot_pin=PIN)
        await press(app, pilot, "ctrl+s")
        assert "变更" in seen(app) or "*" in seen(app)
    assert whose(desk, DAY, "night") != before


async def test_a_clerk_is_told_who_may_draft(desk: Desk, staff: Staff) -> None:
    async with april(desk, staff.clerk) as (app, pilot):
        await press(app, pilot, "insert")
        assert "领班" in seen(app)


async def test_news_is_read_at_the_next_sign_on(
    desk: Desk, boss: Proof, staff: Staff, clock: MovingClock
) -> None:
    clerk = proven(desk, staff.clerk)
    published(desk, boss)
    async with at_desk(desk, boss.person) as (app, pilot):
        await press(app, pilot, "ctrl+n", *"2001", "enter", *PIN, "enter")
        assert isinstance(app.screen, NewsDialog)
        assert "您的班" in seen(app)
        await press(app, pilot, "ctrl+s")
        assert not isinstance(app.screen, NewsDialog)
    with desk.reading() as session:
        assert news_for(session, clerk.person.id) == ()


async def test_a_wish_is_noted_for_the_day_under_the_cursor(desk: Desk, staff: Staff) -> None:
    async with april(desk, staff.clerk) as (app, pilot):
        app.screen.query_one(Grid).go_to(str(staff.clerk.person.id), DAY.isoformat())
        await press(app, pilot, "ctrl+w")
        app.screen.query_one(Choice).value = "0"
        await press(app, pilot, "ctrl+s")
        assert "希望休息" in seen(app)


async def test_a_request_waits_in_words_for_whoever_decides(
    desk: Desk, boss: Proof, staff: Staff
) -> None:
    published(desk, boss)
    ask_leave(desk, proven(desk, staff.clerk), "form", DAY, DAY, reason="[red]体检[/]")
    async with april(desk, boss) as (app, pilot):
        await press(app, pilot, "ctrl+a")
        assert "[red]体检[/]" in seen(app)
    async with april(desk, staff.other_clerk) as (app, pilot):
        await press(app, pilot, "ctrl+a", "enter")
        assert "等批准；批准前照原排班值班" in seen(app), (
            "who may do nothing is told what it waits for"
        )


async def test_9_8_what_the_partner_of_a_swap_remarks_is_on_file(
    desk: Desk, boss: Proof, staff: Staff
) -> None:
    published(desk, boss)
    day, other = first_day_of(desk, staff.clerk), staff.other_clerk
    with desk.reading() as session:
        line = month(session, desk, day).line_of(staff.clerk.person.id)
    assert line is not None
    duty_id = line.placed[day][0].duty_id
    assert duty_id is not None
    ask_swap(desk, proven(desk, staff.clerk), "form", duty_id, other.person.id, reason="家长会")
    proven(desk, other)
    # At the console of somebody else, by their PIN alone: to agree is no coming to duty.
    async with april(desk, boss) as (app, pilot):
        await press(app, pilot, "ctrl+a")
        assert f"等{other.person.name}同意" in seen(app)
        await press(app, pilot, "enter")
        assert f"{other.person.name}的密码" in seen(app)
        await typed(app, pilot, decide_words="下月还我一天", decide_pin=PIN)
        await press(app, pilot, "ctrl+s")
    with desk.reading() as session:
        assert presence(session, other.person.id) is None
    with desk.reading() as session:
        (request,) = waiting(session)
    assert (request.state, request.steps[-1].words) == (RequestState.AGREED, "下月还我一天")


async def test_9_8_a_leave_whose_days_are_over_is_not_offered_for_approval(
    desk: Desk, boss: Proof, staff: Staff, clock: MovingClock
) -> None:
    published(desk, boss)
    day = desk.now().astimezone(desk.zone).date()
    ask_leave(desk, proven(desk, staff.clerk), "form", day, day, reason="体检")
    clock.advance(timedelta(days=2))
    async with at_desk(desk, boss.person) as (app, pilot):
        await press(app, pilot, "f5", "ctrl+a", "enter")
        assert "处理申请（第 9.8 条）" in seen(app) and "日期已过，不能再批准" in seen(app)
        assert app.screen.query_one("#decide-step", Choice).codes == ("refuse", "withdraw")


async def test_9_8_a_swap_is_not_offered_for_approval_before_the_partner_agrees(
    desk: Desk, boss: Proof, staff: Staff
) -> None:
    published(desk, boss)
    day = first_day_of(desk, staff.clerk)
    other = staff.other_clerk
    with desk.reading() as session:
        line = month(session, desk, day).line_of(staff.clerk.person.id)
    assert line is not None
    duty_id = line.placed[day][0].duty_id
    assert duty_id is not None
    asker = proven(desk, staff.clerk)
    swap = ask_swap(desk, asker, "form", duty_id, other.person.id, reason="家长会")
    async with april(desk, boss) as (app, pilot):
        await press(app, pilot, "ctrl+a", "enter")
        assert "处理申请（第 9.8 条）" in seen(app) and "先等对方同意，再等批准" in seen(app)
        step = app.screen.query_one("#decide-step", Choice)
        assert step.codes == ("agree", "decline", "refuse", "withdraw")
        step.value = "refuse"
        await typed(app, pilot, decide_pin=PIN)
        await press(app, pilot, "ctrl+s")
        assert app.focused is app.screen.query_one("#decide-words")
    with desk.reading() as session:
        (request,) = waiting(session)
    answer(desk, proven(desk, other), swap, request.revision, agrees=True)
    async with april(desk, boss) as (app, pilot):
        await press(app, pilot, "ctrl+a", "enter")
        assert "先等对方同意" not in seen(app)
        assert app.screen.query_one("#decide-step", Choice).codes == (
            "approve",
            "refuse",
            "withdraw",
        )


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", "待审批  19:00 起加班 120 分钟"),
        ("en", "to be approved  120 min of overtime from 19:00"),
    ],
)
async def test_4_3_overtime_on_a_free_day_is_listed_with_its_hour_and_its_date_once(
    make_desk: DeskMaker, language: Language, said: str
) -> None:
    desk = make_desk("cs-department")
    boss = hire(desk, "1001", "周静怡", "manager", "supervisor")
    clerk = hire(desk, "2001", "王晓燕", "clerk", by=boss)
    ask_overtime(desk, proven(desk, clerk), "form", DAY, 120, reason="盘点", begins=time(19))
    async with at_desk(desk, boss.person, size=(120, 24), language=language) as (app, pilot):
        await press(app, pilot, "f5", "ctrl+a")
        assert said in seen(app)


def whose_draft(desk: Desk, day: date) -> int:
    with desk.reading() as session:
        draft = open_draft(session, day.replace(day=1))
        assert draft is not None
        slots = draft_month(session, desk, draft).on(day)
    return slots[0].people[0].person_id


def first_day_of(desk: Desk, who: Shown) -> date:
    with desk.reading() as session:
        line = month(session, desk, DAY).line_of(who.person.id)
    assert line is not None
    return min(line.placed)


async def test_a_cell_is_explained_and_so_is_a_gap(desk: Desk, boss: Proof, staff: Staff) -> None:
    draft = drafted(desk, staff.supervisor)
    night = next(one for one in look(desk, draft).cells if (one.day, one.plan) == (DAY, "night"))
    clear(desk, boss.person.id, draft.draft_id, draft.revision, night)
    async with april(desk, boss) as (app, pilot):
        grid = app.screen.query_one(Grid)
        grid.go_to("gaps", DAY.isoformat())
        await press(app, pilot, "alt+e")
        assert "夜班" in seen(app)
        await press(app, pilot, "escape")
        grid.go_to(str(whose_draft(desk, DAY)), None)
        await press(app, pilot, "alt+e")
        assert "换成" in seen(app)


async def test_7_2_4_4_training_is_put_on_record_and_what_runs_out_stands_first(
    desk: Desk, boss: Proof, staff: Staff
) -> None:
    async with at_desk(desk, boss.person, size=(120, 40)) as (app, pilot):
        app.action_open("training")
        await settle(app, pilot)
        await press(app, pilot, "insert", *"2001", "enter")
        await typed(app, pilot, train_title="上岗证", train_until="2026-03-20")
        await press(app, pilot, "ctrl+s")
        lines = seen(app).splitlines()
        assert "2026-03-20" in next(line for line in lines if "王晓燕" in line)
        assert lines.index(next(line for line in lines if "王晓燕" in line)) < 6


async def test_2_2_attendance_is_listed_by_date(desk: Desk, boss: Proof, staff: Staff) -> None:
    sign_on(desk, staff.clerk)
    async with at_desk(desk, boss.person) as (app, pilot):
        app.action_open("attendance")
        await settle(app, pilot)
        assert "王晓燕" in seen(app)
        assert "08:45" in seen(app)


async def test_2_2_no_mark_is_cut_for_a_clause_in_the_least_terminal(
    desk: Desk, boss: Proof, staff: Staff
) -> None:
    sign_on(desk, staff.clerk)
    async with at_desk(desk, boss.person, language="en") as (app, pilot):
        await press(app, pilot, "f8")
        screen = app.screen
        assert isinstance(screen, AttendanceScreen)
        (line,) = screen._lines
        late = replace(line, late_minutes=7, over_minutes=125)
        screen._lines = (
            replace(late, marks=(Mark.LATE,)),
            replace(late, marks=(Mark.LATE, Mark.UNHANDED)),
            replace(late, marks=(Mark.UNROSTERED, Mark.UNAPPROVED)),
        )
        screen._show()
        await settle(app, pilot)
        shown = seen(app)
        assert "late 7 min (clause 6.10)" in shown and "late 7 min  no handover" in shown
        assert "unrostered  unapproved hours 2h 5m" in shown


async def test_an_absence_of_days_is_mended_by_the_way_chosen_of_three_side_by_side(
    desk: Desk, boss: Proof, staff: Staff
) -> None:
    published(desk, boss)
    day = first_day_of(desk, staff.clerk)
    async with april(desk, boss) as (app, pilot):
        app.screen.query_one(Grid).go_to(str(staff.clerk.person.id), day.isoformat())
        await press(app, pilot, "alt+x")
        assert "由主管安排顶班（第 9.8 条）" in seen(app)
        await until(pilot, lambda: "找到 3 种" in seen(app))
        row = next(line for line in seen(app).splitlines() if "周三 白班" in line)
        assert all(name in row for name in ("李思敏", "员工2101", "员工2102"))
        await typed(app, pilot, mend_last=f"{day.replace(day=day.day + 4):%m-%d}", mend_pin=PIN)
        await press(app, pilot, "ctrl+s")
        assert "日期改过" in seen(app)
        await until(pilot, lambda: "找到 3 种" in seen(app))
        await typed(app, pilot, mend_reason="住院", mend_pin=PIN)
        app.screen.query_one("#mend-way", Choice).value = "1"
        await press(app, pilot, "ctrl+s")
        assert isinstance(app.screen, RosterScreen)
        assert "假" in next(line for line in seen(app).splitlines() if line.startswith(" 王晓燕"))
    assert staff.clerk.person.id not in whose(desk, day, "day")


async def test_9_8_mending_an_absence_says_that_the_shift_that_runs_stays(
    desk: Desk, boss: Proof, staff: Staff, clock: MovingClock
) -> None:
    published(desk, boss)
    day = first_day_of(desk, staff.clerk)
    last = f"{day.replace(day=day.day + 4):%m-%d}"
    for hour, says_so in ((8, False), (10, True)):
        clock.move_to(datetime.combine(day, time(hour), desk.zone))
        async with at_desk(desk, boss.person) as (app, pilot):
            await press(app, pilot, "f5")
            app.screen.query_one(Grid).go_to(str(staff.clerk.person.id), day.isoformat())
            await press(app, pilot, "alt+x", *last, "enter")
            await until(pilot, lambda app=app: "找到 3 种" in seen(app))  # type: ignore[misc]
            assert ("正在上的班不在其中" in seen(app)) is says_so


async def test_9_8_an_absence_is_typed_with_enter_alone_and_the_pin_is_never_shown(
    desk: Desk, boss: Proof, staff: Staff
) -> None:
    published(desk, boss)
    day = first_day_of(desk, staff.clerk)
    async with april(desk, boss) as (app, pilot):
        app.screen.query_one(Grid).go_to(str(staff.clerk.person.id), day.isoformat())
        await press(app, pilot, "alt+x")
        last = f"{day.replace(day=day.day + 4):%m-%d}"
        await press(app, pilot, *last, "enter")
        await until(pilot, lambda: "找到 3 种" in seen(app))
        assert app.screen.query_one("#mend-last", Line).value == last
        assert app.focused is app.screen.query_one("#mend-way")
        await typed(app, pilot, mend_pin=PIN)
        await press(app, pilot, "2", "ctrl+s")
        assert app.focused is app.screen.query_one("#mend-reason")
        await press(app, pilot, *"住院", "enter", *PIN, "enter")
        assert isinstance(app.screen, RosterScreen), seen(app)
    assert staff.clerk.person.id not in whose(desk, day, "day")


async def test_25_why_a_month_cannot_be_filled_is_told_after_the_optimiser_and_on_a_key(
    desk: Desk, boss: Proof, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(why_gaps, "SECONDS", 300.0)  # A crowded machine is given time.
    for number, who in enumerate(staff_of(desk, "maintenance")):
        asked = ask_leave(desk, proven(desk, Shown(who)), f"f{number}", DAY, DAY, reason="开会")
        approve(desk, boss, asked, 2)
    async with april(desk, boss) as (app, pilot):
        await press(app, pilot, "insert", "2", "ctrl+s")
        # It may have come to its end before it was looked at.
        await until(pilot, lambda: any(one in seen(app) for one in ("/30 秒  扣分", "去掉任何")))
        if "去掉任何" not in seen(app):
            await press(app, pilot, "ctrl+s")
        await until(pilot, lambda: "去掉任何一条都行" in seen(app))
        said = seen(app)
        assert "2026-04-06 夜班要有人（第 6.1 条）" in said
        assert "请假（第 9.8 条）" in said
        await press(app, pilot, "escape")
        assert "Alt+W 为何排不满" in seen(app).splitlines()[-1]
        await press(app, pilot, "alt+w")
        await until(pilot, lambda: "去掉任何一条都行" in seen(app))
        await press(app, pilot, "enter", "alt+q")
        assert "缺人  10000" in seen(app)
        assert "合计" in seen(app)


async def until(pilot: Pilot[Any], reached: Callable[[], bool]) -> None:
    """Looks again until a process beside the program has answered."""
    for _ in range(6000):
        if reached():
            await pilot.pause()
            return
        await pilot.pause(0.05)
    raise AssertionError("nothing came of it")


def staff_of(desk: Desk, role: str) -> list[PersonView]:
    with desk.reading() as session:
        return [one for one in people(session) if role in one.roles]
