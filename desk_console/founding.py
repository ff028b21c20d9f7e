"""Founding: a site is set up, with its config, its file and the first person in charge.

Either all of it is there afterwards or nothing is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import tomlkit

from desk_console.foundation import paths
from desk_console.foundation.catalogue import Language
from desk_console.foundation.config import Config
from desk_console.foundation.config_file import checked, load_config
from desk_console.foundation.options import Options
from desk_console.foundation.refusal import Refusal
from desk_console.log.departments import DepartmentForm, add_department
from desk_console.people.acts import add_person
from desk_console.people.pin_rules import pin_verdict
from desk_console.people.pins import choose_pin
from desk_console.people.records import PersonForm, PersonView
from desk_console.rulebook.desk import Desk
from desk_console.shift import checks, tasks
from desk_console.wiring import desk_on, duty_of, paths_of

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


def set_up(options: Options, answers: SetUp) -> tuple[Desk, PersonView]:
    """Writes the commented config and the database with its first person in charge.

    Refuses where either is there already, wrong answers, and a weak PIN; nothing is left behind
    then.
    """
    paths.close_to_others()
    config_file = paths.config_path(options)
    if config_file.exists():
        raise Refusal("foundation.config_exists", file=str(config_file))
    config = _checked(answers)
    own = (answers.staff_no, answers.phone)
    pin_verdict(answers.pin, least=config.pin.length, own=own).or_refuse()
    form = PersonForm(
        staff_no=answers.staff_no,
        name=answers.supervisor,
        roles=frozenset({answers.role, "clerk"}) if answers.role == "manager" else {answers.role},
        phone=answers.phone,
        started_on=date.today(),
    )
    where = paths_of(options, config)
    if where.database.exists():
        raise Refusal("foundation.database_exists", file=str(where.database))
    _write_config(config_file, answers)
    desk = desk_on(options, load_config(config_file), where)
    person = add_person(desk, form, by_id=None)
    choose_pin(desk, person.id, answers.pin)
    _seed(desk, person)
    return desk, person


def _checked(answers: SetUp) -> Config:
    file = checked(
        {
            "language": answers.language,
            "regulation": answers.regulation,
            "also": answers.also,
            "site": {"name": answers.site, "zone": answers.zone},
        },
        Path("config.toml"),
    )
    duty_of(file)
    return file.config


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
