"""A desk's file with something in it: people, keys, a signature, entries, a correction, matters."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path

from desk_console.foundation import sqlite
from desk_console.foundation.clock import MovingClock
from desk_console.log.additions import correct
from desk_console.log.forms import CallForm
from desk_console.log.records import Category
from desk_console.matters.acts import log_entry
from desk_console.people.pins import choose_pin
from desk_console.rulebook.desk import Desk
from desk_console.shift.arrivals import sign_on
from tests.staff import Staff

PIN = "73910482"


def call(desk: Desk, form_id: str, content: str) -> CallForm:
    """A call that leaves something open."""
    return CallForm(
        form_id=form_id,
        at=desk.now(),
        category=Category.REPAIR,
        caller="王女士",
        phone="13800001111",
        content=content,
    )


def fill(desk: Desk, staff: Staff, clock: MovingClock) -> Path:
    """Puts three calls, a correction and a signature on record; returns the file."""
    proof = choose_pin(desk, staff.clerk.person.id, PIN)
    sign_on(desk, staff.clerk)
    clock.advance(timedelta(minutes=30))
    for number in range(3):
        log_entry(desk, staff.clerk.person, call(desk, f"form-{number}", f"厨房漏水 {number}"))
        clock.advance(timedelta(minutes=5))
    correct(desk, staff.clerk.person, 1, "phone", "13800002222", "听错了")
    with desk.transaction() as work:
        proof.sign(work, subject="entry:1", meaning="read", role="clerk", content={"entry": 1})
        work.journal("tests.signed", by=staff.clerk.person.id, subject="signature:1")
    return desk.store.path


def meddle(path: Path, *statements: str, keep_seals: bool = True) -> None:
    """What somebody with an SQL tool does: takes the seals off, changes rows, puts them back."""
    with closing(sqlite.connect(path, read_only=False)) as connection:
        seals = connection.execute(
            "select name, sql from sqlite_schema where type = 'trigger'"
        ).fetchall()
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("begin")
        for name, _ in seals:
            connection.execute(f"drop trigger {name}")
        for statement in statements:
            connection.execute(statement)
        if keep_seals:
            for _, words in seals:
                connection.execute(words)
        connection.execute("commit")
