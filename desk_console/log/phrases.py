"""Sentences at hand while a call is logged: the language of service (5.8), frequent answers (5.2).

A site that has none of its own gets the built-in ones.
"""

from dataclasses import dataclass

from sqlalchemy import or_
from sqlmodel import Session, col, func, select

from desk_console.foundation.refusal import Refusal
from desk_console.log.forms import Form, Long
from desk_console.log.phrase_book import ANSWERS, SAYINGS
from desk_console.log.records import Category, Phrase, PhraseUse
from desk_console.people.authority import authorised
from desk_console.people.records import PersonView
from desk_console.people.rules import Right
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import DutyRules


class PhraseForm(Form):
    """A sentence of the site's own; without a category it serves all."""

    use: PhraseUse = PhraseUse.SAY
    category: Category | None = None
    zh: Long
    en: Long = ""


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
    return _found(session, PhraseUse.SAY, category) if duty.phrases else ()


def answers(session: Session, category: Category | None = None) -> tuple[PhraseView, ...]:
    """Answers to what is asked often in that category (5.2)."""
    return _found(session, PhraseUse.ANSWER, category)


def add_phrase(desk: Desk, person: PersonView, form: PhraseForm) -> int:
    """Adds a sentence of the site's own; with the first, the built-in ones of its use become
    rows beside it. Returns its id.
    """
    with desk.transaction() as work:
        authorised(work.session, person.id, Right.SET_UP, desk.duty)
        if not form.zh:
            raise Refusal("log.missing_words", field="zh")
        if not _count(work.session, form.use):
            for place, (category, zh, en) in enumerate(_built_in(form.use)):
                work.session.add(
                    Phrase(category=category, use=form.use, zh=zh, en=en, position=place)
                )
            work.session.flush()
        row = Phrase(
            category=form.category,
            use=form.use,
            zh=form.zh,
            en=form.en or form.zh,
            position=_count(work.session, form.use),
        )
        work.session.add(row)
        work.session.flush()
        work.journal("log.phrase_added", by=person.id, subject=f"phrase:{row.id}", zh=row.zh)
        return row.id or 0


def retire_phrase(desk: Desk, person: PersonView, phrase_id: int) -> None:
    """Takes a sentence out of use."""
    with desk.transaction() as work:
        authorised(work.session, person.id, Right.SET_UP, desk.duty)
        row = work.session.get(Phrase, phrase_id)
        if row is None:
            raise Refusal("log.no_phrase")
        row.is_active = False
        work.session.add(row)
        work.journal("log.phrase_retired", by=person.id, subject=f"phrase:{phrase_id}")


def _found(session: Session, use: PhraseUse, category: Category | None) -> tuple[PhraseView, ...]:
    if not _count(session, use):
        known = [PhraseView(zh, en) for own, zh, en in _built_in(use) if own == category]
        if category is not None:
            known += [PhraseView(zh, en) for own, zh, en in _built_in(use) if own is None]
        return tuple(known)
    query = (
        select(Phrase)
        .where(Phrase.use == use, col(Phrase.is_active).is_(True))
        .where(or_(col(Phrase.category) == category, col(Phrase.category).is_(None)))
        .order_by(col(Phrase.category).is_(None), col(Phrase.position), col(Phrase.id))
    )
    return tuple(PhraseView(each.zh, each.en, each.id) for each in session.exec(query))


def _count(session: Session, use: PhraseUse) -> int:
    return session.exec(select(func.count()).select_from(Phrase).where(Phrase.use == use)).one()


def _built_in(use: PhraseUse) -> tuple[tuple[Category | None, str, str], ...]:
    return SAYINGS if use is PhraseUse.SAY else ANSWERS
