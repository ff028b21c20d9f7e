"""The file before it is trusted: is it ours, is it new enough, is it too new; and making it so.

A file made by a newer program is refused; an older one is brought up to date after a backup. The
schema's number stands in the file itself and is read by one query, so that a start costs nothing
when all is well.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from enum import Enum
from pathlib import Path

from desk_console.foundation import sqlite
from desk_console.foundation.refusal import Refusal

SCHEMA = 12
"""The number of the newest migration; a test holds it to that."""

_MAGIC = b"SQLite format 3\x00"


class Standing(Enum):
    """What a look at the file found."""

    ABSENT = "absent"
    BEHIND = "behind"
    CURRENT = "current"


def standing(path: Path) -> Standing:
    """Whether the file is there and up to date.

    Refuses a folder, an empty or foreign file, one with a damaged head, and one from a newer
    program.
    """
    if path.is_dir():
        raise Refusal("foundation.file_is_folder", file=str(path))
    if not path.exists():
        return Standing.ABSENT
    try:
        with path.open("rb") as file:
            start = file.read(len(_MAGIC))
    except PermissionError:
        raise Refusal("foundation.file_unreadable", file=str(path)) from None
    if start != _MAGIC:
        raise Refusal("foundation.file_damaged", file=str(path))
    application, number = _marks(path)
    if application != sqlite.APPLICATION_ID:
        raise Refusal("foundation.file_foreign", file=str(path))
    if number > SCHEMA:
        raise Refusal("foundation.file_newer", file=str(path), found=number, known=SCHEMA)
    return Standing.CURRENT if number == SCHEMA else Standing.BEHIND


def _marks(path: Path) -> tuple[int, int]:
    try:
        with closing(sqlite.connect(path)) as connection:
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            number = connection.execute("PRAGMA user_version").fetchone()[0]
            connection.execute("select count(*) from sqlite_schema").fetchone()
    except sqlite.driver().DatabaseError as error:
        raise Refusal("foundation.file_damaged", file=str(path)) from error
    return int(application), int(number)


def bring_up(path: Path, *, back_up: Callable[[Path], Path]) -> Path | None:
    """Makes the file, or brings it up to date, in one transaction; returns the backup made before.

    `back_up` copies the file and returns where to. A migration that fails leaves the file as it
    was.
    """
    found = standing(path)
    if found is Standing.CURRENT:
        return None
    kept = None
    if found is Standing.ABSENT:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    else:
        kept = back_up(path)
    try:
        _migrate(path)
    except Exception as error:
        if found is Standing.ABSENT:
            _discard(path)
        raise Refusal(
            "foundation.migration_failed", file=str(path), backup=str(kept or "-")
        ) from error
    return kept


def _discard(path: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def migrations_folder() -> Path:
    """Where the migrations are: beside the package in a checkout, inside it when installed."""
    package = Path(__file__).parent.parent
    inside = package / "_migrations"
    return inside if inside.is_dir() else package.parent / "migrations"


def _migrate(path: Path) -> None:
    from alembic import command
    from alembic.config import Config

    engine = sqlite.make_engine(path, writing=True)
    settings = Config()
    settings.set_main_option("script_location", str(migrations_folder()))
    try:
        with engine.begin() as connection:
            settings.attributes["connection"] = connection
            command.upgrade(settings, "head")
            connection.exec_driver_sql(f"PRAGMA application_id={sqlite.APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA}")
    finally:
        engine.dispose()
