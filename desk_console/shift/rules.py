"""Who may take, leave and stand in at a post: pure decisions, each with its clause."""

from __future__ import annotations

from datetime import datetime, timedelta

from desk_console.foundation.catalogue import message
from desk_console.foundation.refusal import ALLOWED, Verdict, refuse
from desk_console.people.records import PersonView
from desk_console.roster.rules import Occurrence
from desk_console.rulebook.records import DutyRules, Topic, role_key
from desk_console.shift.records import TenureKind

SIGN_ON_AHEAD = timedelta(hours=2)
"""From how long before a shift its people may sign on for it."""


def minutes_late(arrived_at: datetime, expected_at: datetime) -> int:
    """Whole minutes after the time at which the regulation wants the person there.

    Early arrivals are negative. Clauses 9.9, 6.10, 2.2, 1.8.
    """
    seconds = (arrived_at - expected_at).total_seconds()
    return int(seconds // 60) if seconds >= 0 else -int(-seconds // 60)


def is_breach(person_id: int, rostered: tuple[int, ...]) -> bool:
    """Signing on though others are rostered and this person is not: on record (3.5, 9.1)."""
    return bool(rostered) and person_id not in rostered


def stand_in_verdict(
    holder_id: int | None,
    stand_in: PersonView,
    runs: Occurrence | None,
    duty: DutyRules,
    *,
    is_night: bool,
) -> Verdict:
    """May this person hold the post while its holder is out? Clauses 6.8, 2.8, 9.5.

    Where the regulation names no roles for it, whoever may take the running shift may stand in.
    Where it does, that holds by day beside them: 6.8 asks for the guard at night.
    """
    clause = duty.cite(Topic.STEP_OUT)
    if stand_in.id == holder_id:
        return refuse(clause, "shift.stand_in_is_holder")
    own = runs.roles if runs else frozenset()
    named = frozenset(duty.stand_in_roles)
    wanted = named if named and (is_night or not own) else named | own
    if wanted and not stand_in.roles & wanted:
        return refuse(
            clause,
            "shift.stand_in_role",
            name=stand_in.name,
            roles=[message(role_key(role)) for role in sorted(wanted)],
        )
    return ALLOWED


def back_verdict(
    back_at: datetime, due_at: datetime | None, now: datetime, duty: DutyRules
) -> Verdict:
    """May the holder be out until then? Not beyond the end of their shift: whoever relieves them
    finds them there, and the stand-in is owed no relief of their own (6.8, 2.8, 9.5).
    """
    if back_at <= now:
        return refuse(None, "shift.back_in_past")
    if due_at is not None and now < due_at < back_at:
        return refuse(duty.cite(Topic.STEP_OUT), "shift.back_after_end", until=due_at)
    return ALLOWED


def holder_verdict(person_id: int, holder_id: int | None, duty: DutyRules) -> Verdict:
    """Is this person the one who holds the post? Nobody passes on what another holds."""
    if person_id != holder_id:
        return refuse(duty.cite(Topic.STAY_AT_POST), "shift.not_holder")
    return ALLOWED


def relief_verdict(
    kind: TenureKind, outgoing_id: int, incoming_id: int, duty: DutyRules, *, is_signed_on: bool
) -> Verdict:
    """May the post pass from one to the other now? Clauses 9.13, 9.16."""
    clause = duty.cite(Topic.SIGN_BOTH) or duty.cite(Topic.STAY_AT_POST)
    if outgoing_id == incoming_id:
        return refuse(clause, "shift.same_person")
    if kind is TenureKind.STAND_IN:
        return refuse(duty.cite(Topic.STEP_OUT), "shift.holder_is_out")
    if not is_signed_on:
        return refuse(clause, "shift.incoming_not_signed_on")
    return ALLOWED


def leaving_verdict(
    now: datetime, due_at: datetime | None, following: Occurrence | None, duty: DutyRules
) -> Verdict:
    """May the holder sign off and leave the post closed? Only where its hours are over.

    `following` is the shift that runs at this moment, if any. Clauses 9.16, 6.8, 9.5, 2.8.
    """
    clause = duty.cite(Topic.SIGN_OFF) or duty.cite(Topic.STAY_AT_POST)
    if duty.round_the_clock or following is not None:
        return refuse(clause, "shift.relief_wanted")
    if due_at is not None and now < due_at:
        return refuse(clause, "shift.hours_not_over", until=due_at)
    return ALLOWED


def gone_since_verdict(since: datetime, began_at: datetime, now: datetime) -> Verdict:
    """Can the post have been empty since then? Not before its holder took it, not in the future."""
    if not began_at <= since <= now:
        return refuse(None, "shift.gone_since", since=began_at, until=now)
    return ALLOWED
