"""`doctor`: looks over the program, its files and the terminal, and says what is amiss.

It changes nothing (but for `--reindex`, asked for by name). Each finding has a stable name and one
of three levels: good, warning, fault. Exit code 1 where there is a fault.
"""

from __future__ import annotations

import locale
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Literal

import typer

from desk_console.cli.keeping import places
from desk_console.cli.output import Session, print_json, session_of
from desk_console.foundation import schema, sqlite
from desk_console.foundation.catalogue import Literally, Message, message
from desk_console.foundation.clock import SystemClock
from desk_console.foundation.config import Config
from desk_console.foundation.paths import Paths
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.text import visible

Level = Literal["good", "warning", "fault"]

LEAST_ROOM_MIB = 200
"""Less room than this on the disk of the database is worth a warning."""
OLD_BACKUP = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    name: str
    level: Level
    message: Message


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("doctor", help="检查程序、文件和终端 / look everything over")(doctor)


def doctor(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json")] = False,
    reindex: Annotated[
        bool, typer.Option("--reindex", help="重建查询索引 / make the search index anew")
    ] = False,
) -> None:
    """SQLite, config, file, backups, disk, clock, terminal, locale, fonts."""
    session = session_of(context)
    findings = list(_findings(session))
    if reindex:
        made = _reindexed(session)
        findings = [*(each for each in findings if each.name != made.name), made]
    is_good = all(each.level != "fault" for each in findings)
    if as_json:
        print_json(
            {
                "good": is_good,
                "checks": [
                    {
                        "name": each.name,
                        "level": each.level,
                        "words": session.words.text(each.message),
                    }
                    for each in findings
                ],
            }
        )
    else:
        for each in findings:
            level = session.words.text(f"cli.level_{each.level}")
            typer.echo(visible(f"{level}  {session.words.text(each.message)}"))
    if not is_good:
        raise typer.Exit(1)


def _findings(session: Session) -> Iterator[Finding]:
    yield _sqlite()
    config, where = None, None
    try:
        config, where = places(session.options)
        is_there = where.config.exists()
        said = message(
            "cli.doctor_config" if is_there else "cli.doctor_no_config", file=str(where.config)
        )
        yield Finding("config", "good" if is_there else "warning", said)
    except Refusal as refusal:
        yield Finding("config", "fault", refusal.message)
    if config is not None and where is not None:
        yield from _files(config, where)
    yield from _terminal()
    yield _fonts(config, where)


def _sqlite() -> Finding:
    version = ".".join(str(part) for part in sqlite.library_version())
    if sqlite.is_wal_safe():
        return Finding(
            "sqlite", "good", message("cli.doctor_sqlite", version=version, mode="WAL, FULL")
        )
    return Finding("sqlite", "warning", message("cli.doctor_sqlite_old", version=version))


def _files(config: Config, where: Paths) -> Iterator[Finding]:
    try:
        standing = schema.standing(where.database)
    except Refusal as refusal:
        yield Finding("database", "fault", refusal.message)
        yield _backups(where)
        return
    if standing is schema.Standing.ABSENT:
        yield Finding(
            "database", "warning", message("foundation.never_set_up", file=str(where.database))
        )
        return
    yield from _database(where)
    if schema.standing(where.database) is schema.Standing.CURRENT:
        yield _index(where)
    yield _secret(where)
    yield _backups(where)
    yield _room(where.database)
    yield from _mail(config, where)
    yield _clock(where.database)


def _database(where: Paths) -> Iterator[Finding]:
    from desk_console.foundation.backup import faults
    from desk_console.foundation.head_mark import head_warning

    try:
        found = faults(where.database)
        with closing(sqlite.connect(where.database)) as connection:
            mode = str(connection.execute("PRAGMA journal_mode").fetchone()[0])
    except sqlite.driver().DatabaseError as error:
        found, mode = [str(error)], "-"
    if found:
        words = message("cli.doctor_database_bad", file=str(where.database), found=found[0])
        yield Finding("database", "fault", words)
        return
    yield Finding(
        "database", "good", message("cli.doctor_database", file=str(where.database), mode=mode)
    )
    warning = head_warning(where.head, where.database)
    if warning is not None:
        yield Finding("head", "fault", warning)


def _secret(where: Paths) -> Finding:
    if not where.secret.exists():
        return Finding("secret", "fault", message("cli.doctor_no_secret", file=str(where.secret)))
    if os.name == "posix" and where.secret.stat().st_mode & 0o077:
        return Finding("secret", "warning", message("cli.doctor_secret", file=str(where.secret)))
    return Finding("secret", "good", message("cli.doctor_secret_kept", file=str(where.secret)))


def _backups(where: Paths) -> Finding:
    from desk_console.foundation.backup import backups, newest_good

    there = backups(where.database, where.backups)
    newest = newest_good(where.database, where.backups)
    if newest is None:
        return Finding(
            "backups",
            "warning",
            message("cli.doctor_no_backup", folder=str(where.backups), count=len(there)),
        )
    age = datetime.now().timestamp() - newest.stat().st_mtime
    days = int(age // 86400)
    level: Level = "warning" if age > OLD_BACKUP.total_seconds() else "good"
    return Finding(
        "backups",
        level,
        message("cli.doctor_backups", file=str(newest), days=days, count=len(there)),
    )


def _mail(config: Config, where: Paths) -> Iterator[Finding]:
    """Whether mail can leave, and what of it did not."""
    try:
        with closing(sqlite.connect(where.database)) as connection:
            states = dict(
                connection.execute(
                    "select state, count(*) from outbox "
                    "where state in ('queued', 'sending', 'failed') group by state"
                ).fetchall()
            )
    except sqlite.driver().DatabaseError:
        return  # a file that is behind, or damaged: said above
    failed = states.pop("failed", 0)
    waiting = sum(states.values())
    mail = config.mail
    secret = where.config.parent / Path(mail.password_file).expanduser()
    if not mail.host:
        level: Level = "warning" if waiting else "good"
        yield Finding("mail", level, message("cli.doctor_no_mail", waiting=waiting))
    elif mail.password_file and not os.access(secret, os.R_OK):
        yield Finding("mail", "fault", message("cli.doctor_mail_secret", file=str(secret)))
    elif mail.password_file and not _is_sendable(secret):
        yield Finding("mail", "fault", message("cli.doctor_mail_signs", file=str(secret)))
    else:
        words = message("cli.doctor_mail", host=mail.host, waiting=waiting, failed=failed)
        yield Finding("mail", "warning" if failed else "good", words)


def _is_sendable(secret: Path) -> bool:
    """Whether a login can carry the password."""
    return secret.read_bytes().isascii()


def _room(database: Path) -> Finding:
    free = shutil.disk_usage(database.parent).free // (1024 * 1024)
    level: Level = "good" if free >= LEAST_ROOM_MIB else "warning"
    return Finding("disk", level, message("cli.doctor_room", free=free))


def _clock(database: Path) -> Finding:
    now = SystemClock().now()
    try:
        with closing(sqlite.connect(database)) as connection:
            row = connection.execute("select max(at) from journal").fetchone()
    except sqlite.driver().DatabaseError:
        row = None
    if row and row[0] and datetime.fromisoformat(row[0]) > now + timedelta(minutes=1):
        return Finding(
            "clock", "warning", message("cli.doctor_clock_behind", last=Literally(row[0]))
        )
    return Finding("clock", "good", message("cli.doctor_clock", now=Literally(f"{now:%F %T} UTC")))


def _terminal() -> Iterator[Finding]:
    encoding = sys.stdout.encoding or "-"
    is_wide = _can_write_chinese(encoding)
    yield Finding(
        "encoding",
        "good" if is_wide else "warning",
        message("cli.doctor_encoding" if is_wide else "cli.doctor_encoding_bad", name=encoding),
    )
    term = os.environ.get("TERM", "")
    is_dumb = term in ("", "dumb", "unknown") and sys.platform != "win32"
    yield Finding(
        "term",
        "warning" if is_dumb else "good",
        message("cli.doctor_term_dumb" if is_dumb else "cli.doctor_term", name=term or "-"),
    )
    colour = os.environ.get("COLORTERM") or ("256color" in term and "256color") or "-"
    if "NO_COLOR" in os.environ:
        colour = "NO_COLOR"
    yield Finding("colour", "good", message("cli.doctor_colour", name=colour))
    said = os.environ.get("LC_ALL") or os.environ.get("LC_CTYPE") or os.environ.get("LANG") or "-"
    is_plain = "utf" not in locale.getpreferredencoding(False).lower()
    yield Finding(
        "locale",
        "warning" if is_plain else "good",
        message("cli.doctor_locale_bad" if is_plain else "cli.doctor_locale", name=said),
    )


def _can_write_chinese(encoding: str) -> bool:
    try:
        "物业值班".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _fonts(config: Config | None, where: Paths | None) -> Finding:
    """Whether PDF sheets with Chinese can be made here."""
    from desk_console.outputs.sheets.fonts import find_font

    wanted = None
    if config is not None and where is not None and config.sheets.font:
        wanted = where.config.parent / Path(config.sheets.font).expanduser()
    found = find_font(wanted)
    if found is not None:
        return Finding("fonts", "good", message("cli.doctor_fonts", name=str(found.path)))
    if wanted is not None:
        return Finding("fonts", "warning", message("outputs.sheets.font_unfit", file=str(wanted)))
    return Finding("fonts", "warning", message("outputs.sheets.no_font"))


def _index(where: Paths) -> Finding:
    """Whether all that is kept can be found: counts the lines of the index, and seeks some."""
    from desk_console.foundation.store import Store
    from desk_console.log.search_upkeep import is_whole
    from desk_console.wiring import search_sources

    store = Store(
        where.database, clock=SystemClock(), zone=UTC, console="doctor", is_read_only=True
    )
    try:
        with store.reading() as session:
            if is_whole(session, search_sources()):
                return Finding("index", "good", message("cli.doctor_index"))
    finally:
        store.close()
    return Finding("index", "warning", message("cli.doctor_index_part"))


def _reindexed(session: Session) -> Finding:
    from desk_console.log.search_upkeep import reindex
    from desk_console.wiring import open_desk, search_sources

    desk = open_desk(session.options)
    try:
        count = reindex(desk, search_sources())
    finally:
        desk.store.close()
    return Finding("index", "good", message("cli.doctor_reindexed", count=count))
