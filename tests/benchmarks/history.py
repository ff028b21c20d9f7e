"""The roster's screen with five years of history against one month.

The month is a quarter's first, so that both show as many months: what is left is the history.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from desk_console.foundation import schema
from desk_console.foundation.clock import MovingClock
from desk_console.foundation.identity import SeededSource
from desk_console.foundation.store import Store
from desk_console.roster.sheet import month_of
from desk_console.rulebook.desk import Desk, Site
from desk_console.rulebook.loader import site_rules
from desk_console.tui.screens.roster.reading import seen
from tests.benchmarks.table import Ratio
from tests.benchmarks.turns import medians
from tests.on_roster import Turn, put_on_roster
from tests.roster.drafting_desk import hire_many
from tests.staff import hire

ZONE = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2026, 4, 16, 9, 0, tzinfo=ZONE)
YEARS = 5
LOOKS = 15


def measure() -> list[Ratio]:
    """At most 1.2 times: a look reads the quarter that it shows, not the years."""
    with ExitStack() as closing:
        many, few = (closing.enter_context(_desk(months)) for months in (YEARS * 12, 1))
        measured, baseline = medians(lambda: _look(many), lambda: _look(few), LOOKS)
    return [
        Ratio("roster opened after five years", measured, baseline, "after one month", "ms", 1.2)
    ]


@contextmanager
def _desk(months: int) -> Iterator[Desk]:
    with tempfile.TemporaryDirectory() as folder:
        desk = _filled(Path(folder), months)
        yield desk
        desk.store.close()


def _look(desk: Desk) -> None:
    seen(desk, MORNING.date(), wants_draft=True, person_id=2)


def _filled(folder: Path, months: int) -> Desk:
    """A desk with so many published months, the present one the last."""
    path = folder / "desk.db"
    schema.bring_up(path, back_up=lambda file: file)
    desk = Desk(
        store=Store(path, clock=MovingClock(MORNING), zone=ZONE, console="bench"),
        source=SeededSource(1),
        site=Site(),
        duty=site_rules("property-24h"),
        secret=b"",
        folder=folder,
    )
    boss = hire(desk, "1001", "周静怡", "supervisor")
    clerks = hire_many(desk, boss, "clerk", 8, first_no=2000)
    night_men = hire_many(desk, boss, "maintenance", 4, first_no=3000)
    day = MORNING.date()
    for _ in range(months):
        first, last = month_of(day)
        turns = []
        for number in range((last - first).days + 1):
            on: date = first + timedelta(days=number)
            clerk = clerks[number % len(clerks)].person.id
            turns += [Turn(on, plan, "desk", clerk) for plan in ("day", "noon")]
            turns.append(Turn(on, "night", "desk", night_men[number % 4].person.id))
        put_on_roster(desk, boss.person.id, first, last, turns)
        day = first - timedelta(days=1)
    return desk
