"""The commands. Exit codes: 0 done, 1 refused or found wrong, 2 the command line is wrong."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, cast

import typer

from desk_console import __version__
from desk_console.cli import (
    asking,
    delivering,
    doctor,
    exports,
    imports,
    keeping,
    matters,
    roster,
    sheets,
    site,
)
from desk_console.cli.opening import open_console
from desk_console.cli.output import Session, words_of
from desk_console.foundation.catalogue import Language
from desk_console.foundation.options import Options
from desk_console.foundation.peek import peek
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.text import visible

app = typer.Typer(
    name="desk-console",
    no_args_is_help=False,
    add_completion=False,
    help="值班台 / The program that runs a front desk.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
site.register(app)
asking.register(app)
matters.register(app)
imports.register(app)
keeping.register(app)
exports.register(app)
doctor.register(app)
delivering.register(app)
sheets.register(app)
roster.register(app)


def run(arguments: list[str]) -> None:
    """Runs a command; ends the process with its exit code."""
    try:
        app(arguments)
    except Refusal as refusal:
        language = _language(arguments)
        print(visible(words_of(refusal, language)), file=sys.stderr)
        sys.exit(1)


_IN_ENGLISH = ("--lang=en", "--language=en")


@app.callback(invoke_without_command=True)
def opened(
    context: typer.Context,
    config: Annotated[Path | None, typer.Option(help="配置文件 / the config file")] = None,
    db: Annotated[Path | None, typer.Option(help="数据文件 / the database file")] = None,
    lang: Annotated[str | None, typer.Option(help="zh | en")] = None,
    read_only: Annotated[
        bool, typer.Option("--read-only", help="只看不写 / write nothing")
    ] = False,
    version: Annotated[bool, typer.Option("--version", help="版本 / the version")] = False,
) -> None:
    """Without a command the console opens."""
    if version:
        typer.echo(f"desk-console {__version__}")
        raise typer.Exit
    if lang not in (None, "zh", "en"):
        raise typer.BadParameter("zh | en", param_hint="--lang")
    options = Options(config=config, db=db, lang=cast("Language | None", lang), read_only=read_only)
    context.obj = Session(options, peek(options).language)
    if context.invoked_subcommand is None:
        raise typer.Exit(open_console(options))


def _language(arguments: list[str]) -> Language:
    """The language that is asked for, of the program or of the site that is set up; else the
    config's."""
    for first, second in zip(arguments, [*arguments[1:], ""], strict=True):
        if f"{first}={second}" in _IN_ENGLISH or first in _IN_ENGLISH:
            return "en"
    return peek(Options()).language
