"""Verification of a file: has anything that was sealed been changed, removed, added or moved?

It reads only, needs nothing but the file, and shares with the writers the canonical form alone. Its
parts: the seals of its tables (`verify_seals`), signatures (`verify_signatures`), words
(`verify_words`), handovers (`verify_handovers`, `verify_sealings`), rows that the journal tells of
(`verify_told`), what was written later (`verify_later`), orders to erase (`verify_orders`).
"""

from __future__ import annotations

import sqlite3 as system_sqlite
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from desk_console.foundation.canonical import canonical_text, sha256
from desk_console.foundation.catalogue import Message, message
from desk_console.foundation.verify_handovers import HandoverBook
from desk_console.foundation.verify_later import Later
from desk_console.foundation.verify_orders import Orders
from desk_console.foundation.verify_receipts import bare, receipt
from desk_console.foundation.verify_rows import is_as_stored, parsed, sayable, text_of
from desk_console.foundation.verify_seals import check_seals
from desk_console.foundation.verify_signatures import Signatures
from desk_console.foundation.verify_told import Told
from desk_console.foundation.verify_words import DIGESTED, Words

_MAGIC = b"SQLite format 3\x00"
_FIRST_LINK = "0" * 64
_CHAINED = (
    "seq",
    "at",
    "offset_minutes",
    "act",
    "person_id",
    "console",
    "subject",
    "clause",
    "body",
    "prev",
)


_ERASED_MAIL = "select id, erased_by from outbox where erased_by is not null order by id"


class Unverifiable(Exception):
    """The file could not be read at all: exit code 2. `message` says why."""

    def __init__(self, why: Message) -> None:
        """`why` is put in words where it is shown."""
        super().__init__(why.key)
        self.message = why


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was sealed."""

    place: str
    """Where: `journal:17`, `signature:3`, `entry:5`, `trigger:entry_unchanged`."""
    message: Message

    def __str__(self) -> str:
        """For logs: the place and the key."""
        return f"{self.place} {self.message.key}"


@dataclass(frozen=True, slots=True)
class Erasure:
    """Words that were erased by order."""

    place: str
    row: int
    """The order's row in the journal."""
    order: str
    """The number of the order, as it was given."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What a verification found, the first bad place first."""

    findings: tuple[Finding, ...]
    rows: int
    """Rows of the journal that were read."""
    head: str
    """The hash of the last row."""
    signatures: int
    erased: tuple[Erasure, ...]
    """What was erased by order, in the order of its places."""

    @property
    def is_good(self) -> bool:
        """True where nothing was found."""
        return not self.findings


def verify(path: Path, *, receipts: Sequence[str] = ()) -> Verification:
    """Reads the file through. `receipts` are codes that people kept: each must be in the chain.

    Raises Unverifiable where there is no file, no right to read it, or it is no database of ours.
    """
    if not path.is_file():
        raise Unverifiable(message("foundation.verify_no_file", file=str(path)))
    try:
        with path.open("rb") as file:
            if file.read(len(_MAGIC)) != _MAGIC:
                raise Unverifiable(message("foundation.verify_no_database", file=str(path)))
    except PermissionError:
        raise Unverifiable(message("foundation.file_unreadable", file=str(path))) from None
    reader = _Reader()
    try:
        with closing(_open(path)) as connection:
            reader.read(connection, receipts)
    except _driver().DatabaseError as error:
        reader.found("file", "foundation.verify_damaged", words=str(error))
    except (AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        # Tables that no program of ours made: found as well, not a fault of the reading.
        reader.found("file", "foundation.verify_damaged", words=type(error).__name__)
    return reader.verification()


def _driver() -> Any:
    try:
        from pysqlite3 import dbapi2
    except ImportError:
        return system_sqlite
    return dbapi2


def _open(path: Path) -> Any:
    uri = f"{path.resolve().as_uri()}?mode=ro"
    connection = _driver().connect(uri, uri=True, isolation_level=None, timeout=5)
    connection.text_factory = text_of
    try:
        connection.execute("PRAGMA query_only=ON")
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.execute("select count(*) from sqlite_schema").fetchone()
    except _driver().OperationalError as error:
        connection.close()
        if "unable to open" not in str(error) and "readonly" not in str(error):
            raise
        # A folder where not even the shared-memory file can be made: nobody is writing here.
        connection = _driver().connect(f"{uri}&immutable=1", uri=True, isolation_level=None)
        connection.text_factory = text_of
    return connection


class _Reader:
    """One reading of one file."""

    def __init__(self) -> None:
        self._findings: list[Finding] = []
        self._hashes: list[str] = []
        self._words = Words()
        self._later = Later()
        self._told = Told()
        self._signatures = Signatures()
        self._handovers = HandoverBook()
        self._erased: list[Erasure] = []
        self._orders = Orders()

    def found(self, place: str, key: str, **values: object) -> None:
        said = {name: sayable(value) for name, value in values.items()}
        place = str(sayable(place))
        self._findings.append(Finding(place, message(key, place=place, **said)))

    def verification(self) -> Verification:
        return Verification(
            tuple(self._findings),
            len(self._hashes),
            self._hashes[-1] if self._hashes else _FIRST_LINK,
            self._signatures.count,
            tuple(self._erased),
        )

    def read(self, connection: Any, receipts: Sequence[str]) -> None:
        connection.execute("BEGIN")
        tables = {row[0] for row in connection.execute("select name from sqlite_schema")}
        if "journal" not in tables:
            self.found("journal", "foundation.verify_no_journal")
            return
        for row in connection.execute("PRAGMA integrity_check(5)"):
            if row[0] != "ok":
                self.found("file", "foundation.verify_damaged", words=str(row[0]))
        read = partial(_rows, connection)
        self._journal(read("select * from journal order by seq"))
        check_seals(connection, tables, self.found)
        self._signatures.check(read, self.found)
        for table in (one for one in DIGESTED if one in tables):
            rows = read(f"select * from {table} order by id")
            self._words.check(table, rows, self.found, gone=self._gone)
        self._signatures.check_keys(read, self.found)
        if "handover_seal" in tables:
            self._handovers.check(read, self.found, gone=self._gone)
            self._told.check(read, self.found)
            self._later.check(read, self.found)
        elif self._handovers.is_told_of:
            self.found("table:handover_seal", "foundation.verify_table_missing")
        for row in read(_ERASED_MAIL) if "outbox" in tables else ():
            self._gone(f"outbox:{row['id']}", row["erased_by"])
        self._receipts(receipts)

    def _journal(self, rows: Iterable[dict[str, Any]]) -> None:
        expected, previous = 1, _FIRST_LINK
        for row in rows:
            place = f"journal:{row['seq']}"
            if row["seq"] != expected:
                self.found(f"journal:{expected}", "foundation.verify_row_missing", next=row["seq"])
            elif row["prev"] != previous:
                self.found(place, "foundation.verify_row_unlinked")
            content = {name: row[name] for name in _CHAINED}
            try:
                if sha256(canonical_text(content).encode()) != row["hash"]:
                    self.found(place, "foundation.verify_row_changed")
            except (TypeError, ValueError):
                self.found(place, "foundation.verify_row_changed")
            expected, previous = row["seq"] + 1, row["hash"]
            self._hashes.append(str(sayable(row["hash"])))
            self._note(row, place)

    def _note(self, row: Mapping[str, Any], place: str) -> None:
        """What later checks need of a journal row: keys enrolled, digests of words, orders."""
        body = parsed(row["body"])
        if not isinstance(body, dict) or not is_as_stored(row["body"]):
            self.found(place, "foundation.verify_row_changed")
            return
        self._handovers.note(row, body)
        self._signatures.note(row, body)
        self._words.note(row, body)
        self._told.note(row, body)
        self._later.note(row, body)
        self._orders.note(row, body)

    def _gone(self, place: str, row: object) -> bool:
        """Words that are missing: by which order? It must name the place."""
        order = self._orders.that_took(place, row)
        if order is None:
            self.found(place, "foundation.verify_erased_without_order")
        else:
            self._erased.append(Erasure(place, int(str(row)), str(sayable(order))))
        return order is not None

    def _receipts(self, receipts: Sequence[str]) -> None:
        codes = {receipt(each) for each in self._hashes} if receipts else set()
        for code in receipts:
            if not bare(code) or bare(code) not in codes:
                self.found(f"receipt:{code}", "foundation.verify_receipt_unknown")


def _rows(connection: Any, query: str) -> Iterator[dict[str, Any]]:
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description]
    for row in cursor:
        yield dict(zip(names, row, strict=True))
