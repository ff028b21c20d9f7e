"""A post that was closed for the night and is opened again by the same person, on the screen."""

from desk_console.handover.closing import sign_off
from desk_console.handover.records import HandoverKind
from desk_console.handover.signed import as_signed
from desk_console.shift.arrivals import sign_on
from tests.conftest import DeskMaker
from tests.handover.test_closing import CLOSING, NIGHT, closed
from tests.handover.test_presets import advance, people
from tests.handover.walk import PIN, Walk, call
from tests.tui.handover_site import opened, type_in, until


async def test_3_4_who_closed_the_post_herself_takes_it_up_alone_by_the_keyboard(
    make_desk: DeskMaker,
) -> None:
    desk = make_desk("cs-monthly")
    clerk, _ = people(desk, "clerk")
    sign_on(desk, clerk)
    call(desk, clerk.person)
    advance(desk, **CLOSING)
    walk = closed(desk, clerk)
    advance(desk, **NIGHT)
    sign_on(desk, clerk)
    async with opened(desk, "handover", clerk) as (app, pilot):
        await until(app, pilot, "打烊交接", "郑国强", "[到场]")
        await pilot.press("ctrl+s")
        await until(app, pilot, "[记录]")
        await pilot.press("ctrl+s")
        await until(app, pilot, "[待办]")
        walk.read()
        walk.acknowledge()
        app.spread()
        await until(app, pilot, "[签名]")
        await pilot.press("ctrl+s")
        await until(app, pilot, "自行接班：岗位由本人关闭、由本人开启")
        await type_in(app, pilot, PIN)
        await pilot.press("ctrl+s")
        await until(app, pilot, "交接完成", "回执码")
    with desk.reading() as session:
        assert as_signed(session, walk.id).sheet.is_alone


async def test_9_16_who_signed_the_closing_reads_that_she_may_go_and_the_next_one_when_it_was(
    make_desk: DeskMaker,
) -> None:
    desk = make_desk("cs-monthly")
    clerk, taker = people(desk, "clerk")
    sign_on(desk, clerk)
    advance(desk, **CLOSING)
    walk = Walk(desk, clerk, clerk, kind=HandoverKind.APART)
    walk.summarise()
    async with opened(desk, "handover", clerk) as (app, pilot):
        await pilot.press("pagedown", "pagedown", "pagedown", "pagedown")
        await until(app, pilot, "[签名]", "都齐了")
        await pilot.press("ctrl+s")
        await until(app, pilot, "交班：以上内容属实")
        await type_in(app, pilot, PIN)
        await pilot.press("ctrl+s")
        shown = await until(app, pilot, "郑国强已签名，可以签退了（Ctrl+O）。下一班开班时")
        assert "还没有到" not in shown and "还有没办完的步骤" not in shown
    sign_off(desk, clerk)
    advance(desk, **NIGHT)
    sign_on(desk, taker)
    async with opened(desk, "handover", taker) as (app, pilot):
        await until(app, pilot, "[到场]", "郑国强  03-02 18:01 收班签名")
        walk = Walk(desk, clerk, taker, kind=HandoverKind.APART)
        walk.join()
        walk.read()
        app.spread()
        await pilot.press("pagedown", "pagedown", "pagedown", "pagedown")
        await until(app, pilot, "[签名]", "都齐了")
        await pilot.press("ctrl+s")
        await type_in(app, pilot, PIN)
        await pilot.press("ctrl+s")
        shown = await until(app, pilot, "李思敏从现在起当班。请抄下回执码")
        assert "双方" not in shown and "郑国强可以签退" not in shown
