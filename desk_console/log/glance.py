"""The lines of the log, asked in plain SQL; see `foundation.reading`."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from desk_console.foundation.reading import Row, instant, listed, rows
from desk_console.log.codes import Category, Channel, EntryKind

if TYPE_CHECKING:
    from sqlmodel import Session

    from desk_console.foundation.reading import Reader


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An entry as it was first written, with the names that belong to it."""

    id: int
    at: datetime
    recorded_at: datetime
    kind: EntryKind
    channel: Channel
    is_outgoing: bool
    category: Category
    """As it was written."""
    category_now: Category
    """As the newest correction has it (5.1)."""
    person_id: int
    person_name: str
    post_code: str
    shift_id: int | None
    rings: int | None
    caller: str
    unit: str
    """The unit's code, else what was typed."""
    unit_id: int | None
    resident_id: int | None
    phone: str
    content: str
    action: str
    result: str
    is_abnormal: bool
    is_emergency: bool
    is_open: bool
    """Something was left to be done when it was written."""
    particulars: Mapping[str, Any]
    departments: tuple[tuple[str, str], ...]
    """Who was told, in Chinese and English."""
    additions: int
    """How many lines stand beside it."""

    @property
    def delay(self) -> timedelta:
        """How long after the event it was written down (6.3)."""
        from desk_console.log.rules import entry_delay

        return entry_delay(self.at, self.recorded_at)


@dataclass(frozen=True, slots=True)
class DayLines:
    """The newest lines of a stretch of time, newest first, and whether there are older ones in
    it.
    """

    lines: tuple[EntryLine, ...]
    has_more: bool


@dataclass(frozen=True, slots=True)
class HalfWritten:
    """Forms that were put aside half written: how many, and since when the oldest waits."""

    count: int
    since: datetime


_HALF_WRITTEN = """
    select count(*) as count, min(begun_at) as since from draft
    where form = 'call' and console = :console
"""
_NEWEST = "select id from entry where at >= :since order by at desc, id desc limit :most"
_LINES = """
    select entry.id, at, recorded_at, kind, channel, is_outgoing, category, person_id,
        person.name as person_name, post_code, shift_id, rings, caller, unit_id, unit_text,
        unit.code as unit_code,
        coalesce((
            select words from addition
            where addition.entry_id = entry.id and addition.kind = 'correction'
                and addition.field = 'category' and addition.erased_by is null
            order by addition.id desc limit 1
        ), category) as category_now,
        resident_id, entry.phone, content, action, result, is_abnormal,
        is_emergency, is_open, particulars
    from entry
    join person on person.id = entry.person_id
    left join unit on unit.id = entry.unit_id
    where entry.id in ({ids})
"""
_TOLD = """
    select entry_id, zh, en from notice join department on department.id = notice.department_id
    where entry_id in ({ids}) order by notice.id
"""
_BESIDE = """
    select entry_id, count(*) as additions from addition where entry_id in ({ids})
    group by entry_id
"""


def newest(asked: Session | Reader, since: datetime, *, most: int) -> DayLines:
    """The newest entries from an instant on."""
    found = [each["id"] for each in rows(asked, _NEWEST, since=since, most=most + 1)]
    return DayLines(lines_of(asked, found[:most]), len(found) > most)


def half_written(asked: Session | Reader, console: str) -> HalfWritten | None:
    """What waits half written at a console; None where nothing does."""
    found = rows(asked, _HALF_WRITTEN, console=console)[0]
    return HalfWritten(found["count"], instant(found["since"])) if found["count"] else None


def lines_of(asked: Session | Reader, ids: Sequence[int]) -> tuple[EntryLine, ...]:
    """The entries of those ids, in that order."""
    if not ids:
        return ()
    within = listed(ids)
    told: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for each in rows(asked, _TOLD.format(ids=within)):
        told[each["entry_id"]].append((each["zh"], each["en"]))
    beside = {
        each["entry_id"]: each["additions"] for each in rows(asked, _BESIDE.format(ids=within))
    }
    lines = {
        each["id"]: _line(each, tuple(told[each["id"]]), beside.get(each["id"], 0))
        for each in rows(asked, _LINES.format(ids=within))
    }
    return tuple(lines[each] for each in ids if each in lines)


def _line(row: Row, departments: tuple[tuple[str, str], ...], additions: int) -> EntryLine:
    unit_code, unit_text = row.pop("unit_code"), row.pop("unit_text")
    given = row["particulars"]
    changed = {
        "at": instant(row["at"]),
        "recorded_at": instant(row["recorded_at"]),
        "kind": EntryKind(row["kind"]),
        "channel": Channel(row["channel"]),
        "category": Category(row["category"]),
        "category_now": Category(row["category_now"]),
        "is_outgoing": bool(row["is_outgoing"]),
        "is_abnormal": bool(row["is_abnormal"]),
        "is_emergency": bool(row["is_emergency"]),
        "is_open": bool(row["is_open"]),
        "particulars": json.loads(given) if isinstance(given, str) else given,
    }
    return EntryLine(
        **{**row, **changed},
        unit=unit_code or unit_text,
        departments=departments,
        additions=additions,
    )
