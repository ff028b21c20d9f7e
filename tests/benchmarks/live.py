"""One refresh of the live screen's figures, with a million entries against a thousand."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from desk_console.foundation.options import Options
from desk_console.rulebook.desk import Desk
from desk_console.tui.screens.live_picture import look
from desk_console.wiring import open_desk
from tests.benchmarks.filling import filled_desk
from tests.benchmarks.table import Ratio
from tests.benchmarks.turns import medians

FEW, MANY = 1000, 1_000_000
LOOKS = 40


def measure() -> list[Ratio]:
    """At most 1.2 times: the cost does not grow with the years of history."""
    with ExitStack() as closing:
        many, few = (closing.enter_context(_desk(entries)) for entries in (MANY, FEW))
        measured, baseline = medians(lambda: look(many), lambda: look(few), LOOKS)
    return [
        Ratio(
            "live refresh at 1,000,000 entries", measured, baseline, "at 1,000 entries", "ms", 1.2
        )
    ]


@contextmanager
def _desk(entries: int) -> Iterator[Desk]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        filled_desk(folder, entries=entries)
        desk = open_desk(Options(config=folder / "config.toml", db=folder / "desk.db"))
        desk.store.check_in_background().join()
        yield desk
        desk.store.close()
