"""What is open, as it presses, asked in plain SQL; see `foundation.reading`.

The cost of what is open depends on how much is open, not on the years of history.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from desk_console.foundation.reading import Row, instant, instant_or_none, listed, rows
from desk_console.matters.codes import Form, Grade, Importance, Level, Stage, Urgency
from desk_console.matters.rules import Standing, is_overdue, report_verdict

if TYPE_CHECKING:
    from sqlmodel import Session

    from desk_console.foundation.reading import Reader
    from desk_console.rulebook.records import DutyRules


@dataclass(frozen=True, slots=True)
class MatterLine:
    """An open (or closed) matter, with how long it has waited and may still wait."""

    id: int
    entry_id: int | None
    kind: str
    title: str
    owner_id: int
    owner_name: str
    importance: Importance
    is_urgent: bool
    opened_at: datetime
    due_at: datetime | None
    next_step: str
    revision: int
    unit: str
    caller: str
    is_overdue: bool
    waited: timedelta
    left: timedelta | None
    """Negative when it is overdue."""
    closed_at: datetime | None
    form: Form | None = None
    number: str = ""
    stage: Stage = Stage.OPEN
    level: Level = Level.DESK
    urgency: Urgency = Urgency.MINOR
    grade: Grade | None = None
    due_for: str = ""
    """What falls due at `due_at`: see `clocks.Promise`."""
    department: tuple[str, str] | None = None
    """Chinese and English."""
    department_id: int | None = None
    assignee_name: str = ""
    asked_rung: int | None = None
    decided_rung: int | None = None
    reported_at: datetime | None = None
    phone: str = ""
    is_lost: bool = False
    """Its department is out of use: somebody else must be told."""
    has_caller: bool = False
    told_rung: int | None = None
    told_by: str = ""
    """Whose answer was noted and waits for them to confirm it (9.6)."""

    @property
    def standing(self) -> Standing:
        """What its closing hangs on."""
        return Standing(
            kind=self.kind,
            form=self.form,
            importance=self.importance,
            urgency=self.urgency,
            asked_rung=self.asked_rung,
            decided_rung=self.decided_rung,
            is_reported=self.reported_at is not None,
            has_caller=self.has_caller,
            told_rung=self.told_rung,
        )

    def is_unreported(self, duty: DutyRules) -> bool:
        """Major or an emergency, and not reported where it must be: it may not be handed over
        (9.6, 2.4).
        """
        return not report_verdict(self.standing, duty).is_allowed


@dataclass(frozen=True, slots=True)
class MatterFilter:
    """Which matters are wanted; None: all."""

    owner_id: int | None = None
    department_id: int | None = None
    kind: str | None = None
    form: Form | None = None
    is_overdue: bool = False
    is_closed: bool = False
    """Those closed, the newest first."""


@dataclass(frozen=True, slots=True)
class OpenCount:
    """How many matters are open, overdue, and important."""

    total: int
    overdue: int
    important: int


EVERYTHING = MatterFilter()


_LINES = """
    select matter.id, matter.entry_id, matter.kind, title, owner_id, owner.name as owner_name,
        importance, is_urgent, opened_at, due_at, next_step, revision, closed_at, form, number,
        stage, level, urgency, grade, due_for, asked_rung, decided_rung, reported_at,
        told_rung, coalesce(teller.name, '') as told_by,
        matter.department_id, department.zh, department.en,
        department.is_active as department_is_active, assignee.name as assignee_name,
        entry.caller, entry.phone, entry.unit_text, entry.unit_id, entry.resident_id,
        unit.code as unit_code
    from matter
    join person owner on owner.id = matter.owner_id
    left join person assignee on assignee.id = matter.assignee_id
    left join person teller on teller.id = matter.told_by
    left join department on department.id = matter.department_id
    left join entry on entry.id = matter.entry_id
    left join unit on unit.id = entry.unit_id
"""
# The order of `rules.press`, as the database sorts it.
_AS_THEY_PRESS = """
    order by case
            when urgency = 'life_safety' and due_at < :at then 0
            when urgency = 'life_safety' then 1
            when urgency = 'urgent' then 2
            when due_at < :at then 3
            else 4 end,
        due_at is null, due_at,
        case when importance = 'normal' then 1 else 0 end,
        matter.id
"""
_NEWEST = "order by closed_at desc, matter.id desc"
_TOLD = f"""
    {_LINES} where closed_at is null and told_rung is not null order by matter.id limit :most
"""
_TOLD_AT = """
    select matter_id, max(at) as at from matter_event
    where what = 'answer_told' and matter_id in ({ids}) group by matter_id
"""
_COUNT = """
    select count(*) as total,
        coalesce(sum(case when due_at < :at then 1 else 0 end), 0) as overdue,
        coalesce(sum(case when importance <> 'normal' then 1 else 0 end), 0) as important
    from matter where closed_at is null
"""


def open_matters(
    asked: Session | Reader,
    at: datetime,
    *,
    wanted: MatterFilter = EVERYTHING,
    limit: int = 50,
    offset: int = 0,
) -> tuple[MatterLine, ...]:
    """The matters wanted, as they press (see `rules.press`): emergencies overdue first, then other
    emergencies, urgent ones, those overdue, the rest; in each, what has least time left (9.4).

    Closed ones are listed newest first.
    """
    conditions = ["closed_at is not null" if wanted.is_closed else "closed_at is null"]
    for name in ("owner_id", "department_id", "kind", "form"):
        if getattr(wanted, name) is not None:
            conditions.append(f"matter.{name} = :{name}")
    if wanted.is_overdue:
        conditions.append("due_at < :at")
    order = _NEWEST if wanted.is_closed else _AS_THEY_PRESS
    found = rows(
        asked,
        f"{_LINES} where {' and '.join(conditions)} {order} limit :most offset :passed",
        at=at,
        owner_id=wanted.owner_id,
        department_id=wanted.department_id,
        kind=wanted.kind,
        form=wanted.form,
        most=limit,
        passed=offset,
    )
    return tuple(_line(each, at) for each in found)


def pressing(
    asked: Session | Reader, at: datetime, within: timedelta, *, limit: int = 50
) -> tuple[MatterLine, ...]:
    """What is late or will be within that time, as it presses: it comes up by itself, and stays
    until it is seen to (9.4)."""
    found = rows(
        asked,
        f"{_LINES} where closed_at is null and due_at < :until {_AS_THEY_PRESS} limit :most",
        at=at,
        until=at + within,
        most=limit,
    )
    return tuple(_line(each, at) for each in found)


def unconfirmed(
    asked: Session | Reader, at: datetime, *, most: int
) -> tuple[tuple[MatterLine, datetime], ...]:
    """The matters of which an answer by telephone waits to be confirmed, and since when (9.6)."""
    found = rows(asked, _TOLD, most=most)
    within = listed([each["id"] for each in found])
    noted = {
        each["matter_id"]: instant(each["at"]) for each in rows(asked, _TOLD_AT.format(ids=within))
    }
    return tuple((_line(each, at), noted[each["id"]]) for each in found)


def open_count(asked: Session | Reader, at: datetime) -> OpenCount:
    """How many matters are open."""
    (found,) = rows(asked, _COUNT, at=at)
    return OpenCount(**found)


def lines_of(asked: Session | Reader, ids: Sequence[int], at: datetime) -> tuple[MatterLine, ...]:
    """The matters of those ids, open or closed, in the order of their ids."""
    if not ids:
        return ()
    found = rows(asked, f"{_LINES} where matter.id in ({listed(ids)}) order by matter.id")
    return tuple(_line(each, at) for each in found)


def _line(row: Row, at: datetime) -> MatterLine:
    opened_at, due_at = instant(row["opened_at"]), instant_or_none(row["due_at"])
    closed_at = instant_or_none(row["closed_at"])
    is_open = closed_at is None
    same = (
        "id entry_id kind title owner_id owner_name next_step revision due_for department_id "
        "asked_rung decided_rung told_rung told_by"
    )
    caller = (row["caller"], row["phone"], row["unit_text"], row["unit_id"], row["resident_id"])
    return MatterLine(
        **{name: row[name] for name in same.split()},
        importance=Importance(row["importance"]),
        is_urgent=bool(row["is_urgent"]),
        opened_at=opened_at,
        due_at=due_at,
        unit=row["unit_code"] or row["unit_text"] or "",
        caller=row["caller"] or "",
        is_overdue=is_open and is_overdue(due_at, at),
        waited=max((closed_at or at) - opened_at, timedelta(0)),
        left=None if due_at is None else due_at - at,
        closed_at=closed_at,
        form=Form(row["form"]) if row["form"] else None,
        number=row["number"] or "",
        stage=Stage(row["stage"]),
        level=Level(row["level"]),
        urgency=Urgency(row["urgency"]),
        grade=Grade(row["grade"]) if row["grade"] else None,
        department=(row["zh"], row["en"]) if row["department_id"] else None,
        assignee_name=row["assignee_name"] or "",
        reported_at=instant_or_none(row["reported_at"]),
        phone=row["phone"] or "",
        is_lost=is_open and bool(row["department_id"]) and not row["department_is_active"],
        has_caller=any(caller),
    )
