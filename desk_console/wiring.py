"""The only place that builds things: config, secret, database, clock, desk."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import tomlkit

from desk_console.foundation import paths, schema, sqlite
from desk_console.foundation.backup import newest_good
from desk_console.foundation.catalogue import Language, Message, message
from desk_console.foundation.clock import Clock, ShiftedClock, SystemClock
from desk_console.foundation.config import Config, ConfigFile, load_config
from desk_console.foundation.head_mark import head_warning, keep_head
from desk_console.foundation.identity import SystemSource
from desk_console.foundation.options import Options
from desk_console.foundation.paths import Paths
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Store
from desk_console.log.departments import DepartmentForm, add_department
from desk_console.people.acts import add_person
from desk_console.people.pin_rules import pin_verdict
from desk_console.people.pins import choose_pin
from desk_console.people.records import PersonForm, PersonView
from desk_console.rulebook.desk import Desk, MailRoute, PinCost, SheetMaking, Site
from desk_console.rulebook.loader import site_rules
from desk_console.rulebook.parameters import FaultyRules
from desk_console.rulebook.records import DutyRules
from desk_console.rulebook.rules import plan_faults
from desk_console.sample import cast
from desk_console.shift import checks, tasks

if TYPE_CHECKING:
    from desk_console.log.search_source import Source

DEPARTMENTS = (
    ("maintenance", "工程部", "Maintenance"),
    ("security", "安护部", "Security"),
    ("cleaning", "环境部", "Cleaning and grounds"),
)
"""The departments that a new site begins with."""


@dataclass(frozen=True, slots=True)
class SetUp:
    """The answers to the set-up's questions."""

    language: Language
    site: str
    zone: str
    regulation: str
    also: tuple[str, ...]
    supervisor: str
    staff_no: str
    pin: str
    phone: str = ""
    role: str = "supervisor"


def open_desk(options: Options) -> Desk:
    """The desk as the config has it, its file brought up to date and looked over in the background.

    Refuses a wrong config (file, key, line), a file that is damaged, foreign or too new, and a desk
    that was never set up.
    """
    paths.close_to_others()
    if options.demo:
        config, where = demo_config(options), _demo_paths(options)
        return _desk(options, ConfigFile(config, where.config, ""), where)
    file = load_config(paths.config_path(options))
    where = _paths_of(options, file.config)
    if not where.database.exists():
        raise Refusal("foundation.never_set_up", file=str(where.database))
    return _desk(options, file, where)


def set_up(options: Options, answers: SetUp) -> tuple[Desk, PersonView]:
    """Writes the commented config and the database with its first person in charge.

    Refuses where either is there already, wrong answers, and a weak PIN; nothing is left behind
    then.
    """
    paths.close_to_others()
    config_file = paths.config_path(options)
    if config_file.exists():
        raise Refusal("foundation.config_exists", file=str(config_file))
    ConfigFile(_checked(answers), config_file, "")
    own = (answers.staff_no, answers.phone)
    pin_verdict(answers.pin, least=Config().pin.length, own=own).or_refuse()
    form = PersonForm(
        staff_no=answers.staff_no,
        name=answers.supervisor,
        roles=frozenset({answers.role, "clerk"}) if answers.role == "manager" else {answers.role},
        phone=answers.phone,
        started_on=date.today(),
    )
    where = _paths_of(options, Config())
    if where.database.exists():
        raise Refusal("foundation.database_exists", file=str(where.database))
    _write_config(config_file, answers)
    desk = _desk(options, load_config(config_file), where)
    person = add_person(desk, form, by_id=None)
    choose_pin(desk, person.id, answers.pin)
    _seed(desk, person)
    return desk, person


def search_sources() -> tuple[Source, ...]:
    """Everything that can be searched, in the order in which lists name it."""
    from desk_console.log.entry_source import ENTRIES
    from desk_console.log.people_source import PEOPLE, RESIDENTS

    return (ENTRIES, RESIDENTS, PEOPLE)


def demo_config(options: Options) -> Config:
    """The built-in config of the sample site."""
    return Config(
        language=options.lang or "zh", regulation="property-24h", also=("management-office",)
    )


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


def _desk(options: Options, file: ConfigFile, where: Paths) -> Desk:
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


def _paths_of(options: Options, config: Config) -> Paths:
    return paths.find_paths(options, database=config.files.database, backups=config.files.backups)


def _demo_paths(options: Options) -> Paths:
    if options.db is None:
        raise LookupError("the demo has a file of its own")
    return paths.find_paths(options)


def _checked(answers: SetUp) -> Config:
    config = Config(
        language=answers.language,
        regulation=answers.regulation,
        also=answers.also,
        site={"name": answers.site, "zone": answers.zone},
    )
    duty_of(ConfigFile(config, Path("config.toml"), ""))
    return config


def _write_config(file: Path, answers: SetUp) -> None:
    document = tomlkit.parse(example_config())
    document["language"] = answers.language
    document["regulation"] = answers.regulation
    document["also"] = list(answers.also)
    site = document["site"]
    site["name"] = answers.site
    site["zone"] = answers.zone
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(tomlkit.dumps(document), encoding="utf-8")


def example_config() -> str:
    """The text of `config.example.toml`: beside the package in a checkout, inside it when
    installed.
    """
    package = Path(__file__).parent
    inside = package / "_config.example.toml"
    file = inside if inside.is_file() else package.parent / "config.example.toml"
    return file.read_text(encoding="utf-8")


def _seed(desk: Desk, person: PersonView) -> None:
    for code, zh, en in DEPARTMENTS:
        add_department(desk, person, DepartmentForm(code=code, zh=zh, en=en))
    with desk.transaction() as work:
        checks.seed(work, desk.duty)
        tasks.seed(work, desk.duty)


def _key(path: tuple[str | int, ...]) -> tuple[str | int, ...]:
    return path if path and path[0] in ("regulation", "also") else ("duty", *path)
