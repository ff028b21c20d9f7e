"""A day at the desk under property-24h, from the morning's sign-on to the night man's calls, in a
real pseudo-terminal: every word that was logged is found again at its end."""

from collections.abc import Callable

from tests.journeys.desk import Console, JourneySite
from tests.journeys.passing import Wizard

RESIDENTS = (
    "楼栋,单元,房号,姓名,电话\n"
    "3,1,1502,王建国,138 0000 4242\n"
    "3,2,1502,李梅,13900007777\n"
    "5,1,602,郑国强,13700001234\n"
)

MORNING = (
    ("3-1-1502", "王建国", "咨询", "问物业费怎么交"),
    ("lm", "李梅", "报修", "厨房水管漏水"),
    ("1234", "郑国强", "投诉", "楼上装修太吵"),
    ("wjg", "王建国", "求助", "车子打不着火"),
    ("5-602", "郑国强", "委托", "请明早八点叫门"),
)
AFTERNOON = (
    ("lm", "李梅", "建议", "大堂可加一把长椅"),
    ("wjg", "王建国", "表扬", "夜班师傅很热心"),
    ("zgq", "郑国强", "其他", "打错了电话"),
    ("4242", "王建国", "报修", "客厅插座没有电"),
)
HALF_TYPED = ("7777", "李梅", "投诉", "电梯里有烟味")
NIGHT = (
    ("zgq", "郑国强", "报修", "卫生间水管爆裂"),
    ("lm", "李梅", "求助", "老人摔倒了"),
)


def test_a_day_is_lived_through_and_all_of_it_is_found_again(
    found: Callable[..., JourneySite],
) -> None:
    site = found(at="2026-03-02T08:40", residents=RESIDENTS)
    for staff_no, name, role in (
        ("2001", "王晓燕", "clerk"),
        ("2002", "李思敏", "clerk"),
        ("3001", "孙建军", "maintenance"),
        ("4001", "冯大勇", "security"),
    ):
        site.hire(staff_no, name, role)
    numbers: list[int] = []

    site.move_to("08:45")
    desk = site.open()
    desk.sign_on("2001", "王晓燕")
    desk.expect("白班至 17:30")
    numbers += _log(desk, site, "09:20", MORNING)

    site.move_to("11:20")
    desk.sign_on("2002", "李思敏")
    desk.expect("同在岗")
    desk.sign_on("2001", "王晓燕")

    site.move_to("12:40")
    desk.step_out("4001", "冯大勇", reason="去二期巡查", back="13:10")
    desk.expect("王晓燕外出，预计 13:10 返回", "代值")
    desk.sign_on("2001", "王晓燕")
    site.move_to("13:05")
    desk.come_back()
    desk.expect_gone("王晓燕外出")
    numbers += _log(desk, site, "14:00", AFTERNOON)

    site.move_to("16:10")
    typed, name, category, words = HALF_TYPED
    desk.open_form()
    desk.take_caller(typed, name)
    desk.choose_category(category)
    desk.type(words)
    desk.expect(words)
    site.move_to("16:11")
    desk.type(" ")  # whatever is kept from now on has the words in it; an end of blanks is not said
    desk.expect("草稿 16:11 已存")
    desk.kill()

    site.move_to("16:12")
    desk = site.open()
    desk.sign_on("2001", "王晓燕")
    desk.press("F2")
    desk.expect("另有 1 份待续")
    desk.press("Ctrl+R")
    desk.expect("待续的草稿")
    desk.press("Enter")
    desk.expect(words, "16:10")
    numbers.append(desk.save())

    site.move_to("17:12")
    desk.sign_on("3001", "孙建军")
    desk.expect("同在岗")
    site.move_to("17:25")
    _hand_over(desk, open_matters=len(site.ask("matters")))
    numbers += _log(desk, site, "23:50", NIGHT)

    _all_found(desk, site, numbers)
    assert desk.quit() == 0
    assert site.is_whole()


def _hand_over(desk: Console, *, open_matters: int) -> None:
    """F4: read, each open matter told and taken on, signed by both; then the clerk goes home."""
    wizard = Wizard(desk)
    wizard.begin("到场")
    wizard.join(then="记录")
    wizard.read_all()
    wizard.at("待办")
    wizard.confirm("现在轮到交班人王晓燕")
    desk.give_pin()
    desk.expect("说明待办")
    desk.press("Esc")
    desk.expect_gone("说明待办")
    assert open_matters >= len(("报修", "投诉", "委托", "报修", "投诉"))
    for _ in range(open_matters):
        wizard.tell("已登记", "明早联系", "本班来不及", title="没办完原因")
        wizard.acknowledge()
    wizard.at("签名")
    wizard.sign("交班人", "王晓燕")
    wizard.sign("接班人", "孙建军")
    desk.expect("交接完成", "回执码")
    desk.press("Enter")
    desk.expect("孙建军  水电维修员", "夜班至")
    desk.sign_on("2001", "王晓燕")
    desk.press("Ctrl+O")
    desk.expect("离岗签退")
    desk.give_pin()
    desk.expect("记录人 孙建军")


def _log(
    desk: Console, site: JourneySite, at: str, calls: tuple[tuple[str, str, str, str], ...]
) -> list[int]:
    site.move_to(at)
    return [desk.log_call(*call) for call in calls]


def _all_found(desk: Console, site: JourneySite, numbers: list[int]) -> None:
    calls = [*MORNING, *AFTERNOON, HALF_TYPED, *NIGHT]
    assert numbers == list(range(1, len(calls) + 1)), "each once, in the order in which it was said"
    logged = site.ask_whole("log", "--from", "2026-03-02", "--to", "2026-03-03", by="3001")
    by_number = {one["id"]: one for one in logged}
    assert [(by_number[n]["caller"], by_number[n]["content"]) for n in numbers] == [
        (name, words) for _, name, _, words in calls
    ]
    assert {by_number[n]["category"] for n in numbers} == {
        *("enquiry", "repair", "complaint", "help"),
        *("errand", "suggestion", "praise", "other"),
    }
    for query, content in (("水管", NIGHT[0][3]), ("7777", "厨房水管漏水"), ("wjg", MORNING[0][3])):
        desk.find(query, shows=content)
        desk.home()
