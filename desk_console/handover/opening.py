"""Opening a handover and coming to it: whose post, who takes it, and what ends it unsigned.

There is one handover under way at a post. Whatever ends it unsigned leaves the post with whoever
holds it, and everything that was entered where it is.
"""

from __future__ import annotations

from desk_console.foundation.canonical import words_digest
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Work
from desk_console.foundation.text import accept
from desk_console.handover import parties, rules
from desk_console.handover.gathered_record import begins_after
from desk_console.handover.records import (
    Handover,
    HandoverKind,
    HandoverRefusal,
    HandoverStage,
)
from desk_console.handover.takers import may_take_over
from desk_console.handover.weighing import may_be_side
from desk_console.log import drafts
from desk_console.people import views as people
from desk_console.people.authority import authorised
from desk_console.people.records import PersonView
from desk_console.people.rules import Right
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import Topic
from desk_console.shift import presence, tenures
from desk_console.shift.presence import present
from desk_console.shift.records import Tenure, TenureKind

_SALT_BYTES = 16


def open_handover(
    desk: Desk,
    person: PersonView,
    *,
    post_code: str,
    kind: HandoverKind = HandoverKind.REGULAR,
    reason: str = "",
) -> int:
    """Opens the handover of a post; returns its id. One that is under way already is given again.

    From half an hour before the shift's end, else with a reason (9.13). By its holder or somebody
    signed on there; `acting` by a supervisor, in their own name, for a holder who is not there;
    `apart` by the holder who closes the post.
    """
    words = accept(reason, limit=1000, lines=True)
    with desk.transaction() as work:
        tenures.settle(work, desk)
        tenure = _held(work, desk, post_code)
        before = parties.at_post(work.session, post_code)
        if before is not None:
            is_theirs = parties.is_theirs(work.session, before, tenure.person_id)
            if parties.is_left(before) or is_theirs:
                return before.id or 0
            _drop(work, before, None, "overtaken")
        _may_open(work, desk, person, tenure, kind)
        shift = tenures.running_shift(work.session, post_code)
        due_at = shift.due_at if shift else None
        rules.opening_verdict(kind, work.now, due_at, words, desk.duty).or_refuse()
        row = Handover(
            post_code=post_code,
            kind=kind,
            stage=HandoverStage.OPEN,
            shift_id=shift.id if shift else None,
            outgoing_id=tenure.person_id or 0,
            acting_id=person.id if kind is HandoverKind.ACTING else None,
            opened_at=work.now,
            opened_by=person.id,
            reason=words,
            after_entry_id=begins_after(work.session, post_code),
        )
        work.session.add(row)
        work.session.flush()
        work.journal(
            "handover.opened",
            by=person.id,
            subject=f"handover:{row.id}",
            clause=desk.duty.cite(Topic.SIGN_BOTH),
            post=post_code,
            kind=kind,
            shift=row.shift_id,
            outgoing=row.outgoing_id,
            after_entry=row.after_entry_id,
        )
        return row.id or 0


def _held(work: Work, desk: Desk, post_code: str) -> Tenure:
    tenure = tenures.open_tenure(work.session, post_code)
    if tenure is None:
        raise Refusal("shift.no_such_post")
    if tenure.kind is TenureKind.STAND_IN:
        raise Refusal("shift.holder_is_out", clause=desk.duty.cite(Topic.STEP_OUT))
    if tenure.person_id is None:
        raise Refusal("handover.nobody_holds")
    return tenure


def _may_open(
    work: Work, desk: Desk, person: PersonView, tenure: Tenure, kind: HandoverKind
) -> None:
    clause = desk.duty.cite(Topic.SIGN_BOTH) or desk.duty.cite(Topic.STAY_AT_POST)
    attendance = present(work.session, person.id)
    is_here = attendance is not None and attendance.post_code == tenure.post_code
    if kind is HandoverKind.ACTING:
        authorised(work.session, person.id, Right.RELEASE, desk.duty)
        if person.id == tenure.person_id:
            raise Refusal("handover.acts_for_self", clause=clause)
        if not is_here:
            raise Refusal("handover.acting_signs_on", clause=clause)
        holder_is_gone(work, desk, tenure.person_id or 0)
        may_be_side(work.session, desk, person.id, tenure.post_code, at=work.now)
        return
    authorised(work.session, person.id, Right.LOG, desk.duty)
    if person.id != tenure.person_id and (kind is HandoverKind.APART or not is_here):
        raise Refusal("shift.not_holder", clause=clause)
    may_be_side(work.session, desk, tenure.person_id or 0, tenure.post_code, at=work.now)


def holder_is_gone(work: Work, desk: Desk, holder_id: int) -> None:
    """Refuses to act for a holder who is there (9.13). Asked when it opens, and at the signature.

    A presence that is still open says nothing: whoever fell ill did not sign off.
    """
    holder = people.person(work.session, holder_id)
    was_seen = presence.was_seen(work.session, holder_id, work.now - rules.ABSENT_AFTER)
    name = holder.name if holder else ""
    rules.acting_verdict(desk.duty, was_seen=was_seen, name=name).or_refuse()


def join(desk: Desk, person: PersonView, handover_id: int) -> None:
    """The incoming person comes to the handover: signed on at the post, with the role and the
    qualification for the shift they take (9.9, 6.10, 6.2, 7.2).

    Whoever closed a post for the night and holds it again in the morning counts and reads alone;
    the record says so. Whoever comes instead of somebody else reads, counts and acknowledges anew.
    """
    with desk.transaction() as work:
        row = parties.editable(work, desk, handover_id)
        if row.incoming_id == person.id:
            return
        taker = authorised(work.session, person.id, Right.LOG, desk.duty)
        may_take_over(work.session, desk, row, taker, at=work.now)
        row.incoming_id = person.id
        work.session.add(row)
        attendance = present(work.session, person.id)
        work.journal(
            "handover.joined",
            by=person.id,
            subject=f"handover:{row.id}",
            clause=desk.duty.cite(Topic.ARRIVE_EARLY) or desk.duty.cite(Topic.PUNCTUAL),
            late_minutes=attendance.late_minutes if attendance else None,
        )


def refuse_to_take_over(desk: Desk, person: PersonView, handover_id: int, reason: str) -> int:
    """The incoming person will not take over: why. The outgoing one stays holder, nothing entered
    is lost, and those in charge are called. Returns the refusal's id.
    """
    from desk_console.handover.relief import call_now

    words = accept(reason, limit=1000, lines=True)
    if not words:
        raise Refusal("handover.refusal_reason", clause=desk.duty.cite(Topic.SIGN_BOTH))
    with desk.transaction() as work:
        row = parties.under_way(work, desk, handover_id)
        parties.incoming(work, desk, row, person)
        if parties.is_left(row):
            raise Refusal("handover.taken_already")
        void(work, row, "refused")
        salt = desk.source.random_bytes(_SALT_BYTES).hex()
        refusal = HandoverRefusal(
            handover_id=row.id or 0, person_id=person.id, at=work.now, reason=words, salt=salt
        )
        work.session.add(refusal)
        row.incoming_id = None
        work.session.add(row)
        work.session.flush()
        work.journal(
            "handover.refused",
            by=person.id,
            subject=f"handover_refusal:{refusal.id}",
            clause=desk.duty.cite(Topic.SIGN_BOTH),
            handover=row.id,
            digest=words_digest(salt, {"reason": words}),
        )
        call_now(work, desk, row.post_code, refused_by=person.name)
        return refusal.id or 0


def call_off(desk: Desk, person: PersonView, handover_id: int, reason: str) -> None:
    """Ends a handover unsigned: opened by mistake, or nobody comes. The holder keeps the post."""
    words = accept(reason, limit=1000)
    if not words:
        raise Refusal("handover.call_off_reason", clause=desk.duty.cite(Topic.SIGN_BOTH))
    with desk.transaction() as work:
        row = parties.under_way(work, desk, handover_id)
        parties.outgoing(work, desk, row, person)
        void(work, row, "called off")
        row.end_reason, row.end_salt = words, desk.source.random_bytes(_SALT_BYTES).hex()
        digest = words_digest(row.end_salt, {"end_reason": words})
        _drop(work, row, person.id, "called off", digest=digest)


def take_back(desk: Desk, person: PersonView, handover_id: int) -> None:
    """Takes the outgoing signature back, so that something can be entered again: the version and
    its signature stay on record as void (9.13). By either of the two.
    """
    with desk.transaction() as work:
        row = parties.under_way(work, desk, handover_id)
        if row.stage is not HandoverStage.SIGNED or parties.is_closed(work.session, row):
            raise Refusal("handover.not_signed")
        if person.id not in (parties.giver_of(row), row.incoming_id):
            parties.outgoing(work, desk, row, person)
        authorised(work.session, person.id, Right.LOG, desk.duty)
        void(work, row, "taken back", by=person.id)


def void(work: Work, row: Handover, why: str, *, by: int | None = None) -> None:
    """The outgoing signature no longer holds: what it covered has changed. A step of other acts;
    does nothing where nothing is signed.
    """
    if row.stage is not HandoverStage.SIGNED:
        return
    version_id, row.version_id, row.through_entry_id = row.version_id, None, None
    row.stage = HandoverStage.OPEN
    work.session.add(row)
    work.journal(
        "handover.voided", by=by, subject=f"handover:{row.id}", version=version_id, why=why
    )


def _drop(work: Work, row: Handover, by: int | None, why: str, *, digest: str = "") -> None:
    row.stage, row.closed_at, row.version_id = HandoverStage.DROPPED, work.now, None
    work.session.add(row)
    work.session.flush()
    drafts.drop(work, f"handover:{row.id}:")
    said = {"digest": digest} if digest else {}
    work.journal("handover.dropped", by=by, subject=f"handover:{row.id}", why=why, **said)
