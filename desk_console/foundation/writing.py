"""Writing one new row on the short way.

A session that writes looks over all that it holds, puts it in order, and reads back what the file
made of it; for the one row that an act has just made, this takes longer than the disk. So does
making the row's object, each of whose attributes tells the session of its change: here it is made
as the session makes those that it reads. Triggers, keys and column types are the same either way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, TypeVar

from sqlalchemy import Table, insert, inspect
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.orm import configure_mappers, make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session, SQLModel

from desk_console.foundation.reading import driver_of

RowT = TypeVar("RowT", bound=SQLModel)


def make(session: Session, kind: type[RowT], values: Mapping[str, Any]) -> RowT:
    """Writes a new row of these values, the others as they are declared, after what the session
    held back; it is the session's from then on, and knows its id.
    """
    session.flush()
    way = _way(kind)
    whole = {name: values[name] if name in values else usual() for name, usual in way.usual.items()}
    made = way.write(session, whole)
    if whole[way.key] is None:
        whole[way.key] = made
    row: RowT = inspect(kind).class_manager.new_instance()
    for name, value in whole.items():
        set_committed_value(row, name, value)
    make_transient_to_detached(row)
    session.add(row)
    return row


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
    usual: dict[str, Callable[[], Any]]
    """What each column holds where nothing is said of it; raises where something must be."""

    def write(self, session: Session, values: Mapping[str, Any]) -> int:
        kept = [
            values[name] if keep is None else keep(values[name])
            for name, keep in self.columns.items()
        ]
        return int(driver_of(session).execute(self.statement, kept).lastrowid)


@cache
def _way(kind: type[SQLModel]) -> _Way:
    configure_mappers()  # else done where the first object is made by its own constructor
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
        usual={name: _usual(kind, name) for name in table.columns.keys()},  # noqa: SIM118
    )


def _usual(kind: type[SQLModel], name: str) -> Callable[[], Any]:
    field = kind.model_fields[name]
    if field.is_required():
        return partial(_wanted, name)
    return partial(field.get_default, call_default_factory=True)


def _wanted(name: str) -> Any:
    raise TypeError(f"{name} is wanted")
