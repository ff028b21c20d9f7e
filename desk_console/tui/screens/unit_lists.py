"""What a unit's file lists below its people: entries, matters, visits, things left at the desk,
changes, looks. Read page by page; what is no entry of the log has columns of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desk_console.log import resident_views
from desk_console.log.records import EntryKind
from desk_console.matters.views import MatterLine, still_open, unit_matters
from desk_console.tui.dialogs.entry_lines import COLUMNS, entry_row
from desk_console.tui.dialogs.resident import T
from desk_console.tui.matter_words import kind_words
from desk_console.tui.widgets.table import Column, Row, Toned

if TYPE_CHECKING:
    from desk_console.foundation.catalogue import Catalogue
    from desk_console.log.views import EntryLine
    from desk_console.rulebook.desk import Desk
    from desk_console.tui.host import OnDesk

PAGE = 50
VIEWS = ("history", "matters", "visits", "left", "changes", "looks")
OF_MATTER = "matter-"
"""How the key of a matter's row begins; an entry's is its number."""

_AT = Column("at", f"{T}.col_at", 11, is_most=True)
COLUMNS_OF = {
    "lines": COLUMNS,
    "matters": (
        _AT,
        Column("stage", f"{T}.col_stage", 12, is_most=True),
        Column("kind", f"{T}.col_matter", 10, is_most=True),
        Column("number", f"{T}.col_number", 13, is_most=True),
        Column("words", f"{T}.col_what"),
        Column("ended", f"{T}.col_ended", 18, is_most=True),
    ),
    "changes": (
        _AT,
        Column("what", f"{T}.col_change", 12, is_most=True),
        Column("who", f"{T}.col_resident", 8, is_most=True),
        Column("fields", f"{T}.col_fields"),
        Column("by", f"{T}.col_by", 18, is_most=True),
    ),
    "looks": (
        _AT,
        Column("who", f"{T}.col_resident", 16, is_most=True),
        Column("reason", f"{T}.col_reason", 24, is_most=True),
        Column("by", f"{T}.col_looked_by"),
    ),
}
"""The lists of the file, each with its columns."""

_KINDS = {"visits": EntryKind.VISIT, "left": EntryKind.CUSTODY}


@dataclass(frozen=True, slots=True)
class Listed:
    """What was read of a view so far; `next` leads to the older, None at the end."""

    entries: tuple[EntryLine, ...] = ()
    matters: tuple[MatterLine, ...] = ()
    next: int | None = None
    open_ids: frozenset[int] = frozenset()
    """Of the entries, those that are still open."""

    def and_older(self, more: Listed) -> Listed:
        """With the next page behind it."""
        return Listed(
            (*self.entries, *more.entries),
            (*self.matters, *more.matters),
            more.next,
            self.open_ids | more.open_ids,
        )


def listing_of(view: str) -> str:
    """Which of the lists shows a view: visits and things left are entries of the log."""
    return view if view in COLUMNS_OF else "lines"


def listed(desk: Desk, unit_id: int, view: str, *, before: int | None = None) -> Listed:
    """A page of a view; changes and looks are in the file itself."""
    if view in ("changes", "looks"):
        return Listed()
    with desk.reading() as session:
        if view == "matters":
            found = unit_matters(session, unit_id, desk.now(), before=before, limit=PAGE)
            return Listed(matters=found.lines, next=found.next)
        page = resident_views.unit_history(
            session, unit_id, kind=_KINDS.get(view), before=before, limit=PAGE
        )
        unfinished = still_open(session, [line.id for line in page.lines])
        return Listed(page.lines, (), page.next, unfinished)


def rows_of(screen: OnDesk, view: str, file: resident_views.UnitFile, found: Listed) -> list[Row]:
    """The rows of a view."""
    words = screen.catalogue
    match view:
        case "changes":
            return _changes(file, words)
        case "looks":
            return _looks(file, words)
        case "matters":
            return [_matter(line, words) for line in found.matters]
        case _:
            return [entry_row(screen, line, still_open=found.open_ids) for line in found.entries]


def _matter(line: MatterLine, words: Catalogue) -> Row:
    is_open = line.closed_at is None
    ended = (
        line.owner_name
        if line.closed_at is None
        else words.text(f"{T}.closed_at", at=line.closed_at)
    )
    return Row(
        f"{OF_MATTER}{line.id}",
        (
            words.moment(line.opened_at),
            words.text(f"matters.stage_{line.stage}"),
            kind_words(line.kind, words),
            line.number or f"#{line.id}",
            Toned(line.title, "strong" if is_open else ""),
            ended,
        ),
    )


def _changes(file: resident_views.UnitFile, words: Catalogue) -> list[Row]:
    return [
        Row(
            f"c{number}",
            (
                words.moment(one.at),
                words.text(f"log.change_{one.what}"),
                one.resident,
                words.value([_from_to(field, words) for field in one.fields]),
                "  ".join(filter(None, (one.person_name, one.reason))),
            ),
        )
        for number, one in enumerate(file.changes)
    ]


def _from_to(field: resident_views.Changed, words: Catalogue) -> str:
    """A field, what it was and what it is; nothing stood there or stands there: said so."""
    if field.name == "kind":
        was, becomes = (words.text(f"log.kind_of_{one}") for one in (field.was, field.becomes))
    else:
        was, becomes = (one or words.text(f"{T}.nothing") for one in (field.was, field.becomes))
    name = words.text(f"{T}.field_{field.name}")
    return words.text(f"{T}.from_to", field=name, was=was, becomes=becomes)


def _looks(file: resident_views.UnitFile, words: Catalogue) -> list[Row]:
    return [
        Row(
            f"l{number}",
            (
                words.moment(one.at),
                one.resident,
                words.text(f"log.look_{one.reason}"),
                one.person_name,
            ),
        )
        for number, one in enumerate(file.looks)
    ]
