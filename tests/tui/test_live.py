"""The live shift and its dialogs, on a real desk with a clock that stands."""

from __future__ import annotations

import re
import string
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from textual.pilot import Pilot
from textual.widgets import DataTable
from textual.worker import WorkerCancelled

from desk_console.foundation.catalogue import Language
from desk_console.foundation.clock import MovingClock
from desk_console.foundation.refusal import Refusal
from desk_console.log import drafts
from desk_console.log.forms import CallForm
from desk_console.log.records import Category
from desk_console.matters.acts import OpenMatter, log_entry
from desk_console.rulebook.desk import Desk
from desk_console.shift.arrivals import sign_on as arrive
from desk_console.shift.reminders import remind
from desk_console.shift.step_out import step_out
from desk_console.shift.views import board
from desk_console.tui.app import DeskApp
from desk_console.tui.opening import Opening
from desk_console.tui.screens.call import CallScreen
from desk_console.tui.screens.live import LiveScreen
from desk_console.tui.screens.lock import LockScreen
from desk_console.tui.screens.matter import MatterScreen
from desk_console.tui.screens.matters import MattersScreen
from desk_console.tui.screens.roster.attendance import AttendanceScreen
from desk_console.tui.widgets.plain import Plain, width
from desk_console.tui.widgets.table import Listing
from tests.conftest import MORNING, DeskMaker
from tests.on_roster import Turn, put_on_roster
from tests.staff import Staff
from tests.tui.call_site import settle
from tests.tui.golden import holds, screen_text
from tests.tui.live_site import PIN, busy_morning, staffed

SIZES = [(80, 24), (120, 40)]


@pytest.fixture
def site(desk: Desk, clock: MovingClock) -> Staff:
    """Ten to ten on a busy morning."""
    staff = staffed(desk)
    busy_morning(desk, clock, staff)
    return staff


def opened(desk: Desk, language: Language = "zh") -> DeskApp:
    return DeskApp(Opening(open=lambda: desk, language=language))


async def settled(pilot: Pilot[int]) -> None:
    """Everything that was begun has come to its end."""
    for _ in range(3):
        # A search that a newer one took the place of is cancelled, and that is its end.
        with suppress(WorkerCancelled):
            await pilot.app.workers.wait_for_complete(
                [one for one in pilot.app.workers if not isinstance(one.node, DeskApp)]
            )
        await pilot.pause()


async def begun(pilot: Pilot[int]) -> DeskApp:
    """The desk is open and shown."""
    app = pilot.app
    assert isinstance(app, DeskApp)
    await app.workers.wait_for_complete()
    await settled(pilot)
    return app


async def type_in(pilot: Pilot[int], text: str) -> None:
    await pilot.press(*text)
    await settled(pilot)


async def sign_on(pilot: Pilot[int], who: str, pin: str = PIN) -> None:
    await pilot.press("ctrl+n")
    await pilot.pause()
    await settled(pilot)
    await type_in(pilot, who)
    await pilot.press("enter")
    await settled(pilot)
    await type_in(pilot, pin)
    await pilot.press("enter")
    await pilot.app.workers.wait_for_complete()
    await settled(pilot)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_live_shift_reads_at_a_glance(
    desk: Desk, site: Staff, size: tuple[int, int], language: Language
) -> None:
    app = opened(desk, language)
    async with app.run_test(size=size) as pilot:
        await begun(pilot)
        await sign_on(pilot, "2001")
        await holds(app, f"live-{language}-{size[0]}x{size[1]}")


async def test_no_sign_that_is_typed_where_nothing_takes_it_ends_the_program(
    desk: Desk, site: Staff
) -> None:
    async with opened(desk, "zh").run_test(size=(80, 24)) as pilot:
        app = await begun(pilot)
        for sign in string.punctuation + string.ascii_letters:
            # Textual looks for a method of the app's by each name that the sign has: @ is `at`.
            await pilot.press(sign)
        await settled(pilot)
        assert app.is_running


@pytest.mark.parametrize("is_demo", [False, True])
async def test_4_9_words_of_residents_wait_for_somebody_signed_on_here(
    desk: Desk, site: Staff, is_demo: bool
) -> None:
    app = DeskApp(Opening(open=lambda: desk, is_demo=is_demo))
    async with app.run_test(size=(120, 40)) as pilot:
        await begun(pilot)
        words = ("郑先生", "周女士", "问物业费怎么交", "厨房水管漏水", "给电梯公司回电话")
        assert not [one for one in words if one in screen_text(app)]
        assert all(one in screen_text(app) for one in ("5-602", "报修", "签到后可见"))
        await sign_on(pilot, "wxy")
        assert all(one in screen_text(app) for one in words)
        assert app.seat.writer == site.clerk.person


async def test_markup_in_a_callers_name_is_shown_as_typed(desk: Desk, site: Staff) -> None:
    app = opened(desk)
    async with app.run_test(size=(120, 40)) as pilot:
        await begun(pilot)
        await sign_on(pilot, "2001")
        assert "[red]钱[/]先生" in screen_text(app)


async def test_wrong_pin_leaves_nobody_in_the_seat(desk: Desk, site: Staff) -> None:
    app = opened(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await begun(pilot)
        await sign_on(pilot, "2001", "93715264")
        assert app.seat.writer is None
        assert "王晓燕的密码不对" in screen_text(app)


async def test_a_chinese_word_in_a_pin_is_told_of(desk: Desk, site: Staff) -> None:
    app = opened(desk)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await begun(pilot)
        await pilot.press("ctrl+n")
        await type_in(pilot, "2001")
        await pilot.press("enter", "密", "码")
        await settled(pilot)
        assert screen_text(app).count("请关掉中文输入法") == 1


async def test_locked_screen_shows_no_name_and_no_number(desk: Desk, site: Staff) -> None:
    app = opened(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await begun(pilot)
        await sign_on(pilot, "2001")
        due = len(app.screen.query_one("#live-due", Listing).keys)
        await pilot.press("ctrl+l")
        await settled(pilot)
        shown = screen_text(app)
        assert isinstance(app.screen, LockScreen) and "待办 2 项" in shown
        assert due and f"现在该做 {due} 项" in shown
        assert not any(word in shown for word in ("王晓燕", "郑先生", "5-602", "翠湖"))
        await pilot.press("f2", "f3", "ctrl+p", "ctrl+q")
        await settled(pilot)
        assert isinstance(app.screen, LockScreen)
        await pilot.press("密")
        await settled(pilot)
        assert "请关掉中文输入法" in screen_text(app)
        await type_in(pilot, "93715264")
        await pilot.press("enter")
        await settled(pilot)
        assert "密码不对" in screen_text(app) and "王晓燕" not in screen_text(app)
        await type_in(pilot, PIN)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, LiveScreen)


async def test_idle_minutes_by_the_monotonic_clock_lock_the_screen(
    desk: Desk, site: Staff, clock: MovingClock
) -> None:
    desk = replace(desk, site=replace(desk.site, idle_lock_minutes=5))
    app = opened(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await begun(pilot)
        await sign_on(pilot, "2001")
        clock.jump(timedelta(hours=2))
        app._look_idle()
        assert not app.seat.is_locked
        clock.advance(timedelta(minutes=5))
        app._look_idle()
        await settled(pilot)
        assert isinstance(app.screen, LockScreen)


async def test_6_8_step_out_and_come_back_on_screen(desk: Desk, site: Staff) -> None:
    app = opened(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await begun(pilot)
        await sign_on(pilot, "2001")
        await pilot.press("ctrl+t")
        await settled(pilot)
        await type_in(pilot, "kan")
        await pilot.press("enter")
        await type_in(pilot, "1020")
        await pilot.press("enter")
        await type_in(pilot, "4001")
        await pilot.press("enter")
        await type_in(pilot, PIN)
        await pilot.press("enter")
        await type_in(pilot, PIN)
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await settled(pilot)
        with desk.reading() as session:
            post = board(session, desk, desk.now()).posts[0]
        assert post.holder == site.guard.person and post.away == site.clerk.person
        assert "王晓燕外出，预计 10:20 返回" in screen_text(app)
        assert "同在岗" not in screen_text(app), "who is out is not there as well"
        # The stand-in sits at the console: who comes back gives the PIN there, out of sight.
        await pilot.press("ctrl+t")
        await settled(pilot)
        assert "请王晓燕输入密码" in screen_text(app) and "（第 6.8 条）" in screen_text(app)
        await type_in(pilot, PIN)
        assert PIN not in screen_text(app)
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await settled(pilot)
        with desk.reading() as session:
            post = board(session, desk, desk.now()).posts[0]
        assert post.holder == site.clerk.person and post.away is None
        assert app.seat.people == (site.clerk.person,), "the stand-in is signed off with it"


async def test_language_changes_live(desk: Desk, site: Staff) -> None:
    app = opened(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await begun(pilot)
        await pilot.press("f12")
        await settled(pilot)
        assert "Open matters: 2" in screen_text(app)
        await pilot.press("f12")
        await settled(pilot)
        assert "待办  2 项" in screen_text(app)


async def test_refresh_changes_only_what_differs_and_leaves_the_focus(
    desk: Desk, site: Staff, clock: MovingClock
) -> None:
    app = opened(desk)
    async with app.run_test(size=(120, 40)) as pilot:
        await begun(pilot)
        await sign_on(pilot, "2001")
        matters = app.screen.query_one("#live-matter", Listing)
        matters.focus()
        matters.go_to(matters.keys[1])
        await pilot.pause()
        focused, place = app.focused, matters.key
        remind(
            desk,
            site.clerk.person.id,
            form_id="r2",
            post_code="desk",
            due_at=clock.now(),
            words="开会",
        )
        app.spread()
        await settled(pilot)
        assert "开会" in screen_text(app)
        assert app.focused is focused and matters.key == place


async def test_what_is_due_is_done_with_enter(desk: Desk, site: Staff) -> None:
    app = opened(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await begun(pilot)
        await sign_on(pilot, "2001")
        app.screen.query_one("#live-due", Listing).focus()
        await pilot.press("enter")
        await pilot.pause()
        await pilot.pause()
        assert "给电梯公司回电话" in screen_text(app)
        await pilot.press("ctrl+s")
        await pilot.pause()
        await app.workers.wait_for_complete()
        await settled(pilot)
        with desk.reading() as session:
            assert board(session, desk, desk.now()).due == ()


async def test_9_4_the_first_that_are_late_are_named_the_others_counted(
    desk: Desk, site: Staff, clock: MovingClock
) -> None:
    for number in range(4):
        form = CallForm(
            form_id=f"p{number}", at=desk.now(), category=Category.ERRAND, content="寄件"
        )
        wish = OpenMatter(due_at=desk.now() + timedelta(minutes=1), title="寄件")
        log_entry(desk, site.clerk.person, form, wish)
    clock.advance(timedelta(minutes=5))
    async with opened(desk).run_test(size=(80, 24)) as pilot:
        app = await begun(pilot)
        app.seat.take(site.clerk.person)
        app.spread()
        await settled(pilot)
        shown = screen_text(app)
        assert "现在该做  6 项" in shown
        assert "另有 2 项超时，按 F6" in shown
        app.screen.query_one("#live-due", Listing).focus()
        await pilot.press("end", "enter")
        await settled(pilot)
        assert isinstance(app.screen, MattersScreen)


async def test_the_foot_has_room_for_sign_off_in_english_and_f8_leads_to_attendance(
    desk: Desk, site: Staff
) -> None:
    async with opened(desk, "en").run_test(size=(140, 40)) as pilot:
        app = await begun(pilot)
        app.seat.take(site.clerk.person)
        await settled(pilot)
        foot = screen_text(app).splitlines()[-1]
        assert "Ctrl+O Sign off" in foot and "F3" not in foot
        await pilot.press("f8")
        await settled(pilot)
        assert isinstance(app.screen, AttendanceScreen)
        assert "F3 Live shift" in screen_text(app).splitlines()[-1]


async def test_6_8_a_stand_in_who_came_as_nothing_in_particular_is_named_with_their_role(
    desk: Desk, site: Staff
) -> None:
    back_at = desk.now() + timedelta(minutes=30)
    step_out(desk, site.clerk, site.other_clerk, reason="取药", back_at=back_at)
    async with opened(desk).run_test(size=(80, 24)) as pilot:
        app = await begun(pilot)
        assert "在岗  李思敏  客服管理员" in screen_text(app)


async def test_3_5_who_holds_the_post_in_anothers_place_is_not_said_to_go_by_the_plan(
    desk: Desk, clock: MovingClock
) -> None:
    staff = staffed(desk)
    turn = Turn(MORNING.date(), "day", "desk", staff.other_clerk.person.id)
    put_on_roster(desk, staff.supervisor.person.id, MORNING.date(), MORNING.date(), [turn])
    arrive(desk, staff.clerk)
    async with opened(desk).run_test(size=(80, 24)) as pilot:
        app = await begun(pilot)
        assert "未排班当班" in screen_text(app) and "按班次" not in screen_text(app)


async def test_a_desk_that_cannot_be_opened_says_why() -> None:
    def fails() -> Desk:
        raise Refusal("foundation.file_damaged", file="desk.db")

    app = DeskApp(Opening(open=fails))
    async with app.run_test(size=(80, 24)) as pilot:
        await begun(pilot)
        assert "数据文件已损坏：desk.db" in screen_text(app)


async def test_two_posts_each_say_their_holder(make_desk: DeskMaker) -> None:
    desk = make_desk("store-weekly")
    app = opened(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await begun(pilot)
        assert "还没有人签到过" in screen_text(app)


async def test_arrows_walk_what_is_open_right_away_and_on_into_the_log(
    desk: Desk, site: Staff
) -> None:
    app = opened(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await begun(pilot)
        await sign_on(pilot, "2001")
        matters, log = (
            app.screen.query_one(f"#live-{name}", Listing) for name in ("matter", "entry")
        )
        first, *_, last = matters.keys
        assert matters.key == first
        await pilot.press(*["down"] * (len(matters.keys) - 1))
        assert matters.key == last
        await pilot.press("down")
        assert log.has_focus_within and log.key == log.keys[0]
        await pilot.press("up")
        assert matters.has_focus_within and matters.key == last
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, MatterScreen)


async def test_other_colours_reach_the_rows_that_are_there_already(
    desk: Desk, site: Staff, clock: MovingClock
) -> None:
    app = opened(desk)
    async with app.run_test(size=(120, 40)) as pilot:
        await begun(pilot)
        await sign_on(pilot, "2001")
        clock.advance(timedelta(hours=2))
        app.spread()
        await settled(pilot)
        listing = app.screen.query_one("#live-matter", Listing)
        before = listing.get_component_rich_style("listing--overdue", partial=True)
        table = listing.query_one(DataTable)
        assert before in [cell.style for cell in table.get_row_at(0)]
        await pilot.press("ctrl+y")
        await settled(pilot)
        after = listing.get_component_rich_style("listing--overdue", partial=True)
        assert after != before
        assert after in [cell.style for cell in table.get_row_at(0)]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", "2 份登记没写完：回车，或按 F2 再按 Ctrl+R"),
        ("en", "Half written: 2. Enter, or F2 then Ctrl+R, goes on"),
    ],
)
async def test_calls_put_aside_are_told_with_their_keys_and_enter_goes_on_with_one(
    desk: Desk, site: Staff, language: Language, said: str
) -> None:
    for number, words in enumerate(("厨房水管", "[red]电梯[/]")):
        drafts.keep(desk, f"put-aside-{number}", "call", {"content": words})
    drafts.keep(desk, "handover:1", drafts.WIZARD, {"note": "交接"})
    async with opened(desk, language).run_test(size=(80, 24)) as pilot:
        app = await begun(pilot)
        app.seat.take(site.clerk.person)
        app.spread()
        await settled(pilot)
        assert said in screen_text(app)
        app.screen.query_one("#live-due", Listing).focus()
        for key in ("enter", "down", "enter"):
            await pilot.press(key)
            await settle(app, pilot)
        assert isinstance(app.screen, CallScreen)
        assert "[red]电梯[/]" in screen_text(app)


async def test_what_another_console_puts_aside_is_not_told_here(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    desk, other = make_desk(), make_desk()
    busy_morning(desk, clock, staffed(desk))
    drafts.keep(other, "put-aside", "call", {"content": "厨房水管"})
    async with opened(desk).run_test(size=(80, 24)) as pilot:
        assert "没写完" not in screen_text(await begun(pilot))


async def test_a_warning_is_broken_before_its_clause_never_inside_it(
    desk: Desk, site: Staff, clock: MovingClock
) -> None:
    form = CallForm(
        form_id="f9", at=desk.now(), category=Category.HELP, unit_text="12-3-1502-地下室入口",
        caller="周女士", content="有人被困", is_emergency=True,
    )  # fmt: skip
    log_entry(desk, site.clerk.person, form)
    clock.advance(timedelta(minutes=3))
    async with opened(desk).run_test(size=(80, 24)) as pilot:
        app = await begun(pilot)
        whole = app.screen.query_one("#live-alarms", Plain).render().plain  # type: ignore[union-attr]
        clauses = re.findall(r"（第[^）]*条）", whole.replace("\n", ""))
        assert clauses and all(clause in whole for clause in clauses)
        assert all(width(line) <= 78 for line in whole.splitlines())
        assert any(
            line.endswith("条）") and not line.startswith("注意") for line in whole.splitlines()
        )
