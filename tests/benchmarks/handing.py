"""Four hundred days of three handovers each: verifying all of them, opening the book and one."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from desk_console.foundation import schema
from desk_console.foundation.clock import MovingClock
from desk_console.foundation.identity import SeededSource
from desk_console.foundation.store import Store
from desk_console.foundation.verify import verify
from desk_console.handover.book import BookFilter, book
from desk_console.handover.closing import sign_off
from desk_console.handover.signed import as_signed
from desk_console.rulebook.desk import Desk, PinCost, Site
from desk_console.rulebook.loader import site_rules
from desk_console.shift.arrivals import sign_on
from tests.benchmarks.table import Ratio
from tests.conftest import ZONE
from tests.handover.walk import Walk, call, furnish, proven
from tests.staff import hire

DAYS = 400
SHIFTS = 3
CALLS = 4
VERIFY_SECONDS = 10.0
INSTANT_MS = 100.0


def measure() -> list[Ratio]:
    """All within ten seconds, a page and a handover at once."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "desk.db"
        desk = _handed_over(path)
        began = time.perf_counter()
        found = verify(path)
        verifying = time.perf_counter() - began
        assert found.is_good
        assert found.signatures == DAYS * SHIFTS * 2
        with desk.reading() as session:
            page = book(session, BookFilter()).lines
            paging = _median_ms(lambda: book(session, BookFilter()))
            finding = _median_ms(lambda: book(session, BookFilter(text=page[-1].receipt)))
            opening = _median_ms(lambda: as_signed(session, page[-1].id))
        desk.store.close()
    return [
        Ratio("verify 1,200 handovers", verifying, VERIFY_SECONDS, "10 s", "s", 1.0),
        Ratio("a page of the handover book", paging, INSTANT_MS, "100 ms", "ms", 1.0),
        Ratio("a handover by its receipt", finding, INSTANT_MS, "100 ms", "ms", 1.0),
        Ratio("open one, signatures verified", opening, INSTANT_MS, "100 ms", "ms", 1.0),
    ]


def _median_ms(act: Callable[[], object]) -> float:
    seconds = []
    for _ in range(15):
        began = time.perf_counter()
        act()
        seconds.append(time.perf_counter() - began)
    return statistics.median(seconds) * 1000


def _handed_over(path: Path) -> Desk:
    schema.bring_up(path, back_up=lambda file: file)
    clock = MovingClock(datetime(2025, 1, 6, 7, 50, tzinfo=ZONE))
    desk = Desk(
        store=Store(path, clock=clock, zone=ZONE, console="benchmark", is_unfinished=True),
        source=SeededSource(1),
        site=Site(pin_cost=PinCost(passes=1, memory_kib=8)),
        duty=site_rules("company-24h"),
        secret=b"secret",
        folder=path.parent,
    )
    boss = hire(desk, "1001", "郑国强", "department-head", "clerk")
    crew = [boss, *(hire(desk, f"200{n}", f"员工{n}", "clerk", by=boss) for n in range(2))]
    furnish(desk, boss, items=25)
    proofs = [proven(desk, one) for one in crew]
    sign_on(desk, proofs[0])
    for number in range(DAYS * SHIFTS):
        giver, taker = proofs[number % 3], proofs[(number + 1) % 3]
        for each in range(CALLS):
            call(desk, giver.person, f"来电 {each}", result="已处理")
        clock.advance(timedelta(hours=8))
        sign_on(desk, taker)
        Walk(desk, giver, taker).whole()
        sign_off(desk, giver)
    return desk
