"""Keeping the residents' files (5.6): changes with old and new, leaving, what the desk must know;
and looking behind the mask, one resident at a time, with the reason on record (2.12, 3.7, 4.9,
7.8).
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import delete, insert
from sqlmodel import Session, col, select

from desk_console.foundation.canonical import words_digest
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Work
from desk_console.foundation.text import accept
from desk_console.log.presence import presence
from desk_console.log.records import Resident, ResidentPhone, Unit
from desk_console.log.resident_records import ChangeKind, LookReason, ResidentChange, ResidentLook
from desk_console.log.residents import (
    Match,
    ResidentForm,
    checked_person,
    checked_unit,
    keep_keys,
    keep_resident,
    resident,
)
from desk_console.people.authority import authorised
from desk_console.people.phones import numbers as phones_of
from desk_console.people.pinyin import initials
from desk_console.people.records import PersonView
from desk_console.people.rules import IN_CHARGE, Right
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.topics import Topic

_SALT_BYTES = 16


def add_resident(desk: Desk, person: PersonView, form: ResidentForm) -> int:
    """Adds a resident, with the unit where it is new; returns the resident's id."""
    with desk.transaction() as work:
        authorised(work.session, person.id, Right.KEEP_FILES, desk.duty)
        known = _same_name(work.session, form)
        if known is not None:
            raise Refusal("log.resident_twice", unit=known, field="name")
        resident_id = keep_resident(work, form)
        _record(
            work,
            desk,
            person,
            _row(work.session, resident_id),
            ChangeKind.ADDED,
            was={},
            becomes=_said(work.session, resident_id),
        )
        return resident_id


def change_resident(
    desk: Desk,
    person: PersonView,
    resident_id: int,
    revision: int,
    *,
    name: str,
    phones: tuple[str, ...],
    kind: str,
    reason: str = "",
) -> int:
    """Changes a resident's name, numbers or standing; returns the new revision.

    Refuses somebody who was changed meanwhile, and a change that changes nothing.
    """
    with desk.transaction() as work:
        authorised(work.session, person.id, Right.KEEP_FILES, desk.duty)
        row = current_resident(work.session, resident_id, revision)
        given = ResidentForm(building="-", room="-", name=name, phones=phones, kind=kind)
        checked_person(given)
        was = _said(work.session, resident_id)
        if row.name != given.name:
            row.name, row.initials = given.name, initials(given.name)
            keep_keys(work.session, resident_id, row.name, row.initials)
        row.kind = given.kind
        _keep_phones(work.session, resident_id, given.phones)
        becomes = _said(work.session, resident_id) | {"kind": row.kind, "name": row.name}
        if was == becomes:
            raise Refusal("log.resident_same")
        row.revision += 1
        work.session.add(row)
        changed = {key: value for key, value in becomes.items() if was[key] != value}
        before = {key: was[key] for key in changed}
        _record(
            work,
            desk,
            person,
            row,
            ChangeKind.CHANGED,
            was=before,
            becomes=changed,
            reason=accept(reason),
        )
        return row.revision


def resident_left(
    desk: Desk, person: PersonView, resident_id: int, revision: int, *, reason: str = ""
) -> int:
    """Notes that a resident moved out; found no longer while a call is logged, the history stays.

    Said of somebody who had left, it notes that they are back. Returns the new revision.
    """
    with desk.transaction() as work:
        authorised(work.session, person.id, Right.KEEP_FILES, desk.duty)
        row = current_resident(work.session, resident_id, revision)
        row.is_active = not row.is_active
        row.left_at = None if row.is_active else work.now
        row.revision += 1
        work.session.add(row)
        what = ChangeKind.RETURNED if row.is_active else ChangeKind.LEFT
        _record(work, desk, person, row, what, was={}, becomes={}, reason=accept(reason))
        return row.revision


def set_instruction(desk: Desk, person: PersonView, unit_id: int, *, was: str, words: str) -> None:
    """Says what the desk must know before it acts in a unit: the call form shows it.

    Refuses where somebody else said something new meanwhile.
    """
    with desk.transaction() as work:
        authorised(work.session, person.id, Right.KEEP_FILES, desk.duty)
        unit = work.session.get(Unit, unit_id)
        if unit is None:
            raise Refusal("log.no_unit")
        if unit.instruction != was:
            raise Refusal("log.instruction_changed", words=unit.instruction or "-")
        said = accept(words)
        if said == was:
            raise Refusal("log.resident_same")
        unit.instruction = said
        work.session.add(unit)
        _record_unit(work, desk, person, unit_id, was=was, becomes=said)


def reveal(desk: Desk, person: PersonView, resident_id: int, reason: LookReason) -> Match:
    """A resident's name and numbers whole. Who looked, when and what for goes on record.

    Refuses (2.12, 3.7, 4.9, 7.8) whoever has no right to them, or is not on duty.
    """
    with desk.transaction() as work:
        reading_verdict(work.session, desk, person)
        _row(work.session, resident_id)
        found = resident(work.session, resident_id)
        if found is None:
            raise Refusal("log.no_resident")
        work.session.add(
            ResidentLook(
                unit_id=found.unit_id,
                resident_id=resident_id,
                person_id=person.id,
                reason=LookReason(reason),
                at=work.now,
            )
        )
        work.journal(
            "log.resident_revealed",
            by=person.id,
            subject=f"resident:{resident_id}",
            clause=desk.duty.cite(Topic.CONFIDENTIALITY),
            reason=LookReason(reason),
        )
        return found


def reading_verdict(session: Session, desk: Desk, person: PersonView) -> None:
    """May this person see residents' data now? The right, and being on duty or in charge."""
    now = authorised(session, person.id, Right.READ_RESIDENTS, desk.duty)
    if not now.roles & IN_CHARGE and presence(session, person.id) is None:
        clause = desk.duty.cite(Topic.CONFIDENTIALITY)
        raise Refusal("log.residents_off_duty", clause=clause, name=person.name)


def _row(session: Session, resident_id: int) -> Resident:
    row = session.get(Resident, resident_id)
    if row is None:
        raise Refusal("log.no_resident")
    if not row.name:
        raise Refusal("log.resident_erased")
    return row


def current_resident(session: Session, resident_id: int, revision: int) -> Resident:
    """The resident to be changed. Refuses one who was changed meanwhile, or erased by order."""
    row = _row(session, resident_id)
    if row.revision != revision:
        raise Refusal("log.resident_stale")
    return row


def _same_name(session: Session, form: ResidentForm) -> str | None:
    """The unit where somebody of that name lives already."""
    code = checked_unit(form).code
    twice = (
        select(Unit.code)
        .join(Resident, col(Resident.unit_id) == col(Unit.id))
        .where(Unit.code == code, Resident.name == form.name, col(Resident.is_active))
    )
    return session.exec(twice).first()


def _said(session: Session, resident_id: int) -> dict[str, object]:
    row = _row(session, resident_id)
    numbers = session.exec(
        select(ResidentPhone.digits)
        .where(ResidentPhone.resident_id == resident_id)
        .order_by(col(ResidentPhone.id))
    )
    return {"name": row.name, "kind": row.kind, "phones": list(numbers)}


def _keep_phones(session: Session, resident_id: int, phones: tuple[str, ...]) -> None:
    numbers = phones_of(phones)
    connection = session.connection()
    known = session.exec(
        select(ResidentPhone.digits).where(ResidentPhone.resident_id == resident_id)
    ).all()
    if list(known) == numbers:
        return
    connection.execute(delete(ResidentPhone).where(col(ResidentPhone.resident_id) == resident_id))
    if numbers:
        connection.execute(
            insert(ResidentPhone),
            [
                {"resident_id": resident_id, "digits": each, "reversed_digits": each[::-1]}
                for each in numbers
            ],
        )


def _record(
    work: Work,
    desk: Desk,
    person: PersonView,
    row: Resident,
    what: ChangeKind,
    *,
    was: Mapping[str, object],
    becomes: Mapping[str, object],
    reason: str = "",
) -> None:
    salt = desk.source.random_bytes(_SALT_BYTES).hex()
    change = ResidentChange(
        unit_id=row.unit_id,
        resident_id=row.id,
        what=what,
        was=dict(was),
        becomes=dict(becomes),
        reason=reason,
        person_id=person.id,
        at=work.now,
        salt=salt,
    )
    _journal(work, desk, change, subject=f"resident:{row.id}")


def _record_unit(
    work: Work, desk: Desk, person: PersonView, unit_id: int, *, was: str, becomes: str
) -> None:
    salt = desk.source.random_bytes(_SALT_BYTES).hex()
    change = ResidentChange(
        unit_id=unit_id,
        what=ChangeKind.INSTRUCTION,
        was={"instruction": was},
        becomes={"instruction": becomes},
        person_id=person.id,
        at=work.now,
        salt=salt,
    )
    _journal(work, desk, change, subject=f"unit:{unit_id}")


def _journal(work: Work, desk: Desk, change: ResidentChange, *, subject: str) -> None:
    work.session.add(change)
    work.session.flush()
    words: dict[str, object] = {
        "was": change.was,
        "becomes": change.becomes,
        "reason": change.reason,
    }
    work.journal(
        f"log.resident_{change.what.value}",
        by=change.person_id,
        subject=subject,
        clause=desk.duty.cite(Topic.CUSTOMER_FILE),
        change=change.id,
        digest=words_digest(change.salt, words),
    )
