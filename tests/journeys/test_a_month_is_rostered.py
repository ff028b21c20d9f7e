"""Month's end in a real pseudo-terminal: the roster drafted, mended, published nine days ahead and
mailed; a leave and a swap through to the changed sheet; an illness on the day."""

import time
from collections.abc import Callable, Iterator

import pytest
from aiosmtpd.controller import Controller

from tests.journeys.desk import PATIENCE, PIN, Console, JourneySite
from tests.outputs.conftest import SENDER, Postbox

CLERKS = [(f"200{number}", f"客服{number}") for number in range(4)]
NIGHT_MEN = [(f"300{number}", f"维修{number}") for number in range(4)]


@pytest.fixture
def postbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Postbox]:
    """A mail server that every console of the journey knows of."""
    box = Postbox()
    given = {"HOST": "127.0.0.1", "PORT": str(box.port), "SECURITY": "none", "SENDER": SENDER}
    for name, value in given.items():
        monkeypatch.setenv(f"DESK_CONSOLE_MAIL__{name}", value)
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    yield box
    controller.stop()


def test_a_month_is_drafted_published_mailed_and_changed_by_requests_and_by_illness(
    found: Callable[..., JourneySite], postbox: Postbox
) -> None:
    site = found(also=("management-office",), at="2026-04-22T10:00")
    for (staff_no, name), role in [
        *((one, "clerk") for one in CLERKS),
        *((one, "maintenance") for one in NIGHT_MEN),
    ]:
        site.hire(staff_no, name, role, mail=f"p{staff_no}@example.com")

    office = site.open()
    office.sign_on("1001", "周静怡")
    draft_and_mend(office)
    office.press("Ctrl+S")
    office.expect("我的密码")
    office.give_pin()
    office.expect("已公布 04-22")

    desk = site.open()
    desk.sign_on(*CLERKS[0])
    take_note(desk)
    desk.press("F5")
    desk.expect("排班 2026年4月")
    desk.press("Ctrl+A")
    desk.expect("没有申请")
    desk.press("Ins")
    desk.expect("申请人密码", "客服0", "提前提出；批准前照原排班值班（第 9.8 条）")
    desk.press("Tab", "Tab")
    desk.type("5-1")
    desk.press("Tab", "Tab")
    desk.type("家中有事")
    desk.press("Tab")
    desk.give_pin()
    desk.expect("待办 1 份", "待审批")

    office.press("Ctrl+A")
    office.expect("待审批")
    office.press("Enter")
    office.expect("家中有事", "05-01 白班顶班")
    office.press("Tab", "Tab", "Tab")
    office.give_pin()
    office.expect("已批准，已生效")

    swap(desk, office)
    by_day = on_sheet(site)
    assert by_day["2026-05-01"] != ["2000"]
    assert (by_day["2026-05-02"], by_day["2026-05-04"]) == (["2003"], ["2001"])
    sheet = site.home / "sheet.html"
    asked = ("sheet", "roster", "--day", "2026-05-01", "--out", str(sheet), "--as", "1001")
    assert site.run(*asked, "--pin-stdin", given=f"{PIN}\n").returncode == 0
    row = next(one for one in sheet.read_text("utf-8").split("<tr") if "周六" in one)
    assert "客服3" in row and "客服1" not in row

    mails_came(office, postbox)

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
    office.expect_gone("换人顶班")
    office.expect("05-04 周一")
    assert on_sheet(site)["2026-05-04"] != ["2001"]
    assert site.is_whole()


def draft_and_mend(office: Console) -> None:
    """Next month is drafted by rotation; a gap is explained where it stands, and filled there."""
    office.press("F5")
    office.expect("排班 2026年4月")
    office.press("PgDn")
    office.expect("排班 2026年5月", "未公布，2026-04-30 前应公布（第 9.1 条）")
    office.press("Ins")
    office.expect("按轮换顺序排")
    office.type("1")
    office.press("Ctrl+S")
    office.expect("草案：周静怡编制", "空档 0  冲突 0")
    office.type("0")
    office.expect("空档 2", "2026-05-01 白班没有人", "第 6.1 条")
    office.press("Tab", "Enter")
    office.expect("05-01 周五 空档：白班")
    office.press("Alt+E")
    office.expect("有人可以上这个班")
    office.press("Esc")
    office.expect_gone("有人可以上这个班")
    office.press("Enter")
    office.expect("安排值班人")
    office.name_person(*CLERKS[0])
    office.press("Ctrl+S")
    office.expect("空档 0  冲突 0")


def take_note(desk: Console) -> None:
    """Whoever signs on reads what changed for them."""
    desk.expect("排班有变化")
    desk.press("Ctrl+S")
    desk.expect_gone("排班有变化")


def swap(desk: Console, office: Console) -> None:
    """One clerk asks another to exchange two days; the other agrees, the supervisor approves."""
    desk.press("F3")
    desk.sign_on(*CLERKS[3])
    take_note(desk)
    desk.sign_on(*CLERKS[1])
    take_note(desk)
    desk.press("F5", "Ctrl+A")
    desk.expect("请假、换班、加班")
    desk.press("Ins")
    desk.expect("申请人密码")
    desk.type("2")
    desk.expect("与谁换")
    desk.press("Tab", "Tab")
    desk.type("5-2")
    desk.press("Tab")
    desk.name_person(*CLERKS[3])
    desk.type("5-4")
    desk.press("Tab")
    desk.type("孩子开家长会")
    desk.press("Tab")
    desk.give_pin()
    desk.expect("待办 1 份", "与客服3对调")

    desk.press("Home", "Enter")
    desk.expect("[1 客服3同意换]", "客服3的密码")
    desk.press("Tab", "Tab")
    desk.give_pin()
    desk.expect("对方已同意，待批")

    office.expect("对方已同意，待批")
    office.press("Up", "Enter")
    office.expect("事由：孩子开家长会", "[1 批准]")
    office.press("Tab", "Tab")
    office.give_pin()
    office.expect("待办 0 份")


def on_sheet(site: JourneySite) -> dict[str, list[str]]:
    """The staff numbers of whoever has the day shift, by date, as the command line shows it."""
    shown = site.ask("roster", "show", "--month", "2026-05")
    assert not any(one["missing"] for one in shown)
    return {one["day"]: one["staff_nos"] for one in shown if one["plan"] == "day"}


def mails_came(office: Console, postbox: Postbox) -> None:
    """Everybody on the roster has the mail of it, once, with their calendar; whom the leave and
    the swap concern have more.
    """
    end = time.monotonic() + PATIENCE
    while len(postbox.letters) < 12 and time.monotonic() < end:
        office.read(0.1)
    rosters = [(to, one) for to, one in postbox.letters if "排班表" in str(one["Subject"])]
    people = sorted(f"p{staff_no}@example.com" for staff_no, _ in [*CLERKS, *NIGHT_MEN])
    assert sorted(to for to, _ in rosters) == people
    for _, letter in rosters:
        assert [part.get_content_type() for part in letter.iter_attachments()] == ["text/calendar"]
    changes = [to for to, one in postbox.letters if "排班变更" in str(one["Subject"])]
    assert {"p2000@example.com", "p2001@example.com", "p2003@example.com"} <= set(changes)
