"""A month at the sample desk as a list of happenings: who does what, when. Nothing is done here
yet.

The same seed gives the same month. Times are local and have no zone; the builder puts them on the
clock.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from desk_console.roster.sheet import month_of
from desk_console.rulebook.records import DutyRules
from desk_console.sample.cast import GUARDS
from desk_console.sample.rostering import (
    clerk_of,
    draft_day,
    night_man_of,
    publication_day,
    second_clerk_of,
)
from desk_console.sample.stories import (
    BURST,
    CALLS,
    CUSTODY,
    EVENTS,
    NIGHT_CALLS,
    SUMMARIES,
    VISITS,
    Story,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Something that happens at a moment of local time."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Relief(Happening):
    """The incoming person has arrived at `arrives`, and takes the post over at `at`."""

    arrives: datetime
    incoming: str
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival(Happening):
    """Somebody signs on: to take the post over, or beside the one who holds it."""

    staff_no: str
    plan_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure(Happening):
    """Somebody who does not hold the post signs off."""

    staff_no: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand(Happening):
    """The holder steps out; a guard stands in until `back`."""

    guard: str
    back: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Return(Happening):
    """The holder comes back to the post."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(Happening):
    """Somebody calls or comes by about a story."""

    story: Story
    home: int
    """Which of the estate's homes, counted round."""
    rings: int
    channel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit(Happening):
    """A visitor comes; somebody notes the leaving at the next upkeep."""

    who: str
    purpose: str
    plate: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Left(Happening):
    """Something is left at the desk."""

    what: str
    left_by: str
    home: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident(Happening):
    """Something happens without anybody calling."""

    content: str
    action: str
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Round(Happening):
    """A patrol round; `finding` is at one of its points, empty when all was in order."""

    finding: str
    correction: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOut(Happening):
    """Leaflets or gifts are given away."""

    item: str
    quantity: int
    home: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Upkeep(Happening):
    """The holder does what is due: checks, tasks, and settles some of what is open."""

    settles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PastEntered(Happening):
    """The supervisor publishes the whole month, with who was on duty before the desk ran on this
    program.

    After the first night is over: nobody could sign on for what was past.
    """

    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted(Happening):
    """The supervisor drafts the roster of a month."""

    month: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Published(Happening):
    """The supervisor publishes the draft of a month."""

    month: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveAsked(Happening):
    """Somebody asks for a day of leave, which nobody has decided yet."""

    staff_no: str
    day: date
    reason: str


DAY_BEGINS = time(9, 0)
NIGHT_BEGINS = time(17, 30)
_FINDINGS = (
    ("", ""),
    ("", ""),
    ("", ""),
    ("花园长椅松动一处", "已围挡，转工程部"),
    ("地库照明一盏不亮", "已报工程部"),
    ("西门栏杆有小广告", "已清除"),
)


def day_at(day: date, chance: random.Random) -> Iterator[Happening]:
    """Everything from 08:40 of a day to the next morning's relief, in no order."""
    yield from _reliefs(day, chance)
    yield from _daytime(day, chance)
    yield from _night(day, chance)


def rostering(month: date, duty: DutyRules) -> Iterator[Happening]:
    """How the roster of a month comes about."""
    yield Drafted(at=_at(draft_day(month, duty), 10, 20), month=month)
    yield Published(at=_at(publication_day(month, duty), 15, 50), month=month)


def past_entered(first: date) -> Iterator[Happening]:
    """What makes the first month on the roster whole."""
    if first.day > 1:
        begins, ends = month_of(first)
        yield PastEntered(at=_at(first, 10, 40), first=begins, last=ends)


def leave_asked(present: date) -> Happening:
    """What waits for the supervisor on the present day: somebody asked on the day before."""
    day = present + timedelta(days=3)
    return LeaveAsked(
        at=_at(present - timedelta(days=1), 15, 10),
        staff_no=second_clerk_of(day),
        day=day,
        reason="家里老人复查，要陪同半天以上",
    )


def burst(present: date) -> Happening:
    """What stops the handover of an evening not long ago, until the supervisor releases it."""
    day = present - timedelta(days=3)
    return Call(at=_at(day, 16, 52), story=BURST, home=0, rings=2, channel="call")


def _reliefs(day: date, chance: random.Random) -> Iterator[Happening]:
    for begins, staff_no, plan in (
        (DAY_BEGINS, clerk_of(day), "day"),
        (NIGHT_BEGINS, night_man_of(day), "night"),
    ):
        start = datetime.combine(day, begins)
        arrives = start - timedelta(minutes=chance.choice((20, 18, 17, 16, 16, 15, 9)))
        yield Arrival(at=arrives, staff_no=staff_no, plan_code=plan)
        yield Relief(
            at=start + timedelta(minutes=chance.choice((-2, 0, 1, 3))),
            arrives=arrives,
            incoming=staff_no,
            summary=chance.choice(SUMMARIES),
        )
        if plan == "day":
            yield from _second_clerk(day, arrives, chance)


def _second_clerk(day: date, first_arrives: datetime, chance: random.Random) -> Iterator[Happening]:
    """The other clerk of the day comes after the one who takes the post."""
    clerk = second_clerk_of(day)
    arrives = first_arrives + timedelta(minutes=chance.choice((1, 1, 1, 2, 3)))
    yield Arrival(at=arrives, staff_no=clerk, plan_code="day")
    leaves = datetime.combine(day, NIGHT_BEGINS) + timedelta(minutes=chance.randint(0, 4))
    yield Departure(at=leaves, staff_no=clerk)


def _daytime(day: date, chance: random.Random) -> Iterator[Happening]:
    for minute in sorted(chance.sample(range(9 * 60 + 6, 17 * 60 + 20), chance.randint(6, 10))):
        yield Call(
            at=_at(day, 0, 0) + timedelta(minutes=minute, seconds=chance.randrange(60)),
            story=chance.choice(CALLS),
            home=chance.randrange(10_000),
            rings=chance.choices((1, 2, 3, 4, 5), (5, 8, 4, 1, 1))[0],
            channel=chance.choices(("call", "visit", "wechat"), (8, 3, 2))[0],
        )
    who, purpose, plate = chance.choice(VISITS)
    yield Visit(
        at=_at(day, 10, chance.randrange(60)),
        who=who,
        purpose=purpose,
        plate=plate,
    )
    what, left_by = chance.choice(CUSTODY)
    yield Left(
        at=_at(day, 14, chance.randrange(60)),
        what=what,
        left_by=left_by,
        home=chance.randrange(10_000),
    )
    finding, correction = chance.choice(_FINDINGS)
    yield Round(at=_at(day, 15, chance.randrange(40)), finding=finding, correction=correction)
    if chance.random() < 0.4:
        gone = _at(day, 16, chance.randrange(30))
        yield from _errand(
            gone, chance, chance.choice(("陪同消防检查", "到业主家核实漏水", "去仓库取备品"))
        )
    if chance.random() < 0.5:
        yield HandOut(
            at=_at(day, 11, chance.randrange(25)),
            item=chance.choice(("D02", "D03")),
            quantity=chance.randint(1, 3),
            home=chance.randrange(10_000),
        )
    for hour in (9, 11, 13, 15, 17):
        yield Upkeep(at=_at(day, hour, 14), settles=chance.choice((1, 2, 3)))
    if chance.random() < 0.15:
        content, action, result = chance.choice(EVENTS)
        yield Incident(at=_at(day, 13, 45), content=content, action=action, result=result)


def _night(day: date, chance: random.Random) -> Iterator[Happening]:
    for _ in range(chance.randint(2, 4)):
        story = chance.choice(NIGHT_CALLS)
        called = _at(day, 18, 0) + timedelta(minutes=chance.randrange(12 * 60))
        yield Call(
            at=called,
            story=story,
            home=chance.randrange(10_000),
            rings=chance.choices((1, 2, 3, 5), (5, 5, 3, 1))[0],
            channel="call",
        )
    if chance.random() < 0.5:
        gone = _at(day, 22, 40) + timedelta(minutes=chance.randrange(90))
        yield from _errand(gone, chance, "上门抢修水管")
    yield Round(at=_at(day, 20, chance.randrange(40)), finding="", correction="")
    yield Upkeep(at=_at(day, 21, 30), settles=1)
    yield Upkeep(at=_at(day + timedelta(days=1), 6, 30), settles=0)


def _errand(gone: datetime, chance: random.Random, reason: str) -> Iterator[Happening]:
    back = gone + timedelta(minutes=chance.randint(12, 35))
    yield Errand(at=gone, guard=chance.choice(GUARDS), back=back, reason=reason)
    yield Return(at=back)


def _at(day: date, hour: int, minute: int) -> datetime:
    return datetime.combine(day, time(hour, minute))
