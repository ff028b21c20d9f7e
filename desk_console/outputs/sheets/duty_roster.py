"""The roster for the notice board (值班安排表): a line a date, a column a shift, then the phones.

It shows what is published now; a month with dates that nobody has published says so.
"""

from __future__ import annotations

from datetime import date, timedelta

from sqlmodel import Session

from desk_console.foundation.catalogue import Catalogue
from desk_console.outputs.sheets.model import (
    Column,
    Fields,
    Grid,
    Label,
    Prose,
    Sheet,
    given,
    joined,
    label,
    stamp,
)
from desk_console.roster.findings import shift_name
from desk_console.roster.sheet import DayHead, RosterMonth, Slot
from desk_console.roster.views import month as month_of_roster
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import role_key

Place = tuple[str, str]
"""A plan at a post: a column of the sheet."""


def duty_roster(session: Session, desk: Desk, words: Catalogue, day: date) -> Sheet:
    """The month that a day lies in, as it is published now."""
    month = month_of_roster(session, desk, day)
    title = label("duty_roster")
    name = f"{month.first_day:%Y-%m}"
    return Sheet(
        title=title,
        site=desk.site.name,
        file=f"{title.first(words.language)}-{name}",
        blocks=(_head(month, words), _days(month, desk, words), _people(month, words), _notes()),
        number=name,
    )


def _head(month: RosterMonth, words: Catalogue) -> Fields:
    newest = month.versions[0] if month.versions else None
    published = stamp(newest.published_at, words) if newest else words.text(_NOT_PUBLISHED)
    late = words.text("outputs.sheets.published_late") if newest and newest.is_late else ""
    return Fields(
        (
            given("prepared_by", newest.drafted_by if newest else ""),
            given("reviewed_by", newest.published_by if newest else ""),
            given("published_on", joined((published, late))),
        )
    )


_NOT_PUBLISHED = "outputs.sheets.not_published"


def _days(month: RosterMonth, desk: Desk, words: Catalogue) -> Grid:
    turns = [slot.occurrence for slot in month.slots]
    places = list(dict.fromkeys((one.plan_code, one.post_code) for one in turns))
    names = {line.person.id: line.person.name for line in month.people}
    return Grid(
        columns=(
            Column(label("date"), 6, is_centred=True),
            Column(label("weekday"), 8, is_centred=True),
            *(Column(_heading(desk, place), 16, is_centred=True) for place in places),
            Column(label("remarks"), 14),
        ),
        rows=tuple(_day(month, head, places, names, words) for head in month.days),
        is_small=True,
    )


def _heading(desk: Desk, place: Place) -> Label:
    zh, en = (Catalogue(each).text(shift_name(desk.duty, *place)) for each in ("zh", "en"))
    plan = desk.duty.shift(place[0])
    hours = f" {plan.start:%H:%M}–{plan.end:%H:%M}" if plan else ""
    return Label(zh + hours, en)


def _day(
    month: RosterMonth,
    head: DayHead,
    places: list[Place],
    names: dict[int, str],
    words: Catalogue,
) -> tuple[str, ...]:
    slots = {
        (slot.occurrence.plan_code, slot.occurrence.post_code): slot for slot in month.on(head.day)
    }
    weekday = words.text(f"roster.weekday_{head.day.weekday()}")
    cells = tuple(_cell(slots.get(place), names, words) for place in places)
    return (str(head.day.day), weekday, *cells, _remark(head, slots, words))


def _cell(slot: Slot | None, names: dict[int, str], words: Catalogue) -> str:
    if slot is None:
        return "—"
    return words.value([names.get(one.person_id, "") for one in slot.people])


def _remark(head: DayHead, slots: dict[Place, Slot], words: Catalogue) -> str:
    named = words.either(head.special.zh, head.special.en) if head.special else ""
    missing = sum(slot.missing for slot in slots.values() if slot.occurrence.within is None)
    gap = words.text("outputs.sheets.gap", count=missing) if missing else ""
    return joined((named, gap))


def _people(month: RosterMonth, words: Catalogue) -> Grid:
    return Grid(
        columns=(
            Column(label("name"), 12),
            Column(label("role"), 16),
            Column(label("phone"), 16),
            Column(label("shifts"), 7, is_centred=True),
            Column(label("hours"), 8, is_centred=True),
            Column(label("nights"), 7, is_centred=True),
            Column(label("weekends"), 8, is_centred=True),
            Column(label("holidays"), 8, is_centred=True),
        ),
        rows=tuple(
            (
                line.person.name,
                words.value([words.text(role_key(role)) for role in sorted(line.person.roles)]),
                line.person.phone,
                str(line.month.shifts),
                f"{timedelta(minutes=line.month.minutes) / timedelta(hours=1):g}",
                str(line.month.nights),
                str(line.month.weekends),
                str(line.month.holidays),
            )
            for line in month.people
            if line.month.shifts or line.placed
        ),
        title=label("contacts"),
        is_small=True,
    )


def _notes() -> Prose:
    return Prose(label("remarks"), "", lines=1)
