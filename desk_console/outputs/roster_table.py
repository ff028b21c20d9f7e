"""The roster of a month as a table for a spreadsheet: one row for each shift and person."""

from __future__ import annotations

from collections.abc import Iterator

from desk_console.foundation.catalogue import Catalogue
from desk_console.outputs.tables import Cell, Table, TableColumn
from desk_console.roster.findings import shift_name
from desk_console.roster.sheet import RosterMonth
from desk_console.rulebook.desk import Desk

_COLUMNS = (
    ("date", 12),
    ("weekday", 9),
    ("shift", 14),
    ("from", 18),
    ("to", 18),
    ("staff_no", 10),
    ("name_of", 14),
    ("phone", 16),
    ("remarks", 20),
)


def roster_table(month: RosterMonth, desk: Desk, words: Catalogue) -> Table:
    """The table; a shift that wants people has a row without a name for each of them."""
    return Table(
        name=words.text("outputs.roster.name", month=f"{month.first_day:%Y-%m}"),
        columns=[
            TableColumn(words.text(f"outputs.roster.{name}"), letters) for name, letters in _COLUMNS
        ],
        rows=_rows(month, desk, words),
        zone=desk.zone,
    )


def _rows(month: RosterMonth, desk: Desk, words: Catalogue) -> Iterator[tuple[Cell, ...]]:
    people = {line.person.id: line.person for line in month.people}
    heads = {head.day: head for head in month.days}
    for slot in month.slots:
        one = slot.occurrence
        special = heads[one.day].special if one.day in heads else None
        begins = (
            one.day,
            words.text(f"roster.weekday_{one.day.weekday()}"),
            words.text(shift_name(desk.duty, one.plan_code, one.post_code)),
            one.begins_at,
            one.ends_at,
        )
        remark = words.either(special.zh, special.en) if special else ""
        for placed in slot.people:
            person = people.get(placed.person_id)
            if person is not None:
                yield (*begins, person.staff_no, person.name, person.phone, remark)
        if one.within is None:
            gap = words.text("outputs.roster.gap")
            for _ in range(slot.missing):
                yield (*begins, "", "", "", f"{gap} {remark}".strip())
