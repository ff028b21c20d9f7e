"""The process beside the program: takes one order on its input, tells what it finds on its output.

It knows nothing of a database. It ends when its input ends, which is when its parent does, however
the parent dies; a word on the input stops the search and has it hand in the best so far.
"""

from __future__ import annotations

import os
import pickle
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import BinaryIO

from desk_console.roster.drafting.orders import Order, Stopping

STOP = b"s"
READY = "ready"
"""The first thing it tells: only then the order is sent, with the time that is left for it."""


@dataclass(frozen=True, slots=True)
class Done:
    """The last thing it tells: what the order came to."""

    value: object


def main() -> None:
    """Reads an order, works it out, and ends."""
    told = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # Whatever the solver prints is no message.
    asked = sys.stdin.buffer
    _tell(told, READY)
    order: Order = pickle.load(asked)
    stopping = Stopping()
    Thread(target=_listen, args=(asked, stopping), daemon=True).start()
    _tell(told, Done(order.run(lambda what: _tell(told, what), stopping)))
    os._exit(0)  # A solver that is still at it is not waited for.


def _tell(told: BinaryIO, what: object) -> None:
    pickle.dump(what, told)
    told.flush()


def _listen(asked: BinaryIO, stopping: Stopping) -> None:
    while word := asked.read(1):
        if word == STOP:
            stopping.say()
    os._exit(0)  # Nobody is left to hear of it.


def command() -> tuple[list[str], dict[str, str]]:
    """How the process is started: by this interpreter, from where this package lies."""
    home = str(Path(__file__).parents[3])
    paths = [home, *filter(None, [os.environ.get("PYTHONPATH")])]
    return [sys.executable, "-m", __name__], {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


if __name__ == "__main__":
    # By its own name: what is pickled here as `__main__` nobody else could read.
    from desk_console.roster.drafting import worker

    worker.main()
