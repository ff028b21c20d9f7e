"""An urgent repair from ring to follow-up over three shifts, a complaint that goes up to the
director, a dispute with both its parties: in a real pseudo-terminal, and found again at the end.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from desk_console.people.records import PersonView
from desk_console.shift.arrivals import sign_on
from tests.journeys.desk import Console, JourneySite
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
    _open(desk, "厨房水管爆裂")
    desk.expect("已派单")
    _do(desk, "重要程度", "是", then=("Tab", "Left"))
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
    _do(desk, "完工", "维修内容", words="更换角阀并试水")
    desk.expect("已完工")

    site.move_to("2026-03-03T08:50")
    _relieve(site, night_man, clerk)
    desk.home()
    desk.sign_on("2001", "王晓燕")
    _open(desk, "厨房水管爆裂")
    _do(desk, "回访结单", "满意度", keys=("1",), words="电话回访住户满意")
    desk.expect("已办结")

    _open(desk, "楼上深夜施工")
    _do(desk, "请示上级", "请示内容", keys=("Tab",), words="是否停工")
    desk.expect("是否停工")
    site.move_to("09:30")
    desk.expect("到时未答复")
    desk.press("F3")
    _open(desk, "楼上深夜施工")
    _do(desk, "记上级答复", "答复人", person=("0001", "高建平"), words="立即停工整改")
    desk.expect("立即停工整改")
    _do(
        desk,
        "补充",
        "另一方",
        keys=("6", "Tab", "Tab", "Tab"),
        words="李梅",
    )
    desk.expect("另一方")
    desk.home()

    desk.find("角阀", "厨房水管爆裂")
    closed = site.ask("matters", "--closed")
    (still_open,) = site.ask("matters")
    assert [(one["entry_id"], one["stage"], one["number"]) for one in closed] == [
        (repair, "closed", "WX2026-0001")
    ]
    assert (still_open["entry_id"], still_open["form"]) == (complaint, "complaint")
    assert site.is_whole()


def _open(desk: Console, title: str) -> None:
    """The matter of that title, from the list: it is looked for from the top."""
    desk.press("F6")
    shown = desk.expect("未办结", re.compile(rf"2026-\d+ .*{title[:4]}"))
    rows = [line for line in shown.splitlines() if "2026-" in line]
    place = next(number for number, line in enumerate(rows) if title[:4] in line)
    desk.press(*["Down"] * place, "Enter")
    desk.expect("经过", title)


def _do(
    desk: Console,
    step: str,
    asks: str,
    *,
    keys: tuple[str, ...] = (),
    then: tuple[str, ...] = (),
    person: tuple[str, str] | None = None,
    words: str = "",
) -> None:
    """A step by the digit or letter that stands before its name, and what it asks."""
    shown = desk.expect(step)
    at = next(line for line in shown.splitlines() if f" {step}" in line or f"{step}]" in line)
    digit = at.split(step, 1)[0].split()[-1].strip("[")
    desk.press(digit)
    desk.expect(f"[{digit} {step}]")
    desk.press("Enter")
    desk.expect("Ctrl+S 确定", asks)
    desk.press(*keys)
    if person is not None:
        desk.name_person(*person)
    if words:
        desk.type(words)
        desk.expect(words)
    desk.press(*then)
    desk.press("Ctrl+S")
    desk.expect_gone("Ctrl+S 确定")


def _relieve(site: JourneySite, outgoing: PersonView, incoming: PersonView) -> None:
    """The post passes from one to the other; how is told in the journey of the handover."""
    with site.desk() as desk:
        sign_on(desk, Shown(incoming))
        relieve(desk, Shown(outgoing), Shown(incoming))
        sign_off(desk, Shown(outgoing))
