"""Who may do what in a handover, and how it goes: pure decisions.

Nothing here looks at a database or a clock. What is missing before it may be signed: `lacks`.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from desk_console.foundation.catalogue import message
from desk_console.foundation.refusal import ALLOWED, Verdict, refuse
from desk_console.handover.found import Found
from desk_console.handover.hours import OPENS_AHEAD
from desk_console.handover.records import Condition, HandoverKind, Severity, Side, Step
from desk_console.handover.sheet import ItemLine, MatterPoint, Sheet
from desk_console.matters.records import Importance
from desk_console.rulebook.records import DutyRules, Topic

ABSENT_AFTER = timedelta(minutes=10)
"""Who did nothing at any console for so long may be taken as not there."""

_ORDER = (Severity.NORMAL, Severity.WATCH, Severity.URGENT)


def steps_for(
    kind: HandoverKind, duty: DutyRules, *, has_tidy: bool, has_items: bool, has_area: bool
) -> tuple[Step, ...]:
    """The steps of a handover at this site.

    Items are counted where a clause wants it (9.10, 1.13, 2.12), tidying and the area have their
    lists (9.14, 9.12); who is relieved in mid-shift leaves the post as it is.
    """
    is_short = kind is HandoverKind.SHORT
    wanted = {
        Step.TIDY: has_tidy and not is_short,
        Step.ITEMS: has_items and duty.cite(Topic.COUNT_ITEMS) is not None,
        Step.AREA: has_area and not is_short,
    }
    return tuple(step for step in Step if wanted.get(step, True))


def opening_verdict(
    kind: HandoverKind, now: datetime, due_at: datetime | None, reason: str, duty: DutyRules
) -> Verdict:
    """May a handover be opened now? Half an hour before the end, else with a reason (9.13, 9.16).

    In mid-shift and on behalf of somebody it always wants its reason.
    """
    clause = duty.cite(Topic.SIGN_BOTH) or duty.cite(Topic.SIGN_OFF)
    is_early = due_at is not None and now < due_at - OPENS_AHEAD
    if reason or (kind is HandoverKind.REGULAR and not is_early):
        return ALLOWED
    if kind is HandoverKind.APART and not is_early:
        return ALLOWED
    if kind in (HandoverKind.SHORT, HandoverKind.ACTING):
        return refuse(clause, f"handover.{kind}_reason")
    return refuse(clause, "handover.early_reason", opens=due_at and due_at - OPENS_AHEAD)


def acting_verdict(duty: DutyRules, *, was_seen: bool, name: str) -> Verdict:
    """May a supervisor act for this holder (9.13)? Only while the holder is not there: whoever did
    something at a console a few minutes ago hands over in person.
    """
    if was_seen:
        clause = duty.cite(Topic.SIGN_BOTH) or duty.cite(Topic.STAY_AT_POST)
        minutes = int(ABSENT_AFTER.total_seconds() // 60)
        return refuse(clause, "handover.holder_is_here", name=name, minutes=minutes)
    return ALLOWED


def taker_verdict(
    kind: HandoverKind,
    name: str,
    shift: object,
    now: datetime,
    duty: DutyRules,
    *,
    ends_at: datetime | None,
    is_running: bool,
) -> Verdict:
    """May somebody who came for that shift take the post over (9.13, 9.16)? In mid-shift who came
    for the one that runs; at its end, where another follows (`ends_at`), who comes for that.
    """
    clause = duty.cite(Topic.SIGN_BOTH) or duty.cite(Topic.STAY_AT_POST)
    if kind is HandoverKind.SHORT:
        return ALLOWED if is_running else refuse(clause, "handover.short_is_for_midshift")
    if ends_at is not None and now >= ends_at - OPENS_AHEAD:
        return refuse(clause, "handover.taker_of_ending", name=name, shift=shift, until=ends_at)
    return ALLOWED


def least_severity(importance: Importance, *, is_urgent: bool) -> Severity:
    """An urgent matter is not handed over as a normal one, nor an important one unwatched."""
    if is_urgent:
        return Severity.URGENT
    return Severity.NORMAL if importance is Importance.NORMAL else Severity.WATCH


def severity_verdict(given: Severity, least: Severity) -> Verdict:
    """May the matter be stated as that? Not below what it is."""
    if _ORDER.index(given) < _ORDER.index(least):
        return refuse(None, "handover.severity_low", least=message(f"handover.severity_{least}"))
    return ALLOWED


def statement_verdict(
    state: str, next_step: str, carry_reason: str, duty: DutyRules, *, title: str
) -> Verdict:
    """Is an open matter told truthfully and whole? State and next step (9.15); why it was not
    settled in the shift, where that is asked (6.9).
    """
    if not (state and next_step):
        return refuse(duty.cite(Topic.NEXT_STEP), "handover.statement_wanted", title=title)
    if not carry_reason and (clause := duty.cite(Topic.CARRY_OVER)):
        return refuse(clause, "handover.carry_wanted", title=title)
    return ALLOWED


def explanation_verdict(
    line: ItemLine, words: tuple[str, str, str], duty: DutyRules, *, has_follow_up: bool
) -> Verdict:
    """Is a difference or damage explained: what, why, where it went, who follows it up
    (9.10, 1.13, 2.12)?
    """
    clause = duty.cite(Topic.COUNT_ITEMS)
    if not line.wants_explaining:
        return refuse(clause, "handover.nothing_to_explain", item=line.name)
    what, why, where_gone = words
    is_short = line.difference < 0
    if not (what and why and has_follow_up) or (is_short and not where_gone):
        wanted = "shortage_wanted" if is_short else "explanation_wanted"
        return refuse(clause, f"handover.{wanted}", item=line.name)
    return ALLOWED


def release_verdict(
    sheet: Sheet, matter: MatterPoint | None, supervisor_id: int, new_owner_id: int, reason: str
) -> Verdict:
    """May a supervisor release this matter (9.17)? Nobody releases their own handover, and it does
    not stay with whoever hands it over.
    """
    if matter is None or not matter.is_blocking:
        return refuse(None, "handover.not_blocking")
    sides = {sheet.outgoing.id, sheet.giver.id, *([sheet.incoming.id] if sheet.incoming else [])}
    if supervisor_id in sides:
        return refuse(None, "handover.own_release")
    if new_owner_id in (sheet.outgoing.id, sheet.giver.id):
        return refuse(None, "handover.release_owner", name=sheet.outgoing.name)
    if not reason:
        return refuse(None, "handover.release_reason")
    return ALLOWED


def is_released(sheet: Sheet, matter: MatterPoint) -> bool:
    """Whether a release stands for the matter as it is now; one that grew wants a new one."""
    return any(
        one.matter_id == matter.matter_id and one.importance is matter.importance
        for one in sheet.releases
    )


def witness_verdict(sheet: Sheet, person_id: int) -> Verdict:
    """May this person witness the handover? Neither of the two who hand over."""
    sides = {sheet.outgoing.id, sheet.giver.id, *([sheet.incoming.id] if sheet.incoming else [])}
    if person_id in sides:
        return refuse(None, "handover.witness_is_side")
    return ALLOWED


UNCOUNTED = "_uncounted"
"""How the meaning ends that says nothing of items: who counted none vouches for none."""


def giving_meaning(sheet: Sheet) -> str:
    """What the first signature says: of items only where they were counted (9.13)."""
    if sheet.kind is HandoverKind.ACTING:
        return "acting"
    return "outgoing" if sheet.items else f"outgoing{UNCOUNTED}"


def taking_meaning(sheet: Sheet) -> str:
    """What the last signature says: `alone`, where nobody else was there to hand over or look."""
    if not sheet.is_alone:
        return "incoming"
    return "alone" if sheet.items else f"alone{UNCOUNTED}"


def is_first_part(sheet: Sheet) -> bool:
    """Whether only the outgoing person's part is asked for: they close the post, nobody is there
    to take it.
    """
    return sheet.kind is HandoverKind.APART and sheet.left is None


def counts_first(kind: HandoverKind, *, is_left: bool) -> bool:
    """Whether the outgoing person counts: where they close the post alone. Else the incoming one
    does.
    """
    return kind is HandoverKind.APART and not is_left


def counter_of(sheet: Sheet) -> Side:
    """Who counts."""
    is_outgoing = counts_first(sheet.kind, is_left=sheet.left is not None)
    return Side.OUTGOING if is_outgoing else Side.INCOMING


def explainer_of(sheet: Sheet) -> Side:
    """Who explains what was found: the outgoing person; where they are gone, whoever found it says
    what is to be asked of them.
    """
    return Side.OUTGOING if sheet.left is None else Side.INCOMING


def damage_verdict(name: str, found: Found, counted: int, duty: DutyRules) -> Verdict:
    """May an item be found so (9.10, 1.13, 2.12)? Not more of it damaged than were counted."""
    if found.damaged is not None and not 0 <= found.damaged <= counted:
        return refuse(
            duty.cite(Topic.COUNT_ITEMS),
            "handover.more_damaged",
            item=name,
            damaged=found.damaged,
            counted=counted,
        )
    return ALLOWED


def damage_is_known(found: Found, counted: int, *, before: Found | None) -> bool:
    """Whether a damage was explained in an earlier handover, is still being seen to (`before`, how
    it was found then) and has not grown.
    """
    if found.condition is not Condition.DAMAGED or before is None:
        return False
    return before.damaged is None or found.number(counted) <= before.damaged
