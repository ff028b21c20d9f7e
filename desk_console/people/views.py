"""Questions about people. The answers are plain values; no PIN and no key ever leaves here."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import Session, col, select

from desk_console.foundation.text import narrow
from desk_console.people import phones
from desk_console.people.glance import person as person
from desk_console.people.records import (
    Person,
    PersonRole,
    PersonView,
    PinStanding,
    PinTry,
    Qualification,
    QualificationView,
    Signature,
    SignedStatement,
    SigningKey,
)


def people(session: Session, *, active: bool | None = True) -> tuple[PersonView, ...]:
    """Everybody, by staff number; `active` None asks for those who left as well."""
    query = select(Person).order_by(col(Person.staff_no))
    if active is not None:
        query = query.where(col(Person.is_active).is_(active))
    return _views(session, session.exec(query).all())


def by_staff_no(session: Session, staff_no: str) -> PersonView | None:
    """The person of that staff number."""
    query = select(Person).where(Person.staff_no == narrow(staff_no))
    found = session.exec(query).first()
    return None if found is None else _views(session, [found])[0]


def find(session: Session, typed: str, *, active: bool | None = True) -> tuple[PersonView, ...]:
    """Who is active and meant by what was typed: a name or part of it, pinyin initials, a staff
    number, a phone ending. Whole matches come first; nothing typed finds everybody. `active` None
    finds those who left as well.
    """
    plain = narrow(typed).casefold()
    everybody = people(session, active=active)
    ranked = [(rank, each) for each in everybody if (rank := _rank(each, plain)) is not None]
    return tuple(each for _, each in sorted(ranked, key=lambda pair: pair[0]))


def first_run(session: Session) -> bool:
    """True while nobody exists: the first person is made by whoever sets the desk up."""
    return session.exec(select(Person.id).limit(1)).first() is None


def qualifications(session: Session, person_id: int) -> tuple[QualificationView, ...]:
    """A person's trainings and certificates, the newest first."""
    query = (
        select(Qualification)
        .where(Qualification.person_id == person_id)
        .order_by(col(Qualification.valid_from).desc(), col(Qualification.id).desc())
    )
    return tuple(
        QualificationView.model_validate(each, from_attributes=True) for each in session.exec(query)
    )


def qualifications_ending(session: Session, by: date) -> tuple[QualificationView, ...]:
    """Those of active people that end on or before that day, the soonest first."""
    query = (
        select(Qualification)
        .join(Person, col(Person.id) == Qualification.person_id)
        .where(col(Person.is_active).is_(True), col(Qualification.valid_until) <= by)
        .order_by(col(Qualification.valid_until))
    )
    return tuple(
        QualificationView.model_validate(each, from_attributes=True) for each in session.exec(query)
    )


def pin_standing(session: Session, person_id: int) -> PinStanding:
    """Where a person's PIN stands."""
    tries = session.get(PinTry, person_id)
    key = session.exec(
        select(SigningKey.id).where(
            SigningKey.person_id == person_id, col(SigningKey.retired_at).is_(None)
        )
    ).first()
    return PinStanding(
        has_pin=key is not None,
        must_choose=key is None or (tries is not None and tries.must_choose),
        is_disabled=tries is not None and tries.is_disabled,
        failures=tries.failures if tries else 0,
    )


def pins_disabled(session: Session) -> frozenset[int]:
    """Who cannot sign on until a supervisor acts: ten wrong PINs in a row."""
    return frozenset(session.exec(select(PinTry.person_id).where(col(PinTry.is_disabled))))


def pins_unchosen(session: Session) -> frozenset[int]:
    """Who chooses a PIN at the next sign-on: nobody has one at first, and after a reset."""
    held = select(SigningKey.person_id).where(col(SigningKey.retired_at).is_(None))
    reset = select(PinTry.person_id).where(col(PinTry.must_choose))
    without = select(Person.id).where(col(Person.id).not_in(held))
    return frozenset(one or 0 for one in session.exec(without)) | frozenset(session.exec(reset))


def signatures(session: Session, subject: str) -> tuple[SignedStatement, ...]:
    """The signatures under a subject, in the order in which they were made."""
    query = select(Signature).where(Signature.subject == subject).order_by(col(Signature.id))
    return tuple(
        SignedStatement.model_validate(each, from_attributes=True) for each in session.exec(query)
    )


def signature(session: Session, signature_id: int) -> SignedStatement | None:
    """One signature by its id."""
    found = session.get(Signature, signature_id)
    return None if found is None else SignedStatement.model_validate(found, from_attributes=True)


def _rank(person: PersonView, plain: str) -> int | None:
    if not plain:
        return 0
    readings = person.initials.split()
    if plain in (person.name.casefold(), person.staff_no.casefold()) or plain in readings:
        return 0
    if any(reading.startswith(plain) for reading in readings):
        return 1
    if plain in person.name.casefold() or person.staff_no.casefold().startswith(plain):
        return 2
    return 3 if plain.isdigit() and phones.matches(person.phone, plain) else None


def _views(session: Session, found: Iterable[Person]) -> tuple[PersonView, ...]:
    rows = list(found)
    query = select(PersonRole)
    if len(rows) == 1:
        query = query.where(PersonRole.person_id == rows[0].id)
    roles: dict[int, set[str]] = {}
    for each in session.exec(query):
        roles.setdefault(each.person_id, set()).add(each.role)
    return tuple(
        PersonView.model_validate(
            {**row.model_dump(), "roles": frozenset(roles.get(row.id or 0, ()))}
        )
        for row in rows
    )
