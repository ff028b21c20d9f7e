"""Residents and the people who work here as sources of the search.

Both have indexes of their own. Residents come with their middles hidden: whoever needs them whole
opens the unit and says what for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from sqlmodel import Session

from desk_console.foundation.catalogue import Message, message
from desk_console.foundation.reading import Row, listed, rows
from desk_console.log.masking import masked_name, masked_phone
from desk_console.log.search_source import Hit, Source
from desk_console.log.search_terms import Asked, Searched, Word, answers
from desk_console.people.glance import person
from desk_console.people.phones import digits
from desk_console.people.records import PersonView

_LAST = "\U0010ffff"
"""Stands behind every text that begins alike."""

_AT_ONCE = 200

_PEOPLE = """
    select id, staff_no, name, initials, phone from person
    where is_active and id < :before order by id desc
"""
_RESIDENTS = """
    select resident.id, name, initials, kind, is_active, unit_id, unit.code as unit, room,
        instruction
    from resident join unit on unit.id = unit_id where resident.id in ({ids})
"""
_PHONES = """
    select resident_id, digits from resident_phone where resident_id in ({ids}) order by id
"""
_OF_UNIT = "select resident.id from resident join unit on unit.id = unit_id where"
_BIGGEST = 2**62
"""Greater than every id."""


class ResidentSource(Source):
    """Who lives here, or did."""

    code = "resident"

    def page(
        self, session: Session, query: Asked, *, before: int | None, limit: int
    ) -> Sequence[Hit]:
        """By unit, room, phone ending, part of a name or initials; those added last first."""
        found: list[Hit] = []
        if not query.words:
            return found
        last = before
        while len(found) < limit:
            ids = _candidates(session, query, last)
            known = _residents(session, ids)
            found += [
                _resident_hit(*known[each])
                for each in ids
                if each in known and answers(_resident_searched(*known[each]), query)
            ]
            if len(ids) < _AT_ONCE:
                break
            last = ids[-1]
        return found[:limit]


class PersonSource(Source):
    """Who works here; so few that all are looked at."""

    code = "person"

    def page(
        self, session: Session, query: Asked, *, before: int | None, limit: int
    ) -> Sequence[Hit]:
        """By staff number, name, initials or phone ending."""
        last = _BIGGEST if before is None else before
        found = [
            each["id"]
            for each in rows(session, _PEOPLE, before=last)
            if answers(_person_searched(each), query)
        ]
        known = (person(session, each) for each in found[:limit])
        return [_person_hit(each) for each in known if each is not None]


RESIDENTS = ResidentSource()
PEOPLE = PersonSource()

_Known = tuple[Row, tuple[str, ...]]


def _candidates(session: Session, query: Asked, before: int | None) -> list[int]:
    values: dict[str, object] = {"before": _BIGGEST if before is None else before}
    asked = ["name <> ''", "id < :before"]
    for number, word in enumerate(query.words):
        anyone = " union ".join(_alternatives(word, f"w{number}", values))
        asked.append(f"id in ({anyone})")
    question = (
        f"select id from resident where {' and '.join(asked)} order by id desc limit {_AT_ONCE}"
    )
    return [each["id"] for each in rows(session, question, **values)]


def _alternatives(word: Word, name: str, values: dict[str, object]) -> Iterator[str]:
    """The questions for who may be meant by a word; what it compares with goes to `values`."""

    def begins(column: str, which: str, start: str) -> str:
        values[f"{name}{which}"], values[f"{name}{which}_last"] = start, start + _LAST
        return f"{column} >= :{name}{which} and {column} < :{name}{which}_last"

    yield f"select resident_id from resident_key where {begins('words', 'words', word.text)}"
    yield f"{_OF_UNIT} {begins('room', 'room', word.text.upper())}"
    if word.unit is not None:
        values[f"{name}building"] = word.unit.building
        values[f"{name}entrance"] = word.unit.entrance
        entrance = f"and entrance = :{name}entrance" if word.unit.entrance else ""
        of_room = begins("room", "unit", word.unit.room)
        yield f"{_OF_UNIT} building = :{name}building {entrance} and {of_room}"
    if word.phone_ending is not None:
        ending = begins("reversed_digits", "phone", word.phone_ending[::-1])
        yield f"select resident_id from resident_phone where {ending}"


def _residents(session: Session, ids: Sequence[int]) -> Mapping[int, _Known]:
    if not ids:
        return {}
    within = listed(ids)
    phones: dict[int, list[str]] = defaultdict(list)
    for phone in rows(session, _PHONES.format(ids=within)):
        phones[phone["resident_id"]].append(phone["digits"])
    found = rows(session, _RESIDENTS.format(ids=within))
    return {each["id"]: (each, tuple(phones[each["id"]])) for each in found}


def _resident_searched(resident: Row, phones: tuple[str, ...]) -> Searched:
    return Searched(
        texts=(resident["name"], resident["room"]),
        units=(resident["unit"],),
        phones=phones,
        initials=tuple(resident["initials"].lower().split()),
    )


def _resident_hit(resident: Row, phones: tuple[str, ...]) -> Hit:
    return Hit(
        source=ResidentSource.code,
        ref=resident["id"],
        at=None,
        kind=message("log.resident"),
        about=_standing(resident),
        who=f"{resident['unit']} {masked_name(resident['name'])}",
        words="  ".join([*map(masked_phone, phones), resident["instruction"]]).strip(),
        record=resident["unit_id"],
    )


def _standing(resident: Row) -> Message | str:
    if not resident["is_active"]:
        return message("log.resident_left")
    kind = resident["kind"]
    return "" if kind == "resident" else message(f"log.kind_of_{kind}")


def _person_searched(person: Row) -> Searched:
    return Searched(
        texts=(person["name"], person["staff_no"]),
        phones=tuple(filter(None, (digits(person["phone"]),))),
        initials=tuple(person["initials"].lower().split()),
    )


def _person_hit(person: PersonView) -> Hit:
    return Hit(
        source=PersonSource.code,
        ref=person.id,
        at=None,
        kind=message("log.person"),
        about="" if person.is_active else message("log.person_left"),
        who=f"{person.staff_no} {person.name}",
        words=person.phone,
        record=person,
    )
