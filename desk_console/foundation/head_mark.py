"""The head of the journal, kept outside the database: it tells when the file is older than it was.

A chain proves only that nothing inside it was changed; that its newest rows were cut off shows by
what was kept elsewhere: here, and on the receipts in people's hands.
"""

from __future__ import annotations

import json
import os
import secrets
from contextlib import closing
from pathlib import Path

from desk_console.foundation import sqlite, store
from desk_console.foundation.catalogue import Message, message


def keep_head(mark: Path, database: Path) -> None:
    """Writes down the file's present head. Never fails: a mark that cannot be kept is no reason to
    stop.
    """
    try:
        head = store.head(database)
        if head is None:
            return
        mark.parent.mkdir(parents=True, exist_ok=True)
        unfinished = mark.with_name(f".{mark.name}.{secrets.token_hex(4)}")
        unfinished.write_text(json.dumps({"seq": head[0], "hash": head[1]}), encoding="ascii")
        os.chmod(unfinished, 0o600)
        unfinished.replace(mark)
    except (OSError, sqlite.driver().Error):
        return


def head_warning(mark: Path, database: Path) -> Message | None:
    """What to say where the file is older than the mark, or has another history; else None."""
    known = _read(mark)
    if known is None:
        return None
    seq, digest = known
    found = row_hash(database, seq)
    if found is None:
        return message("foundation.head_older", file=str(database), seq=seq)
    if found != digest:
        return message("foundation.head_other", file=str(database), seq=seq)
    return None


def row_hash(database: Path, seq: int) -> str | None:
    """The hash of one row of a file's journal; None where the journal does not reach so far."""
    with closing(sqlite.connect(database)) as connection:
        row = connection.execute("select hash from journal where seq = ?", (seq,)).fetchone()
    return str(row[0]) if row else None


def _read(mark: Path) -> tuple[int, str] | None:
    try:
        kept = json.loads(mark.read_text(encoding="ascii"))
        return int(kept["seq"]), str(kept["hash"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
