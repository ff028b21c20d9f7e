"""Finding entries again: Chinese text, unit numbers, phone endings, pinyin initials."""

from dataclasses import dataclass

from sqlmodel import Session

from desk_console.log import search_index
from desk_console.log.views import EntryLine, lines_of


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Hits, newest first; `next` is handed in again for the older ones, None at the end."""

    lines: tuple[EntryLine, ...]
    next: int | None


def search(
    session: Session, typed: str, *, after: int | None = None, limit: int = 50
) -> SearchPage:
    """The entries that answer what was typed, all of it text; see `search_terms` for the rule.

    `after` is the last page's `next`. Pages stay whole while others write.
    """
    found = search_index.find(session, typed, before=after, limit=limit + 1)
    shown = found[:limit]
    return SearchPage(lines_of(session, shown), shown[-1] if len(found) > limit else None)
