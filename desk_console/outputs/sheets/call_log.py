"""The call and visitor log of a date (来电来访登记表): calls, visits and messages, in order."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session

from desk_console.foundation.catalogue import Catalogue
from desk_console.log.records import EntryKind
from desk_console.log.views import EntryLine, day_filter
from desk_console.matters.views import MatterLine, of_entries
from desk_console.outputs.sheets.day_log import dated
from desk_console.outputs.sheets.entries import Told, every, told
from desk_console.outputs.sheets.model import Fields, Grid, Sheet, column, given, joined, label
from desk_console.rulebook.desk import Desk

_KINDS = frozenset({EntryKind.CALL, EntryKind.VISIT, EntryKind.MESSAGE})


def call_log(session: Session, desk: Desk, words: Catalogue, day: date) -> Sheet:
    """Who called, came or wrote on a calendar day."""
    lines = [line for line in every(session, day_filter(day, desk.zone)) if line.kind in _KINDS]
    matters = of_entries(session, [line.id for line in lines], desk.now())
    rows = tuple(
        _row(number, each, matters.get(each.line.id), words)
        for number, each in enumerate(told(session, lines, words), start=1)
    )
    return Sheet(
        title=label("call_log"),
        site=desk.site.name,
        file=f"{label('call_log').first(words.language)}-{day.isoformat()}",
        blocks=(
            Fields((given("date", dated(day)), given("count", str(len(rows)))), across=2),
            Grid(_COLUMNS, rows),
        ),
        is_landscape=True,
        notes=(label("corrected_note"),) if any(line.additions for line in lines) else (),
        has_personal_data=bool(lines),
    )


_COLUMNS = (
    column("serial", 4, centred=True),
    column("time", 6, centred=True),
    column("rings", 5, centred=True),
    column("channel", 7, centred=True),
    column("name", 8),
    column("unit", 10),
    column("phone", 12),
    column("category", 7, centred=True),
    column("content", 24),
    column("handling", 20),
    column("passed_to", 8),
    column("order_no", 10, centred=True),
    column("replied_at", 7, centred=True),
    column("recorder", 8, centred=True),
)


def _row(number: int, each: Told, matter: MatterLine | None, words: Catalogue) -> tuple[str, ...]:
    line = each.line
    return (
        str(number),
        words.clock(line.at),
        "" if line.rings is None else str(line.rings),
        words.text(f"log.channel_{line.channel}"),
        line.caller,
        line.unit,
        line.phone,
        words.text(f"log.category_{line.category_now}"),
        each.content,
        joined((each.action, each.result), "\n"),
        each.departments,
        (matter.number or f"#{matter.id}") if matter else "",
        _replied(line, matter, words),
        line.person_name,
    )


def _replied(line: EntryLine, matter: MatterLine | None, words: Catalogue) -> str:
    """When it was settled: at once, or when the matter that it left open was closed."""
    at: datetime | None = line.recorded_at if matter is None else matter.closed_at
    if at is None:
        return ""
    is_same_day = words.moment(at)[:5] == words.moment(line.at)[:5]
    return words.clock(at) if is_same_day else words.moment(at).replace(" ", "\n")
