"""Asking: leave, a swap, by the person themselves. Nothing changes by asking (9.8)."""

from __future__ import annotations

from datetime import date

from sqlmodel import select

from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Work
from desk_console.foundation.text import accept
from desk_console.people import views as people
from desk_console.people.authority import authorised
from desk_console.people.pins import Proof, require_current
from desk_console.people.rules import Right
from desk_console.roster.changes import in_force
from desk_console.roster.records import (
    Duty,
    DutyRequest,
    DutyWish,
    RequestKind,
    RequestState,
    RequestStep,
)
from desk_console.roster.request_rules import (
    TOPICS,
    begun_verdict,
    leave_days_verdict,
    step_verdict,
)
from desk_console.roster.rules import Occurrence, occurrence_of
from desk_console.rulebook.desk import Desk


def ask_leave(
    desk: Desk, proof: Proof, form_id: str, first_day: date, last_day: date, *, reason: str
) -> int:
    """Asks for leave from the first to the last day (9.8, 2.6, 3.3, 7.3); returns its id.

    Refuses days that are over, and those on which a duty of the person has begun already.
    """
    with desk.transaction() as work:
        if (known := made_by_form(work, form_id)) is not None:
            return known
        today = work.now.astimezone(desk.zone).date()
        if last_day < first_day:
            raise Refusal("roster.days_reversed")
        leave_days_verdict(last_day, today, desk.duty).or_refuse()
        own = [one for one in in_force(work, first_day, last_day) if one.person_id == _id(proof)]
        shifts = [shift for one in own if (shift := shift_of(desk, one)) is not None]
        begun_verdict(RequestKind.LEAVE, shifts, work.now, desk.duty).or_refuse()
        request = DutyRequest(
            form_id=form_id,
            kind=RequestKind.LEAVE,
            person_id=_id(proof),
            first_day=first_day,
            last_day=last_day,
            reason=reason_given(reason),
            asked_at=work.now,
            state=RequestState.ASKED,
        )
        return keep(work, desk, proof, request)


def ask_swap(
    desk: Desk,
    proof: Proof,
    form_id: str,
    duty_id: int,
    partner_id: int,
    *,
    other_duty_id: int | None = None,
    reason: str,
) -> int:
    """Asks somebody to take one's duty, or to exchange it for one of theirs (9.8, 2.7, 3.5).

    Refuses a duty that is not one's own, one that has begun, and a swap with oneself.
    """
    with desk.transaction() as work:
        if (known := made_by_form(work, form_id)) is not None:
            return known
        partner = people.person(work.session, partner_id)
        if partner is None or not partner.is_active or partner_id == _id(proof):
            raise Refusal("roster.no_such_partner")
        own = held(work, duty_id, _id(proof))
        days, shifts = [own.day], [shift_of(desk, own)]
        if other_duty_id is not None:
            other = held(work, other_duty_id, partner_id)
            days.append(other.day)
            shifts.append(shift_of(desk, other))
        running = [one for one in shifts if one is not None]
        begun_verdict(RequestKind.SWAP, running, work.now, desk.duty).or_refuse()
        request = DutyRequest(
            form_id=form_id,
            kind=RequestKind.SWAP,
            person_id=_id(proof),
            first_day=min(days),
            last_day=max(days),
            duty_id=duty_id,
            partner_id=partner_id,
            other_duty_id=other_duty_id,
            reason=reason_given(reason),
            asked_at=work.now,
            state=RequestState.ASKED,
        )
        return keep(work, desk, proof, request)


def answer(
    desk: Desk, proof: Proof, request_id: int, revision: int, *, agrees: bool, words: str = ""
) -> None:
    """The partner of a swap agrees or declines (9.8). Nobody else can."""
    with desk.transaction() as work:
        request = seen(work, request_id, revision)
        if request.partner_id != _id(proof):
            raise Refusal("roster.not_the_partner", clause=desk.duty.cite(TOPICS[request.kind]))
        state = RequestState.AGREED if agrees else RequestState.DECLINED
        step_verdict(request.kind, request.state, state, desk.duty).or_refuse()
        step(work, desk, proof, request, state, words=accept(words))


def withdraw(desk: Desk, proof: Proof, request_id: int, revision: int, *, words: str = "") -> None:
    """The one who asked takes it back while it waits."""
    with desk.transaction() as work:
        request = seen(work, request_id, revision)
        if request.person_id != _id(proof):
            raise Refusal("roster.not_the_asker")
        step_verdict(request.kind, request.state, RequestState.WITHDRAWN, desk.duty).or_refuse()
        step(work, desk, proof, request, RequestState.WITHDRAWN, words=accept(words))


def wish(desk: Desk, person_id: int, day: date, plan_code: str | None) -> None:
    """Notes what somebody would like for a day: a shift, or (empty) to be free; None takes it back.

    A draft tries to meet it; nobody has a right to it. Refuses a day that is over, and whoever does
    not work here.
    """
    with desk.transaction() as work:
        authorised(work.session, person_id, Right.LOG, desk.duty)
        if day < work.now.astimezone(desk.zone).date():
            raise Refusal("roster.period_over", day=day)
        query = select(DutyWish).where(DutyWish.person_id == person_id, DutyWish.day == day)
        before = work.session.exec(query).first()
        if before is not None:
            work.session.delete(before)
            work.session.flush()
        if plan_code is not None:
            work.session.add(
                DutyWish(person_id=person_id, day=day, plan_code=plan_code, made_at=work.now)
            )
        work.journal(
            "roster.wished", by=person_id, subject=f"person:{person_id}", day=day, plan=plan_code
        )


def seen(work: Work, request_id: int, revision: int) -> DutyRequest:
    """The request in the state that was seen. Refuses one that was changed since."""
    request = work.session.get(DutyRequest, request_id)
    if request is None:
        raise Refusal("roster.no_such_request")
    if request.revision != revision:
        raise Refusal("roster.request_changed")
    return request


def step(
    work: Work,
    desk: Desk,
    proof: Proof,
    request: DutyRequest,
    state: RequestState,
    *,
    words: str = "",
    signature_id: int | None = None,
    **told: object,
) -> None:
    """Takes a request one step on, with its history and its journal row; a step of an act."""
    require_current(work.session, proof)
    request.state = state
    request.revision += 1
    work.session.add(request)
    work.session.add(
        RequestStep(
            request_id=request.id or 0,
            at=work.now,
            person_id=_id(proof),
            state=state,
            words=words,
            signature_id=signature_id,
        )
    )
    work.session.flush()
    work.journal(
        f"roster.request_{state}",
        by=_id(proof),
        subject=f"request:{request.id}",
        clause=desk.duty.cite(TOPICS[request.kind]),
        **told,
    )


def held(work: Work, duty_id: int, person_id: int) -> Duty:
    """A duty in force of that person. Refuses any other."""
    duty = work.session.get(Duty, duty_id)
    if duty is None or duty.withdrawn_at is not None or duty.person_id != person_id:
        raise Refusal("roster.duty_changed")
    return duty


def shift_of(desk: Desk, duty: Duty) -> Occurrence | None:
    """When a duty begins and ends; None where the plan has no such shift any more."""
    return occurrence_of(
        desk.duty, desk.zone, plan_code=duty.plan_code, post_code=duty.post_code, day=duty.day
    )


def made_by_form(work: Work, form_id: str) -> int | None:
    """The request that this form made already: said again after a kill, it makes no second one."""
    return work.session.exec(select(DutyRequest.id).where(DutyRequest.form_id == form_id)).first()


def keep(work: Work, desk: Desk, proof: Proof, request: DutyRequest) -> int:
    """Puts a request on file with the first step of its history; a step of an act."""
    work.session.add(request)
    work.session.flush()
    # The revision that people see begins with the first step.
    step(
        work,
        desk,
        proof,
        request,
        RequestState.ASKED,
        kind=request.kind,
        first_day=request.first_day,
        last_day=request.last_day,
        duty=request.duty_id,
        partner=request.partner_id,
        other_duty=request.other_duty_id,
        minutes=request.minutes,
        begins_at=request.begins_at,
    )
    return request.id or 0


def reason_given(typed: str) -> str:
    """Why somebody asks. Refuses to ask without."""
    words = accept(typed)
    if not words:
        raise Refusal("roster.reason_wanted")
    return words


def _id(proof: Proof) -> int:
    return proof.person.id
