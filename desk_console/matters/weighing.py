"""How much hangs on a matter: more, anybody may say; less, only who may release a handover.

Who makes less of a matter signs it with their own PIN: it may be what a handover stops at.
"""

from __future__ import annotations

from desk_console.foundation.catalogue import pair
from desk_console.foundation.store import Work
from desk_console.foundation.text import accept
from desk_console.log.presence import present_writer
from desk_console.matters.moving import matter_at, record, standing_of
from desk_console.matters.records import Importance, Matter, Urgency
from desk_console.matters.rules import importance_verdict, urgency_verdict
from desk_console.people.authority import authorised
from desk_console.people.pins import Proof
from desk_console.people.records import PersonView
from desk_console.people.rules import Right, may, role_for
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import Topic
from desk_console.shift import tenures


def set_importance(
    desk: Desk,
    person: PersonView,
    matter_id: int,
    revision: int,
    importance: Importance,
    *,
    is_urgent: bool | None = None,
    words: str = "",
    proof: Proof | None = None,
) -> int:
    """Says how much hangs on a matter; returns its new revision. An urgent one may wait less.

    Less may hang on an important matter only by the word and the fresh PIN (`proof`) of somebody
    who may release a handover, the writer or another (9.17, 9.6); an emergency stays one before
    it was reported (2.4).
    """
    said = accept(words)
    with desk.transaction() as work:
        present_writer(work.session, person, desk.duty)
        matter = matter_at(work.session, matter_id, revision)
        judge_id = person.id if proof is None else proof.person.id
        judge = authorised(work.session, judge_id, Right.LOG, desk.duty)
        importance_verdict(
            matter.importance,
            importance,
            may(judge, Right.RELEASE, desk.duty),
            desk.duty,
            holds_post=tenures.held_by(work.session, judge_id) is not None,
            words=said,
            is_proven=proof is not None,
        ).or_refuse()
        if proof is not None:
            _sign_less(work, desk, proof, judge, matter, importance)
        matter.importance = importance
        facts = None
        if is_urgent is not None and is_urgent != matter.is_urgent:
            urgency = Urgency.URGENT if is_urgent else Urgency.MINOR
            urgency_verdict(standing_of(work.session, matter), urgency, desk.duty).or_refuse()
            matter.is_urgent, matter.urgency = is_urgent, urgency
            facts = {"urgency": urgency.value}
        return record(work, desk, matter, "importance", by=person.id, words=said, facts=facts)


def _sign_less(
    work: Work, desk: Desk, proof: Proof, judge: PersonView, matter: Matter, becomes: Importance
) -> None:
    """Has whoever makes less of a matter sign it: what it was, and what it is from now on."""
    clause = desk.duty.cite(Topic.BLOCKING_MATTER) or desk.duty.cite(Topic.MAJOR_MATTER)
    changed = {"matter": matter.id, "was": matter.importance, "becomes": becomes, "clause": clause}
    signature_id = proof.sign(
        work,
        subject=f"matter:{matter.id}.{matter.revision}",
        meaning=" / ".join(pair("matters.meaning_less")),
        role=role_for(judge, Right.RELEASE, desk.duty),
        content=changed,
    )
    work.journal(
        "matters.made_less",
        by=proof.person.id,
        subject=f"matter:{matter.id}",
        clause=clause,
        was=matter.importance,
        becomes=becomes,
        signature=signature_id,
    )
