"""What a sheet is made of. A form is put together from these, and HTML and PDF both print them.

Labels are in both languages, the sheet's own first; what people wrote stands as they wrote it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import ClassVar

from desk_console.foundation.catalogue import LANGUAGES, Catalogue, Language, pair

TEXTS = "outputs.sheets"
"""Where the labels of the sheets are worded."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label in both languages."""

    zh: str
    en: str

    def first(self, language: Language) -> str:
        """In the sheet's own language."""
        return (self.zh, self.en)[LANGUAGES.index(language)]

    def second(self, language: Language) -> str:
        """In the other one; empty where it is the same."""
        other = (self.en, self.zh)[LANGUAGES.index(language)]
        return "" if other == self.first(language) else other

    def line(self, language: Language) -> str:
        """Both on one line."""
        return " ".join(filter(None, (self.first(language), self.second(language))))


def label(name: str) -> Label:
    """The label of that name."""
    return Label(*pair(f"{TEXTS}.{name}"))


def label_of(key: str) -> Label:
    """The label that another package words: `matters.field_place`."""
    return Label(*pair(key))


@dataclass(frozen=True, slots=True)
class Given:
    """A label and what was filled in. Empty is left blank, for a pen."""

    label: Label
    value: str
    is_wide: bool = False
    """It takes a row of its own."""


def given(name: str, value: str | None, *, wide: bool = False) -> Given:
    """A field by the name of its label."""
    return Given(label(name), value or "", wide)


@dataclass(frozen=True, slots=True)
class Fields:
    """Labels and values side by side, some to a row."""

    kind: ClassVar[str] = "fields"
    given: tuple[Given, ...]
    title: Label | None = None
    across: int = 3

    def rows(self) -> Iterator[list[tuple[Given, int]]]:
        """Each row's fields, and over how many of the `2 * across` columns each value goes."""
        row: list[Given] = []
        for each in self.given:
            if each.is_wide or len(row) == self.across:
                if row:
                    yield self._spread(row)
                row = []
            if each.is_wide:
                yield self._spread([each])
            else:
                row.append(each)
        if row:
            yield self._spread(row)

    def _spread(self, row: Sequence[Given]) -> list[tuple[Given, int]]:
        """The last value of a row takes what is left of it."""
        left = 2 * (self.across - len(row)) + 1
        return [(each, 1) for each in row[:-1]] + [(row[-1], left)]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a grid: its heading, and its part of the width."""

    label: Label
    share: int
    is_centred: bool = False


def column(name: str, share: int, *, centred: bool = False) -> Column:
    """A column by the name of its label."""
    return Column(label(name), share, centred)


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows under headings. The headings come again on each page."""

    kind: ClassVar[str] = "grid"
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    title: Label | None = None
    blank: int = 0
    """At least so many rows: those that are missing are left empty for a pen."""
    shaded: frozenset[int] = frozenset()
    """Columns with a grey ground: weekends, holidays."""
    is_small: bool = False
    """Many narrow columns: small print."""

    def padded(self) -> tuple[tuple[str, ...], ...]:
        """The rows, and the empty ones after them."""
        empty = ("",) * len(self.columns)
        return (*self.rows, *(empty for _ in range(self.blank - len(self.rows))))


@dataclass(frozen=True, slots=True)
class Prose:
    """A label with words of several lines under it."""

    kind: ClassVar[str] = "prose"
    label: Label
    words: str
    lines: int = 2
    """At least so much room, for a pen."""


@dataclass(frozen=True, slots=True)
class Signed:
    """One signature: as what, who, when, and what was signed with."""

    label: Label
    name: str = ""
    at: str = ""
    note: str = ""
    """Whether the signature holds, or the key's beginning; empty for a pen."""


@dataclass(frozen=True, slots=True)
class Signatures:
    """Signatures beside each other."""

    kind: ClassVar[str] = "signatures"
    signed: tuple[Signed, ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """The receipt code of something sealed, also as a square to scan."""

    kind: ClassVar[str] = "receipt"
    code: str
    note: Label


Block = Fields | Grid | Prose | Signatures | Receipt


@dataclass(frozen=True, slots=True)
class Sheet:
    """One form, filled in."""

    title: Label
    site: str
    file: str
    """Its name as a file, without ending."""
    blocks: tuple[Block, ...]
    number: str = ""
    is_landscape: bool = False
    notes: tuple[Label, ...] = ()
    """Under the form: what its signs mean."""
    has_personal_data: bool = False
    """Residents' data stands on it: it says so at its foot."""


@dataclass(frozen=True, slots=True)
class Printed:
    """When and by whom a sheet was made, for its foot."""

    at: str
    by: str


def stamp(at: datetime | None, words: Catalogue) -> str:
    """An instant with its year, in the site's zone; empty where it has not come."""
    return f"{at.astimezone(words.zone):%Y-%m-%d %H:%M}" if at else ""


def joined(parts: Sequence[str], sign: str = " ") -> str:
    """The parts that are there, one after the other."""
    return sign.join(part for part in parts if part)


def runs(numbers: Sequence[int]) -> str:
    """Days of a month in short: 1-3, 7."""
    found = []
    for _, group in groupby(enumerate(sorted(numbers)), lambda pair: pair[1] - pair[0]):
        days = [day for _, day in group]
        found.append(f"{days[0]}-{days[-1]}" if len(days) > 1 else str(days[0]))
    return ", ".join(found)
