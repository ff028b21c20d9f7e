"""Requests: what may be asked, who may decide, and in which order. Values in, verdicts out.

asked -> (a swap: agreed or declined by the partner) -> applied or refused by the supervisor; taken
back by the asker while it waits. Nothing takes effect before it is applied.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from desk_console.foundation.catalogue import message
from desk_console.foundation.refusal import ALLOWED, Verdict, refuse
from desk_console.roster.records import WAITING, RequestKind, RequestState
from desk_console.roster.rules import Occurrence
from desk_console.rulebook.records import DutyRules, Topic, role_key

TOPICS = {
    RequestKind.LEAVE: Topic.LEAVE,
    RequestKind.SWAP: Topic.SWAP,
    RequestKind.OVERTIME: Topic.OVERTIME,
}


def begun_verdict(
    kind: RequestKind, shifts: Iterable[Occurrence], now: datetime, duty: DutyRules
) -> Verdict:
    """Is it asked for beforehand? Clauses 2.6, 9.8, 3.3, 4.3, 7.3.

    Once a duty has begun only the supervisor can act, at once and in their own name. Overtime is
    asked for before the shift that it prolongs ends.
    """
    for shift in shifts:
        limit = shift.ends_at if kind is RequestKind.OVERTIME else shift.begins_at
        if now >= limit:
            return refuse(
                duty.cite(TOPICS[kind]) or duty.cite(Topic.LEAVE),
                "roster.asked_too_late",
                at=limit,
                role=message(role_key(duty.leave_approver)),
            )
    return ALLOWED


def leave_days_verdict(last_day: date, today: date, duty: DutyRules) -> Verdict:
    """Are days of a leave still to come? It is granted beforehand (9.8, 2.6, 3.3, 7.3)."""
    if last_day < today:
        return refuse(duty.cite(Topic.LEAVE), "roster.leave_over", day=last_day)
    return ALLOWED


def decider_verdict(
    decider_id: int, kind: RequestKind, person_id: int, partner_id: int | None, duty: DutyRules
) -> Verdict:
    """May this person decide it? Nobody decides what they asked for, or take part in (9.8, 4.3)."""
    if decider_id in (person_id, partner_id):
        return refuse(duty.cite(TOPICS[kind]), "roster.own_request")
    return ALLOWED


def step_verdict(
    kind: RequestKind, state: RequestState, step: RequestState, duty: DutyRules
) -> Verdict:
    """May a request that stands so take that step? Clauses 9.8, 2.7, 3.5 (swaps), 4.3."""
    clause = duty.cite(TOPICS[kind])
    if state not in WAITING:
        return refuse(clause, "roster.request_settled", state=message(f"roster.state_{state}"))
    is_swap = kind is RequestKind.SWAP
    match step:
        case RequestState.AGREED | RequestState.DECLINED:
            if not is_swap or state is not RequestState.ASKED:
                return refuse(clause, "roster.no_partner_wanted")
        case RequestState.APPLIED if is_swap and state is not RequestState.AGREED:
            return refuse(clause, "roster.partner_wanted")
        case _:
            pass
    return ALLOWED
