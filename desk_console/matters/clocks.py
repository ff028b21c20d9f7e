"""The clocks of a matter: what was promised until when, and who held it for how long.

Everything is computed from the history, so that it can be computed again: the times of the levels
always add up to the whole, whatever clocks did in between.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from desk_console.log.codes import Category, Channel
from desk_console.matters.codes import Form, Level, Stage, Urgency
from desk_console.matters.working_time import ByTheClock, Counter, InOfficeHours
from desk_console.rulebook.records import Limits

_NOTHING = timedelta(0)


class Promise(StrEnum):
    """What is to have happened by a time."""

    SETTLED = "settled"
    """It is closed, or the complaint answered."""
    REPLY = "reply"
    """The caller has heard of it; a repair is accepted."""
    ON_SITE = "on_site"
    DONE = "done"
    FOLLOW_UP = "follow_up"
    REPORT = "report"
    """An emergency was reported upward (2.4)."""
    ANSWER = "answer"
    """The rung that was asked has answered (9.6)."""
    RESUME = "resume"
    """It comes off hold."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A step of the history, as far as clocks care."""

    at: datetime
    what: str
    stage: Stage
    level: Level


@dataclass(frozen=True, slots=True)
class Clock:
    """A promise: since when it runs, until when, and when it was kept. `due_at` None: it stands
    still.
    """

    promise: Promise
    since: datetime
    due_at: datetime | None
    met_at: datetime | None = None

    def is_late(self, at: datetime) -> bool:
        """Whether it was kept late, or is late at that instant."""
        return self.due_at is not None and (self.met_at or at) > self.due_at


@dataclass(frozen=True, slots=True)
class Terms:
    """What a matter's promises follow from."""

    kind: str
    form: Form | None
    urgency: Urgency
    channel: Channel | None
    opened_at: datetime
    appointment: datetime | None = None
    due: datetime | None = None
    """A time that was agreed for the whole."""
    resume_at: datetime | None = None
    asked_at: datetime | None = None
    reported_at: datetime | None = None


def charged(opened_at: datetime, marks: Sequence[Mark], until: datetime) -> dict[Level, timedelta]:
    """How long each level held a matter, from its opening until its closing, or `until`.

    The spans add up to the whole; a clock set back costs nobody time (9.4).
    """
    spans = dict.fromkeys(Level, _NOTHING)
    for mark, begins, ends in _stretches(opened_at, marks, until):
        spans[mark.level] += ends - begins
    return spans


def whole(opened_at: datetime, marks: Sequence[Mark], until: datetime) -> timedelta:
    """How long a matter was or is open: what the levels' times add up to."""
    return max((ends for _, _, ends in _stretches(opened_at, marks, until)), default=opened_at) - (
        opened_at
    )


def _stretches(
    opened_at: datetime, marks: Sequence[Mark], until: datetime
) -> Iterator[tuple[Mark, datetime, datetime]]:
    reached = opened_at
    for place, mark in enumerate(marks):
        if mark.stage is Stage.CLOSED:
            return
        ends = marks[place + 1].at if place + 1 < len(marks) else until
        ends = max(ends, reached)
        yield mark, reached, ends
        reached = ends


def clocks(
    terms: Terms, marks: Sequence[Mark], limits: Limits, office: InOfficeHours
) -> tuple[Clock, ...]:
    """Every promise of a matter, kept or not, in the order in which they fall due."""
    found = [clock for clock in _all(terms, marks, limits, office) if clock is not None]
    return tuple(sorted(found, key=lambda one: (one.due_at is None, one.due_at or one.since)))


def next_due(all_clocks: Sequence[Clock]) -> Clock | None:
    """The promise that falls due first of those not kept."""
    return next((one for one in all_clocks if one.met_at is None and one.due_at is not None), None)


def limit_for(terms: Terms, limits: Limits) -> timedelta:
    """How long a matter without a form may wait (9.4, 3.8, 7.10)."""
    if terms.urgency is Urgency.LIFE_SAFETY:
        return _minutes(limits.life_safety_minutes)
    if terms.kind == Category.COMPLAINT:
        is_urgent = terms.urgency is Urgency.URGENT
        return _minutes(
            limits.urgent_complaint_reply_minutes if is_urgent else limits.complaint_reply_minutes
        )
    if terms.urgency is Urgency.URGENT:
        return _minutes(limits.urgent_on_site_minutes)
    own = {
        Category.REPAIR: limits.repair_done_minutes,
        Category.ENQUIRY: limits.channel_minutes.get(
            terms.channel.value if terms.channel else "", limits.enquiry_minutes
        ),
        Category.HELP: limits.help_minutes,
        Category.ERRAND: limits.errand_minutes,
        Category.SUGGESTION: limits.suggestion_minutes,
        Category.PRAISE: limits.suggestion_minutes,
        "missed": limits.missed_call_minutes,
    }
    return _minutes(own.get(terms.kind, limits.other_minutes))


def _all(
    terms: Terms, marks: Sequence[Mark], limits: Limits, office: InOfficeHours
) -> Iterator[Clock | None]:
    if marks and marks[-1].stage is Stage.ON_HOLD and terms.resume_at is not None:
        yield Clock(Promise.RESUME, marks[-1].at, terms.resume_at)
    if terms.urgency is Urgency.LIFE_SAFETY:
        due = terms.opened_at + _minutes(limits.report_minutes)
        yield Clock(Promise.REPORT, terms.opened_at, due, terms.reported_at)
    if terms.asked_at is not None:
        is_urgent = terms.urgency in (Urgency.URGENT, Urgency.LIFE_SAFETY)
        span = limits.urgent_answer_minutes if is_urgent else limits.answer_minutes
        yield Clock(Promise.ANSWER, terms.asked_at, terms.asked_at + _minutes(span))
    if terms.form is Form.WORK_ORDER:
        yield from _of_order(terms, marks, limits, office)
    elif terms.form is Form.COMPLAINT:
        yield from _of_complaint(terms, marks, limits, office)
    else:
        yield _of_any(terms, marks, limits)


def _of_order(
    terms: Terms, marks: Sequence[Mark], limits: Limits, office: InOfficeHours
) -> Iterator[Clock | None]:
    again = _last(marks, "redo")
    since = again.at if again else terms.opened_at
    later = marks[marks.index(again) :] if again else marks
    on_site = _first(later, Stage.ON_SITE, Stage.DONE)
    if terms.urgency is Urgency.LIFE_SAFETY:
        yield _running(Promise.ON_SITE, since, limits.life_safety_minutes, marks, on_site)
    elif terms.urgency is Urgency.URGENT:
        yield _running(Promise.ON_SITE, since, limits.urgent_on_site_minutes, marks, on_site)
    elif terms.appointment is not None and again is None:
        yield Clock(Promise.ON_SITE, since, terms.appointment, on_site)
    elif terms.urgency is Urgency.MINOR:
        reply = _first(later, Stage.ACCEPTED, Stage.ON_SITE, Stage.DONE)
        yield _running(Promise.REPLY, since, limits.repair_reply_minutes, marks, reply)
    done = _first(later, Stage.DONE)
    if terms.due is not None and again is None:
        yield Clock(Promise.DONE, since, terms.due, done)
    elif terms.urgency is Urgency.PLANNED:
        span = limits.planned_done_days * office.day
        yield _clock(Promise.DONE, since, span, marks, done, office)
    elif terms.appointment is None or again is not None:
        yield _running(Promise.DONE, since, limits.repair_done_minutes, marks, done)
    yield _follow_up(later, marks, limits, Stage.DONE)


def _of_complaint(
    terms: Terms, marks: Sequence[Mark], limits: Limits, office: InOfficeHours
) -> Iterator[Clock | None]:
    again = _last(marks, "reopen")
    since = again.at if again else terms.opened_at
    later = marks[marks.index(again) :] if again else marks
    is_urgent = terms.urgency in (Urgency.URGENT, Urgency.LIFE_SAFETY)
    minutes = limits.urgent_complaint_reply_minutes if is_urgent else limits.complaint_reply_minutes
    answered = _first(later, Stage.ANSWERED)
    replied = next((mark.at for mark in later if mark.what == "reply"), None) or answered
    yield _running(Promise.REPLY, since, minutes, marks, replied)
    if terms.due is not None and again is None:
        yield Clock(Promise.SETTLED, since, terms.due, answered)
    else:
        span = limits.complaint_settled_days * office.day
        yield _clock(Promise.SETTLED, since, span, marks, answered, office)
    yield _follow_up(later, marks, limits, Stage.ANSWERED)


def _of_any(terms: Terms, marks: Sequence[Mark], limits: Limits) -> Clock:
    closed = _first(marks, Stage.CLOSED)
    if terms.due is not None:
        return Clock(Promise.SETTLED, terms.opened_at, terms.due, closed)
    told = _last(marks, "next_day")
    since = told.at if told else terms.opened_at
    span = _minutes(limits.repair_done_minutes) if told else limit_for(terms, limits)
    return _clock(Promise.SETTLED, since, span, marks, closed, ByTheClock())


def _follow_up(
    later: Sequence[Mark], marks: Sequence[Mark], limits: Limits, done: Stage
) -> Clock | None:
    since = _first(later, done)
    if since is None:
        return None
    closed = _first(later, Stage.CLOSED)
    return _running(Promise.FOLLOW_UP, since, limits.follow_up_minutes, marks, closed)


def _running(
    promise: Promise, since: datetime, minutes: int, marks: Sequence[Mark], met: datetime | None
) -> Clock:
    return _clock(promise, since, _minutes(minutes), marks, met, ByTheClock())


def _clock(
    promise: Promise,
    since: datetime,
    span: timedelta,
    marks: Sequence[Mark],
    met: datetime | None,
    counter: Counter,
) -> Clock:
    """The clock stands while the matter is on hold: what was left then is left afterwards."""
    due = counter.after(since, span)
    for begins, ends in _holds(marks):
        if (met is not None and begins >= met) or begins >= due:
            break
        if ends is None:
            return Clock(promise, since, None, met)
        left = counter.between(max(begins, since), due)
        due = counter.after(max(ends, since), left)
    return Clock(promise, since, due, met)


def _holds(marks: Sequence[Mark]) -> Iterator[tuple[datetime, datetime | None]]:
    begins: datetime | None = None
    for mark in marks:
        if mark.stage is Stage.ON_HOLD and begins is None:
            begins = mark.at
        elif mark.stage is not Stage.ON_HOLD and begins is not None:
            yield begins, mark.at
            begins = None
    if begins is not None:
        yield begins, None


def _first(marks: Sequence[Mark], *stages: Stage) -> datetime | None:
    return next((mark.at for mark in marks if mark.stage in stages), None)


def _last(marks: Sequence[Mark], what: str) -> Mark | None:
    return next((mark for mark in reversed(marks) if mark.what == what), None)


def _minutes(count: int) -> timedelta:
    return timedelta(minutes=count)
