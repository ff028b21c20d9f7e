"""The duty log of a date (值班记录表), and its night's (夜间值班记录表, clause 6.5)."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from desk_console.foundation.catalogue import Catalogue
from desk_console.log.rules import is_night
from desk_console.log.views import LogFilter, night_record
from desk_console.outputs.sheets.entries import Told, every, told
from desk_console.outputs.sheets.model import (
    Fields,
    Grid,
    Prose,
    Sheet,
    Signatures,
    Signed,
    column,
    given,
    label,
)
from desk_console.people import views as people
from desk_console.rulebook.desk import Desk
from desk_console.shift.records import Attendance
from desk_console.shift.views import attendance_of

_WEEKDAYS = ("周一 Mon", "周二 Tue", "周三 Wed", "周四 Thu", "周五 Fri", "周六 Sat", "周日 Sun")


def day_log(
    session: Session, desk: Desk, words: Catalogue, day: date, *, is_night_only: bool = False
) -> Sheet:
    """What the shifts that began on a date wrote, oldest first; by night, only the nights' (6.5).

    The night belongs to the date on which it begins.
    """
    lines = (
        night_record(session, day, desk.duty)
        if is_night_only
        else every(session, LogFilter(shift_day=day))
    )
    nights = {rule.code for rule in desk.duty.shifts if is_night(rule)}
    present = [
        each
        for each in attendance_of(session, day)
        if not is_night_only or each.plan_code in nights
    ]
    title = "night_log" if is_night_only else "day_log"
    return Sheet(
        title=label(title),
        site=desk.site.name,
        file=f"{label(title).first(words.language)}-{day.isoformat()}",
        blocks=(
            _head(session, desk, words, day, present),
            _lines(told(session, lines, words), words),
            Prose(label("summary"), "", lines=3),
            Signatures((Signed(label("on_duty")), Signed(label("checked_by")))),
        ),
        is_landscape=True,
        notes=(label("corrected_note"),) if any(line.additions for line in lines) else (),
        has_personal_data=bool(lines),
    )


def dated(day: date) -> str:
    """A date with its weekday in both languages."""
    return f"{day.isoformat()} {_WEEKDAYS[day.weekday()]}"


def _head(
    session: Session, desk: Desk, words: Catalogue, day: date, present: list[Attendance]
) -> Fields:
    plans = {rule.code: rule for rule in desk.duty.shifts}
    named = {each.person_id: people.person(session, each.person_id) for each in present}
    names = {key: one.name for key, one in named.items() if one is not None}
    shifts = [plans[each.plan_code] for each in present if each.plan_code in plans]
    shifts = list(dict.fromkeys(sorted(shifts, key=lambda rule: rule.start)))
    return Fields(
        (
            given("date", dated(day)),
            given("shift", words.value([words.either(rule.zh, rule.en) for rule in shifts])),
            given("weather", ""),
            given("on_duty", words.value(list(dict.fromkeys(names.values())))),
            given(
                "from_to", words.value([f"{rule.start:%H:%M}–{rule.end:%H:%M}" for rule in shifts])
            ),
            given(
                "on_post",
                words.value(
                    [f"{names.get(each.person_id, '')} {_span(each, words)}" for each in present]
                ),
                wide=True,
            ),
        )
    )


def _span(each: Attendance, words: Catalogue) -> str:
    left = words.clock(each.left_at) if each.left_at else ""
    return f"{words.clock(each.arrived_at)}–{left}"


def _lines(lines: tuple[Told, ...], words: Catalogue) -> Grid:
    return Grid(
        columns=(
            column("time", 6, centred=True),
            column("source", 7, centred=True),
            column("event", 34),
            column("action", 20),
            column("result", 20),
            column("handed_on", 9),
            column("recorder", 8, centred=True),
        ),
        rows=tuple(
            (
                words.clock(each.line.at),
                words.text(f"log.kind_{each.line.kind}"),
                each.event,
                each.action,
                each.result,
                each.departments,
                each.line.person_name,
            )
            for each in lines
        ),
    )
