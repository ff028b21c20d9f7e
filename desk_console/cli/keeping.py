"""Commands that keep the file safe: backup, restore, verify.

Exit codes: 0 done and good; 1 refused, or something was found; 2 `verify` could not read the file
at all (or the command line is wrong). The keys of `--json` are only ever added to.
"""

from __future__ import annotations

import platform
from datetime import UTC
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from desk_console.cli.output import print_json, session_of
from desk_console.foundation import paths
from desk_console.foundation.clock import SystemClock
from desk_console.foundation.config import Config
from desk_console.foundation.config_file import load_config
from desk_console.foundation.options import Options
from desk_console.foundation.paths import Paths
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.text import visible


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command("backup", help="备份 / make a backup")(backup)
    app.command("restore", help="从备份恢复 / bring a backup back")(restore)
    app.command("verify", help="核对封存的记录 / check what was sealed")(verify)


def backup(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(help="备份文件 / the backup's file")] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Makes a backup and reads it through: in the backups folder, or under the name given."""
    from desk_console.foundation import backup as keeping
    from desk_console.foundation import schema

    session = session_of(context)
    config, where = places(session.options)
    if schema.standing(where.database) is schema.Standing.ABSENT:
        raise Refusal("foundation.never_set_up", file=str(where.database))
    paths.close_to_others()
    if file is None:
        made = keeping.back_up(
            where.database,
            where.backups,
            at=SystemClock().now().astimezone(ZoneInfo(config.site.zone)),
            keep=config.retention.backups,
        )
    else:
        keeping.back_up_to(where.database, file)
        made = file
    if as_json:
        print_json({"backup": str(made), "bytes": made.stat().st_size})
        return
    session.say("cli.backup_made", file=str(made))


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="备份文件 / the backup")],
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Checks the backup whole, then puts it in the database's place; what was there is kept."""
    from desk_console.foundation import backup as keeping
    from desk_console.foundation.head_mark import keep_head

    session = session_of(context)
    config, where = places(session.options)
    paths.close_to_others()
    now = SystemClock().now().astimezone(ZoneInfo(config.site.zone))
    outcome = keeping.restore(file, where.database, at=now)
    _put_on_record(where.database, file)
    keep_head(where.head, where.database)
    if as_json:
        print_json(
            {"database": str(outcome.file), "kept": str(outcome.kept) if outcome.kept else None}
        )
        return
    session.say("cli.restored", file=str(outcome.file))
    if outcome.kept is not None:
        session.say("cli.restored_kept", file=str(outcome.kept))


def verify(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="数据文件 / the database file")],
    receipt: Annotated[list[str] | None, typer.Option(help="回执号 / a receipt")] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Reads the file only, and names the first bad place. Exit code 0, 1 (found), 2 (could not)."""
    from desk_console.foundation.verify import Unverifiable
    from desk_console.foundation.verify import verify as read_through
    from desk_console.foundation.verify_receipts import is_receipt

    session = session_of(context)
    for code in receipt or ():
        if not is_receipt(code):
            # Whoever mistyped one is not to read that rows were cut off.
            session.warn("cli.no_receipt", code=code)
            raise typer.Exit(2)
    try:
        found = read_through(file, receipts=tuple(receipt or ()))
    except Unverifiable as error:
        typer.echo(visible(session.words.text(error.message)), err=True)
        raise typer.Exit(2) from error
    findings = [
        {"place": each.place, "what": each.message.key, "words": session.words.text(each.message)}
        for each in found.findings
    ]
    if as_json:
        print_json(
            {
                "good": found.is_good,
                "first": findings[0]["place"] if findings else None,
                "findings": findings,
                "rows": found.rows,
                "head": found.head,
                "signatures": found.signatures,
                "erased": [
                    {"place": each.place, "row": each.row, "order": each.order}
                    for each in found.erased
                ],
            }
        )
    else:
        for each in findings:
            typer.echo(visible(each["words"]))
        for one in found.erased:
            session.say("cli.verify_erased", place=one.place, row=one.row, order=one.order)
        if receipt and found.is_good:
            session.say("cli.verify_receipts", codes=receipt)
        key = "cli.verify_good" if found.is_good else "cli.verify_bad"
        session.say(
            key, rows=found.rows, signatures=found.signatures, count=len(findings), head=found.head
        )
    if not found.is_good:
        raise typer.Exit(1)


def places(options: Options) -> tuple[Config, Paths]:
    """The config and the files that it names."""
    config = load_config(paths.config_path(options)).config
    files = config.files
    return config, paths.find_paths(options, database=files.database, backups=files.backups)


def _put_on_record(database: Path, backup: Path) -> None:
    """The journal itself says that it was brought back, and from which file."""
    from desk_console.foundation.store import Store

    store = Store(database, clock=SystemClock(), zone=UTC, console=platform.node() or "console")
    try:
        with store.transaction() as work:
            work.journal("desk.restored", by=None, subject="file", backup=backup.name)
    finally:
        store.close()
