"""Writing one new row on the short way.

A session that writes looks over all that it holds, puts it in order, and reads back what the file
made of it; for the one row that an act has just made, this takes longer than the disk. Triggers,
keys and column types are the same either way.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Insert, Table, insert, inspect
from sqlalchemy.orm import make_transient_to_detached
from sqlmodel import Session, SQLModel


def put(session: Session, row: SQLModel) -> None:
    """Writes a new row now, after what the session held back; it is the session's from then on,
    and knows its id.
    """
    session.flush()
    statement, names, key = _insert(type(row))
    values = {name: getattr(row, name) for name in names}
    if values[key] is None:
        del values[key]
    made = session.connection().execute(statement, values).inserted_primary_key
    setattr(row, key, made[0] if made else values[key])
    make_transient_to_detached(row)
    session.add(row)


@cache
def _insert(kind: type[SQLModel]) -> tuple[Insert, tuple[str, ...], str]:
    """The statement of one sort of row, its columns, and the first of its key."""
    table: Any = inspect(kind).local_table
    assert isinstance(table, Table)
    return insert(table), tuple(table.columns.keys()), next(iter(table.primary_key.columns)).key
