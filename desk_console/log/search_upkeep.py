"""The upkeep of the search index: is it whole, and making it again where it is not.

A search never takes half an index for the whole: what is not in it yet is looked through by itself,
and the answer says so. Making it again goes in small transactions, so that the desk writes on
meanwhile; it takes up where it was broken off, and two consoles that do it at once share the work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, delete, select

from desk_console.foundation.reading import rows
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Work
from desk_console.log import search_index
from desk_console.log.search_index import Line
from desk_console.log.search_marks import SearchMark
from desk_console.log.search_readers import Piece, reading
from desk_console.log.search_source import IndexedSource, Source
from desk_console.rulebook.desk import Desk

AT_ONCE = 2500
"""Records that are indexed in one transaction: a quarter of a second, for which a save may wait.
The more at once, the fewer pieces of the index are there to be merged.
"""

_SAMPLES = 24

_MARKS = "select source, through, target from search_mark"


@dataclass(frozen=True, slots=True)
class Making:
    """How far the index is that is being made again."""

    done: int
    target: int


def ready(session: Session, sources: Iterable[Source]) -> Making | None:
    """Is the index being made again? Searches look at the records themselves meanwhile. Refuses
    where it is missing, or behind without being made: never a wrong answer.
    """
    if not search_index.exists(session):
        raise Refusal("log.search_missing")
    marks = {mark["source"]: mark for mark in rows(session, _MARKS)}
    wanted = _indexed(sources)
    for source in wanted:
        last = source.newest(session)
        if source.code in marks or not last:
            continue
        if search_index.newest(session, source.number) < last:
            raise Refusal("log.search_missing")
    under_way = [marks[source.code] for source in wanted if source.code in marks]
    if not under_way:
        return None
    return Making(sum(one["through"] for one in under_way), sum(one["target"] for one in under_way))


def is_whole(session: Session, sources: Iterable[Source]) -> bool:
    """Is each record in the index? Counts the lines, and seeks some records by their own words."""
    try:
        making = ready(session, sources)
    except Refusal:
        return False
    return making is None and all(
        search_index.count(session, source.number) == source.count(session)
        and _finds_samples(session, source)
        for source in _indexed(sources)
    )


def begin(work: Work, sources: Iterable[Source]) -> None:
    """Empties the index and marks all of it as to be made; a step of a larger act."""
    search_index.make_anew(work.session)
    work.session.connection().execute(delete(SearchMark))
    for source in _indexed(sources):
        if newest := source.newest(work.session):
            work.session.add(SearchMark(source=source.code, target=newest))
    work.journal("log.reindex", by=None, subject="search")


def prepare(desk: Desk, sources: Sequence[Source]) -> None:
    """Sees to it that there is an index to write to: without one nothing could be saved."""
    with desk.reading() as session:
        if search_index.exists(session):
            return
    with desk.transaction() as work:
        if not search_index.exists(work.session):
            begin(work, sources)


def mend(
    desk: Desk, sources: Sequence[Source], *, is_over: Callable[[], bool] = lambda: False
) -> bool:
    """Looks the index over, and makes it anew where it is not whole. True where it had to.

    `is_over` is asked between two steps: the rest is then done at the next start.
    """
    with desk.reading() as session:
        is_begun = session.exec(select(SearchMark)).first() is not None
        if not is_begun and is_whole(session, sources):
            return False
    if not is_begun:
        with desk.transaction() as work:
            begin(work, sources)
    _finish(desk, sources, is_over)
    return True


def reindex(desk: Desk, sources: Sequence[Source]) -> int:
    """Makes the whole index again; returns how many records it holds."""
    with desk.transaction() as work:
        begin(work, sources)
    _finish(desk, sources, lambda: False)
    with desk.reading() as session:
        return sum(source.count(session) for source in _indexed(sources))


def _finish(desk: Desk, sources: Sequence[Source], is_over: Callable[[], bool]) -> None:
    known = {source.code: source for source in _indexed(sources)}
    with desk.transaction() as work:
        marks = work.session.exec(select(SearchMark)).all()
        for mark in marks:
            if mark.source not in known:  # this program has it no longer
                work.session.delete(mark)
        missing = sum(mark.target - mark.through for mark in marks)
    with reading(desk, missing) as read:
        while not is_over() and (piece := _next(desk, known)) is not None:
            lines = read(piece)
            with desk.transaction() as work:
                _write(work, piece, lines)


def _next(desk: Desk, known: Mapping[str, IndexedSource]) -> Piece | None:
    """The records that are to be indexed next."""
    with desk.reading() as session:
        mark = session.exec(select(SearchMark).order_by(col(SearchMark.source))).first()
    if mark is None or mark.source not in known:
        return None
    last = min(mark.through + AT_ONCE, mark.target)
    return Piece(known[mark.source], mark.through, last, mark.target)


def _write(work: Work, piece: Piece, lines: Sequence[Line]) -> None:
    """Writes these lines, unless another console has done it meanwhile."""
    mark = work.session.get(SearchMark, piece.source.code)
    if mark is None or mark.through != piece.first:
        return
    search_index.write(work.session, lines)
    mark.through = piece.last
    if mark.through < mark.target:
        work.session.add(mark)
    else:
        work.session.delete(mark)


def _finds_samples(session: Session, source: IndexedSource) -> bool:
    """Are some records, the newest among them, found by their own first words?"""
    newest = source.newest(session)
    stride = max(newest // _SAMPLES, 1)
    refs = list(range(newest, 0, -stride))
    return all(
        search_index.has(session, source.number, ref, searched)
        for ref, searched in source.documents(session, refs).items()
    )


def _indexed(sources: Iterable[Source]) -> list[IndexedSource]:
    return [source for source in sources if isinstance(source, IndexedSource)]
