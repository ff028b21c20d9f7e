"""`sheet`: a paper form, filled in, as HTML or PDF."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desk_console.cli.acting import Acting, PinFromInput, proven
from desk_console.cli.asking import day_given
from desk_console.cli.output import session_of
from desk_console.foundation.text import visible


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("sheet", help="打印表格 / a sheet to print")(sheet)


def sheet(
    context: typer.Context,
    form: Annotated[
        str,
        typer.Argument(
            help="log | night | calls | roster | handover | work-order | complaint | patrol"
            " | agreement | next-day"
        ),
    ],
    number: Annotated[str, typer.Argument(help="编号 / the record's number")] = "",
    day: Annotated[str, typer.Option(help="日期 / the date: 2026-03-02")] = "",
    out: Annotated[Path | None, typer.Option(help="存为 / the file")] = None,
    format: Annotated[str, typer.Option(help="html | pdf")] = "",
    acting: Acting = "",
    pin_stdin: PinFromInput = False,
) -> None:
    """Who makes it gives their PIN: what is on it may be residents' data, and is on record."""
    from desk_console.outputs.sheets.making import FORMATS, MAKERS, OF_A_DAY, Wanted, make, said_of
    from desk_console.wiring import open_desk

    session = session_of(context)
    if form not in MAKERS:
        raise typer.BadParameter(" | ".join(MAKERS), param_hint="FORM")
    asked = format or (out.suffix.lower().removeprefix(".") if out else "") or "html"
    wanted_format = next((each for each in FORMATS if each == asked), None)
    if wanted_format is None:
        raise typer.BadParameter(" | ".join(FORMATS), param_hint="--format")
    if (form in OF_A_DAY) is bool(number):
        said = "cli.sheet_no_number" if number else f"cli.sheet_number_{form.replace('-', '_')}"
        raise typer.BadParameter(session.words.text(said), param_hint=form)
    desk = open_desk(session.options)
    try:
        by = proven(session, desk, acting, pin_stdin=pin_stdin).person
        made = make(
            desk,
            by,
            Wanted(form, day_given(day, "--day"), number),
            language=session.language,
            format=wanted_format,
            out=out,
        )
    finally:
        desk.store.close()
    typer.echo(visible(session.words.text(said_of(made))))
