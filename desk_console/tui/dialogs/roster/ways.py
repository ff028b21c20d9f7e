"""Ways to mend a roster as a table: a shift a row, a way a column, what each costs below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desk_console.foundation.catalogue import Catalogue, message
from desk_console.roster.absence import Changed
from desk_console.roster.findings import shift_name
from desk_console.roster.repair import Repair
from desk_console.rulebook.desk import Desk
from desk_console.tui.widgets.table import Row, Toned

T = "tui.roster"
M = "tui.mending"
_MOST = 3
"""Columns."""


def way_rows(
    desk: Desk,
    shifts: Sequence[Changed],
    ways: Sequence[Repair],
    names: Mapping[int, str],
    cost: int,
    words: Catalogue,
) -> list[Row]:
    """Who has each shift in each way; then how much changes, and what it does to the score."""
    if not ways:
        return []
    rows = [_row(desk, one, names, words) for one in shifts]
    changed = [_count(shifts, index) for index in range(len(ways))]
    rows.append(_sum("changes", [message(f"{M}.shifts", count=n) for n in changed], words))
    worse = [way.cost - cost for way in ways]
    rows.append(
        _sum(
            "cost",
            [
                message(f"{M}.{'worse' if by > 0 else 'better'}", points=abs(by))
                if by
                else message(f"{M}.same")
                for by in worse
            ],
            words,
        )
    )
    if any(way.breaches for way in ways):
        broken = [message(f"{M}.broken", count=len(way.breaches)) for way in ways]
        rows.append(_sum("breaches", broken, words, tone="warning"))
    return rows


def _row(desk: Desk, one: Changed, names: Mapping[int, str], words: Catalogue) -> Row:
    shift = words.text(
        f"{T}.put_said",
        day=f"{one.day:%m-%d}",
        weekday=message(f"roster.weekday_{one.day.weekday()}"),
        shift=shift_name(desk.duty, one.place.plan, one.place.post),
    )
    cells = [_cell(one.now, people, names, words) for people in one.ways]
    key = f"{one.day}/{one.place.plan}/{one.place.post}"
    return Row(key, (shift, *cells, *[""] * (_MOST - len(cells))))


def _cell(
    now: tuple[int, ...], people: tuple[int, ...], names: Mapping[int, str], words: Catalogue
) -> str | Toned:
    if people == now:
        return Toned(words.text(f"{M}.unchanged"), "muted")
    comes = [names.get(one, "") for one in people if one not in now]
    if not comes:
        return Toned(words.text(f"{M}.missing"), "overdue")
    return words.value(comes)


def _count(shifts: Sequence[Changed], way: int) -> int:
    return sum(one.ways[way] != one.now for one in shifts)


def _sum(name: str, said: Sequence[object], words: Catalogue, *, tone: str = "muted") -> Row:
    cells = [Toned(words.value(one), tone) for one in said]
    return Row(
        name,
        (
            Toned(words.text(f"{M}.row_{name}"), "muted"),
            *cells,
            *[""] * (_MOST - len(cells)),
        ),
    )
