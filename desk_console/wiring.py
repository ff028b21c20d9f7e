"""The only place that builds things: config, secret, database, clock, desk.

What the first figures on the screen do not need is not imported here.
"""

from __future__ import annotations

import os
import platform
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from desk_console.foundation import paths, schema, sqlite
from desk_console.foundation.catalogue import Message, message
from desk_console.foundation.clock import Clock, ShiftedClock, SystemClock
from desk_console.foundation.config import Config
from desk_console.foundation.config_file import ConfigFile, checked, load_config
from desk_console.foundation.head_mark import head_warning, keep_head
from desk_console.foundation.identity import SystemSource
from desk_console.foundation.options import Options
from desk_console.foundation.paths import Paths
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Store
from desk_console.rulebook.desk import Desk, MailRoute, PinCost, SheetMaking, Site
from desk_console.rulebook.loader import site_rules
from desk_console.rulebook.parameters import FaultyRules
from desk_console.rulebook.records import DutyRules
from desk_console.rulebook.rules import plan_faults
from desk_console.sample import cast

if TYPE_CHECKING:
    from desk_console.log.search_source import Source


def open_desk(options: Options) -> Desk:
    """The desk as the config has it, its file brought up to date and looked over in the background.

    Refuses a wrong config (file, key, line), a file that is damaged, foreign or too new, and a desk
    that was never set up. A config that was named must be there: no other desk is opened for it.
    """
    paths.close_to_others()
    if options.demo:
        where = _demo_paths(options)
        return desk_on(options, _demo_file(options, where.config), where)
    if options.config is not None and not options.config.exists():
        raise Refusal("foundation.config_absent", file=str(options.config))
    file = load_config(paths.config_path(options))
    where = paths_of(options, file.config)
    if not where.database.exists():
        raise Refusal("foundation.never_set_up", file=str(where.database))
    return desk_on(options, file, where)


def declare_tables() -> None:
    """Every table of the program, at once: none is declared after it."""
    from sqlalchemy.orm import configure_mappers

    from desk_console.foundation import journal, outbox  # noqa: F401 # each declares its tables
    from desk_console.handover import records as handover  # noqa: F401
    from desk_console.log import records as log  # noqa: F401
    from desk_console.log import resident_records, search_marks  # noqa: F401
    from desk_console.matters import records as matters  # noqa: F401
    from desk_console.people import records as people  # noqa: F401
    from desk_console.roster import records as roster  # noqa: F401
    from desk_console.shift import records as shift  # noqa: F401

    configure_mappers()


def search_sources() -> tuple[Source, ...]:
    """Everything that can be searched, in the order in which lists name it."""
    from desk_console.handover.findable import HANDOVERS
    from desk_console.log.entry_source import ENTRIES
    from desk_console.log.people_source import PEOPLE, RESIDENTS
    from desk_console.matters.findable import MATTERS

    return (ENTRIES, MATTERS, HANDOVERS, RESIDENTS, PEOPLE)


def demo_config(options: Options) -> Config:
    """The built-in config of the sample site."""
    return _demo_file(options, Path()).config


def _demo_file(options: Options, path: Path) -> ConfigFile:
    built_in = {
        "language": options.lang or "zh",
        "regulation": "property-24h",
        "also": ("management-office",),
    }
    return checked(built_in, path)


def duty_of(file: ConfigFile) -> DutyRules:
    """The rules that a config comes to. Refuses a wrong parameter and a plan that does not hold
    together, with file, key and line.
    """
    config = file.config
    overrides = {"phrases": config.phrases, **config.duty} if not config.phrases else config.duty
    try:
        rules = site_rules(config.regulation, also=config.also, overrides=overrides)
    except FaultyRules as error:
        first = error.faults[0]
        raise file.refusal(_key(first.path), first.message) from error
    for fault in plan_faults(rules):
        raise file.refusal(_key(fault.path), fault.message)
    return rules


def desk_on(options: Options, file: ConfigFile, where: Paths) -> Desk:
    """The desk of a config on its file, which is made or brought up to date first."""
    config = file.config
    duty = duty_of(file)
    _prepare_database(where, is_read_only=options.read_only)
    zone = ZoneInfo(config.site.zone)
    clock: Clock = ShiftedClock(options.at) if options.at is not None else SystemClock()
    store = Store(
        where.database,
        clock=clock,
        zone=zone,
        console=config.console or platform.node() or "console",
        is_read_only=options.read_only or not _is_writable(where.database),
        declare=declare_tables,
    )
    notices = () if options.demo else _notices(store, where)
    if not options.demo:
        store.check_in_background()
    return Desk(
        store=store,
        source=SystemSource(),
        site=_site(config, is_demo=options.demo),
        duty=duty,
        secret=paths.desk_secret(where.secret),
        folder=where.database.parent,
        mail=_mail_route(config, where),
        sheets=_sheet_making(config, where),
        notices=notices,
    )


def _notices(store: Store, where: Paths) -> tuple[Message, ...]:
    """What to say about the file at its opening. That it is older than it was goes on record."""
    notices = []
    if store.is_read_only:
        notices.append(message("foundation.read_only"))
    warning = head_warning(where.head, where.database)
    if warning is not None:
        notices.append(warning)
    if not store.is_read_only:
        if warning is not None:
            with store.transaction() as work:
                work.journal("desk.older_than_mark", by=None, subject="file", said=warning.key)
        keep_head(where.head, where.database)
        store.before_close(lambda: keep_head(where.head, where.database))
    store.explain_by(lambda refusal: rescue(refusal, where))
    return tuple(notices)


def _site(config: Config, *, is_demo: bool) -> Site:
    cost = PinCost(passes=config.pin.passes, memory_kib=config.pin.memory_mib * 1024)
    return Site(
        name=cast.SITE_NAME if is_demo else config.site.name,
        pin_length=config.pin.length,
        pin_cost=cast.PIN_COST if is_demo else cost,
        idle_lock_minutes=config.lock.idle_minutes,
        is_demo=is_demo,
    )


def _mail_route(config: Config, where: Paths) -> MailRoute:
    mail = config.mail
    return MailRoute(
        host=mail.host,
        port=mail.port,
        security=mail.security,
        user=mail.user,
        password_file=_beside_config(mail.password_file, where),
        sender=mail.sender,
        timeout_seconds=mail.timeout_seconds,
        shift_report_to=mail.shift_report_to,
        language=config.language,
    )


def _sheet_making(config: Config, where: Paths) -> SheetMaking:
    return SheetMaking(_beside_config(config.sheets.font, where), config.sheets.viewer)


def _beside_config(named: str, where: Paths) -> Path | None:
    """A file that the config names: a relative one is beside the config."""
    return where.config.parent / Path(named).expanduser() if named else None


def _prepare_database(where: Paths, *, is_read_only: bool) -> None:
    try:
        if is_read_only or not _is_writable(where.database):
            if schema.standing(where.database) is schema.Standing.BEHIND:
                raise Refusal("foundation.file_behind", file=str(where.database))
            return
        schema.bring_up(where.database, back_up=lambda file: _backup_before(file, where.backups))
    except Refusal as refusal:
        raise (rescue(refusal, where) or refusal) from refusal


def rescue(refusal: Refusal, where: Paths) -> Refusal | None:
    """For a damaged file: the refusal that names the newest good backup. None for any other."""
    if refusal.message.key != "foundation.file_damaged":
        return None
    from desk_console.foundation.backup import newest_good

    file, newest = str(where.database), newest_good(where.database, where.backups)
    if newest is None:
        return Refusal("foundation.file_damaged_no_backup", file=file, folder=str(where.backups))
    return Refusal("foundation.file_damaged_backup", file=file, backup=str(newest))


def _backup_before(file: Path, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{file.stem}-before-{schema.SCHEMA}.db"
    target.unlink(missing_ok=True)
    found = sqlite.copy_whole(file, target, check=lambda copy: sqlite.faults(copy, full=True))
    if found:
        raise Refusal("foundation.file_damaged", file=str(file))
    return target


def _is_writable(file: Path) -> bool:
    """Both the file and its folder: what is being written stands beside the file for a while."""
    if not file.exists():
        return True
    return os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)


def paths_of(options: Options, config: Config) -> Paths:
    """Where the files of a config are."""
    return paths.find_paths(options, database=config.files.database, backups=config.files.backups)


def _demo_paths(options: Options) -> Paths:
    if options.db is None:
        raise LookupError("the demo has a file of its own")
    return paths.find_paths(options)


def _key(path: tuple[str | int, ...]) -> tuple[str | int, ...]:
    return path if path and path[0] in ("regulation", "also") else ("duty", *path)
