"""Files that leave the program: whole or not at all, readable by their owner only."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desk_console.foundation.refusal import Refusal


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Gives an empty file to write into; it takes its name once it was written and synced.

    Refuses a name that is taken, a folder that is not there or may not be written, and a full disk;
    nothing is left behind then.
    """
    if path.exists():
        raise Refusal("outputs.file_exists", file=str(path))
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        unfinished.unlink(missing_ok=True)
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        yield unfinished
        with unfinished.open("rb+") as file:
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError as error:
        key = "disk_full" if error.errno in (errno.ENOSPC, errno.EFBIG) else "file_unwritable"
        raise Refusal(f"outputs.{key}", file=str(path)) from error
    finally:
        if unfinished.parent.is_dir():
            unfinished.unlink(missing_ok=True)
