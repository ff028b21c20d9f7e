"""Mail goes out in the language of who reads it, as the server was handed it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from desk_console.foundation.catalogue import Language
from desk_console.foundation.refusal import Refusal
from desk_console.handover.records import HandoverKind
from desk_console.log.departments import DepartmentForm, change_department
from desk_console.log.forms import NoticeForm
from desk_console.log.records import Category, Channel
from desk_console.matters.acts import log_entry
from desk_console.matters.escalating import ask
from desk_console.outputs.mail.delivery import deliver
from desk_console.people import fields
from desk_console.people.acts import change_person
from desk_console.people.records import PersonForm, PersonView
from desk_console.people.views import by_staff_no
from desk_console.roster.changes import tell
from desk_console.roster.problem import Assignment
from desk_console.rulebook.desk import Desk
from desk_console.shift.arrivals import sign_on
from tests.conftest import DeskMaker
from tests.handover.test_presets import advance, people
from tests.handover.walk import Walk, call
from tests.log.desk_at_work import AtWork, begin_work
from tests.matters.sites import complaint
from tests.outputs.conftest import Postbox, route_to
from tests.roster.april import DAY
from tests.staff import Staff

_HAN = re.compile("[一-鿿]+")


@pytest.fixture
def work(mailing: Desk, staff: Staff) -> AtWork:
    """A desk at work whose mail leaves by a real server."""
    return begin_work(mailing, staff)


def reads(desk: Desk, person: PersonView, by: PersonView, mail: str, language: str) -> None:
    """Puts a person's address and language on file."""
    kept = person.model_dump(include={"staff_no", "name", "phone", "roles", "started_on"})
    form = PersonForm(**kept, mail=mail, mail_language=fields.mail_language(language))
    change_person(desk, person.id, form, by_id=by.id)


def letters(desk: Desk, postbox: Postbox) -> dict[str, tuple[str, str]]:
    """What arrived: address to subject and body."""
    deliver(desk)
    found = {}
    for address, letter in postbox.letters:
        body = letter.get_body(("plain",))
        assert body is not None
        found[address] = (letter["Subject"], body.get_content())
    return found


@pytest.mark.parametrize(
    ("own", "sites", "subject"),
    [
        ("en", "zh", "[测试中心] To be dealt with: 3-1502"),
        ("", "en", "[测试中心] To be dealt with: 3-1502"),
        ("zh", "en", "【测试中心】请处理：3-1502"),
        ("", "zh", "【测试中心】请处理：3-1502"),
    ],
)
def test_6_3_a_department_is_told_in_its_own_language_else_in_the_site_s(
    work: AtWork, postbox: Postbox, own: str, sites: Language, subject: str
) -> None:
    desk = replace(work.desk, mail=replace(work.desk.mail, language=sites))
    form = DepartmentForm(
        code="maintenance",
        zh="维修部",
        mail="fix@example.com",
        mail_language=fields.mail_language(own),
    )
    change_department(desk, work.staff.supervisor.person, work.maintenance, form)
    notice = NoticeForm(department_id=work.maintenance, how=Channel.MAIL, told="老马")
    form_of_call = work.call(category=Category.REPAIR, unit_text="3-1502", notices=(notice,))
    log_entry(desk, work.clerk, form_of_call)
    assert letters(desk, postbox)["fix@example.com"][0] == subject


def test_9_6_a_question_goes_up_in_the_language_of_whoever_is_asked(
    work: AtWork, postbox: Postbox
) -> None:
    boss = work.staff.supervisor.person
    reads(work.desk, boss, boss, "chief@example.com", "English")
    ask(work.desk, work.clerk, complaint(work), 1, "如何赔偿")
    subject, body = letters(work.desk, postbox)["chief@example.com"]
    assert subject == "[测试中心] A question, TS2026-0001: complaint"
    assert set(_HAN.findall(body)) == {"王晓燕"}


def test_3_2_a_roster_is_told_to_each_in_their_own_language(work: AtWork, postbox: Postbox) -> None:
    boss, other = work.staff.supervisor.person, work.staff.other_clerk.person
    reads(work.desk, work.clerk, boss, "wang@example.com", "英文")
    reads(work.desk, other, boss, "li@example.com", "")
    added = frozenset(Assignment(DAY, "day", "desk", one.id) for one in (work.clerk, other))
    with work.desk.transaction() as unit:
        tell(
            unit,
            work.desk,
            template="roster.published",
            cause="roster:1",
            added=added,
            removed=frozenset(),
            first=DAY,
            last=DAY,
        )
    found = letters(work.desk, postbox)
    assert found["wang@example.com"][0].startswith("测试中心: roster from")
    assert set(_HAN.findall(found["wang@example.com"][1])) == {"王晓燕"}
    assert found["li@example.com"][0].startswith("测试中心排班表")
    attached = {
        address: next(iter(letter.iter_attachments())).get_filename() or ""
        for address, letter in postbox.letters
    }
    assert _HAN.search(attached["li@example.com"]) and not _HAN.search(attached["wang@example.com"])


def test_3_10_a_shift_is_reported_to_known_readers_in_theirs_and_to_others_in_the_site_s(
    make_desk: DeskMaker, postbox: Postbox
) -> None:
    to = ("Boss@example.com", "office@example.com")
    route = replace(route_to(postbox.port), shift_report_to=to)
    desk = replace(make_desk("cs-monthly"), mail=route)
    giver, taker = people(desk, "clerk")
    with desk.reading() as session:
        boss = by_staff_no(session, "1001")
    assert boss is not None
    reads(desk, boss, boss, "boss@example.com", "en")
    sign_on(desk, giver)
    call(desk, giver.person)
    advance(desk, hours=2)
    sign_on(desk, taker)
    Walk(desk, giver, taker, kind=HandoverKind.SHORT, reason="发烧").whole()
    found = letters(desk, postbox)
    assert "shift report" in found["Boss@example.com"][0]
    assert "交接报告" in found["office@example.com"][0]


def test_a_language_of_mail_that_there_is_not_is_refused() -> None:
    assert fields.mail_language("中文") == "zh"
    with pytest.raises(Refusal, match="mail_language_unknown"):
        fields.mail_language("français")
