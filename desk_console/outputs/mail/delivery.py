"""Delivery: claims what is due, sends it, writes down what came of it. Never twice.

A console that runs does it in the background, `desk-console deliver` does it by hand or from cron;
any number of them may, since each mail is claimed on the disk by one of them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from desk_console.foundation.outbox import MailState, OutgoingMail
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Work
from desk_console.outputs.mail.letters import letter
from desk_console.outputs.mail.server import Conversation, Fate, NoServer, Told, conversation
from desk_console.rulebook.desk import Desk, MailRoute

WAITS = tuple(timedelta(minutes=each) for each in (1, 5, 15, 60, 180, 360, 720))
"""How long a mail waits after each try that came to nothing; after the last it has failed."""

CLAIM_HOLDS = timedelta(minutes=30)
"""A claim older than this is of a program that ended while it was sending."""

TOO_OLD = timedelta(days=7)
"""Mail that has been due for so long is not sent by itself any more: it is no news."""

AT_MOST = 100
"""Mails of one round."""

Opening = Callable[[MailRoute], AbstractContextManager[Conversation]]

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Round:
    """What one round came to."""

    sent: int = 0
    later: int = 0
    failed: int = 0
    no_server: str = ""
    """Why there was no talking to the server, as a code."""


def deliver(
    desk: Desk,
    *,
    is_stopped: Callable[[], bool] = lambda: False,
    open_conversation: Opening = conversation,
) -> Round:
    """Sends what is due, at most a hundred mails. Takes as long as the server does: off the loop.

    Refuses where no mail server is configured. Clauses 6.3, 3.10, 9.1: what was to be told is told,
    or stands on the screen as not told.
    """
    if not desk.mail.host:
        raise Refusal("outputs.mail.not_set_up")
    done = Round()
    done.failed += _give_up(desk)
    if not _any_due(desk):
        return done
    try:
        with open_conversation(desk.mail) as server:
            for _ in range(AT_MOST):
                if is_stopped() or not _send_next(desk, server, done):
                    break
    except NoServer as error:
        done.no_server = error.code
        _postpone_all(desk, error.code, done)
    return done


def _send_next(desk: Desk, server: Conversation, done: Round) -> bool:
    """Claims one mail and sends it. False where nothing more can be done in this conversation."""
    mail = _claim(desk)
    if mail is None:
        return False
    try:
        made = letter(desk, mail)
    except Exception as error:  # one that cannot be made must not keep back all the others
        _log.error("mail %s cannot be made: %s", mail.id, type(error).__name__)
        told = Told(Fate.REFUSED, "unmakeable")
    else:
        told = server.send(made, mail.address)
    state = _settle(desk, mail, told)
    done.sent += state is MailState.SENT
    done.later += state is MailState.QUEUED
    done.failed += state is MailState.FAILED
    return not told.ends_conversation


def _due(session: Session, state: MailState, at: datetime, limit: int) -> list[OutgoingMail]:
    query = (
        select(OutgoingMail)
        .where(col(OutgoingMail.next_try_at) <= at, OutgoingMail.state == state)
        .order_by(col(OutgoingMail.next_try_at), col(OutgoingMail.id))
        .limit(limit)
    )
    return list(session.exec(query))


def _any_due(desk: Desk) -> bool:
    with desk.reading() as session:
        return bool(_due(session, MailState.QUEUED, desk.now(), 1))


def _claim(desk: Desk) -> OutgoingMail | None:
    """The next mail, marked on the disk as being sent: nobody else takes it now."""
    with desk.transaction() as work:
        found = _due(work.session, MailState.QUEUED, work.now, 1)
        if not found:
            return None
        mail = found[0]
        mail.state, mail.tries, mail.claimed_at = MailState.SENDING, mail.tries + 1, work.now
        mail.next_try_at = work.now + CLAIM_HOLDS
        work.session.add(mail)
        return mail


def _settle(desk: Desk, mail: OutgoingMail, told: Told) -> MailState:
    """Writes down what came of a mail that this console claimed."""
    with desk.transaction() as work:
        row = work.session.get(OutgoingMail, mail.id)
        if row is None or row.claimed_at != mail.claimed_at:
            # Somebody had it tried again meanwhile, and another console took it: theirs now.
            return MailState.SENDING
        row.claimed_at, row.next_try_at, row.last_error = None, None, told.code
        if told.fate is Fate.SENT:
            row.state, row.sent_at = MailState.SENT, work.now
            _on_record(work, row, "sent")
        elif told.fate is Fate.LATER:
            _again_later(work, row, told.code)
        else:
            _fail(work, row, told.code)
        work.session.add(row)
        return row.state


def _again_later(work: Work, row: OutgoingMail, code: str) -> None:
    if row.tries > len(WAITS):
        _fail(work, row, code)
        return
    row.state, row.last_error = MailState.QUEUED, code
    row.next_try_at = work.now + WAITS[row.tries - 1]


def _fail(work: Work, row: OutgoingMail, code: str) -> None:
    row.state, row.last_error, row.next_try_at = MailState.FAILED, code, None
    _on_record(work, row, "failed")


def _on_record(work: Work, row: OutgoingMail, what: str) -> None:
    work.journal(
        f"outputs.mail_{what}",
        by=None,
        subject=f"outbox:{row.id}",
        about=row.about,
        template=row.template,
        tries=row.tries,
        code=row.last_error,
    )


def _postpone_all(desk: Desk, code: str, done: Round) -> None:
    """The server cannot be talked to: that was a try for everything that was due."""
    with desk.transaction() as work:
        for row in _due(work.session, MailState.QUEUED, work.now, AT_MOST):
            row.tries += 1
            _again_later(work, row, code)
            work.session.add(row)
            done.later += row.state is MailState.QUEUED
            done.failed += row.state is MailState.FAILED


def _give_up(desk: Desk) -> int:
    """Fails what a program that ended left half sent, and what has been due for too long."""
    with desk.reading() as session:
        at = desk.now()
        left = _due(session, MailState.SENDING, at, 1)
        old = _due(session, MailState.QUEUED, at - TOO_OLD, 1)
    if not left and not old:
        return 0
    count = 0
    with desk.transaction() as work:
        for row in _due(work.session, MailState.SENDING, work.now, AT_MOST):
            _fail(work, row, "interrupted")
            work.session.add(row)
            count += 1
        for row in _due(work.session, MailState.QUEUED, work.now - TOO_OLD, AT_MOST):
            _fail(work, row, "too_old")
            work.session.add(row)
            count += 1
    return count
