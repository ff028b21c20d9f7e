"""What those above answer (9.6, 1.11): their decision by their own PIN, or a note of the desk.

What the desk notes that somebody said by telephone is no decision: it waits for them, or for a rung
above (at the top: for anybody there), to confirm it by PIN. Until then the matter may go on and be
handed over, but not close.
"""

from __future__ import annotations

from desk_console.foundation.catalogue import pair
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Work
from desk_console.foundation.text import LONG_LIMIT, accept
from desk_console.log.presence import present_writer
from desk_console.matters.moving import digest_of, history, matter_at, record, standing_of
from desk_console.matters.records import Matter, MatterEvent
from desk_console.matters.rules import answering_verdict, confirming_verdict
from desk_console.people.authority import authorised
from desk_console.people.pins import Proof, require_current
from desk_console.people.records import PersonView
from desk_console.people.rules import Right
from desk_console.people.signatures import digest
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.ladder import rung_of, stands_as
from desk_console.rulebook.records import Topic

DECIDED = "matters.meaning_decided"
DENIED = "matters.meaning_not_said"


def answer(desk: Desk, proof: Proof, matter_id: int, revision: int, words: str) -> int:
    """The superior's own answer, signed by their PIN; returns the new revision. It decides.

    Refuses an answer without words, and one from below the rung that was asked (9.6).
    """
    said = _said(desk, words)
    with desk.transaction() as work:
        require_current(work.session, proof)
        superior = authorised(work.session, proof.person.id, Right.LOG, desk.duty)
        matter = matter_at(work.session, matter_id, revision)
        rung = rung_of(superior.roles, desk.duty)
        answering_verdict(matter.asked_rung, rung, desk.duty).or_refuse()
        _decided(matter, rung)
        role = stands_as(superior.roles, desk.duty)
        made = record(
            work,
            desk,
            matter,
            "answer_above",
            by=superior.id,
            words=said,
            facts={"rung": rung, "role": role, "superior": superior.id},
            topic=Topic.ESCALATION,
        )
        _sign(work, desk, proof, DECIDED, _told(work, matter_id, "answer_above"), role=role)
        return made


def note_answer(
    desk: Desk, person: PersonView, matter_id: int, revision: int, words: str, *, superior_id: int
) -> int:
    """Notes what a superior said by telephone; returns the new revision. It waits for them.

    Refuses what somebody says of themselves: that wants their PIN; and an answer from below the
    rung that was asked (9.6).
    """
    said = _said(desk, words)
    clause = desk.duty.cite(Topic.ESCALATION)
    with desk.transaction() as work:
        present_writer(work.session, person, desk.duty)
        if superior_id == person.id:
            raise Refusal("matters.answer_pin_wanted", clause=clause, field="pin")
        superior = authorised(work.session, superior_id, Right.LOG, desk.duty)
        matter = matter_at(work.session, matter_id, revision)
        rung = rung_of(superior.roles, desk.duty)
        answering_verdict(matter.asked_rung, rung, desk.duty).or_refuse()
        matter.asked_rung = matter.asked_at = None
        matter.told_rung, matter.told_by = rung, superior.id
        role = stands_as(superior.roles, desk.duty)
        return record(
            work,
            desk,
            matter,
            "answer_told",
            by=person.id,
            words=said,
            facts={"rung": rung, "role": role, "superior": superior.id},
            topic=Topic.ESCALATION,
        )


def confirm_answer(
    desk: Desk, proof: Proof, matter_id: int, revision: int, *, is_right: bool, words: str = ""
) -> int:
    """Says whether what was noted is what was said; returns the new revision. Confirmed, it
    decides; denied, the rung is asked once more, from now on.

    Refuses whoever did not say it and stands no higher, unless both are at the top; who no longer
    stands where they said it; and a denial without words (9.6).
    """
    said = accept(words, limit=LONG_LIMIT, lines=True) if is_right else _said(desk, words)
    with desk.transaction() as work:
        require_current(work.session, proof)
        superior = authorised(work.session, proof.person.id, Right.LOG, desk.duty)
        matter = matter_at(work.session, matter_id, revision)
        rung = rung_of(superior.roles, desk.duty)
        confirming_verdict(
            standing_of(work.session, matter),
            rung,
            desk.duty,
            is_who_said_it=superior.id == matter.told_by,
        ).or_refuse()
        noted = _told(work, matter_id, "answer_told")
        what, told = "answer_confirmed" if is_right else "answer_denied", matter.told_rung or 0
        if is_right:
            _decided(matter, told)
        else:
            matter.asked_rung, matter.asked_at = told, work.now
            matter.told_rung = matter.told_by = None
        role = stands_as(superior.roles, desk.duty)
        made = record(
            work,
            desk,
            matter,
            what,
            by=superior.id,
            words=said,
            facts={"rung": told, "role": role, "superior": superior.id},
            topic=Topic.ESCALATION,
        )
        meaning, own = DECIDED if is_right else DENIED, _told(work, matter_id, what)
        _sign(work, desk, proof, meaning, noted, own, role=role)
        return made


def _sign(
    work: Work, desk: Desk, proof: Proof, meaning: str, *events: MatterEvent, role: str
) -> None:
    """Has the superior sign what the events say, the last their own; the chain names the
    signature, so that none goes missing.
    """
    own = events[-1]
    # Of what was said only the salted digests are signed: the words may have to be erased.
    content = {"matter": own.matter_id, "said": [digest_of(each) for each in events]}
    signature_id = proof.sign(
        work,
        subject=f"matter:{own.matter_id}.{own.revision}",
        meaning=" / ".join(pair(meaning)),
        role=role,
        content=content,
    )
    work.journal(
        "matters.answer_signed",
        by=proof.person.id,
        subject=f"matter:{own.matter_id}",
        clause=desk.duty.cite(Topic.ESCALATION),
        signature=signature_id,
        content=digest(content),
    )


def _told(work: Work, matter_id: int, what: str) -> MatterEvent:
    """The newest step of that kind."""
    return next(one for one in reversed(history(work.session, matter_id)) if one.what == what)


def _decided(matter: Matter, rung: int) -> None:
    matter.decided_rung = max(rung, matter.decided_rung or 0)
    matter.asked_rung = matter.asked_at = matter.told_rung = matter.told_by = None


def _said(desk: Desk, words: str) -> str:
    said = accept(words, limit=LONG_LIMIT, lines=True)
    if not said:
        clause = desk.duty.cite(Topic.ESCALATION)
        raise Refusal("matters.words_wanted", clause=clause, field="words")
    return said
