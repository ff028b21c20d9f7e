"""Forms that are being filled in, kept as they are typed: a kill loses a second at most.

Several may wait at once. A draft of the call form goes when its form is saved, in the same
transaction; one of another form is named after what it is written for, as that stands, and goes
right behind it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from desk_console.foundation.store import Work
from desk_console.foundation.text import LONG_LIMIT
from desk_console.log.records import Draft, Entry
from desk_console.rulebook.desk import Desk

WIZARD = "handover"
"""The form whose drafts its own dialogs take up again: they are in no list of those put aside."""


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft: which form, of which console and person, since when, and what was typed."""

    form_id: str
    form: str
    console: str
    person_id: int | None
    begun_at: datetime
    saved_at: datetime
    fields: Mapping[str, Any]


def keep(
    desk: Desk,
    form_id: str,
    form: str,
    fields: Mapping[str, Any],
    person_id: int | None = None,
) -> bool:
    """Keeps what is typed so far, just as it is; `fields` holds JSON values only.

    False where the form was saved meanwhile: a late keystroke brings no draft back.
    """
    kept = {name: _cut(value) for name, value in fields.items()}
    with desk.transaction() as work:
        connection = work.session.connection()
        changed = connection.execute(
            update(Draft)
            .where(col(Draft.form_id) == form_id)
            .values(fields=kept, form=form, person_id=person_id, saved_at=work.now)
        )
        if changed.rowcount:
            return True
        if work.session.exec(select(Entry.id).where(Entry.form_id == form_id)).first() is not None:
            return False
        work.session.add(
            Draft(
                form_id=form_id,
                form=form,
                console=work.console,
                person_id=person_id,
                begun_at=work.now,
                saved_at=work.now,
                fields=kept,
            )
        )
    return True


def _cut(value: Any) -> Any:
    return value[: 2 * LONG_LIMIT] if isinstance(value, str) else value


def waiting(session: Session, console: str | None = None) -> tuple[DraftView, ...]:
    """The forms put aside that wait, oldest first: of one console, or of all."""
    query = select(Draft).order_by(col(Draft.begun_at), col(Draft.form_id))
    query = query.where(Draft.form != WIZARD)
    if console is not None:
        query = query.where(Draft.console == console)
    return tuple(_view(each) for each in session.exec(query))


def _view(row: Draft) -> DraftView:
    return DraftView(
        row.form_id,
        row.form,
        row.console,
        row.person_id,
        row.begun_at,
        row.saved_at,
        row.fields,
    )


def find(session: Session, form_id: str) -> DraftView | None:
    """The draft of one form."""
    row = session.get(Draft, form_id)
    return _view(row) if row else None


def forget(desk: Desk, form_id: str) -> None:
    """What was typed is saved, or nothing stands in its form any more: there is no draft of it."""
    with desk.transaction() as work:
        work.session.connection().execute(delete(Draft).where(col(Draft.form_id) == form_id))


def drop(work: Work, form_ids: str) -> None:
    """The drafts whose names begin so have lost what they were written for."""
    work.session.connection().execute(
        delete(Draft).where(col(Draft.form_id).startswith(form_ids, autoescape=True))
    )


def discard(desk: Desk, form_id: str, person_id: int | None = None) -> None:
    """Throws a draft away, on record without its words. One that is gone already is no matter."""
    with desk.transaction() as work:
        draft = work.session.get(Draft, form_id)
        if draft is None:
            return
        work.session.delete(draft)
        work.journal(
            "log.draft_discarded", by=person_id, subject=f"draft:{form_id}", form=draft.form
        )
