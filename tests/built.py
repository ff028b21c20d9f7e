"""What many tests begin with is built once a worker, and its file copied for each of them.

The same acts by the same people at the same moment on the same file come to the same: what is kept
is told apart by all of these. Each test still has a file of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from hashlib import sha256
from typing import Concatenate, ParamSpec, TypeVar

from desk_console.foundation.clock import MovingClock
from desk_console.foundation.identity import SeededSource
from desk_console.rulebook.desk import Desk

Given = ParamSpec("Given")
EndT = TypeVar("EndT")


@dataclass(frozen=True, slots=True)
class _Built:
    """What it came to: what was given back, the file, the moment, and where chance stood."""

    end: object
    file: bytes
    now: datetime
    chance: object


def built_once(
    build: Callable[Concatenate[Desk, Given], EndT],
) -> Callable[Concatenate[Desk, Given], EndT]:
    """Builds on the desk's file, or puts there what it came to before."""
    kept: dict[object, _Built] = {}

    @wraps(build)
    def built(desk: Desk, *given: Given.args, **named: Given.kwargs) -> EndT:
        desk.store.close()
        clock, source, path = desk.store.clock, desk.source, desk.store.path
        if not (isinstance(clock, MovingClock) and isinstance(source, SeededSource)):
            return build(desk, *given, **named)
        if path.with_name(f"{path.name}-wal").exists():  # another has it open
            return build(desk, *given, **named)
        begun = (
            sha256(path.read_bytes()).digest(),
            clock.now(),
            source._random.getstate(),
            desk.store.console,
            str(desk.zone),
            desk.site,
            desk.duty.model_dump_json(),
            tuple(one for one in given if one is not clock and not _holds(one, desk)),
            tuple(named.items()),
        )
        if begun not in kept:
            end = build(desk, *given, **named)
            desk.store.close()
            chance = source._random.getstate()
            kept[begun] = _Built(end, path.read_bytes(), clock.now(), chance)
            return end
        known = kept[begun]
        path.write_bytes(known.file)
        clock.move_to(known.now)
        source._random.setstate(known.chance)  # type: ignore[arg-type] # as it was read
        return known.end  # type: ignore[return-value] # what this very `build` gave

    return built  # type: ignore[return-value] # mypy keeps the first argument's name apart


def _holds(one: object, desk: Desk) -> bool:
    """Whether that is only the desk with its people: they are in the file."""
    return getattr(one, "desk", None) is desk
