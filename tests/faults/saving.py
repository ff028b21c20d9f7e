"""A program that saves calls one after the other and says so, to be killed or raced by a test.

    python -m tests.faults.saving crash FILE KILLS SEED
    python -m tests.faults.saving race FILE NAME SECONDS

`crash` forks a saver, kills it at a random moment, looks the file over, and does so again. Both
print one line of JSON.
"""

import json
import os
import random
import signal
import sys
import threading
import time
from datetime import UTC
from pathlib import Path

from sqlmodel import col, select

from desk_console.foundation import sqlite
from desk_console.foundation.clock import SystemClock
from desk_console.foundation.identity import SystemSource
from desk_console.foundation.store import Store
from desk_console.foundation.verify import verify
from desk_console.log.records import Entry
from desk_console.matters.acts import log_entry
from desk_console.people.records import Person, PersonView
from desk_console.people.views import person
from desk_console.rulebook.desk import Desk, Site
from desk_console.rulebook.loader import site_rules
from tests.foundation.desk_file import call

CHECK_EVERY = 20
"""The whole chain is verified after so many kills; the pages and the saves after each."""


def open_desk(path: Path, console: str) -> Desk:
    """A console on that file, by the computer's own clock."""
    return Desk(
        store=Store(path, clock=SystemClock(), zone=UTC, console=console),
        source=SystemSource(),
        site=Site(name="测试中心"),
        duty=site_rules("property-24h"),
        secret=b"",
        folder=path.parent,
    )


def clerk_of(desk: Desk) -> PersonView:
    """The clerk who is signed on in the file."""
    with desk.reading() as session:
        known = session.exec(select(Person.id).where(Person.staff_no == "2001")).one()
        found = person(session, known or 0)
    if found is None:
        raise LookupError("the file has no clerk 2001")
    return found


def save_for_ever(desk: Desk, prefix: str, said: int) -> None:
    """Saves calls, and writes the id of each to `said` when it was acknowledged."""
    clerk, number = clerk_of(desk), 0
    while True:
        form_id = f"{prefix}-{number}"
        log_entry(desk, clerk, call(desk, form_id, "水管爆裂"))
        os.write(said, f"{form_id}\n".encode())
        number += 1


def crash(path: Path, kills: int, seed: int) -> dict[str, object]:
    """Kills a saver so many times; what was acknowledged, and what is wrong with the file."""
    chance = random.Random(seed)
    acknowledged: set[str] = set()
    wrong: list[str] = []
    warm = open_desk(path, "warm")  # what is loaded before the fork need not be loaded by each
    log_entry(warm, clerk_of(warm), call(warm, "warm", "来电"))
    warm.store.close()
    for kill in range(kills):
        acknowledged |= _killed(path, f"kill-{kill}", chance, is_early=kill % 8 == 0)
        wrong += [f"kill {kill}: {fault}" for fault in sqlite.faults(path, full=False)]
        connection = sqlite.connect(path)
        there = {row[0] for row in connection.execute("select form_id from entry")}
        connection.close()
        wrong += [f"kill {kill}: lost {form_id}" for form_id in acknowledged - there]
        if kill % CHECK_EVERY == 0 or kill == kills - 1:
            wrong += [f"kill {kill}: {found}" for found in verify(path).findings]
    return {"kills": kills, "acknowledged": len(acknowledged), "wrong": wrong}


def _killed(path: Path, prefix: str, chance: random.Random, *, is_early: bool) -> set[str]:
    """One saver's life: killed at some moment of its saves, or of its beginning; what it said."""
    listen, say = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(listen)
        save_for_ever(open_desk(path, "saver"), prefix, say)
    os.close(say)
    heard = b"" if is_early else os.read(listen, 1 << 16)
    time.sleep(chance.uniform(0.0, 0.05))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(listen, "rb") as rest:
        heard += rest.read()
    return {line.decode() for line in heard.split(b"\n")[:-1]}


def race(path: Path, name: str, seconds: float) -> dict[str, object]:
    """Saves for some seconds, once both sides stand; when each save was acknowledged, and when
    others' were seen.
    """
    desk = open_desk(path, name)
    clerk = clerk_of(desk)
    path.with_name(f"{name}.ready").touch()
    while len(list(path.parent.glob("*.ready"))) < 2:  # who began alone would stop looking alone
        time.sleep(0.01)
    end = time.monotonic() + seconds
    saved: dict[str, float] = {}
    seen: dict[str, float] = {}
    watcher = threading.Thread(target=_watch, args=(desk, name, seen, end + 2))
    watcher.start()
    while time.monotonic() < end:
        form_id = f"{name}-{len(saved)}"
        log_entry(desk, clerk, call(desk, form_id, "来电"))
        saved[form_id] = time.time()
    watcher.join()
    desk.store.close()
    return {"saved": saved, "seen": seen}


def _watch(desk: Desk, name: str, seen: dict[str, float], end: float) -> None:
    """What a screen does: asks whether somebody wrote, and looks only then."""
    mark, last = 0, 0
    while time.monotonic() < end:
        now = desk.store.change_mark()
        if now != mark:
            mark = now
            with desk.reading() as session:
                found = session.exec(select(Entry.id, Entry.form_id).where(col(Entry.id) > last))
                for entry_id, form_id in found:
                    last = max(last, entry_id or 0)
                    if not form_id.startswith((name, "form")):
                        seen[form_id] = time.time()
        time.sleep(0.1)


def main() -> None:
    """See the top of the file."""
    task, path, *rest = sys.argv[1:]
    if task == "crash":
        outcome = crash(Path(path), int(rest[0]), int(rest[1]))
    else:
        outcome = race(Path(path), rest[0], float(rest[1]))
    print(json.dumps(outcome))


if __name__ == "__main__":
    main()
