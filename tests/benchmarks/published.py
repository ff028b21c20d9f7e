"""The original text format of the published shift-scheduling problems, as problems of ours.

The rules at the edges are the publishers': a run or a stretch of days off that touches the first or
the last day is not too short; a weekend counts when its Saturday or its Sunday is worked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from desk_console.roster.problem import Demand, Law, Member, Place, Problem, Wish

POST = "desk"
FIRST_DAY = date(2024, 1, 1)
"""A Monday, as the format wants its day 0 to be."""


def read(path: Path) -> Problem:
    """The problem that a file states."""
    sections = dict(_sections(path.read_text(encoding="utf-8-sig")))
    length = int(sections["SECTION_HORIZON"][0][0])
    minutes = {line[0]: int(line[1]) for line in sections["SECTION_SHIFTS"]}
    forbidden = frozenset(
        (Place(line[0], POST), Place(after, POST))
        for line in sections["SECTION_SHIFTS"]
        for after in _split(line[2] if len(line) > 2 else "")
    )
    leave = {
        line[0]: frozenset(_day(one) for one in line[1:]) for line in sections["SECTION_DAYS_OFF"]
    }
    numbers = {line[0]: number for number, line in enumerate(sections["SECTION_STAFF"])}
    return Problem(
        first_day=FIRST_DAY,
        last_day=_day(length - 1),
        members=tuple(
            _member(numbers[line[0]], line, leave.get(line[0], frozenset()))
            for line in sections["SECTION_STAFF"]
        ),
        demands=tuple(_demand(line, minutes) for line in sections["SECTION_COVER"]),
        forbidden=forbidden,
        wishes=tuple(_wishes(sections, numbers)),
        law=Law(week_minutes=None, rest_day_in=None, overtime_minutes=None),
    )


def _sections(text: str) -> Iterator[tuple[str, list[list[str]]]]:
    name, lines = "", list[list[str]]()
    for line in (raw.strip() for raw in text.splitlines()):
        if line.startswith("SECTION_"):
            yield name, lines
            name, lines = line, []
        elif line and not line.startswith("#"):
            lines.append([field.strip() for field in line.split(",")])
    yield name, lines


def _member(number: int, line: list[str], leave: frozenset[date]) -> Member:
    most = {
        Place(plan, POST): int(limit)
        for plan, limit in (pair.split("=") for pair in _split(line[1]))
    }
    return Member(
        person=number,
        places=frozenset(place for place, limit in most.items() if limit),
        most_shifts=most,
        most_minutes=int(line[2]),
        least_minutes=int(line[3]),
        longest_run=int(line[4]),
        shortest_run=int(line[5]),
        shortest_break=int(line[6]),
        most_weekends=int(line[7]),
        leave=leave,
    )


def _demand(line: list[str], minutes: Mapping[str, int]) -> Demand:
    day, plan = _day(line[0]), line[1]
    begins_at = datetime.combine(day, time(), tzinfo=UTC)
    return Demand(
        day=day,
        plan=plan,
        post=POST,
        begins_at=begins_at,
        ends_at=begins_at + timedelta(minutes=minutes[plan]),
        minutes=minutes[plan],
        wanted=int(line[2]),
        is_firm=False,
        weight_under=int(line[3]),
        weight_over=int(line[4]),
    )


def _wishes(sections: Mapping[str, list[list[str]]], numbers: Mapping[str, int]) -> Iterator[Wish]:
    for section, is_on in (
        ("SECTION_SHIFT_ON_REQUESTS", True),
        ("SECTION_SHIFT_OFF_REQUESTS", False),
    ):
        for who, day, plan, weight in sections.get(section, []):
            yield Wish(numbers[who], _day(day), Place(plan, POST), is_on, int(weight))


def _day(number: str | int) -> date:
    return FIRST_DAY + timedelta(days=int(number))


def _split(text: str) -> list[str]:
    return [part for part in text.split("|") if part]
