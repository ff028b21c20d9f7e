"""Releasing a blocking matter: the only way past important unfinished work (9.17).

A supervisor signs it with their own PIN, with a reason and the matter's new owner.
"""

from __future__ import annotations

from desk_console.foundation.canonical import words_digest
from desk_console.foundation.catalogue import pair
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.text import accept
from desk_console.handover import parties, rules
from desk_console.handover.gathering import gather
from desk_console.handover.records import HandoverRelease
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
    clause = desk.duty.cite(Topic.BLOCKING_MATTER)
    with desk.transaction() as work:
        supervisor = authorised(work.session, proof.person.id, Right.RELEASE, desk.duty)
        row = parties.editable(work, desk, handover_id)
        sheet = gather(work.session, desk, row)
        matter = next((one for one in sheet.matters if one.matter_id == matter_id), None)
        verdict = rules.release_verdict(sheet, matter, proof.person.id, new_owner_id, words)
        if verdict.message is not None:
            raise Refusal(verdict.message.key, clause=clause, **verdict.message.values)
        owner = people.person(work.session, new_owner_id)
        if matter is None or owner is None or not owner.is_active:
            raise Refusal("people.unknown_person")
        salt = desk.source.random_bytes(_SALT_BYTES).hex()
        digest = words_digest(salt, {"reason": words})
        signature_id = proof.sign(
            work,
            subject=f"handover_release:{row.id}.{matter_id}.{matter.importance}",
            meaning=" / ".join(pair("handover.meaning_release")),
            role=role_for(supervisor, Right.RELEASE, desk.duty),
            content={
                "handover": row.id,
                "matter": matter_id,
                "importance": matter.importance,
                "new_owner": new_owner_id,
                "reason": digest,
                "clause": clause,
            },
        )
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
        work.session.add(released)
        work.session.flush()
        work.journal(
            "handover.released",
            by=proof.person.id,
            subject=f"handover_release:{released.id}",
            clause=clause,
            handover=row.id,
            matter=matter_id,
            importance=matter.importance,
            new_owner=new_owner_id,
            signature=signature_id,
            digest=digest,
        )
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
