"""Telephone numbers: typed in any form, kept as digits, matched by digits from the end.

`(010) 6234-5678`, `+86 138 0000 1001`, `95588`, `110`, `８６２１１２３４ 转 801` are
all numbers. An extension is kept behind a dash: `01062345678-801`.
"""

import re
from collections.abc import Iterable

from desk_console.foundation.refusal import Refusal
from desk_console.foundation.text import narrow

LEAST_TO_MATCH = 4
"""Digits from which on an ending stands for a number."""

MOST_DIGITS = 17
"""Digits of the longest number: 00, and the fifteen that the world's numbers may have."""

_LEAST_DIGITS = 3
_EXTENSION_LIMIT = 6
_EXTENSION = re.compile(r"^(.*?\d)\s*(?:转|分机号?|ext\.?|x|#|,|;|:)+\s*(\d+)$", re.IGNORECASE)
_ALLOWED = re.compile(r"[\d\s()+\-./·•\[\]‐-―]*")
_NO_DIGIT = re.compile(r"[^0-9]+")
_IN_GROUPS = re.compile(r"1[3-9]\d{9}|[48]00\d{7}")
"""Mobile and 400 numbers, which people part anywhere."""

_LEAST_WITH_EXTENSION = 7
_LANDLINE_DIGITS = range(10, 13)
_CHINA = "86"


def kept(text: str) -> str:
    """The number as it is stored: digits, and an extension behind a dash; empty stays empty.

    The prefix of China (+86, 0086) is dropped. Refuses what is no number.
    """
    plain = narrow(text)
    if not plain:
        return ""
    main, extension = _parts(plain)
    number = _national(main)
    if (
        not _ALLOWED.fullmatch(main)
        or not _LEAST_DIGITS <= len(number) <= MOST_DIGITS
        or len(extension) > _EXTENSION_LIMIT
    ):
        raise Refusal("people.phone_unreadable", phone=plain[:40])
    return f"{number}-{extension}" if extension else number


def digits(text: str) -> str:
    """The digits of a number without its extension and China's prefix, to match by. Never fails."""
    if text.isascii() and text.isdigit() and not text.startswith("00"):
        return text  # as most are kept
    main, _ = _parts(narrow(text))
    return _national(main)


def numbers(typed: Iterable[str]) -> list[str]:
    """Each number's digits once, in their order; empty ones left out. Refuses what is no number."""
    return list(dict.fromkeys(digits(each) for each in typed if kept(each)))


def matches(number: str, typed: str) -> bool:
    """Is `typed` that number, or an ending of it of four digits or more?

    Numbers with and without an area code match each other by their endings too.
    """
    whole, part = sorted((digits(number), digits(typed)), key=len, reverse=True)
    if not part:
        return False
    return whole == part or (len(part) >= LEAST_TO_MATCH and whole.endswith(part))


def _parts(plain: str) -> tuple[str, str]:
    named = _EXTENSION.match(plain)
    if named:
        return named[1], named[2]
    main, dash, last = plain.rpartition("-")
    if dash and last.isdecimal() and len(last) <= _EXTENSION_LIMIT and _is_whole(main, last):
        return main, last
    return plain, ""


def _is_whole(main: str, last: str) -> bool:
    """Is what stands before the last dash a number by itself, so that the rest is an extension?

    So it is in 010-62345678-801, and in a number as it was kept: 62345678-801.
    """
    if main.isdecimal() and len(main) >= _LEAST_WITH_EXTENSION:
        return not _IN_GROUPS.fullmatch(main + last)
    bare = main.lstrip("(")
    has_area_code = bare.startswith("0") and not bare.startswith("00")
    return has_area_code and len(_digits_only(main)) in _LANDLINE_DIGITS


def _national(main: str) -> str:
    number = _digits_only(main)
    if main.lstrip(" (").startswith("+"):
        abroad = number
    elif number.startswith("00"):
        abroad = number[2:]
    else:
        return number
    if not abroad.startswith(_CHINA):
        return "00" + abroad
    home = abroad.removeprefix(_CHINA)
    is_landline = len(home) >= 9 and not home.startswith(("0", "1", "4", "8"))
    is_beijing = len(home) == 10 and home.startswith("10")
    return "0" + home if is_landline or is_beijing else home


def _digits_only(text: str) -> str:
    return _NO_DIGIT.sub("", text)
