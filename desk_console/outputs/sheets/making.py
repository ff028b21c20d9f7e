"""Making a sheet: who may, on record, and the file in its folder.

A sheet with residents' data on it is an export: it is made by people on duty, or by those who may
take data out, and the journal says who made which (4.9).
"""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

from sqlmodel import Session

from desk_console.foundation.canonical import sha256
from desk_console.foundation.catalogue import Catalogue, Language, Message, message
from desk_console.foundation.refusal import ALLOWED, Refusal, Verdict, refuse
from desk_console.foundation.text import visible
from desk_console.log.presence import Presence, presence
from desk_console.outputs.files import whole
from desk_console.outputs.sheets.agreement import agreement
from desk_console.outputs.sheets.call_log import call_log
from desk_console.outputs.sheets.day_log import day_log
from desk_console.outputs.sheets.duty_roster import duty_roster
from desk_console.outputs.sheets.handover_record import handover_record
from desk_console.outputs.sheets.html import html
from desk_console.outputs.sheets.matter_forms import complaint, next_day, work_order
from desk_console.outputs.sheets.model import Printed, Sheet
from desk_console.outputs.sheets.patrol_record import patrol_record
from desk_console.outputs.sheets.pdf import pdf
from desk_console.people.authority import authorised
from desk_console.people.records import PersonView
from desk_console.people.rules import Right, may
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import DutyRules
from desk_console.rulebook.topics import Topic

Format = Literal["html", "pdf"]
FORMATS: tuple[Format, ...] = ("html", "pdf")

FOLDER = "sheets"
"""Below the folder of the database: where sheets are put that nobody gave a place."""

_UNFIT_FOR_NAMES = str.maketrans('\\/:*?"<>|', "_" * 9)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which sheet: the form's name, and the date or the record that it is of."""

    form: str
    day: date | None = None
    of: str = ""
    """The number of the record: of a handover, a work order, a patrol; a staff number."""

    @property
    def is_of_residents(self) -> bool:
        """May residents' data stand on it?"""
        return self.form not in OF_STAFF

    @property
    def subject(self) -> str:
        """How the journal names it."""
        return f"sheet:{self.form}:{self.day.isoformat() if self.day else self.of}"


@dataclass(frozen=True, slots=True)
class Made:
    """A sheet that was made."""

    path: Path
    format: Format
    lacks_font: bool = False
    """PDF was wanted, and there is no font for it: this is the HTML sheet."""
    problem: Message | None = None
    """What went wrong after it was kept: the viewer did not start."""


Maker = Callable[[Session, Desk, Catalogue, Wanted], Sheet]


def _day_of(wanted: Wanted) -> date:
    if wanted.day is None:
        raise LookupError(f"{wanted.form} is of a date")
    return wanted.day


MAKERS: dict[str, Maker] = {
    "log": lambda session, desk, words, wanted: day_log(session, desk, words, _day_of(wanted)),
    "night": lambda session, desk, words, wanted: day_log(
        session, desk, words, _day_of(wanted), is_night_only=True
    ),
    "calls": lambda session, desk, words, wanted: call_log(session, desk, words, _day_of(wanted)),
    "roster": lambda session, desk, words, wanted: duty_roster(
        session, desk, words, _day_of(wanted)
    ),
    "handover": lambda session, desk, words, wanted: handover_record(
        session, desk, words, wanted.of
    ),
    "work-order": lambda session, desk, words, wanted: work_order(session, desk, words, wanted.of),
    "complaint": lambda session, desk, words, wanted: complaint(session, desk, words, wanted.of),
    "patrol": lambda session, desk, words, wanted: patrol_record(session, desk, words, wanted.of),
    "agreement": lambda session, desk, words, wanted: agreement(session, desk, words, wanted.of),
    "next-day": lambda session, desk, words, wanted: next_day(session, desk, words, wanted.of),
}
"""Every form by its name, as the command line knows it."""

OF_STAFF = frozenset({"roster", "agreement"})
"""Forms on which only staff stand, no residents."""

OF_A_DAY = frozenset({"log", "night", "calls", "roster"})
"""Forms of a date; the others are of one record."""


def sheet_verdict(
    person: PersonView, where: Presence | None, duty: DutyRules, *, is_personal: bool
) -> Verdict:
    """May this person make this sheet now? With residents' data: on duty, or with the right to
    take data out (4.9).
    """
    if not is_personal or may(person, Right.EXPORT, duty).is_allowed:
        return ALLOWED
    allowed = may(person, Right.READ_RESIDENTS, duty)
    if allowed.is_allowed and where is None:
        clause = duty.cite(Topic.CONFIDENTIALITY)
        return refuse(clause, "outputs.sheets.not_on_duty", name=person.name)
    return allowed


def make(
    desk: Desk,
    person: PersonView,
    wanted: Wanted,
    *,
    language: Language,
    format: Format = "html",
    out: Path | None = None,
    may_fall_back: bool = False,
) -> Made:
    """Makes a sheet as a new file, on record; returns where it is. Off the loop.

    A form of a date without one is today's. Without `out` it is put into the folder of sheets.
    Refuses (4.9) whoever may not, a taken name, a full disk; and PDF without a font, unless
    `may_fall_back`: then it is HTML.
    """
    words = Catalogue(language, desk.zone)
    if wanted.form in OF_A_DAY and wanted.day is None:
        wanted = replace(wanted, day=desk.now().astimezone(desk.zone).date())
    with desk.reading() as session:
        sheet = MAKERS[wanted.form](session, desk, words, wanted)
        _allow(session, desk, person, sheet)
    printed = Printed(f"{desk.now().astimezone(desk.zone):%Y-%m-%d %H:%M}", person.name)
    content, made = _content(desk, sheet, language, printed, format, may_fall_back)
    path = place_for(desk, sheet.file, made) if out is None else out
    with whole(path) as unfinished:
        unfinished.write_bytes(content)
        with desk.transaction() as work:
            _allow(work.session, desk, person, sheet)
            work.journal(
                "outputs.sheet_made",
                by=person.id,
                subject=wanted.subject,
                clause=desk.duty.cite(Topic.CONFIDENTIALITY) if sheet.has_personal_data else None,
                format=made,
                language=language,
                digest=sha256(content),
            )
    problem = _shown(desk, path) if out is None else None
    return Made(path, made, lacks_font=made != format, problem=problem)


def said_of(made: Made) -> Message:
    """What to say of a sheet that was made."""
    key = "made_without_pdf" if made.lacks_font else "made"
    return message(f"outputs.sheets.{key}", file=visible(str(made.path)))


def _allow(session: Session, desk: Desk, person: PersonView, sheet: Sheet) -> None:
    now = authorised(session, person.id, Right.LOG, desk.duty)
    where = presence(session, person.id)
    sheet_verdict(now, where, desk.duty, is_personal=sheet.has_personal_data).or_refuse()


def _content(
    desk: Desk,
    sheet: Sheet,
    language: Language,
    printed: Printed,
    format: Format,
    may_fall_back: bool,
) -> tuple[bytes, Format]:
    if format == "pdf":
        try:
            return pdf(sheet, language, printed, desk.sheets), "pdf"
        except Refusal:
            if not may_fall_back:
                raise
    return html(sheet, language, printed).encode(), "html"


def place_for(desk: Desk, wanted: str, format: str) -> Path:
    """A name in the folder of sheets, the wanted one or like it, that is not taken yet."""
    folder = desk.folder / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    name = visible(wanted).translate(_UNFIT_FOR_NAMES)
    path, again = folder / f"{name}.{format}", 1
    while path.exists():
        again += 1
        path = folder / f"{name}-{again}.{format}"
    return path


def _shown(desk: Desk, path: Path) -> Message | None:
    """Opens it in the viewer that the config names, and does not wait for it."""
    if not desk.sheets.viewer:
        return None
    try:
        subprocess.Popen(
            [*shlex.split(desk.sheets.viewer), str(path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except (OSError, ValueError):
        return message("outputs.sheets.viewer_failed", viewer=desk.sheets.viewer)
    return None
