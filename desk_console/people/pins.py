"""Proving who one is: the PIN unwraps the signing key, and nothing else does.

Each try is written down before it is checked, so that pulling the plug refills nothing. Somebody
unknown and a wrong PIN look and last the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from nacl.signing import SigningKey as PrivateKey
from sqlmodel import Session, col, select

from desk_console.foundation.journal import newest_first
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Work
from desk_console.people import keys, views, waits
from desk_console.people.authority import authorised
from desk_console.people.pin_rules import pin_verdict
from desk_console.people.records import PersonView, PinTry, Signature, SigningKey
from desk_console.people.rules import IN_CHARGE, OPEN_FOR, Right, first_pin_verdict
from desk_console.people.signatures import statement
from desk_console.rulebook.desk import Desk


@dataclass(frozen=True, slots=True)
class Proof:
    """A person who has just given their own PIN. It opens their key for one act, then it is let
    go.
    """

    person: PersonView
    public_key: str
    _private: PrivateKey = field(repr=False)

    def sign(
        self, work: Work, *, subject: str, meaning: str, role: str, content: Mapping[str, object]
    ) -> int:
        """Signs what the person was shown; returns the signature's id. A step of an act.

        Refuses a second signature by the same person under the same subject and meaning, and a PIN
        that was reset since it was given.
        """
        require_current(work.session, self)
        twice = select(Signature.id).where(
            Signature.subject == subject,
            Signature.meaning == meaning,
            Signature.person_id == self.person.id,
        )
        if work.session.exec(twice).first() is not None:
            raise Refusal("people.signed_already", name=self.person.name)
        said = statement(
            subject=subject,
            content=content,
            meaning=meaning,
            role=role,
            person_id=self.person.id,
            public_key=self.public_key,
            at=work.now,
        )
        row = Signature(
            subject=subject,
            meaning=meaning,
            person_id=self.person.id,
            public_key=self.public_key,
            statement=said,
            signature=self._private.sign(said.encode()).signature.hex(),
            at=work.now,
        )
        work.session.add(row)
        work.session.flush()
        return row.id or 0


def prove(desk: Desk, person_id: int | None, pin: str) -> Proof:
    """Checks a person's PIN; takes as long as the site's cost makes it, so never on the event loop.

    Refuses a wrong one, one given too soon after wrong ones, a disabled and an unchosen one; the
    refusal holds whose it is (`name`), for a screen where several people give theirs. `None` is
    somebody whom nobody knows: refused as a wrong PIN is.
    """
    person, key = _known(desk, person_id)
    if not pin.strip():  # nobody guesses with nothing: no try is counted
        raise Refusal("people.pin_empty", name=person.name if person else "")
    if person is None or key is None:
        _refuse_unknown(desk, pin)
        _note_wrong(desk, None, waits.unknown_failures(desk.store))
        raise Refusal("people.pin_wrong")
    failures = _count_try(desk, person)
    private = keys.unwrap(key, desk.secret, pin)
    if private is None:
        waits.begin(desk.store, person.id, failures)
        _note_wrong(desk, person.id, failures)
        wrong = "people.pin_disabled" if failures >= waits.DISABLED_AT else "people.pin_wrong"
        raise Refusal(wrong, name=person.name)
    proof = Proof(person, key.public_key, private)
    with desk.transaction() as work:
        # A supervisor may have begun a reset while the hash was made.
        require_current(work.session, proof)
        tries = work.session.get(PinTry, person.id)
        if tries is not None and tries.failures:
            tries.failures, tries.is_disabled = 0, False
            work.session.add(tries)
    waits.end(desk.store, person.id)
    return proof


def choose_pin(desk: Desk, person_id: int, pin: str, *, old_pin: str | None = None) -> Proof:
    """The person sets their own PIN, at the keyboard; a new pair of keys is enrolled with it.

    Allowed the first time, after a supervisor began a reset, or with the old PIN; for somebody in
    charge only shortly after another in charge began it with their own PIN. Refuses weak ones.
    Without the old PIN where it is wanted, no try is counted.
    """
    with desk.reading() as session:
        person = views.person(session, person_id)
        standing = views.pin_standing(session, person_id)
        is_opened = _is_opened(session, person_id, desk.now() - OPEN_FOR)
        has_other = _has_other_in_charge(session, person_id)
    if person is None or not person.is_active:
        raise Refusal("people.unknown_person")
    if standing.must_choose:
        first_pin_verdict(person, is_opened=is_opened, has_other=has_other).or_refuse()
    else:
        if old_pin is None:
            raise Refusal("people.pin_old_needed")
        prove(desk, person_id, old_pin)
    own = (person.staff_no, *person.phone.split("-"))
    pin_verdict(pin, least=desk.site.pin_length, own=own).or_refuse()
    columns = keys.enrol(desk.secret, pin, source=desk.source, cost=desk.site.pin_cost)
    with desk.transaction() as work:
        if views.pin_standing(work.session, person_id).must_choose != standing.must_choose:
            raise Refusal("people.pin_changed_elsewhere")
        for old in _keys(work.session, person_id):
            old.retired_at = work.now
            work.session.add(old)
        key = SigningKey.model_validate(
            {**columns, "person_id": person_id, "enrolled_at": work.now}
        )
        work.session.add(key)
        tries = work.session.get(PinTry, person_id) or PinTry(person_id=person_id)
        tries.failures, tries.is_disabled, tries.must_choose = 0, False, False
        work.session.add(tries)
        work.journal("people.pin_chosen", by=person_id, subject=f"person:{person_id}")
        work.journal(
            "people.key_enrolled",
            by=person_id,
            subject=f"person:{person_id}",
            public_key=key.public_key,
        )
    waits.end(desk.store, person_id)
    private = keys.unwrap(key, desk.secret, pin)
    if private is None:
        raise RuntimeError("a key just wrapped does not open")
    return Proof(person, key.public_key, private)


def begin_reset(desk: Desk, by: Proof, person_id: int) -> None:
    """A supervisor unlocks a person, who then chooses a new PIN; nobody resets their own."""
    with desk.transaction() as work:
        require_current(work.session, by)
        authorised(work.session, by.person.id, Right.RESET_PIN, desk.duty)
        if by.person.id == person_id:
            raise Refusal("people.own_reset")
        if views.person(work.session, person_id) is None:
            raise Refusal("people.unknown_person")
        tries = work.session.get(PinTry, person_id) or PinTry(person_id=person_id)
        tries.failures, tries.is_disabled, tries.must_choose = 0, False, True
        work.session.add(tries)
        work.journal("people.pin_reset", by=by.person.id, subject=f"person:{person_id}")


def unlock(desk: Desk, by: Proof, person_id: int) -> None:
    """A supervisor lets a person try again whom ten wrong PINs had disabled: the PIN stays what it
    was. Nobody unlocks themselves.
    """
    with desk.transaction() as work:
        require_current(work.session, by)
        authorised(work.session, by.person.id, Right.RESET_PIN, desk.duty)
        person = views.person(work.session, person_id)
        if person is None:
            raise Refusal("people.unknown_person")
        if by.person.id == person_id:
            raise Refusal("people.own_reset")
        tries = work.session.get(PinTry, person_id)
        if tries is None or not tries.is_disabled:
            raise Refusal("people.not_disabled", name=person.name)
        failures, tries.failures, tries.is_disabled = tries.failures, 0, False
        work.session.add(tries)
        work.journal(
            "people.pin_unlocked",
            by=by.person.id,
            subject=f"person:{person_id}",
            failures=failures,
        )
    waits.end(desk.store, person_id)


def require_current(session: Session, proof: Proof) -> None:
    """Refuses a proof whose PIN was reset or changed, or whose person left, since it was given."""
    person = views.person(session, proof.person.id)
    if person is None or not person.is_active:
        raise Refusal("people.not_active", name=proof.person.name)
    is_held = any(key.public_key == proof.public_key for key in _keys(session, person.id))
    if not is_held or views.pin_standing(session, person.id).must_choose:
        raise Refusal("people.pin_changed_elsewhere")


def _is_opened(session: Session, person_id: int, since: datetime) -> bool:
    """Whether somebody in charge has begun a new PIN for them since then, with their own."""
    begun = "people.pin_reset", f"person:{person_id}"
    return any((act, subject) == begun for _, act, _, subject in newest_first(session, since))


def _has_other_in_charge(session: Session, person_id: int) -> bool:
    """Whether somebody else in charge has a PIN: on a new site nobody has."""
    return any(
        one.id != person_id and one.roles & IN_CHARGE and _keys(session, one.id)
        for one in views.people(session)
    )


def _known(desk: Desk, person_id: int | None) -> tuple[PersonView | None, SigningKey | None]:
    if person_id is None:
        return None, None
    with desk.reading() as session:
        person = views.person(session, person_id)
        if person is None or not person.is_active:
            return None, None
        standing = views.pin_standing(session, person_id)
        if standing.must_choose:
            raise Refusal("people.pin_not_chosen", name=person.name)
        found = _keys(session, person_id)
        return person, found[0] if found else None


def _keys(session: Session, person_id: int) -> list[SigningKey]:
    query = select(SigningKey).where(
        SigningKey.person_id == person_id, col(SigningKey.retired_at).is_(None)
    )
    return list(session.exec(query))


def _refuse_unknown(desk: Desk, pin: str) -> None:
    left = waits.remaining(desk.store, waits.NOBODY, waits.unknown_failures(desk.store))
    if left:
        raise Refusal("people.pin_wait", seconds=left)
    keys.spend(desk.secret, pin, cost=desk.site.pin_cost)
    waits.begin(desk.store, waits.NOBODY, waits.count_unknown(desk.store))


def _note_wrong(desk: Desk, person_id: int | None, failures: int) -> None:
    """Puts a wrong PIN on record, never the PIN itself; nobody has proven who gave it."""
    subject = f"person:{person_id or '-'}"
    with desk.transaction() as work:
        work.journal("people.pin_wrong", by=None, subject=subject, failures=failures)
        if person_id is not None and failures >= waits.DISABLED_AT:
            work.journal("people.pin_disabled", by=None, subject=subject, failures=failures)


def _count_try(desk: Desk, person: PersonView) -> int:
    """Writes the try down as a wrong one, before it is looked at; returns how many that makes."""
    with desk.transaction() as work:
        tries = work.session.get(PinTry, person.id) or PinTry(person_id=person.id)
        if tries.is_disabled:
            raise Refusal("people.pin_disabled", name=person.name)
        left = waits.remaining(desk.store, person.id, tries.failures)
        if left:
            raise Refusal("people.pin_wait", seconds=left, name=person.name)
        tries.failures += 1
        tries.is_disabled = tries.failures >= waits.DISABLED_AT
        work.session.add(tries)
        if tries.failures > 1:
            work.journal(
                "people.pin_try",
                by=None,
                subject=f"person:{person.id}",
                failures_before=tries.failures - 1,
                disables_if_wrong=tries.is_disabled,
            )
        return tries.failures
