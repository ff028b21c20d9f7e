"""Row 20: what the journal tells of a row is held against it, whatever column was changed."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from desk_console.foundation import sqlite
from desk_console.foundation.verify import verify
from desk_console.handover import relief
from desk_console.handover.adding import add_note
from desk_console.handover.opening import refuse_to_take_over
from desk_console.handover.releasing import release
from desk_console.matters.acts import OpenMatter
from desk_console.matters.records import Importance
from desk_console.rulebook.desk import Desk
from desk_console.shift.step_out import come_back, step_out, take_now
from tests.built import built_once
from tests.foundation.desk_file import meddle
from tests.handover.conftest import Evening
from tests.handover.walk import Walk, call, proven


@pytest.fixture
def told(evening: Evening) -> Path:
    """The file with a handover refused, then released and sealed, a note, a second one sealed; a
    step-out, a post taken in an emergency, and calls for relief.
    """
    _told(evening.desk, evening)
    return evening.desk.store.path


@built_once
def _told(desk: Desk, evening: Evening) -> None:
    clerk, night_man = evening.clerk, evening.night_man
    guard = proven(desk, evening.staff.guard)
    step_out(desk, clerk, guard, reason="去送钥匙", back_at=desk.now() + timedelta(minutes=10))
    come_back(desk, clerk)
    call(desk, clerk.person, opened=OpenMatter(importance=Importance.IMPORTANT))
    walk = evening.open()
    walk.join()
    refuse_to_take_over(desk, night_man.person, walk.id, "水还在漏")
    evening.clock.advance(timedelta(minutes=1))
    _seal(evening, walk)
    add_note(desk, clerk, walk.id, "补一句：师傅十点到")
    take_now(desk, clerk, post_code="desk")
    evening.clock.advance(timedelta(minutes=1))
    _seal(evening, Walk(desk, clerk, night_man, reason="换回来"))
    evening.clock.advance(timedelta(hours=18))
    relief.settle(desk)
    assert verify(desk.store.path).is_good


def _seal(evening: Evening, walk: Walk) -> None:
    walk.join()
    walk.state()
    for matter in walk.sheet.matters:
        release(
            evening.desk,
            evening.supervisor,
            walk.id,
            matter.matter_id,
            reason="等配件",
            new_owner_id=evening.night_man.person.id,
        )
    walk.whole()


LONG_AGO = "'2020-01-01T00:00:00.000000Z'"
NOTES = ("person_id = 1", f"at = {LONG_AGO}", "handover_id = 2", "signature_id = 2")
CHANGES = {
    "handover_note": NOTES,
    "handover_refusal": ("person_id = 1", f"at = {LONG_AGO}", "handover_id = 2"),
    "handover_release": (
        "person_id = 2", *NOTES[1:], "matter_id = 99", "importance = 'normal'", "new_owner_id = 1",
    ),
    "handover_version": (f"made_at = {LONG_AGO}", "number = 7"),
    "handover_seal": (
        f"sealed_at = {LONG_AGO}",
        "receipt = lower(receipt)",
        "receipt = replace(receipt, '-', ' ')",
        "id = id + 100",
    ),
    "handover": (
        "post_code = 'gate'", "kind = 'short'", "shift_id = null", "opened_by = 1",
        f"opened_at = {LONG_AGO}", "after_entry_id = 1", "through_entry_id = 1", "closed_at = null",
    ),
    "relief_call": (
        "post_code = 'gate'", "rung = 2", "role = 'clerk'", f"since = {LONG_AGO}",
        f"called_at = {LONG_AGO}", "answer = '没人管'",
    ),
    "shift_report": (f"reported_at = {LONG_AGO}", "handover_id = 2, tenure_id = null"),
}  # fmt: skip
TENURES = (
    ("emergency", "kind = 'rostered'"),
    ("emergency", "person_id = 1"),
    ("stand_in", "away_person_id = 1"),
    ("stand_in", "person_id = 1"),
    ("stand_in", f"due_at = {LONG_AGO}"),
    ("held_over", "kind = 'rostered'"),
    ("held_over", f"began_at = {LONG_AGO}"),
    ("unrostered", "reason = '去吃饭'"),
    ("held_over", "ended_at = '2026-03-03T09:00:00.000000Z'"),
)  # fmt: skip


def test_row_20_every_column_that_the_journal_tells_is_held_against_it(
    told: Path, tmp_path: Path
) -> None:
    changes = [
        (table, f"update {table} set {change} where id = (select min(id) from {table})")
        for table, every in CHANGES.items()
        for change in every
    ]
    changes += [
        ("tenure", f"update tenure set {change} where kind = '{kind}'") for kind, change in TENURES
    ]
    for number, (table, statement) in enumerate(changes):
        found = _found(told, tmp_path / f"{number}.db", statement)
        assert any(place.startswith(f"{table}:") for place, _ in found), (statement, found)


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("delete from handover where id = 1", "handover:1"),
        ("delete from relief_call where id = 1", "relief_call:1"),
        ("delete from shift_report where handover_id = 2", "shift_report:handover:2"),
        ("delete from shift_report where tenure_id is not null", "shift_report:tenure:"),
        ("delete from tenure where kind = 'emergency'", "tenure:"),
        ("delete from tenure where id = 1", "tenure:1"),
        ("delete from tenure where began_at = (select max(sealed_at) from handover_seal)",
         "tenure:handover:2"),
        ("update tenure set person_id = 1 where began_at = "
         "(select max(sealed_at) from handover_seal)", "tenure:handover:2"),
    ],
)  # fmt: skip
def test_row_20_a_row_that_an_act_wrote_and_is_gone_is_found(
    told: Path, tmp_path: Path, statement: str, place: str
) -> None:
    missing = [
        place
        for place, key in _found(told, tmp_path / "gone.db", statement)
        if key == "foundation.verify_record_missing"
    ]
    assert any(one.startswith(place) for one in missing), missing


@pytest.mark.parametrize(
    "statement",
    [
        "insert into shift_report (handover_id, reported_at) "
        "select handover_id, reported_at from shift_report where id = 1",
        "insert into relief_call (post_code, since, rung, role, called_at, answer, salt) "
        "select post_code, since, 7, role, called_at, '', '' from relief_call where id = 1",
    ],
)
def test_row_20_a_row_that_no_act_wrote_is_found(
    told: Path, tmp_path: Path, statement: str
) -> None:
    keys = [key for _, key in _found(told, tmp_path / "put.db", statement)]
    assert keys == ["foundation.verify_unjournaled"]


def _found(file: Path, copy: Path, statement: str) -> list[tuple[str, str]]:
    """What is found in a copy after a statement that changes something."""
    sqlite.copy_whole(file, copy, check=lambda path: [])
    with closing(sqlite.connect(copy)) as connection:
        before = [connection.execute(f"select * from {table}").fetchall() for table in _TABLES]
    meddle(copy, statement)
    with closing(sqlite.connect(copy)) as connection:
        after = [connection.execute(f"select * from {table}").fetchall() for table in _TABLES]
    assert before != after, f"nothing was changed by {statement}"
    return [(each.place, each.message.key) for each in verify(copy).findings]


_TABLES = (*CHANGES, "tenure")
