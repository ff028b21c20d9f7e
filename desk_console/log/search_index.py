"""The search index: the one module that knows SQLite's FTS5.

Each record is a line of the index: its words of letters and digits, all other characters in pairs,
and single tokens for its units, phones, initials, days and marks. A change of a record adds a
line; lines are never taken away. The index names candidates only, each of which is held against
the record itself (see `search_source`): an older line may cost a moment, never a wrong answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain
from operator import add as add_text

from sqlmodel import Session

from desk_console.foundation.reading import driver_of, row, rows, stream
from desk_console.log.search_terms import (
    WEEK,
    Asked,
    Searched,
    Word,
    day_token,
    day_tokens,
    mentioned_units,
    plain,
    week_token,
)
from desk_console.log.units import UnitName

RULES = 4
"""Counts the ways in which lines were made. An index made in an older way has another name, so that
it is not found, and made again.
"""

Line = tuple[int, str, str]
"""A line's number, its words in their order, and its single characters."""

VERSIONS = 4096
"""Lines that one record may have, one for each change: its number holds how many came before."""

TABLE = f"search_line_{RULES}"

CREATE = (
    f"create virtual table {TABLE} using fts5("
    "words, letters, content='', columnsize=0, tokenize='ascii', prefix='3 4 5')"
)
"""Keeps the index only, not a second copy of the words. Beginnings of two to four letters or digits
(with the sign of their sort) have lists of their own: they are what is asked while one types.
"""

_SETTINGS = {"hashsize": 4_000_000, "automerge": 8}
"""What is written in one transaction is one piece of the index, of four megabytes; and pieces are
merged by eights. By the default, three pieces and fours, making it took a third longer.
"""

MOST_DAYS = 62
"""Days that a query asks for by weeks, and one by one at both ends; a longer time by its months.
Each name that is asked for is sought in each piece of the index.
"""

LONGEST_BEFORE, LONGEST_BETWEEN = 5, 3
"""Letters of a building or an entrance, and signs behind it, that are kept together with the number
that follows: `3栋1502` is then one token, where three are in too many records.
"""

MOST_SAMPLED = 64
"""Tokens of a line that are looked for, its last ones: a query has an end."""

_SOURCE = 48
"""Bits of a line's number below that of its source."""

_SET = f"insert into {TABLE}({TABLE}, rank) values (?, ?)"
_INSERT = f"insert into {TABLE}(rowid, words, letters) values (?, ?, ?)"
_FIND = (
    f"select rowid from {TABLE} where {TABLE} match :query"
    " and rowid >= :first and rowid < :before order by rowid desc"
)
_COUNT = (
    f"select count(distinct rowid / {VERSIONS}) as lines from {TABLE} where {TABLE} match :query"
    " and rowid >= :first and rowid < :before"
)
_INDEXES = (
    "select name from sqlite_schema where sql like 'create virtual table search_line%'"
    " or sql like 'create virtual table entry_search%'"
)
_EXISTS = "select 1 as is_there from sqlite_schema where name = :name"

_PIECE = re.compile(r"[a-z0-9]+|[^a-z0-9\s]+")
_DIGITS = frozenset("0123456789abcdefghijklmnopqrstuvwxyz")
_SIGNS = {
    code: chr(0xF0000 + code) for code in range(128) if chr(code) not in _DIGITS and code != 0x20
}
"""Plain punctuation as signs that FTS5 takes for letters, so that it is found as anything else."""


def exists(session: Session) -> bool:
    """Is there an index at all?"""
    return row(session, _EXISTS, name=TABLE) is not None


def make_anew(session: Session) -> None:
    """An empty index, whatever stood there before; those made in older ways go."""
    connection = session.connection()
    for found in rows(session, _INDEXES):
        connection.exec_driver_sql(f"drop table {found['name']}")
    connection.exec_driver_sql(CREATE)
    driver_of(session).executemany(_SET, _SETTINGS.items())


def newest(session: Session, source: int) -> int:
    """The largest record of a source that has a line; 0 where none has."""
    return next(candidates(session, source, Asked(), before=None), 0)


def count(session: Session, source: int) -> int:
    """How many records of a source have a line. Goes through all of them."""
    first = source << _SOURCE
    last = first + (1 << (_SOURCE - 1))
    found = rows(session, _COUNT, query=f'words : "s{source}"', first=first, before=last)
    return int(found[0]["lines"])


def add(session: Session, source: int, ref: int, searched: Searched, *, version: int = 0) -> None:
    """Adds a record's line, inside the caller's transaction. `version` counts its changes."""
    write(session, [line(source, ref, version, searched)])


def line(source: int, ref: int, version: int, searched: Searched) -> Line:
    """A record's line."""
    number = (source << _SOURCE) + ref * VERSIONS + min(version, VERSIONS - 1)
    return (number, *tokens(source, searched))


def write(session: Session, lines: Sequence[Line]) -> None:
    """Adds lines, inside the caller's transaction."""
    driver_of(session).executemany(_INSERT, lines)


def candidates(session: Session, source: int, query: Asked, *, before: int | None) -> Iterator[int]:
    """The records of a source that may answer, newest first, each once; older than `before`."""
    first = source << _SOURCE
    last = first + (before * VERSIONS if before is not None else 1 << (_SOURCE - 1))
    known = -1
    for (number,) in stream(session, _FIND, query=_query(source, query), first=first, before=last):
        ref = (number - first) // VERSIONS
        if ref != known:
            known = ref
            yield ref


def has(session: Session, source: int, ref: int, searched: Searched) -> bool:
    """Does a line of this record hold all that is searched of it?"""
    words, _ = tokens(source, searched)
    sought = list(dict.fromkeys(words.split(" ")))[-MOST_SAMPLED:]
    first = (source << _SOURCE) + ref * VERSIONS
    query = " AND ".join(f'words : "{token}"' for token in sought)
    return row(session, _FIND, query=query, first=first, before=first + VERSIONS) is not None


# What stands in a line


def tokens(source: int, searched: Searched) -> tuple[str, str]:
    """What stands in a record's line: its words in their order, and its single characters: every
    sign, and how words and initials begin.
    """
    texts = [plain(each) for each in searched.texts]
    found: list[str] = []
    joined: list[str] = []
    signs: list[str] = []
    beginnings = [f"i{initials[0]}" for initials in searched.initials if initials]
    for text in texts:
        pieces = _pieces(text)
        before = len(beginnings)
        for piece in pieces:
            if piece[0] in _DIGITS:
                found.append(f"w{piece}")
                beginnings.append(f"w{piece[0]}")
            else:
                found += _pairs(piece)
                signs.append(piece)
        if len(beginnings) > before + 1:
            joined += _joined(pieces)
    found += joined
    found += _names(source, searched, texts)
    return " ".join(found), " ".join(dict.fromkeys(chain(beginnings, *signs)))


def _names(source: int, searched: Searched, texts: list[str]) -> list[str]:
    """The single tokens of a record: for its source, units, phones, initials, days and marks."""
    found = [f"s{source}"]
    for unit in mentioned_units(searched, texts):
        found += _unit_tokens(unit)
    found += [f"p{phone[::-1]}" for phone in searched.phones]
    found += [f"i{initials}" for initials in searched.initials]
    for day in searched.days:
        found += day_tokens(day)
    found += map(_mark_token, searched.marks)
    return found


def _tokens(piece: str) -> list[str]:
    """A word of letters and digits whole; of anything else each character with the next one."""
    return [f"w{piece}"] if piece[0] in _DIGITS else _pairs(piece)


def _pairs(signs: str) -> list[str]:
    return [*map(add_text, signs, signs[1:]), signs[-1]]


def _joined(pieces: list[str]) -> list[str]:
    """Two words with the signs between them, where they may be parts of a unit."""
    return [
        f"t{before}{between}{word}"
        for before, between, word in zip(pieces, pieces[1:], pieces[2:], strict=False)
        if before[0] in _DIGITS
        and word[0] in _DIGITS
        and len(before) <= LONGEST_BEFORE
        and len(between) <= LONGEST_BETWEEN
    ]


def _pieces(words: str) -> list[str]:
    """The words of letters and digits, and the runs of anything else, as signs that FTS5 keeps."""
    return _PIECE.findall(words if words.isalnum() else words.translate(_SIGNS))


@lru_cache(maxsize=32768)
def _unit_tokens(unit: UnitName) -> list[str]:
    """A unit's name without its entrance, and with it where it has one."""
    found = [_unit_token(UnitName(unit.building, "", unit.room))]
    return [*found, _unit_token(unit)] if unit.entrance else found


def _unit_token(unit: UnitName) -> str:
    """`v` of building and room, `u` of building, entrance and room."""
    parts = [part for part in (unit.building, unit.entrance, unit.room) if part]
    return ("u" if unit.entrance else "v") + "-".join(parts).casefold().translate(_SIGNS)


@lru_cache(maxsize=1024)
def _mark_token(mark: str) -> str:
    return f"f{mark.translate(_SIGNS)}"


# What a query becomes


def _query(source: int, query: Asked) -> str:
    asked = [f"({' OR '.join(_alternatives(word))})" for word in query.words]
    for group in query.marks:
        marks = (f'words : "{_mark_token(mark)}"' for mark in group)
        asked.append(f"({' OR '.join(marks)})")
    asked += _between(query.since, query.until)
    return " AND ".join(asked or [f'words : "s{source}"'])


def _between(since: date | None, until: date | None) -> list[str]:
    """Weeks and days, or whole months; an open time asks nothing of the index."""
    if since is None or until is None or until < since:
        return []
    days = (until - since).days + 1
    if days > MOST_DAYS * 30:
        return []
    if days <= MOST_DAYS:
        tokens = list(_weeks_and_days(since, until))
    else:
        all_days = (since + timedelta(days=number) for number in range(days))
        tokens = list(dict.fromkeys(f"m{day:%Y%m}" for day in all_days))
    return [f"({' OR '.join(f'words : {token}' for token in tokens)})"]


def _weeks_and_days(since: date, until: date) -> Iterator[str]:
    """The fewest names that cover these days."""
    day = since
    while day <= until:
        is_week = day.toordinal() % WEEK == 0 and day + timedelta(days=WEEK - 1) <= until
        yield week_token(day) if is_week else f"d{day:%Y%m%d}"
        day += timedelta(days=WEEK if is_week else 1)


def _alternatives(word: Word) -> Iterator[str]:
    has_numbers = word.unit is not None or word.day is not None
    yield _numbers_query(word.text) if has_numbers else _text_query(word.text)
    if word.unit is not None:
        yield f'words : "{_unit_token(word.unit)}" *'
    if word.phone_ending is not None:
        yield f'words : "p{word.phone_ending[::-1]}" *'
    if word.initials is not None:
        yield (
            f'letters : "i{word.initials}"'
            if len(word.initials) == 1
            else f'words : "i{word.initials}" *'
        )
    if word.day is not None:
        yield f'words : "{day_token(word.day)}"'


def _numbers_query(word: str) -> str:
    """A unit or a day as text: each of its numbers together with the next one, the last as it
    begins. What cannot be asked for so is asked for as any other text.
    """
    pieces = _pieces(word)
    numbers = sum(piece[0] in _DIGITS for piece in pieces)
    *whole, last = _joined(pieces) or [""]
    if not last or len(whole) + 2 != numbers:
        return _text_query(word)
    ending = " *" if pieces[-1][0] in _DIGITS else ""
    asked = [*(f'words : "{each}"' for each in whole), f'words : "{last}"{ending}']
    return f"({' AND '.join(asked)})"


def _text_query(word: str) -> str:
    """The pieces of a word in their order; its last one may be the beginning of a longer one."""
    *before, last = _pieces(word)
    phrase = [token for piece in before for token in _tokens(piece)]
    if len(last) == 1:
        # One character begins too many words: it has a list of its own, without its place.
        sign = f"w{last}" if last in _DIGITS else last
        alone = f'letters : "{sign}"'
        return f'(words : "{" ".join(phrase)}" AND {alone})' if phrase else alone
    if last[0] in _DIGITS:
        return f'words : "{" ".join([*phrase, f"w{last}"])}" *'
    # The pair before the last character says all: that may stand before any other.
    pairs = _tokens(last)[:-1]
    return f'words : "{" ".join([*phrase, *pairs])}"'
