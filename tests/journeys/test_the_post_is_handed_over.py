"""The handover in a real pseudo-terminal: from F4 to the receipt, refused, held over, killed."""

from collections.abc import Callable

import pytest

from desk_console.log.records import Category
from desk_console.matters.acts import OpenMatter
from desk_console.matters.records import Importance
from tests.journeys.desk import CHIEF, JourneySite
from tests.journeys.passing import (
    CLERK,
    NIGHT_MAN,
    Said,
    Wizard,
    arrive,
    log_calls,
    pass_post,
    staffed,
)

MOST_KEYS = 90
ITEMS = 25

NIGHT: tuple[Said, ...] = (
    *(
        (f"18:{5 * number:02}", Category.ENQUIRY, f"问第{number + 1}件事", "已告知", None)
        for number in range(9)
    ),
    ("21:10", Category.REPAIR, "厨房水管漏水", "", OpenMatter(is_urgent=True)),
    ("22:05", Category.REPAIR, "客厅插座没有电", "", OpenMatter()),
    ("23:00", Category.COMPLAINT, "楼上装修太吵", "", OpenMatter()),
    ("23:30", Category.PRAISE, "夜班师傅很热心", "已道谢", None),
)
"""Thirteen; with the broken radio, which is an entry too, fourteen."""


PIPE: Said = (
    "21:10",
    Category.REPAIR,
    "厨房水管漏水",
    "",
    OpenMatter(importance=Importance.IMPORTANT, is_urgent=True),
)


def a_night(
    found: Callable[..., JourneySite],
    *,
    items: int,
    calls: tuple[Said, ...],
    also: tuple[str, ...] = ("management-office",),
) -> JourneySite:
    """A night that was lived up to a quarter to nine: the clerk of the day before handed over."""
    site = found(also=also, at="2026-03-02T08:40")
    staffed(site, items=items)
    arrive(site, CLERK[1], "08:45")
    arrive(site, NIGHT_MAN[1], "17:10")
    pass_post(site, CLERK[1], NIGHT_MAN[1], "17:20")
    log_calls(site, NIGHT_MAN[1], calls)
    site.move_to("08:45")
    return site


def test_6_7_9_10_a_night_is_handed_over_in_the_morning_in_at_most_ninety_keys(
    found: Callable[..., JourneySite], capsys: pytest.CaptureFixture[str]
) -> None:
    site = a_night(found, items=ITEMS, calls=NIGHT)
    desk = site.open(columns=80, lines=24)
    wizard = Wizard(desk)
    wizard.both_sign_on(NIGHT_MAN, CLERK)
    site.move_to("08:46")  # so that the night man, who signed on before, is asked his PIN
    before = desk.pressed

    wizard.begin("到场")
    wizard.join()
    wizard.confirm("现在轮到交班人孙建军")
    desk.give_pin()
    wizard.at("物品")
    wizard.count("123412341234123412341234")
    desk.expect("还有 1 件")
    wizard.count("/1")
    desk.expect("对讲机数量或状况不符", "第 9.10 条")
    wizard.explain("天线断了", "摔在地上", *NIGHT_MAN)
    wizard.at("记录")
    assert wizard.read_all() >= 3
    wizard.at("待办")
    wizard.tell("师傅在路上", "十点再催", "夜里没有配件", title="厨房水管漏水")
    wizard.say_back("我十点打电话问师傅")
    for title, department in (("客厅插座没有电", ""), ("楼上装修太吵", "3")):
        wizard.tell("已登记", "上班后联系", "等白班", title=title)
        wizard.convert(department=department)
    wizard.tell("天线断了", "送修", "等白班", title="对讲机")
    wizard.acknowledge()
    wizard.at("区域")
    wizard.confirm("[签名]")
    wizard.sign("交班人", NIGHT_MAN[1])
    wizard.sign("接班人", CLERK[1])
    desk.expect("交接完成", "回执码")
    desk.press("Enter")
    desk.expect("今日记录", "王晓燕  客服管理员", "白班至 17:30")

    pressed = desk.pressed - before
    with capsys.disabled():
        print(f"\nkeys pressed in a handover, beside the words typed: {pressed}")
    assert pressed <= MOST_KEYS
    assert desk.quit() == 0
    assert site.is_whole()


def test_9_17_a_burst_pipe_stops_the_evening_handover_until_a_supervisor_releases_it(
    found: Callable[..., JourneySite],
) -> None:
    site = found(also=("management-office",), at="2026-03-02T08:40")
    staffed(site, items=1)
    arrive(site, CLERK[1], "08:45")
    pipe = OpenMatter(importance=Importance.IMPORTANT, is_urgent=True)
    log_calls(site, CLERK[1], [("16:50", Category.REPAIR, "水管爆裂", "", pipe)])
    arrive(site, NIGHT_MAN[1], "17:15")
    desk = site.open(columns=80, lines=24)
    wizard = Wizard(desk)
    wizard.both_sign_on(CLERK, NIGHT_MAN)
    wizard.begin("到场")
    wizard.join()
    wizard.confirm("[物品]")
    wizard.count("1")
    wizard.at("记录")
    wizard.read_all()
    wizard.at("待办")
    wizard.tell("已关总阀", "等师傅来换管", "配件未到", title="水管爆裂")
    wizard.say_back("我守着阀门，师傅来了就换")
    wizard.at("区域")
    wizard.confirm("[重要]", "不能交接", "第 9.17 条", "未放行")

    desk.press("PgDn")
    desk.expect("已经自动到了“重要”", "[重要]")
    desk.press("PgDn")
    wizard.at("签名")
    desk.press("Ctrl+S")
    desk.expect("[重要]", "依据第 9.17 条")

    wizard.release("配件明早才到，已关阀", CHIEF, NIGHT_MAN)
    wizard.at("待办")
    wizard.say_back("阀门归我守，明早换管")
    wizard.at("签名")
    desk.press("End")
    desk.expect("【放行】WX2026-0001  水管爆裂：周静怡")
    wizard.sign("交班人", CLERK[1])
    wizard.sign("接班人", NIGHT_MAN[1])
    desk.expect("交接完成")
    assert site.is_whole()


def test_9_6_9_9_row_27_relief_that_does_not_come_leaves_the_holder_and_calls_the_ladder(
    found: Callable[..., JourneySite],
) -> None:
    site = found(at="2026-03-02T08:40")
    staffed(site, items=0)
    arrive(site, CLERK[1], "08:45")
    site.move_to("17:20")
    desk = site.open(columns=80, lines=24)
    desk.sign_on(*CLERK)
    desk.expect("王晓燕可以交接班了，按 F4")

    site.move_to("17:31")
    desk.expect("王晓燕", "没有人接班，已呼叫主管")
    site.move_to("17:50")
    desk.sign_on(*CHIEF)
    desk.expect("没有人接班，已呼叫主任")
    desk.press("Up", "Up", "Enter")
    desk.expect("答复呼叫")
    desk.type("我让夜班的人马上来")
    desk.press("Ctrl+S")
    desk.expect("已答复，不再往上呼叫")
    assert site.is_whole()


def test_row_2_row_33_killed_in_any_step_the_wizard_is_there_again_with_what_was_entered(
    found: Callable[..., JourneySite],
) -> None:
    """In each of the eight steps something is entered, and the plug is pulled; whoever acts next
    signs on again, and F4 stands there with all of it.
    """
    site = a_night(found, items=3, calls=(PIPE, NIGHT[10]), also=("management-office", "courier"))

    def again(step: str, *who: tuple[str, str], leaves: str = "") -> Wizard:
        """The program is killed; those who act next sign on, leave what is asked then, and F4 is
        at that step.
        """
        for console in site.consoles:
            console.kill()
        wizard = Wizard(site.open(columns=80, lines=24))
        for staff_no, name in who:
            wizard.console.sign_on(staff_no, name)
        if leaves:
            wizard.console.expect(leaves)
            wizard.console.press("Esc")
            wizard.console.expect_gone(leaves)
        wizard.begin(step)
        return wizard

    wizard = again("到场", NIGHT_MAN, CLERK, leaves="逐项选择")
    wizard.join(then="到场")
    wizard.console.expect("精神状态  还没有回答")
    wizard = again("到场", NIGHT_MAN, CLERK)
    wizard.console.expect("接班人  王晓燕  03-03 08:45 到岗", "精神状态  还没有回答")
    wizard.confirm("精神状态良好")
    wizard.console.answer_checks(ok=1)
    wizard.at("整理")
    wizard.look_at_first(left="还有 4 项没有确认")
    wizard = again("整理", NIGHT_MAN, CLERK)
    wizard.console.expect("还有 4 项没有确认", "[1 正常]", "物品整理到位")
    wizard.confirm("[物品]")
    wizard.count("12")
    wizard.console.expect("还有 1 件")
    wizard = again("物品", NIGHT_MAN, CLERK)
    wizard.console.expect("还有 1 件")
    wizard.count("3")
    wizard.at("记录")
    wizard.summarise("夜里两件报修")
    wizard = again("记录", NIGHT_MAN, CLERK)
    wizard.console.expect("夜里两件报修", "未读 2 条")
    wizard.read_all()
    wizard.at("待办")
    wizard.tell("师傅在路上", "十点再催", "夜里没有配件", title="厨房水管漏水")
    wizard.confirm("接收待办")
    wizard.console.type("我十点打电话问师傅")
    wizard.console.press("Ctrl+S")
    wizard.console.expect_gone("接收待办")
    wizard = again("待办", NIGHT_MAN, CLERK)
    wizard.confirm("听复述", "我十点打电话问师傅")
    wizard.console.press("Ctrl+S")
    wizard.console.expect_gone("听复述")
    wizard.tell("已登记", "上班后联系", "等白班", title="客厅插座没有电")
    wizard.convert()
    wizard.at("区域")
    wizard.look_at_first(left="还有 2 处没有看")
    wizard = again("区域", CLERK)
    wizard.console.expect("还有 2 处没有看", "[1 正常]", "大堂、门禁")
    wizard.confirm("[重要]")
    wizard.console.expect("厨房水管漏水", "未放行", "第 9.17 条")
    wizard.release("配件明早才到", CHIEF, CLERK)
    wizard = again("待办", NIGHT_MAN, CLERK)
    wizard.console.press("PgDn", "PgDn")
    wizard.console.expect("[重要 完]", "周静怡 已放行")
    wizard.console.press("PgUp", "PgUp")
    wizard.at("待办")
    wizard.say_back("阀门归我守，明早换管")
    wizard.at("签名")
    wizard.sign("交班人", NIGHT_MAN[1])
    wizard = again("签名", CLERK)
    wizard.console.expect("请接班人王晓燕签名")
    wizard.sign("接班人", CLERK[1])
    wizard.console.expect("交接完成")
    assert site.is_whole()
