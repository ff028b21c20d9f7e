"""The waits between wrong PINs, counted by this process on a clock that nobody can set.

How often a PIN was wrong stands in the file. How long is still to wait stands only here: a process
that finds three wrong ones and knows nothing more makes everybody wait the whole time from then
on, so that a restart, or another console's tries, never shorten it.
"""

from threading import Lock
from weakref import WeakKeyDictionary

from desk_console.foundation.store import Store

FREE_TRIES = 3
DISABLED_AT = 10
"""The wrong try that disables the PIN until a supervisor acts."""

_WAITS = (5, 15, 30, 60, 120, 300)

NOBODY = 0
"""Stands for whoever is unknown: they are made to wait as a person is."""


def wait_after(failures: int) -> int:
    """Seconds to wait after that many wrong PINs in a row."""
    if failures < FREE_TRIES:
        return 0
    return _WAITS[min(failures - FREE_TRIES, len(_WAITS) - 1)]


class _Waits:
    """The deadlines of one store's people: for how many failures, and until when."""

    def __init__(self) -> None:
        self.deadlines: dict[int, tuple[int, float]] = {}
        self.unknown_failures = 0
        self.lock = Lock()


_OF_STORE: WeakKeyDictionary[Store, _Waits] = WeakKeyDictionary()
_OF_STORE_LOCK = Lock()


def _waits(store: Store) -> _Waits:
    with _OF_STORE_LOCK:
        return _OF_STORE.setdefault(store, _Waits())


def remaining(store: Store, person_id: int, failures: int) -> int:
    """Whole seconds still to wait before the next try; begins the wait where none is known."""
    whole = wait_after(failures)
    if not whole:
        return 0
    waits = _waits(store)
    now = store.clock.monotonic()
    with waits.lock:
        known, deadline = waits.deadlines.get(person_id, (None, 0.0))
        if known != failures:
            deadline = now + whole
            waits.deadlines[person_id] = (failures, deadline)
    left = deadline - now
    return 0 if left <= 0 else int(-(-left // 1))


def begin(store: Store, person_id: int, failures: int) -> None:
    """The wait after this many failures begins now."""
    waits = _waits(store)
    with waits.lock:
        deadline = store.clock.monotonic() + wait_after(failures)
        waits.deadlines[person_id] = (failures, deadline)


def end(store: Store, person_id: int) -> None:
    """The PIN was right: nothing to wait for."""
    waits = _waits(store)
    with waits.lock:
        waits.deadlines.pop(person_id, None)


def unknown_failures(store: Store) -> int:
    """How often somebody unknown tried in this process."""
    return _waits(store).unknown_failures


def count_unknown(store: Store) -> int:
    """One more try of somebody unknown; returns how many there were."""
    waits = _waits(store)
    with waits.lock:
        waits.unknown_failures = min(waits.unknown_failures + 1, DISABLED_AT - 1)
        return waits.unknown_failures
