"""Long lists: a hundred thousand residents read in, a hundred thousand rows written out.

Each in a process of its own, so that its memory is its own: what it took beyond the program itself.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from desk_console.foundation.catalogue import Catalogue
from desk_console.foundation.options import Options
from desk_console.log.resident_import import import_residents
from desk_console.outputs.exports import ExportOf, Wanted, export
from desk_console.people.pins import prove
from desk_console.people.views import people
from desk_console.rulebook.desk import Desk
from desk_console.wiring import open_desk
from tests.benchmarks.filling import PIN, filled_desk
from tests.benchmarks.table import Ratio

ROWS = 100_000
IMPORT_SECONDS, EXPORT_SECONDS = 60.0, 60.0
IMPORT_MIB, EXPORT_MIB = 400.0, 64.0
_NAMES = ("王小明", "李雷", "韩梅梅", "张华", "单雄信", "欧阳修")


def measure() -> list[Ratio]:
    """Each within a minute; what is written out goes row by row and takes no memory to speak of."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        filled_desk(folder, entries=ROWS)
        _list(folder / "residents.csv")
        found = {what: _alone(what, folder) for what in ("import", "csv", "xlsx")}
    ratios = []
    for what, (seconds, mib) in found.items():
        is_import = what == "import"
        title = "residents from a list" if is_import else f"entries as {what}"
        most_seconds = IMPORT_SECONDS if is_import else EXPORT_SECONDS
        most_mib = IMPORT_MIB if is_import else EXPORT_MIB
        ratios += [
            Ratio(f"{title}, 100,000", seconds, most_seconds, f"{most_seconds:g} s", "s", 1.0),
            Ratio(f"{title}, memory", mib, most_mib, f"{most_mib:g} MiB", "MiB", 1.0),
        ]
    return ratios


def _alone(what: str, folder: Path) -> tuple[float, float]:
    """Does it in a process of its own; seconds, and the memory in MiB that it took beyond what the
    open desk had.
    """
    command = [sys.executable, "-m", "tests.benchmarks.lists", what, str(folder)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    seconds, mib = map(float, said.split())
    return seconds, mib


def _list(path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("building", "entrance", "room", "name", "phones"))
        for number in range(ROWS):
            building, rest = divmod(number, 2500)
            entrance, room = divmod(rest, 500)
            rows.writerow(
                (building + 1, entrance + 1, room + 1, _NAMES[number % 6], 13800000000 + number)
            )


def _work(what: str, desk: Desk, folder: Path) -> Callable[[], object]:
    with desk.reading() as session:
        person = people(session)[0]
    if what == "import":
        return lambda: import_residents(desk, person.id, folder / "residents.csv")
    proof = prove(desk, person.id, PIN)
    wanted = Wanted(ExportOf.ENTRIES, "csv" if what == "csv" else "xlsx")
    return lambda: export(desk, proof, wanted, Catalogue("zh"), out=folder / f"entries.{what}")


def main(what: str, folder: Path) -> None:
    """Prints seconds and MiB of one piece of work."""
    desk = open_desk(Options(config=folder / "config.toml", db=folder / "desk.db"))
    act = _work(what, desk, folder)
    # The check of the PIN took much for a moment: the peak is counted from here.
    Path("/proc/self/clear_refs").write_text("5")
    before = _mib("VmRSS")
    began = time.perf_counter()
    act()
    seconds = time.perf_counter() - began
    print(seconds, max(_mib("VmHWM") - before, 0.1))
    desk.store.close()


def _mib(name: str) -> float:
    """Memory of this process as the system counts it: held now (VmRSS), or at most (VmHWM)."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition(f"{name}:")[2].split()[0]) / 1024


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
