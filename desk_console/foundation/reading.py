"""Reading in plain SQL: how the questions are asked that the first figures on the screen depend on.

Loading the mapped tables takes longer than everything else at the start together. So the rooms
named `glance` ask in SQL that every database understands, and one wording serves both: a reader
before the tables are loaded, and a session wherever an act or another view asks the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

from desk_console.foundation.canonical import instant_text

if TYPE_CHECKING:
    from sqlmodel import Session

_DRIVER = "driver"

Row = dict[str, Any]
"""One row of an answer: the value of each column by its name, as the file holds it."""


class Reader:
    """One steady picture of a file, read through a bare connection."""

    def __init__(self, connection: Any) -> None:
        """The connection stands in a transaction, and is closed by whoever opened it."""
        self._connection = connection

    def rows(self, question: str, values: dict[str, object]) -> list[Row]:
        """The rows of an answer."""
        cursor = self._connection.execute(question, values)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]


def rows(asked: Session | Reader, question: str, /, **values: object) -> list[Row]:
    """The rows of an answer. `:name` in the question stands for a value: text, numbers, instants,
    dates and codes. What the session has not yet written is written first.
    """
    plain = {name: _plain(value) for name, value in values.items()}
    if isinstance(asked, Reader):
        return asked.rows(question, plain)
    if asked.autoflush:
        asked.flush()
    return Reader(driver_of(asked)).rows(question, plain)


def stream(session: Session, question: str, /, **values: object) -> Iterator[tuple[Any, ...]]:
    """The rows of an answer one after the other, as they are found: who needs but the first ones
    does not wait for the others. As in `rows`, what is not yet written is written first.
    """
    if session.autoflush:
        session.flush()
    with closing(driver_of(session).execute(question, values)) as cursor:
        yield from cursor


def hold_driver(session: Session) -> None:
    """Begins the session's one transaction, and keeps its connection at hand: asking the session
    for it each time takes longer than most questions.
    """
    session.info[_DRIVER] = session.connection().connection.driver_connection


def driver_of(session: Session) -> Any:
    """The driver's own connection, in the session's transaction: a statement costs a tenth of what
    one costs that SQLAlchemy knows.
    """
    return session.info.get(_DRIVER) or session.connection().connection.driver_connection


def row(asked: Session | Reader, question: str, /, **values: object) -> Row | None:
    """The first row of an answer; None where there is none."""
    return next(iter(rows(asked, question, **values)), None)


def began_at(asked: Session | Reader) -> datetime | None:
    """When the first act in this file was done: what was due before that, nobody could do."""
    found = row(asked, "select at from journal order by seq limit 1")
    return None if found is None else instant(found["at"])


def greatest(asked: Session | Reader, question: str) -> int:
    """The answer to a question for the greatest number there is; 0 where there is none."""
    return rows(asked, question)[0]["greatest"] or 0


def listed(numbers: Iterable[int]) -> str:
    """Ids as they stand between the brackets of `in (...)`."""
    return ", ".join(str(int(number)) for number in numbers)


def instant(stored: str) -> datetime:
    """An instant as it is stored, aware, in UTC."""
    return datetime.fromisoformat(stored).astimezone(UTC)


def instant_or_none(stored: str | None) -> datetime | None:
    """The same for a column that may be empty."""
    return None if stored is None else instant(stored)


def day(stored: str | date) -> date:
    """A date as it is stored."""
    return stored if isinstance(stored, date) else date.fromisoformat(stored)


def _plain(value: object) -> object:
    match value:
        case Enum():
            return value.value
        case datetime():
            return instant_text(value)
        case date():
            return value.isoformat()
        case _:
            return value
