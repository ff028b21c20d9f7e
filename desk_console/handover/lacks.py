"""What is missing before a handover may be signed: a sheet goes in, what is left comes out.

A sheet with anything left is never signed, by whatever way the signature is asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from desk_console.foundation.catalogue import Message, message
from desk_console.foundation.refusal import ALLOWED, Verdict
from desk_console.handover.records import Side, Step
from desk_console.handover.rules import (
    counter_of,
    explainer_of,
    is_first_part,
    is_released,
    severity_verdict,
)
from desk_console.handover.sheet import MatterPoint, Sheet
from desk_console.matters.rules import emergency_clause
from desk_console.rulebook.records import DutyRules, Topic


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


def _present(sheet: Sheet, duty: DutyRules) -> Iterator[Lack]:
    if sheet.unchecked:
        checks = message("handover.lack_opening", count=sheet.unchecked)
        yield Lack(Step.PRESENT, Side.OUTGOING, checks, duty.cite(Topic.OPENING_CHECKS))
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
        key = "lack_explained" if any(line.difference < 0 for line in unexplained) else "lack_told"
        yield Lack(
            Step.ITEMS,
            explainer_of(sheet),
            message(f"handover.{key}", items=[line.name for line in unexplained]),
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
        "lack_told": 60,
        "lack_summary": 60,
        "lack_incoming": 120,
        "lack_blocking": 300,
    }
    total = 40
    for lack in found:
        each = seconds.get(lack.message.key.removeprefix("handover."), 10)
        total += each * max(1, len(lack.subjects))
    return max(1, round(total / 60))
