"""2.12, 3.7, 4.9, 7.8: a command tells no resident's name or number to whoever shows no PIN."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from desk_console.foundation.options import Options
from desk_console.log.forms import CallForm
from desk_console.log.masking import Mask
from desk_console.log.records import Category
from desk_console.log.resident_files import add_resident
from desk_console.log.residents import ResidentForm
from desk_console.matters.acts import log_entry
from desk_console.people.acts import add_person
from desk_console.people.pins import choose_pin
from desk_console.people.records import PersonForm
from desk_console.people.views import by_staff_no
from desk_console.shift.arrivals import sign_on
from desk_console.wiring import open_desk
from tests.cli.conftest import PIN, Runner
from tests.staff import Shown

SAID = "林小满与邻居赵大海争执，可打138 0013 8000或6234-5678，单号WX2026-0001"
UNMASKED = ("林小满", "赵大海", "孟繁星", "13800138000", "138 0013 8000", "6234-5678")
SIGNED = ("--reveal", "--as", "1001", "--pin-stdin")


@pytest.fixture
def logged(desk_console: Runner, site: Path) -> Path:
    """A complaint in which two residents on file are named, called in by a third person."""
    desk = open_desk(Options())
    with desk.reading() as session:
        chief = by_staff_no(session, "1001")
    assert chief is not None
    for room, name, phone in (("1502", "林小满", "13800138000"), ("1503", "赵大海", "")):
        lives = ResidentForm(building="3", room=room, name=name, phones=(phone,) if phone else ())
        add_resident(desk, chief, lives)
    sign_on(desk, Shown(chief))
    form = CallForm(
        form_id=desk.source.new_id(),
        at=desk.now(),
        category=Category.COMPLAINT,
        unit_text="3-1502",
        caller="孟繁星",
        phone="13800138000",
        content=SAID,
    )
    log_entry(desk, chief, form)
    desk.store.close()
    return site


@pytest.mark.parametrize("command", [("log",), ("matters",), ("search", "争执")])
def test_4_9_a_list_is_masked_until_somebody_shows_their_pin(
    desk_console: Runner, logged: Path, command: tuple[str, ...]
) -> None:
    for shape in ((), ("--json",)):
        ran = desk_console(*command, *shape)
        assert ran.code == 0, ran.err
        assert "争执" in ran.out and "3-1502" in ran.out
        for name in UNMASKED:
            assert name not in ran.out, (shape, name)
        assert ("林**" in ran.out, "WX2026-0001" in ran.out) == (True, True)
    plain, whole = desk_console(*command), desk_console(*command, *SIGNED, typed=f"{PIN}\n")
    assert "--reveal" in plain.err and "--reveal" not in whole.err
    assert (whole.code, "林小满" in whole.out) == (0, True), whole.err
    masked = json.loads(desk_console(*command, "--json").out)
    shown = json.loads(desk_console(*command, "--json", *SIGNED, typed=f"{PIN}\n").out)
    assert [sorted(one) for one in masked] == [sorted(one) for one in shown]


_ENTRY = (
    "id at recorded_at kind channel category category_now person_name caller unit phone rings "
    "content action result is_open"
)
LISTED = {
    "log": _ENTRY,
    "search": f"{_ENTRY} source who",
    "matters": "id number kind form stage urgency importance title unit caller owner_name "
    "assignee_name opened_at due_at due_for is_overdue next_step entry_id closed_at department",
}
"""Every field that a list prints: one that is new is looked at here, too."""


@pytest.mark.parametrize("command", [("log",), ("matters",), ("search", "孟繁星")])
def test_4_9_no_field_of_a_list_tells_a_name_or_a_number(
    desk_console: Runner, logged: Path, command: tuple[str, ...]
) -> None:
    desk = open_desk(Options())
    with desk.reading() as session:
        chief = by_staff_no(session, "1001")
    assert chief is not None
    form = CallForm(
        form_id=desk.source.new_id(),
        at=desk.now(),
        category=Category.REPAIR,
        unit_text="林小满13800138000",
        caller="孟繁星",
        phone="13800138000",
        content=SAID,
        action=SAID,
        result=SAID,
    )
    log_entry(desk, chief, form)
    desk.store.close()
    told = desk_console(*command, "--json").out
    for one in json.loads(told):
        assert set(one) <= set(LISTED[command[0]].split())
    for name in UNMASKED:
        assert name not in told + desk_console(*command).out, name


@pytest.mark.parametrize("name", ["log", "matters", "search"])
def test_4_9_who_saw_a_list_whole_is_in_the_journal(
    desk_console: Runner, logged: Path, name: str
) -> None:
    command = (name, "争执") if name == "search" else (name,)
    assert desk_console(*command, *SIGNED, typed="wrong-pin-1\n").code == 1
    assert desk_console(*command, *SIGNED, typed=f"{PIN}\n").code == 0
    desk = open_desk(Options())
    with desk.reading() as session:
        rows = session.execute(
            text("select subject, body from journal where act = 'log.list_revealed'")
        ).all()
    desk.store.close()
    ((subject, body),) = rows
    assert (subject, "争执" in str(body)) == (f"list:{name}", False)


def test_4_9_who_is_not_on_duty_sees_no_list_whole(desk_console: Runner, logged: Path) -> None:
    desk = open_desk(Options())
    form = PersonForm(
        staff_no="2001",
        name="王晓燕",
        roles=frozenset({"clerk", "maintenance"}),  # whatever the hour of this day is
        started_on=date(2025, 1, 6),
    )
    clerk = add_person(desk, form, by_id=1)
    choose_pin(desk, clerk.id, "58203946")
    shown = ("log", "--reveal", "--as", "2001", "--pin-stdin")
    ran = desk_console(*shown, typed="58203946\n")
    assert (ran.code, ran.out) == (1, "")
    assert "王晓燕" in ran.err
    sign_on(desk, Shown(clerk))
    desk.store.close()
    assert "林小满" in desk_console(*shown, typed="58203946\n").out


def test_names_in_letters_and_numbers_are_masked_as_words_only() -> None:
    mask = Mask.of(["Li Mei", "Li", "李", "张伟"])
    assert mask.text("Li Mei took the Lift; Li: 张伟家，李子树") == (
        "L*** took the Lift; L*: 张*家，李子树"
    )
    kept = "2026-03-02 3-1-1502 WX2026-0001 95588 110"
    assert mask.text(kept) == kept
    assert mask.text("+86 13800138000、(010) 6234-5678、62345678") == (
        "861******8000、010****5678、****5678"
    )


@pytest.mark.parametrize(
    "written",
    [
        "电话-13800138000",
        "张伟13800138000-李小明",
        "13800138000-",
        "0755-82345678-801",
        "82345678-801",
        "tel13800138000",
        "008613800138000",
        "138.0013.8000",
        "138－0013－8000",
        "3-1502-13800138000",
        "400-830-0123",
        "138001380000801",
    ],
)
def test_4_9_no_telephone_number_stays_whole_whatever_stands_beside_it(written: str) -> None:
    shown = Mask.of([]).text(written)
    assert "*" in shown
    assert not re.search(r"\d{5}|\d{4}\W\d{4}", shown), shown


@pytest.mark.parametrize(
    "written", ["3-1502", "10-2-1204", "102-1204", "3栋1502、1503", "WX2026-0001", "2026-11-28"]
)
def test_4_9_a_unit_a_work_order_and_a_date_stay_whole(written: str) -> None:
    assert Mask.of([]).text(written) == written
