"""The handover book on the screen: each handover as it was signed, verified as it opens."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desk_console.foundation.catalogue import Language
from desk_console.foundation.clock import MovingClock
from desk_console.handover.adding import add_note
from desk_console.handover.signed import as_signed
from desk_console.log.additions import correct
from desk_console.rulebook.desk import Desk
from tests.foundation.desk_file import meddle
from tests.handover.walk import call
from tests.tui.golden import holds
from tests.tui.handover_site import Evening, evening, opened, type_in, until
from tests.tui.live_site import PIN


@pytest.fixture
def site(desk: Desk, clock: MovingClock) -> Evening:
    """An evening's handover, sealed, and one that was called off before it."""
    from desk_console.handover.opening import call_off

    made = evening(desk, clock)
    call(desk, made.staff.clerk.person)
    first = made.walk()
    call_off(desk, made.staff.clerk.person, first.id, "开错了")
    made.walk().whole()
    clock.advance(timedelta(minutes=5))
    return made


async def test_9_13_the_book_opens_a_handover_as_it_was_signed_with_its_signatures_verified(
    site: Evening,
) -> None:
    async with opened(site.desk, "handovers", site.staff.supervisor) as (app, pilot):
        await until(app, pilot, "交接班档案", "共 2 次", "王晓燕 → 孙建军", "已取消")
        await pilot.press("enter")
        await until(
            app, pilot, "签名已逐个核对：全部有效", "【签名】", "王晓燕", "孙建军", "签名有效"
        )
        await pilot.press("escape")
        await until(app, pilot, "共 2 次")


async def test_5_1_the_book_names_the_entries_whose_category_was_put_right(
    desk: Desk, clock: MovingClock
) -> None:
    made = evening(desk, clock)
    logged = call(desk, made.staff.clerk.person)
    correct(desk, made.staff.clerk.person, logged.entry_id, "category", "complaint", "听错")
    made.walk().whole()
    boss, size = made.staff.supervisor, (100, 70)
    said: dict[Language, str] = {
        "zh": "第 1 条  投诉（原记报修）",
        "en": "No. 1  complaint (first logged as repair)",
    }
    for language, words in said.items():
        async with opened(desk, "handovers", boss, language=language, size=size) as (app, pilot):
            await until(app, pilot, "孙建军")
            await pilot.press("enter")
            await until(app, pilot, "孙建军", words)


async def test_9_13_a_changed_record_is_said_when_it_opens(site: Evening) -> None:
    meddle(
        site.desk.store.path,
        "update handover_version set content = replace(content, '孙建军', '孙建国')",
    )
    async with opened(site.desk, "handovers", site.staff.supervisor) as (app, pilot):
        await until(app, pilot, "共 2 次")
        await pilot.press("enter")
        await until(app, pilot, "签名或内容核对不上", "签名无效")


async def test_9_13_words_that_are_not_those_signed_are_said_and_what_is_missing(
    site: Evening,
) -> None:
    meddle(
        site.desk.store.path,
        "update handover_words set words = '没说过的话' where id = 1",
        "delete from signature where id = (select min(id) from signature where subject like "
        "'handover_version%')",
    )
    async with opened(site.desk, "handovers", site.staff.supervisor) as (app, pilot):
        await until(app, pilot, "共 2 次")
        await pilot.press("enter")
        await until(
            app, pilot, "签名或内容核对不上", "缺少签名：王晓燕", "与签名时不同的地方：2 处"
        )


async def test_9_13_a_record_that_cannot_be_shown_any_more_is_refused(site: Evening) -> None:
    meddle(site.desk.store.path, "update handover_version set content = '{}'")
    async with opened(site.desk, "handovers", site.staff.supervisor) as (app, pilot):
        await until(app, pilot, "共 2 次")
        await pilot.press("enter")
        await until(app, pilot, "交接档案被别的程序改过", "desk-console verify", "共 2 次")


async def test_the_book_is_searched_by_words_and_by_receipt(site: Evening) -> None:
    with site.desk.reading() as session:
        receipt = as_signed(session, 2).line.receipt
    async with opened(site.desk, "handovers", site.staff.supervisor) as (app, pilot):
        await until(app, pilot, "共 2 次")
        app.screen.query_one("#book-words").focus()
        await type_in(app, pilot, "没有这样的话")
        await until(app, pilot, "没有找到")
        await pilot.press(*["backspace"] * 6)
        await until(app, pilot, "共 2 次")
        await type_in(app, pilot, receipt.lower())
        await until(app, pilot, "共 1 次", receipt)


async def test_9_15_a_note_after_sealing_is_signed_and_stands_beside_the_record(
    site: Evening,
) -> None:
    async with opened(site.desk, "handovers", site.staff.clerk) as (app, pilot):
        await until(app, pilot, "共 2 次")
        await pilot.press("enter")
        await until(app, pilot, "签名已逐个核对")
        await pilot.press("insert")
        await until(app, pilot, "封存后补记")
        await pilot.press("tab")
        await type_in(app, pilot, PIN)
        await pilot.press("enter")
        await until(app, pilot, "请写明补记的内容")
        await type_in(app, pilot, "备用钥匙其实在抽屉里")  # in the words, not in the PIN
        await pilot.press("tab")
        await pilot.press("enter")  # the PIN that nobody looked at stays
        await until(app, pilot, "【封存后的补记】1 条", "备用钥匙其实在抽屉里")
        assert "全部有效" in await until(app, pilot, "签名有效")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_book_looks_as_it_was_approved(
    site: Evening, language: Language, size: tuple[int, int]
) -> None:
    add_note(site.desk, site.proof(site.staff.clerk), 2, "备用钥匙在抽屉里")
    who = site.staff.supervisor
    async with opened(site.desk, "handovers", who, language=language, size=size) as (app, pilot):
        await until(app, pilot, "王晓燕 → 孙建军")
        app.clear_notifications()
        await pilot.pause()
        with site.desk.reading() as session:
            receipt = as_signed(session, 2).line.receipt
        await holds(app, f"handovers-{language}-{size[0]}", without=(receipt,))
        await pilot.press("enter")
        await until(app, pilot, "备用钥匙在抽屉里")
        await holds(app, f"handover-signed-{language}-{size[0]}", without=(receipt,))
