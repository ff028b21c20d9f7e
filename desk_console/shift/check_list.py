"""A checklist as it stands: its lines with the newest answers, asked in plain SQL; see
`foundation.reading`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from desk_console.foundation.reading import Row, instant, rows
from desk_console.foundation.refusal import ALLOWED, Verdict, refuse
from desk_console.rulebook.records import DutyRules, Topic
from desk_console.shift.codes import CheckKind

if TYPE_CHECKING:
    from sqlmodel import Session

    from desk_console.foundation.reading import Reader

_ITEMS = """
    select id, code, zh, en, clause from check_item
    where kind = :kind and is_active order by position, id
"""
_ANSWERS = """
    select item_id, is_ok, note, at from check_answer
    where {of} = :id and (:since is null or at >= :since) order by id
"""


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One line of a checklist with its newest answer. `is_ok` is None until it was answered."""

    item_id: int
    kind: CheckKind
    code: str
    zh: str
    en: str
    clause: str | None
    is_ok: bool | None = None
    note: str = ""
    answered_at: datetime | None = None


def start_verdict(lines: tuple[CheckLine, ...], duty: DutyRules) -> Verdict:
    """Has the shift started? Not while an opening check stands unanswered (7.9)."""
    unanswered = [line for line in lines if line.is_ok is None]
    if unanswered:
        return refuse(duty.cite(Topic.OPENING_CHECKS), "shift.not_started", count=len(unanswered))
    return ALLOWED


def lines(
    asked: Session | Reader,
    kind: CheckKind,
    *,
    shift_id: int | None = None,
    attendance_id: int | None = None,
    since: datetime | None = None,
) -> tuple[CheckLine, ...]:
    """A checklist, each line with the newest answer given in that shift or at that sign-on, `since`
    then where that is said.
    """
    items = rows(asked, _ITEMS, kind=kind)
    if not items:
        return ()
    of, id = ("shift_id", shift_id) if attendance_id is None else ("attendance_id", attendance_id)
    answers = rows(asked, _ANSWERS.format(of=of), id=id, since=since)
    given = {each["item_id"]: each for each in answers}
    return tuple(_line(item, kind, given.get(item["id"])) for item in items)


def _line(item: Row, kind: CheckKind, given: Row | None) -> CheckLine:
    return CheckLine(
        item_id=item["id"],
        kind=kind,
        code=item["code"],
        zh=item["zh"],
        en=item["en"],
        clause=item["clause"],
        is_ok=bool(given["is_ok"]) if given else None,
        note=given["note"] if given else "",
        answered_at=instant(given["at"]) if given else None,
    )
