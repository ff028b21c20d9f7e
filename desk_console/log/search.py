"""Finding again, over all sources at once: newest first, page by page.

A page stays whole while others write: what is asked next is what is older than what was shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from heapq import merge

from sqlmodel import Session

from desk_console.log.entry_source import ENTRIES
from desk_console.log.search_source import Hit, Source
from desk_console.log.search_terms import Asked, asked
from desk_console.log.search_upkeep import Making, ready

_FIRST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Hits, newest first; `next` is handed in again for the older ones, None at the end."""

    hits: tuple[Hit, ...]
    next: Mapping[str, int] | None = field(default=None)
    """The last ref shown of each source."""
    making: Making | None = None
    """The index is being made again: the older records may not all have been looked through."""


def search(
    session: Session,
    query: Asked | str,
    *,
    sources: Sequence[Source] = (ENTRIES,),
    after: Mapping[str, int] | None = None,
    limit: int = 50,
) -> SearchPage:
    """What answers the query, all of it text; see `search_terms` for the rule.

    `after` is the last page's `next`. Refuses where an index is missing: never a wrong answer.
    """
    if isinstance(query, str):
        query = asked(query)
    if query.is_empty or limit <= 0:
        return SearchPage(())
    making = ready(session, sources)
    shown = dict(after or {})
    found = [
        source.page(session, query, before=shown.get(source.code), limit=limit + 1)
        for source in sources
    ]
    merged = list(merge(*found, key=lambda hit: hit.at or _FIRST, reverse=True))
    for hit in merged[:limit]:
        shown[hit.source] = hit.ref
    return SearchPage(tuple(merged[:limit]), shown if len(merged) > limit else None, making)
