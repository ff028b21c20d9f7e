"""Entries of the log as a source of the search: what is searched of them, and how they are shown.

An entry is indexed in the transaction that writes it, and again with each addition beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Row
from sqlalchemy import select as rows_of
from sqlmodel import Session, col, func, select

from desk_console.foundation.catalogue import message
from desk_console.foundation.reading import rows
from desk_console.log import search_index
from desk_console.log.records import Addition, Entry, Resident, Unit
from desk_console.log.search_source import Hit, IndexedSource
from desk_console.log.search_terms import Searched
from desk_console.log.units import unit_name
from desk_console.log.views import EntryLine, lines_of
from desk_console.people.phones import digits
from desk_console.people.pinyin import initials

_LONGEST_NAME = 40

_ENTRY: Any = rows_of(
    col(Entry.id).label("id"),
    col(Entry.kind).label("kind"),
    col(Entry.category).label("category"),
    col(Entry.at).label("at"),
    col(Entry.offset_minutes).label("offset_minutes"),
    col(Entry.person_id).label("person_id"),
    col(Entry.caller).label("caller"),
    col(Entry.unit_text).label("unit_text"),
    col(Entry.phone).label("phone"),
    col(Entry.content).label("content"),
    col(Entry.action).label("action"),
    col(Entry.result).label("result"),
    col(Entry.particulars).label("particulars"),
    col(Unit.code).label("unit"),
    col(Resident.name).label("resident"),
    col(Resident.initials).label("initials"),
).select_from(Entry)
_ENTRY = _ENTRY.join(Unit, col(Unit.id) == col(Entry.unit_id), isouter=True)
_ENTRY = _ENTRY.join(Resident, col(Resident.id) == col(Entry.resident_id), isouter=True)
_LATER: Any = rows_of(
    col(Addition.entry_id).label("entry_id"),
    col(Addition.field).label("field"),
    col(Addition.words).label("words"),
    col(Addition.reason).label("reason"),
    col(Addition.particulars).label("particulars"),
).order_by(col(Addition.id))


_KNOWN = """
    select unit.code as unit, resident.name as resident, resident.initials as initials
    from (select 1) left join unit on unit.id = :unit left join resident on resident.id = :resident
"""


class _Known(NamedTuple):
    """What the lists of residents say of the place and the person whom an entry names."""

    unit: str | None
    resident: str | None
    initials: str | None


class EntrySource(IndexedSource):
    """The log's entries, the last written first."""

    code = "entry"
    number = 0

    def documents(self, session: Session, refs: Sequence[int]) -> Mapping[int, Searched]:
        """An entry's words, its additions', unit, phones, names, day; its kind and category."""
        rows = session.execute(_ENTRY.where(col(Entry.id).in_(refs))).all()
        later: dict[int, list[Row[Any]]] = defaultdict(list)
        for addition in session.execute(_LATER.where(col(Addition.entry_id).in_(refs))):
            later[addition.entry_id].append(addition)
        return {
            row.id: _searched(row, _Known(row.unit, row.resident, row.initials), later[row.id])
            for row in rows
        }

    def hits(self, session: Session, refs: Sequence[int]) -> Sequence[Hit]:
        """The entries as lists show them."""
        return [entry_hit(line) for line in lines_of(session, refs)]

    def newest(self, session: Session) -> int:
        """The last entry."""
        return session.exec(select(func.max(Entry.id))).one() or 0

    def after(self, session: Session, ref: int, limit: int) -> Sequence[tuple[int, int]]:
        """The next entries, each with how many additions it has."""
        ids = session.exec(
            select(Entry.id).where(col(Entry.id) > ref).order_by(col(Entry.id)).limit(limit)
        ).all()
        beside = dict(
            session.exec(
                select(Addition.entry_id, func.count())
                .where(col(Addition.entry_id).in_(ids))
                .group_by(col(Addition.entry_id))
            ).all()
        )
        return [(each or 0, beside.get(each or 0, 0)) for each in ids]

    def count(self, session: Session) -> int:
        """How many entries there are."""
        return session.exec(select(func.count()).select_from(Entry)).one()


ENTRIES = EntrySource()


def index_entry(session: Session, entry_id: int) -> None:
    """Indexes an entry as it stands now with its additions, inside the caller's transaction."""
    beside = session.exec(
        select(func.count()).select_from(Addition).where(Addition.entry_id == entry_id)
    ).one()
    ENTRIES.index(session, entry_id, version=beside)


def index_new(session: Session, entry: Entry) -> None:
    """Indexes an entry just written, as it is in hand: nothing stands beside it yet."""
    known = _Known(None, None, None)
    if entry.unit_id is not None or entry.resident_id is not None:
        found = rows(session, _KNOWN, unit=entry.unit_id, resident=entry.resident_id)
        known = _Known(**found[0])
    search_index.add(session, ENTRIES.number, entry.id or 0, _searched(entry, known, ()))


def entry_hit(line: EntryLine) -> Hit:
    """An entry of the log as a hit."""
    return Hit(
        source=EntrySource.code,
        ref=line.id,
        at=line.at,
        kind=message(f"log.kind_{line.kind}"),
        about=message(f"log.category_{line.category}"),
        who=" ".join(filter(None, (line.unit, line.caller))),
        words=line.content,
        is_open=line.is_open,
        record=line,
    )


def _searched(row: Row[Any] | Entry, known: _Known, later: Sequence[Row[Any]]) -> Searched:
    texts = [
        row.caller,
        row.unit_text,
        known.unit or "",
        row.phone,
        row.content,
        row.action,
        row.result,
        *_texts_in(row.particulars),
    ]
    for addition in later:
        texts += [addition.words, addition.reason, *_texts_in(addition.particulars)]
    phones = [row.phone, *(each.words for each in later if each.field == "phone")]
    categories = [row.category, *(each.words for each in later if each.field == "category")]
    return Searched(
        texts=tuple(dict.fromkeys(each for each in texts if each)),
        units=_units(row, known, later),
        phones=tuple(number for each in phones if (number := digits(each))),
        initials=_initials(row, known, later),
        days=(_local_day(row.at, row.offset_minutes),),
        marks=(
            f"kind={row.kind}",
            f"person={row.person_id}",
            *dict.fromkeys(f"category={each}" for each in categories),
        ),
    )


def _units(row: Row[Any] | Entry, known: _Known, later: Sequence[Row[Any]]) -> tuple[str, ...]:
    """The codes of the unit that it belongs to, and of those typed."""
    typed = [row.unit_text, *(each.words for each in later if each.field == "unit_text")]
    named = [found.code for each in typed if each and (found := unit_name(each))]
    return tuple(dict.fromkeys([*([known.unit] if known.unit else []), *named]))


def _initials(row: Row[Any] | Entry, known: _Known, later: Sequence[Row[Any]]) -> tuple[str, ...]:
    """Those of the caller's name as it was written; a name's readings cost time to find, so those
    that are known of the resident are taken where the name is the same.
    """
    names = [row.caller, *(each.words for each in later if each.field == "caller")]
    readings: list[str] = []
    for name in filter(None, names):
        own = known.initials if name == known.resident else None
        readings += (own or initials(name[:_LONGEST_NAME])).lower().split()
    return tuple(dict.fromkeys(readings))


def _local_day(at: datetime, offset_minutes: int) -> date:
    return (at + timedelta(minutes=offset_minutes)).date()


def _texts_in(particulars: object) -> list[str]:
    """Every text in an entry's particulars, times and numbers left out."""
    match particulars:
        case Mapping():
            kept: Iterable[object] = (
                value for key, value in particulars.items() if key not in ("in_at", "out_at")
            )
            return [each for value in kept for each in _texts_in(value)]
        case list() | tuple():
            return [each for value in particulars for each in _texts_in(value)]
        case str():
            return [particulars]
        case _:
            return []
