"""Finding a resident while somebody types, over 5,000 units and 20,000 numbers."""

from __future__ import annotations

import csv
import statistics
import tempfile
import time
from pathlib import Path

from desk_console.foundation.options import Options
from desk_console.log.resident_import import import_residents
from desk_console.log.residents import match
from desk_console.people.views import people
from desk_console.wiring import open_desk
from tests.benchmarks.filling import filled_desk
from tests.benchmarks.table import Ratio

UNITS = 5000
NUMBERS_EACH = 4
BUDGET_MS = 50.0
TYPED = ("3-1-12", "3栋1单元12", "0007", "13800004242", "王", "小明", "wxm", "zh", "12")


def measure() -> list[Ratio]:
    """The slowest kind of query within 50 ms."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        filled_desk(folder, entries=1)
        desk = open_desk(Options(config=folder / "config.toml", db=folder / "desk.db"))
        with desk.reading() as session:
            by_id = people(session)[0].id
        import_residents(desk, by_id, _list(folder))
        slowest = 0.0
        with desk.reading() as session:
            for typed in TYPED:
                seconds = []
                for _ in range(20):
                    began = time.perf_counter()
                    match(session, typed)
                    seconds.append(time.perf_counter() - began)
                slowest = max(slowest, statistics.median(seconds) * 1000)
        desk.store.close()
    return [Ratio("resident match, slowest kind", slowest, BUDGET_MS, "50 ms", "ms", 1.0)]


def _list(folder: Path) -> Path:
    path = folder / "residents.csv"
    names = ("王小明", "李雷", "韩梅梅", "张华", "单雄信", "欧阳修")
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("building", "entrance", "room", "name", "phones"))
        for number in range(UNITS):
            first = number * NUMBERS_EACH
            phones = ";".join(f"138{first + each:08d}" for each in range(NUMBERS_EACH))
            building, rest = divmod(number, 250)
            entrance, room = divmod(rest, 125)
            rows.writerow((building + 1, entrance + 1, room + 1, names[number % 6], phones))
    return path
