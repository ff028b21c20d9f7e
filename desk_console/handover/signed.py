"""A sealed handover as both signed it: every signature and every word verified as it is opened."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from desk_console.foundation.canonical import words_digest
from desk_console.foundation.catalogue import Message, pair
from desk_console.foundation.journal import JournalRow, link
from desk_console.foundation.receipts import receipt_code
from desk_console.foundation.refusal import Refusal
from desk_console.handover import versions
from desk_console.handover.book import BookLine, line_of
from desk_console.handover.comparing import differences
from desk_console.handover.gathered_record import altered_entries
from desk_console.handover.records import (
    Handover,
    HandoverNote,
    HandoverSeal,
    HandoverStage,
    HandoverVersion,
)
from desk_console.handover.sheet import ReleaseLine, Sheet, Signer
from desk_console.people import views as people
from desk_console.people.records import Person, Signature, SignedStatement, SigningKey
from desk_console.people.signatures import role_of, verify_signature
from desk_console.rulebook.records import post_name


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """A signature under a version, and whether it holds."""

    name: str
    role: str
    meaning: str
    at: datetime
    is_good: bool
    why_not: Message | None


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version of a handover: the one that holds, or one whose signature was void."""

    id: int
    number: int
    made_at: datetime
    holds: bool
    signatures: tuple[SignatureLine, ...]


@dataclass(frozen=True, slots=True)
class NoteLine:
    """What was added after sealing."""

    name: str
    words: str
    at: datetime
    signature: SignatureLine | None


@dataclass(frozen=True, slots=True)
class SignedHandover:
    """A handover as it was signed, with everything that belongs to it."""

    line: BookLine
    sheet: Sheet
    versions: tuple[VersionLine, ...]
    """All of them, void ones too, oldest first."""
    notes: tuple[NoteLine, ...]
    erased: tuple[str, ...]
    """Where words were erased by order."""
    altered: tuple[str, ...]
    """Where something is not as it was signed: places of words, `handover` for what stands over
    them: people, post, time, receipt."""
    unsigned: tuple[str, ...]
    """Who handed over or took over, and has no signature under it."""

    @property
    def is_good(self) -> bool:
        """Every signature, of the version that holds and of the notes, was made over exactly what
        stands there; none is missing, and no word is another.
        """
        held = [each for one in self.versions if one.holds for each in one.signatures]
        notes = [one.signature for one in self.notes]
        are_good = all(one is not None and one.is_good for one in (*held, *notes))
        return are_good and not self.altered and not self.unsigned


def as_signed(session: Session, handover_id: int) -> SignedHandover:
    """A sealed handover as both signed it, every signature and every word verified now. Refuses one
    that is not sealed, and one of which so much was changed with another program that it can no
    longer be shown.
    """
    with versions.legible():
        handover, sealed = session.get(Handover, handover_id), _seal_of(session, handover_id)
        if handover is None or sealed is None:
            raise Refusal("handover.not_sealed")
        return _Record(session, handover, sealed).whole()


def since_the_one_before(session: Session, handover_id: int) -> tuple[Message, ...] | None:
    """What is different from the handover of that post before: items, matters, people. None for
    the post's first. Of one before that cannot be read any more it says that.
    """
    try:
        with versions.legible():
            return _differences(session, handover_id)
    except Refusal as refusal:
        if refusal.message.key != versions.BROKEN:
            raise
        return (refusal.message,)


def _differences(session: Session, handover_id: int) -> tuple[Message, ...] | None:
    sealed = _seal_of(session, handover_id)
    if sealed is None:
        raise Refusal("handover.not_sealed")
    before = session.exec(
        select(HandoverSeal.version_id)
        .where(
            HandoverSeal.post_code == sealed.post_code,
            col(HandoverSeal.journal_seq) < sealed.journal_seq,
        )
        .order_by(col(HandoverSeal.journal_seq).desc())
        .limit(1)
    ).first()
    if before is None:
        return None
    found = [session.get(HandoverVersion, one) for one in (before, sealed.version_id)]
    then, now = (versions.sheet_of(session, one) for one in found if one is not None)
    return tuple(differences(then, now))


def _seal_of(session: Session, handover_id: int) -> HandoverSeal | None:
    return session.exec(select(HandoverSeal).where(HandoverSeal.handover_id == handover_id)).first()


class _Record:
    """Reads one sealed handover, and holds it against what vouches for it."""

    def __init__(self, session: Session, handover: Handover, sealed: HandoverSeal) -> None:
        self._session = session
        self._handover, self._sealed = handover, sealed
        self._names = dict(session.exec(select(Person.id, Person.name)).all())
        keys = session.exec(select(SigningKey.person_id, SigningKey.public_key))
        self._enrolled = {(person_id, key) for person_id, key in keys}

    def whole(self) -> SignedHandover:
        """The record. Errors of many kinds where it is none any more: see `legible`."""
        session, number = self._session, self._sealed.handover_id
        kept = session.exec(
            select(HandoverVersion)
            .where(HandoverVersion.handover_id == number)
            .order_by(col(HandoverVersion.number))
        ).all()
        held = {one.id: one for one in kept}[self._sealed.version_id]
        sheet = versions.sheet_of(session, held)
        pair(post_name(sheet.post_code))  # one without a name is no post
        self._names |= {one.id: one.name for one in _people(sheet)}
        parts = [one for one in kept if one is held or _is_part(held, one)]
        return SignedHandover(
            line=line_of(session, number),
            sheet=sheet,
            versions=tuple(self._version(one, holds=one in parts) for one in kept),
            notes=self._notes(),
            erased=versions.erased_places(session, held.id or 0),
            altered=(
                *(place for one in parts for place in versions.altered_places(session, one)),
                *altered_entries(session, sheet.entries),
                *self._altered(sheet, held, parts),
            ),
            unsigned=self._unsigned(sheet, held),
        )

    def _altered(
        self, sheet: Sheet, held: HandoverVersion, parts: Sequence[HandoverVersion]
    ) -> Iterator[str]:
        act = self._session.get(JournalRow, self._sealed.journal_seq)
        says = _body(act) if act is not None and link(act.model_dump()) == act.hash else {}
        if act is None or not self._is_its_line(sheet, act):
            yield "handover"
        sealed = {
            "handover": held.handover_id,
            "version": held.id,
            "content": versions.digest_of(held),
        }
        if any(says.get(name) != value for name, value in sealed.items()):
            yield "content"
        signers = self._signers(held.id)
        ids = self._ids(f"handover_version:{held.id}")
        if says.get("signatures") != ids or len(set(signers)) != len(ids):
            yield "signatures"
        if sheet.left is not None and sheet.left.digest not in map(versions.digest_of, parts):
            yield "left"
        for released in sheet.releases:
            if not self._is_released(released):
                yield f"release {released.matter_id}"
        written = {row.signature_id for row in self._note_rows()}
        if not written.issuperset(self._ids(f"handover_note:{held.handover_id}.", is_whole=False)):
            yield "notes"

    def _ids(self, subject: str, *, is_whole: bool = True) -> list[int]:
        """The signatures under a subject, or under all that begin so."""
        which = col(Signature.subject)
        match = which == subject if is_whole else which.between(subject, f"{subject}g")
        query = select(Signature.id).where(match).order_by(col(Signature.id))
        return [one or 0 for one in self._session.exec(query)]

    def _is_released(self, released: ReleaseLine) -> bool:
        signed = people.signature(self._session, released.signature_id)
        subject = f"handover_release:{self._sealed.handover_id}.{released.matter_id}."
        return (
            signed is not None
            and signed.person_id == released.supervisor.id
            and signed.subject.startswith(subject)
            and self._signature(signed, None).is_good
        )

    def _is_its_line(self, sheet: Sheet, act: JournalRow) -> bool:
        """Does what stands over the record say what was signed, and what the journal says?"""
        handover, sealed = self._handover, self._sealed
        sides = [one and one.id for one in (sheet.outgoing, sheet.acting, sheet.incoming)]
        return (
            sides == [handover.outgoing_id, handover.acting_id, handover.incoming_id]
            and (sheet.kind, HandoverStage.SEALED) == (handover.kind, handover.stage)
            and sheet.post_code == sealed.post_code == handover.post_code
            and act.act == "handover.sealed"
            and (act.at, receipt_code(act.hash)) == (sealed.sealed_at, sealed.receipt)
        )

    def _unsigned(self, sheet: Sheet, held: HandoverVersion) -> tuple[str, ...]:
        """Who handed over signed the version that is held, or the part of it at closing."""
        first = held.id if sheet.left is None else sheet.left.version_id
        sides = ((sheet.giver, first), (sheet.incoming, held.id))
        return tuple(
            side.name
            for side, version_id in sides
            if side is not None and side.id not in self._signers(version_id)
        )

    def _signers(self, version_id: int | None) -> list[int]:
        found = people.signatures(self._session, f"handover_version:{version_id}")
        return [one.person_id for one in found]

    def _version(self, version: HandoverVersion, *, holds: bool) -> VersionLine:
        content = versions.content_of(version)
        return VersionLine(
            id=version.id or 0,
            number=version.number,
            made_at=version.made_at,
            holds=holds,
            signatures=tuple(
                self._signature(one, content)
                for one in people.signatures(self._session, f"handover_version:{version.id}")
            ),
        )

    def _signature(
        self, signed: SignedStatement, content: Mapping[str, object] | None
    ) -> SignatureLine:
        key = signed.public_key
        is_theirs = (signed.person_id, key) in self._enrolled
        verdict = verify_signature(signed, enrolled=key if is_theirs else "", content=content)
        return SignatureLine(
            name=self._names.get(signed.person_id, ""),
            role=role_of(signed.statement),
            meaning=signed.meaning,
            at=signed.at,
            is_good=verdict.is_allowed,
            why_not=verdict.message,
        )

    def _notes(self) -> tuple[NoteLine, ...]:
        return tuple(self._note(row) for row in self._note_rows())

    def _note_rows(self) -> Sequence[HandoverNote]:
        return self._session.exec(
            select(HandoverNote)
            .where(HandoverNote.handover_id == self._sealed.handover_id)
            .order_by(col(HandoverNote.id))
        ).all()

    def _note(self, row: HandoverNote) -> NoteLine:
        signed = people.signature(self._session, row.signature_id)
        if signed is None:
            return NoteLine(self._names.get(row.person_id, ""), row.words, row.at, None)
        content = {
            "handover": self._sealed.handover_id,
            "receipt": self._sealed.receipt,
            "words": words_digest(row.salt, {"words": row.words}),
        }
        is_gone = (
            row.erased_by is not None
            and not (row.words or row.salt)
            and versions.was_ordered(self._session, row.erased_by, f"handover_note:{row.id}")
        )
        line = self._signature(signed, None if is_gone else content)
        # Who and when: as it was signed. They stand in the row as well, where nobody has.
        return NoteLine(line.name, row.words, line.at, line)


def _people(sheet: Sheet) -> list[Signer]:
    """Whose names were signed: as they were then."""
    sides = (sheet.outgoing, sheet.acting, sheet.incoming)
    others = [one.supervisor for one in sheet.releases]
    return [*others, *(one for one in sides if one is not None)]


def _body(act: JournalRow) -> dict[str, object]:
    said = json.loads(act.body)
    return said if isinstance(said, dict) else {}


def _is_part(held: HandoverVersion, other: HandoverVersion) -> bool:
    """Whether the other is what the outgoing person signed at closing, named in the one held."""
    left = versions.content_of(held).get("left")
    return isinstance(left, dict) and left.get("version_id") == other.id
