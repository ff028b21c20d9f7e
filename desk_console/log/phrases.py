"""Sentences at hand while a call is logged: the language of service (5.8), frequent answers (5.2).

A site that has none of its own gets the built-in ones.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from desk_console.log.phrase_book import ANSWERS, SAYINGS
from desk_console.log.records import Category, Phrase, PhraseUse
from desk_console.rulebook.records import DutyRules

FIRST_BUILT_IN = 1_000_000_000
"""From this number on a sentence is a built-in one; rows of the site's own are numbered from 1."""

BUILT_IN = tuple(
    (use, category, zh, en)
    for use, book in ((PhraseUse.SAY, SAYINGS), (PhraseUse.ANSWER, ANSWERS))
    for category, zh, en in book
)


@dataclass(frozen=True, slots=True)
class PhraseView:
    """A sentence in both languages. `id` is None for a built-in one."""

    zh: str
    en: str
    id: int | None = None


def phrases(
    session: Session, duty: DutyRules, category: Category | None = None
) -> tuple[PhraseView, ...]:
    """What to say to the caller in that category, then what suits all (5.8); nothing where the
    site has not switched them on.
    """
    return _suiting(session, PhraseUse.SAY, category) if duty.phrases else ()


def answers(session: Session, category: Category | None = None) -> tuple[PhraseView, ...]:
    """Answers to what is asked often in that category (5.2)."""
    return _suiting(session, PhraseUse.ANSWER, category)


def of_use(session: Session, use: PhraseUse) -> list[Phrase]:
    """All sentences of a use in their order: the site's own, or the built-in ones where it has
    none. Those are no rows yet.
    """
    query = select(Phrase).where(Phrase.use == use).order_by(col(Phrase.position), col(Phrase.id))
    return list(session.exec(query)) or [
        Phrase(id=number, category=category, use=use, zh=zh, en=en, position=number)
        for number, (own_use, category, zh, en) in enumerate(BUILT_IN, FIRST_BUILT_IN)
        if own_use is use
    ]


def _suiting(session: Session, use: PhraseUse, category: Category | None) -> tuple[PhraseView, ...]:
    found = [
        one for one in of_use(session, use) if one.is_active and one.category in (category, None)
    ]
    found.sort(key=lambda one: one.category is None)
    return tuple(
        PhraseView(one.zh, one.en, one.id if (one.id or 0) < FIRST_BUILT_IN else None)
        for one in found
    )
