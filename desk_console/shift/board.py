"""The board of the live shift: who holds the posts, until when, who comes next, what is due, what
is wrong.

The cost of an answer depends on the day's doings, not on the years of history. Nothing is imported
here that needs the mapped tables: the board is the first thing on the screen.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from desk_console.foundation.catalogue import Message, message
from desk_console.people import glance as people
from desk_console.people.values import PersonView
from desk_console.roster import glance as roster
from desk_console.roster.rules import (
    Occurrence,
    current,
    expected_at,
    following,
    relief_owed_from,
)
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import Post, Topic
from desk_console.shift import check_list, due, glance
from desk_console.shift.codes import CheckKind, TenureKind
from desk_console.shift.due import DueView
from desk_console.shift.glance import Present, ShiftNow

if TYPE_CHECKING:
    from sqlmodel import Session

    from desk_console.foundation.reading import Reader


@dataclass(frozen=True, slots=True)
class PostView:
    """A post as it stands now."""

    code: str
    name_key: str
    """Its name in the catalogue."""
    tenure_id: int
    kind: TenureKind
    holder: PersonView | None
    since: datetime
    until: datetime | None
    """When the shift should end."""
    shift_id: int | None
    plan: tuple[str, str] | None
    """The shift's name, Chinese and English."""
    day: date | None
    is_started: bool
    reason: str
    is_new: bool
    """Nobody has held it yet: the site begins."""
    away: PersonView | None
    """Who stepped out, while somebody stands in."""
    back_at: datetime | None
    next_plan: tuple[str, str] | None
    next_at: datetime | None
    next_expected_at: datetime | None
    """When the regulation wants the next person there."""
    next_people: tuple[PersonView, ...]
    relief_is_here: bool
    """Somebody is signed on for the shift that comes."""
    present: tuple[Present, ...]


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that is wrong at a post, and the clause that it breaks."""

    what: Message
    clause: str | None
    post_code: str


@dataclass(frozen=True, slots=True)
class Board:
    """Everything about the posts that the live shift shows."""

    posts: tuple[PostView, ...]
    due: tuple[DueView, ...]
    alarms: tuple[Alarm, ...]


def board(
    asked: Session | Reader,
    desk: Desk,
    at: datetime,
    *,
    last_ended: Mapping[int, datetime] | None = None,
    signed: Collection[str] = (),
) -> Board:
    """The posts as they stand at an instant, what is due at them and what is wrong.

    `last_ended`: by its shift, when a handover ended in it last; the next has its own tidying.
    `signed`: the posts whose holder has signed their closing and may go.
    """
    found = [
        view for post in desk.duty.posts() if (view := _post(asked, desk, post, at)) is not None
    ]
    things = [one for post in found for one in due.due_at(asked, desk, post, at, last_ended or {})]
    alarms = [one for post in found for one in _alarms(asked, desk, post, at, signed)]
    return Board(
        posts=tuple(found),
        due=tuple(sorted(things, key=lambda one: one.due_at)),
        alarms=tuple(alarms),
    )


def _post(asked: Session | Reader, desk: Desk, post: Post, at: datetime) -> PostView | None:
    tenure = glance.tenure_now(asked, post.code)
    if tenure is None:
        return None
    shift = glance.shift_now(asked, post.code)
    comes = _comes(desk, post, shift, at)
    present = glance.present_now(asked, post.code)
    return PostView(
        code=post.code,
        name_key=post.name_key,
        tenure_id=tenure.id,
        kind=tenure.kind,
        holder=_person(asked, tenure.person_id),
        since=tenure.began_at,
        until=shift.due_at if shift else None,
        shift_id=shift.id if shift else None,
        plan=_plan(desk, shift.plan_code) if shift else None,
        day=shift.day if shift else None,
        is_started=shift is None or shift.is_started,
        reason=tenure.reason,
        is_new=tenure.person_id is None and not glance.was_held(asked, post.code),
        away=_person(asked, tenure.away_person_id),
        back_at=tenure.due_at if tenure.kind is TenureKind.STAND_IN else None,
        next_plan=_plan(desk, comes.plan_code) if comes else None,
        next_at=comes.begins_at if comes else None,
        next_expected_at=expected_at(comes, desk.duty) if comes else None,
        next_people=_next_people(asked, comes),
        relief_is_here=comes is not None
        and any(
            one.plan_code == comes.plan_code and one.person.id != tenure.person_id
            for one in present
        ),
        present=present,
    )


def _comes(desk: Desk, post: Post, shift: ShiftNow | None, at: datetime) -> Occurrence | None:
    """The shift whose people are waited for: past the end of the holder's own, the one that runs
    without them (9.5); else the next to begin.
    """
    comes = following(desk.duty, desk.zone, post.code, at)
    if shift is None:
        return comes
    own = (shift.day, shift.plan_code)
    runs = current(desk.duty, desk.zone, post.code, at)
    if runs and at >= shift.due_at and (runs.day, runs.plan_code) != own:
        return runs
    if comes and (comes.day, comes.plan_code) == own:
        # Taken before its hours began: it runs already, and another one comes after it.
        return following(desk.duty, desk.zone, post.code, comes.begins_at)
    return comes


def _next_people(asked: Session | Reader, comes: Occurrence | None) -> tuple[PersonView, ...]:
    if comes is None:
        return ()
    return roster.on_duty(
        asked, day=comes.day, plan_code=comes.plan_code, post_code=comes.post_code
    )


def _person(asked: Session | Reader, person_id: int | None) -> PersonView | None:
    return None if person_id is None else people.person(asked, person_id)


def _plan(desk: Desk, code: str) -> tuple[str, str] | None:
    plan = desk.duty.shift(code)
    return (plan.zh, plan.en) if plan else None


def _alarms(
    asked: Session | Reader, desk: Desk, post: PostView, at: datetime, signed: Collection[str]
) -> Iterator[Alarm]:
    stay = desk.duty.cite(Topic.STAY_AT_POST)
    span = max(at - post.since, timedelta(0))
    name = post.holder.name if post.holder else ""
    match post.kind:
        case TenureKind.UNMANNED | TenureKind.DESERTED if not post.is_new:
            since = glance.empty_since(asked, post.code, post.since)
            what = message(f"shift.alarm_{post.kind}", since=since, span=at - since)
            yield Alarm(what, stay, post.code)
        case TenureKind.HELD_OVER:
            yield _held_over(desk, post, post.since, span)
        case TenureKind.ROSTERED | TenureKind.UNROSTERED if _should_be_closed(desk, post, at):
            yield _not_closed(desk, post, name, is_signed=post.code in signed)
        case TenureKind.STAND_IN if post.away and post.back_at and at > post.back_at:
            what = message(
                "shift.alarm_stand_in_late", name=post.away.name, due=post.back_at, stand_in=name
            )
            yield Alarm(what, desk.duty.cite(Topic.STEP_OUT), post.code)
        case _:
            pass
    if post.kind in (TenureKind.STAND_IN, TenureKind.EMERGENCY) and (
        owed := _owed_since(desk, post, at)
    ):
        yield _held_over(desk, post, owed, at - owed)
    if post.shift_id is not None and not post.is_started:
        opening = check_list.lines(asked, CheckKind.OPENING, shift_id=post.shift_id)
        verdict = check_list.start_verdict(opening, desk.duty)
        if verdict.message is not None:
            what = message("shift.alarm_not_started", **verdict.message.values)
            yield Alarm(what, verdict.clause, post.code)
    for one in post.present:
        if one.is_breach:
            clause = desk.duty.cite(Topic.UNROSTERED)
            yield Alarm(message("shift.alarm_breach", name=one.person.name), clause, post.code)


def _not_closed(desk: Desk, post: PostView, name: str, *, is_signed: bool) -> Alarm:
    """Its holder signs its closing, and only then goes (9.16, 6.8)."""
    leaves = desk.duty.cite(Topic.SIGN_OFF) or desk.duty.cite(Topic.STAY_AT_POST)
    if is_signed:
        return Alarm(message("shift.alarm_closed", name=name, until=post.until), leaves, post.code)
    what = message("shift.alarm_not_closed", name=name, until=post.until)
    return Alarm(what, leaves or desk.duty.cite(Topic.SUMMARY_OF_SHIFT), post.code)


def _should_be_closed(desk: Desk, post: PostView, at: datetime) -> bool:
    """Whether the hours of a post are over, and its holder has not closed it yet."""
    return post.until is not None and at > post.until and _owed_since(desk, post, at) is None


def _held_over(desk: Desk, post: PostView, since: datetime, span: timedelta) -> Alarm:
    """Whoever holds the post beyond their time: relief did not come, or did not take over yet."""
    key = "relief_is_here" if post.relief_is_here else "held_over"
    name = post.holder.name if post.holder else ""
    clause = desk.duty.cite(Topic.ARRIVE_EARLY) or desk.duty.cite(Topic.STAY_AT_POST)
    return Alarm(
        message(f"shift.alarm_{key}", name=name, since=since, span=span), clause, post.code
    )


def _owed_since(desk: Desk, post: PostView, at: datetime) -> datetime | None:
    """Since when whoever holds a post has been owed relief; None where it is not."""
    if post.until is None:
        return None
    owed = relief_owed_from(desk.duty, desk.zone, post.code, post.until)
    return owed if owed is not None and owed <= at else None
