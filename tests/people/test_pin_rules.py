"""What may be a PIN: nothing that somebody at the next desk would try first."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_console.foundation.catalogue import Catalogue
from desk_console.people.pin_rules import pin_verdict

OWN = ("1001", "13900731946")
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def why(pin: str, least: int = 8) -> str:
    verdict = pin_verdict(pin, least=least, own=OWN)
    if verdict.message is None:
        return "allowed"
    assert Catalogue("en").text(verdict.message) != Catalogue("zh").text(verdict.message)
    return verdict.message.key.removeprefix("people.pin_")


@pytest.mark.parametrize("pin", ["48291375", "desk2026", "bluefish77", "七上八下九九归一"])
def test_an_unguessable_pin_is_allowed(pin: str) -> None:
    assert why(pin) == "allowed"


@pytest.mark.parametrize(
    ("pin", "reason"),
    [
        ("4829137", "short"),
        ("48291375" * 9, "long"),
        ("4829 1375", "blank"),
        ("12345678", "run"),
        ("87654321", "run"),
        ("78901234", "run"),
        ("x1234567", "run"),
        ("qwertyui", "run"),
        ("11111111", "repeat"),
        ("73737373", "repeat"),
        ("48294829", "repeat"),
        ("19900101", "date"),
        ("01011990", "date"),
        ("12311990", "date"),
        ("1990-01-01", "date"),
        ("a19900101", "date"),
        ("password", "common"),
        ("PassW0rd", "common"),
        ("14725836", "common"),
        ("00731946", "own"),
        ("x731946y", "own"),
        ("83100172", "own"),
    ],
)
def test_a_pin_that_is_easily_guessed_is_refused(pin: str, reason: str) -> None:
    assert why(pin) == reason


def test_six_only_where_the_site_chooses_so() -> None:
    assert (why("482913"), why("482913", least=6)) == ("short", "allowed")
    assert why("900101", least=6) == "date"


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(["%Y%m%d", "%d%m%Y"]))
def test_no_day_of_two_centuries_is_a_pin(day: date, form: str) -> None:
    assert why(day.strftime(form)) != "allowed"


@given(st.text("0123456789", min_size=6, max_size=10))
def test_full_width_digits_are_judged_as_plain_ones(pin: str) -> None:
    assert why(pin.translate(FULL_WIDTH)) == why(pin)


@given(st.text("0123456789ab", min_size=1, max_size=4), st.integers(2, 4))
def test_no_block_said_again_is_a_pin(block: str, times: int) -> None:
    assert pin_verdict(block * times, least=1, own=()).message is not None
