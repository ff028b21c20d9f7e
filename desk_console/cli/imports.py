"""`import people|items|residents|checklists|phrases|roster FILE`: lists from CSV, all or none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from desk_console.cli.acting import Acting, PinFromInput, proven
from desk_console.cli.output import Session, session_of
from desk_console.foundation.text import visible

if TYPE_CHECKING:
    from desk_console.foundation.csv_in import ImportReport
    from desk_console.rulebook.desk import Desk


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("import", help="导入表格（CSV、xlsx）/ import a list (CSV, xlsx)")(import_list)


def import_list(
    context: typer.Context,
    what: Annotated[
        str, typer.Argument(help="people | items | residents | checklists | phrases | roster")
    ],
    file: Annotated[Path, typer.Argument()],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只检查 / only look")] = False,
    acting: Acting = "",
    pin_stdin: PinFromInput = False,
) -> None:
    """Names every problem by its line; exit code 1 where there is one."""
    from desk_console.wiring import open_desk

    session = session_of(context)
    if what not in IMPORTERS:
        raise typer.BadParameter(" | ".join(IMPORTERS))
    desk = open_desk(session.options)
    try:
        proof = proven(session, desk, acting, pin_stdin=pin_stdin)
        is_whole = report(session, IMPORTERS[what](desk, proof.person.id, file, is_dry_run=dry_run))
    finally:
        desk.store.close()
    if not is_whole:
        raise typer.Exit(1)


def report(session: Session, found: ImportReport) -> bool:
    """Prints what an import did or found; True where nothing was wrong."""
    for problem in found.problems:
        typer.echo(visible(session.words.text(problem.message)), err=True)
    if found.problems:
        session.say("cli.import_refused", count=len(found.problems))
        return False
    key = "cli.import_would" if found.is_dry_run else "cli.import_done"
    session.say(key, rows=found.rows, added=found.added)
    return True


def _people(desk: Desk, by_id: int, path: Path, *, is_dry_run: bool) -> ImportReport:
    from desk_console.people.imports import import_people

    return import_people(desk, path, by_id=by_id, is_dry_run=is_dry_run)


def _items(desk: Desk, by_id: int, path: Path, *, is_dry_run: bool) -> ImportReport:
    from desk_console.shift.items import import_items

    return import_items(desk, by_id, path, is_dry_run=is_dry_run)


def _residents(desk: Desk, by_id: int, path: Path, *, is_dry_run: bool) -> ImportReport:
    from desk_console.log.resident_import import import_residents

    return import_residents(desk, by_id, path, is_dry_run=is_dry_run)


def _checklists(desk: Desk, by_id: int, path: Path, *, is_dry_run: bool) -> ImportReport:
    from desk_console.shift.check_import import import_checklists

    return import_checklists(desk, by_id, path, is_dry_run=is_dry_run)


def _phrases(desk: Desk, by_id: int, path: Path, *, is_dry_run: bool) -> ImportReport:
    from desk_console.log.phrase_import import import_phrases

    return import_phrases(desk, by_id, path, is_dry_run=is_dry_run)


def _roster(desk: Desk, by_id: int, path: Path, *, is_dry_run: bool) -> ImportReport:
    from desk_console.roster.imports import import_roster

    return import_roster(desk, path, by_id=by_id, is_dry_run=is_dry_run)


IMPORTERS: dict[str, Callable[..., Any]] = {
    "people": _people,
    "items": _items,
    "residents": _residents,
    "checklists": _checklists,
    "phrases": _phrases,
    "roster": _roster,
}
