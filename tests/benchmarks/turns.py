"""Looks at two desks by turns: whatever else the machine does meets both alike."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable


def medians(
    first: Callable[[], object], second: Callable[[], object], looks: int
) -> tuple[float, float]:
    """The medians of so many looks each, milliseconds, after one each that is not counted."""
    acts = (first, second)
    seconds: tuple[list[float], list[float]] = ([], [])
    for number in range(looks + 1):
        for act, taken in zip(acts, seconds, strict=True):
            began = time.perf_counter()
            act()
            if number:
                taken.append(time.perf_counter() - began)
    return statistics.median(seconds[0]) * 1000, statistics.median(seconds[1]) * 1000
