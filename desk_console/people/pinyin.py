"""Pinyin initials of names: how people type each other's names.

A surname may be read in several ways (单 is dān and shàn): every reading is kept, so that whichever
is typed finds the person.
"""

import os
import re
from functools import lru_cache
from itertools import islice, product
from types import ModuleType

MOST_READINGS = 12
"""Readings kept of one name; the usual ones come first."""


_LATIN = re.compile("[A-Za-z]")


def pypinyin() -> ModuleType:
    """The library of readings, loaded when a name is first written or a command first sought.

    Without its tables of phrases: names are read sign by sign, and these take 45 MiB and half a
    second.
    """
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")
    import pypinyin

    return pypinyin


@lru_cache(maxsize=4096)
def initials(name: str) -> str:
    """Every reading of a name in initials, in small letters, separated by blanks: `dxf sxf cxf`.

    Latin words give their first letter, digits themselves; other signs are left out.
    """
    parts = name if name.isalpha() and not _LATIN.search(name) else _parts(name)
    readings = [signs for part in parts if (signs := _first_letters(part))]
    if all(len(signs) == 1 for signs in readings):
        return "".join(signs[0] for signs in readings)
    combined = ("".join(each) for each in product(*readings))
    return " ".join(dict.fromkeys(islice(combined, MOST_READINGS)))


def _parts(name: str) -> list[str]:
    """Chinese characters one by one, anything else word by word."""
    parts: list[str] = []
    word = ""
    for sign in name:
        if sign.isascii() and (sign.isalnum() or sign == "'"):
            word += sign
            continue
        if word:
            parts.append(word)
            word = ""
        if sign.isalpha():
            parts.append(sign)
    return [*parts, word] if word else parts


@lru_cache(maxsize=8192)
def _first_letters(part: str) -> tuple[str, ...]:
    if part[0].isascii():
        return (part.lower() if part.isdigit() else part.lstrip("'")[:1].lower(),)
    library = pypinyin()
    found = library.pinyin(part, style=library.Style.FIRST_LETTER, heteronym=True, errors="ignore")
    letters = [letter for each in found for letter in each if letter.isascii() and letter.isalpha()]
    return tuple(dict.fromkeys(letter[0].lower() for letter in letters))
