"""Notes added after sealing: signed, beside the sealed record, never in it."""

from __future__ import annotations

from sqlmodel import select

from desk_console.foundation.canonical import words_digest
from desk_console.foundation.catalogue import pair
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.text import LONG_LIMIT, accept
from desk_console.handover.records import HandoverNote, HandoverSeal
from desk_console.people.authority import authorised
from desk_console.people.pins import Proof
from desk_console.people.rules import Right
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import Topic

_SALT_BYTES = 16


def add_note(desk: Desk, proof: Proof, handover_id: int, words: str) -> int:
    """Adds a signed note beside a sealed handover (9.15); returns its id. What was sealed stays."""
    said = accept(words, limit=LONG_LIMIT, lines=True)
    if not said:
        raise Refusal("handover.note_wanted")
    with desk.transaction() as work:
        authorised(work.session, proof.person.id, Right.LOG, desk.duty)
        sealed = work.session.exec(
            select(HandoverSeal).where(HandoverSeal.handover_id == handover_id)
        ).first()
        if sealed is None:
            raise Refusal("handover.note_unsealed")
        salt = desk.source.random_bytes(_SALT_BYTES).hex()
        digest = words_digest(salt, {"words": said})
        signature_id = proof.sign(
            work,
            # A person may add several notes: each is a subject of its own.
            subject=f"handover_note:{handover_id}.{digest[:16]}",
            meaning=" / ".join(pair("handover.meaning_note")),
            role=next(iter(sorted(proof.person.roles)), ""),
            content={"handover": handover_id, "receipt": sealed.receipt, "words": digest},
        )
        note = HandoverNote(
            handover_id=handover_id,
            person_id=proof.person.id,
            signature_id=signature_id,
            at=work.now,
            words=said,
            salt=salt,
        )
        work.session.add(note)
        work.session.flush()
        work.journal(
            "handover.note",
            by=proof.person.id,
            subject=f"handover_note:{note.id}",
            clause=desk.duty.cite(Topic.DUTY_RECORD),
            handover=handover_id,
            signature=signature_id,
            digest=digest,
        )
        return note.id or 0
