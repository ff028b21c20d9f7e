"""Deciding requests, and taking somebody in at once when one cannot come.

An approval is complete only when each duty is covered and no rule is newly broken: the request,
the changed duties, the news and the mails are one transaction under the supervisor's signature.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Work
from desk_console.foundation.text import accept
from desk_console.people import views as people
from desk_console.people.authority import authorised
from desk_console.people.pins import Proof, require_current
from desk_console.people.records import PersonView
from desk_console.people.rules import Right, role_for
from desk_console.roster.asking import held, seen, shift_of, step
from desk_console.roster.asking_overtime import not_come_yet
from desk_console.roster.breaking import Away, refuse_new
from desk_console.roster.changes import cell_of, change, in_force, tell, with_turns
from desk_console.roster.findings import shift_name
from desk_console.roster.problem import Draft
from desk_console.roster.publishing import own_duty_verdict
from desk_console.roster.records import Duty, DutyRequest, RequestKind, RequestState
from desk_console.roster.request_rules import (
    begun_verdict,
    decider_verdict,
    leave_days_verdict,
    step_verdict,
)
from desk_console.roster.sheet import days_between
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import Topic

Covers = Mapping[int, int]
"""Who takes each duty over: duty id to person id."""


def approve(
    desk: Desk,
    proof: Proof,
    request_id: int,
    revision: int,
    *,
    covers: Covers | None = None,
    words: str = "",
) -> None:
    """Approves a request and applies it (9.8, 2.6, 2.7, 3.3, 3.5, 4.3).

    Refuses one's own, one that has begun meanwhile, a leave with a duty that nobody takes over, and
    any rule that would be newly broken; a rule of rest that no clause states gives way to `words`.
    """
    reason = accept(words)
    with desk.transaction() as work:
        decider = authorised(work.session, proof.person.id, Right.APPROVE, desk.duty)
        request = seen(work, request_id, revision)
        _may_decide(desk, proof, request)
        step_verdict(request.kind, request.state, RequestState.APPLIED, desk.duty).or_refuse()
        added, removed = _apply(work, desk, request, covers or {}, reason)
        role = role_for(decider, Right.APPROVE, desk.duty)
        content: dict[str, object] = {
            "request": request.id,
            "kind": request.kind,
            "person": request.person_id,
            "first_day": request.first_day,
            "last_day": request.last_day,
            "minutes": request.minutes,
            **({"begins_at": request.begins_at} if request.begins_at else {}),
            "added": [list(cell) for cell in sorted(added)],
            "removed": [list(cell) for cell in sorted(removed)],
            "words": reason,
        }
        cause = f"request:{request.id}"
        signature_id = proof.sign(
            work, subject=cause, meaning="approve", role=role, content=content
        )
        step(
            work,
            desk,
            proof,
            request,
            RequestState.APPLIED,
            words=reason,
            signature_id=signature_id,
            added=content["added"],
            removed=content["removed"],
        )
        if added or removed:
            tell(work, desk, template="roster.changed", cause=cause, added=added, removed=removed)


def refuse_request(
    desk: Desk, proof: Proof, request_id: int, revision: int, *, reason: str
) -> None:
    """Refuses a request, with the reason that the person reads (9.8)."""
    words = accept(reason)
    if not words:
        raise Refusal("roster.reason_wanted")
    with desk.transaction() as work:
        authorised(work.session, proof.person.id, Right.APPROVE, desk.duty)
        request = seen(work, request_id, revision)
        _may_decide(desk, proof, request)
        step_verdict(request.kind, request.state, RequestState.REFUSED, desk.duty).or_refuse()
        step(work, desk, proof, request, RequestState.REFUSED, words=words)


def take_in(desk: Desk, proof: Proof, duty_id: int, person_id: int, *, reason: str) -> None:
    """Somebody cannot come: the supervisor takes another in at once, in their own name (9.8, 2.6).

    Also after the duty has begun. Refuses a duty that is over, and whom a clause keeps from it;
    a rule of rest gives way, the reason stays on record.
    """
    words = accept(reason)
    if not words:
        raise Refusal("roster.reason_wanted")
    with desk.transaction() as work:
        supervisor = authorised(work.session, proof.person.id, Right.APPROVE, desk.duty)
        require_current(work.session, proof)
        duty = work.session.get(Duty, duty_id)
        if duty is None or duty.withdrawn_at is not None:
            raise Refusal("roster.duty_changed")
        own_duty_verdict(proof.person.id, frozenset([cell_of(duty)]), desk.duty).or_refuse()
        shift = shift_of(desk, duty)
        if shift is None or shift.ends_at <= work.now:
            raise Refusal("roster.period_over", day=duty.day)
        rows = in_force(work, duty.day, duty.day)
        before = frozenset(map(cell_of, rows))
        after = with_turns(desk, cell_of(duty), _person(work, person_id), before)
        refuse_new(work, desk, added=after - before, removed=before - after, reason=words)
        cause = f"duty:{duty_id}"
        added, removed = change(work, rows, after, cause="cannot_come")
        role = role_for(supervisor, Right.APPROVE, desk.duty)
        told = {
            "added": [list(cell) for cell in sorted(added)],
            "removed": [list(cell) for cell in sorted(removed)],
        }
        signature_id = proof.sign(
            work, subject=cause, meaning="replace", role=role, content={**told, "reason": words}
        )
        work.journal(
            "roster.cannot_come",
            by=proof.person.id,
            subject=cause,
            clause=desk.duty.cite(Topic.LEAVE),
            signature=signature_id,
            **told,
        )
        tell(work, desk, template="roster.changed", cause=cause, added=added, removed=removed)


def _may_decide(desk: Desk, proof: Proof, request: DutyRequest) -> None:
    decider_verdict(
        proof.person.id, request.kind, request.person_id, request.partner_id, desk.duty
    ).or_refuse()


def _apply(
    work: Work, desk: Desk, request: DutyRequest, covers: Covers, reason: str
) -> tuple[Draft, Draft]:
    if request.kind is RequestKind.OVERTIME:
        _before_the_work(work, desk, request)
        return frozenset(), frozenset()
    period = request.first_day, request.last_day
    rows = in_force(work, *period)
    before = frozenset(map(cell_of, rows))
    if request.kind is RequestKind.LEAVE:
        after = _covered(work, desk, request, rows, covers)
    else:
        after = _swapped(work, desk, request, before)
    is_leave = request.kind is RequestKind.LEAVE
    refuse_new(
        work,
        desk,
        added=after - before,
        removed=before - after,
        reason=reason,
        away=Away(request.person_id, days_between(*period)) if is_leave else None,
    )
    return change(work, rows, after, cause=f"request:{request.id}")


def _before_the_work(work: Work, desk: Desk, request: DutyRequest) -> None:
    """Refuses overtime whose shift is over, or no longer that person's; without a shift, once its
    person has come to work that day, or its hours or the day are over (4.3).
    """
    duty = work.session.get(Duty, request.duty_id) if request.duty_id else None
    if duty is not None and duty.withdrawn_at is not None:
        clause = desk.duty.cite(Topic.OVERTIME)
        raise Refusal("roster.overtime_shift_gone", clause=clause, day=request.first_day)
    shift = shift_of(desk, duty) if duty is not None else None
    if shift is not None:
        begun_verdict(RequestKind.OVERTIME, [shift], work.now, desk.duty).or_refuse()
    elif request.first_day < work.now.astimezone(desk.zone).date() or (
        request.begins_at is not None
        and request.begins_at + timedelta(minutes=request.minutes) <= work.now
    ):
        clause = desk.duty.cite(Topic.OVERTIME)
        raise Refusal("roster.overtime_over", clause=clause, day=request.first_day)
    else:
        not_come_yet(work, desk, request.person_id, request.first_day)


def _covered(
    work: Work, desk: Desk, request: DutyRequest, rows: list[Duty], covers: Covers
) -> Draft:
    """The duties of the leave's days, each taken over by somebody named (9.8)."""
    today = work.now.astimezone(desk.zone).date()
    leave_days_verdict(request.last_day, today, desk.duty).or_refuse()
    after = frozenset(map(cell_of, rows))
    own = [one for one in rows if one.person_id == request.person_id]
    shifts = [shift for one in own if (shift := shift_of(desk, one)) is not None]
    begun_verdict(RequestKind.LEAVE, shifts, work.now, desk.duty).or_refuse()
    for duty in own:
        shift = shift_of(desk, duty)
        if shift is None or shift.within is not None:
            continue
        if (duty.id or 0) not in covers:
            raise Refusal(
                "roster.leave_uncovered",
                clause=desk.duty.cite(Topic.LEAVE),
                day=duty.day,
                shift=shift_name(desk.duty, duty.plan_code, duty.post_code),
            )
        cover = _person(work, covers[duty.id or 0])
        after = with_turns(desk, cell_of(duty), cover, after)
    return after


def _swapped(work: Work, desk: Desk, request: DutyRequest, before: Draft) -> Draft:
    if request.duty_id is None or request.partner_id is None:
        raise LookupError(f"swap {request.id} names no duty")
    asker, partner = _person(work, request.person_id), _person(work, request.partner_id)
    own = held(work, request.duty_id, asker.id)
    shifts = [shift_of(desk, own)]
    other = None
    if request.other_duty_id is not None:
        other = held(work, request.other_duty_id, partner.id)
        shifts.append(shift_of(desk, other))
    running = [one for one in shifts if one is not None]
    begun_verdict(RequestKind.SWAP, running, work.now, desk.duty).or_refuse()
    # Both leave their shift before either takes the other's: else a swap on one day would clash.
    first = with_turns(desk, cell_of(own), partner, before)
    if other is None:
        return first
    theirs = frozenset(cell for cell in before if cell.day == other.day)
    moved = with_turns(desk, cell_of(other), asker, theirs)
    return (first - (theirs - moved)) | (moved - theirs)


def _person(work: Work, person_id: int) -> PersonView:
    person = people.person(work.session, person_id)
    if person is None or not person.is_active:
        raise Refusal("people.unknown_person")
    return person
