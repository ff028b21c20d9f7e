"""The roster of a month as a file: a spreadsheet, a calendar, a sheet to print; on record.

It shows what is published. It holds staff's telephones and nothing of residents, so everybody who
works here may take it along.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

from desk_console.foundation.canonical import sha256
from desk_console.foundation.catalogue import Catalogue, Language
from desk_console.outputs import tables
from desk_console.outputs.calendar import calendar, of_month
from desk_console.outputs.files import whole
from desk_console.outputs.roster_table import roster_table
from desk_console.outputs.sheets.making import Wanted, make, place_for
from desk_console.outputs.sheets.model import label
from desk_console.people.authority import authorised
from desk_console.people.records import PersonView
from desk_console.people.rules import Right
from desk_console.roster.views import month as month_of_roster
from desk_console.rulebook.desk import Desk

Format = Literal["csv", "xlsx", "ics", "html", "pdf"]
FORMATS: tuple[Format, ...] = ("csv", "xlsx", "ics", "html", "pdf")


def export_roster(
    desk: Desk,
    person: PersonView,
    day: date,
    out: Path | None = None,
    *,
    format: Format,
    language: Language,
    only_person_id: int | None = None,
) -> Path:
    """Writes the month that a day lies in as a new file; returns it. Off the loop. Without `out` it
    is put into the folder of sheets.

    `only_person_id` makes a calendar of one person's duties. Refuses a taken name, a full disk, and
    PDF without a font.
    """
    if format == "html" or format == "pdf":
        made = make(desk, person, Wanted("roster", day), language=language, format=format, out=out)
        return made.path
    words = Catalogue(language, desk.zone)
    with desk.reading() as session:
        authorised(session, person.id, Right.LOG, desk.duty)
        month = month_of_roster(session, desk, day)
    if out is None:
        name = f"{label('duty_roster').first(language)}-{month.first_day:%Y-%m}"
        out = place_for(desk, name, format)
    with whole(out) as unfinished:
        if format == "ics":
            own = of_month(month, person_id=only_person_id)
            unfinished.write_bytes(calendar(desk, words, own, names_people=only_person_id is None))
        else:
            tables.fill(unfinished, roster_table(month, desk, words), format=format)
        _on_record(desk, person, day, format, unfinished)
    return out


def _on_record(desk: Desk, person: PersonView, day: date, format: Format, made: Path) -> None:
    with desk.transaction() as work:
        authorised(work.session, person.id, Right.LOG, desk.duty)
        work.journal(
            "outputs.roster_exported",
            by=person.id,
            subject=f"roster:{day:%Y-%m}",
            format=format,
            digest=sha256(made.read_bytes()),
        )
