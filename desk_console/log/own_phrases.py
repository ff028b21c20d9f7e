"""A site's own sentences (5.8, 5.2): added, changed, put in order, taken out of use.

A site begins with the built-in ones. With the first of a use that it touches they become its own:
none of them is lost, and each can be changed as any other.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Work
from desk_console.log.forms import Form, Long
from desk_console.log.phrases import BUILT_IN, FIRST_BUILT_IN, of_use
from desk_console.log.records import Category, Phrase, PhraseUse
from desk_console.people.authority import authorised
from desk_console.people.records import PersonView
from desk_console.people.rules import Right
from desk_console.rulebook.desk import Desk


class PhraseForm(Form):
    """A sentence of the site's own; without a category it suits all. `place` counts from 1 among
    those of its category; without one it comes last.
    """

    use: PhraseUse = PhraseUse.SAY
    category: Category | None = None
    zh: Long
    en: Long = ""
    place: int | None = None


@dataclass(frozen=True, slots=True)
class PhraseLine:
    """A sentence as the set-up lists it; `place` is its place among those of its category, None
    where it is out of use.
    """

    id: int
    use: PhraseUse
    category: Category | None
    zh: str
    en: str
    place: int | None
    is_active: bool


def listed(session: Session) -> tuple[PhraseLine, ...]:
    """Every sentence, by use and category, in its order."""
    order = [*Category, None]
    lines = []
    for use in PhraseUse:
        counted: dict[Category | None, int] = defaultdict(int)
        for one in sorted(of_use(session, use), key=lambda one: order.index(one.category)):
            counted[one.category] += one.is_active
            place = counted[one.category] if one.is_active else None
            lines.append(
                PhraseLine(one.id or 0, use, one.category, one.zh, one.en, place, one.is_active)
            )
    return tuple(lines)


def add_phrase(desk: Desk, person: PersonView, form: PhraseForm) -> int:
    """Adds a sentence of the site's own; returns its id."""
    with desk.transaction() as work:
        authorised(work.session, person.id, Right.SET_UP, desk.duty)
        return keep_new(work, form, by_id=person.id)


def keep_new(work: Work, form: PhraseForm, *, by_id: int) -> int:
    """Adds a sentence; a step of an act. Refuses one that its category has already."""
    _make_own(work, form.use)
    row = Phrase(use=form.use, zh="", en="")
    _describe(work, row, form)
    work.journal("log.phrase_added", by=by_id, subject=f"phrase:{row.id}", zh=row.zh)
    return row.id or 0


def change_phrase(
    desk: Desk, person: PersonView, phrase_id: int, form: PhraseForm, *, is_active: bool
) -> None:
    """Changes a sentence, its category and its place, or takes it out of use. What it is for
    stays."""
    with desk.transaction() as work:
        authorised(work.session, person.id, Right.SET_UP, desk.duty)
        row = _row(work, phrase_id)
        before = {"zh": row.zh, "is_active": row.is_active}
        row.is_active = is_active
        _describe(work, row, form)
        work.journal(
            "log.phrase_changed",
            by=person.id,
            subject=f"phrase:{row.id}",
            before=before,
            after={"zh": row.zh, "is_active": is_active},
        )


def _make_own(work: Work, use: PhraseUse) -> None:
    count = select(func.count()).select_from(Phrase).where(Phrase.use == use)
    if not work.session.exec(count).one():
        for one in of_use(work.session, use):
            one.id = None
            work.session.add(one)
        work.session.flush()


def _row(work: Work, phrase_id: int) -> Phrase:
    """The row of that number; of a built-in sentence, the row that it has become."""
    if phrase_id < FIRST_BUILT_IN:
        row = work.session.get(Phrase, phrase_id)
    else:
        use, category, zh, _ = BUILT_IN[phrase_id - FIRST_BUILT_IN]
        _make_own(work, use)
        same = (
            one for one in of_use(work.session, use) if (one.category, one.zh) == (category, zh)
        )
        row = next(same, None)
    if row is None:
        raise Refusal("log.no_phrase")
    return row


def _describe(work: Work, row: Phrase, form: PhraseForm) -> None:
    if not form.zh:
        raise Refusal("log.missing_words", field="zh")
    row.category, row.zh, row.en = form.category, form.zh, form.en or form.zh
    beside = work.session.exec(
        select(Phrase)
        .where(Phrase.use == row.use, Phrase.category == row.category)
        .order_by(col(Phrase.position), col(Phrase.id))
    ).all()
    others = [one for one in beside if one is not row]
    if any(one.zh == row.zh for one in others):
        raise Refusal("log.phrase_twice", field="zh")
    work.session.add(row)
    in_use = [one for one in others if one.is_active]
    if row.is_active:
        at = len(in_use) if form.place is None else max(form.place, 1) - 1
        in_use.insert(at, row)
    for position, one in enumerate(in_use):
        one.position = position
        work.session.add(one)
    work.session.flush()
