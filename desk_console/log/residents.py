"""Residents and their units: keeping them, and finding them while somebody types.

Every look-up runs along an index, so that it costs the same however many residents there are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, update
from sqlmodel import Session, col, func, select

from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Work
from desk_console.foundation.text import narrow
from desk_console.log.forms import Form, Number, Short
from desk_console.log.records import Resident, ResidentKey, ResidentPhone, Unit
from desk_console.log.units import UnitName, given_unit, unit_name
from desk_console.people.phones import digits
from desk_console.people.phones import numbers as phones_of
from desk_console.people.pinyin import initials

KINDS = ("owner", "resident", "tenant")
LEAST_PHONE_DIGITS = 3
"""Digits of an ending from which on a number is looked for."""

_PHONE = re.compile(r"[+(]?\d[\d()+\- ]*")
_AT_ONCE = 500
_KEPT_AT_ONCE = 1000
_LAST = "\U0010ffff"
"""Stands behind every text that begins alike."""


class ResidentForm(Form):
    """A resident as entered: where, who, how to reach them, what the desk must know."""

    building: Number
    entrance: Number = ""
    room: Number
    name: Short
    phones: tuple[Number, ...] = ()
    kind: str = "resident"
    instruction: Short = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A resident (or a unit without one) that what was typed may mean."""

    resident_id: int | None
    unit_id: int
    unit: str
    name: str
    kind: str
    phones: tuple[str, ...]
    instruction: str
    why: str
    """`unit`, `phone`, `name` or `initials`."""


def keep_resident(work: Work, form: ResidentForm) -> int:
    """Keeps one, a step of a larger act; returns the id. Refuses what names no unit."""
    return keep_residents(work, (form,))


def keep_residents(work: Work, forms: Sequence[ResidentForm]) -> int:
    """Keeps many, a step of a larger act; returns the last one's id. A few statements keep a
    thousand, so that a whole estate comes in within seconds, and its rows never stand in memory
    together.
    """
    last = _largest(work.session, col(Resident.id))
    for start in range(0, len(forms), _KEPT_AT_ONCE):
        last = _keep_some(work.session, forms[start : start + _KEPT_AT_ONCE], last)
    return last


def _keep_some(session: Session, forms: Sequence[ResidentForm], last: int) -> int:
    unit_ids = _keep_units(session, forms)
    people: list[dict[str, object]] = []
    numbers: list[dict[str, object]] = []
    keys: list[dict[str, object]] = []
    for number, form in enumerate(forms, start=last + 1):
        readings = initials(form.name)
        place = unit_ids[checked_unit(form).code]
        people.append(
            {
                "id": number,
                "unit_id": place,
                "name": form.name,
                "initials": readings,
                "kind": form.kind,
                "is_active": True,
            }
        )
        for kept in phones_of(form.phones):
            numbers.append({"resident_id": number, "digits": kept, "reversed_digits": kept[::-1]})
        keys += _keys(number, form.name, readings)
    connection = session.connection()
    for table, rows in ((Resident, people), (ResidentPhone, numbers), (ResidentKey, keys)):
        if rows:
            connection.execute(insert(table), rows)
    return last + len(forms)


def keep_keys(session: Session, resident_id: int, name: str, readings: str) -> None:
    """Has a resident found by another name, no longer by the old one; a step of a larger act."""
    connection = session.connection()
    connection.execute(delete(ResidentKey).where(col(ResidentKey.resident_id) == resident_id))
    connection.execute(insert(ResidentKey), _keys(resident_id, name, readings))


def _keys(resident_id: int, name: str, readings: str) -> list[dict[str, object]]:
    """What finds a resident: each ending of the name, each reading's initials."""
    plain = narrow(name).casefold()
    endings = {plain[start:].strip() for start in range(len(plain))}
    return [
        {"words": words, "resident_id": resident_id}
        for words in (endings | set(readings.casefold().split())) - {""}
    ]


def _keep_units(session: Session, forms: Sequence[ResidentForm]) -> dict[str, int]:
    """The ids of the forms' units by code; those not known yet are added."""
    places = {place.code: place for place in map(checked_unit, forms)}
    told = {checked_unit(form).code: form.instruction for form in forms if form.instruction}
    codes = list(places)
    ids: dict[str, int] = {}
    for start in range(0, len(codes), _AT_ONCE):
        asked = col(Unit.code).in_(codes[start : start + _AT_ONCE])
        ids |= {
            code: number or 0
            for code, number in session.exec(select(Unit.code, Unit.id).where(asked))
        }
    connection = session.connection()
    for code in told.keys() & ids.keys():
        connection.execute(
            update(Unit).where(col(Unit.code) == code).values(instruction=told[code])
        )
    new = [place for code, place in places.items() if code not in ids]
    first = _largest(session, col(Unit.id)) + 1
    rows = [
        {
            "id": number,
            "code": place.code,
            "building": place.building,
            "entrance": place.entrance,
            "room": place.room,
            "instruction": told.get(place.code, ""),
        }
        for number, place in enumerate(new, start=first)
    ]
    if rows:
        connection.execute(insert(Unit), rows)
    return ids | {place.code: number for number, place in enumerate(new, start=first)}


def _largest(session: Session, column: Any) -> int:
    return session.exec(select(func.max(column))).one() or 0


def checked_unit(form: ResidentForm) -> UnitName:
    """The unit of a form. Refuses one without building, room or name, and an unknown kind."""
    checked_person(form)
    if not (form.building and form.room):
        raise Refusal("log.missing_unit", field="room")
    return given_unit(form.building, form.entrance, form.room)


def checked_person(form: ResidentForm) -> None:
    """Refuses somebody without a name, and an unknown kind."""
    if not form.name:
        raise Refusal("log.missing_name", field="name")
    if form.kind not in KINDS:
        raise Refusal("log.resident_kind", field="kind", kinds=KINDS)


def match(session: Session, typed: str, *, limit: int = 8) -> tuple[Match, ...]:
    """Whom what was typed may mean: a unit in any form, a phone or its ending, part of a name, or
    pinyin initials; the best first.
    """
    plain = narrow(typed).casefold()
    if not plain:
        return ()
    found: dict[tuple[int, int | None], Match] = {}
    for why, query in _queries(plain):
        for unit, resident in session.execute(query.limit(limit)):
            key = (unit.id, resident.id if resident else None)
            if key not in found:
                found[key] = _match(session, unit, resident, why)
        if len(found) >= limit:
            break
    return tuple(found.values())[:limit]


def how_many(session: Session) -> int:
    """How many residents are on file."""
    return session.exec(select(func.count()).select_from(Resident)).one()


def resident(session: Session, resident_id: int) -> Match | None:
    """One resident."""
    row = session.get(Resident, resident_id)
    unit = session.get(Unit, row.unit_id) if row else None
    return None if row is None or unit is None else _match(session, unit, row, "name")


def unit_residents(session: Session, unit_id: int) -> tuple[Match, ...]:
    """Everybody in a unit, owners first."""
    unit = session.get(Unit, unit_id)
    if unit is None:
        return ()
    rows = session.exec(
        select(Resident)
        .where(Resident.unit_id == unit_id, col(Resident.is_active))
        .order_by(col(Resident.id))
    ).all()
    return tuple(
        _match(session, unit, row, "unit")
        for row in sorted(rows, key=lambda row: KINDS.index(row.kind))
    )


def _queries(plain: str) -> list[tuple[str, Any]]:
    base = select(Unit, Resident).join(
        Resident,
        (col(Resident.unit_id) == col(Unit.id)) & col(Resident.is_active),
        isouter=True,
    )
    queries: list[tuple[str, Any]] = []
    named = unit_name(plain)
    if named is not None:
        same = col(Unit.building) == named.building
        if named.entrance:
            same &= col(Unit.entrance) == named.entrance
        # The room may still be being typed: what is whole comes first.
        begun = same & (col(Unit.room) >= named.room) & (col(Unit.room) < named.room + _LAST)
        queries.append(("unit", base.where(begun).order_by(col(Unit.room), col(Resident.id))))
    number = digits(plain)
    if len(number) >= LEAST_PHONE_DIGITS and _PHONE.fullmatch(plain):
        backwards = number[::-1]
        ending = (
            base.join(ResidentPhone, col(ResidentPhone.resident_id) == col(Resident.id))
            .where(
                col(ResidentPhone.reversed_digits) >= backwards,
                col(ResidentPhone.reversed_digits) < backwards + _LAST,
            )
            .order_by(col(ResidentPhone.reversed_digits))
        )
        queries.append(("phone", ending))
        queries.append(("unit", base.where(col(Unit.room) == number).order_by(col(Unit.id))))
    if not plain.isdigit():
        why = "initials" if plain.isascii() else "name"
        beginning = (
            base.join(ResidentKey, col(ResidentKey.resident_id) == col(Resident.id))
            .where(col(ResidentKey.words) >= plain, col(ResidentKey.words) < plain + _LAST)
            .order_by(col(ResidentKey.words), col(Resident.id))
        )
        queries.append((why, beginning))
    return queries


def _match(session: Session, unit: Unit, resident: Resident | None, why: str) -> Match:
    phones: tuple[str, ...] = ()
    if resident is not None:
        phones = tuple(
            session.exec(
                select(ResidentPhone.digits)
                .where(ResidentPhone.resident_id == resident.id)
                .order_by(col(ResidentPhone.id))
            )
        )
    return Match(
        resident_id=resident.id if resident else None,
        unit_id=unit.id or 0,
        unit=unit.code,
        name=resident.name if resident else "",
        kind=resident.kind if resident else "",
        phones=phones,
        instruction=unit.instruction,
        why=why,
    )
