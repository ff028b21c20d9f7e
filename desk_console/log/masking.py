"""Residents' names and numbers, shown with their middles hidden to whoever has no need of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from desk_console.foundation.text import narrow

_HIDDEN = "*"
_SHORTEST = 2
"""A name of one character is also a word."""

_GAP = r"[ .\-‐-―－．]?"
_NUMBER = re.compile(
    r"(?<!\d)(?:"
    rf"(?:(?:\+|00)?86{_GAP})?1[3-9]\d(?:{_GAP}\d{{4}}){{2}}"  # a mobile, in groups or not
    rf"|\(?0\d{{2,3}}\)?{_GAP}\d{{3,4}}{_GAP}\d{{4}}"  # a line with its area code
    r"|(?!(?<=[A-Z]{2})20\d\d-)\d{4}[-.]\d{4}"  # in two groups; WX2026-0001 is a work order
    r"|[2-8]\d\d[-.]\d{4}"  # no line begins as building 102 does in 102-1204
    r"|\d{7,}"
    r")(?!\d)"
)
"""Whatever stands beside a number, hides none of it: at most its extension stays."""


def masked_name(name: str) -> str:
    """The family name (or first letter) only: 张**, J***. Empty stays empty."""
    plain = name.strip()
    if not plain:
        return ""
    return plain[0] + _HIDDEN * max(min(len(plain) - 1, 3), 1)


def masked_phone(phone: str) -> str:
    """The first three and last four of a long number: 138****8000; of a short one the last two."""
    digits = "".join(character for character in narrow(phone) if character.isdigit())
    if not digits:
        return ""
    if len(digits) >= 11:
        return digits[:3] + _HIDDEN * (len(digits) - 7) + digits[-4:]
    if len(digits) >= 7:
        return _HIDDEN * (len(digits) - 4) + digits[-4:]
    return _HIDDEN * max(len(digits) - 2, 0) + digits[-2:] if len(digits) > 2 else _HIDDEN * 2


@dataclass(frozen=True, slots=True)
class Mask:
    """Hides the names that it was made of, and whatever looks like a telephone number, wherever
    they stand in a text (2.12, 3.7, 4.9, 7.8). However many names there are, it costs the same.
    """

    names: frozenset[str]
    lengths: tuple[int, ...]
    """Of the names, the longest first."""

    @classmethod
    def of(cls, names: Iterable[str]) -> Mask:
        """A mask of those names."""
        known = frozenset(name for each in names if len(name := each.strip()) >= _SHORTEST)
        return cls(known, tuple(sorted({len(name) for name in known}, reverse=True)))

    def text(self, words: str) -> str:
        """The words with each name and number in them masked."""
        return self._without_names(_NUMBER.sub(lambda found: masked_phone(found[0]), words))

    def _without_names(self, words: str) -> str:
        shown: list[str] = []
        place = 0
        while place < len(words):
            found = self._name_at(words, place)
            shown.append(masked_name(found) if found else words[place])
            place += len(found) or 1
        return "".join(shown)

    def _name_at(self, words: str, place: int) -> str:
        """The longest name that begins there; a name in letters is no part of a longer word."""
        for length in self.lengths:
            found = words[place : place + length]
            if found in self.names and not (
                (_is_letter(words[place - 1 : place]) and _is_letter(found[0]))
                or (
                    _is_letter(words[place + length : place + length + 1]) and _is_letter(found[-1])
                )
            ):
                return found
        return ""


def _is_letter(character: str) -> bool:
    return character.isascii() and character.isalnum()
