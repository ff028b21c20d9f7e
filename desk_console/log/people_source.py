"""Residents and the people who work here as sources of the search.

Both have indexes of their own. Residents come with their middles hidden: whoever needs them whole
opens the unit and says what for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, union
from sqlalchemy import select as rows_of
from sqlmodel import Session, col, select

from desk_console.foundation.catalogue import Message, message
from desk_console.log.masking import masked_name, masked_phone
from desk_console.log.records import Resident, ResidentKey, ResidentPhone, Unit
from desk_console.log.search_source import Hit, Source
from desk_console.log.search_terms import Asked, Searched, Word, answers
from desk_console.people import views
from desk_console.people.phones import digits
from desk_console.people.records import PersonView

_LAST = "\U0010ffff"
"""Stands behind every text that begins alike."""

_AT_ONCE = 200


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
        people = sorted(views.people(session), key=lambda person: -person.id)
        return [
            _person_hit(person)
            for person in people
            if (before is None or person.id < before) and answers(_person_searched(person), query)
        ][:limit]


RESIDENTS = ResidentSource()
PEOPLE = PersonSource()

_Known = tuple[Resident, Unit, tuple[str, ...]]


def _candidates(session: Session, query: Asked, before: int | None) -> list[int]:
    ids = select(col(Resident.id)).where(Resident.name != "")
    for word in query.words:
        ids = ids.where(col(Resident.id).in_(union(*_alternatives(word))))
    if before is not None:
        ids = ids.where(col(Resident.id) < before)
    return [
        each or 0 for each in session.exec(ids.order_by(col(Resident.id).desc()).limit(_AT_ONCE))
    ]


def _alternatives(word: Word) -> Iterator[Select[Any]]:
    yield rows_of(col(ResidentKey.resident_id)).where(*_begins(ResidentKey.words, word.text))
    of_unit = rows_of(col(Resident.id)).join(Unit, col(Unit.id) == col(Resident.unit_id))
    room = word.text.upper()
    yield of_unit.where(*_begins(Unit.room, room))
    if word.unit is not None:
        named = of_unit.where(
            col(Unit.building) == word.unit.building, *_begins(Unit.room, word.unit.room)
        )
        if word.unit.entrance:
            named = named.where(col(Unit.entrance) == word.unit.entrance)
        yield named
    if word.phone_ending is not None:
        yield rows_of(col(ResidentPhone.resident_id)).where(
            *_begins(ResidentPhone.reversed_digits, word.phone_ending[::-1])
        )


def _begins(column: Any, start: str) -> tuple[Any, Any]:
    return col(column) >= start, col(column) < start + _LAST


def _residents(session: Session, ids: Sequence[int]) -> Mapping[int, _Known]:
    phones: dict[int, list[str]] = defaultdict(list)
    for phone in session.exec(
        select(ResidentPhone)
        .where(col(ResidentPhone.resident_id).in_(ids))
        .order_by(col(ResidentPhone.id))
    ):
        phones[phone.resident_id].append(phone.digits)
    rows = session.exec(
        select(Resident, Unit)
        .join(Unit, col(Unit.id) == col(Resident.unit_id))
        .where(col(Resident.id).in_(ids))
    )
    return {
        resident.id or 0: (resident, unit, tuple(phones[resident.id or 0]))
        for resident, unit in rows
    }


def _resident_searched(resident: Resident, unit: Unit, phones: tuple[str, ...]) -> Searched:
    return Searched(
        texts=(resident.name, unit.room),
        units=(unit.code,),
        phones=phones,
        initials=tuple(resident.initials.lower().split()),
    )


def _resident_hit(resident: Resident, unit: Unit, phones: tuple[str, ...]) -> Hit:
    return Hit(
        source=ResidentSource.code,
        ref=resident.id or 0,
        at=None,
        kind=message("log.resident"),
        about=_standing(resident),
        who=f"{unit.code} {masked_name(resident.name)}",
        words="  ".join([*map(masked_phone, phones), unit.instruction]).strip(),
        record=unit.id,
    )


def _standing(resident: Resident) -> Message | str:
    if not resident.is_active:
        return message("log.resident_left")
    return "" if resident.kind == "resident" else message(f"log.kind_of_{resident.kind}")


def _person_searched(person: PersonView) -> Searched:
    return Searched(
        texts=(person.name, person.staff_no),
        phones=tuple(filter(None, (digits(person.phone),))),
        initials=tuple(person.initials.lower().split()),
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
