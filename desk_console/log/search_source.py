"""What can be searched: sources, each of one sort of record, and the hits that they give.

A package above the log makes its own records findable in four steps:

1. Subclass `IndexedSource` (in `<package>/findable.py`, say): a `code`, a `number` that no other
   source has (0 entries, 1 matters, 2 handovers), `documents` (what is searched of some records),
   `hits` (how they are shown), and `newest`, `after` and `count` for the upkeep of the index.
2. In each act that writes or changes such a record call `SOURCE.index(work.session, ref,
   version=…)` inside its transaction, after the flush. `version` counts the record's changes, so
   that each has a line of its own.
3. Name the source in `wiring.search_sources`: the search, the upkeep and `doctor` take it there.
4. Word `tui.find.source_<code>` in both languages, and let the search screen open it.

A source that has indexes of its own (residents, people) subclasses `Source` alone.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice, takewhile
from typing import ClassVar

from sqlmodel import Session

from desk_console.foundation.catalogue import Message
from desk_console.foundation.reading import row
from desk_console.log import search_index
from desk_console.log.search_terms import Asked, Searched, answers

_MORE = 8
"""Candidates that are looked at beyond those that are wanted: an older line may name one wrongly.
"""

MOST_SCANNED = 20_000
"""Records that a search goes through by themselves while the index is being made: a second."""

_SCANNED_AT_ONCE = 500
_GAP = "select through, target from search_mark where source = :source"


@dataclass(frozen=True, slots=True)
class Hit:
    """One record that answers, as a list shows it."""

    source: str
    """The code of its source."""
    ref: int
    """Its id there."""
    at: datetime | None
    """What it is ordered by; None stands before all others (people, residents)."""
    kind: Message
    """What it is, in a word or two."""
    about: Message | str = ""
    """What it is about, in a word or two."""
    who: str = ""
    words: str = ""
    tail: str = ""
    """What stands behind the words, whole or not at all: a receipt."""
    is_open: bool = False
    record: object = None
    """The source's own line of it, for who needs more."""


class Source(ABC):
    """One sort of record that can be found."""

    code: ClassVar[str]

    @abstractmethod
    def page(
        self, session: Session, query: Asked, *, before: int | None, limit: int
    ) -> Sequence[Hit]:
        """The records that answer, newest first, at most `limit`; below ref `before` in its order.

        Pages must stay whole while others write.
        """


class IndexedSource(Source):
    """A source whose records are lines of the search index."""

    number: ClassVar[int]
    """Tells its lines from those of other sources, for good: 0 to 127."""

    @abstractmethod
    def documents(self, session: Session, refs: Sequence[int]) -> Mapping[int, Searched]:
        """What is searched of these records as they are now; those that are gone are left out."""

    @abstractmethod
    def hits(self, session: Session, refs: Sequence[int]) -> Sequence[Hit]:
        """How these records are shown, in that order."""

    @abstractmethod
    def newest(self, session: Session) -> int:
        """The largest ref that there is; 0 where there is none."""

    @abstractmethod
    def after(self, session: Session, ref: int, limit: int) -> Sequence[tuple[int, int]]:
        """The next records behind `ref` by their number, each with its version."""

    @abstractmethod
    def count(self, session: Session) -> int:
        """How many records there are."""

    def index(self, session: Session, ref: int, *, version: int = 0) -> None:
        """Indexes a record as it stands now, inside the caller's transaction."""
        for found, searched in self.documents(session, [ref]).items():
            search_index.add(session, self.number, found, searched, version=version)

    def page(
        self, session: Session, query: Asked, *, before: int | None, limit: int
    ) -> Sequence[Hit]:
        """See `Source`. Each candidate of the index is held against its record; while the index is
        being made, the newest records that it does not have yet are candidates all of them.
        """
        if not self.newest(session):
            return ()
        gap = row(session, _GAP, source=self.code)
        found: list[int] = []
        candidates = (
            search_index.candidates(session, self.number, query, before=before)
            if gap is None
            else self._around(session, query, before, gap["through"], gap["target"])
        )
        at_once = limit + _MORE if gap is None else _SCANNED_AT_ONCE
        while len(found) < limit and (looked_at := list(islice(candidates, at_once))):
            known = self.documents(session, looked_at)
            found += [ref for ref in looked_at if ref in known and answers(known[ref], query)]
        return self.hits(session, found[:limit]) if found else ()

    def _around(
        self, session: Session, query: Asked, before: int | None, through: int, target: int
    ) -> Iterator[int]:
        """Candidates newest first: above `target` and up to `through` by the index, those between
        by their numbers.
        """
        by_index = search_index.candidates(session, self.number, query, before=before)
        yield from takewhile(lambda ref: ref > target, by_index)
        newest = target if before is None else min(target, before - 1)
        yield from range(newest, max(through, newest - MOST_SCANNED), -1)
        older = through + 1 if before is None else min(through + 1, before)
        yield from search_index.candidates(session, self.number, query, before=older)


def by_code(sources: Iterable[Source], codes: Iterable[str]) -> tuple[Source, ...]:
    """The sources of those codes."""
    wanted = set(codes)
    return tuple(source for source in sources if source.code in wanted)
