"""What a search looks at, and what it answers: pure, so that any index can be held to it.

Everything typed is text. Each word between blanks must be found: in the text (a word of letters or
digits from its beginning, anything else anywhere), as a unit, as the ending of a phone number of
three digits or more, as the beginning of a name's initials, or as a date.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from desk_console.log.units import UnitName, unit_name, units_in
from desk_console.people.phones import digits

MOST_WORDS = 12
"""Words of a query that are looked at; more narrow nothing."""

MOST_CHARACTERS = 60
"""Characters of one word of a query that are looked at."""

LEAST_PHONE_DIGITS = 3

WEEK = 7

_PHONE = re.compile(r"[+(]?[0-9][0-9()+\- ]*")
_WHOLE_NUMBER = re.compile(r"1[3-9]\d{9}|0\d{9,11}|[48]00\d{7}")
_ASCII_WORD = re.compile(r"[a-z0-9]+")
_NOT_KEPT = re.compile("[\ud800-\udfff\U000f0000-\U000f007f]")
"""What an index cannot hold: halves of signs, and the private signs that it uses itself."""

_DATE = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)(?:年|[-/.])?)?"
    r"(?:(?P<month>\d{1,2})(?:月|[-/.])?)?(?:(?P<day>\d{1,2})[日号]?)?"
)
_WRITTEN_DATE = re.compile(
    r"(?:19|20)\d\d(?:年|年?\d{1,2}月|年?\d{1,2}月\d{1,2}[日号]?)"
    r"|(?:19|20)\d\d([-/.])\d{1,2}(?:\1\d{1,2})?|(?:19|20)\d{6}|\d{1,2}月\d{1,2}[日号]?"
    r"|\d\d[-/]\d\d"  # as the screens write a day; it may also be a unit typed half
)
_RELATIVE = {"今天": 0, "昨天": 1, "前天": 2, "today": 0, "yesterday": 1}


class Searched(NamedTuple):
    """What is searched of one record: its texts, unit codes, phone digits, initials and days, and
    the marks by which lists of it are narrowed, such as `category=repair`.
    """

    texts: tuple[str, ...]
    units: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    initials: tuple[str, ...] = ()
    days: tuple[date, ...] = ()
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a query, and the other things that it may name."""

    text: str
    unit: UnitName | None = None
    phone_ending: str | None = None
    initials: str | None = None
    day: str | None = None
    """A day, month or year in digits: 20260302, 0302 (of any year), 202603, 2026."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A whole query: words, each of which must be found; marks, of each group of which one must be
    there; and the days between which it must lie, both counted.
    """

    words: tuple[Word, ...] = ()
    marks: tuple[tuple[str, ...], ...] = field(default=())
    since: date | None = None
    until: date | None = None

    @property
    def is_empty(self) -> bool:
        """True where nothing is asked, so that nothing is found."""
        return not (self.words or self.marks or self.since or self.until)


def asked(
    typed: str,
    *,
    today: date | None = None,
    marks: tuple[tuple[str, ...], ...] = (),
    since: date | None = None,
    until: date | None = None,
) -> Asked:
    """What a query asks for. `today` gives words such as yesterday their day."""
    parts = _joined(plain(typed[:1000]).split())[:MOST_WORDS]
    return Asked(tuple(_word(part, today) for part in parts), marks, since, until)


def sought(query: Asked) -> tuple[str, ...]:
    """The texts that stand out in what was found: the words, and what else they may name."""
    named = [word.text for word in query.words]
    named += [word.unit.code for word in query.words if word.unit is not None]
    named += [word.phone_ending for word in query.words if word.phone_ending is not None]
    return tuple(dict.fromkeys(named))


def plain(text: str) -> str:
    """A text as it is compared: full-width and case made one, blanks single."""
    if text.isascii():
        return " ".join(text.lower().split())
    narrow = unicodedata.normalize("NFKC", text)
    folded = narrow.casefold()
    if folded != narrow:
        folded = unicodedata.normalize("NFKC", folded)
    return " ".join(_NOT_KEPT.sub("\ufffd", folded).split())


def _joined(parts: list[str]) -> list[str]:
    """The parts of a whole telephone number, typed with blanks, as one word."""
    for length in range(4, 1, -1):
        for start in range(len(parts) - length + 1):
            number = "".join(parts[start : start + length])
            if _PHONE.fullmatch(number) and _WHOLE_NUMBER.fullmatch(digits(number)):
                return [*parts[:start], number, *parts[start + length :]]
    return parts


def _word(part: str, today: date | None) -> Word:
    text = part[:MOST_CHARACTERS]
    number = digits(text) if _PHONE.fullmatch(text) else ""
    return Word(
        text=text,
        unit=unit_name(text),
        phone_ending=number if len(number) >= LEAST_PHONE_DIGITS else None,
        initials=text if text.isascii() and text.isalpha() else None,
        day=_day(text, today),
    )


def _day(text: str, today: date | None) -> str | None:
    """The day, month or year that a word names."""
    if text in _RELATIVE:
        return None if today is None else f"{today - timedelta(days=_RELATIVE[text]):%Y%m%d}"
    if not _WRITTEN_DATE.fullmatch(text) or not (found := _DATE.fullmatch(text)):
        return None
    year, month, day = (int(found[name] or 0) for name in ("year", "month", "day"))
    try:
        date(year or 2000, month or 1, day or 1)
    except ValueError:
        return None
    written = f"{month:02}{day:02}" if day else f"{month:02}" if month else ""
    return f"{year}{written}" if year else written


def answers(searched: Searched, query: Asked) -> bool:
    """Does this record answer the query? The plain reading of the rule, without any index."""
    if query.is_empty or not all(set(group) & set(searched.marks) for group in query.marks):
        return False
    if not _is_between(searched.days, query.since, query.until):
        return False
    texts = [plain(text) for text in searched.texts]
    return all(_is_found(word, searched, texts) for word in query.words)


def mentioned_units(searched: Searched, texts: Iterable[str]) -> tuple[UnitName, ...]:
    """The units that a record belongs to, and those that its texts name in any form."""
    found = [unit for code in searched.units if (unit := _unit_of(code)) is not None]
    for text in texts:
        if text not in searched.units:  # found already
            found += units_in(text)
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=32768)
def _unit_of(code: str) -> UnitName | None:
    parts = code.casefold().split("-")
    if len(parts) < 2:
        return None
    return UnitName(parts[0], "-".join(parts[1:-1]), parts[-1])


def _is_between(days: Iterable[date], since: date | None, until: date | None) -> bool:
    if since is None and until is None:
        return True
    return any((not since or since <= day) and (not until or day <= until) for day in days)


def _is_found(word: Word, searched: Searched, texts: list[str]) -> bool:
    return (
        any(_is_in_text(word.text, text) for text in texts)
        or (word.unit is not None and _is_unit(word.unit, mentioned_units(searched, texts)))
        or _any_ends(word.phone_ending, searched.phones)
        or _any_begins(word.initials, searched.initials)
        or (word.day is not None and any(_is_day(word.day, day) for day in searched.days))
    )


def _is_unit(wanted: UnitName, known: Iterable[UnitName]) -> bool:
    return any(is_same_unit(wanted, each) for each in known)


def is_same_unit(wanted: UnitName, known: UnitName) -> bool:
    """Is that the unit that is meant? Its entrance may be left out, its room be typed half."""
    return (
        wanted.building.casefold() == known.building.casefold()
        and wanted.entrance.casefold() in ("", known.entrance.casefold())
        and known.room.casefold().startswith(wanted.room.casefold())
    )


def _is_day(name: str, day: date) -> bool:
    return day_token(name) in day_tokens(day)


def _is_in_text(word: str, text: str) -> bool:
    place = text.find(word)
    while place >= 0:
        begins_inside = place and is_ascii_word(word[0]) and is_ascii_word(text[place - 1])
        if not begins_inside:
            return True
        place = text.find(word, place + 1)
    return False


def _any_ends(ending: str | None, known: Iterable[str]) -> bool:
    return ending is not None and any(each.endswith(ending) for each in known)


def _any_begins(start: str | None, known: Iterable[str]) -> bool:
    return start is not None and any(each.startswith(start) for each in known)


def is_ascii_word(character: str) -> bool:
    """True for the plain letters and digits, which stand together as words."""
    return bool(_ASCII_WORD.fullmatch(character))


@lru_cache(maxsize=4096)
def day_tokens(day: date) -> tuple[str, ...]:
    """The names of a day as an index keeps them, each kind of name apart from the others."""
    return f"d{day:%Y%m%d}", f"e{day:%m%d}", f"m{day:%Y%m}", f"y{day:%Y}", week_token(day)


def week_token(day: date) -> str:
    """The seven days, counted from the calendar's first, of which it is one."""
    return f"k{day.toordinal() // WEEK}"


def day_token(name: str) -> str:
    """The one that answers a word which names a day."""
    match len(name):
        case 8:
            return f"d{name}"
        case 6:
            return f"m{name}"
    return f"e{name}" if int(name[:2]) <= 12 else f"y{name}"
