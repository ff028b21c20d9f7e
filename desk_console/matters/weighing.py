"""How much hangs on a matter: more, anybody may say; less, only who may release a handover.

Who makes less of a matter signs it with their own PIN: it may be what a handover stops at. The act
is the handover's (`handover/weighing.py`), which knows who is a side of the one that goes on.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, select

from desk_console.foundation.catalogue import pair
from desk_console.foundation.store import Work
from desk_console.foundation.text import accept
from desk_console.log.presence import present_writer
from desk_console.matters.moving import matter_at, record, standing_of
from desk_console.matters.records import Importance, Matter, Urgency
from desk_console.matters.rules import importance_verdict, urgency_verdict
from desk_console.people.authority import authorised
from desk_console.people.pins import Proof
from desk_console.people.records import PersonView, Signature
from desk_console.people.rules import Right, may, role_for
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import Topic
from desk_console.shift import tenures


def weigh(
    work: Work,
    desk: Desk,
    person: PersonView,
    matter_id: int,
    revision: int,
    importance: Importance,
    *,
    is_urgent: bool | None = None,
    words: str = "",
    proof: Proof | None = None,
    sides: Collection[int],
) -> int:
    """Says how much hangs on a matter; a step of the handover's act. Returns its new revision.

    Less may hang on an important matter only by the word and the fresh PIN (`proof`) of somebody
    who may release a handover, the writer or another, and is none of `sides` (9.17, 9.6); an
    emergency stays one before it was reported (2.4).
    """
    said = accept(words)
    present_writer(work.session, person, desk.duty)
    matter = matter_at(work.session, matter_id, revision)
    judge_id = person.id if proof is None else proof.person.id
    judge = authorised(work.session, judge_id, Right.LOG, desk.duty)
    is_side = judge_id in sides or tenures.held_by(work.session, judge_id) is not None
    importance_verdict(
        matter.importance,
        importance,
        may(judge, Right.RELEASE, desk.duty),
        desk.duty,
        is_side=is_side,
        words=said,
        is_proven=proof is not None,
    ).or_refuse()
    if proof is not None:
        _sign_less(work, desk, proof, judge, matter, importance)
    facts: dict[str, object] = {}
    if importance is not matter.importance:
        facts = {"importance_was": matter.importance.value, "importance_now": importance.value}
    matter.importance = importance
    if is_urgent is not None and is_urgent != matter.is_urgent:
        urgency = Urgency.URGENT if is_urgent else Urgency.MINOR
        urgency_verdict(standing_of(work.session, matter), urgency, desk.duty).or_refuse()
        matter.is_urgent, matter.urgency = is_urgent, urgency
        facts["urgency"] = urgency.value
    return record(work, desk, matter, "importance", by=person.id, words=said, facts=facts)


def made_less_by(session: Session, person_id: int, since: datetime | None) -> Matter | None:
    """An open matter of which a person was the last to make less, since then or ever, and which is
    still less than it was (9.17, 9.6).
    """
    less = select(Signature.subject, Signature.person_id).where(
        Signature.meaning == " / ".join(pair("matters.meaning_less"))
    )
    if since is not None:
        less = less.where(col(Signature.at) >= since)
    last: dict[int, tuple[int, Importance]] = {}
    for subject, judge_id in session.exec(less.order_by(col(Signature.id))):
        matter_id, _, was = subject.removeprefix("matter:").split(".")
        last[int(matter_id)] = judge_id, Importance(was)
    weights = tuple(Importance)
    for id, (judge_id, importance) in last.items():
        matter = session.get(Matter, id) if judge_id == person_id else None
        if matter is None or matter.closed_at is not None:
            continue
        if weights.index(matter.importance) < weights.index(importance):
            return matter
    return None


def _sign_less(
    work: Work, desk: Desk, proof: Proof, judge: PersonView, matter: Matter, becomes: Importance
) -> None:
    """Has whoever makes less of a matter sign it: what it was, and what it is from now on."""
    clause = desk.duty.cite(Topic.BLOCKING_MATTER) or desk.duty.cite(Topic.MAJOR_MATTER)
    changed = {"matter": matter.id, "was": matter.importance, "becomes": becomes, "clause": clause}
    signature_id = proof.sign(
        work,
        subject=f"matter:{matter.id}.{matter.revision}.{matter.importance}",
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
