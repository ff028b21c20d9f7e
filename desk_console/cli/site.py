"""Commands about the site as a whole: init, demo, paths."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated, cast
from zoneinfo import ZoneInfo

import typer

from desk_console.cli.acting import PinFromInput, pin_typed
from desk_console.cli.output import print_json, session_of, unlike
from desk_console.foundation.catalogue import Language
from desk_console.foundation.refusal import Refusal


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command("init", help="新建一个值班台 / set up a new desk")(init)
    app.command("demo", help="打开示范小区 / open the sample site")(demo)
    app.command("paths", help="文件都在哪里 / where the files are")(show_paths)


def init(
    context: typer.Context,
    site: Annotated[str, typer.Option(help="服务中心名称 / the site's name")],
    supervisor: Annotated[str, typer.Option(help="第一位主管姓名 / the first supervisor's name")],
    staff_no: Annotated[str, typer.Option(help="工号 / staff number")],
    pin: Annotated[str, typer.Option(help="密码 / PIN; better --pin-stdin")] = "",
    pin_stdin: PinFromInput = False,
    language: Annotated[str, typer.Option(help="zh | en")] = "",
    zone: Annotated[str, typer.Option(help="时区 / time zone")] = "Asia/Shanghai",
    regulation: Annotated[str, typer.Option(help="制度 / regulation")] = "property-24h",
    also: Annotated[list[str] | None, typer.Option(help="另采用 / combined with")] = None,
    phone: Annotated[str, typer.Option(help="电话 / telephone")] = "",
    role: Annotated[str, typer.Option(help="角色 / role")] = "supervisor",
    people: Annotated[Path | None, typer.Option(help="人员 CSV / people")] = None,
    items: Annotated[Path | None, typer.Option(help="物品 CSV / items")] = None,
    residents: Annotated[Path | None, typer.Option(help="住户 CSV / residents")] = None,
    checklists: Annotated[Path | None, typer.Option(help="检查清单 CSV / checklists")] = None,
) -> None:
    """Writes the config and the database; imports lists where they are given."""
    from desk_console.cli.imports import IMPORTERS, report
    from desk_console.founding import SetUp, set_up

    session = session_of(context)
    if language not in ("", "zh", "en"):
        raise typer.BadParameter("zh | en", param_hint="--language")
    # From here on in the language that the site is set up in.
    session = replace(session, language=cast("Language", language or session.language))
    answers = SetUp(
        language=session.language,
        site=site,
        zone=zone,
        regulation=regulation,
        also=tuple(also or ()),
        supervisor=supervisor,
        staff_no=staff_no,
        pin=pin if pin and not pin_stdin else pin_typed(session, from_input=pin_stdin),
        phone=phone,
        role=role,
    )
    desk, person = set_up(session.options, answers)
    session.say("cli.init_done", file=str(desk.store.path), name=person.name)
    given = {"people": people, "items": items, "residents": residents, "checklists": checklists}
    is_whole = True
    for name, path in given.items():
        if path is not None:
            is_whole &= report(session, IMPORTERS[name](desk, person.id, path, is_dry_run=False))
    desk.store.close()
    if not is_whole:
        raise typer.Exit(1)


def demo(
    context: typer.Context,
    at: Annotated[str, typer.Option(help="从这个时刻开始 / its time: 2026-03-02T09:20")] = "",
    keep: Annotated[Path | None, typer.Option(help="保留在这个文件 / keep its file")] = None,
    no_open: Annotated[bool, typer.Option("--no-open", help="只生成不打开 / only build")] = False,
) -> None:
    """The sample site, in a file of its own."""
    from desk_console.cli.opening import open_console
    from desk_console.foundation.paths import close_to_others, desk_secret
    from desk_console.sample.build import ZONE, build

    session = session_of(context)
    close_to_others()
    moment = _moment(at, ZONE) if at else datetime.now(ZONE)
    with tempfile.TemporaryDirectory(prefix="desk-console-demo-") as folder:
        file = keep if keep is not None else Path(folder) / "demo.db"
        if not file.exists():
            session.say("cli.demo_building")
            secret = desk_secret(file.with_name(file.name + ".secret"))
            build(file, at=moment, secret=secret)
        elif keep is not None and no_open:
            raise Refusal("foundation.database_exists", file=str(file))
        if no_open:
            session.say("cli.demo_built", file=str(file))
            return
        options = replace(
            session.options,
            db=file,
            demo=True,
            lang=session.language,
            at=moment if at else None,
        )
        code = open_console(options)
    raise typer.Exit(code)


def show_paths(
    context: typer.Context, as_json: Annotated[bool, typer.Option("--json")] = False
) -> None:
    """Config, database, secret, backups, log."""
    from desk_console.foundation.config_file import load_config
    from desk_console.foundation.paths import config_path, find_paths

    session = session_of(context)
    config = load_config(config_path(session.options)).config
    found = find_paths(
        session.options, database=config.files.database, backups=config.files.backups
    )
    rows = {name: str(getattr(found, name)) for name in type(found).__dataclass_fields__}
    if as_json:
        print_json(dict(rows))
        return
    for name, path in rows.items():
        typer.echo(f"{session.words.text(f'cli.path_{name}')}  {path}")


def _moment(typed: str, zone: ZoneInfo) -> datetime:
    try:
        moment = datetime.fromisoformat(typed)
    except ValueError:
        raise unlike(typed, "2026-03-02T09:20", "--at") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)
