"""What may be a PIN: long enough, and nothing that somebody at the next desk would try first."""

import itertools
from collections.abc import Iterable, Sequence
from datetime import date

from desk_console.foundation.refusal import ALLOWED, Verdict, refuse
from desk_console.foundation.text import narrow

LONGEST = 64
"""Characters of a PIN at most."""

SHARED_WITH_OWN = 6
"""Signs in a row that a PIN may not share with its owner's phone or staff number."""

_LOOSE_ENDS = 2
"""Signs that, put before or after a run or a date, do not make it a PIN."""

_OWN_LEAST = 4
_KEY_ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz")
_COLUMNS = "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p"
_COMMON_WORDS = (
    "88888888 66666666 16881688 168168168 51885188 52013145 13145200 1314520 5201314 "
    "52015201 20202020 10101010 12344321 43211234 11223344 44332211 12341234 12121212 "
    "21212121 13131313 12369874 14725836 14785236 14789632 25802580 25800852 74108520 "
    "78963214 87654312 98765432 12345679 12345687 123456789 1234567890 987654321 147258369 "
    "159357123 159753159 963852741 11112222 22221111 11119999 88886666 66668888 99998888 "
    "00001111 12348765 13572468 24681357 31415926 27182818 14142135 19491001 20080808 "
    "20000101 11001100 10011001 95588955 10086100 password passw0rd p@ssw0rd p@ssword "
    "password1 password123 iloveyou letmein1 welcome1 welcome123 admin123 admin888 "
    "administrator root1234 qwer1234 1234qwer asdf1234 1234asdf zxcv1234 a1234567 a123456 "
    "a12345678 aa123456 aa12345678 abc12345 abc123456 abcd1234 1234abcd abc123 123abc "
    "q1w2e3r4 1q2w3e4r 1qaz2wsx qazwsxedc qweasdzxc woaini520 woaini1314 wo123456 woaini123 "
    "wangyi123 wuye1234 wuye123456 zhiban123 zhiban1234 kefu1234 kefu123456 desk1234 "
    "desk-console baidu123 taobao123 weixin123 alipay123 test1234 test123456 guest123 "
    "default1 changeme secret12 dragon12 monkey12 sunshine princess football baseball "
    "superman computer internet whatever trustno1 starwars 112233 123123 123321 321321 "
    "147258 159753 258369 520520 521521 666888 888666 168888 131420"
)
_COMMON = frozenset(_COMMON_WORDS.split())


def plain_pin(typed: str) -> str:
    """The PIN that was typed, its full-width signs made plain."""
    return narrow(typed)


def pin_verdict(pin: str, *, least: int, own: Sequence[str]) -> Verdict:
    """May this be the PIN of somebody whose staff number and phone are `own`?

    Refuses the short (`least` characters), the long, blanks, common ones, runs, repeats, dates,
    and what the phone or staff number gives away. Full-width signs count as their plain forms.
    """
    plain = plain_pin(pin)
    if len(plain) < least:
        return refuse(None, "people.pin_short", least=least)
    if len(plain) > LONGEST:
        return refuse(None, "people.pin_long", limit=LONGEST)
    if not plain.isprintable() or any(sign.isspace() for sign in plain):
        return refuse(None, "people.pin_blank")
    folded = plain.casefold()
    for is_weak, key in (
        (_is_repeat, "pin_repeat"),
        (_is_run, "pin_run"),
        (_is_date, "pin_date"),
        (lambda pin: pin in _COMMON, "pin_common"),
        (lambda pin: _is_own(pin, own), "pin_own"),
    ):
        if is_weak(folded):
            return refuse(None, f"people.{key}")
    return ALLOWED


def _is_repeat(pin: str) -> bool:
    """Fewer than three different signs, or a block of up to half its length again and again."""
    if len(set(pin)) < 3:
        return True
    return any(
        (pin[:size] * (len(pin) // size + 1))[: len(pin)] == pin
        for size in range(1, len(pin) // 2 + 1)
    )


def _is_run(pin: str) -> bool:
    """Neighbours on the keyboard or in the alphabet, up or down, but for two signs at the ends."""
    longest = max(_longest_step(pin, row) for row in (*_KEY_ROWS, _COLUMNS))
    return longest >= len(pin) - _LOOSE_ENDS


def _longest_step(pin: str, row: str) -> int:
    """How many signs in a row go one step up, or one down, in a row of keys that closes on
    itself.
    """
    best = 1
    length, step_before = 1, 0
    for one, other in itertools.pairwise(pin):
        step = 0
        if one in row and other in row:
            apart = (row.index(other) - row.index(one)) % len(row)
            step = 1 if apart == 1 else -1 if apart == len(row) - 1 else 0
        length = 1 if step == 0 else length + 1 if step == step_before else 2
        step_before = step
        best = max(best, length)
    return best


def _is_date(pin: str) -> bool:
    """A day of this century or the last in any order of its parts, with two signs about it at
    most.
    """
    digits = "".join(sign for sign in pin if sign.isdecimal())
    others = sum(sign.isalpha() for sign in pin)
    if others > _LOOSE_ENDS:
        return False
    return any(_is_day(*parts) for parts in _date_parts(digits))


def _date_parts(digits: str) -> Iterable[tuple[int, int, int]]:
    if len(digits) == 8:
        first, second, third, fourth = (int(digits[at : at + 2]) for at in (0, 2, 4, 6))
        yield first * 100 + second, third, fourth
        yield third * 100 + fourth, first, second
        yield third * 100 + fourth, second, first
    elif len(digits) == 6:
        one, two, three = (int(digits[at : at + 2]) for at in (0, 2, 4))
        for century in (1900, 2000):
            yield century + one, two, three
            yield century + three, one, two
            yield century + three, two, one


def _is_day(year: int, month: int, day: int) -> bool:
    if not 1900 <= year < 2100:
        return False
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _is_own(pin: str, own: Sequence[str]) -> bool:
    """Does it lie in the phone or staff number, hold one whole, or share six signs in a row?"""
    for given in own:
        number = given.casefold()
        if not number:
            continue
        if pin in number or (len(number) >= _OWN_LEAST and number in pin):
            return True
        if any(
            number[at : at + SHARED_WITH_OWN] in pin
            for at in range(len(number) - SHARED_WITH_OWN + 1)
        ):
            return True
    return False
