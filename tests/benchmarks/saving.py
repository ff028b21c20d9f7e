"""An acknowledged save (entry, draft gone, index, journal with its chain) against a raw insert."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from desk_console.foundation import sqlite
from desk_console.foundation.options import Options
from desk_console.log.drafts import keep
from desk_console.log.forms import CallForm
from desk_console.log.records import Category
from desk_console.matters.acts import log_entry
from desk_console.people.records import PersonView
from desk_console.people.views import people
from desk_console.rulebook.desk import Desk
from desk_console.wiring import open_desk
from tests.benchmarks.filling import filled_desk
from tests.benchmarks.table import Ratio

SAVES = 200


def measure() -> list[Ratio]:
    """At most 6 times a raw insert with synchronous=FULL."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        filled_desk(folder, entries=1000)
        desk = open_desk(Options(config=folder / "config.toml", db=folder / "desk.db"))
        with desk.reading() as session:
            person = people(session)[0]
        raw_file = folder / "raw.db"
        with closing(sqlite.driver().connect(str(raw_file), isolation_level=None)) as raw:
            raw.execute("pragma journal_mode=wal")
            raw.execute("pragma synchronous=full")
            raw.execute("create table entry (id integer primary key, content text)")
            ours: list[float] = []
            baseline: list[float] = []
            for number in range(SAVES):
                ours.append(timed(save_of(desk, person, number)))
                baseline.append(
                    timed(lambda: raw.execute("insert into entry(content) values('水')"))
                )
        desk.store.close()
    return [
        Ratio(
            "acknowledged save",
            statistics.median(ours) * 1000,
            statistics.median(baseline) * 1000,
            "raw insert, synchronous=FULL",
            "ms",
            6.0,
        )
    ]


def save_of(desk: Desk, person: PersonView, number: int) -> Callable[[], object]:
    """A call to be saved, its draft kept already."""
    form = CallForm(
        form_id=desk.source.new_id(),
        at=desk.now(),
        category=Category.REPAIR,
        caller="王先生",
        unit_text="3-1502",
        content=f"厨房水槽漏水 {number}",
        action="登记",
        result="已修",
    )
    keep(desk, form.form_id, "call", {"content": form.content}, person.id)
    return lambda: log_entry(desk, person, form)


def timed(act: Callable[[], object]) -> float:
    """How many seconds it takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began
