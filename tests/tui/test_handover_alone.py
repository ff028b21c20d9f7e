"""A post that was closed for the night and is opened again by the same person, on the screen."""

from desk_console.handover.book import as_signed
from desk_console.shift.arrivals import sign_on
from tests.conftest import DeskMaker
from tests.handover.test_closing import CLOSING, NIGHT, closed
from tests.handover.test_presets import advance, people
from tests.handover.walk import PIN, call
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
