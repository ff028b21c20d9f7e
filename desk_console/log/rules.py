"""What makes an entry late, and what leaves it open.

An entry closes by itself only where something was done about it and the caller has an answer;
anything else becomes a matter with an owner.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from desk_console.foundation.catalogue import Message, message
from desk_console.foundation.refusal import ALLOWED, Refusal, Verdict, refuse
from desk_console.foundation.text import narrow
from desk_console.log.forms import EntryForm, PatrolForm
from desk_console.log.records import Category, EntryKind
from desk_console.rulebook.records import DutyRules, ShiftRule
from desk_console.rulebook.topics import Topic

CLOCK_SLACK = timedelta(minutes=5)
"""How far ahead of this computer's clock a form's time may be: another console's clock differs."""

_DAY = 24 * 60
_DEEP_NIGHT = 3 * 60
"""Minutes after midnight."""

_SETTLED_BY_RESULT = frozenset(
    {Category.REPAIR, Category.COMPLAINT, Category.HELP, Category.ERRAND}
)
_SETTLED_BY_ANSWER = frozenset({Category.ENQUIRY, Category.SUGGESTION})
_DONE_BY_BEING_WRITTEN = frozenset(
    {EntryKind.VISIT, EntryKind.PATROL, EntryKind.HAND_OUT, EntryKind.CUSTODY}
)
_ANSWERED = (Topic.ANSWERED, Topic.NOTIFY_DEPARTMENT, Topic.ANSWER_IN_TIME, Topic.ENQUIRY)
_HANDLED = (Topic.NOTIFY_DEPARTMENT, Topic.ANSWERED, Topic.ANSWER_IN_TIME, Topic.DUTY_RECORD)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})|(\d{1,2}):?(\d{2})")


@dataclass(frozen=True, slots=True)
class OpenReason:
    """Why an entry stays open, and the topics whose clause says so, the nearest first."""

    message: Message
    topics: tuple[Topic, ...]

    def clause(self, duty: DutyRules) -> str | None:
        """The clause of the regulation that the site runs by."""
        return next(filter(None, map(duty.cite, self.topics)), None)


def open_reasons(form: EntryForm) -> tuple[OpenReason, ...]:
    """What this form leaves open as it stands; empty where it can close at once.

    Clauses 2.9 (abnormal without a result), 9.3 (a finding not put right), 3.8 (the caller has no
    answer) and 6.3 (neither handled nor passed on).
    """
    reasons: list[OpenReason] = []
    if form.is_abnormal and not form.result:
        reasons.append(OpenReason(message("log.open_abnormal"), (Topic.DUTY_RECORD,)))
    if isinstance(form, PatrolForm) and not form.result:
        uncorrected = [each.point for each in form.points if not each.is_ok and not each.correction]
        if uncorrected:
            reasons.append(
                OpenReason(message("log.open_finding", points=uncorrected), (Topic.PATROL,))
            )
    if _is_unanswered(form):
        reasons.append(OpenReason(message("log.open_unanswered"), _ANSWERED))
    elif _is_unhandled(form):
        reasons.append(OpenReason(message("log.open_unhandled"), _HANDLED))
    return tuple(reasons)


def _is_unanswered(form: EntryForm) -> bool:
    if form.is_outgoing or form.kind in (EntryKind.PATROL, EntryKind.HAND_OUT, EntryKind.CUSTODY):
        return False
    if form.category in _SETTLED_BY_RESULT:
        return not form.result
    return form.category in _SETTLED_BY_ANSWER and not (form.action or form.result)


def _is_unhandled(form: EntryForm) -> bool:
    if form.is_outgoing or form.kind in _DONE_BY_BEING_WRITTEN:
        return False
    return not (form.action or form.result or form.notices)


def is_late_answer(rings: int | None, answer_within: int) -> bool:
    """Was the telephone answered later than after so many rings? Clause 9.7. Unknown is not
    late.
    """
    return rings is not None and rings > answer_within


def entry_delay(at: datetime, recorded_at: datetime) -> timedelta:
    """How long after the event it was written down (6.3); never negative, whatever clocks did."""
    return max(recorded_at - at, timedelta(0))


def is_night(rule: ShiftRule) -> bool:
    """Does this kind of shift run through the night (03:00)? Its entries are the night record
    (6.5).
    """
    return (_DEEP_NIGHT - rule.start_minute) % _DAY < rule.minutes


def time_verdict(at: datetime, now: datetime) -> Verdict:
    """May an entry carry this time? What has not happened yet cannot be logged."""
    if at > now + CLOCK_SLACK:
        return refuse(None, "log.time_ahead", field="at", at=at)
    return ALLOWED


def parse_clock(typed: str, *, near: datetime, zone: tzinfo) -> datetime:
    """The instant that `0912`, `9:12` or `９：１２` means: the last such minute up to `near`.

    Refuses what is no time of day.
    """
    found = _CLOCK.fullmatch(narrow(typed).replace(" ", ""))
    hour, minute = (int(part) for part in found.groups() if part) if found else (24, 0)
    if hour > 23 or minute > 59:
        raise Refusal("log.time_unreadable", field="at")
    local = near.astimezone(zone)
    moment = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
    if moment > local + CLOCK_SLACK:
        moment -= timedelta(days=1)
    return moment.astimezone(near.tzinfo)
