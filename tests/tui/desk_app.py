"""The real app on a small site, for the tests in a pseudo-terminal and for looking at it.

`python -m tests.tui.desk_app FOLDER [zh|en]`: the first one in a folder builds its file.
"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from desk_console.tui.terminal import environment

environment.prepare()

from desk_console.foundation.catalogue import Language  # noqa: E402 # after prepare
from desk_console.tui.app import run  # noqa: E402
from desk_console.tui.opening import Opening  # noqa: E402

MORNING = datetime(2026, 3, 2, 8, 45, tzinfo=ZoneInfo("Asia/Shanghai"))


def open_at(folder: Path) -> object:
    """A desk on the folder's file, on a clock that runs from the end of a busy morning on."""
    from desk_console.foundation import schema
    from desk_console.foundation.clock import MovingClock, ShiftedClock
    from desk_console.foundation.identity import SystemSource
    from desk_console.foundation.store import Store
    from desk_console.rulebook.desk import Desk, PinCost, Site
    from desk_console.rulebook.loader import site_rules

    path = folder / "desk.db"
    is_new = not path.exists()
    if is_new:
        schema.bring_up(path, back_up=lambda file: file)
    clock: MovingClock | ShiftedClock = MovingClock(MORNING)

    def desk_on(clock: MovingClock | ShiftedClock, name: str) -> Desk:
        return Desk(
            store=Store(path, clock=clock, zone=MORNING.tzinfo or ZoneInfo("UTC"), console=name),
            source=SystemSource(),
            site=Site(name="翠湖花园", pin_cost=PinCost(passes=1, memory_kib=8)),
            duty=site_rules("property-24h", also=("management-office",)),
            secret=b"desk secret of the tests",
            folder=folder,
        )

    if is_new:
        from tests.tui.live_site import busy_morning, staffed

        built = desk_on(clock, "console-0")
        assert isinstance(clock, MovingClock)
        busy_morning(built, clock, staffed(built))
        built.store.close()
    return desk_on(ShiftedClock(MORNING.replace(hour=9, minute=51)), "console-1")


if __name__ == "__main__":
    language: Language = "en" if "en" in sys.argv else "zh"
    sys.exit(run(Opening(open=lambda: open_at(Path(sys.argv[1])), language=language)))  # type: ignore[arg-type,return-value] # imported late
