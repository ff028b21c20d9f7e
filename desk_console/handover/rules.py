"""What a handover needs before it may be signed, and who may do what in it: pure decisions.

Nothing here looks at a database or a clock: a sheet goes in, what is left comes out. A sheet with
anything left is never signed, by whatever way the signature is asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from desk_console.foundation.catalogue import Message, message
from desk_console.foundation.refusal import ALLOWED, Verdict, refuse
from desk_console.handover.hours import OPENS_AHEAD
from desk_console.handover.records import Condition, HandoverKind, Severity, Side, Step
from desk_console.handover.sheet import ItemLine, MatterPoint, Sheet
from desk_console.matters.records import Importance
from desk_console.matters.rules import emergency_clause
from desk_console.rulebook.records import DutyRules, Topic

_ORDER = (Severity.NORMAL, Severity.WATCH, Severity.URGENT)


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that is missing before the handover may be signed: which step, whose turn, what,
    and about which rows.
    """

    step: Step
    side: Side
    message: Message
    clause: str | None
    subjects: tuple[int, ...] = ()


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
    is_gone = line.difference < 0
    if not (what and why and has_follow_up) or (is_gone and not where_gone):
        return refuse(clause, "handover.explanation_wanted", item=line.name)
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


def is_first_part(sheet: Sheet) -> bool:
    """Whether only the outgoing person's part is asked for: they close the post, nobody is there
    to take it.
    """
    return sheet.kind is HandoverKind.APART and sheet.left is None


def lacks(sheet: Sheet, duty: DutyRules) -> tuple[Lack, ...]:
    """All that is missing before the next signature, in the order of the steps."""
    by_step = {
        Step.PRESENT: _present,
        Step.TIDY: _tidy,
        Step.ITEMS: _items,
        Step.RECORD: _record,
        Step.MATTERS: _matters,
        Step.AREA: _area,
        Step.BLOCKING: _blocking,
    }
    found = [lack for step in sheet.steps if step in by_step for lack in by_step[step](sheet, duty)]
    if is_first_part(sheet):
        found = [lack for lack in found if lack.side is not Side.INCOMING]
    if sheet.left is not None:
        found = [lack for lack in found if lack.side is not Side.OUTGOING]
    return tuple(found)


def lack_verdict(found: Collection[Lack]) -> Verdict:
    """May it be signed? Not while anything is left: the first of it is named, with its clause."""
    for lack in found:
        return Verdict(lack.message, lack.clause)
    return ALLOWED


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


def _present(sheet: Sheet, duty: DutyRules) -> Iterator[Lack]:
    early = duty.cite(Topic.ARRIVE_EARLY) or duty.cite(Topic.PUNCTUAL)
    if sheet.incoming is None or sheet.arrival is None:
        yield Lack(Step.PRESENT, Side.INCOMING, message("handover.lack_incoming"), early)
        return
    fit = duty.cite(Topic.FIT_FOR_DUTY)
    if fit is None or sheet.arrival.is_fit:
        return
    key = "handover.lack_fit" if sheet.arrival.is_fit is None else "handover.lack_unfit"
    yield Lack(Step.PRESENT, Side.INCOMING, message(key, name=sheet.incoming.name), fit)


def _tidy(sheet: Sheet, duty: DutyRules) -> Iterator[Lack]:
    left = [line for line in sheet.tidy if line.is_ok is None]
    if left:
        yield Lack(
            Step.TIDY,
            Side.OUTGOING,
            message("handover.lack_tidy", count=len(left)),
            left[0].clause or duty.cite(Topic.TIDY),
            tuple(line.item_id for line in left),
        )


def _items(sheet: Sheet, duty: DutyRules) -> Iterator[Lack]:
    clause = duty.cite(Topic.COUNT_ITEMS)
    uncounted = [line for line in sheet.items if line.counted is None]
    if uncounted:
        yield Lack(
            Step.ITEMS,
            counter_of(sheet),
            message("handover.lack_counts", count=len(uncounted)),
            clause,
            tuple(line.item_id for line in uncounted),
        )
    unexplained = [line for line in sheet.items if line.wants_explaining and not line.is_explained]
    if unexplained:
        yield Lack(
            Step.ITEMS,
            explainer_of(sheet),
            message("handover.lack_explained", items=[line.name for line in unexplained]),
            clause,
            tuple(line.item_id for line in unexplained),
        )


def _record(sheet: Sheet, duty: DutyRules) -> Iterator[Lack]:
    summary = duty.cite(Topic.SUMMARY_OF_SHIFT)
    if summary and not sheet.summary:
        yield Lack(Step.RECORD, Side.OUTGOING, message("handover.lack_summary"), summary)
    hanging = [one.entry_id for one in sheet.entries if not one.has_outcome]
    if hanging:
        yield Lack(
            Step.RECORD,
            Side.OUTGOING,
            message("handover.lack_outcome", count=len(hanging)),
            duty.cite(Topic.DUTY_RECORD),
            tuple(hanging),
        )
    unread = [one.entry_id for one in sheet.entries if not one.is_read]
    if unread:
        yield Lack(
            Step.RECORD,
            Side.INCOMING,
            message("handover.lack_read", count=len(unread)),
            duty.cite(Topic.READ_RECORD) or duty.cite(Topic.DUTY_RECORD),
            tuple(unread),
        )


def _matters(sheet: Sheet, duty: DutyRules) -> Iterator[Lack]:
    read = duty.cite(Topic.READ_RECORD)
    told = duty.cite(Topic.NEXT_STEP) or duty.cite(Topic.CARRY_OVER) or read
    wanted = (
        (Side.OUTGOING, "stated", told, [one for one in sheet.matters if not _is_stated(one)]),
        (
            Side.INCOMING if sheet.is_night or sheet.left is not None else Side.OUTGOING,
            "converted",
            duty.cite(Topic.LEFTOVERS),
            [one for one in sheet.matters if one.is_leftover],
        ),
        (
            Side.INCOMING,
            "acknowledged",
            read or told,
            [one for one in sheet.matters if _is_stated(one) and not one.is_acknowledged],
        ),
        (
            Side.INCOMING,
            "read_back",
            read or told,
            [one for one in sheet.matters if one.wants_read_back and not one.is_read_back],
        ),
        (
            Side.OUTGOING,
            "accepted",
            read or told,
            [one for one in sheet.matters if one.is_read_back and not one.is_accepted],
        ),
    )
    for side, name, clause, points in wanted:
        if points:
            yield Lack(
                Step.MATTERS,
                side,
                message(f"handover.lack_{name}", count=len(points)),
                clause,
                tuple(one.matter_id for one in points),
            )


def _is_stated(point: MatterPoint) -> bool:
    """Whether the outgoing person has said how it stands, as it is now: not as less than it is."""
    return point.severity is not None and bool(
        severity_verdict(point.severity, point.least_severity).is_allowed
    )


def _area(sheet: Sheet, duty: DutyRules) -> Iterator[Lack]:
    clause = duty.cite(Topic.AREA_CHECK)
    unchecked = [line for line in sheet.area if line.is_ok is None]
    if unchecked:
        yield Lack(
            Step.AREA,
            Side.INCOMING,
            message("handover.lack_area", count=len(unchecked)),
            unchecked[0].clause or clause,
            tuple(line.item_id for line in unchecked),
        )
    unexplained = [line for line in sheet.area if line.is_ok is False and not line.is_explained]
    if unexplained:
        yield Lack(
            Step.AREA,
            Side.OUTGOING,
            message("handover.lack_area_explained", count=len(unexplained)),
            unexplained[0].clause or clause,
            tuple(line.item_id for line in unexplained),
        )


def _blocking(sheet: Sheet, duty: DutyRules) -> Iterator[Lack]:
    unreported = [one for one in sheet.matters if one.lacks_report]
    if unreported:
        yield Lack(
            Step.BLOCKING,
            Side.SUPERVISOR,
            message("handover.lack_report", titles=[one.title for one in unreported]),
            duty.cite(Topic.MAJOR_MATTER) or emergency_clause(duty),
            tuple(one.matter_id for one in unreported),
        )
    blocking = [one for one in sheet.matters if one.is_blocking and not is_released(sheet, one)]
    if blocking:
        yield Lack(
            Step.BLOCKING,
            Side.SUPERVISOR,
            message("handover.lack_blocking", titles=[one.title for one in blocking]),
            duty.cite(Topic.BLOCKING_MATTER),
            tuple(one.matter_id for one in blocking),
        )


def minutes_left(sheet: Sheet, found: Collection[Lack]) -> int:
    """About how many minutes the rest takes, in whole minutes: one at least while it is unsigned.

    A count takes three seconds, an entry five, a statement forty, an acknowledgement ten, a
    read-back thirty, an explanation sixty.
    """
    seconds = {
        "lack_counts": 3,
        "lack_read": 5,
        "lack_stated": 40,
        "lack_acknowledged": 10,
        "lack_read_back": 30,
        "lack_converted": 30,
        "lack_explained": 60,
        "lack_summary": 60,
        "lack_incoming": 120,
        "lack_blocking": 300,
    }
    total = 40
    for lack in found:
        each = seconds.get(lack.message.key.removeprefix("handover."), 10)
        total += each * max(1, len(lack.subjects))
    return max(1, round(total / 60))


def damage_is_known(condition: Condition | None, *, before: bool) -> bool:
    """Whether a damage was explained in an earlier handover and is still being seen to."""
    return condition is Condition.DAMAGED and before
