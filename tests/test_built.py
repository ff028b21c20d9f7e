"""What was built once and copied is what would have been built."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desk_console.foundation.clock import MovingClock
from desk_console.foundation.identity import SeededSource
from desk_console.foundation.store import Store, head
from desk_console.rulebook.desk import Desk, Site
from desk_console.rulebook.loader import site_rules
from tests.conftest import CHEAP_PIN, MORNING, ZONE
from tests.staff import Staff
from tests.tui.live_site import busy_morning, staffed

Built = tuple[object, ...]


@pytest.fixture
def morning(tmp_path: Path, empty_file: Path) -> Callable[[bool], Built]:
    """A morning at a desk of its own: its journal, when it ends, and which id comes next."""

    def lived(is_built: bool) -> Built:
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.db"
        shutil.copy(empty_file, path)
        clock = MovingClock(MORNING)
        desk = Desk(
            store=Store(path, clock=clock, zone=ZONE, console="console-1"),
            source=SeededSource(1),
            site=Site(pin_cost=CHEAP_PIN),
            duty=site_rules("property-24h"),
            secret=b"secret",
            folder=tmp_path,
        )
        staff: Staff = (staffed.__wrapped__ if is_built else staffed)(desk)  # type: ignore[attr-defined] # `wraps` left it
        busy_morning(desk, clock, staff)
        desk.store.close()
        return staff, head(path), clock.now(), clock.monotonic(), desk.source.new_id()

    return lived


def test_a_site_that_was_copied_is_the_one_that_is_built(
    morning: Callable[[bool], Built],
) -> None:
    built, first, copied = morning(True), morning(False), morning(False)
    assert built == first == copied
