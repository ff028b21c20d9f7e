"""Writing one new row on the short way.

A session that writes looks over all that it holds, puts it in order, and reads back what the file
made of it; for the one row that an act has just made, this takes longer than the disk. Triggers,
keys and column types are the same either way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Table, insert, inspect
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.orm import make_transient_to_detached
from sqlmodel import Session, SQLModel

from desk_console.foundation.reading import driver_of


def put(session: Session, row: SQLModel) -> None:
    """Writes a new row now, after what the session held back; it is the session's from then on,
    and knows its id.
    """
    session.flush()
    way = _way(type(row))
    made = way.write(session, {name: getattr(row, name) for name in way.columns})
    if getattr(row, way.key) is None:
        setattr(row, way.key, made)
    make_transient_to_detached(row)
    session.add(row)


def insert_values(session: Session, kind: type[SQLModel], values: Mapping[str, Any]) -> None:
    """Writes a new row of all its columns' values; the session does not come to know it."""
    _way(kind).write(session, values)


@dataclass(frozen=True, slots=True)
class _Way:
    """How a row of one sort is written: the statement, its columns and what makes of each value
    the one that the file keeps, and the first column of its key.
    """

    statement: str
    columns: dict[str, Callable[[Any], Any] | None]
    key: str

    def write(self, session: Session, values: Mapping[str, Any]) -> int:
        kept = [
            values[name] if keep is None else keep(values[name])
            for name, keep in self.columns.items()
        ]
        return int(driver_of(session).execute(self.statement, kept).lastrowid)


@cache
def _way(kind: type[SQLModel]) -> _Way:
    table: Any = inspect(kind).local_table
    assert isinstance(table, Table)
    spoken = dialect(paramstyle="qmark")
    return _Way(
        statement=str(insert(table).compile(dialect=spoken)),
        columns={
            name: column.type.dialect_impl(spoken).bind_processor(spoken)
            for name, column in table.columns.items()
        },
        key=next(iter(table.primary_key.columns)).key,
    )
