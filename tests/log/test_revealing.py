"""A list shown whole outside the console's screens: by right, on duty, on record."""

import pytest

from desk_console.foundation.refusal import Refusal
from desk_console.log.forms import CallForm
from desk_console.log.resident_files import add_resident
from desk_console.log.residents import ResidentForm
from desk_console.log.revealing import mask_of, reveal_list
from desk_console.matters.acts import log_entry
from desk_console.rulebook.desk import Desk
from desk_console.shift.arrivals import sign_on
from tests.conftest import DeskMaker
from tests.log.test_resident_files import journal
from tests.staff import hire_all, proof_of, qualify


def told_of_a_list(desk: Desk, clause: str) -> None:
    """Refused off duty under the clause; on duty it stands in the journal under it."""
    staff = hire_all(desk)
    proof = proof_of(desk, staff.clerk.person)
    with pytest.raises(Refusal) as refused:
        reveal_list(desk, proof, "log")
    assert (refused.value.clause, refused.value.message.key) == (clause, "log.residents_off_duty")
    assert not [row for row in journal(desk) if row[0] == "log.list_revealed"]
    for code in ("post", "onboarding"):
        qualify(desk, staff.clerk, staff.supervisor, code=code)
    sign_on(desk, staff.clerk)
    reveal_list(desk, proof, "log")
    assert ("log.list_revealed", clause) in [row[:2] for row in journal(desk)]


def test_2_12_a_list_is_shown_whole_on_duty_only_and_on_record(make_desk: DeskMaker) -> None:
    told_of_a_list(make_desk("company-24h"), "2.12")


def test_3_7_a_list_is_shown_whole_on_duty_only_and_on_record(make_desk: DeskMaker) -> None:
    told_of_a_list(make_desk("cs-monthly"), "3.7")


def test_7_8_a_list_is_shown_whole_on_duty_only_and_on_record(make_desk: DeskMaker) -> None:
    told_of_a_list(make_desk("courier"), "7.8")


def test_3_7_no_name_on_file_and_no_caller_s_stays_in_any_text(make_desk: DeskMaker) -> None:
    desk = make_desk("cs-monthly")
    staff = hire_all(desk)
    lives = ResidentForm(building="3", room="1502", name="林小满", phones=("13800138000",))
    add_resident(desk, staff.supervisor.person, lives)
    sign_on(desk, staff.clerk)
    form = CallForm(form_id="f1", at=desk.now(), caller="孟繁星", content="孟繁星替林小满问")
    log_entry(desk, staff.clerk.person, form)
    with desk.reading() as session:
        mask = mask_of(session, ["孟繁星"])
    assert mask.text("孟繁星替林小满问，回13800138000") == "孟**替林**问，回138****8000"
