"""The search index: the one module that knows SQLite's FTS5.

Each entry is indexed as words of letters and digits and as pairs of all other characters, in the
same transaction as the entry itself. An addition adds a second, fuller line for the same entry;
lines are never taken away, because whatever an older one answers the newer one answers too.
"""

import re
from collections.abc import Iterator

from sqlalchemy import text
from sqlmodel import Session

from desk_console.log.search_terms import Searched, Word, plain, words

VERSIONS = 4096
"""Lines that one entry may have: a line's number is the entry's times this, plus how many came
before.
"""

CREATE = (
    "create virtual table entry_search using fts5("
    "words, letters, content='', columnsize=0, tokenize='ascii')"
)
"""Keeps the index only, not a second copy of the words."""

_INSERT = text("insert into entry_search(rowid, words, letters) values (:line, :words, :letters)")
_FIND = text(
    "select rowid / :versions as entry_id from entry_search"
    " where entry_search match :query and rowid < :before order by rowid desc"
)
_EMPTY = text("insert into entry_search(entry_search) values ('delete-all')")
_LARGEST = 2**62

_PIECE = re.compile(r"[a-z0-9]+|[^a-z0-9\s]+")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def add(session: Session, entry_id: int, searched: Searched, *, version: int) -> None:
    """Indexes an entry, inside the caller's transaction. `version` counts its lines from 0."""
    session.connection().execute(
        _INSERT,
        {
            "line": entry_id * VERSIONS + min(version, VERSIONS - 1),
            "words": " ".join(_document(searched)),
            "letters": " ".join(_letters(searched)),
        },
    )


def empty(session: Session) -> None:
    """Takes every line out, before all are made again."""
    session.connection().execute(_EMPTY)


def find(session: Session, typed: str, *, before: int | None, limit: int) -> list[int]:
    """Ids of the entries that answer, newest first, older than entry `before`; at most `limit`.

    Nothing asked is nothing found.
    """
    asked = words(typed)
    if not asked or limit <= 0:
        return []
    line = before * VERSIONS if before is not None else _LARGEST
    rows = session.connection().execute(
        _FIND, {"query": _query(asked), "before": line, "versions": VERSIONS}
    )
    found: list[int] = []
    with rows:
        for row in rows:
            if not found or found[-1] != row.entry_id:
                found.append(row.entry_id)
                if len(found) == limit:
                    break
    return found


def _document(searched: Searched) -> Iterator[str]:
    for each in searched.texts:
        for blank_parted in plain(each).split():
            yield from _word_tokens(blank_parted)
            yield "b"
    for unit in searched.units:
        yield f"u{_hidden(unit.lower())}"
    for phone in searched.phones:
        yield f"p{phone[::-1]}"
    for initials in searched.initials:
        yield f"i{initials}"


def _word_tokens(word: str) -> Iterator[str]:
    for piece in _PIECE.findall(word):
        if piece[0] in _DIGITS:
            yield f"w{piece}"
            continue
        for place in range(len(piece)):
            yield _gram(piece[place : place + 2])


def _letters(searched: Searched) -> list[str]:
    """Every character but plain letters and digits, once: for a query of a single one."""
    found = {character for each in searched.texts for character in plain(each)}
    return sorted(
        _gram(character)
        for character in found
        if character not in _DIGITS and not character.isspace()
    )


def _query(asked: tuple[Word, ...]) -> str:
    return " AND ".join(f"({' OR '.join(_alternatives(word))})" for word in asked)


def _alternatives(word: Word) -> Iterator[str]:
    yield _phrase(word.text)
    if word.unit is not None:
        yield f'words : "u{_hidden(word.unit)}"'
    if word.phone_ending is not None:
        yield f'words : "p{word.phone_ending[::-1]}" *'
    if word.initials is not None:
        yield f'words : "i{word.initials}" *'


def _phrase(word: str) -> str:
    if len(word) == 1 and word not in _DIGITS:
        return f'letters : "{_gram(word)}"'
    tokens = list(_word_tokens(word))
    last_piece = _PIECE.findall(word)[-1]
    if last_piece[0] not in _DIGITS and len(last_piece) > 1:
        # Its last character may stand before any other: the pair before it says all.
        tokens.pop()
        return f'words : "{" ".join(tokens)}"'
    return f'words : "{" ".join(tokens)}" *'


def _gram(characters: str) -> str:
    """One or two characters as letters and digits, four for each: nothing that FTS5 would
    interpret.
    """
    return "q" + "".join(_number(ord(character)) for character in characters)


def _number(code: int) -> str:
    digits = ""
    for _ in range(4):
        code, rest = divmod(code, 36)
        digits = _DIGITS[rest] + digits
    return digits


def _hidden(unit: str) -> str:
    return unit.replace("-", "z")
