"""The program, its clock steered by a test: `python -m tests.journeys.clockwork ARGUMENTS…`.

Everything else is the program as it is installed. The instant stands in the file that DESK_TIME
names, and stands still until the test writes another.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

VARIABLE = "DESK_TIME"


def read(file: Path) -> datetime:
    """The instant that stands in the file."""
    return datetime.fromisoformat(file.read_text(encoding="utf-8")).astimezone(UTC)


def write(file: Path, instant: datetime) -> None:
    """Put another instant into it; a program that reads at that moment sees one or the other."""
    beside = file.with_suffix(".new")
    beside.write_text(instant.isoformat(), encoding="utf-8")
    beside.replace(file)


def _steered() -> None:
    from desk_console.foundation import clock

    file = Path(os.environ[VARIABLE])
    clock.SystemClock.now = lambda self: read(file)  # type: ignore[method-assign] # for the test


if __name__ == "__main__":
    _steered()
    from desk_console.cli.start import main

    main()
