"""Units as people write them: 3栋1502, 3-1502, 3幢2单元1502室, 3#1502 all name one dwelling.

A code is always `building-room` or `building-entrance-room`; what is no unit gives None, never a
guess.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from desk_console.foundation.text import narrow

_BUILDING_WORD = r"(?:号楼|號樓|楼栋|栋|幢|座|楼|#楼|#|号|-|/)"
_ENTRANCE_WORD = r"(?:单元|單元|门|-|/)"
_UNIT = re.compile(
    rf"(?P<building>[A-Z]?\d{{1,3}}[A-Z]?|[A-Z]){_BUILDING_WORD}"
    rf"(?:(?P<entrance>\d{{1,2}}|[A-Z]){_ENTRANCE_WORD})?"
    r"(?P<room>[A-Z]?\d{1,5}[A-Z]?)(?:室|号|房)?"
)
_MENTION = re.compile(
    r"(?<![0-9a-z\-])(?:[a-z]?\d{1,3}[a-z]?|[a-z]|[一二三四五六七八九十]{1,3})"
    r"(?:号楼|號樓|栋|幢|座|#楼?|-) ?"
    r"(?:\d{1,2}(?:单元|單元|门|-) ?)?[a-z]?\d{2,5}(?![0-9\-])"
)
"""A unit inside a sentence: stricter than one that stands alone; `3.5` and `1、2` are none."""

_NUMBER = re.compile(r"\d\d")
"""Without two digits, or a sign beside plain letters and digits, no unit is named: most sentences
need no closer look.
"""

_DASHES = re.compile(r"[‐-―−－—~_.·、]")
_BLANKS = re.compile(r"\s+")
_NUMERALS = {numeral: str(value) for value, numeral in enumerate("零一二三四五六七八九")}
_CHINESE_NUMBER = re.compile(
    r"([一二三四五六七八九]?)十([一二三四五六七八九]?)(?=[栋幢座号单門门#])"
)


class UnitName(NamedTuple):
    """A dwelling or shop by building, entrance (may be empty) and room."""

    building: str
    entrance: str
    room: str

    @property
    def code(self) -> str:
        """The one way it is written here: `3-1502`, `3-2-1502`."""
        return "-".join(part for part in (self.building, self.entrance, self.room) if part)


@lru_cache(maxsize=32768)
def unit_name(typed: str) -> UnitName | None:
    """The unit that a text names, whole; None where it names none. Full-width forms are read
    too.
    """
    if len(typed) > 40:
        return None
    found = _UNIT.fullmatch(_plain(typed))
    if found is None:
        return None
    return UnitName(
        _number(found["building"]), _number(found["entrance"] or ""), found["room"].upper()
    )


def units_in(text: str) -> list[UnitName]:
    """The units that a sentence in small letters names."""
    if (text.isascii() and text.isalnum()) or _NUMBER.search(text) is None:
        return []
    return [unit for named in _MENTION.findall(text) if (unit := unit_name(named)) is not None]


def given_unit(building: str, entrance: str, room: str) -> UnitName:
    """The unit of three cells of a list: `3栋`, `2单元`, `1502室` or just the numbers."""
    parts = [
        re.sub(r"(?:号楼|楼栋|栋|幢|座|楼|#|单元|门|室|号|房)+$", "", _plain(part))
        for part in (building, entrance, room)
    ]
    return UnitName(_number(parts[0]), _number(parts[1]), parts[2])


def _plain(typed: str) -> str:
    text = _BLANKS.sub("", _DASHES.sub("-", narrow(typed).upper()))
    text = _CHINESE_NUMBER.sub(_tens, text)
    return "".join(_NUMERALS.get(character, character) for character in text)


def _tens(found: re.Match[str]) -> str:
    tens, ones = (_NUMERALS.get(part, "") for part in found.groups())
    return f"{tens or '1'}{ones or '0'}"


def _number(part: str) -> str:
    return part.lstrip("0") or part
