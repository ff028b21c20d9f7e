"""A unit's file and what was logged of it, with a million entries in the log against a thousand."""

from __future__ import annotations

import statistics
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from desk_console.foundation.options import Options
from desk_console.log.forms import CallForm
from desk_console.log.records import EntryKind
from desk_console.log.resident_views import unit_file, unit_history
from desk_console.log.residents import ResidentForm, keep_resident, match
from desk_console.matters.acts import log_entry
from desk_console.matters.views import unit_matters
from desk_console.people.views import people
from desk_console.wiring import open_desk
from tests.benchmarks.filling import filled_desk
from tests.benchmarks.table import Ratio

FEW, MANY = 1000, 1_000_000
CALLS = 120
LOOKS = 60


def measure() -> list[Ratio]:
    """At most 1.2 times: the cost does not grow with the years of history."""
    few, many = _milliseconds(FEW), _milliseconds(MANY)
    return [Ratio("unit's history at 1,000,000 entries", many, few, "at 1,000", "ms", 1.2)]


def _milliseconds(entries: int) -> float:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        filled_desk(folder, entries=entries)
        desk = open_desk(Options(config=folder / "config.toml", db=folder / "desk.db"))
        desk.store.check_in_background().join()
        with desk.reading() as session:
            person = people(session)[0]
        with desk.transaction() as work:
            keep_resident(work, ResidentForm(building="3", room="1502", name="江强"))
        with desk.reading() as session:
            unit_id = match(session, "3-1502")[0].unit_id
        for number in range(CALLS):
            form = CallForm(
                form_id=f"unit-{number}",
                at=desk.now() - timedelta(seconds=1),
                unit_id=unit_id,
                caller="江强",
                content=f"问停水通知的时间 {number}",
                action="已答复",
            )
            log_entry(desk, person, form)
        seconds = []
        for _ in range(LOOKS):
            began = time.perf_counter()
            with desk.reading() as session:
                unit_file(session, unit_id)
                page = unit_history(session, unit_id)
                unit_history(session, unit_id, kind=EntryKind.VISIT)
                unit_matters(session, unit_id, desk.now())
            seconds.append(time.perf_counter() - began)
        assert len(page.lines) == 50
        assert page.next is not None
        desk.store.close()
    return statistics.median(seconds) * 1000
