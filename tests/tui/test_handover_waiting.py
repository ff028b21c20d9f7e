"""What the handover has waiting on the live shift: when F4 is due, calls to answer, reports."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from desk_console.foundation.clock import MovingClock
from desk_console.foundation.outbox import OutgoingMail
from desk_console.handover import relief, views
from desk_console.handover.opening import refuse_to_take_over
from desk_console.outputs.mail.letters import words_of
from desk_console.people.records import Person
from desk_console.rulebook.desk import Desk
from tests.foundation.desk_file import meddle
from tests.tui.handover_site import Evening, evening, opened, type_in, until


@pytest.fixture
def site(desk: Desk, clock: MovingClock) -> Evening:
    """Ten past five."""
    return evening(desk, clock)


async def test_9_9_the_live_shift_says_that_the_post_may_be_handed_over(site: Evening) -> None:
    async with opened(site.desk, "", site.staff.clerk) as (app, pilot):
        await until(app, pilot, "王晓燕可以交接班了，按 F4")
        site.walk()
        app.spread()
        await until(app, pilot, "17:10 开始，还没有签完，按 F4", "9.13")


async def test_9_6_a_call_for_relief_is_answered_on_the_live_shift(
    site: Evening, clock: MovingClock
) -> None:
    clock.advance(timedelta(minutes=35))  # the director was called as well
    relief.settle(site.desk)
    async with opened(site.desk, "", site.staff.supervisor) as (app, pilot):
        await until(app, pilot, "没有人接班，已呼叫", "等答复")
        app.screen.query_one("#live-due _Table").focus()
        await pilot.press("home", "enter")
        await until(app, pilot, "答复呼叫")
        await pilot.press("ctrl+s")
        await until(app, pilot, "请写明怎样安排")
        await type_in(app, pilot, "我十分钟后到")
        await pilot.press("ctrl+s")
        await until(app, pilot, "已答复，不再往上呼叫")
        shown = await until(app, pilot, "周静怡 03-02 17:45 答复：我十分钟后到")
        assert "等答复" not in shown, "the director's call as well"
    site.walk().whole()
    async with opened(site.desk, "", site.staff.supervisor) as (app, pilot):
        assert "答复：" not in await until(app, pilot, "孙建军", "现在该做")


async def test_9_6_who_is_called_reads_who_refused_to_take_over_and_why(site: Evening) -> None:
    walk = site.walk()
    walk.join()
    refuse_to_take_over(site.desk, walk.incoming.person, walk.id, "对讲机坏了没人说")
    async with opened(site.desk, "", site.staff.supervisor) as (app, pilot):
        shown = await until(app, pilot, "孙建军拒绝接班，已呼叫", "等答复")
        assert "没有人接班" not in shown
        app.screen.query_one("#live-due _Table").focus()
        await pilot.press("home", "enter")
        await until(app, pilot, "答复呼叫", "原因  对讲机坏了没人说")


def test_9_6_the_mail_of_a_refusal_names_who_refused_and_who_keeps_the_post(
    site: Evening,
) -> None:
    desk, staff = site.desk, site.staff
    with desk.transaction() as work:
        boss = work.session.get(Person, staff.supervisor.person.id)
        assert boss is not None
        boss.mail = "zhou@example.org"
        work.session.add(boss)
    walk = site.walk()
    walk.join()
    refuse_to_take_over(desk, walk.incoming.person, walk.id, "对讲机坏了没人说")
    with desk.reading() as session:
        queued = session.exec(select(OutgoingMail)).one()
    subject, body = words_of(queued, desk)
    assert "拒绝接班" in subject and "孙建军拒绝接班，岗位仍由王晓燕当班" in body
    assert "对讲机" not in body, "no words of a person's own leave the desk by mail"


async def test_9_6_a_clerk_does_not_answer_what_the_supervisor_was_called_for(
    site: Evening, clock: MovingClock
) -> None:
    clock.advance(timedelta(minutes=25))
    relief.settle(site.desk)
    async with opened(site.desk, "", site.staff.clerk) as (app, pilot):
        await until(app, pilot, "没有人接班，已呼叫")
        app.screen.query_one("#live-due _Table").focus()
        await pilot.press("home", "enter")
        await until(app, pilot, "答复呼叫")
        await type_in(app, pilot, "我来")
        await pilot.press("ctrl+s")
        await until(app, pilot, "由被呼叫的一级或更高一级答复")


async def test_a_call_lapses_once_somebody_took_the_post_over(
    site: Evening, clock: MovingClock
) -> None:
    clock.advance(timedelta(minutes=25))
    relief.settle(site.desk)
    site.walk().whole()
    async with opened(site.desk, "", site.staff.night_man) as (app, pilot):
        shown = await until(app, pilot, "孙建军")
        assert "已呼叫" not in shown


async def test_3_10_who_is_in_charge_takes_note_of_the_report(site: Evening) -> None:
    site.walk().whole()
    async with opened(site.desk, "", site.staff.supervisor) as (app, pilot):
        await until(app, pilot, "交班报告待阅 1 份：王晓燕 → 孙建军")
        app.screen.query_one("#live-due _Table").focus()
        await pilot.press("home", "enter")
        await until(app, pilot, "交班报告", "【待办】", "一切正常", "看全文")
        await pilot.press("f12")
        await until(app, pilot, "OPEN MATTERS (0)", "Summary", "一切正常")
        await pilot.press("f12")
        await until(app, pilot, "【待办】")
        await pilot.press("ctrl+k")
        await until(app, pilot, "签名已逐个核对：全部有效")
        await pilot.press("escape")
        await until(app, pilot, "看过后按 Ctrl+S")
        await pilot.press("ctrl+s")
        await until(app, pilot, "已记为已阅")
    with site.desk.reading() as session:
        assert views.waiting_reports(session) == ()


async def test_3_10_a_report_of_a_record_that_was_spoilt_says_so(site: Evening) -> None:
    site.walk().whole()
    meddle(site.desk.store.path, "update handover_version set content = 'x'")
    async with opened(site.desk, "", site.staff.supervisor) as (app, pilot):
        await until(app, pilot, "交班报告待阅 1 份")
        app.screen.query_one("#live-due _Table").focus()
        await pilot.press("home", "enter")
        await until(app, pilot, "交接档案被别的程序改过")
        await pilot.press("ctrl+s")
        await until(app, pilot, "已记为已阅")


async def test_3_10_a_clerk_is_not_shown_the_report(site: Evening) -> None:
    site.walk().whole()
    async with opened(site.desk, "", site.staff.night_man) as (app, pilot):
        assert "待阅" not in await until(app, pilot, "孙建军  ")
