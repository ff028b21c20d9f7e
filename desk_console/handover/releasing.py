"""Releasing a blocking matter: the only way past important unfinished work (9.17).

A supervisor signs it with their own PIN, with a reason and the matter's new owner.
"""

from __future__ import annotations

from desk_console.foundation.canonical import words_digest
from desk_console.foundation.catalogue import pair
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Work
from desk_console.foundation.text import accept
from desk_console.handover import parties, rules
from desk_console.handover.gathering import gather
from desk_console.handover.records import Handover, HandoverRelease
from desk_console.handover.sheet import MatterPoint
from desk_console.matters.acts import hand_on
from desk_console.people import views as people
from desk_console.people.authority import authorised
from desk_console.people.pins import Proof
from desk_console.people.rules import Right, role_for
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import Topic

_SALT_BYTES = 16


def release(
    desk: Desk,
    proof: Proof,
    handover_id: int,
    matter_id: int,
    *,
    reason: str,
    new_owner_id: int,
) -> int:
    """Lets a handover pass a blocking matter; returns the release's id (9.17).

    By somebody in charge who is on neither side; the new owner is not the outgoing person. It holds
    for the matter as important as it is now.
    """
    words = accept(reason, limit=1000, lines=True)
    with desk.transaction() as work:
        supervisor = authorised(work.session, proof.person.id, Right.RELEASE, desk.duty)
        row = parties.editable(work, desk, handover_id)
        matter = _blocking(work, desk, row, matter_id, (proof.person.id, new_owner_id, words))
        salt = desk.source.random_bytes(_SALT_BYTES).hex()
        digest = words_digest(salt, {"reason": words})
        role = role_for(supervisor, Right.RELEASE, desk.duty)
        signature_id = _sign(work, desk, proof, row, matter, new_owner_id, digest, role)
        released = HandoverRelease(
            handover_id=row.id or 0,
            matter_id=matter_id,
            importance=matter.importance,
            person_id=proof.person.id,
            new_owner_id=new_owner_id,
            signature_id=signature_id,
            at=work.now,
            reason=words,
            salt=salt,
        )
        _keep(work, desk, released, digest)
        hand_on(
            work,
            desk,
            proof.person,
            matter_id,
            new_owner_id,
            next_step=matter.next_step,
            words=words,
        )
        return released.id or 0


def _blocking(
    work: Work, desk: Desk, row: Handover, matter_id: int, asked: tuple[int, int, str]
) -> MatterPoint:
    """The matter that is released, where it may be: by whom, to whom, and why (9.17)."""
    supervisor_id, new_owner_id, words = asked
    sheet = gather(work.session, desk, row)
    matter = next((one for one in sheet.matters if one.matter_id == matter_id), None)
    verdict = rules.release_verdict(sheet, matter, supervisor_id, new_owner_id, words)
    if verdict.message is not None:
        clause = desk.duty.cite(Topic.BLOCKING_MATTER)
        raise Refusal(verdict.message.key, clause=clause, **verdict.message.values)
    owner = people.person(work.session, new_owner_id)
    if matter is None or owner is None or not owner.is_active:
        raise Refusal("people.unknown_person")
    return matter


def _sign(
    work: Work,
    desk: Desk,
    proof: Proof,
    row: Handover,
    matter: MatterPoint,
    new_owner_id: int,
    digest: str,
    role: str,
) -> int:
    return proof.sign(
        work,
        subject=f"handover_release:{row.id}.{matter.matter_id}.{matter.importance}",
        meaning=" / ".join(pair("handover.meaning_release")),
        role=role,
        content={
            "handover": row.id,
            "matter": matter.matter_id,
            "importance": matter.importance,
            "new_owner": new_owner_id,
            "reason": digest,
            "clause": desk.duty.cite(Topic.BLOCKING_MATTER),
        },
    )


def _keep(work: Work, desk: Desk, released: HandoverRelease, digest: str) -> None:
    work.session.add(released)
    work.session.flush()
    work.journal(
        "handover.released",
        by=released.person_id,
        subject=f"handover_release:{released.id}",
        clause=desk.duty.cite(Topic.BLOCKING_MATTER),
        handover=released.handover_id,
        matter=released.matter_id,
        importance=released.importance,
        new_owner=released.new_owner_id,
        signature=released.signature_id,
        digest=digest,
    )
