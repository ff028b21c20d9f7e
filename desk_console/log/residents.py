"""Residents and their units: adding them, and finding them while somebody types.

Every look-up runs along an index, so that it costs the same however many residents there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Work
from desk_console.foundation.text import narrow
from desk_console.log.forms import Form, Number, Short
from desk_console.log.records import Resident, ResidentKey, ResidentPhone, Unit
from desk_console.log.units import UnitName, given_unit, unit_name
from desk_console.people.authority import authorised
from desk_console.people.phones import digits
from desk_console.people.pinyin import initials
from desk_console.people.records import PersonView
from desk_console.people.rules import Right
from desk_console.rulebook.desk import Desk

KINDS = ("owner", "resident", "tenant")
LEAST_PHONE_DIGITS = 3
"""Digits of an ending from which on a number is looked for."""

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


def add_resident(desk: Desk, person: PersonView, form: ResidentForm) -> int:
    """Adds a resident, with the unit where it is new; returns the resident's id."""
    with desk.transaction() as work:
        authorised(work.session, person.id, Right.SET_UP, desk.duty)
        resident_id = keep_resident(work, form)
        work.journal("log.resident_added", by=person.id, subject=f"resident:{resident_id}")
        return resident_id


def keep_resident(work: Work, form: ResidentForm) -> int:
    """The step of `add_resident`, for an act that adds many. Refuses what names no unit."""
    where = checked_unit(form)
    unit = work.session.exec(select(Unit).where(Unit.code == where.code)).first()
    if unit is None:
        unit = Unit(
            code=where.code, building=where.building, entrance=where.entrance, room=where.room
        )
    if form.instruction:
        unit.instruction = form.instruction
    work.session.add(unit)
    work.session.flush()
    readings = initials(form.name)
    resident = Resident(unit_id=unit.id or 0, name=form.name, initials=readings, kind=form.kind)
    work.session.add(resident)
    work.session.flush()
    resident_id = resident.id or 0
    for number in dict.fromkeys(kept for each in form.phones if (kept := digits(each))):
        work.session.add(
            ResidentPhone(resident_id=resident_id, digits=number, reversed_digits=number[::-1])
        )
    endings = {form.name[start:].casefold() for start in range(len(form.name))}
    for words in endings | set(readings.casefold().split()):
        work.session.add(ResidentKey(words=words, resident_id=resident_id))
    return resident_id


def checked_unit(form: ResidentForm) -> UnitName:
    """The unit of a form. Refuses one without building, room or name, and an unknown kind."""
    if not form.name:
        raise Refusal("log.missing_name", field="name")
    if not (form.building and form.room):
        raise Refusal("log.missing_unit", field="room")
    if form.kind not in KINDS:
        raise Refusal("log.resident_kind", field="kind", kinds=KINDS)
    return given_unit(form.building, form.entrance, form.room)


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
        same = (col(Unit.building) == named.building) & (col(Unit.room) == named.room)
        if named.entrance:
            same &= col(Unit.entrance) == named.entrance
        queries.append(("unit", base.where(same).order_by(col(Unit.id), col(Resident.id))))
    number = digits(plain)
    if len(number) >= LEAST_PHONE_DIGITS and number == plain.replace("-", "").replace(" ", ""):
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
