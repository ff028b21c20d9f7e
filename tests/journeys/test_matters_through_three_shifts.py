"""An urgent repair from ring to follow-up over three shifts, a complaint that goes up to the
director, a dispute with both its parties, each to its end: in a real pseudo-terminal; found again.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from desk_console.people.records import PersonView
from desk_console.shift.arrivals import sign_on
from tests.journeys.desk import KEYS, PIN, Console, JourneySite
from tests.relief import relieve, sign_off

RESIDENTS = "楼栋,单元,房号,姓名,电话\n3,1,1502,王建国,138 0000 4242\n3,2,1502,李梅,13900007777\n"


@dataclass(frozen=True)
class Shown:
    """Somebody taken as proven, where the handover is not what is told."""

    person: PersonView


def test_repair_complaint_and_dispute_live_through_three_shifts(
    found: Callable[..., JourneySite],
) -> None:
    site = found(at="2026-03-02T08:45", residents=RESIDENTS)
    clerk = site.hire("2001", "王晓燕", "clerk")
    night_man = site.hire("3001", "孙建军", "maintenance")
    site.hire("0001", "高建平", "director")
    desk = site.open()
    desk.sign_on("2001", "王晓燕")

    site.move_to("16:40")
    repair = desk.log_call("lm", "李梅", "报修", "厨房水管爆裂")
    complaint = desk.log_call("wjg", "王建国", "投诉", "楼上深夜施工")
    dispute = desk.log_call("wjg", "王建国", "投诉", "两家争车位")
    _open(desk, "厨房水管爆裂")
    desk.expect("已派单")
    _do(desk, "重要程度", "是", "Tab", "Left")
    desk.expect("急修")
    _do(desk, "接单", "接单")
    desk.expect("已接单")

    site.move_to("17:25")
    _relieve(site, clerk, night_man)
    desk.home()
    desk.sign_on("3001", "孙建军")
    site.move_to("18:10")
    _open(desk, "厨房水管爆裂")
    _do(desk, "到场", "到场")
    desk.expect("已到场")
    _do(desk, "完工", "维修内容", "更换角阀并试水")
    desk.expect("已完工")

    site.move_to("2026-03-03T08:50")
    _relieve(site, night_man, clerk)
    desk.home()
    desk.sign_on("2001", "王晓燕")
    _open(desk, "厨房水管爆裂")
    _do(desk, "回访结单", "满意度", "1", "电话回访住户满意")
    desk.expect("已办结")

    _complaint_to_the_director(site, desk)
    _dispute_with_both_sides(desk)

    for typed, title in (
        ("角阀", "厨房水管爆裂"),
        ("4242", "楼上深夜施工"),
        ("lm", "厨房水管爆裂"),
    ):
        desk.find(typed, title)
        desk.home()
    closed = site.ask("matters", "--closed")
    assert site.ask("matters") == []
    assert {(one["entry_id"], one["stage"], one["number"]) for one in closed} == {
        (repair, "closed", "WX2026-0001"),
        (complaint, "closed", "TS2026-0001"),
        (dispute, "closed", "TS2026-0002"),
    }
    assert site.is_whole()


def _complaint_to_the_director(site: JourneySite, desk: Console) -> None:
    """Asked; the next rung by itself; the director by telephone, who confirms it by PIN."""
    _open(desk, "楼上深夜施工")
    _do(desk, "请示上级", "请示内容", "Tab", "是否停工")
    desk.expect("是否停工")
    site.move_to("09:30")
    desk.expect("到时未答复")
    desk.press("F3")
    _open(desk, "楼上深夜施工")
    _do(desk, "记上级答复", "答复人", ("0001", "高建平"), "立即停工整改")
    desk.expect("待高建平确认", "立即停工整改")
    _do(desk, "提意见", "调查", "监控可见施工", "Tab", "责令停工并道歉")
    _do(desk, "答复", "处理结果", "已停工", "Tab", "已电话致歉")
    _refused(desk, "回访结单", "满意度", "1", "住户满意", why="还没有由本人确认")
    _do(desk, "确认答复", "是否属实", "Tab", "Tab", ("0001", "高建平"), PIN)
    desk.expect_gone("待高建平确认")
    _do(desk, "回访结单", "满意度", "1", "住户满意")
    desk.expect("已办结")
    desk.home()


def _dispute_with_both_sides(desk: Console) -> None:
    """No settlement before the other side is heard (5.5); then to its end."""
    _open(desk, "两家争车位")
    _do(desk, "补充", "另一方", "6")
    _refused(desk, "提意见", "调查", "双方各执一词", "Tab", "轮流使用", why="先用“补充”记下另一方")
    other = (
        "Tab",
        "Tab",
        "Tab",
        "Tab",
        "李梅",
        "Tab",
        "3-2-1502",
        "Tab",
        "Tab",
        "车位是我家先租的",
    )
    _do(desk, "补充", "另一方", *other)
    desk.expect("车位是我家先租的")
    _do(desk, "提意见", "调查", "双方各执一词", "Tab", "轮流使用")
    _do(desk, "答复", "处理结果", "按月轮流", "Tab", "双方已知晓")
    _do(desk, "回访结单", "满意度", "1", "双方认可")
    desk.expect("已办结")
    desk.home()


def _open(desk: Console, title: str) -> None:
    """The matter of that title, from the list: it is looked for from the top."""
    desk.press("F6")
    shown = desk.expect("未办结", re.compile(rf"2026-\d+ .*{title[:4]}"))
    rows = [line for line in shown.splitlines() if "2026-" in line]
    place = next(number for number, line in enumerate(rows) if title[:4] in line)
    desk.press(*["Down"] * place, "Enter")
    desk.expect("经过", title)


def _do(desk: Console, step: str, asks: str, *parts: str | tuple[str, str]) -> None:
    """A step by the digit or letter that stands before its name, and what it asks: keys by their
    names, people by number and name, anything else typed.
    """
    _fill(desk, step, asks, *parts)
    desk.press("Ctrl+S")
    desk.expect_gone("Ctrl+S 确定")


def _refused(desk: Console, step: str, asks: str, *parts: str | tuple[str, str], why: str) -> None:
    """The same, and it is not done."""
    _fill(desk, step, asks, *parts)
    desk.press("Ctrl+S")
    desk.expect(why)
    desk.press("Esc")
    desk.expect_gone("Ctrl+S 确定")


def _fill(desk: Console, step: str, asks: str, *parts: str | tuple[str, str]) -> None:
    shown = desk.expect(step)
    at = next(line for line in shown.splitlines() if f" {step}" in line or f"{step}]" in line)
    digit = re.split(rf"(?<=[\s\[]){step}|(?<=\d ){step}", at)[0].split()[-1].strip("[")
    desk.press(digit)
    desk.expect(f"[{digit} {step}]")
    desk.press("Enter")
    desk.expect("Ctrl+S 确定", asks)
    for part in parts:
        if isinstance(part, tuple):
            desk.name_person(*part)
        elif part in KEYS or part.isdecimal():
            desk.press(part)
        else:
            desk.type(part)
            desk.expect(part if part != PIN else "*" * len(PIN))


def _relieve(site: JourneySite, outgoing: PersonView, incoming: PersonView) -> None:
    """The post passes from one to the other; how is told in the journey of the handover."""
    with site.desk() as desk:
        sign_on(desk, Shown(incoming))
        relieve(desk, Shown(outgoing), Shown(incoming))
        sign_off(desk, Shown(outgoing))
