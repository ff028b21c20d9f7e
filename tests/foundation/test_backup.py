"""Row 31: a backup is whole while someone writes; a restore refuses before it touches anything."""

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desk_console.foundation import backup, sqlite
from desk_console.foundation.clock import MovingClock
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.verify import verify
from desk_console.matters.acts import log_entry
from desk_console.rulebook.desk import Desk
from tests.foundation.desk_file import call, fill
from tests.staff import Staff

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def file(desk: Desk, staff: Staff, clock: MovingClock) -> Path:
    return fill(desk, staff, clock)


def rows(path: Path) -> int:
    connection = sqlite.connect(path)
    count = int(connection.execute("select count(*) from entry").fetchone()[0])
    connection.close()
    return count


def test_row_31_a_backup_while_someone_writes_is_whole(
    file: Path, desk: Desk, staff: Staff, tmp_path: Path
) -> None:
    saved: list[int] = []
    halt = threading.Event()

    def write() -> None:
        while not halt.is_set():
            form = call(desk, f"more-{len(saved)}", "又来电")
            saved.append(log_entry(desk, staff.clerk.person, form).entry_id)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [
            backup.back_up(file, tmp_path / "b", at=AT + timedelta(seconds=n)) for n in range(5)
        ]
    finally:
        halt.set()
        writer.join()
    assert saved
    for each in made:
        assert verify(each).is_good
        assert sqlite.faults(each, full=True) == []


def test_a_backup_is_named_by_the_time_and_the_oldest_goes(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "b"
    made = [
        backup.back_up(file, folder, at=AT + timedelta(minutes=n), keep=3) for n in (0, 1, 1, 2)
    ]
    assert [each.name for each in backup.backups(file, folder)] == [
        "desk-20260302-090200.db",
        "desk-20260302-090100-2.db",
        "desk-20260302-090100.db",
    ]
    assert not made[0].exists()
    assert not list(folder.glob(".*"))


def test_the_newest_good_backup_passes_over_damaged_ones(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "b"
    good = backup.back_up(file, folder, at=AT)
    bad = backup.back_up(file, folder, at=AT + timedelta(minutes=1))
    bad.write_bytes(bad.read_bytes()[:9000])
    assert backup.newest_good(file, folder) == good


def test_a_file_that_was_tampered_with_makes_no_backup(file: Path, tmp_path: Path) -> None:
    connection = sqlite.connect(file, read_only=False)
    connection.execute("drop trigger entry_unchanged")
    connection.close()
    with pytest.raises(Refusal) as refused:
        backup.back_up(file, tmp_path / "b", at=AT)
    assert refused.value.message.key == "foundation.backup_faulty"
    assert list((tmp_path / "b").iterdir()) == []


def test_a_restore_brings_back_and_keeps_the_present_file(
    file: Path, desk: Desk, staff: Staff, tmp_path: Path
) -> None:
    made = backup.back_up(file, tmp_path / "b", at=AT)
    log_entry(desk, staff.clerk.person, call(desk, "later", "后来的"))
    desk.store.close()
    outcome = backup.restore(made, file, at=AT)
    assert rows(file) == 3
    assert outcome.kept is not None
    assert rows(outcome.kept) == 4
    assert not file.with_name(f".{file.name}.restoring").exists()


@pytest.mark.parametrize("cut", [0, 50, 5000, -4096, -1])
def test_row_31_a_cut_backup_is_refused_before_anything_is_touched(
    file: Path, desk: Desk, tmp_path: Path, cut: int
) -> None:
    made = backup.back_up(file, tmp_path / "b", at=AT)
    made.write_bytes(made.read_bytes()[:cut])
    desk.store.close()
    before = file.read_bytes(), sorted(file.parent.iterdir())
    with pytest.raises(Refusal):
        backup.restore(made, file, at=AT)
    assert (file.read_bytes(), sorted(file.parent.iterdir())) == before


def test_a_restore_is_refused_while_a_console_has_the_file_open(
    file: Path, desk: Desk, tmp_path: Path
) -> None:
    made = backup.back_up(file, tmp_path / "b", at=AT)
    with desk.reading() as session:
        session.connection().exec_driver_sql("select count(*) from entry").fetchone()
        with pytest.raises(Refusal) as refused:
            backup.restore(made, file, at=AT)
    assert refused.value.message.key == "foundation.restore_in_use"
    assert rows(file) == 3


def test_a_damaged_database_is_replaced(file: Path, desk: Desk, tmp_path: Path) -> None:
    made = backup.back_up(file, tmp_path / "b", at=AT)
    desk.store.close()
    file.write_bytes(b"\0" * 100 + file.read_bytes()[100:])
    backup.restore(made, file, at=AT)
    assert verify(file).is_good
