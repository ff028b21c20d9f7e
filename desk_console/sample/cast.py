"""The people of the sample site and what they may do. All names and numbers are invented."""

from dataclasses import dataclass

from desk_console.rulebook.desk import PinCost

SITE_NAME = "翠湖花园客户服务中心"

PIN = "desk2026"
"""Everybody's PIN in the demo; the demo says so wherever it asks for one."""

PIN_COST = PinCost(passes=1, memory_kib=8 * 1024)
"""The demo guards nothing: its PIN is on its own screens."""


@dataclass(frozen=True, slots=True)
class Member:
    """One of the staff, as the sample adds them."""

    staff_no: str
    name: str
    roles: tuple[str, ...]
    phone: str
    languages: str = "普通话"


SUPERVISOR = Member("1001", "周静怡", ("supervisor", "clerk"), "13900001001", "普通话、英语")

DIRECTOR = Member("1000", "郑国强", ("director",), "13900001000")

STAFF: tuple[Member, ...] = (
    DIRECTOR,
    SUPERVISOR,
    Member("1002", "何丽萍", ("lead", "clerk"), "13900001002", "普通话、粤语"),
    Member("2001", "王晓燕", ("clerk",), "13900002001"),
    Member("2002", "李思敏", ("clerk",), "13900002002", "普通话、英语"),
    Member("2003", "张雨薇", ("clerk",), "13900002003"),
    Member("2004", "陈佳琪", ("clerk",), "13900002004", "普通话、闽南话"),
    Member("2005", "刘文婷", ("clerk",), "13900002005"),
    Member("2006", "单小芳", ("clerk",), "13900002006"),
    Member("2007", "赵梦洁", ("clerk",), "13900002007", "普通话、上海话"),
    Member("2008", "仇丹", ("clerk",), "13900002008"),
    Member("3001", "孙建军", ("maintenance",), "13900003001"),
    Member("3002", "马志刚", ("maintenance",), "13900003002"),
    Member("3003", "吴海峰", ("maintenance",), "13900003003", "普通话、四川话"),
    Member("3004", "曾庆林", ("maintenance",), "13900003004"),
    Member("4001", "冯大勇", ("security",), "13900004001"),
    Member("4002", "解卫东", ("security",), "13900004002"),
    Member("4003", "许长河", ("security",), "13900004003"),
)

DAY_CLERKS = ("2001", "2002", "2003", "2004", "2005", "2006", "2007", "2008")
NIGHT_MEN = ("3001", "3002", "3003", "3004")
GUARDS = ("4001", "4002", "4003")
