"""What journeys are told in: a site as the set-up makes it, its clock, its people, and what
they do at its consoles, each in a pseudo-terminal of its own.

A console is driven by what stands on its screen: every step waits for the words that it brings, and
nothing sleeps. Keys are named as on the keyboard: `press("F2", "Ctrl+S")`.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from unittest import mock
from zoneinfo import ZoneInfo

from desk_console.foundation.clock import MovingClock
from desk_console.foundation.identity import SystemSource
from desk_console.foundation.options import Options
from desk_console.foundation.paths import desk_secret
from desk_console.foundation.store import Store
from desk_console.founding import SetUp, set_up
from desk_console.log.resident_import import import_residents
from desk_console.people.acts import add_person, add_qualification
from desk_console.people.pins import choose_pin
from desk_console.people.records import PersonForm, PersonView, QualificationForm
from desk_console.people.views import first_run, people
from desk_console.rulebook.desk import Desk, PinCost
from desk_console.rulebook.desk import Site as SiteFacts
from desk_console.rulebook.loader import site_rules
from tests import ready
from tests.journeys import clockwork
from tests.pty_console import ROOT, Terminal
from tests.staff import opened

ZONE = ZoneInfo("Asia/Shanghai")
PIN = "kestrel-42x"
"""Everybody's."""

CHIEF = ("1001", "周静怡")
LONG_AGO = date(2025, 1, 6)
PATIENCE = 45.0
"""Seconds that a crowded machine is given for one step."""

KEYS = {
    "Enter": "\r", "Esc": "\x1b", "Tab": "\t", "Shift+Tab": "\x1b[Z", "Backspace": "\x7f",
    "Up": "\x1b[A", "Down": "\x1b[B", "Right": "\x1b[C", "Left": "\x1b[D", "Space": " ",
    "Home": "\x1b[H", "End": "\x1b[F", "PgUp": "\x1b[5~", "PgDn": "\x1b[6~",
    "Ins": "\x1b[2~", "Del": "\x1b[3~", "Ctrl+Up": "\x1b[1;5A", "Ctrl+Down": "\x1b[1;5B",
    "F1": "\x1bOP", "F2": "\x1bOQ", "F3": "\x1bOR", "F4": "\x1bOS", "F5": "\x1b[15~",
    "F6": "\x1b[17~", "F7": "\x1b[18~", "F8": "\x1b[19~", "F9": "\x1b[20~", "F12": "\x1b[24~",
    "Alt+E": "\x1be",
    **{f"Ctrl+{letter}": chr(ord(letter) - 64) for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
}  # fmt: skip

CATEGORIES = {
    "咨询": "1", "报修": "2", "投诉": "3", "求助": "4",
    "委托": "5", "建议": "6", "表扬": "7", "其他": "8",
}  # fmt: skip
KINDS = ("来电", "来访", "消息", "事件", "巡查", "领用", "寄存")


@dataclass
class JourneySite:
    """A site in a folder of its own."""

    home: Path
    regulation: str
    also: tuple[str, ...]
    now: datetime
    consoles: list[Console] = field(default_factory=list)

    @property
    def database(self) -> Path:
        """The site's file."""
        return self.home / "desk.db"

    # Time

    def move_to(self, moment: str | datetime) -> None:
        """It is that moment now, at every console: `17:15` is the next quarter past five."""
        if isinstance(moment, str) and len(moment) == 5:
            at = datetime.combine(self.now.date(), datetime.strptime(moment, "%H:%M").time(), ZONE)
            self.now = at if at >= self.now else at + timedelta(days=1)
        else:
            given = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
            self.now = given if given.tzinfo else given.replace(tzinfo=ZONE)
        clockwork.write(self._time_file, self.now)

    @property
    def _time_file(self) -> Path:
        return self.home / "time"

    # People and lists

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """The desk itself, for what lies before the journey: people, lists, a roster."""
        store = Store(self.database, clock=MovingClock(self.now), zone=ZONE, console="office")
        try:
            yield Desk(
                store=store,
                source=SystemSource(),
                site=SiteFacts(name="翠湖花园", pin_cost=PinCost(passes=1, memory_kib=64 * 1024)),
                duty=site_rules(self.regulation, also=self.also),
                secret=desk_secret(self.home / "desk.secret"),
                folder=self.home,
            )
        finally:
            store.close()

    def hire(self, staff_no: str, name: str, *roles: str, mail: str = "") -> PersonView:
        """Somebody qualified, with the PIN that everybody has."""
        with self.desk() as desk:
            with desk.reading() as session:
                chief = None if first_run(session) else people(session)[0].id
            form = PersonForm(
                staff_no=staff_no, name=name, roles=frozenset(roles),
                phone=f"1390000{staff_no}", mail=mail, started_on=LONG_AGO,
            )  # fmt: skip
            person = add_person(desk, form, by_id=chief)
            for code in ("onboarding", "post"):
                trained = QualificationForm(code=code, title=code, valid_from=date(2025, 2, 10))
                add_qualification(desk, person.id, trained, by_id=chief or person.id)
            choose_pin(desk, opened(desk, person).id, PIN)
        return person

    # Consoles and the command line

    def open(
        self, *options: str, columns: int = 100, lines: int = 30, language: str = "zh"
    ) -> Console:
        """A console, on its live shift."""
        command = [sys.executable, "-m", "tests.journeys.clockwork", "--lang", language, *options]
        made = Console(self, command, columns=columns, lines=lines, env=self.env(), is_ready=True)
        self.consoles.append(made)
        made.expect("现在该做" if language == "zh" else "To do now")
        return made

    def run(self, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
        """A command of the program."""
        env = {**os.environ, **self.env()}
        return ready.run("tests.journeys.clockwork", arguments, given=given, env=env, cwd=ROOT)

    def ask(self, *arguments: str, given: str = "") -> Any:
        """What a command answers in JSON."""
        done = self.run(*arguments, "--json", given=given)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def ask_whole(self, *arguments: str, by: str) -> Any:
        """The same with residents' names and numbers, to somebody who gives the PIN."""
        return self.ask(*arguments, "--reveal", "--as", by, "--pin-stdin", given=f"{PIN}\n")

    def is_whole(self) -> bool:
        """Journal, signatures and seals, from the file alone."""
        return self.run("verify", str(self.database)).returncode == 0

    def env(self) -> Mapping[str, str]:
        """What its programs find in their environment."""
        return {
            "DESK_CONSOLE_HOME": str(self.home),
            "DESK_CONSOLE_PIN__MEMORY_MIB": "64",
            "DESK_CONSOLE_PIN__PASSES": "1",
            "LANG": "C.UTF-8",
            clockwork.VARIABLE: str(self._time_file),
        }

    def close(self) -> None:
        """Whatever is still open is killed."""
        for one in self.consoles:
            one.kill()


class Console(Terminal):
    """One console of the site, and what people do at it."""

    def __init__(self, site: JourneySite, command: list[str], **kwargs: Any) -> None:
        """It belongs to that site."""
        super().__init__(command, **kwargs)
        self.site = site
        self.pressed = 0
        """Keys pressed so far, beside the words typed."""
        self._saved = 0

    # Keys and words

    def press(self, *keys: str) -> None:
        """Press keys by their names; a single sign is itself."""
        self.pressed += len(keys)
        for key in keys:
            self.send(KEYS.get(key, key))

    def type(self, words: str) -> None:
        """Type words into the field that has the focus."""
        self.send(words)

    def expect(self, *texts: str | re.Pattern[str]) -> str:
        """The screen, once it shows each of the texts."""
        return [self.wait_for(text, timeout=PATIENCE) for text in texts][-1]

    def expect_gone(self, text: str) -> str:
        """The screen, once it does not show the text any more."""
        return self.wait_gone(text, timeout=PATIENCE)

    # What people do

    def sign_on(self, staff_no: str, name: str, *, pin: str = PIN) -> None:
        """Somebody signs on, or comes back to the keyboard. What is asked then is left alone."""
        self.press("Ctrl+N")
        self.expect("上岗签到")
        self.name_person(staff_no, name)
        self.give_pin(pin)
        self.expect(f"记录人 {name}")

    def choose_pin_and_sign_on(self, staff_no: str, name: str, *, pin: str = PIN) -> None:
        """The first sign-on of somebody who has no PIN yet."""
        self.press("Ctrl+N")
        self.expect("上岗签到")
        self.name_person(staff_no, name)
        self.expect("再输一次")
        self.type(pin)
        self.press("Enter")
        self.give_pin(pin)
        self.expect(f"记录人 {name}")

    def name_person(self, staff_no: str, name: str) -> None:
        """Name somebody in a field for a person."""
        self.type(staff_no)
        self.expect(f"> {name}")
        self.press("Enter")
        self.expect_gone(f"> {name}")

    def give_pin(self, pin: str = PIN) -> None:
        """Type a PIN where it is asked last, and Enter."""
        self.type(pin)
        self.press("Enter")

    def answer_checks(self, *, ok: int) -> None:
        """Answer so many lines of the checklist that is on the screen, all in order."""
        self.expect("逐项选择")
        self.expect("有问题")
        for answered in range(1, ok + 1):
            self.press("y")
            self.expect(re.compile(r"(\[[^\]]*正常\].*?){" + str(answered) + "}", re.DOTALL))
            self.press("Tab")
        self.press("Ctrl+S")
        self.expect("已保存")

    def answer_due(self, *, ok: int) -> None:
        """Answer the checklist that stands first in what is to be done now."""
        self.press("F3", "Enter")
        self.answer_checks(ok=ok)

    def open_form(self, kind: str = "来电") -> None:
        """The call form, at one of the kinds."""
        self.press("F2")
        self.expect("来电登记")
        for before, after in pairwise(KINDS):
            if before == kind:
                break
            self.press("Ctrl+K")
            self.expect(f"[{after}]")

    def take_caller(self, typed: str, name: str) -> None:
        """A known caller, by unit, initials or number."""
        self.type(typed)
        self.expect(name)
        self.press("Enter")
        self.expect(re.compile(rf"(来电人|来访人|联系人) +{re.escape(name)}"))

    def choose_category(self, category: str) -> None:
        """The category by its digit; the cursor goes on to the words."""
        digit = CATEGORIES[category]
        self.press(digit)
        self.expect(f"[{digit} {category}]")

    def save(self) -> int:
        """Save the form; gives the entry's number."""
        self.press("Ctrl+S")
        self.expect_gone("记录类型")
        end = time.monotonic() + PATIENCE
        while True:
            shown = self.screen_text()
            # What was said of the entries before may stand there still.
            number = max(map(int, re.findall(r"已保存：第 (\d+) 号记录", shown)), default=0)
            if number > self._saved:
                self._saved = number
                return number
            if time.monotonic() > end:
                raise AssertionError(f"nothing was saved. The screen:\n{shown}")
            self.read(0.1)

    def log_call(self, typed: str, name: str, category: str, words: str) -> int:
        """A call of a known caller, from the key to "saved"; gives the entry's number."""
        self.open_form()
        self.take_caller(typed, name)
        self.choose_category(category)
        self.type(words)
        self.expect(words)
        return self.save()

    def step_out(self, staff_no: str, stand_in: str, *, reason: str, back: str) -> None:
        """The writer leaves the post to a stand-in."""
        self.press("Ctrl+T")
        self.expect("暂离岗位")
        self.type(reason)
        self.press("Enter")
        self.type(back)
        self.press("Enter")
        self.name_person(staff_no, stand_in)
        self.type(PIN)
        self.press("Enter")
        self.give_pin()
        self.expect_gone("暂离岗位")

    def come_back(self) -> None:
        """The writer takes the post back."""
        self.press("Ctrl+T")
        self.expect("返回岗位")
        self.give_pin()
        self.expect_gone("返回岗位")

    def find(self, typed: str, shows: str) -> str:
        """Search, until that was found; gives the screen."""
        self.press("F7")
        self.expect("查询")
        self.type(typed)
        return self.expect(shows)

    def home(self) -> None:
        """Back to the live shift."""
        self.press("F3")
        self.expect("今日记录")

    def quit(self) -> int:
        """Leave; gives the exit code."""
        self.press("Ctrl+Q")
        return self.wait_end(timeout=PATIENCE)


def found_site(
    home: Path,
    *,
    regulation: str = "property-24h",
    also: tuple[str, ...] = (),
    role: str = "supervisor",
    at: str = "2026-03-02T08:40",
    residents: str = "",
) -> JourneySite:
    """A new site as the set-up's questions make it; its first person is `CHIEF`."""
    now = datetime.fromisoformat(at).replace(tzinfo=ZONE)
    site = JourneySite(home, regulation, also, now)
    site.move_to(now)
    answers = SetUp(
        language="zh",
        site="翠湖花园",
        zone=ZONE.key,
        regulation=regulation,
        also=also,
        supervisor=CHIEF[1],
        staff_no=CHIEF[0],
        pin=PIN,
        role=role,
    )
    with mock.patch.dict(os.environ, site.env()):
        desk, chief = set_up(Options(), answers)
        if residents:
            file = home / "residents.csv"
            file.write_text(residents, encoding="utf-8")
            assert import_residents(desk, chief.id, file).is_done
        desk.store.close()
    return site


def copy_site(site: JourneySite, home: Path) -> JourneySite:
    """The same site in another folder, as it stands: for a journey that begins where one ended."""
    shutil.copytree(site.home, home, dirs_exist_ok=True)
    made = JourneySite(home, site.regulation, site.also, site.now)
    made.move_to(site.now)
    return made
