"""What a search looks at, and what it answers: pure, so that any index can be held to it.

Everything typed is text. Each word between blanks must be found: in the text (a word of letters or
digits from its beginning, anything else anywhere), as a unit, as the ending of a phone number of
three digits or more, or as the beginning of a name's initials.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from desk_console.log.units import unit_name

MOST_WORDS = 12
"""Words of a query that are looked at; more narrow nothing."""

MOST_CHARACTERS = 60
"""Characters of one word of a query that are looked at."""

LEAST_PHONE_DIGITS = 3

_PHONE = re.compile(r"[+(]?[0-9][0-9()+\- ]*")
_ASCII_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Searched:
    """What is searched of one entry: its texts, unit codes, phone digits and initials."""

    texts: tuple[str, ...]
    units: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    initials: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a query, and the other things that it may name."""

    text: str
    unit: str | None = None
    phone_ending: str | None = None
    initials: str | None = None


def plain(text: str) -> str:
    """A text as it is compared: full-width and case made one, blanks single."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(folded.split())


def words(typed: str) -> tuple[Word, ...]:
    """What a query asks for."""
    return tuple(_word(part) for part in plain(typed[:1000]).split()[:MOST_WORDS])


def _word(part: str) -> Word:
    text = part[:MOST_CHARACTERS]
    named = unit_name(text)
    digits = "".join(each for each in text if each in "0123456789")
    is_phone = len(digits) >= LEAST_PHONE_DIGITS and _PHONE.fullmatch(text) is not None
    return Word(
        text=text,
        unit=named.code.lower() if named else None,
        phone_ending=digits if is_phone else None,
        initials=text if text.isascii() and text.isalpha() else None,
    )


def answers(searched: Searched, typed: str) -> bool:
    """Does this entry answer the query? The plain reading of the rule, without any index."""
    asked = words(typed)
    return bool(asked) and all(_is_found(word, searched) for word in asked)


def _is_found(word: Word, searched: Searched) -> bool:
    return (
        any(_is_in_text(word.text, plain(text)) for text in searched.texts)
        or word.unit in {unit.lower() for unit in searched.units}
        or _any_begins(word.phone_ending, (phone[::-1] for phone in searched.phones), turned=True)
        or _any_begins(word.initials, searched.initials)
    )


def _is_in_text(word: str, text: str) -> bool:
    place = text.find(word)
    while place >= 0:
        begins_inside = place and is_ascii_word(word[0]) and is_ascii_word(text[place - 1])
        if not begins_inside:
            return True
        place = text.find(word, place + 1)
    return False


def _any_begins(start: str | None, known: Iterable[str], *, turned: bool = False) -> bool:
    if start is None:
        return False
    beginning = start[::-1] if turned else start
    return any(each.startswith(beginning) for each in known)


def is_ascii_word(character: str) -> bool:
    """True for the plain letters and digits, which stand together as words."""
    return bool(_ASCII_WORD.fullmatch(character))
