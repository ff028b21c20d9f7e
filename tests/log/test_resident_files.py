"""Residents' files: kept with their history, masked, looked at with the reason on record."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from desk_console.foundation.refusal import Refusal
from desk_console.foundation.verify import verify
from desk_console.log.forms import CallForm
from desk_console.log.resident_files import (
    add_resident,
    change_resident,
    resident_left,
    reveal,
    set_instruction,
)
from desk_console.log.resident_records import ChangeKind, LookReason
from desk_console.log.resident_views import UnitFile, unit_file, unit_history, unit_of, units
from desk_console.log.residents import ResidentForm, match
from desk_console.matters.acts import log_entry
from desk_console.rulebook.desk import Desk
from desk_console.shift.arrivals import sign_on
from desk_console.shift.departures import sign_off
from tests.conftest import DeskMaker
from tests.log.desk_at_work import HOSTILE, AtWork
from tests.staff import hire_all

LIN = ResidentForm(building="3", entrance="2", room="1502", name="林小满", phones=("13800138000",))


@pytest.fixture
def lin(work: AtWork) -> int:
    """A resident, kept by the clerk on duty."""
    return add_resident(work.desk, work.clerk, LIN)


def file_of(desk: Desk, resident_id: int) -> UnitFile:
    with desk.reading() as session:
        return unit_file(session, unit_of(session, resident_id) or 0)


def journal(desk: Desk) -> list[tuple[str, str | None, str]]:
    with desk.reading() as session:
        rows = session.connection().execute(text("select act, clause, body from journal"))
        return [(row.act, row.clause, row.body) for row in rows]


def test_5_6_a_change_keeps_who_when_why_and_what_was(work: AtWork, lin: int) -> None:
    changed = change_resident(
        work.desk,
        work.clerk,
        lin,
        1,
        name="林小曼",
        phones=("138 0013 8000", "(010) 6234-5678"),
        kind="owner",
        reason="本人来更正",
    )
    assert changed == 2
    with work.desk.reading() as session:
        found = match(session, "林小曼")[0]
        assert match(session, "林小满") == ()
        assert match(session, "lxm")[0].resident_id == lin
    assert found.phones == ("13800138000", "01062345678")
    newest = file_of(work.desk, lin).changes[0]
    assert newest.what is ChangeKind.CHANGED
    assert {(one.name, one.was, one.becomes) for one in newest.fields} == {
        ("name", "林**", "林**"),
        ("phones", "138****8000", "138****8000 010****5678"),
        ("kind", "resident", "owner"),
    }
    assert (newest.person_name, newest.reason) == ("王晓燕", "本人来更正")
    assert not [body for _, _, body in journal(work.desk) if "林小" in body or "1380013" in body]
    assert verify(work.desk.store.path).is_good


def test_a_change_of_somebody_changed_meanwhile_is_refused(work: AtWork, lin: int) -> None:
    change_resident(work.desk, work.clerk, lin, 1, name="林小曼", phones=(), kind="owner")
    with pytest.raises(Refusal, match=r"log\.resident_stale"):
        change_resident(work.desk, work.clerk, lin, 1, name="林大满", phones=(), kind="owner")


def test_a_change_that_changes_nothing_is_refused(work: AtWork, lin: int) -> None:
    with pytest.raises(Refusal, match=r"log\.resident_same"):
        change_resident(
            work.desk, work.clerk, lin, 1, name=LIN.name, phones=LIN.phones, kind=LIN.kind
        )


@pytest.mark.parametrize("typed", ["18696033175" * 2, "无", "138001380 问物业"])
def test_5_6_what_is_no_number_is_refused_and_the_numbers_stay(
    work: AtWork, lin: int, typed: str
) -> None:
    with pytest.raises(Refusal, match=r"people\.phone_unreadable"):
        change_resident(work.desk, work.clerk, lin, 1, name=LIN.name, phones=(typed,), kind="owner")
    other = LIN.model_copy(update={"name": "林大满", "phones": (typed,)})
    with pytest.raises(Refusal, match=r"people\.phone_unreadable"):
        add_resident(work.desk, work.clerk, other)
    with work.desk.reading() as session:
        assert match(session, "林小满")[0].phones == LIN.phones
        assert match(session, "林大满") == ()


def test_who_moved_out_is_found_no_longer_and_stays_in_the_file(work: AtWork, lin: int) -> None:
    resident_left(work.desk, work.clerk, lin, 1, reason="已卖房")
    with work.desk.reading() as session:
        assert [each.resident_id for each in match(session, "林小满")] == []
    line = file_of(work.desk, lin).residents[0]
    assert (line.is_active, line.left_at) == (False, work.at())
    resident_left(work.desk, work.clerk, lin, 2)
    assert [each.what for each in file_of(work.desk, lin).changes] == [
        ChangeKind.RETURNED,
        ChangeKind.LEFT,
        ChangeKind.ADDED,
    ]


def test_the_same_name_twice_in_a_unit_is_refused(work: AtWork, lin: int) -> None:
    with pytest.raises(Refusal, match=r"log\.resident_twice"):
        add_resident(work.desk, work.clerk, LIN)


def test_what_the_desk_must_know_is_kept_with_its_history(work: AtWork, lin: int) -> None:
    unit_id = file_of(work.desk, lin).id
    set_instruction(work.desk, work.clerk, unit_id, was="", words="老人独居，先打电话")
    with work.desk.reading() as session:
        assert match(session, "3-1502")[0].instruction == "老人独居，先打电话"
    with pytest.raises(Refusal, match=r"log\.instruction_changed"):
        set_instruction(work.desk, work.clerk, unit_id, was="", words="别的")
    assert file_of(work.desk, lin).changes[0].what is ChangeKind.INSTRUCTION
    assert verify(work.desk.store.path).is_good


@pytest.mark.parametrize(
    ("regulation", "clause"),
    [("company-24h", "2.12"), ("cs-monthly", "3.7"), ("cs-department", "4.9"), ("courier", "7.8")],
)
def test_2_12_3_7_4_9_7_8_data_is_masked_and_a_look_is_on_record_under_its_clause(
    make_desk: DeskMaker, regulation: str, clause: str
) -> None:
    desk = make_desk(regulation)
    staff = hire_all(desk)
    chief = staff.supervisor.person
    lin = add_resident(desk, chief, LIN)
    masked = file_of(desk, lin).residents[0]
    assert (masked.name, masked.phones) == ("林**", ("138****8000",))
    whole = reveal(desk, chief, lin, LookReason.CALL_BACK)
    assert (whole.name, whole.phones) == ("林小满", ("13800138000",))
    look = file_of(desk, lin).looks[0]
    assert (look.person_name, look.reason, look.resident) == ("周静怡", "call_back", "林**")
    assert ("log.resident_revealed", clause) in [row[:2] for row in journal(desk)]


def test_3_7_who_is_not_on_duty_sees_nothing_and_who_went_home_sees_no_more(
    make_desk: DeskMaker,
) -> None:
    desk = make_desk("cs-monthly")
    staff = hire_all(desk)
    lin = add_resident(desk, staff.supervisor.person, LIN)
    sign_on(desk, staff.other_clerk)
    sign_on(desk, staff.clerk)
    assert reveal(desk, staff.clerk.person, lin, LookReason.VISIT).name == "林小满"
    sign_off(desk, staff.clerk)
    for away in (staff.clerk, staff.guard):
        with pytest.raises(Refusal, match=r"log\.residents_off_duty") as refused:
            reveal(desk, away.person, lin, LookReason.VISIT)
        assert refused.value.clause == "3.7"
    assert [look.person_name for look in file_of(desk, lin).looks] == ["王晓燕"]


def test_4_9_who_is_not_on_duty_sees_nothing(make_desk: DeskMaker) -> None:
    desk = make_desk("cs-department")
    staff = hire_all(desk)
    lin = add_resident(desk, staff.supervisor.person, LIN)
    with pytest.raises(Refusal, match=r"log\.residents_off_duty") as refused:
        reveal(desk, staff.clerk.person, lin, LookReason.VISIT)
    assert refused.value.clause == "4.9"
    assert file_of(desk, lin).looks == ()


def test_what_was_recorded_of_a_look_can_not_be_changed(work: AtWork, lin: int) -> None:
    reveal(work.desk, work.clerk, lin, LookReason.IDENTITY)
    for statement in (
        "update resident_look set person_id = 1",
        "delete from resident_look",
        "update resident_change set person_id = 1",
    ):
        with pytest.raises(DBAPIError, match="sealed"), work.desk.transaction() as unit:
            unit.session.connection().execute(text(statement))


def test_5_6_the_history_of_a_unit_comes_page_by_page(work: AtWork, lin: int) -> None:
    form: CallForm = work.call(resident_id=lin, caller="林小满")
    written = [
        log_entry(work.desk, work.clerk, form.model_copy(update={"form_id": f"f{number}"})).entry_id
        for number in range(5)
    ]
    log_entry(work.desk, work.clerk, work.call(unit_text="9-901"))
    unit_id = file_of(work.desk, lin).id
    read: list[int] = []
    before = None
    while True:
        with work.desk.reading() as session:
            page = unit_history(session, unit_id, before=before, limit=2)
        read += [line.id for line in page.lines]
        if (before := page.next) is None:
            break
    assert read == written[::-1]


def test_units_come_page_by_page_with_masked_names(work: AtWork, lin: int) -> None:
    for room in ("101", "102"):
        add_resident(
            work.desk, work.clerk, ResidentForm(building="1", room=room, name="John Smith")
        )
    with work.desk.reading() as session:
        first = units(session, limit=2)
        rest = units(session, after=first.next, limit=2)
    assert [line.code for line in (*first.lines, *rest.lines)] == ["3-2-1502", "1-101", "1-102"]
    assert first.lines[0].names == ("林**",)
    assert rest.next is None


@pytest.mark.parametrize("hostile", HOSTILE)
def test_row_14_hostile_names_are_kept_tame(work: AtWork, hostile: str) -> None:
    kept = add_resident(
        work.desk, work.clerk, ResidentForm(building="9", room="901", name=f"甲{hostile}")
    )
    seen = reveal(work.desk, work.clerk, kept, LookReason.MATTER).name
    assert seen.startswith("甲")
    assert not {"\x1b", "\x07", "\x00", "\x9b", "\u202e"} & set(seen)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("95588", "95588"),
        ("110", "110"),
        ("+86 138-0013-8000", "13800138000"),
        ("(010) 6234-5678", "01062345678"),
        ("１３８００１３８０００", "13800138000"),
    ],
)
def test_rows_29_and_30_numbers_in_any_form_are_kept_by_their_digits(
    work: AtWork, typed: str, kept: str
) -> None:
    number = add_resident(
        work.desk,
        work.clerk,
        ResidentForm(building="９", room="９０１", name="甲", phones=(typed,)),
    )
    assert reveal(work.desk, work.clerk, number, LookReason.MATTER).phones == (kept,)
    with work.desk.reading() as session:
        assert match(session, "9-901")[0].resident_id == number
