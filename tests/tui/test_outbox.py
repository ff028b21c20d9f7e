"""The outbox on the screen: what failed is said to whoever looks after the mail, and mended there
(row 23).
"""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from sqlmodel import select
from textual.pilot import Pilot

from desk_console.foundation import outbox
from desk_console.foundation.catalogue import Language
from desk_console.foundation.clock import MovingClock
from desk_console.foundation.outbox import MailState, OutgoingMail
from desk_console.foundation.texts import TEXTS
from desk_console.people.records import PersonView
from desk_console.rulebook.desk import Desk, MailRoute
from desk_console.shift.arrivals import sign_on
from desk_console.tui.app import DeskApp
from desk_console.tui.postman import Postman
from desk_console.tui.screens.outbox import OutboxScreen
from desk_console.tui.widgets.fields import Line
from tests.outputs.conftest import Postbox, route_to
from tests.staff import Staff
from tests.tui.call_site import at_desk, seen, settle
from tests.tui.golden import holds


def box(app: DeskApp) -> str:
    """What stands in the dialog."""
    return seen(app).split("╭", 1)[1]


@pytest.fixture
def mailing(desk: Desk, staff: Staff, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk with a mail that failed, one that may have gone out, and one that waits."""
    monkeypatch.setitem(TEXTS, "mail_test_subject", ("4月排班表已公布", "The roster for April"))
    monkeypatch.setitem(TEXTS, "mail_test_body", ("正文", "body"))
    ends = (
        ("gone@example.com", MailState.FAILED, "address_refused"),
        ("li@example.com", MailState.FAILED, "unsure"),
        ("sun@example.com", MailState.QUEUED, ""),
    )
    with desk.transaction() as work:
        for address, state, error in ends:
            mail_id = outbox.put(
                work,
                desk.source,
                template="foundation.test",
                address=address,
                language="zh",
                about="roster:1",
                values={},
            )
            row = work.session.get(OutgoingMail, mail_id)
            assert row is not None
            row.state, row.last_error, row.tries = state, error, 1
            work.session.add(row)
    sign_on(desk, staff.clerk)
    route = MailRoute(host="mail.example.com", sender="desk@example.com")
    return replace(desk, mail=route)


@asynccontextmanager
async def outbox_open(
    desk: Desk, person: PersonView, **more: Any
) -> AsyncIterator[tuple[DeskApp, Pilot[Any]]]:
    async with at_desk(desk, person, **more) as (app, pilot):
        await app.run_action("open('outbox')")
        await settle(app, pilot)
        yield app, pilot


async def until(app: DeskApp, pilot: Pilot[Any], words: str) -> None:
    """Wait for words on the screen: a worker that waits for a dialog never settles."""
    for _ in range(200):
        await pilot.pause(0.01)
        if words in seen(app):
            return
    raise AssertionError(seen(app))


def states(desk: Desk) -> dict[str, MailState]:
    with desk.reading() as session:
        return {row.address: row.state for row in session.exec(select(OutgoingMail))}


@pytest.mark.parametrize(("who", "is_told"), [("supervisor", True), ("clerk", False)])
async def test_row_23_who_may_publish_is_told_of_failed_mail_on_the_live_shift(
    mailing: Desk, staff: Staff, who: str, is_told: bool
) -> None:
    async with at_desk(mailing, getattr(staff, who).person) as (app, pilot):
        app.spread()
        await settle(app, pilot)
        assert ("2 封邮件没有发出" in seen(app)) is is_told


async def test_row_23_a_failed_mail_is_sent_again_elsewhere_or_withdrawn(
    mailing: Desk, staff: Staff, clock: MovingClock
) -> None:
    async with outbox_open(mailing, staff.supervisor.person) as (app, pilot):
        assert "可能已经发出" in seen(app), "the newest failure is under the cursor"
        await pilot.press("ctrl+s")
        await until(app, pilot, "对方可能收到")
        await pilot.press("right", "enter")
        await until(app, pilot, "已放回发件箱")
        assert states(mailing)["li@example.com"] is MailState.QUEUED
        await pilot.press("ctrl+k")
        await until(app, pilot, "换个地址发")
        assert "4月排班表已公布" in box(app), "it says which mail"
        for typed, said in (
            ("li＠EXAMPLE.com", "就是原来的地址"),
            ("here at example", "不是邮箱地址"),
        ):
            app.screen.query_one("#mail-address", Line).value = typed
            await pilot.press("ctrl+s")
            await until(app, pilot, said)
            assert typed in box(app), "what was typed stays"
        app.screen.query_one("#mail-address", Line).value = "here＠example.com"
        await pilot.press("ctrl+s")
        await until(app, pilot, "已改发到新地址")
        assert states(mailing)["here@example.com"] is MailState.QUEUED
    assert MailState.WITHDRAWN in states(mailing).values()


async def test_row_23_mail_that_is_done_with_is_not_offered_again(
    mailing: Desk, staff: Staff
) -> None:
    with mailing.transaction() as work:
        for row in work.session.exec(select(OutgoingMail)):
            row.state = MailState.WITHDRAWN
            work.session.add(row)
    async with outbox_open(mailing, staff.supervisor.person) as (app, pilot):
        for key in ("ctrl+s", "ctrl+k", "ctrl+d"):
            await pilot.press(key)
            await until(app, pilot, "已经撤回")
            assert isinstance(app.screen, OutboxScreen)


async def test_without_a_mail_server_nothing_is_said_to_be_on_its_way(
    mailing: Desk, staff: Staff
) -> None:
    desk = replace(mailing, mail=MailRoute())
    async with outbox_open(desk, staff.supervisor.person) as (app, pilot):
        assert "待发 1 封、失败 2 封都发不出去" in seen(app)
        await pilot.press("end", "ctrl+s")
        await until(app, pilot, "先在这里等着")


@pytest.mark.parametrize("state", list(MailState))
async def test_mail_stands_in_the_outbox_however_far_it_has_come(
    mailing: Desk, staff: Staff, state: MailState
) -> None:
    with mailing.transaction() as work:
        for row in work.session.exec(select(OutgoingMail)):
            row.state, row.sent_at = state, work.now
            work.session.add(row)
    async with outbox_open(mailing, staff.supervisor.person) as (app, _):
        assert seen(app).count("4月排班表已公布") == 3


async def test_a_clerk_may_look_but_not_move_mail(mailing: Desk, staff: Staff) -> None:
    before = states(mailing)
    async with outbox_open(mailing, staff.clerk.person) as (app, pilot):
        await pilot.press("ctrl+d")
        await until(app, pilot, "撤回会留在记录")
        await pilot.press("right", "enter")
        await until(app, pilot, "王晓燕")
    assert states(mailing) == before


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_outbox_looks_as_it_was_approved(
    mailing: Desk, staff: Staff, language: Language, size: tuple[int, int]
) -> None:
    person = staff.supervisor.person
    async with outbox_open(mailing, person, language=language, size=size) as (app, _pilot):
        await holds(app, f"outbox-{language}-{size[0]}")


def test_a_running_console_delivers_in_the_background(mailing: Desk) -> None:
    box = Postbox()
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    sent = threading.Event()
    errors: list[Exception] = []
    box.taken = sent.set
    postman = Postman(replace(mailing, mail=route_to(box.port)), failed=errors.append, every=0.01)
    postman.start()
    try:
        assert sent.wait(20)
    finally:
        postman.stop()
        controller.stop()
    assert errors == []
    assert box.addresses == ["sun@example.com"]
    assert states(mailing)["sun@example.com"] is MailState.SENT


async def test_stopping_the_postman_at_once_is_quick_and_quiet(mailing: Desk) -> None:
    errors: list[Exception] = []
    postman = Postman(mailing, failed=errors.append)
    postman.start()
    postman.stop()
    assert errors == []
