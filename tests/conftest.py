"""What tests may ask for: a real desk on a real file, its clock standing until it is moved."""

import gc
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings

from desk_console.foundation import schema
from desk_console.foundation.clock import MovingClock
from desk_console.foundation.identity import SeededSource
from desk_console.foundation.store import Store
from desk_console.rulebook.desk import Desk, PinCost, Site
from desk_console.rulebook.loader import site_rules
from tests import engines
from tests.staff import Staff, hire_all

ZONE = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2026, 3, 2, 8, 45, tzinfo=ZONE)
"""A Monday, a quarter of an hour before the day shift."""

settings.register_profile("deep", max_examples=3000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

# A hundred tests start the program in a process of its own, and each of these would compile all of
# it anew where the environment forbids to keep what was compiled: two thirds of a start.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

CHEAP_PIN = PinCost(passes=1, memory_kib=8)

DeskMaker = Callable[..., Desk]


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """The whole suite runs on all processors, two tests on each: at a screen a test waits for most
    of its time. What was picked by name runs in this process: it is there sooner, and can be
    stepped through.
    """
    is_whole = config.args_source is not pytest.Config.ArgsSource.ARGS
    return 2 * (os.cpu_count() or 1) if is_whole else 0


LONG = ("tests/journeys/", "tests/faults/test_rights", "tests/sample/", "tests/tui/test_pictures")
"""What lasts much longer than anything else."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Each worker begins with its part of what lasts long: begun late, one of these would keep one
    processor busy with nothing left for the others. What is short fills the end.
    """
    workers = getattr(config, "workerinput", {}).get("workercount", 1)
    long = [one for one in items if one.nodeid.startswith(LONG)]
    short = [one for one in items if not one.nodeid.startswith(LONG)]
    ordered: list[pytest.Item] = []
    for worker in range(workers):  # as xdist deals them out: each the next part in a row
        part = (len(items) - len(ordered)) // (workers - worker)
        mine = long[worker::workers]
        room = max(part - len(mine), 0)
        ordered += [*mine, *short[:room]]
        del short[:room]
    items[:] = ordered


@pytest.fixture(scope="session", autouse=True)
def quick_engines() -> Iterator[None]:
    """See `tests.engines`."""
    with pytest.MonkeyPatch.context() as patch:
        engines.install(patch)
        yield


@pytest.fixture(scope="session", autouse=True)
def memory_looked_through_seldom() -> None:
    """What is loaded stays. Looking for what can go took a quarter of a test at a screen."""
    gc.freeze()
    gc.set_threshold(50_000, 10, 5)


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database as the migrations make it, to be copied."""
    path = tmp_path_factory.mktemp("schema") / "desk.db"
    schema.bring_up(path, back_up=lambda file: file)
    return path


@pytest.fixture(scope="session")
def all_workers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that is the same for all workers."""
    mine = tmp_path_factory.getbasetemp()
    return mine.parent if "PYTEST_XDIST_WORKER" in os.environ else mine


@pytest.fixture
def clock() -> MovingClock:
    """Stands at a Monday morning, 08:45 in Shanghai."""
    return MovingClock(MORNING)


@pytest.fixture
def make_desk(tmp_path: Path, empty_file: Path, clock: MovingClock) -> Iterator[DeskMaker]:
    """Opens desks on one new file, under the regulation asked for; each call is another console."""
    path = tmp_path / "desk.db"
    shutil.copy(empty_file, path)
    stores: list[Store] = []

    def make(
        regulation: str = "property-24h", *, also: tuple[str, ...] = (), **overrides: object
    ) -> Desk:
        console = f"console-{len(stores) + 1}"
        stores.append(Store(path, clock=clock, zone=ZONE, console=console))
        return Desk(
            store=stores[-1],
            source=SeededSource(len(stores)),
            # Hours pass at one stroke: no screen is masked because nobody touched it meanwhile.
            site=Site(name="测试中心", pin_cost=CHEAP_PIN, idle_lock_minutes=0),
            duty=site_rules(regulation, also=also, overrides=overrides),
            secret=b"desk secret of the tests",
            folder=tmp_path,
        )

    yield make
    for store in stores:
        store.close()


@pytest.fixture
def desk(make_desk: DeskMaker) -> Desk:
    """One desk under property-24h with the handover steps of management-office."""
    return make_desk(also=("management-office",))


@pytest.fixture
def staff(desk: Desk) -> Staff:
    """A supervisor, two clerks, two maintenance men and a guard at that desk."""
    return hire_all(desk)
