"""One refresh of the live screen's figures, with a million entries against a thousand."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from desk_console.foundation.options import Options
from desk_console.tui.screens.live_picture import look
from desk_console.wiring import open_desk
from tests.benchmarks.filling import filled_desk
from tests.benchmarks.table import Ratio

FEW, MANY = 1000, 1_000_000
LOOKS = 40


def measure() -> list[Ratio]:
    """At most 1.2 times: the cost does not grow with the years of history."""
    return [
        Ratio(
            "live refresh at 1,000,000 entries",
            _milliseconds(MANY),
            _milliseconds(FEW),
            "at 1,000 entries",
            "ms",
            1.2,
        )
    ]


def _milliseconds(entries: int) -> float:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        filled_desk(folder, entries=entries)
        desk = open_desk(Options(config=folder / "config.toml", db=folder / "desk.db"))
        desk.store.check_in_background().join()
        seconds = []
        for _ in range(LOOKS):
            began = time.perf_counter()
            look(desk)
            seconds.append(time.perf_counter() - began)
        desk.store.close()
    return statistics.median(seconds) * 1000
