"""Entries of the log as a source of the search: what is searched of them, and how they are shown.

An entry is indexed in the transaction that writes it, and again with each addition beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from json import loads

from sqlmodel import Session, func, select

from desk_console.foundation.catalogue import message
from desk_console.foundation.reading import Row, greatest, instant, listed, rows
from desk_console.log import search_index
from desk_console.log.records import Addition, Entry
from desk_console.log.search_source import Hit, IndexedSource
from desk_console.log.search_terms import Searched
from desk_console.log.units import unit_name
from desk_console.log.views import EntryLine, lines_of
from desk_console.people.phones import digits
from desk_console.people.pinyin import initials

_LONGEST_NAME = 40

_ENTRY = """
    select entry.id, entry.kind, category, at, offset_minutes, person_id, caller, unit_text,
        entry.phone, content, action, result, particulars,
        unit.code as unit, resident.name as resident, resident.initials
    from entry left join unit on unit.id = entry.unit_id
        left join resident on resident.id = entry.resident_id
    where entry.id in ({refs})
"""
_LATER = """
    select entry_id, field, words, reason, particulars from addition
    where entry_id in ({refs}) order by id
"""
_AFTER = """
    select id, (select count(*) from addition where entry_id = entry.id) as beside
    from entry where id > :ref order by id limit :most
"""
_KNOWN = """
    select unit.code as unit, resident.name as resident, resident.initials as initials
    from (select 1) left join unit on unit.id = :unit left join resident on resident.id = :resident
"""


_AS_WRITTEN = (
    "kind", "category", "at", "offset_minutes", "person_id", "caller", "unit_text", "phone",
    "content", "action", "result", "particulars",
)  # fmt: skip


class EntrySource(IndexedSource):
    """The log's entries, the last written first."""

    code = "entry"
    number = 0

    def documents(self, session: Session, refs: Sequence[int]) -> Mapping[int, Searched]:
        """An entry's words, its additions', unit, phones, names, day; its kind and category."""
        later: dict[int, list[Row]] = defaultdict(list)
        for line in rows(session, _LATER.format(refs=listed(refs))):
            later[line["entry_id"]].append(_read(line))
        found = (_read(line) for line in rows(session, _ENTRY.format(refs=listed(refs))))
        return {line["id"]: _searched(line, later.get(line["id"], ())) for line in found}

    def hits(self, session: Session, refs: Sequence[int]) -> Sequence[Hit]:
        """The entries as lists show them."""
        return [entry_hit(line) for line in lines_of(session, refs)]

    def newest(self, session: Session) -> int:
        """The last entry."""
        return greatest(session, "select max(id) as greatest from entry")

    def after(self, session: Session, ref: int, limit: int) -> Sequence[tuple[int, int]]:
        """The next entries, each with how many additions it has."""
        return [(each["id"], each["beside"]) for each in rows(session, _AFTER, ref=ref, most=limit)]

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
    known: Row = {"unit": None, "resident": None, "initials": None}
    if entry.unit_id is not None or entry.resident_id is not None:
        known = rows(session, _KNOWN, unit=entry.unit_id, resident=entry.resident_id)[0]
    written = {name: getattr(entry, name) for name in _AS_WRITTEN}
    search_index.add(session, ENTRIES.number, entry.id or 0, _searched(written | known, ()))


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


def _read(line: Row) -> Row:
    """A row as the file holds it, its particulars read; a row of the log also its instant."""
    line["particulars"] = loads(line["particulars"]) if line["particulars"] != "{}" else {}
    if "at" in line:
        line["at"] = instant(line["at"])
    return line


def _searched(entry: Row, later: Sequence[Row]) -> Searched:
    """What is searched of an entry with what the lists say of its unit and resident, and of what
    was added later.
    """
    texts = [
        entry["caller"],
        entry["unit_text"],
        entry["unit"],
        entry["phone"],
        entry["content"],
        entry["action"],
        entry["result"],
        *_texts_in(entry["particulars"]),
    ]
    for addition in later:
        texts += [addition["words"], addition["reason"], *_texts_in(addition["particulars"])]
    phones = [entry["phone"], *_corrected(later, "phone")]
    categories = dict.fromkeys([entry["category"], *_corrected(later, "category")])
    return Searched(
        texts=tuple(dict.fromkeys(filter(None, texts))),
        units=_units(entry, later),
        phones=tuple(number for each in phones if each and (number := digits(each))),
        initials=_initials(entry, later),
        days=((entry["at"] + timedelta(minutes=entry["offset_minutes"])).date(),),
        marks=(
            f"kind={entry['kind']}",
            f"person={entry['person_id']}",
            *(f"category={each}" for each in categories),
        ),
    )


def _corrected(later: Sequence[Row], field: str) -> list[str]:
    """What was said of a field beside the entry."""
    if not later:
        return []
    return [each["words"] for each in later if each["field"] == field]


def _units(entry: Row, later: Sequence[Row]) -> tuple[str, ...]:
    """The codes of the unit that it belongs to, and of those typed."""
    typed = [entry["unit_text"], *_corrected(later, "unit_text")]
    named = [found.code for each in typed if each and (found := unit_name(each))]
    return tuple(dict.fromkeys([entry["unit"], *named] if entry["unit"] else named))


def _initials(entry: Row, later: Sequence[Row]) -> tuple[str, ...]:
    """Those of the caller's name as it was written; a name's readings cost time to find, so those
    that are known of the resident are taken where the name is the same.
    """
    readings: list[str] = []
    for name in filter(None, (entry["caller"], *_corrected(later, "caller"))):
        own = entry["initials"] if name == entry["resident"] else None
        readings += (own or initials(name[:_LONGEST_NAME])).lower().split()
    return tuple(dict.fromkeys(readings))


def _texts_in(particulars: object) -> list[str]:
    """Every text in an entry's particulars, times and numbers left out."""
    if not particulars:
        return []
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
