"""Reading what the search index is made of anew, ahead of who writes it.

Making a line of the index of a record takes three times as long as writing it. Of many records it
is done by processes of their own, one for each processor, at a lower priority than the desk's.
"""

from __future__ import annotations

import gc
import os
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import tzinfo
from multiprocessing import get_context, parent_process
from pathlib import Path

from sqlmodel import Session

from desk_console.foundation.clock import SystemClock
from desk_console.foundation.store import Store
from desk_console.log import search_index
from desk_console.log.search_index import Line
from desk_console.log.search_source import IndexedSource
from desk_console.rulebook.desk import Desk

FEW = 50_000
"""Records that are read here: other processes would hardly be there before it is done."""

AHEAD = 8
"""Pieces that each process is given at once. Before it gets more, all of them are written: with
somebody always reading, what is written would never go from the log beside the file into it.
"""

_GIVING_WAY = 10
_READ_HERE = 50
_READ_THERE = 500
"""Records read at once. Here it is a few: of many, the memory would be looked through again and
again for what nobody holds. There it is looked through only where much was left over.
"""
_LEFT_OVER = 500_000


@dataclass(frozen=True, slots=True)
class Piece:
    """The records of a source behind `first`, up to `last`; all of them are made up to `target`."""

    source: IndexedSource
    first: int
    last: int
    target: int

    @property
    def next(self) -> Piece:
        """As many records more."""
        last = min(2 * self.last - self.first, self.target)
        return replace(self, first=self.last, last=last)


Read = Callable[[Piece], Sequence[Line]]


def read(session: Session, piece: Piece, at_once: int = _READ_HERE) -> list[Line]:
    """The lines of these records as they are now, read so many at once."""
    lines: list[Line] = []
    first = piece.first
    while first < piece.last:
        found = dict(piece.source.after(session, first, at_once))
        wanted = [ref for ref in found if ref <= piece.last]
        documents = piece.source.documents(session, wanted) if wanted else {}
        lines += (
            search_index.line(piece.source.number, ref, found[ref], searched)
            for ref, searched in documents.items()
        )
        first = max(found, default=piece.last)
    return lines


@contextmanager
def reading(desk: Desk, records: int) -> Iterator[Read]:
    """What reads piece after piece, of so many records: here, or by other processes."""

    def here(piece: Piece) -> list[Line]:
        with desk.reading() as session:
            return read(session, piece)

    if records < FEW:
        yield here
        return
    ahead = _Ahead(desk, here)
    try:
        yield ahead
    finally:
        ahead.end()


class _Ahead:
    """Other processes that read on while a piece is written."""

    def __init__(self, desk: Desk, here: Read) -> None:
        self._here = here
        self._count = os.cpu_count() or 1
        self._asked: deque[tuple[Piece, Future[list[Line]]]] = deque()
        self._pool = ProcessPoolExecutor(
            self._count,
            mp_context=get_context("spawn"),
            initializer=_begin,
            initargs=(desk.store.path, desk.zone),
        )

    def __call__(self, piece: Piece) -> Sequence[Line]:
        """The lines of that piece. Another console may have gone on meanwhile: what was read ahead
        of another piece is thrown away. Where a process was ended, it is read here.
        """
        while self._asked and self._asked[0][0] != piece:
            self._asked.popleft()
        try:
            if not self._asked:
                self._ask(piece)
            return self._asked.popleft()[1].result()
        except BrokenProcessPool:
            self._asked.clear()
            return self._here(piece)

    def _ask(self, piece: Piece) -> None:
        while piece.first < piece.last and len(self._asked) < self._count * AHEAD:
            self._asked.append((piece, self._pool.submit(_read, piece)))
            piece = piece.next

    def end(self) -> None:
        """No more is wanted."""
        self._pool.shutdown(wait=False, cancel_futures=True)


# In the other process

_opened: list[Store] = []


def _begin(path: Path, zone: tzinfo) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # the terminal is the desk's
    if hasattr(os, "nice"):
        os.nice(_GIVING_WAY)
    threading.Thread(target=_end_with_who_asked, daemon=True).start()
    # What is read holds nothing that holds it: looking for such took a fifth of the time.
    gc.freeze()
    gc.set_threshold(_LEFT_OVER)
    store = Store(path, clock=SystemClock(), zone=zone, console="index", is_read_only=True)
    _opened.append(store)


def _end_with_who_asked() -> None:
    """A console that was killed ends nothing of what it began."""
    asked_by = parent_process()
    if asked_by is not None:
        asked_by.join()
        os._exit(0)


def _read(piece: Piece) -> list[Line]:
    with _opened[0].reading() as session:
        return read(session, piece, _READ_THERE)
