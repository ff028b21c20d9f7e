"""Month's end in a real pseudo-terminal: the roster drafted, mended, published nine days ahead; a
leave through to the changed sheet; an illness on the day."""

from collections.abc import Callable

from tests.journeys.desk import JourneySite


def test_a_month_is_drafted_published_and_changed_by_request_and_by_illness(
    found: Callable[..., JourneySite],
) -> None:
    site = found(also=("management-office",), at="2026-04-22T10:00")
    for number in range(4):
        site.hire(f"200{number}", f"客服{number}", "clerk")
        site.hire(f"300{number}", f"维修{number}", "maintenance")

    office = site.open()
    office.sign_on("1001", "周静怡")
    office.press("F5")
    office.expect("排班 2026年4月")
    office.press("PgDn")
    office.expect("排班 2026年5月", "未公布")
    office.press("Ins")
    office.expect("按轮换顺序排")
    office.type("1")
    office.press("Ctrl+S")
    office.expect("草案：周静怡编制", "空档 0  冲突 0")

    # The first clerk's first day is taken away, found among what is wrong, and given back.
    office.type("0")
    office.expect("空档 2", "2026-05-01 白班没有人", "6.1")
    office.type("1")
    office.expect("空档 0  冲突 0")

    office.press("Ctrl+S")
    office.expect("我的密码")
    office.give_pin()
    office.expect("已公布 04-22")

    desk = site.open()
    desk.sign_on("2000", "客服0")
    desk.expect("排班有变化")
    desk.press("Ctrl+S")
    desk.expect_gone("排班有变化")
    desk.press("F5")
    desk.expect("排班 2026年4月")
    desk.press("Ctrl+A")
    desk.expect("没有申请")
    desk.press("Ins")
    desk.expect("申请人密码", "客服0")
    desk.press("Tab", "Tab")
    desk.type("5-1")
    desk.press("Tab", "Tab")
    desk.type("家中有事")
    desk.press("Tab")
    desk.give_pin()
    desk.expect("待办 1 份", "待处理")

    office.press("Ctrl+A")
    office.expect("待处理")
    office.press("Enter")
    office.expect("家中有事", "05-01 顶班")
    office.press("Tab", "Tab", "Tab")
    office.give_pin()
    office.expect("已批准，已生效")
    shown = site.ask("roster", "show", "--month", "2026-05")
    first = next(one for one in shown if (one["day"], one["plan"]) == ("2026-05-01", "day"))
    assert first["staff_nos"] != ["2000"]
    assert first["missing"] == 0

    site.move_to("2026-05-04T08:00")
    office.press("F3")
    office.press("F5")
    office.expect("排班 2026年5月")
    office.press("Ctrl+K")
    office.expect("中午值班")
    office.press("Ctrl+X")
    office.expect("换人顶班", "05-04 周一 白班")
    office.press("Enter")
    office.type("发烧")
    office.press("Tab")
    office.give_pin()
    office.expect("05-04 周一", "*")
    assert site.is_whole()
