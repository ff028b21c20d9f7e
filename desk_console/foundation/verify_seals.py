"""Verification of the seals: does each sealed table stand, with every trigger that keeps its rows?

A part of `verify`: the tables that are sealed and the wording of their seals are stated here a
second time, on purpose.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from desk_console.foundation.verify_rows import Found


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed table as it ought to be: its unique columns, and those that may be written later, or
    once, or be erased."""

    keys: tuple[str, ...] = ("id",)
    changeable: tuple[str, ...] = ()
    erasable: tuple[str, ...] = ()
    once: tuple[str, ...] = ()


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
    "relief_call": Sealed(once=("answered_at", "answered_by", "answer", "salt")),
    "request_step": Sealed(),
    "resident_change": Sealed(erasable=("was", "becomes", "reason", "salt", "erased_by")),
    "resident_look": Sealed(),
    "roster": Sealed(),
    "roster_news": Sealed(changeable=("acknowledged_at",)),
    "shift": Sealed(changeable=("closed_at", "started_at")),
    "shift_report": Sealed(once=("acknowledged_at", "acknowledged_by")),
    "signature": Sealed(),
    "signing_key": Sealed(("id", "public_key"), ("retired_at",)),
    "task_run": Sealed(),
    "tenure": Sealed(once=("ended_at", "reason", "salt")),
}
"""Every sealed table. A test holds this to what the packages declare."""


SINCE: Mapping[str, int] = {
    "outbox": 2,
    **dict.fromkeys(("duty_request", "request_step", "roster_news"), 3),
    **dict.fromkeys(("handover_note", "handover_refusal", "handover_release", "handover_seal"), 4),
    **dict.fromkeys(("handover_version", "handover_words", "relief_call", "shift_report"), 4),
    "notice_reply": 5,
    **dict.fromkeys(("resident_change", "resident_look"), 6),
}
"""Which sealed tables came with which schema; all others were there from the first."""

_FACTS_SINCE = 5
"""From which schema on a matter's event has facts that may be erased."""

_ONCE_SINCE = 7
"""From which schema on what is written later is sealed once it stands."""


def schema_of(connection: Any, tables: Collection[str]) -> int:
    """The schema that a file is judged by: its own. One that says less than what stands in it is
    taken for what stands in it, so that no seal is hidden by a smaller number.
    """
    columns = [row[1] for row in connection.execute("PRAGMA table_info(tenure)")]
    shown = [since for table, since in SINCE.items() if table in tables]
    if "salt" in columns:
        shown.append(_ONCE_SINCE)
    says = int(connection.execute("PRAGMA user_version").fetchone()[0])
    return max(says, *shown, 1)


def check_seals(connection: Any, tables: Collection[str], found: Found) -> None:
    """Holds the triggers that stand in the file against those that its schema has."""
    schema = schema_of(connection, tables)
    present = {
        row[0]: (row[1], _plain(row[2]))
        for row in connection.execute(
            "select name, tbl_name, sql from sqlite_schema where type = 'trigger'"
        )
    }
    expected: dict[str, str] = {}
    for table, newest in SEALED.items():
        sealed = _as_of(schema, table, newest)
        if table not in tables and SINCE.get(table, 1) > schema:
            continue
        if table not in tables:
            found(f"table:{table}", "foundation.verify_table_missing")
            continue
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        expected.update(_seals(table, sealed, columns))
    for name, words in expected.items():
        if name not in present:
            found(f"trigger:{name}", "foundation.verify_trigger_missing")
        elif present[name][1] != _plain(words):
            found(f"trigger:{name}", "foundation.verify_trigger_changed")
    for name, (table, _) in present.items():
        if table in SEALED and name not in expected:
            found(f"trigger:{name}", "foundation.verify_trigger_foreign")


def _as_of(schema: int, table: str, newest: Sealed) -> Sealed:
    """How a table was sealed in that schema."""
    if schema < _FACTS_SINCE and table == "matter_event":
        return replace(newest, erasable=tuple(one for one in newest.erasable if one != "facts"))
    if schema < _ONCE_SINCE and newest.once:
        later = tuple(one for one in newest.once if one != "salt")
        return replace(newest, changeable=(*newest.changeable, *later), once=())
    return newest


def _plain(words: str) -> str:
    return " ".join(words.lower().split())


def _seals(table: str, sealed: Sealed, columns: Sequence[str]) -> dict[str, str]:
    """The triggers that ought to stand on a table, by name."""
    free = sealed.changeable + sealed.once + sealed.erasable
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
    if sealed.once:
        changed = (f"(old.{name} <> '' and new.{name} is not old.{name})" for name in sealed.once)
        seals["set_once"] = (
            f"before update of {', '.join(sealed.once)} on {table} when {' or '.join(changed)}"
        )
    return {
        f"{table}_{name}": f"create trigger {table}_{name} {words} {stop}"
        for name, words in seals.items()
    }
