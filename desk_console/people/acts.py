"""Adding, changing and retiring people, and putting their training on record."""

from __future__ import annotations

from datetime import date

from sqlalchemy import delete
from sqlmodel import Session, col, select

from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Work
from desk_console.people import views
from desk_console.people.authority import authorised
from desk_console.people.pinyin import initials
from desk_console.people.records import (
    Person,
    PersonForm,
    PersonRole,
    PersonView,
    PinTry,
    Qualification,
    QualificationForm,
)
from desk_console.people.rules import (
    FOR_THE_POST,
    IN_CHARGE,
    ONBOARDING,
    Right,
    ending_verdict,
    known_roles,
    onboarding_verdict,
    own_qualification_verdict,
    role_names,
)
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.topics import Topic

_TOPICS = {FOR_THE_POST: Topic.QUALIFICATION, ONBOARDING: Topic.ONBOARDING}
"""What each kind of qualification is demanded by; any other is procedures and languages known."""


def add_person(desk: Desk, form: PersonForm, *, by_id: int | None) -> PersonView:
    """Adds a person. `by_id` is None only for the first one, who has to be in charge."""
    with desk.transaction() as work:
        if by_id is None:
            if not views.first_run(work.session):
                raise Refusal("people.not_first")
            if not form.roles & IN_CHARGE:
                raise Refusal("people.first_in_charge")
        else:
            authorised(work.session, by_id, Right.SET_UP, desk.duty)
        return keep_new(work, desk, form, by_id=by_id)


def keep_new(work: Work, desk: Desk, form: PersonForm, *, by_id: int | None) -> PersonView:
    """The step of `add_person`, for an act that adds many."""
    _check_form(work.session, desk, form, own_id=None)
    row = Person(
        staff_no=form.staff_no,
        name="",
        initials="",
        started_on=form.started_on,
        created_at=work.now,
    )
    _describe(row, form)
    work.session.add(row)
    work.session.flush()
    person_id = row.id or 0
    _set_roles(work.session, person_id, form.roles)
    work.journal(
        "people.added",
        by=by_id,
        subject=f"person:{person_id}",
        staff_no=form.staff_no,
        name=form.name,
        roles=sorted(form.roles),
    )
    work.session.flush()
    return _view(work.session, person_id)


def change_person(desk: Desk, person_id: int, form: PersonForm, *, by_id: int) -> PersonView:
    """Changes what is on file about a person; the journal keeps what it was before."""
    with desk.transaction() as work:
        authorised(work.session, by_id, Right.SET_UP, desk.duty)
        before = _view(work.session, person_id)
        _check_form(work.session, desk, form, own_id=person_id)
        if before.roles & IN_CHARGE and not form.roles & IN_CHARGE:
            _check_not_last(work.session, person_id)
        row = work.session.get(Person, person_id)
        if row is None:
            raise Refusal("people.unknown_person")
        _describe(row, form)
        row.staff_no, row.started_on = form.staff_no, form.started_on
        work.session.add(row)
        _set_roles(work.session, person_id, form.roles)
        work.journal(
            "people.changed",
            by=by_id,
            subject=f"person:{person_id}",
            before=_told(before),
            after=_told(form),
        )
        work.session.flush()
        return _view(work.session, person_id)


def retire_person(desk: Desk, person_id: int, *, by_id: int) -> None:
    """Takes a person out of service; what they did stays. The last one in charge cannot go."""
    with desk.transaction() as work:
        authorised(work.session, by_id, Right.SET_UP, desk.duty)
        person = _view(work.session, person_id)
        if person.roles & IN_CHARGE:
            _check_not_last(work.session, person_id)
        row = work.session.get(Person, person_id)
        if row is None:
            raise Refusal("people.unknown_person")
        row.is_active = False
        work.session.add(row)
        work.journal("people.retired", by=by_id, subject=f"person:{person_id}")


def reinstate_person(desk: Desk, person_id: int, *, by_id: int) -> None:
    """Takes a person who had left back into service. Their PIN is chosen anew at the sign-on: who
    knew it once may have told it since.
    """
    with desk.transaction() as work:
        authorised(work.session, by_id, Right.SET_UP, desk.duty)
        row = work.session.get(Person, person_id)
        if row is None:
            raise Refusal("people.unknown_person")
        if row.is_active:
            raise Refusal("people.is_active", name=row.name)
        row.is_active = True
        work.session.add(row)
        tries = work.session.get(PinTry, person_id) or PinTry(person_id=person_id)
        tries.failures, tries.is_disabled, tries.must_choose = 0, False, True
        work.session.add(tries)
        work.journal("people.reinstated", by=by_id, subject=f"person:{person_id}")


def add_qualification(desk: Desk, person_id: int, form: QualificationForm, *, by_id: int) -> int:
    """Puts a training, certificate or language on record (7.2, 4.4, 7.5, 5.9); returns its id.

    The first training cannot be complete before its days have passed (4.4). Nobody lets themselves
    on duty, where somebody else is in charge.
    """
    with desk.transaction() as work:
        authorised(work.session, by_id, Right.SET_UP, desk.duty)
        person = _view(work.session, person_id)
        if person_id == by_id:
            has_other = _has_other_in_charge(work.session, person_id)
            own_qualification_verdict(form.code, desk.duty, has_other=has_other).or_refuse()
        if form.code == ONBOARDING:
            onboarding_verdict(person, form.valid_from, desk.duty).or_refuse()
        row = Qualification(
            person_id=person_id,
            code=form.code,
            title=form.title,
            valid_from=form.valid_from,
            valid_until=form.valid_until,
        )
        work.session.add(row)
        work.session.flush()
        work.journal(
            "people.qualified",
            by=by_id,
            subject=f"person:{person_id}",
            clause=desk.duty.cite(_TOPICS.get(form.code, Topic.PROCEDURES_KNOWN)),
            code=form.code,
            valid_from=form.valid_from,
            valid_until=form.valid_until,
        )
        return row.id or 0


def end_qualification(desk: Desk, qualification_id: int, last_day: date, *, by_id: int) -> None:
    """Ends a qualification with a day, no later than it ends: it was revoked, or has run out."""
    with desk.transaction() as work:
        authorised(work.session, by_id, Right.SET_UP, desk.duty)
        row = work.session.get(Qualification, qualification_id)
        if row is None:
            raise Refusal("people.unknown_qualification")
        ending_verdict(row.valid_until, last_day, desk.duty).or_refuse()
        row.valid_until = last_day
        work.session.add(row)
        work.journal(
            "people.qualification_ended",
            by=by_id,
            subject=f"person:{row.person_id}",
            clause=desk.duty.cite(_TOPICS.get(row.code, Topic.PROCEDURES_KNOWN)),
            code=row.code,
            last_day=last_day,
        )


def _check_form(session: Session, desk: Desk, form: PersonForm, *, own_id: int | None) -> None:
    if not form.roles:
        raise Refusal("people.role_empty")
    unknown = form.roles - set(known_roles(desk.duty))
    if unknown:
        raise Refusal("people.role_unknown", role=sorted(unknown)[0], known=role_names(desk.duty))
    same = views.by_staff_no(session, form.staff_no)
    if same is not None and same.id != own_id:
        raise Refusal("people.staff_no_taken", staff_no=form.staff_no, name=same.name)


def _check_not_last(session: Session, person_id: int) -> None:
    if not _has_other_in_charge(session, person_id):
        raise Refusal("people.last_in_charge")


def _has_other_in_charge(session: Session, person_id: int) -> bool:
    others = [each for each in views.people(session) if each.id != person_id]
    return any(each.roles & IN_CHARGE for each in others)


def _describe(row: Person, form: PersonForm) -> None:
    row.name, row.initials = form.name, initials(form.name)
    row.phone, row.mail, row.languages = form.phone, form.mail, form.languages
    row.mail_language = form.mail_language


def _set_roles(session: Session, person_id: int, roles: frozenset[str]) -> None:
    had = set(session.exec(select(PersonRole.role).where(PersonRole.person_id == person_id)))
    if had - roles:
        session.execute(
            delete(PersonRole).where(
                col(PersonRole.person_id) == person_id, col(PersonRole.role).in_(had - roles)
            )
        )
    for role in sorted(roles - had):
        session.add(PersonRole(person_id=person_id, role=role))


def _told(person: PersonView | PersonForm) -> dict[str, object]:
    return {
        "staff_no": person.staff_no,
        "name": person.name,
        "phone": person.phone,
        "mail": person.mail,
        "mail_language": person.mail_language,
        "languages": person.languages,
        "roles": sorted(person.roles),
    }


def _view(session: Session, person_id: int) -> PersonView:
    person = views.person(session, person_id)
    if person is None:
        raise Refusal("people.unknown_person")
    return person
