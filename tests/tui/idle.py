"""When nothing is left to be done, asked of the loop and its threads themselves.

Textual watches the processor for at least forty milliseconds after each key instead: most of the
time of a test at a screen, and too soon over on a crowded machine.
"""

from __future__ import annotations

import asyncio
import time
from typing import Any

FRAME = 0.02
"""What is due within so many seconds is waited for: a screen is drawn a moment after it changed."""

_LOOK = 0.002
_RESTING = 0.05
"""Of a busy thread's time: one that uses less waits for something that a test will bring."""


async def wait_for_idle(min_sleep: float = 0.0, max_sleep: float = 1.0) -> None:
    """Wait until the loop has nothing to do for a frame, and no thread works for it."""
    loop: Any = asyncio.get_running_loop()
    begun, used = time.monotonic(), time.process_time()
    end, looked = begun + max_sleep, begun
    while (now := time.monotonic()) < end:
        await asyncio.sleep(0)
        if loop._ready:
            continue
        due = min((one.when() for one in loop._scheduled if not one.cancelled()), default=end)
        if (left := due - loop.time()) < FRAME:
            await asyncio.sleep(max(left, 0.0))
        elif _working(loop._default_executor):
            await asyncio.sleep(_LOOK)
            if now - looked > FRAME:
                if time.process_time() - used < (now - looked) * _RESTING:
                    return
                looked, used = now, time.process_time()
        elif now - begun < min_sleep:
            await asyncio.sleep(_LOOK)
        elif not loop._ready:  # a thread that ended just now left its answer there
            return


def _working(threads: Any) -> bool:
    """Whether one of the loop's threads has work."""
    return threads is not None and threads._idle_semaphore._value < len(threads._threads)
