"""The outbox: mail that an act lets go of, written in the act's own transaction.

What is queued here leaves later, delivered by `outputs`; an act that failed queued nothing. A row
keeps a template and the values for its gaps, never finished words, and what was queued is not
changed afterwards: only how far it has come.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from desk_console.foundation.addresses import address_verdict, plain_address
from desk_console.foundation.canonical import canonical_text
from desk_console.foundation.catalogue import Language, Message, pair
from desk_console.foundation.columns import code_field, seal, utc_field
from desk_console.foundation.identity import Source
from desk_console.foundation.store import Work

__all__ = [
    "MailState",
    "OutgoingMail",
    "address_verdict",
    "plain_address",
    "put",
    "values_of",
    "words_key",
]

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")


class MailState(StrEnum):
    """How far a mail has come."""

    QUEUED = "queued"
    """It waits for its turn, or for its next try."""
    SENDING = "sending"
    """A console has claimed it and is talking to the server."""
    SENT = "sent"
    """The server took it."""
    FAILED = "failed"
    """It is not tried again by itself: somebody must look at it."""
    WITHDRAWN = "withdrawn"
    """Somebody decided that it is not to be sent."""


class OutgoingMail(SQLModel, table=True):
    """One mail to one address."""

    __tablename__ = "outbox"
    __table_args__ = (Index("outbox_by_state", "state", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    """Names the mail for good: its Message-ID is made from it."""
    template: str
    """`roster.published`: its words are `roster.mail_published_subject` and `…_body`."""
    address: str
    language: str
    about: str = Field(index=True)
    """What it is about: `roster:3`."""
    attach: str = ""
    """What is made and attached when it is sent, by the name that `outputs` knows it by."""
    given: str
    """The values for the template's gaps, canonical JSON."""
    created_at: datetime = utc_field()
    state: MailState = code_field(MailState)
    tries: int = 0
    next_try_at: datetime | None = utc_field(optional=True, index=True)
    """When somebody is to look at it again: it is due, or whoever claimed it never came back."""
    claimed_at: datetime | None = utc_field(optional=True)
    """When the console that is sending it took it."""
    sent_at: datetime | None = utc_field(optional=True)
    last_error: str = ""
    """Why the last try came to nothing: a code, never a server's words."""
    erased_by: int | None = None
    """The journal row of the order that erased its values."""


seal(
    "outbox",
    keys=("id", "uid"),
    changeable=("state", "tries", "next_try_at", "claimed_at", "sent_at", "last_error"),
    erasable=("given", "erased_by"),
)


def put(
    work: Work,
    source: Source,
    *,
    template: str,
    address: str,
    about: str,
    values: Mapping[str, object],
    language: Language,
    attach: str = "",
) -> int:
    """Queues a mail in the caller's transaction; returns its id. Refuses what is no address.

    `values` may hold text, whole numbers, instants, dates, spans, messages, and lists of these:
    they are put in words, in `language`, when the mail is sent. A template without words is a
    defect: KeyError.
    """
    to = plain_address(address)
    address_verdict(to).or_refuse()
    for part in ("subject", "body"):
        pair(words_key(template, part))
    row = OutgoingMail(
        uid=source.new_id(),
        template=template,
        address=to,
        language=language,
        about=about,
        attach=attach,
        given=canonical_text({name: _kept(value) for name, value in values.items()}),
        created_at=work.now,
        state=MailState.QUEUED,
        next_try_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    return row.id or 0


def words_key(template: str, part: str) -> str:
    """The catalogue key of a template's `subject` or `body`."""
    package, _, name = template.partition(".")
    return f"{package}.mail_{name}_{part}"


def values_of(given: str) -> dict[str, object]:
    """The values of a queued mail, as they were when it was queued."""
    return {name: _given(value) for name, value in json.loads(given).items()}


def _kept(value: object) -> object:
    match value:
        case Message():
            values = {name: _kept(each) for name, each in value.values.items()}
            return {"key": value.key, "values": values}
        case timedelta():
            return {"seconds": int(value.total_seconds())}
        case list() | tuple():
            return [_kept(each) for each in value]
        case _:
            return value


def _given(value: object) -> object:
    match value:
        case {"key": str(key), "values": dict(values)}:
            return Message(key, {name: _given(each) for name, each in values.items()})
        case {"seconds": int(seconds)}:
            return timedelta(seconds=seconds)
        case list():
            return [_given(each) for each in value]
        case str() if _INSTANT.fullmatch(value):
            return datetime.fromisoformat(value)
        case _:
            return value
