"""Entries of the log as the rows of a table: the same in the logbook and in the search."""

from __future__ import annotations

from collections.abc import Collection

from desk_console.log.views import EntryLine
from desk_console.tui.host import OnDesk
from desk_console.tui.language import tr
from desk_console.tui.widgets.table import Column, Row, Toned

T = "tui.find"

COLUMNS = (
    Column("at", f"{T}.col_at", 11, is_most=True),
    Column("kind", f"{T}.col_kind", 9, is_most=True),
    Column("category", f"{T}.col_category", 10, is_most=True),
    Column("who", f"{T}.col_who", 16, is_most=True),
    Column("words", f"{T}.col_words"),
)


def entry_row(
    screen: OnDesk,
    line: EntryLine,
    sought: tuple[str, ...] = (),
    *,
    still_open: Collection[int] = (),
) -> Row:
    """One entry: when, what kind, about what, who, the words, whether its matter is open now, and
    whether anything stands beside it, however long the words are; those that were sought stand out.
    """
    is_open = line.id in still_open
    words = screen.catalogue
    category = tr(screen, f"log.category_{line.category_now}")  # type: ignore[arg-type] # a screen
    said = line.content.replace("\n", " ")
    beside = words.text(f"{T}.corrected") if line.additions else ""
    if is_open:
        said = f"{words.text(f'{T}.open')} {said}"
    return Row(
        str(line.id),
        (
            words.moment(line.at),
            words.text(f"log.kind_{line.kind}"),
            category,
            Toned(" ".join(filter(None, (line.unit, line.caller))), sought=sought),
            Toned(said, "strong" if is_open else "", sought, tail=beside),
        ),
    )
