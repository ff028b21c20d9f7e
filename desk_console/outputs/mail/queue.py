"""What waits to be sent and what failed, as people see it; trying again, withdrawing.

Whoever may publish looks after the mail: nobody else's word is needed to try again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from desk_console.foundation import outbox
from desk_console.foundation.outbox import MailState, OutgoingMail
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Work
from desk_console.foundation.text import accept
from desk_console.outputs.mail.letters import words_of
from desk_console.people.authority import authorised
from desk_console.people.records import PersonView
from desk_console.people.rules import Right
from desk_console.rulebook.desk import Desk

OPEN = (MailState.FAILED, MailState.SENDING, MailState.QUEUED)
"""What is not done with, the failed first."""

MOVABLE = frozenset({MailState.FAILED, MailState.QUEUED})
"""What can be tried again, withdrawn or sent elsewhere."""

MAYBE_SENT = frozenset({"unsure", "interrupted"})
"""Failed, but it may have gone out all the same: sending again may make it two."""


@dataclass(frozen=True, slots=True)
class MailLine:
    """One mail of the outbox."""

    id: int
    created_at: datetime
    address: str
    subject: str
    state: MailState
    tries: int
    next_try_at: datetime | None
    sent_at: datetime | None
    error: str
    """Why the last try came to nothing, as a code; empty: nothing went wrong."""
    about: str

    @property
    def may_have_gone_out(self) -> bool:
        """Nobody can know whether it arrived."""
        return self.state is MailState.FAILED and self.error in MAYBE_SENT


@dataclass(frozen=True, slots=True)
class MailCount:
    """How much is not done with."""

    waiting: int
    failed: int


def count(session: Session) -> MailCount:
    """How many mails wait, and how many failed."""
    rows = dict(
        session.exec(
            select(OutgoingMail.state, func.count())
            .where(col(OutgoingMail.state).in_(OPEN))
            .group_by(col(OutgoingMail.state))
        ).all()
    )
    waiting = rows.get(MailState.QUEUED, 0) + rows.get(MailState.SENDING, 0)
    return MailCount(waiting, rows.get(MailState.FAILED, 0))


def open_mails(desk: Desk, *, limit: int = 200) -> tuple[MailLine, ...]:
    """What failed, then what is being sent or waits; the newest of each first."""
    with desk.reading() as session:
        found: list[OutgoingMail] = []
        for state in OPEN:
            found += session.exec(
                select(OutgoingMail)
                .where(OutgoingMail.state == state)
                .order_by(col(OutgoingMail.id).desc())
                .limit(limit - len(found))
            )
    return tuple(_line(desk, row) for row in found)


def mails(desk: Desk, *, before: int | None = None, limit: int = 50) -> tuple[MailLine, ...]:
    """All mail, newest first; `before` is the id of the last page's last."""
    with desk.reading() as session:
        query = select(OutgoingMail).order_by(col(OutgoingMail.id).desc()).limit(limit)
        if before is not None:
            query = query.where(col(OutgoingMail.id) < before)
        return tuple(_line(desk, row) for row in session.exec(query))


def mails_about(desk: Desk, about: str) -> tuple[MailLine, ...]:
    """What was sent about one thing (`roster:3`), oldest first."""
    with desk.reading() as session:
        query = select(OutgoingMail).where(OutgoingMail.about == about)
        return tuple(_line(desk, row) for row in session.exec(query.order_by(col(OutgoingMail.id))))


def retry(desk: Desk, person: PersonView, mail_id: int) -> None:
    """Puts a failed mail back in the queue, or has a waiting one tried at once."""
    with desk.transaction() as work:
        row = _movable(work, desk, person, mail_id)
        row.state, row.next_try_at, row.tries = MailState.QUEUED, work.now, 0
        work.session.add(row)
        work.journal("outputs.mail_retried", by=person.id, subject=f"outbox:{mail_id}")


def withdraw(desk: Desk, person: PersonView, mail_id: int) -> None:
    """Takes a mail out of the queue for good. It stays on record as withdrawn."""
    with desk.transaction() as work:
        row = _movable(work, desk, person, mail_id)
        row.state, row.next_try_at = MailState.WITHDRAWN, None
        work.session.add(row)
        work.journal("outputs.mail_withdrawn", by=person.id, subject=f"outbox:{mail_id}")


def send_elsewhere(desk: Desk, person: PersonView, mail_id: int, address: str) -> int:
    """Withdraws a mail and queues the same for another address; returns the new one's id. Refuses
    the address that it has: that one is tried again.
    """
    with desk.transaction() as work:
        row = _movable(work, desk, person, mail_id)
        if outbox.plain_address(accept(address)).casefold() == row.address.casefold():
            raise Refusal("outputs.mail.same_address", address=row.address)
        row.state, row.next_try_at = MailState.WITHDRAWN, None
        work.session.add(row)
        made = outbox.put(
            work,
            desk.source,
            template=row.template,
            address=accept(address),
            about=row.about,
            values=outbox.values_of(row.given),
            language="en" if row.language == "en" else "zh",
            attach=row.attach,
        )
        work.journal(
            "outputs.mail_redirected", by=person.id, subject=f"outbox:{mail_id}", instead=made
        )
        return made


def _movable(work: Work, desk: Desk, person: PersonView, mail_id: int) -> OutgoingMail:
    authorised(work.session, person.id, Right.PUBLISH, desk.duty)
    row = work.session.get(OutgoingMail, mail_id)
    if row is None:
        raise Refusal("outputs.mail.unknown")
    if row.state not in MOVABLE:
        raise Refusal(f"outputs.mail.is_{row.state}")
    return row


def _line(desk: Desk, row: OutgoingMail) -> MailLine:
    return MailLine(
        id=row.id or 0,
        created_at=row.created_at,
        address=row.address,
        subject=_subject(desk, row),
        state=row.state,
        tries=row.tries,
        next_try_at=row.next_try_at if row.state is MailState.QUEUED else None,
        sent_at=row.sent_at,
        error=row.last_error,
        about=row.about,
    )


def _subject(desk: Desk, row: OutgoingMail) -> str:
    try:
        return words_of(row, desk)[0]
    except (KeyError, LookupError):  # written by another version, with other templates
        return row.template
