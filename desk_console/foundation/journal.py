"""The journal: the append-only trail of every act: who, when, what, under which clause.

Each row holds the hash of the row before it, so that a row changed, removed or moved is found.
Words of residents never stand in it: an act journals the salted digest of what was written, and
where it stands.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlmodel import Field, Session, SQLModel, col, select

from desk_console.foundation import reading, writing
from desk_console.foundation.canonical import canonical, canonical_text, sha256
from desk_console.foundation.columns import seal, utc_field

FIRST_LINK = "0" * 64
"""What stands for the row before the first."""


class JournalRow(SQLModel, table=True):
    """One act on record."""

    __tablename__ = "journal"

    seq: int = Field(primary_key=True)
    at: datetime = utc_field()
    offset_minutes: int
    """The site's distance from UTC at that instant, in minutes."""
    act: str
    person_id: int | None = None
    console: str
    subject: str
    """What it was done to: `entry:17`."""
    clause: str | None = None
    body: str
    """Canonical JSON."""
    prev: str
    hash: str


seal("journal", keys=("seq",))


def link(row: dict[str, Any]) -> str:
    """The hash of a journal row, from all its columns but the hash itself."""
    return sha256(canonical({name: value for name, value in row.items() if name != "hash"}))


_HEAD = "select seq, hash from journal order by seq desc limit 1"


def append(
    session: Session,
    *,
    at: datetime,
    offset_minutes: int,
    act: str,
    person_id: int | None,
    console: str,
    subject: str,
    clause: str | None,
    body: dict[str, object],
) -> str:
    """Adds one row to the chain, inside the caller's transaction; returns its hash."""
    head = reading.row(session, _HEAD)
    row: dict[str, Any] = {
        "seq": head["seq"] + 1 if head else 1,
        "at": at,
        "offset_minutes": offset_minutes,
        "act": act,
        "person_id": person_id,
        "console": console,
        "subject": subject,
        "clause": clause,
        "body": canonical_text(body),
        "prev": head["hash"] if head else FIRST_LINK,
    }
    row["hash"] = link(row)
    writing.insert_values(session, JournalRow, row)
    return str(row["hash"])


def newest_first(
    session: Session, since: datetime
) -> Iterator[tuple[datetime, str, int | None, str]]:
    """When, which act, by whom and to what, back to that instant."""
    rows = session.exec(
        select(JournalRow.at, JournalRow.act, JournalRow.person_id, JournalRow.subject).order_by(
            col(JournalRow.seq).desc()
        )
    )
    for row in rows:
        if row[0] < since:
            return
        yield row
