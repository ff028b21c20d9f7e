"""What the handover has waiting on the live shift, asked in plain SQL; see `foundation.reading`.

Calls for relief that did not come (9.6, 9.9), a handover that may be begun or is under way, reports
that nobody in charge has taken note of yet (3.10, 9.16), answers by telephone that wait to be
confirmed (9.6).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from desk_console.foundation.catalogue import Literally, Message, message
from desk_console.foundation.reading import Row, instant, rows
from desk_console.handover.hours import opens_at
from desk_console.matters.glance import unconfirmed
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import DutyRules, Topic
from desk_console.shift.codes import TenureKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlmodel import Session

    from desk_console.foundation.reading import Reader
    from desk_console.matters.glance import MatterLine
    from desk_console.shift.board import PostView

CALL, HANDOVER, REPORT, TOLD = "call", "handover", "report", "told"
_MOST_TOLD = 5
_AT_CLOSING, _SIGNED = "apart", "signed"
"""Codes of a handover's kind and stage; what names them would load its tables."""


@dataclass(frozen=True, slots=True)
class Awaited:
    """Something that waits. `kind`: call, handover, report or told; `id` is the call's, the
    report's or the matter's, the handover's where one is under way.
    """

    kind: str
    id: int | None
    post_code: str
    due_at: datetime
    what: Message
    clause: str | None
    words: str = ""
    """Why somebody would not take over, in their words: shown to whoever opens it."""


_CALLS = """
    select c.id, c.post_code, c.since, c.role, c.called_at, r.reason, p.name as refused_by
    from relief_call c
    left join handover_refusal r on r.at = c.since and exists (
        select 1 from handover h where h.id = r.handover_id and h.post_code = c.post_code
    )
    left join person p on p.id = r.person_id
    where c.answered_at is null and not exists (
        select 1 from handover_seal s where s.post_code = c.post_code and s.sealed_at > c.since
    ) and not exists (
        select 1 from relief_call a where a.post_code = c.post_code and a.since = c.since
        and a.answered_at is not null
    )
    order by c.called_at desc limit 20
"""
# Once somebody has answered, or has taken the post over, nobody has to answer any more.
_ANSWERS = """
    select c.answered_at, c.answer, p.name
    from relief_call c join person p on p.id = c.answered_by
    join tenure t on t.post_code = c.post_code and t.ended_at is null
    where c.answered_at is not null and t.person_id is not null and t.began_at <= c.called_at
    order by c.answered_at
"""
# Until the post has passed on.
_UNDER_WAY = """
    select h.id, h.post_code, h.kind, h.opened_at, h.stage, giver.name as giver
    from handover h join person giver on giver.id = coalesce(h.acting_id, h.outgoing_id)
    where h.closed_at is null
"""
_LAST_ENDED = """
    select s.id, max(h.closed_at) as ended_at from shift s join handover h on h.shift_id = s.id
    where s.closed_at is null and h.closed_at is not null group by s.id
"""
_REPORTS = """
    select count(*) over () as count, r.id, r.handover_id, r.reported_at, h.post_code,
        giver.name as giver, taker.name as taker, t.post_code as post, t.kind, t.began_at,
        t.due_at, t.reason, holder.name as holder, away.name as away
    from shift_report r
    left join handover h on h.id = r.handover_id
    left join person giver on giver.id = coalesce(h.acting_id, h.outgoing_id)
    left join person taker on taker.id = h.incoming_id
    left join tenure t on t.id = r.tenure_id
    left join person holder on holder.id = t.person_id
    left join person away on away.id = t.away_person_id
    where r.acknowledged_at is null and (h.id is null or :reader not in (
        h.outgoing_id, coalesce(h.acting_id, -1), coalesce(h.incoming_id, -1)
    ))
    order by r.reported_at, r.id limit 1
"""


def last_ended(asked: Session | Reader) -> dict[int, datetime]:
    """By its shift, of those that run: when a handover ended in it last, signed or not (9.14)."""
    return {found["id"]: instant(found["ended_at"]) for found in rows(asked, _LAST_ENDED)}


def answers(asked: Session | Reader) -> tuple[Message, ...]:
    """What those in charge have answered to calls for relief that has not come yet (9.6, 9.9)."""
    return tuple(
        message(
            "handover.answered",
            name=found["name"],
            at=instant(found["answered_at"]),
            words=found["answer"],
        )
        for found in rows(asked, _ANSWERS)
    )


def left_posts(asked: Session | Reader) -> tuple[str, ...]:
    """The posts whose outgoing person has signed at closing, and nobody has taken them up since."""
    return tuple(found["post_code"] for found in rows(asked, _UNDER_WAY) if _is_left(found))


def _is_left(found: Row) -> bool:
    return bool(found["kind"] == _AT_CLOSING and found["stage"] == _SIGNED)


def awaited(
    asked: Session | Reader,
    desk: Desk,
    posts: Iterable[PostView],
    at: datetime,
    *,
    reader_id: int = 0,
) -> tuple[Awaited, ...]:
    """What waits now: calls, handovers, answers to be confirmed, then the oldest report, with how
    many there are. Of their own handover nobody takes note, so the reader is not shown it.
    """
    calls = [_call(desk, found) for found in reversed(rows(asked, _CALLS))]
    reports = [_report(desk, found) for found in rows(asked, _REPORTS, reader=reader_id)]
    told = [_told(desk, *one) for one in unconfirmed(asked, at, most=_MOST_TOLD)]
    return (*calls, *_handovers(asked, desk, posts, at), *told, *reports)


def _told(desk: Desk, matter: MatterLine, noted_at: datetime) -> Awaited:
    number = Literally(matter.number or f"#{matter.id}")
    what = message("handover.awaits_told", number=number, name=matter.told_by)
    clause = desk.duty.cite(Topic.ESCALATION)
    return Awaited(TOLD, matter.id, "", noted_at, what, clause)


def _call(desk: Desk, found: Row) -> Awaited:
    role = message(f"rulebook.role_{found['role'].replace('-', '_')}")
    what = message("handover.awaits_call", role=role, since=instant(found["since"]))
    if found["refused_by"]:
        what = message("handover.awaits_refused", role=role, name=found["refused_by"])
    return Awaited(
        CALL,
        found["id"],
        found["post_code"],
        instant(found["called_at"]),
        what,
        desk.duty.cite(Topic.ESCALATION) or desk.duty.cite(Topic.STAY_AT_POST),
        found["reason"] or "",
    )


def _handovers(
    asked: Session | Reader, desk: Desk, posts: Iterable[PostView], at: datetime
) -> Iterator[Awaited]:
    clause = desk.duty.cite(Topic.SIGN_BOTH)
    open_ones = {found["post_code"]: found for found in rows(asked, _UNDER_WAY)}
    for post in posts:
        found = open_ones.get(post.code)
        if found is not None:
            since = instant(found["opened_at"])
            stage = "left" if _is_left(found) else found["stage"]
            what = message(f"handover.awaits_{stage}", since=since, name=found["giver"])
            yield Awaited(HANDOVER, found["id"], post.code, since, what, clause)
            continue
        opens = opens_at(post.until)
        if post.holder is not None and post.until and opens and at >= opens:
            what = message("handover.awaits_begin", name=post.holder.name)
            yield Awaited(HANDOVER, None, post.code, post.until, what, clause)


def _report(desk: Desk, found: Row) -> Awaited:
    at = instant(found["reported_at"])
    if found["handover_id"] is None:
        clause = report_clause(found["kind"], desk.duty)
        return Awaited(REPORT, found["id"], found["post"], at, _irregular(found), clause)
    what = message(
        f"handover.awaits_{'report' if found['taker'] else 'closed'}",
        giver=found["giver"],
        taker=found["taker"] or "",
        count=found["count"],
    )
    return Awaited(
        REPORT, found["id"], found["post_code"], at, what, desk.duty.cite(Topic.SHIFT_REPORT)
    )


def _irregular(found: Row) -> Message:
    """A post that was not passed on as it should be, in words."""
    count, since = found["count"], instant(found["began_at"])
    if found["kind"] == TenureKind.EMERGENCY:
        if found["reason"]:
            return message(
                "handover.awaits_taken_because",
                since=since,
                name=found["holder"],
                reason=found["reason"],
                count=count,
            )
        return message("handover.awaits_taken", since=since, name=found["holder"], count=count)
    if found["kind"] == TenureKind.STAND_IN:
        return message(
            "handover.awaits_not_back",
            name=found["away"],
            due=instant(found["due_at"]),
            stand_in=found["holder"],
            count=count,
        )
    return message("handover.awaits_deserted", since=since, count=count)


def report_clause(kind: str, duty: DutyRules) -> str | None:
    """The clause under which a post that was not passed on as it should be is reported."""
    if kind == TenureKind.STAND_IN:
        return duty.cite(Topic.STEP_OUT)
    if kind == TenureKind.EMERGENCY:
        return duty.cite(Topic.STAY_AT_POST)
    return duty.cite(Topic.SIGN_OFF) or duty.cite(Topic.STAY_AT_POST)
