"""Column types and the sealing of tables: what every package's records are built from."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Dialect, String
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field

from desk_console.foundation.canonical import instant_text


class UtcTime(TypeDecorator[datetime]):
    """An instant, kept as text in UTC of fixed width: it sorts as time does, and a person can
    read it.
    """

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Aware instants only: a naive one raises TypeError."""
        return None if value is None else instant_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """The instant, aware, in UTC. ValueError for what is none that was ever stored."""
        if value is None:
            return None
        if not value.startswith(("19", "20", "21")):
            raise ValueError(f"no instant: {value[:10]}")  # at the ends of time no zone can be put
        return datetime.fromisoformat(value).astimezone(UTC)


def utc_field(*, optional: bool = False, index: bool = False) -> Any:
    """A column for an instant. Optional ones begin empty."""
    if optional:
        return Field(default=None, sa_type=UtcTime, nullable=True, index=index)
    return Field(sa_type=UtcTime, nullable=False, index=index)


class CodeOf(TypeDecorator[StrEnum]):
    """A code from an enumeration, kept as its text and read back as the enumeration's member."""

    impl = String(40)
    cache_ok = True

    def __init__(self, codes: type[StrEnum]) -> None:
        """Only members of `codes` are kept and read."""
        super().__init__()
        self.codes = codes

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:
        """The code's text. ValueError for one that is none of them."""
        return None if value is None else self.codes(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        """The member that the text names."""
        return None if value is None else self.codes(value)


def code_field(
    codes: type[StrEnum], *, optional: bool = False, default: StrEnum | None = None
) -> Any:
    """A column for a code of that enumeration. Optional ones begin empty."""
    if optional:
        return Field(default=None, sa_type=CodeOf(codes), nullable=True)
    if default is not None:
        return Field(default=default, sa_type=CodeOf(codes), nullable=False)
    return Field(sa_type=CodeOf(codes), nullable=False)


@dataclass(frozen=True, slots=True)
class Seal:
    """A table whose rows are never changed or removed; `keys` are its unique columns.

    `changeable` columns may be written later; those of them that are `once` only while they are
    empty (an end that was open). `erasable` ones may be replaced once, by an order whose journal
    row `erased_by` then names.
    """

    table: str
    keys: tuple[str, ...] = ("id",)
    changeable: tuple[str, ...] = ()
    erasable: tuple[str, ...] = ()
    once: tuple[str, ...] = ()


_SEALS: dict[str, Seal] = {}


def seal(
    table: str,
    *,
    keys: tuple[str, ...] = ("id",),
    changeable: tuple[str, ...] = (),
    erasable: tuple[str, ...] = (),
    once: tuple[str, ...] = (),
) -> None:
    """Declares a table sealed: the database itself refuses to change, remove or overwrite rows."""
    _SEALS[table] = Seal(table, keys, changeable, erasable, once)


def seals() -> tuple[Seal, ...]:
    """All the tables declared sealed so far, by name."""
    return tuple(_SEALS[name] for name in sorted(_SEALS))
