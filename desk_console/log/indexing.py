"""What of an entry is searched, gathered from its rows; and making the whole index again."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlmodel import Session, col, select

from desk_console.log import search_index
from desk_console.log.records import Addition, Entry, Resident, Unit
from desk_console.log.search_terms import Searched
from desk_console.log.units import unit_name
from desk_console.people.phones import digits
from desk_console.people.pinyin import initials
from desk_console.rulebook.desk import Desk

_AT_ONCE = 500
_LONGEST_NAME = 40


def index_entry(session: Session, entry: Entry) -> None:
    """Indexes an entry as it stands now with its additions, inside the caller's transaction."""
    for searched, count in _searched(session, [entry]):
        search_index.add(session, entry.id or 0, searched, version=count)


def reindex(desk: Desk) -> int:
    """Makes the whole index again from the log, in one transaction; returns how many entries it
    holds.
    """
    done = 0
    with desk.transaction() as work:
        search_index.empty(work.session)
        last = 0
        while entries := _after(work.session, last):
            for entry, (searched, count) in zip(
                entries, _searched(work.session, entries), strict=True
            ):
                search_index.add(work.session, entry.id or 0, searched, version=count)
            done += len(entries)
            last = entries[-1].id or 0
            work.session.expunge_all()
        work.journal("log.reindex", by=None, subject="search", entries=done)
    return done


def searched_entry(session: Session, entry_id: int) -> Searched | None:
    """What is searched of one entry; None where there is none of that id."""
    entry = session.get(Entry, entry_id)
    return None if entry is None else _searched(session, [entry])[0][0]


def _after(session: Session, last: int) -> Sequence[Entry]:
    return session.exec(
        select(Entry).where(col(Entry.id) > last).order_by(col(Entry.id)).limit(_AT_ONCE)
    ).all()


def _searched(session: Session, entries: Sequence[Entry]) -> list[tuple[Searched, int]]:
    units = _named(session, col(Unit.id), col(Unit.code), (each.unit_id for each in entries))
    known = (each.resident_id for each in entries)
    residents = _residents(session, {each for each in known if each is not None})
    later: dict[int, list[Addition]] = defaultdict(list)
    ids = [each.id for each in entries]
    for addition in session.exec(select(Addition).where(col(Addition.entry_id).in_(ids))):
        later[addition.entry_id].append(addition)
    return [
        (
            _of(
                entry,
                later[entry.id or 0],
                units.get(entry.unit_id or 0),
                residents.get(entry.resident_id or 0),
            ),
            len(later[entry.id or 0]),
        )
        for entry in entries
    ]


def _of(
    entry: Entry, later: Sequence[Addition], unit: str | None, resident: Resident | None
) -> Searched:
    texts = [
        entry.caller,
        entry.unit_text,
        unit or "",
        resident.name if resident and resident.name != entry.caller else "",
        entry.phone,
        entry.content,
        entry.action,
        entry.result,
        *_texts_in(entry.particulars),
    ]
    for addition in later:
        texts += [addition.words, addition.reason, *_texts_in(addition.particulars)]
    phones = [entry.phone, *(each.words for each in later if each.field == "phone")]
    return Searched(
        texts=tuple(each for each in texts if each),
        units=_units(entry, later, unit),
        phones=tuple(number for each in phones if (number := digits(each))),
        initials=_initials(entry, later, resident),
    )


def _units(entry: Entry, later: Sequence[Addition], unit: str | None) -> tuple[str, ...]:
    """The codes of the unit that it belongs to, and of those typed."""
    typed = [entry.unit_text, *(each.words for each in later if each.field == "unit_text")]
    named = [found.code for each in typed if (found := unit_name(each))]
    return tuple(dict.fromkeys([*([unit] if unit else []), *named]))


def _initials(
    entry: Entry, later: Sequence[Addition], resident: Resident | None
) -> tuple[str, ...]:
    readings: list[str] = resident.initials.split() if resident else []
    names = [entry.caller, *(each.words for each in later if each.field == "caller")]
    for name in names:
        if name and not (resident and name == resident.name):
            readings += initials(name[:_LONGEST_NAME]).split()
    return tuple(dict.fromkeys(each.lower() for each in readings))


def _texts_in(particulars: object) -> list[str]:
    """Every text in an entry's particulars, times and numbers left out."""
    match particulars:
        case Mapping():
            kept = (value for key, value in particulars.items() if key not in ("in_at", "out_at"))
            return [each for value in kept for each in _texts_in(value)]
        case list() | tuple():
            return [each for value in particulars for each in _texts_in(value)]
        case str():
            return [particulars]
        case _:
            return []


def _named(session: Session, key: Any, value: Any, wanted: Iterable[int | None]) -> dict[int, str]:
    ids = {each for each in wanted if each is not None}
    if not ids:
        return {}
    rows = session.exec(select(key, value).where(key.in_(ids)))
    return {number: text for number, text in rows}  # noqa: C416  # rows are no pairs to dict


def _residents(session: Session, ids: set[int]) -> dict[int, Resident]:
    if not ids:
        return {}
    found = session.exec(select(Resident).where(col(Resident.id).in_(ids)))
    return {each.id or 0: each for each in found}
