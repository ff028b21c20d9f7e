"""What it costs to leave the console open: processor time while nothing happens, and memory after
work.
"""

import tempfile
from pathlib import Path

from tests.benchmarks.console import TimedConsole
from tests.benchmarks.filling import LAST_WORDS, filled_desk
from tests.benchmarks.table import Ratio

IDLE_SECONDS = 30
CALLS_IN_AN_HOUR = 20
BETWEEN_CALLS = 6.0
"""Seconds of an hour's minutes: long enough for what the program leaves to a pause."""


def measure() -> list[Ratio]:
    """Under 1 % of one core when idle, under 150 MiB resident after an hour's calls."""
    with tempfile.TemporaryDirectory() as folder:
        desk = filled_desk(Path(folder), entries=1000)
        console = TimedConsole(desk.command, env=desk.env)
        try:
            console.seconds_until(LAST_WORDS)
            desk.sign_on(console)
            for count in range(CALLS_IN_AN_HOUR):
                desk.log_a_call(console, f"hour-{count}")
                console.drain_for(BETWEEN_CALLS)
            console.settle()
            before = console.cpu_seconds()
            console.drain_for(IDLE_SECONDS)
            used = console.cpu_seconds() - before
            memory = console.resident_mib()
        finally:
            console.close()
    return [
        Ratio("idle processor time", used, IDLE_SECONDS, "one core", "s", 0.01),
        Ratio("memory after an hour's calls", memory, 150.0, "150 MiB", "MiB", 1.0),
    ]
