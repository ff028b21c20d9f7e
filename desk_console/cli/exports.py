"""`export entries|matters|residents`: tables for a spreadsheet; a PIN is asked, it is on record."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desk_console.cli.acting import Acting, PinFromInput, proven
from desk_console.cli.asking import day_given
from desk_console.cli.output import session_of
from desk_console.foundation.catalogue import Literally
from desk_console.foundation.text import visible


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("export", help="导出表格 / export a table")(export_table)


def export_table(
    context: typer.Context,
    what: Annotated[str, typer.Argument(help="entries | matters | residents")],
    format: Annotated[str, typer.Option(help="csv | xlsx")] = "",
    since: Annotated[str, typer.Option("--from", help="2026-03-02")] = "",
    until: Annotated[str, typer.Option("--to", help="2026-03-31")] = "",
    out: Annotated[Path | None, typer.Option(help="存为 / the file")] = None,
    acting: Acting = "",
    pin_stdin: PinFromInput = False,
) -> None:
    """The days are those on which entries were made and matters opened; residents come all."""
    from desk_console.outputs.exports import ExportOf, Wanted, export
    from desk_console.outputs.tables import FORMATS
    from desk_console.wiring import open_desk

    session = session_of(context)
    if what not in tuple(ExportOf):
        raise typer.BadParameter(" | ".join(ExportOf), param_hint="WHAT")
    asked = format or (out.suffix.lower().removeprefix(".") if out else "") or "csv"
    wanted_format = next((each for each in FORMATS if each == asked), None)
    if wanted_format is None:
        raise typer.BadParameter(" | ".join(FORMATS), param_hint="--format")
    if what == ExportOf.RESIDENTS and (since or until):
        raise typer.BadParameter("entries | matters", param_hint="--from --to")
    wanted = Wanted(
        ExportOf(what), wanted_format, day_given(since, "--from"), day_given(until, "--to")
    )
    desk = open_desk(session.options)
    try:
        by = proven(session, desk, acting, pin_stdin=pin_stdin)
        made = export(desk, by, wanted, session.words, out=out)
    finally:
        desk.store.close()
    said = session.words.text("outputs.exported", rows=made.rows, file=Literally(made.path))
    typer.echo(visible(said))
