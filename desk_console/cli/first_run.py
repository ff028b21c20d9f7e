"""The set-up of a new desk: a few questions in the terminal, before the first screen.

Nothing is written until every answer holds; Ctrl+C leaves everything as it was.
"""

from __future__ import annotations

import getpass
import shutil
import textwrap
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from zoneinfo import available_timezones

from desk_console.cli.imports import IMPORTERS
from desk_console.foundation.catalogue import Catalogue, Language
from desk_console.foundation.config_file import configured
from desk_console.foundation.options import Options
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.text import narrow, visible
from desk_console.founding import SetUp, set_up
from desk_console.people import fields, phones
from desk_console.people.pin_rules import pin_verdict
from desk_console.people.rules import role_names
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.loader import load_all

COLUMNS_OF = {
    "people": "tui.setup.columns_people",
    "items": "tui.setup.columns_items",
    "checklists": "tui.setup.columns_checks",
    "residents": "tui.setup.columns_residents",
}
"""What may be loaded at once, in the order in which a site has it at hand; and where the columns of
each file are named.
"""

MOST_PROBLEMS = 20
"""Lines of problems that are shown of one file."""

DEFAULT_ZONE = "Asia/Shanghai"


def ask_and_set_up(options: Options) -> bool:
    """Asks, and makes the desk; False where somebody left it with Ctrl+C or Ctrl+D."""
    try:
        return _converse(options)
    except (KeyboardInterrupt, EOFError):
        print()
        return False


def _converse(options: Options) -> bool:
    language = options.lang or _language()
    words = Catalogue(language)
    _tell("\n" + words.text("cli.first_run_welcome") + "\n")
    answers = SetUp(
        language=language,
        site=_ask(words, "cli.ask_site"),
        zone=_zone(words),
        regulation=(regulation := _regulation(words)),
        also=_also(words, regulation),
        supervisor=_name(words),
        staff_no=(staff_no := _staff_no(words)),
        phone=(phone := _phone(words)),
        pin=_pin(words, staff_no, phone),
    )
    while True:
        try:
            desk, person = set_up(options, answers)
        except Refusal as refusal:
            _tell("\n" + visible(words.text(refusal.message)) + "\n")
            answers = _again(words, answers, refusal)
            continue
        load_lists(words, desk, person.id)
        desk.store.close()
        _tell("\n" + words.text("cli.first_run_done", name=person.name) + "\n")
        return True


def load_lists(words: Catalogue, desk: Desk, person_id: int) -> None:
    """Offers to load each list from a CSV file, asked again until it is clean or left out."""
    _tell("\n" + words.text("cli.ask_lists"))
    for name in COLUMNS_OF:
        _tell("\n" + words.text(COLUMNS_OF[name]))
        if name == "people":
            _tell(words.text("cli.list_roles", roles=role_names(desk.duty)))
        while typed := _ask(words, f"cli.ask_list_{name}", is_needed=False):
            path = Path(typed.strip("'\"")).expanduser()
            try:
                report = IMPORTERS[name](desk, person_id, path, is_dry_run=False)
            except Refusal as refusal:
                _tell(visible(words.text(refusal.message)))
                continue
            if report.is_done:
                _tell(words.text("cli.import_done", rows=report.rows, added=report.added))
                break
            for problem in report.problems[:MOST_PROBLEMS]:
                _tell(visible(words.text(problem.message)))
            _tell(words.text("cli.import_refused", count=len(report.problems)))


def _again(words: Catalogue, answers: SetUp, refusal: Refusal) -> SetUp:
    """The answer that was refused, asked once more."""
    key = refusal.message.key
    if key.startswith("people.pin"):
        return replace(answers, pin=_pin(words, answers.staff_no, answers.phone))
    if key.startswith("people.staff_no"):
        return replace(answers, staff_no=_staff_no(words))
    if key.startswith("people.phone"):
        return replace(answers, phone=_phone(words))
    if key.startswith("people.name"):
        return replace(answers, supervisor=_name(words))
    raise refusal


def _language() -> Language:
    while True:
        typed = narrow(input("语言 / Language: 1 中文  2 English  [1]: "))
        if typed in ("", "1", "zh"):
            return "zh"
        if typed in ("2", "en"):
            return "en"
        print("请输入 1 或 2 / Type 1 or 2.")


def _name(words: Catalogue) -> str:
    return _ask(words, "cli.ask_supervisor", reads=fields.name)


def _staff_no(words: Catalogue) -> str:
    return _ask(words, "cli.ask_staff_no", reads=fields.staff_no)


def _phone(words: Catalogue) -> str:
    return _ask(words, "cli.ask_phone", is_needed=False, reads=phones.kept)


def _ask(
    words: Catalogue,
    key: str,
    *,
    default: str = "",
    is_needed: bool = True,
    reads: Callable[[str], str] = str,
) -> str:
    """An answer; what `reads` refuses is told at once, not after the last question."""
    while True:
        shown = f" [{default}]" if default else ""
        typed = input(f"{words.text(key)}{shown}: ").strip() or default
        if not typed and is_needed:
            _tell(words.text("cli.answer_wanted"))
            continue
        try:
            reads(typed)
        except Refusal as refusal:
            _tell(visible(words.text(refusal.message)))
            continue
        return typed


def _tell(text: str) -> None:
    """Print it broken between words: the terminal alone breaks amid them."""
    room = shutil.get_terminal_size().columns - 1
    for line in text.split("\n"):
        indent = line[: len(line) - len(line.lstrip())]
        print(
            textwrap.fill(
                line,
                room,
                subsequent_indent=indent,
                break_long_words=False,
                break_on_hyphens=False,
            )
        )


def _zone(words: Catalogue) -> str:
    """A time zone that there is: a mistyped one is told at once, not after the last question."""
    while True:
        typed = _ask(words, "cli.ask_zone", default=DEFAULT_ZONE)
        if typed in available_timezones():
            return typed
        _tell(visible(words.text("foundation.config_zone", value=typed)))


def _yes(words: Catalogue, key: str) -> bool:
    while True:
        typed = narrow(input(f"{words.text(key)} [Y/n]: ")).casefold()
        if typed in ("", "y", "yes", "是", "1"):
            return True
        if typed in ("n", "no", "否", "不", "0"):
            return False
        _tell(words.text("cli.yes_or_no"))


def _regulation(words: Catalogue) -> str:
    offered = [each for each in load_all().values() if each.alias_of is None]
    usual = next(n for n, each in enumerate(offered, 1) if each.id == "property-24h")
    while True:
        # Two lines each: with the whole paragraphs the first ones would scroll away unread.
        _tell("\n" + words.text("cli.ask_regulation"))
        for number, each in enumerate(offered, 1):
            _tell(f"  {number}  {words.either(each.zh, each.en)}")
            _tell(f"     {_whom(words.either(each.suits_zh, each.suits_en))}")
        chosen = offered[_number(words, "cli.ask_number", usual, len(offered)) - 1]
        _tell(f"\n{words.either(chosen.zh, chosen.en)}")
        _tell(f"{words.either(chosen.suits_zh, chosen.suits_en)}\n")
        if _yes(words, "cli.ask_take"):
            return chosen.id


def _number(words: Catalogue, key: str, usual: int, most: int) -> int:
    while True:
        typed = narrow(input(f"{words.text(key)} [{usual}]: ")) or str(usual)
        if typed.isdecimal() and 1 <= int(typed) <= most:
            return int(typed)
        _tell(words.text("cli.number_wanted", typed=visible(typed), most=most))


def _whom(suits: str) -> str:
    """Whom a regulation suits, in one line: what stands before the colon of its paragraph."""
    return suits.replace(": ", "：").partition("：")[0]


def _also(words: Catalogue, regulation: str) -> tuple[str, ...]:
    if regulation == "property-24h" and _yes(words, "cli.ask_also"):
        return ("management-office",)
    return ()


def _pin(words: Catalogue, *own: str) -> str:
    """A PIN that holds, typed twice. A weak one is refused at once, with what is wrong with it."""
    while True:
        pin = getpass.getpass(words.text("cli.ask_pin") + ": ")
        try:
            pin_verdict(pin, least=configured().pin.length, own=own).or_refuse()
        except Refusal as refusal:
            _tell(words.text(refusal.message))
            continue
        if pin == getpass.getpass(words.text("cli.ask_pin_again") + ": "):
            return pin
        _tell(words.text("cli.pins_differ"))
