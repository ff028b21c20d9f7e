"""Telephone numbers: typed in any form, kept as digits, matched from the end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_console.foundation.refusal import Refusal
from desk_console.people.phones import digits, kept, matches


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("95588", "95588"),
        ("110", "110"),
        ("+86 138 0000 1001", "13800001001"),
        ("0086 138-0000-1001", "13800001001"),
        ("(010) 6234-5678", "01062345678"),
        ("（０１０）６２３４－５６７８", "01062345678"),
        ("+86 10 6234 5678", "01062345678"),
        ("+86 (0755) 8888 1234", "075588881234"),
        ("010-62345678-801", "01062345678-801"),
        ("8621 1234 转 801", "86211234-801"),
        ("62345678 ext. 12", "62345678-12"),
        ("62345678-801", "62345678-801"),
        ("400-820-8820", "4008208820"),
        ("1380000-1001", "13800001001"),
        ("+852 2123 4567", "0085221234567"),
        ("", ""),
    ],
)
def test_a_number_in_any_form_is_kept_as_digits(typed: str, number: str) -> None:
    assert kept(typed) == number
    assert kept(number) == number


@pytest.mark.parametrize("typed", ["张三", "12", "138000010011380000100113", "1;drop", "a1b2c3"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(Refusal, match="phone_unreadable"):
        kept(typed)


def test_a_number_is_found_by_its_ending_with_or_without_area_code() -> None:
    assert matches("01062345678-801", "5678")
    assert matches("01062345678", "6234-5678")
    assert matches("62345678", "(010) 6234-5678")
    assert matches("110", "110")
    assert not matches("13800001001", "001")
    assert not matches("13800001001", "1002")
    assert not matches("", "")


@given(st.text(max_size=60))
def test_matching_never_fails(typed: str) -> None:
    assert digits(typed) == "" or digits(typed).isdigit()
