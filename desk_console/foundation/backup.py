"""Backups: whole copies of a living database, checked before they count; and the way back.

A backup appears under its name only when it was read through and its journal verified. A restore
checks the backup whole before it touches anything, and keeps the present file aside.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desk_console.foundation import schema, sqlite
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.verify import verify

_BESIDE = ("-wal", "-shm", "-journal")
_NO_ROOM = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did."""

    file: Path
    kept: Path | None
    """Where the file that was there before is kept; None where there was none."""


def back_up(source: Path, folder: Path, *, at: datetime, keep: int | None = None) -> Path:
    """Makes a backup in the folder, named by the time (as handed in), and lets the oldest go.

    Refuses when the disk is full, and when the copy is found damaged or its journal broken.
    """
    folder.mkdir(parents=True, exist_ok=True)
    target = _free_name(folder, f"{source.stem}-{at:%Y%m%d-%H%M%S}")
    back_up_to(source, target)
    if keep is not None:
        _let_go(source, folder, keep=keep)
    return target


def back_up_to(source: Path, target: Path) -> None:
    """Makes a backup of exactly that name. Refuses as `back_up` does, and a name that is taken."""
    if target.exists():
        raise Refusal("foundation.backup_exists", file=str(target))
    with _in_plain_words(target):
        found = sqlite.copy_whole(source, target, check=faults)
    if found:
        raise Refusal("foundation.backup_faulty", file=str(source), found=found[0])


def faults(path: Path) -> list[str]:
    """All that is wrong with a file: pages, indexes, references, journal, seals. Empty is good."""
    found = sqlite.faults(path, full=True)
    return found or [str(finding) for finding in verify(path).findings]


def backups(source: Path, folder: Path) -> list[Path]:
    """The backups of a file, newest first, by the time in their names."""
    return sorted(folder.glob(f"{source.stem}-[0-9]*-[0-9]*.db"), key=_age, reverse=True)


def newest_good(source: Path, folder: Path) -> Path | None:
    """The newest backup in which nothing is wrong; None where there is none."""
    return next((path for path in backups(source, folder) if is_good(path)), None)


def is_good(path: Path) -> bool:
    """True where a restore of this file would go through."""
    try:
        schema.standing(path)
        return not faults(path)
    except (Refusal, sqlite.driver().DatabaseError):
        return False


def restore(backup: Path, target: Path, *, at: datetime) -> Restored:
    """Puts a backup in the place of the database; what was there is kept aside under another name.

    Refuses before anything is touched: a backup that is missing, cut, damaged, foreign or newer
    than this program, the database itself, and a database that a console has open.
    """
    if not backup.exists():
        raise Refusal("foundation.backup_missing", file=str(backup))
    if target.exists() and backup.samefile(target):
        raise Refusal("foundation.restore_itself", file=str(backup))
    schema.standing(backup)
    found = _faults_of_backup(backup)
    if found:
        raise Refusal("foundation.restore_faulty", file=str(backup), found=found[0])
    _settle_present(target)
    unfinished = target.with_name(f".{target.name}.restoring")
    unfinished.unlink(missing_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    with _in_plain_words(target):
        try:
            found = sqlite.copy_whole(backup, unfinished, check=faults)
            if found:
                raise Refusal("foundation.restore_faulty", file=str(backup), found=found[0])
            kept = _put_aside(target, at=at) if target.exists() else None
            unfinished.replace(target)
            sqlite.sync_folder(target.parent)
        finally:
            unfinished.unlink(missing_ok=True)
    return Restored(target, kept)


def _faults_of_backup(backup: Path) -> list[str]:
    try:
        return faults(backup)
    except sqlite.driver().DatabaseError as error:
        return [str(error)]


def _settle_present(target: Path) -> None:
    """Brings the present file's journal into it and makes sure that nobody has it open."""
    if not target.is_file():
        return
    try:
        with closing(sqlite.connect(target, read_only=False)) as connection:
            connection.execute("PRAGMA busy_timeout=500")
            connection.execute("PRAGMA journal_mode=DELETE").fetchone()
    except sqlite.driver().OperationalError as error:
        if "locked" in str(error):
            raise Refusal("foundation.restore_in_use", file=str(target)) from error
    except sqlite.driver().DatabaseError:
        return  # damaged: the very reason for a restore


def _put_aside(target: Path, *, at: datetime) -> Path:
    kept = _free_name(target.parent, f"{target.stem}-before-restore-{at:%Y%m%d-%H%M%S}")
    for ending in _BESIDE:
        beside = target.with_name(target.name + ending)
        if beside.exists():
            beside.replace(kept.with_name(kept.name + ending))
    try:
        os.link(target, kept)  # the database has its name at every moment
    except OSError:
        target.replace(kept)
    return kept


def _free_name(folder: Path, stem: str) -> Path:
    target, number = folder / f"{stem}.db", 1
    while target.exists():
        number += 1
        target = folder / f"{stem}-{number}.db"
    return target


def _age(path: Path) -> tuple[str, int]:
    parts = path.stem.rsplit("-", 3)
    last = parts[-1]
    if len(last) < 6:  # the second one of the same second: …-20260302-084500-2
        return f"{parts[-3]}-{parts[-2]}", int(last) if last.isdecimal() else 0
    return f"{parts[-2]}-{last}", 1


def _let_go(source: Path, folder: Path, *, keep: int) -> None:
    for path in backups(source, folder)[keep:]:
        path.unlink(missing_ok=True)


@contextmanager
def _in_plain_words(target: Path) -> Iterator[None]:
    try:
        yield
    except sqlite.driver().OperationalError as error:
        words = str(error)
        if "disk is full" in words or "disk I/O error" in words:
            raise Refusal("foundation.backup_no_room", file=str(target)) from error
        raise Refusal("foundation.backup_failed", file=str(target), words=words) from error
    except sqlite.driver().DatabaseError as error:
        raise Refusal("foundation.backup_failed", file=str(target), words=str(error)) from error
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise Refusal("foundation.backup_no_room", file=str(target)) from error
        words = error.strerror or str(error)
        raise Refusal("foundation.backup_failed", file=str(target), words=words) from error
