"""What is left of a crash: the kind of error and the places in the code, never anybody's words."""

from __future__ import annotations

import logging
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path

from textual.worker import WorkerFailed

LIMIT = 500_000
"""Bytes of one log file; three old ones are kept."""


def write_down(error: BaseException, file: Path | None) -> None:
    """Log an error's kinds and stack. What it says is left out: it may quote what people typed."""
    if file is None:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    log = logging.getLogger("desk_console.crash")
    keeper = RotatingFileHandler(file, maxBytes=LIMIT, backupCount=3, encoding="utf-8")
    keeper.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(keeper)
    log.propagate = False
    try:
        log.error("%s", "\n".join(_lines(error)))
    finally:
        log.removeHandler(keeper)
        keeper.close()


def _lines(error: BaseException) -> list[str]:
    lines = [f"{type(error).__module__}.{type(error).__qualname__}"]
    for frame in traceback.extract_tb(error.__traceback__):
        lines.append(f"  {frame.filename}:{frame.lineno} {frame.name}")
    cause = error.__cause__ or error.__context__
    if isinstance(error, WorkerFailed):
        cause = error.error
    return lines + (["caused by", *_lines(cause)] if cause is not None else [])
