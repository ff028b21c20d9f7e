"""The decision on a complaint's settlement: approved or sent back, signed by who decides (4.11)."""

from __future__ import annotations

from desk_console.foundation.catalogue import message, pair
from desk_console.foundation.refusal import Refusal
from desk_console.matters.acts import step
from desk_console.matters.fields import accepted
from desk_console.matters.moving import digest_of, history, matter_at
from desk_console.matters.rules import approving_rung
from desk_console.people.authority import authorised
from desk_console.people.pins import Proof, require_current
from desk_console.people.rules import Right
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.ladder import rung_of, rungs, stands_as
from desk_console.rulebook.records import Topic, role_key

APPROVED = "matters.meaning_approved"
SENT_BACK = "matters.meaning_sent_back"


def decide_proposal(
    desk: Desk, proof: Proof, matter_id: int, revision: int, words: str, *, is_approved: bool
) -> int:
    """Approves the settlement proposed for a complaint, or sends it back; returns the new revision.

    A critical complaint is decided at the top of the ladder, others by anybody above its foot.
    Refuses whoever made the proposal, and who stands too low (4.11).
    """
    facts = accepted({"approval" if is_approved else "reason": words})
    clause = desk.duty.cite(Topic.COMPLAINT)
    with desk.transaction() as work:
        require_current(work.session, proof)
        person = authorised(work.session, proof.person.id, Right.LOG, desk.duty)
        matter = matter_at(work.session, matter_id, revision)
        events = history(work.session, matter_id)
        proposed = next((each for each in reversed(events) if each.what == "propose"), None)
        if proposed is not None and proposed.person_id == person.id:
            raise Refusal("matters.own_proposal", clause=clause)
        wanted = approving_rung(matter.grade, desk.duty)
        if rung_of(person.roles, desk.duty) < wanted:
            role = message(role_key(rungs(desk.duty)[wanted]))
            raise Refusal("matters.approves_too_low", clause=clause, role=role)
        made = step(work, desk, person, matter, "approve" if is_approved else "send_back", facts)
        signature_id = proof.sign(
            work,
            subject=f"matter:{matter_id}.{made}",
            meaning=" / ".join(pair(APPROVED if is_approved else SENT_BACK)),
            role=stands_as(person.roles, desk.duty),
            # Of what was shown and decided only the salted digests are signed: the words may have
            # to be erased.
            content={
                "matter": matter_id,
                "story": [digest_of(each) for each in history(work.session, matter_id)],
            },
        )
        work.journal(
            "matters.decided",
            by=person.id,
            subject=f"matter:{matter_id}",
            clause=clause,
            is_approved=is_approved,
            signature=signature_id,
        )
        return made
