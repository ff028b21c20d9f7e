"""The first hour under each regulation, from its preset alone, in a real pseudo-terminal: set up,
sign on, what the shift asks first, a call saved and found.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.journeys.desk import Console, JourneySite

RESIDENTS = "楼栋,单元,房号,姓名,电话\n3,1,1502,王建国,13800004242\n"


@dataclass(frozen=True)
class FirstHour:
    """When the clerk comes, and what the live shift then says."""

    regulation: str
    at: str
    says: str
    asks: int = 0
    """Lines of the start-of-shift checklist."""


HOURS = (
    FirstHour("management-office", "2026-03-02T08:20", "早班至 16:30"),
    FirstHour("company-24h", "2026-03-02T00:05", "夜班至 08:00", asks=1),
    FirstHour("cs-monthly", "2026-03-02T08:55", "客服班至 18:00"),
    FirstHour("cs-staff", "2026-03-02T08:55", "正常班至 18:00"),
)


def first_call(desk: Console) -> None:
    """A call, saved and found by the ending of its number."""
    assert desk.log_call("wjg", "王建国", "报修", "厨房水管漏水") == 1
    desk.home()
    desk.find("4242", shows="厨房水管漏水")


@pytest.mark.parametrize("hour", HOURS, ids=lambda hour: hour.regulation)
def test_first_hour_is_lived_under_the_preset_alone(
    hour: FirstHour, found: Callable[..., JourneySite]
) -> None:
    site = found(regulation=hour.regulation, at=hour.at, residents=RESIDENTS)
    site.hire("2001", "王晓燕", "clerk")
    desk = site.open()
    desk.sign_on("2001", "王晓燕")
    if hour.asks:
        desk.answer_checks(ok=hour.asks)
    desk.expect(hour.says)
    first_call(desk)


def test_7_9_courier_shift_begins_with_its_opening_checks(
    found: Callable[..., JourneySite],
) -> None:
    site = found(regulation="courier", at="2026-03-02T07:50", residents=RESIDENTS)
    site.hire("2001", "王晓燕", "clerk")
    desk = site.open()
    desk.sign_on("2001", "王晓燕")
    desk.answer_checks(ok=3)
    desk.expect("早班至 14:00", "晚班 14:00")
    desk.expect("开班检查还有 2 项未做，本班尚未算开始", "7.9")
    desk.answer_due(ok=2)
    desk.expect_gone("本班尚未算开始")
    first_call(desk)


def test_4_1_office_week_has_its_friday_off(found: Callable[..., JourneySite]) -> None:
    site = found(regulation="cs-department", at="2026-03-06T09:30", residents=RESIDENTS)
    site.hire("2001", "王晓燕", "clerk")
    desk = site.open()
    desk.press("Ctrl+N")
    desk.expect("上岗签到")
    desk.name_person("2001", "王晓燕")
    desk.give_pin()
    desk.expect("现在没有班次，也没有您已批准的加班", "4.3")
    desk.press("Esc")
    desk.expect_gone("上岗签到")
    site.move_to("2026-03-07T08:55")
    desk.sign_on("2001", "王晓燕")
    desk.expect("正常班至 18:00")
    first_call(desk)


def test_1_1_each_post_of_a_store_has_its_own_holder(found: Callable[..., JourneySite]) -> None:
    site = found(regulation="store-weekly", at="2026-03-02T06:50", residents=RESIDENTS)
    people = (
        ("2001", "王晓燕", "duty-manager"),
        ("2002", "李思敏", "duty-supervisor"),
        ("2003", "张雨薇", "staff"),
    )
    for staff_no, name, role in people:
        site.hire(staff_no, name, role)
    desk = site.open()
    for staff_no, name, _role in people:
        desk.sign_on(staff_no, name)
        desk.answer_checks(ok=1)
    desk.expect("值班经理  王晓燕", "值班主管  李思敏", "值班员工  张雨薇")
    first_call(desk)
