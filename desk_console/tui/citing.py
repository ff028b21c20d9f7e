"""Clauses on the screen: what is asked says by which clause of the site's regulations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_console.foundation.catalogue import Message, message

if TYPE_CHECKING:
    from desk_console.rulebook.records import DutyRules
    from desk_console.rulebook.topics import Topic


def cited(what: Message | str, duty: DutyRules, *topics: Topic) -> Message:
    """The words with the clauses of these topics behind them; alone where the site has none."""
    words = message(what) if isinstance(what, str) else what
    clauses = tuple(dict.fromkeys(filter(None, map(duty.cite, topics))))
    if not clauses:
        return words
    key = "tui.app.cited" if len(clauses) == 1 else "tui.app.cited_several"
    return message(key, words=words, clause=clauses)
