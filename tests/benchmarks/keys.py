"""From a key press to its letter on the screen: the call form against a bare form of the same
widgets.
"""

import statistics
import sys
import tempfile
from pathlib import Path

from tests.benchmarks import bare_app
from tests.benchmarks.console import TimedConsole
from tests.benchmarks.filling import LAST_WORDS, filled_desk
from tests.benchmarks.table import Ratio

PRESSES = 300
_LETTERS = [chr(code) for code in range(0xC0, 0x250) if chr(code).isalpha()]
"""Each is typed once: a letter that stands in the line already is painted with any change of it."""


def measure() -> list[Ratio]:
    """At most 1.3 times the bare form at the 99th percentile."""
    with tempfile.TemporaryDirectory() as folder:
        desk = filled_desk(Path(folder), entries=1000)
        ours = TimedConsole(desk.command, env=desk.env)
        bare = TimedConsole([sys.executable, "-m", "tests.benchmarks.bare_app", "form"], env={})
        try:
            bare.seconds_until(bare_app.READY)
            ours.seconds_until(LAST_WORDS)
            desk.open_call_form(ours)
            ours.settle()
            bare.settle()
            measured, baseline = _latencies(ours, bare)
        finally:
            ours.close()
            bare.close()
    return [
        Ratio(
            "key press to screen, 99th percentile",
            _percentile_99(measured) * 1000,
            _percentile_99(baseline) * 1000,
            "bare form",
            "ms",
            1.3,
        ),
        Ratio(
            "key press to screen, median",
            statistics.median(measured) * 1000,
            statistics.median(baseline) * 1000,
            "bare form",
            "ms",
            1.3,
        ),
    ]


def _latencies(ours: TimedConsole, bare: TimedConsole) -> tuple[list[float], list[float]]:
    measured: list[float] = []
    baseline: list[float] = []
    for count in range(PRESSES):
        letter = _LETTERS[count]
        for console, seconds in ((ours, measured), (bare, baseline)):
            sent = console.press(letter)
            seconds.append(console.seconds_until(letter, since=sent))
            console.settle(0.02)
    return measured, baseline


def _percentile_99(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=100)[98]
