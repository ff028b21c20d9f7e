"""A desk with as many entries as wanted: set up through the acts, then filled by copying in SQL.

What is copied are log rows; the journal's chain is not made for them, and no benchmark looks at it.
"""

from __future__ import annotations

import os
import sys
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from desk_console.foundation import sqlite
from desk_console.foundation.clock import SystemClock
from desk_console.foundation.options import Options
from desk_console.foundation.paths import HOME_VARIABLE
from desk_console.foundation.store import Store
from desk_console.founding import SetUp, set_up
from desk_console.log import search_index
from desk_console.log.entry_source import ENTRIES
from desk_console.log.forms import CallForm
from desk_console.log.records import Category
from desk_console.matters.acts import log_entry
from desk_console.people.pins import prove
from desk_console.rulebook.desk import Desk
from desk_console.shift.arrivals import sign_on
from tests.benchmarks.console import TimedConsole

LAST_WORDS = "钟计时"
"""The holder's name: it is painted with the first live figures."""

TITLE = "当班"
"""Is painted with the first frame."""

SIGNED_ON = "记录人"
SAVED = "已保存"

PIN = "kestrel-42x"
_STAFF_NO = "1001"


@dataclass(frozen=True, slots=True)
class FilledDesk:
    """How to start the console on the filled file."""

    command: list[str]
    env: dict[str, str]
    title: str = TITLE

    def sign_on(self, console: TimedConsole) -> None:
        """Takes the seat at the console."""
        console.press("\x0e")
        console.settle()
        console.press(_STAFF_NO)
        console.settle()
        console.press("\r")
        console.settle()
        console.press(PIN)
        console.settle()
        sent = console.press("\r")
        console.seconds_until(SIGNED_ON, since=sent)
        console.settle()

    def open_call_form(self, console: TimedConsole) -> None:
        """Signs on and opens the call form, the cursor in the words."""
        self.sign_on(console)
        console.press("\x1bOQ")
        console.settle()
        console.press("\t\t\t\t")
        console.settle()

    def log_a_call(self, console: TimedConsole, words: str) -> None:
        """Logs an enquiry from F2 to Ctrl+S; the seat is taken."""
        console.press("\x1bOQ")
        console.settle(0.3)
        console.press("\t\t\t1")
        console.settle(0.2)
        console.press(words)
        console.settle(0.3)
        sent = console.press("\x13")
        console.seconds_until(SAVED, since=sent)
        console.settle()


def filled_desk(folder: Path, *, entries: int) -> FilledDesk:
    """Sets up a desk in the folder, its supervisor on duty, and fills its log."""
    # For the consoles too: the desk's secret stands there, and nothing of the user's is touched.
    os.environ[HOME_VARIABLE] = str(folder)
    config = folder / "config.toml"
    file = folder / "desk.db"
    options = Options(config=config, db=file, lang="zh")
    answers = SetUp(
        language="zh",
        site="计时中心",
        zone="Asia/Shanghai",
        regulation="company-24h",
        also=(),
        supervisor=LAST_WORDS,
        staff_no=_STAFF_NO,
        pin=PIN,
        role="manager",
    )
    desk, person = set_up(options, answers)
    proof = prove(desk, person.id, PIN)
    sign_on(desk, proof)
    log_entry(desk, proof.person, _form(desk))
    desk.store.close()
    copy_entries(file, entries)
    return FilledDesk(
        [sys.executable, "-m", "desk_console", "--config", str(config), "--db", str(file)],
        {HOME_VARIABLE: str(folder)},
    )


def copy_entries(file: Path, entries: int) -> None:
    """Copies the first entry until there are `entries`, each a minute before the one after it."""
    with closing(sqlite.connect(file, read_only=False)) as connection:
        columns = [row[1] for row in connection.execute("pragma table_info(entry)")]
        changed = {
            "id": "i",
            "form_id": "'copy-' || i",
            "at": "strftime('%Y-%m-%dT%H:%M:%S.000000Z', first.at, '-' || i || ' minutes')",
        }
        picked = ", ".join(changed.get(name, f"first.{name}") for name in columns)
        connection.execute("begin")
        connection.execute(
            f"insert into entry ({', '.join(columns)}) "
            f"with recursive n(i) as (select 2 union all select i + 1 from n where i < {entries}) "
            f"select {picked} from n, (select * from entry where id = 1) as first"
        )
        _copy_lines(connection, file, entries)
        connection.execute("commit")


def _copy_lines(connection: Any, file: Path, entries: int) -> None:
    """The lines of the search index for the copies: the first entry's, each with its own day."""
    store = Store(file, clock=SystemClock(), zone=UTC, console="filling")
    with store.reading() as session:
        first = ENTRIES.documents(session, [1])[1]
    store.close()
    tokens = search_index.tokens(ENTRIES.number, first._replace(days=()))
    days = " || ' ' || ".join(
        f"'{sign}' || strftime('{form}', at)"
        for sign, form in (("d", "%Y%m%d"), ("e", "%m%d"), ("m", "%Y%m"), ("y", "%Y"))
    )
    days += " || ' k' || (cast(julianday(date(at)) - 1721424.5 as integer) / 7)"
    connection.execute(
        f"insert into {search_index.TABLE} (rowid, words, letters)"
        f" select id * {search_index.VERSIONS}, ? || ' ' || {days}, ? from entry"
        f" where id between 2 and {entries}",
        tokens,
    )


def _form(desk: Desk) -> CallForm:
    at: datetime = desk.now() - timedelta(seconds=1)
    return CallForm(
        form_id=desk.source.new_id(),
        at=at,
        category=Category.ENQUIRY,
        caller="王先生",
        content="问停水通知的时间",
        action="已答复",
    )
