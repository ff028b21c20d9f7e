"""The two faces of a month: by person and day, and by day and shift.

Each cell says in a sign what it is, so that nothing hangs on a colour: the shift's own sign, 假 for
leave, and behind it ! for a clash, = for a fixed cell, * for a change, + for a turn within.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desk_console.foundation.catalogue import Catalogue
from desk_console.roster.findings import hours, shift_name
from desk_console.roster.problem import Draft
from desk_console.roster.sheet import DayHead, PersonLine, Placed, RosterMonth, Slot
from desk_console.rulebook.records import DutyRules
from desk_console.tui.screens.roster.under import GAPS
from desk_console.tui.widgets.grid import GridCell, GridPage, GridRow
from desk_console.tui.widgets.plain import width

T = "tui.roster"
DAY_CELLS = 3
NAME_CELLS = 9
PHONE_CELLS = 13
WIDE = 120
"""Cells from which telephone numbers stand beside the names."""
_FIGURES = 4
_DATE_CELLS = 16
"""Date, weekday, and `today` or what kind of day it is."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a face is made from."""

    month: RosterMonth
    duty: DutyRules
    words: Catalogue
    today: date
    width: int
    changed: Draft = frozenset()
    """The cells of a draft that differ from what is published."""


def signs(duty: DutyRules, words: Catalogue) -> Mapping[str, str]:
    """The sign of each shift, by plan: the first of its name, or the first two where they clash."""
    names = {plan.code: words.either(plan.zh, plan.en) for plan in duty.shifts}
    first = [names[plan.code][:1] for plan in duty.shifts if plan.within is None]
    return {
        code: name[:1] if first.count(name[:1]) <= 1 or width(name[:1]) > 1 else name[:2]
        for code, name in names.items()
    }


def by_person(shown: Shown) -> GridPage:
    """People as rows, days as columns, their figures at the end; the last row tells the gaps."""
    month, words = shown.month, shown.words
    has_phones = shown.width >= WIDE
    clashes = _clashes(month)
    heads = tuple(_head(head, shown) for head in month.days)
    rows = [
        GridRow(
            key=str(line.person.id),
            label=_label(line, has_phones=has_phones),
            cells=tuple(_person_cell(line, head, clashes, shown) for head in month.days),
            tail=_figures(line),
        )
        for line in month.people
    ]
    gaps = _gap_cells(shown)
    if any(cell.text for cell in gaps):
        rows.append(GridRow(GAPS, words.text(f"{T}.gaps"), gaps, tone="overdue"))
    names = "".join(f"{words.text(f'{T}.fig_{one}'):>{_pad(words, one)}}" for one in _COLUMNS)
    return GridPage(
        heads=heads,
        keys=tuple(head.day.isoformat() for head in month.days),
        rows=tuple(rows),
        cells=(DAY_CELLS,) * len(heads),
        label=("", words.text(f"{T}.name")),
        label_cells=NAME_CELLS + (PHONE_CELLS if has_phones else 0),
        tail=(words.text(f"{T}.fig_month"), names),
        tail_cells=_FIGURES * len(_COLUMNS) + 1,
    )


def by_shift(shown: Shown) -> GridPage:
    """Days as rows, shifts as columns, the people with their telephone numbers in the cells."""
    month, words, duty = shown.month, shown.words, shown.duty
    places = list(
        dict.fromkeys(
            (slot.occurrence.plan_code, slot.occurrence.post_code) for slot in month.slots
        )
    )
    names = {line.person.id: line for line in month.people}
    by_place = {
        (slot.occurrence.day, slot.occurrence.plan_code, slot.occurrence.post_code): slot
        for slot in month.slots
    }
    room = max(14, (shown.width - _DATE_CELLS) // max(1, len(places)))
    cells = min(room, 44)
    rows = []
    for head in month.days:
        row = tuple(
            _shift_cell(by_place.get((head.day, *place)), names, shown, cells) for place in places
        )
        top, below = _head(head, shown)
        label = f"{head.day:%m-%d} {words.text(f'roster.weekday_{head.day.weekday()}')}"
        special = f" {below.text}" if head.special else ""
        if head.day == shown.today:
            special = f" {words.text(f'{T}.cell_today')}"
        rows.append(GridRow(head.day.isoformat(), label + special, row, tone=top.tone))
    titles = tuple(
        (
            GridCell(words.text(shift_name(duty, plan, post))),
            GridCell(_hours(duty, plan), "muted"),
        )
        for plan, post in places
    )
    return GridPage(
        heads=titles,
        keys=tuple(f"{plan}/{post}" for plan, post in places),
        rows=tuple(rows),
        cells=(cells,) * len(places),
        label=("", words.text(f"{T}.date")),
        label_cells=_DATE_CELLS,
    )


def legend(shown: Shown) -> str:
    """What the signs mean, in one line."""
    words = shown.words
    own = [
        f"{sign} {words.either(plan.zh, plan.en)}"
        for plan, sign in zip(shown.duty.shifts, signs(shown.duty, words).values(), strict=True)
        if plan.within is None
    ]
    return "  ".join([*own, words.text(f"{T}.legend")])


_COLUMNS = ("shifts", "hours", "nights", "weekends", "holidays")


def _pad(words: Catalogue, name: str) -> int:
    """How far a figure's name is moved to stand over it: by cells, not by signs."""
    said = words.text(f"{T}.fig_{name}")
    return _FIGURES - (width(said) - len(said))


def _figures(line: PersonLine) -> str:
    tally = line.month
    figures = (tally.shifts, hours(tally.minutes // 60 * 60), tally.nights, tally.weekends)
    return "".join(f"{one:>{_FIGURES}}" for one in (*figures, tally.holidays))


def _label(line: PersonLine, *, has_phones: bool) -> str:
    name = line.person.name
    if not has_phones:
        return name
    return name + " " * max(1, NAME_CELLS - width(name)) + line.person.phone


def _head(head: DayHead, shown: Shown) -> tuple[GridCell, GridCell]:
    words = shown.words
    is_today = head.day == shown.today
    number = GridCell(f"{head.day.day:>2}", "now" if is_today else "")
    if head.special is not None:
        return number, GridCell(words.text(f"{T}.day_{head.special.kind}"), "warning")
    letter = words.text(f"{T}.letter_{head.day.weekday()}")
    if is_today:
        return number, GridCell(words.text(f"{T}.day_today"), "now")
    return number, GridCell(letter, "" if head.is_weekend else "muted")


def _clashes(month: RosterMonth) -> set[tuple[int, date]]:
    return {
        (one.person_id, one.day)
        for one in month.findings
        if one.kind == "clash" and one.person_id is not None and one.day is not None
    }


def _person_cell(
    line: PersonLine, head: DayHead, clashes: set[tuple[int, date]], shown: Shown
) -> GridCell:
    placed = line.placed.get(head.day, ())
    whole = [one for one in placed if not _is_within(one, shown.duty)]
    is_clash = (line.person.id, head.day) in clashes
    if not whole and not placed:
        if head.day in line.leave:
            return GridCell(shown.words.text(f"{T}.sign_leave"), "warning")
        if head.day in line.wishes:
            return GridCell(shown.words.text(f"{T}.sign_wish"), "muted")
        return GridCell("." if head.is_working else "", "muted")
    found = signs(shown.duty, shown.words)
    text = "".join(found.get(one.plan_code, "?") for one in (whole or placed)[:1])
    is_changed = any(_cell(one) in shown.changed for one in placed) or any(
        one.cause for one in placed
    )
    if is_clash or len(whole) > 1:
        return GridCell(f"{text}!", "overdue")
    if any(one.is_pinned for one in placed):
        return GridCell(f"{text}=", "strong")
    if is_changed:
        return GridCell(f"{text}*", "changed")
    mark = "+" if len(placed) > len(whole) and whole else ""
    return GridCell(f"{text}{mark}", "strong" if _is_night(whole, shown) else "")


def _cell(one: Placed) -> tuple[date, str, str, int]:
    return one.day, one.plan_code, one.post_code, one.person_id


def _is_within(one: Placed, duty: DutyRules) -> bool:
    plan = duty.shift(one.plan_code)
    return plan is not None and plan.within is not None


def _is_night(placed: list[Placed], shown: Shown) -> bool:
    nights = {slot.occurrence.plan_code for slot in shown.month.slots if slot.is_night}
    return any(one.plan_code in nights for one in placed)


def _gap_cells(shown: Shown) -> tuple[GridCell, ...]:
    cells = []
    for head in shown.month.days:
        missing = sum(
            slot.missing for slot in shown.month.on(head.day) if slot.occurrence.within is None
        )
        cells.append(GridCell(f"{missing:>2}" if missing else "", "overdue"))
    return tuple(cells)


def _shift_cell(
    slot: Slot | None, names: Mapping[int, PersonLine], shown: Shown, cells: int
) -> GridCell:
    if slot is None:
        return GridCell()
    clashes = _clashes(shown.month)
    said = _people(slot, names, shown, clashes, has_phones=slot.occurrence.within is None)
    if width(said) > cells - 1:
        said = _people(slot, names, shown, clashes, has_phones=False)
    tone = "overdue" if slot.missing or "!" in said else ""
    return GridCell(said, tone)


def _people(
    slot: Slot,
    names: Mapping[int, PersonLine],
    shown: Shown,
    clashes: set[tuple[int, date]],
    *,
    has_phones: bool,
) -> str:
    people = []
    for one in slot.people:
        line = names.get(one.person_id)
        name = line.person.name if line else "?"
        mark = "!" if (one.person_id, one.day) in clashes else "=" if one.is_pinned else ""
        if not mark and (one.cause or _cell(one) in shown.changed):
            mark = "*"
        phone = f" {line.person.phone}" if line and has_phones else ""
        people.append(f"{name}{mark}{phone}")
    if slot.missing and slot.occurrence.within is None:
        people.append(shown.words.text(f"{T}.missing", count=slot.missing))
    elif slot.missing:
        people.append(shown.words.text(f"{T}.missing_turn"))
    return ("  " if has_phones else " ").join(people)


def _hours(duty: DutyRules, plan_code: str) -> str:
    plan = duty.shift(plan_code)
    return f"{plan.start:%H:%M}-{plan.end:%H:%M}" if plan else ""
