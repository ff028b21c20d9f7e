"""Missed calls: put down several at once, and settled several at once.

Each is an entry of its own and a matter that waits to be called back; calls from one number are
settled together.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from desk_console.foundation.refusal import Refusal
from desk_console.log.acts import write_entry
from desk_console.log.forms import CallForm, Form, Number
from desk_console.log.masking import masked_phone
from desk_console.log.presence import present_writer
from desk_console.log.records import Entry
from desk_console.matters.acts import step
from desk_console.matters.fields import accepted
from desk_console.matters.moving import matter_at
from desk_console.matters.opening import OpenMatter, cause_of, open_matter
from desk_console.matters.records import Matter
from desk_console.people.phones import digits
from desk_console.people.records import PersonView
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.topics import Topic

MOST = 50
"""Missed calls in one act."""


class MissedCall(Form):
    """A call that nobody took."""

    phone: Number
    at: datetime
    rings: int | None = None


def log_missed(
    desk: Desk, person: PersonView, calls: Sequence[MissedCall], words: str
) -> tuple[int, ...]:
    """Puts down calls that nobody took; each is to be called back (9.7, 7.10). Returns the matters'
    ids. `words` say in the log what it was, in the writer's language; in lists each is told by its
    number, masked, since it goes into what is signed.
    """
    if not calls or len(calls) > MOST:
        raise Refusal("matters.missed_count", most=MOST)
    with desk.transaction() as work:
        present_writer(work.session, person, desk.duty)
        made = []
        for call in calls:
            form = CallForm(
                form_id=desk.source.new_id(),
                at=call.at,
                phone=call.phone,
                rings=call.rings,
                content=words,
            )
            written = write_entry(work, desk, person, form, is_open=True)
            opened = OpenMatter(is_missed=True, title=masked_phone(call.phone))
            made.append(open_matter(work, desk, person, cause_of(form), written.entry, opened))
        return tuple(made)


def settle_missed(
    desk: Desk,
    person: PersonView,
    chosen: Sequence[tuple[int, int]],
    *,
    result: str,
    answered: str,
) -> int:
    """Closes several missed calls with one word: called back, or not reached. `chosen` are ids with
    their revisions; all of them close or none. Returns how many.
    """
    facts = accepted({"result": result, "answered": answered})
    clause = desk.duty.cite(Topic.ANSWERED)
    with desk.transaction() as work:
        present_writer(work.session, person, desk.duty)
        for matter_id, revision in chosen:
            matter = matter_at(work.session, matter_id, revision)
            if matter.kind != "missed":
                raise Refusal("matters.only_missed", clause=clause, title=matter.title)
            step(work, desk, person, matter, "close", facts)
        return len(chosen)


def same_number(session: Session, matter_id: int) -> tuple[tuple[int, int], ...]:
    """The open missed calls from the same number, with their revisions: this one among them."""
    rows = session.exec(
        select(col(Matter.id), col(Matter.revision), col(Entry.phone))
        .join(Entry, col(Entry.id) == col(Matter.entry_id))
        .where(col(Matter.closed_at).is_(None), Matter.kind == "missed")
        .order_by(col(Matter.id))
    ).all()
    own = next((digits(phone) for number, _, phone in rows if number == matter_id), None)
    return tuple(
        (number or 0, revision) for number, revision, phone in rows if digits(phone) == own
    )
