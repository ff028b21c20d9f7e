"""The process that drafts: takes one order on its input, tells what it finds on its output.

It knows nothing of a database. It ends when its input ends, which is when its parent does, however
the parent dies; a word on the input stops the search and has it hand in the best so far.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import BinaryIO

from desk_console.roster.checking import is_sound
from desk_console.roster.drafting.progress import Phase, Progress
from desk_console.roster.problem import Draft, Problem
from desk_console.roster.quality import quality
from desk_console.roster.rotation import by_rotation

STOP = b"s"


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be drafted, how long, and from where."""

    problem: Problem
    seconds: float
    workers: int
    start: Draft | None
    seed: int


def main() -> None:
    """Reads an order, drafts, and ends."""
    told = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # Whatever the solver prints is no message.
    asked = sys.stdin.buffer
    order: Order = pickle.load(asked)
    began = monotonic()
    start = by_rotation(order.problem) if order.start is None else order.start
    if is_sound(order.problem, start):
        # Loading the solver takes longer than going round the turns: something is there at once.
        cost = quality(order.problem, start).total
        _tell(told, (Progress(0.0, cost, None, Phase.IMPROVING), start))

    from desk_console.roster.drafting.search import Search

    search = Search(
        order.problem,
        seconds=order.seconds - (monotonic() - began),
        workers=order.workers,
        start=start,
        tell=lambda progress, draft: _tell(told, (progress, draft)),
        seed=order.seed,
    )
    Thread(target=_listen, args=(asked, search.stop), daemon=True).start()
    _tell(told, search.run())
    os._exit(0)  # A solver that is still at it is not waited for.


def _tell(told: BinaryIO, what: object) -> None:
    pickle.dump(what, told)
    told.flush()


def _listen(asked: BinaryIO, stop: Callable[[], None]) -> None:
    while word := asked.read(1):
        if word == STOP:
            stop()
    os._exit(0)  # Nobody is left to hear of it.


def command() -> tuple[list[str], dict[str, str]]:
    """How the process is started: by this interpreter, from where this package lies."""
    home = str(Path(__file__).parents[3])
    paths = [home, *filter(None, [os.environ.get("PYTHONPATH")])]
    return [sys.executable, "-m", __name__], {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


if __name__ == "__main__":
    main()
