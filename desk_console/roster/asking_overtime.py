"""Asking for overtime: beforehand, by the person themselves (4.3)."""

from __future__ import annotations

from datetime import date, datetime, time

from desk_console.foundation.journal import newest_first
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Work
from desk_console.people.pins import Proof
from desk_console.roster.asking import keep, made_by_form, reason_given, shift_of
from desk_console.roster.changes import in_force
from desk_console.roster.records import Duty, DutyRequest, RequestKind, RequestState
from desk_console.roster.request_rules import begun_verdict
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import Topic

LONGEST_OVERTIME = 12 * 60
"""Minutes of overtime that can be asked for at once."""


def ask_overtime(
    desk: Desk,
    proof: Proof,
    form_id: str,
    day: date,
    minutes: int,
    *,
    reason: str,
    begins: time | None = None,
) -> int:
    """Asks for overtime on a day, before it is worked (4.3): what prolongs a shift, before that
    ends; on a day without one, before `begins` (local), which is wanted there.
    """
    with desk.transaction() as work:
        if (known := made_by_form(work, form_id)) is not None:
            return known
        if not 0 < minutes <= LONGEST_OVERTIME:
            raise Refusal("roster.overtime_minutes", limit=LONGEST_OVERTIME)
        if day < work.now.astimezone(desk.zone).date():
            raise Refusal("roster.overtime_over", clause=desk.duty.cite(Topic.OVERTIME), day=day)
        own = [one for one in in_force(work, day, day) if one.person_id == proof.person.id]
        whole = [one for one in own if not _is_within(desk, one)]
        shifts = [shift for one in whole if (shift := shift_of(desk, one)) is not None]
        begun_verdict(RequestKind.OVERTIME, shifts, work.now, desk.duty).or_refuse()
        begins_at = None if shifts else _from(work, desk, proof, day, begins)
        request = DutyRequest(
            form_id=form_id,
            kind=RequestKind.OVERTIME,
            person_id=proof.person.id,
            first_day=day,
            last_day=day,
            duty_id=whole[0].id if whole else None,
            minutes=minutes,
            begins_at=begins_at,
            reason=reason_given(reason),
            asked_at=work.now,
            state=RequestState.ASKED,
        )
        return keep(work, desk, proof, request)


def not_come_yet(work: Work, desk: Desk, person_id: int, day: date) -> None:
    """Refuses overtime without a shift from the moment at which its person came to work that day:
    it is approved before it is worked (4.3).
    """
    begins = datetime.combine(day, time(), desk.zone)
    for _, act, by_id, _ in newest_first(work.session, begins):
        if act in ("shift.sign_on", "shift.take_now") and by_id == person_id:
            clause = desk.duty.cite(Topic.OVERTIME)
            raise Refusal("roster.overtime_begun", clause=clause, day=day)


def _from(work: Work, desk: Desk, proof: Proof, day: date, begins: time | None) -> datetime:
    """When overtime on a day without a shift begins. Refuses what has begun already (4.3)."""
    not_come_yet(work, desk, proof.person.id, day)
    if begins is None:
        raise Refusal("roster.overtime_from", clause=desk.duty.cite(Topic.OVERTIME))
    begins_at = datetime.combine(day, begins, desk.zone)
    if begins_at <= work.now:
        raise Refusal("roster.overtime_past", clause=desk.duty.cite(Topic.OVERTIME), at=begins_at)
    return begins_at


def _is_within(desk: Desk, duty: Duty) -> bool:
    plan = desk.duty.shift(duty.plan_code)
    return plan is not None and plan.within is not None
