"""What the journeys of a handover begin with: a shift that was lived by acts, up to its end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desk_console.log.forms import CallForm
from desk_console.log.records import Category
from desk_console.matters.acts import OpenMatter, log_entry
from desk_console.people.pins import Proof, prove
from desk_console.people.records import PersonView
from desk_console.rulebook.desk import Desk
from desk_console.shift import checks, tasks
from desk_console.shift.arrivals import sign_on
from desk_console.shift.items import ItemForm, add_item
from tests.handover.walk import Walk, open_post
from tests.journeys.desk import PIN, Console, JourneySite

CLERK = ("2001", "王晓燕")
NIGHT_MAN = ("3001", "孙建军")
STAFF = ((*CLERK, "clerk"), ("2002", "李思敏", "clerk"), (*NIGHT_MAN, "maintenance"))


def staffed(site: JourneySite, *, items: int) -> dict[str, PersonView]:
    """The people, by name; the post's lists, so many items, the departments."""
    made = {name: site.hire(staff_no, name, role) for staff_no, name, role in STAFF}
    with site.desk() as desk:
        chief = proven(desk, "周静怡").person
        with desk.transaction() as work:
            checks.seed(work, desk.duty)
            tasks.seed(work, desk.duty)
        for number in range(items):
            name, unit = ("对讲机", "部") if number == items - 1 else (f"钥匙{number + 1}", "把")
            form = ItemForm(code=f"i{number:02}", name=name, unit=unit, opening=number % 4 + 1)
            add_item(desk, chief.id, form)
    return made


def proven(desk: Desk, name: str) -> Proof:
    """Somebody whose PIN was right."""
    from desk_console.people.views import people

    with desk.reading() as session:
        person = next(one for one in people(session) if one.name == name)
    return prove(desk, person.id, PIN)


def arrive(site: JourneySite, name: str, at: str) -> None:
    """Somebody signs on, by the act."""
    site.move_to(at)
    with site.desk() as desk:
        proof = proven(desk, name)
        sign_on(desk, proof)
        open_post(desk, proof.person)


def pass_post(site: JourneySite, giver: str, taker: str, at: str) -> None:
    """One hands over to the other, by the acts."""
    site.move_to(at)
    with site.desk() as desk:
        Walk(desk, proven(desk, giver), proven(desk, taker)).whole()
        from desk_console.handover.closing import sign_off

        sign_off(desk, proven(desk, giver))
        open_post(desk, proven(desk, taker).person)


Said = tuple[str, Category, str, str, OpenMatter | None]
"""When, of what, which words, what was done, what it leaves open."""


def log_calls(site: JourneySite, name: str, calls: Sequence[Said]) -> None:
    """Somebody logs these calls, each at its time."""
    for at, category, content, result, opens in calls:
        site.move_to(at)
        with site.desk() as desk:
            form = CallForm(
                form_id=desk.source.new_id(),
                at=site.now,
                category=category,
                caller="王女士",
                phone="13800001111",
                content=content,
                result=result,
            )
            log_entry(desk, proven(desk, name).person, form, opens)


class Wizard:
    """What two people do at one console, from F4 to the receipt."""

    def __init__(self, console: Console) -> None:
        """At that console."""
        self.console = console

    def both_sign_on(self, giver: tuple[str, str], taker: tuple[str, str]) -> None:
        """The one who hands over, and the one who takes over."""
        for staff_no, name in (giver, taker):
            self.console.sign_on(staff_no, name)

    def begin(self, step: str) -> None:
        """F4; the wizard stands at that step."""
        self.console.press("F4")
        self.at(step)

    def at(self, step: str) -> str:
        """The screen, once the wizard stands at that step."""
        return self.console.expect(f"[{step}]")

    def confirm(self, *shows: str) -> str:
        """The one thing to do next; gives the screen, once it shows that."""
        self.console.press("Ctrl+S")
        return self.console.expect(*shows)

    def join(self, *, then: str = "整理") -> None:
        """The one who takes over comes to it."""
        self.console.expect("Ctrl+S  由")
        self.confirm(f"[{then}]")

    def look_at_first(self, *, left: str) -> None:
        """The first point of a list is in order; so much is `left` then, and said so."""
        self.console.press("1")
        self.console.expect(left, "[1 正常]")

    def release(self, why: str, by: tuple[str, str], to: tuple[str, str]) -> None:
        """Somebody in charge lets the marked matter pass, with their own PIN."""
        self.confirm("主管放行")
        self.console.name_person(*by)
        self.console.type(why)
        self.console.press("Tab")
        self.console.name_person(*to)
        self.console.give_pin()
        self.console.expect_gone("主管放行")

    def count(self, figures: str) -> None:
        """A figure for each item, one key each."""
        self.console.press(*figures)

    def explain(self, what: str, why: str, staff_no: str, name: str) -> None:
        """The outgoing person explains what differs; somebody follows it up."""
        self.confirm("说明差异")
        self.console.type(what)
        self.console.press("Tab")
        self.console.type(why)
        self.console.press("Tab")
        self.console.type(staff_no)
        self.console.expect(f"> {name}")
        self.console.press("Enter")
        self.console.expect_gone(f"> {name}")
        self.console.press("Ctrl+S")
        self.console.expect_gone("说明差异")

    def summarise(self, words: str) -> None:
        """The outgoing person sums the shift up, in own words, where that is asked (7.13)."""
        self.console.type(words)
        self.confirm("已记下")

    def read_all(self) -> int:
        """The incoming person reads page by page; gives how many pages there were."""
        pages = 0
        self.console.expect("读完按回车")
        while "[记录]" in (shown := self.console.screen_text()) and "未读" in shown:
            left = _unread(shown)
            self.console.press("Enter")
            pages += 1
            self.console.expect(_fewer(left))
        return pages

    def tell(self, state: str, following: str, why: str, *, title: str) -> None:
        """The outgoing person tells of the matter that is marked."""
        self.confirm("说明待办", title)
        self.console.type(state)
        self.console.press("Tab")
        self.console.type(following)
        self.console.press("Tab")
        self.console.type(why)
        self.console.press("Ctrl+S")
        self.console.expect_gone("说明待办")

    def acknowledge(self) -> None:
        """The incoming person takes note of it."""
        self.confirm("接收待办")
        self.console.press("Ctrl+S")
        self.console.expect_gone("接收待办")

    def say_back(self, words: str) -> None:
        """The incoming person says it back; the outgoing one has understood."""
        self.confirm("接收待办")
        self.console.type(words)
        self.console.press("Ctrl+S")
        self.console.expect_gone("接收待办")
        self.confirm("听复述", words)
        self.console.press("Ctrl+S")
        self.console.expect_gone("听复述")

    def convert(self, *, department: str = "") -> None:
        """A night's leftover becomes the form that is proposed (6.7); the department by its digit,
        where none is proposed.
        """
        self.confirm("夜间遗留转单")
        if department:
            self.console.press(department)
        self.console.press("Ctrl+S")
        self.console.expect_gone("夜间遗留转单")

    def sign(self, side: str, name: str) -> None:
        """Whose turn it is signs what is shown."""
        self.confirm(f"{side}  {name}")
        self.console.give_pin()
        self.console.expect(f"{name}已签名")


def _unread(shown: str) -> int:
    found = re.search(r"未读 (\d+) 条", shown)
    return int(found.group(1)) if found else 0


def _fewer(left: int) -> re.Pattern[str]:
    fewer = "|".join(str(each) for each in range(left))
    return re.compile(rf"未读 (?:{fewer}) 条|全部已读|记录 完")
