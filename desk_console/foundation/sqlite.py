"""Everything that only SQLite has: how it is opened, begun, sealed, checked, copied. No other
module knows.

The bundled SQLite of pysqlite3 is used where it is to be had. An older one may lose writes in WAL
mode when two connections write at once, so there the rollback journal is used, with the sync that
outlives a power cut.

SQLAlchemy is loaded when the first engine is made: the first figures are read without it.
"""

from __future__ import annotations

import os
import sqlite3 as system_sqlite
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from desk_console.foundation.columns import Seal

APPLICATION_ID = 0x4445534B
"""Marks a file as a desk-console's: the letters DESK."""

BUSY_MILLISECONDS = 5000
"""How long a connection waits for another's write before it gives up."""

_FIRST_SAFE_WAL = (3, 51, 3)


def driver() -> Any:
    """The SQLite to use: the bundled one, else the system's."""
    try:
        from pysqlite3 import dbapi2
    except ImportError:
        return system_sqlite
    return dbapi2


def library_version() -> tuple[int, ...]:
    """The version of the SQLite in use."""
    return tuple(driver().sqlite_version_info)


def is_wal_safe() -> bool:
    """True where the SQLite in use is free of the WAL-reset defect."""
    return library_version() >= _FIRST_SAFE_WAL


def make_engine(path: Path, *, writing: bool, is_unfinished: bool = False) -> Engine:
    """An engine on the file. Writing units begin at once as writers; reading ones only read.

    `is_unfinished`: nobody relies on the file yet, and its maker syncs it when it is whole.
    """
    from sqlalchemy import create_engine, event

    name = f"{_uri(path, read_only=True)}&uri=true" if is_frozen(path) else str(path)
    engine = create_engine(
        f"sqlite:///{name}", module=driver(), connect_args={"check_same_thread": False}
    )
    event.listen(engine, "connect", _prepare if writing else _prepare_reader)
    if is_unfinished:
        event.listen(engine, "connect", _leave_unsynced)
    begin = "BEGIN IMMEDIATE" if writing else "BEGIN"
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    journal_mode, synchronous = ("WAL", "FULL") if is_wal_safe() else ("DELETE", "EXTRA")
    for pragma in (
        f"busy_timeout={BUSY_MILLISECONDS}",
        f"journal_mode={journal_mode}",
        f"synchronous={synchronous}",
        "foreign_keys=ON",
        "recursive_triggers=ON",
        "trusted_schema=OFF",
        "cell_size_check=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _leave_unsynced(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA synchronous=OFF")


def _prepare_reader(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    for pragma in (f"busy_timeout={BUSY_MILLISECONDS}", "query_only=ON", "trusted_schema=OFF"):
        connection.execute(f"PRAGMA {pragma}")


def connect(path: Path, *, read_only: bool = True, is_shared: bool = False) -> Any:
    """A bare connection, for looking at a file before it is trusted. Closed by the caller.

    `is_shared`: threads use it one after the other, which the caller sees to.
    """
    return driver().connect(
        _uri(path, read_only=read_only),
        uri=True,
        isolation_level=None,
        timeout=BUSY_MILLISECONDS / 1000,
        check_same_thread=not is_shared,
    )


def is_frozen(path: Path) -> bool:
    """True where a file can only be read as it lies: in its folder nothing can be made, not even
    what a reader of a write-ahead log needs, and no log is waiting there.
    """
    if not path.is_file() or os.access(path.parent, os.W_OK):
        return False
    log = path.with_name(path.name + "-wal")
    return not log.exists() or log.stat().st_size == 0


def _uri(path: Path, *, read_only: bool) -> str:
    uri = f"{path.resolve().as_uri()}?mode={'ro' if read_only else 'rw'}"
    return f"{uri}&immutable=1" if read_only and is_frozen(path) else uri


def seal_statements(sealed: Seal, columns: Sequence[str]) -> tuple[str, ...]:
    """The triggers that keep a table's rows: no change, no removal, no overwriting by the back
    door.

    `columns` are all the table's columns; those that its seal names as changeable may be updated.
    """
    table = sealed.table
    free = {*sealed.changeable, *sealed.once, *sealed.erasable}
    kept = ", ".join(column for column in columns if column not in free)
    same = " or ".join(f"{key} = new.{key}" for key in sealed.keys)
    stop = f"begin select raise(abort, 'sealed: {table}'); end"
    triggers = [
        f"create trigger {table}_unchanged before update of {kept} on {table} {stop}",
        f"create trigger {table}_unremoved before delete on {table} {stop}",
        f"create trigger {table}_unreplaced before insert on {table} "
        f"when exists (select 1 from {table} where {same}) {stop}",
    ]
    if sealed.erasable:
        triggers.append(
            f"create trigger {table}_erased_once before update of {', '.join(sealed.erasable)} "
            f"on {table} when old.erased_by is not null or new.erased_by is null {stop}"
        )
    if sealed.once:
        is_changed = " or ".join(
            f"(old.{name} <> '' and new.{name} is not old.{name})" for name in sealed.once
        )
        triggers.append(
            f"create trigger {table}_set_once before update of {', '.join(sealed.once)} "
            f"on {table} when {is_changed} {stop}"
        )
    return tuple(triggers)


@contextmanager
def overwriting(connection: Connection) -> Iterator[None]:
    """What is changed or removed meanwhile is overwritten in the file, not only let go of."""
    connection.exec_driver_sql("PRAGMA secure_delete=ON")
    try:
        yield
    finally:
        connection.exec_driver_sql("PRAGMA secure_delete=OFF")


def data_version(connection: Any) -> int:
    """A number that changes when another connection has written to the file."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])


def faults(path: Path, *, full: bool) -> list[str]:
    """What SQLite itself finds wrong in the file: pages, indexes (when full), references. Empty
    is good.
    """
    with closing(connect(path)) as connection:
        check = "integrity_check" if full else "quick_check"
        found = [row[0] for row in connection.execute(f"PRAGMA {check}") if row[0] != "ok"]
        found += [
            f"{row[0]} row {row[1]} refers to a missing {row[2]}"
            for row in connection.execute("PRAGMA foreign_key_check")
        ]
    return found


def copy_whole(source: Path, target: Path, *, check: Callable[[Path], list[str]]) -> list[str]:
    """Copies a live database to `target`: under a temporary name, synced, checked, then renamed.

    Returns what the check found; the target appears only when it found nothing.
    """
    unfinished = target.with_name(f".{target.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        with closing(connect(source)) as connection:
            connection.execute("VACUUM INTO ?", (str(unfinished),))
        found = check(unfinished)
        if not found:
            finish(unfinished, target)
        return found
    finally:
        unfinished.unlink(missing_ok=True)


def finish(unfinished: Path, path: Path) -> None:
    """Gives a file that was made unsynced its name, once it is whole and on the disk."""
    with unfinished.open("rb+") as file:
        os.fsync(file.fileno())
    unfinished.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Makes sure that a folder's new names are on the disk (where the system can)."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
