"""A month of three shifts round the clock, all rules on: drafted, checked, mended, explained."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import replace

from desk_console.roster.checking import Checker
from desk_console.roster.drafting.drafting import Drafting
from desk_console.roster.explaining import why
from desk_console.roster.problem import Draft, Problem
from desk_console.roster.repair import repairs
from tests.benchmarks.table import Ratio
from tests.roster.problems import month

CHECK_MS, REPAIR_MS = 20.0, 2000.0
SMALL_SECONDS, LARGE_SECONDS = 5.0, 60.0
ABSENCES = 8


def measure() -> list[Ratio]:
    """Twelve people in 5 s, forty in 60 s; a check in 20 ms, a single absence mended in 2 s."""
    ratios = []
    for people, per_shift, seconds in ((12, 1, SMALL_SECONDS), (40, 6, LARGE_SECONDS)):
        what = month(people, per_shift=per_shift)
        began = time.perf_counter()
        draft, first = _drafted(what, seconds)
        took = time.perf_counter() - began
        against = f"{seconds:.0f} s"
        ratios += [
            Ratio(f"sound draft, {people} people", first, seconds, against, "s", 1.0),
            Ratio(f"whole drafting, {people} people", took, seconds, against, "s", 1.1),
            Ratio(f"check, {people} people", _check(what, draft), CHECK_MS, "20 ms", "ms", 1.0),
            Ratio(f"check again, {people}", _again(what, draft), CHECK_MS, "20 ms", "ms", 1.0),
            Ratio(f"repair, {people} people", _mend(what, draft), REPAIR_MS, "2 s", "ms", 1.0),
            Ratio(f"why, {people} people", _why(what, draft), 500.0, "0.5 s", "ms", 1.0),
        ]
    return ratios


def _drafted(what: Problem, seconds: float) -> tuple[Draft, float]:
    """The draft, and after how many seconds the first was there: without a hard rule broken."""
    began = time.perf_counter()
    with Drafting(what, seconds=seconds) as drafting:
        while drafting.best is None and not drafting.is_over:
            time.sleep(0.01)
        first = time.perf_counter() - began
        drafted = drafting.drafted()
    assert drafted.draft is not None
    assert Checker(what).report(drafted.draft).is_sound
    print(f"cost {drafted.cost}, bound {drafted.bound}, {drafted.ending}")
    return drafted.draft, first


def _check(what: Problem, draft: Draft) -> float:
    return _median_ms(lambda: Checker(what).report(draft))


def _again(what: Problem, draft: Draft) -> float:
    """After one changed cell."""
    checker = Checker(what)
    checker.report(draft)
    cells = iter(sorted(draft))
    return _median_ms(lambda: checker.report(draft - {next(cells)}))


def _mend(what: Problem, draft: Draft) -> float:
    """The slowest of some absences, each a person's day."""
    slowest = 0.0
    for cell in sorted(draft)[:: max(1, len(draft) // ABSENCES)]:
        members = tuple(
            replace(one, leave=one.leave | {cell.day}) if one.person == cell.person else one
            for one in what.members
        )
        began = time.perf_counter()
        ways = repairs(replace(what, members=members), draft)
        slowest = max(slowest, (time.perf_counter() - began) * 1000)
        assert ways and not ways[0].missing
    return slowest


def _why(what: Problem, draft: Draft) -> float:
    cells = iter(sorted(draft))
    return _median_ms(lambda: why(what, draft, next(cells)), times=5)


def _median_ms(done: Callable[[], object], *, times: int = 20) -> float:
    took = []
    for _ in range(times):
        began = time.perf_counter()
        done()
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)
