"""Verification of a file: has anything that was sealed been changed, removed, added or moved?

It reads only, needs nothing but the file, and shares with the writers the canonical form alone: the
tables that are sealed and the wording of their seals are stated here a second time, on purpose.
"""

from __future__ import annotations

import json
import sqlite3 as system_sqlite
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desk_console.foundation.canonical import canonical, canonical_text, sha256
from desk_console.foundation.catalogue import Message, message
from desk_console.foundation.verify_handovers import HandoverBook, bare, receipt
from desk_console.foundation.verify_orders import Orders

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


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed table as it ought to be: its unique columns, and those that may be written later."""

    keys: tuple[str, ...] = ("id",)
    changeable: tuple[str, ...] = ()
    erasable: tuple[str, ...] = ()


SEALED: Mapping[str, Sealed] = {
    "addition": Sealed(
        ("id", "form_id"), (), ("words", "reason", "particulars", "salt", "erased_by")
    ),
    "attendance": Sealed(changeable=("left_at", "left_early_minutes", "leave_reason", "is_fit")),
    "check_answer": Sealed(),
    "duty": Sealed(changeable=("withdrawn_at",)),
    "duty_request": Sealed(("id", "form_id"), ("state", "revision")),
    "entry": Sealed(
        ("id", "form_id"),
        (),
        (
            "caller",
            "unit_id",
            "unit_text",
            "resident_id",
            "phone",
            "content",
            "action",
            "result",
            "particulars",
            "salt",
            "erased_by",
        ),
    ),
    "handover_note": Sealed(erasable=("words", "salt", "erased_by")),
    "handover_refusal": Sealed(erasable=("reason", "salt", "erased_by")),
    "handover_release": Sealed(erasable=("reason", "salt", "erased_by")),
    "handover_seal": Sealed(("id", "handover_id")),
    "handover_version": Sealed(),
    "handover_words": Sealed(erasable=("words", "salt", "erased_by")),
    "item_movement": Sealed(),
    "journal": Sealed(("seq",)),
    "matter_event": Sealed(erasable=("words", "facts", "salt", "erased_by")),
    "notice": Sealed(),
    "notice_reply": Sealed(erasable=("who", "words", "salt", "erased_by")),
    "outbox": Sealed(
        ("id", "uid"),
        ("state", "tries", "next_try_at", "claimed_at", "sent_at", "last_error"),
        ("given", "erased_by"),
    ),
    "relief_call": Sealed(changeable=("answered_at", "answered_by", "answer")),
    "request_step": Sealed(),
    "resident_change": Sealed(erasable=("was", "becomes", "reason", "salt", "erased_by")),
    "resident_look": Sealed(),
    "roster": Sealed(),
    "roster_news": Sealed(changeable=("acknowledged_at",)),
    "shift": Sealed(changeable=("closed_at", "started_at")),
    "shift_report": Sealed(changeable=("acknowledged_at", "acknowledged_by")),
    "signature": Sealed(),
    "signing_key": Sealed(("id", "public_key"), ("retired_at",)),
    "task_run": Sealed(),
    "tenure": Sealed(changeable=("ended_at", "reason")),
}
"""Every sealed table. A test holds this to what the packages declare."""

DIGESTED: Mapping[str, tuple[str, ...]] = {
    "entry": ("caller", "unit_text", "phone", "content", "action", "result", "particulars"),
    "addition": ("words", "reason", "particulars"),
    "handover_note": ("words",),
    "handover_refusal": ("reason",),
    "handover_release": ("reason",),
    "matter_event": ("words", "facts"),
    "notice_reply": ("who", "words"),
    "resident_change": ("was", "becomes", "reason"),
}
"""The tables whose words stand outside the chain: the journal holds a salted digest of these."""

_JSON = frozenset({"particulars", "facts", "was", "becomes"})
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
    try:
        connection.execute("PRAGMA query_only=ON")
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.execute("select count(*) from sqlite_schema").fetchone()
    except _driver().OperationalError as error:
        connection.close()
        if "unable to open" not in str(error) and "readonly" not in str(error):
            raise
        # A folder where not even the shared-memory file can be made: nobody is writing here.
        return _driver().connect(f"{uri}&immutable=1", uri=True, isolation_level=None)
    return connection


class _Reader:
    """One reading of one file."""

    def __init__(self) -> None:
        self._findings: list[Finding] = []
        self._hashes: list[str] = []
        self._digests: dict[str, str] = {}
        self._keys: dict[str, int] = {}
        self._signatures = 0
        self._handovers = HandoverBook()
        self._erased: list[Erasure] = []
        self._orders = Orders()

    def found(self, place: str, key: str, **values: object) -> None:
        self._findings.append(Finding(place, message(key, place=place, **values)))

    def verification(self) -> Verification:
        return Verification(
            tuple(self._findings),
            len(self._hashes),
            self._hashes[-1] if self._hashes else _FIRST_LINK,
            self._signatures,
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
        self._journal(_rows(connection, "select * from journal order by seq"))
        self._triggers(connection, tables)
        self._signed(_rows(connection, "select * from signature order by id"))
        for table in DIGESTED:
            self._digested(table, _rows(connection, f"select * from {table} order by id"))
        self._enrolled(_rows(connection, "select * from signing_key order by id"))
        if "handover_seal" in tables:
            self._handovers.check(
                lambda query: _rows(connection, query), self.found, gone=self._gone
            )
        for row in _rows(connection, _ERASED_MAIL) if "outbox" in tables else ():
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
            except TypeError:
                self.found(place, "foundation.verify_row_changed")
            expected, previous = row["seq"] + 1, row["hash"]
            self._hashes.append(str(row["hash"]))
            self._note(row, place)

    def _note(self, row: Mapping[str, Any], place: str) -> None:
        """What later checks need of a journal row: keys enrolled, digests of words, orders."""
        try:
            body = json.loads(row["body"])
        except (TypeError, ValueError):
            self.found(place, "foundation.verify_row_changed")
            return
        if not isinstance(body, dict):
            return
        self._handovers.note(row, body)
        if isinstance(key := body.get("public_key"), str):
            self._keys[key] = int(body.get("person_id", row["person_id"] or 0))
        if isinstance(digest := body.get("digest"), str):
            self._digests[_place_of(row, body)] = digest
        self._orders.note(row, body)

    def _triggers(self, connection: Any, tables: set[str]) -> None:
        present = {
            row[0]: (row[1], _plain(row[2]))
            for row in connection.execute(
                "select name, tbl_name, sql from sqlite_schema where type = 'trigger'"
            )
        }
        expected: dict[str, str] = {}
        for table, sealed in SEALED.items():
            if table not in tables:
                self.found(f"table:{table}", "foundation.verify_table_missing")
                continue
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            expected.update(_seals(table, sealed, columns))
        for name, words in expected.items():
            if name not in present:
                self.found(f"trigger:{name}", "foundation.verify_trigger_missing")
            elif present[name][1] != _plain(words):
                self.found(f"trigger:{name}", "foundation.verify_trigger_changed")
        for name, (table, _) in present.items():
            if table in SEALED and name not in expected:
                self.found(f"trigger:{name}", "foundation.verify_trigger_foreign")

    def _enrolled(self, rows: Iterable[dict[str, Any]]) -> None:
        for row in rows:
            if self._keys.get(row["public_key"]) != row["person_id"]:
                self.found(f"signing_key:{row['id']}", "foundation.verify_key_unknown")

    def _signed(self, rows: Iterable[dict[str, Any]]) -> None:
        for row in rows:
            self._signatures += 1
            fault = self._fault_of_signature(row)
            if fault is not None:
                self.found(f"signature:{row['id']}", fault)

    def _fault_of_signature(self, row: Mapping[str, Any]) -> str | None:
        from nacl.exceptions import BadSignatureError
        from nacl.signing import VerifyKey

        try:
            statement = json.loads(row["statement"])
            if canonical_text(statement) != row["statement"]:
                return "foundation.verify_signature_bad"
            VerifyKey(bytes.fromhex(row["public_key"])).verify(
                row["statement"].encode(), bytes.fromhex(row["signature"])
            )
        except (BadSignatureError, ValueError, TypeError):
            return "foundation.verify_signature_bad"
        stated = {name: row[name] for name in ("subject", "meaning", "public_key", "at")}
        if any(statement.get(name) != value for name, value in stated.items()):
            return "foundation.verify_signature_moved"
        if self._keys.get(row["public_key"]) != row["person_id"]:
            return "foundation.verify_key_unknown"
        return None

    def _digested(self, table: str, rows: Iterable[dict[str, Any]]) -> None:
        seen: set[str] = set()
        for row in rows:
            place = _place(table, row)
            seen.add(place)
            if row["erased_by"] is not None:
                self._gone(place, row["erased_by"])
            elif place not in self._digests:
                self.found(place, "foundation.verify_unjournaled")
            elif self._digests[place] != _digest(row, DIGESTED[table]):
                self.found(place, "foundation.verify_words_changed")
        for place in self._digests:
            if place.startswith(f"{table}:") and place not in seen:
                self.found(place, "foundation.verify_record_missing")

    def _gone(self, place: str, row: object) -> None:
        """Words that are missing: by which order? It must name the place."""
        if (order := self._orders.that_took(place, row)) is None:
            self.found(place, "foundation.verify_erased_without_order")
        else:
            self._erased.append(Erasure(place, int(str(row)), order))

    def _receipts(self, receipts: Sequence[str]) -> None:
        codes = {receipt(each) for each in self._hashes}
        for code in receipts:
            if bare(code) not in codes:
                self.found(f"receipt:{code}", "foundation.verify_receipt_unknown")


def _place(table: str, row: Mapping[str, Any]) -> str:
    """How a row with words of its own is called; a matter's steps by the matter's revision."""
    if table == "matter_event":
        return f"matter_event:{row['matter_id']}.{row['revision']}"
    return f"{table}:{row['id']}"


def _place_of(row: Mapping[str, Any], body: Mapping[str, Any]) -> str:
    """Where the words stand whose digest a journal row holds."""
    table, _, number = str(row["subject"]).partition(":")
    if table == "entry" and "addition" in body:
        return f"addition:{body['addition']}"
    if table == "notice" and "reply" in body:
        return f"notice_reply:{body['reply']}"
    if table in ("resident", "unit") and "change" in body:
        return f"resident_change:{body['change']}"
    if table == "matter" and "revision" in body:
        return f"matter_event:{number}.{body['revision']}"
    return str(row["subject"])


def _rows(connection: Any, query: str) -> Iterator[dict[str, Any]]:
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description]
    for row in cursor:
        yield dict(zip(names, row, strict=True))


def _plain(words: str) -> str:
    return " ".join(words.lower().split())


def _seals(table: str, sealed: Sealed, columns: Sequence[str]) -> dict[str, str]:
    """The triggers that ought to stand on a table, by name."""
    free = sealed.changeable + sealed.erasable
    kept = ", ".join(column for column in columns if column not in free)
    same = " or ".join(f"{key} = new.{key}" for key in sealed.keys)
    stop = f"begin select raise(abort, 'sealed: {table}'); end"
    seals = {
        "unchanged": f"before update of {kept} on {table}",
        "unremoved": f"before delete on {table}",
        "unreplaced": f"before insert on {table} when exists (select 1 from {table} where {same})",
    }
    if sealed.erasable:
        seals["erased_once"] = (
            f"before update of {', '.join(sealed.erasable)} on {table} "
            "when old.erased_by is not null or new.erased_by is null"
        )
    return {
        f"{table}_{name}": f"create trigger {table}_{name} {words} {stop}"
        for name, words in seals.items()
    }


def _digest(row: Mapping[str, Any], names: Sequence[str]) -> str:
    """The salted digest of a row's words, as the journal holds it."""
    words = {name: json.loads(row[name]) if name in _JSON else row[name] for name in names}
    if words.get("facts") == {}:
        del words["facts"]  # steps without facts have none in their digest
    return sha256(canonical({"salt": row["salt"], "words": words}))
