"""From the command to the first frame, and to live figures, against a bare Textual app.

The desk's file holds a million entries. Both programs have their bytecode cached.
"""

import statistics
import sys
import tempfile
from pathlib import Path

from tests.benchmarks import bare_app
from tests.benchmarks.console import TimedConsole
from tests.benchmarks.filling import LAST_WORDS, filled_desk
from tests.benchmarks.table import Ratio

ENTRIES = 1_000_000
RUNS = 9


def measure() -> list[Ratio]:
    """First frame at most 1.3 times, live figures at most 3 times a bare app's first frame."""
    with tempfile.TemporaryDirectory() as folder:
        desk = filled_desk(Path(folder), entries=ENTRIES)
        bare = [sys.executable, "-m", "tests.benchmarks.bare_app"]
        _seconds(bare, {}, bare_app.READY)
        _seconds(desk.command, desk.env, LAST_WORDS)
        first, live, baseline = [], [], []
        for _ in range(RUNS):
            baseline.append(_seconds(bare, {}, bare_app.READY)[0])
            frame, figures = _seconds(desk.command, desk.env, desk.title, LAST_WORDS)
            first.append(frame)
            live.append(figures)
    bare_seconds = statistics.median(baseline)
    return [
        Ratio("start to first frame", statistics.median(first), bare_seconds, "bare app", "s", 1.3),
        Ratio("start to live figures", statistics.median(live), bare_seconds, "bare app", "s", 3.0),
    ]


def _seconds(command: list[str], env: dict[str, str], *texts: str) -> list[float]:
    console = TimedConsole(command, env=env)
    try:
        return [console.seconds_until(text) for text in texts]
    finally:
        console.close()
