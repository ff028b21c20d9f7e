"""PINs: wrong ones wait and disable, nobody chooses another's, nothing gives a try back."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from desk_console.foundation.clock import MovingClock
from desk_console.foundation.journal import JournalRow
from desk_console.foundation.refusal import Refusal
from desk_console.people import keys, pins, views
from desk_console.people.acts import add_person, retire_person
from desk_console.people.pins import Proof, begin_reset, choose_pin, prove
from desk_console.people.records import PersonView, SigningKey
from desk_console.people.rules import OPEN_FOR
from desk_console.rulebook.desk import Desk
from tests.conftest import DeskMaker
from tests.people.conftest import CLERK_PIN, form

WRONG = "00000000"


def refusal(desk: Desk, person_id: int | None, pin: str = WRONG) -> tuple[str, Any]:
    with pytest.raises(Refusal) as refused:
        prove(desk, person_id, pin)
    return refused.value.message.key, refused.value.message.values.get("seconds")


def acts_on_record(desk: Desk) -> list[str]:
    with desk.reading() as session:
        return [row.act for row in session.exec(select(JournalRow))]


def fail(desk: Desk, clock: MovingClock, person_id: int, times: int) -> None:
    for number in range(1, times + 1):
        told = "people.pin_disabled" if number == 10 else "people.pin_wrong"
        assert refusal(desk, person_id) == (told, None)
        clock.advance(timedelta(seconds=300))


def test_the_right_pin_proves_the_person(desk: Desk, clerk: PersonView) -> None:
    assert prove(desk, clerk.id, CLERK_PIN).person == clerk


def test_full_width_digits_are_the_same_pin(desk: Desk, clerk: PersonView) -> None:
    assert prove(desk, clerk.id, " ７３９２０４６１ ").person == clerk


def test_three_wrong_pins_are_free_then_the_wait_grows_and_the_tenth_disables(
    desk: Desk, clerk: PersonView, clock: MovingClock
) -> None:
    for _ in range(3):
        assert refusal(desk, clerk.id) == ("people.pin_wrong", None)
    told = []
    for seconds in (5, 15, 30, 60, 120, 300, 300):
        assert refusal(desk, clerk.id, CLERK_PIN) == ("people.pin_wait", seconds)
        clock.advance(timedelta(seconds=seconds - 1))
        assert refusal(desk, clerk.id, CLERK_PIN) == ("people.pin_wait", 1)
        clock.advance(timedelta(seconds=1))
        told.append(refusal(desk, clerk.id))
    assert told == [("people.pin_wrong", None)] * 6 + [("people.pin_disabled", None)]
    clock.advance(timedelta(days=30))
    assert refusal(desk, clerk.id, CLERK_PIN) == ("people.pin_disabled", None)


def test_wrong_pins_are_on_record_without_the_pin(
    desk: Desk, clerk: PersonView, clock: MovingClock
) -> None:
    fail(desk, clock, clerk.id, 10)
    acts = acts_on_record(desk)
    assert acts.count("people.pin_wrong") == 10
    assert acts[-1] == "people.pin_disabled"
    with desk.reading() as session:
        for row in session.exec(select(JournalRow)):
            assert WRONG not in row.body.replace(row.hash, "")
            assert CLERK_PIN not in row.body


def test_a_right_pin_begins_the_count_anew(
    desk: Desk, clerk: PersonView, clock: MovingClock
) -> None:
    fail(desk, clock, clerk.id, 5)
    prove(desk, clerk.id, CLERK_PIN)
    for _ in range(3):
        assert refusal(desk, clerk.id) == ("people.pin_wrong", None)


def test_a_supervisor_unlocks_what_was_disabled(
    desk: Desk, boss: Proof, clerk: PersonView, clock: MovingClock
) -> None:
    fail(desk, clock, clerk.id, 10)
    begin_reset(desk, boss, clerk.id)
    choose_pin(desk, clerk.id, "bluefish77")
    assert prove(desk, clerk.id, "bluefish77").person == clerk


def test_a_kill_between_the_try_and_its_check_keeps_the_count(
    desk: Desk, clerk: PersonView, clock: MovingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def killed(*_: object) -> None:
        raise Killed

    fail(desk, clock, clerk.id, 9)
    monkeypatch.setattr(keys, "unwrap", killed)
    with pytest.raises(Killed):
        prove(desk, clerk.id, WRONG)
    monkeypatch.undo()
    assert refusal(desk, clerk.id, CLERK_PIN) == ("people.pin_disabled", None)


def test_a_restart_makes_one_wait_the_whole_time_again(
    desk: Desk, make_desk: DeskMaker, clerk: PersonView, clock: MovingClock
) -> None:
    fail(desk, clock, clerk.id, 5)
    restarted = make_desk(also=("management-office",))
    assert refusal(restarted, clerk.id, CLERK_PIN) == ("people.pin_wait", 30)
    clock.advance(timedelta(seconds=30))
    assert prove(restarted, clerk.id, CLERK_PIN).person == clerk


def test_tries_at_another_console_bring_their_wait_here(
    desk: Desk, make_desk: DeskMaker, clerk: PersonView, clock: MovingClock
) -> None:
    other = make_desk(also=("management-office",))
    for console in (desk, other, desk):
        assert refusal(console, clerk.id) == ("people.pin_wrong", None)
    assert refusal(other, clerk.id) == ("people.pin_wait", 5)


def test_setting_the_clock_shortens_no_wait(
    desk: Desk, clerk: PersonView, clock: MovingClock
) -> None:
    for _ in range(3):
        refusal(desk, clerk.id)
    clock.jump(timedelta(days=1))
    assert refusal(desk, clerk.id, CLERK_PIN) == ("people.pin_wait", 5)
    clock.jump(timedelta(days=-2))
    assert refusal(desk, clerk.id, CLERK_PIN) == ("people.pin_wait", 5)


@pytest.mark.parametrize("nobody", [None, 999])
def test_somebody_unknown_and_a_wrong_pin_look_the_same(
    desk: Desk, clerk: PersonView, nobody: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    derive = keys.derive

    def counted(secret: bytes, pin: str, **given: Any) -> bytes:
        hashed.append(str(given["cost"]))
        return derive(secret, pin, **given)

    monkeypatch.setattr(keys, "derive", counted)
    told = []
    for person_id in (clerk.id, nobody):
        hashed.clear()
        for _ in range(3):
            told.append((refusal(desk, person_id), tuple(hashed)))
        told.append((refusal(desk, person_id), tuple(hashed)))
    assert told[:4] == told[4:]


def test_who_left_is_unknown(desk: Desk, boss: Proof, clerk: PersonView) -> None:
    retire_person(desk, clerk.id, by_id=boss.person.id)
    assert refusal(desk, clerk.id, CLERK_PIN) == ("people.pin_wrong", None)


def test_a_first_pin_is_chosen_before_it_can_be_given(desk: Desk, boss: Proof) -> None:
    new = add_person(desk, form("2002", "李思敏", "clerk"), by_id=boss.person.id)
    assert refusal(desk, new.id) == ("people.pin_not_chosen", None)
    assert choose_pin(desk, new.id, "tea-and-rice").person == new


def test_a_first_pin_of_somebody_in_charge_is_opened_by_another_in_charge(
    desk: Desk, boss: Proof, clock: MovingClock
) -> None:
    new = add_person(desk, form("1000", "郑国强", "director"), by_id=boss.person.id)
    with pytest.raises(Refusal, match=r"people.pin_not_opened") as refused:
        choose_pin(desk, new.id, "tea-and-rice")
    assert refused.value.message.values["within"] == OPEN_FOR
    begin_reset(desk, boss, new.id)
    clock.advance(OPEN_FOR + timedelta(minutes=1))
    with pytest.raises(Refusal, match=r"people.pin_not_opened"):
        choose_pin(desk, new.id, "tea-and-rice")
    begin_reset(desk, boss, new.id)
    director = choose_pin(desk, new.id, "tea-and-rice")
    begin_reset(desk, director, boss.person.id)
    assert choose_pin(desk, boss.person.id, "rice-and-tea").person.id == boss.person.id


def test_nobody_chooses_anothers_pin(desk: Desk, clerk: PersonView) -> None:
    with pytest.raises(Refusal, match=r"people.pin_old_needed"):
        choose_pin(desk, clerk.id, "bluefish77")
    with pytest.raises(Refusal, match=r"people.pin_wrong"):
        choose_pin(desk, clerk.id, "bluefish77", old_pin=WRONG)
    assert prove(desk, clerk.id, CLERK_PIN).person == clerk


def test_with_the_old_pin_one_chooses_a_new_one(desk: Desk, clerk: PersonView) -> None:
    chosen = choose_pin(desk, clerk.id, "bluefish77", old_pin=CLERK_PIN)
    assert prove(desk, clerk.id, "bluefish77").public_key == chosen.public_key
    assert refusal(desk, clerk.id, CLERK_PIN) == ("people.pin_wrong", None)


def test_a_weak_pin_is_refused_at_the_desk_too(desk: Desk, boss: Proof) -> None:
    new = add_person(
        desk, form("2002", "李思敏", "clerk", phone="13900731946"), by_id=boss.person.id
    )
    with pytest.raises(Refusal, match=r"people.pin_own"):
        choose_pin(desk, new.id, "00731946")
    assert has_no_pin(desk, new.id)


def has_no_pin(desk: Desk, person_id: int) -> bool:
    with desk.reading() as session:
        return not views.pin_standing(session, person_id).has_pin


def test_a_reset_closes_the_old_pin_and_the_person_chooses_the_new_one(
    desk: Desk, boss: Proof, clerk: PersonView
) -> None:
    begin_reset(desk, boss, clerk.id)
    assert refusal(desk, clerk.id, CLERK_PIN) == ("people.pin_not_chosen", None)
    choose_pin(desk, clerk.id, "bluefish77")
    assert prove(desk, clerk.id, "bluefish77").person == clerk
    with desk.reading() as session:
        mine = select(SigningKey).where(SigningKey.person_id == clerk.id)
        retired = [key.retired_at is not None for key in session.exec(mine)]
    assert retired == [True, False]
    acts = acts_on_record(desk)
    assert acts[-3:] == ["people.pin_reset", "people.pin_chosen", "people.key_enrolled"]


def test_only_those_in_charge_begin_a_reset_and_never_their_own(
    desk: Desk, boss: Proof, clerk: PersonView
) -> None:
    with pytest.raises(Refusal, match=r"people.no_right"):
        begin_reset(desk, prove(desk, clerk.id, CLERK_PIN), boss.person.id)
    with pytest.raises(Refusal, match=r"people.own_reset"):
        begin_reset(desk, boss, boss.person.id)


def test_a_proof_ends_with_its_pin(desk: Desk, boss: Proof, clerk: PersonView) -> None:
    stale = prove(desk, clerk.id, CLERK_PIN)
    begin_reset(desk, boss, clerk.id)
    with desk.transaction() as work, pytest.raises(Refusal, match="pin_changed_elsewhere"):
        pins.require_current(work.session, stale)


def test_a_stale_proof_signs_nothing(desk: Desk, boss: Proof, clerk: PersonView) -> None:
    stale = prove(desk, clerk.id, CLERK_PIN)
    choose_pin(desk, clerk.id, "bluefish77", old_pin=CLERK_PIN)
    with desk.transaction() as work, pytest.raises(Refusal, match="pin_changed_elsewhere"):
        stale.sign(work, subject="entry:1", meaning="x", role="clerk", content={})


def test_the_private_key_and_the_pin_are_nowhere_in_the_file(desk: Desk, clerk: PersonView) -> None:
    private = bytes(prove(desk, clerk.id, CLERK_PIN)._private)
    content = b"".join(path.read_bytes() for path in desk.store.path.parent.glob("desk.db*"))
    for secret in (private, private.hex().encode(), CLERK_PIN.encode(), desk.secret):
        assert secret not in content


def test_another_desks_secret_opens_nothing(desk: Desk, clerk: PersonView) -> None:
    with desk.reading() as session:
        key = session.exec(select(SigningKey).where(SigningKey.person_id == clerk.id)).one()
    assert keys.unwrap(key, desk.secret, CLERK_PIN) is not None
    assert keys.unwrap(key, b"another secret", CLERK_PIN) is None
