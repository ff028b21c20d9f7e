"""Rows 4 to 8, 36, 37: full disks, files not to be written, damage, other versions, locks."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError

from desk_console.foundation import backup, schema, sqlite
from desk_console.foundation.catalogue import LANGUAGES, Catalogue
from desk_console.foundation.clock import MovingClock
from desk_console.foundation.options import Options
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.verify import verify
from desk_console.foundation.verify_seals import SEALED
from desk_console.matters.acts import log_entry
from desk_console.rulebook.desk import Desk
from desk_console.wiring import open_desk
from tests.foundation.desk_file import call, fill
from tests.staff import Staff

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a config, and room for a database."""
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "config.toml").write_text('[site]\nname = "测试"\n', encoding="utf-8")
    monkeypatch.setenv("DESK_CONSOLE_HOME", str(folder))
    return folder


@pytest.fixture
def file(home: Path, desk: Desk, staff: Staff, clock: MovingClock) -> Path:
    """A filled database in that home, with a good backup beside it."""
    path = fill(desk, staff, clock)
    desk.store.close()
    target = home / "desk.db"
    backup.back_up_to(path, target)
    backup.back_up(target, home / "backups", at=AT)
    return target


def refusal_of(options: Options | None = None) -> Refusal:
    """How the opening is refused; the words are there in both languages."""
    with pytest.raises(Refusal) as refused:
        open_desk(options or Options())
    for language in LANGUAGES:
        assert Catalogue(language).text(refused.value.message)
    return refused.value


def _entries(path: Path) -> int:
    with closing(sqlite.connect(path)) as connection:
        return int(connection.execute("select count(*) from entry").fetchone()[0])


# Row 4


def _fill_up(desk: Desk, *, is_full: bool) -> None:
    """Lets the file grow no further, as a disk without room does; or gives it room again."""
    desk.store._engine("writing").dispose()
    with desk.store._engine("writing").connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        most = pages if is_full else 1_000_000
        connection.exec_driver_sql(f"PRAGMA max_page_count={most}")

    def keep_full(raw: Any, _record: object) -> None:
        raw.execute(f"PRAGMA max_page_count={most}")

    event.listen(desk.store._engine("writing"), "connect", keep_full)


def test_row_4_a_save_on_a_full_disk_is_refused_and_works_when_there_is_room(
    desk: Desk, staff: Staff, clock: MovingClock
) -> None:
    path = fill(desk, staff, clock)
    long = "水" * 3900
    _fill_up(desk, is_full=True)
    with pytest.raises(Refusal) as refused:
        for number in range(50):
            log_entry(desk, staff.clerk.person, call(desk, f"full-{number}", long))
    assert refused.value.message.key == "foundation.disk_full"
    kept = _entries(path)
    assert verify(path).is_good
    _fill_up(desk, is_full=False)
    log_entry(desk, staff.clerk.person, call(desk, "room-again", long))
    assert _entries(path) == kept + 1


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes, where this machine lets a test have one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "none", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("no right to mount a small disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_row_4_a_save_on_a_really_full_disk(
    desk: Desk, staff: Staff, clock: MovingClock, small_disk: Path
) -> None:
    source = fill(desk, staff, clock)
    path = small_disk / "desk.db"
    backup.back_up_to(source, path)
    store = type(desk.store)(path, clock=clock, zone=desk.zone, console="small")
    small = replace(desk, store=store)
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"\0" * 500_000)
    try:
        with pytest.raises(Refusal) as refused:
            for number in range(400):
                form = call(small, f"full-{number}", "水" * 3900)
                log_entry(small, staff.clerk.person, form)
        assert refused.value.message.key == "foundation.disk_full"
        kept = _entries(path)
        ballast.unlink()
        log_entry(small, staff.clerk.person, call(small, "room-again", "好了"))
        assert _entries(path) == kept + 1
        assert verify(path).is_good
    finally:
        store.close()


def test_row_4_a_backup_on_a_full_disk_leaves_nothing_behind(file: Path, small_disk: Path) -> None:
    (small_disk / "ballast").write_bytes(b"\0" * 1_950_000)
    with pytest.raises(Refusal) as refused:
        backup.back_up(file, small_disk, at=AT)
    assert refused.value.message.key == "foundation.backup_no_room"
    assert [each.name for each in small_disk.iterdir()] == ["ballast"]


def test_row_4_a_migration_on_a_full_disk_leaves_no_file(small_disk: Path) -> None:
    (small_disk / "ballast").write_bytes(b"\0" * 1_950_000)
    with pytest.raises(Refusal) as refused:
        schema.bring_up(small_disk / "desk.db", back_up=lambda path: path)
    assert refused.value.message.key == "foundation.migration_failed"
    assert [each.name for each in small_disk.iterdir()] == ["ballast"]


# Row 5


def test_row_5_a_file_that_may_not_be_written_opens_to_be_looked_at(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desk_console.wiring._is_writable", lambda path: False)
    before = file.read_bytes()
    desk = open_desk(Options())
    assert [each.key for each in desk.notices] == ["foundation.read_only"]
    with desk.reading() as session:
        assert session.connection().execute(text("select count(*) from entry")).scalar() == 3
    with pytest.raises(Refusal) as refused, desk.transaction():
        pass
    assert refused.value.message.key == "foundation.read_only"
    desk.store.close()
    assert file.read_bytes() == before


def test_row_5_an_older_file_that_may_not_be_written_is_refused(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "SCHEMA", schema.SCHEMA + 1)
    assert refusal_of(Options(read_only=True)).message.key == "foundation.file_behind"


# Row 6


@pytest.mark.parametrize("damage", ["header", "cut_in_header", "other", "text"])
def test_row_6_a_damaged_file_is_refused_and_the_newest_good_backup_named(
    file: Path, damage: str
) -> None:
    whole = file.read_bytes()
    file.write_bytes(
        {
            "header": b"\xff" * 60 + whole[60:],
            "cut_in_header": whole[:50],
            "other": bytes(len(whole)),
            "text": "这不是数据文件".encode(),
        }[damage]
    )
    refusal = refusal_of()
    made = next((file.parent / "backups").iterdir())
    assert refusal.message.key == "foundation.file_damaged_backup"
    words = Catalogue("zh").text(refusal.message)
    assert f"desk-console restore {made}" in words
    backup.restore(made, file, at=AT)
    assert verify(file).is_good


@pytest.mark.parametrize("damage", ["middle", "cut"])
def test_row_6_damage_in_the_middle_stops_all_writing(file: Path, damage: str) -> None:
    whole = file.read_bytes()
    pages = len(whole) // 4096
    file.write_bytes(
        whole[: 4096 * 2] + b"\xa5" * 4096 * (pages - 2) if damage == "middle" else whole[:20480]
    )
    try:
        desk = open_desk(Options())
    except Refusal as refusal:
        assert refusal.message.key == "foundation.file_damaged_backup"
        return
    with pytest.raises(Refusal) as refused, desk.transaction():
        pass
    desk.store.close()
    assert refused.value.message.key == "foundation.file_damaged_backup"


def test_row_6_an_empty_file_a_folder_and_a_strangers_database(file: Path) -> None:
    file.write_bytes(b"")
    assert refusal_of().message.key == "foundation.file_damaged_backup"
    file.unlink()
    with closing(sqlite.driver().connect(str(file))) as connection:
        connection.execute("create table other (id integer)")
        connection.commit()
    assert refusal_of().message.key == "foundation.file_foreign"
    file.unlink()
    file.mkdir()
    assert refusal_of().message.key == "foundation.file_is_folder"


# Rows 7 and 8


def test_row_7_a_newer_file_is_refused_and_both_versions_named(file: Path) -> None:
    with closing(sqlite.connect(file, read_only=False)) as connection:
        connection.execute("PRAGMA user_version=99")
    refusal = refusal_of()
    assert refusal.message.key == "foundation.file_newer"
    assert (refusal.message.values["found"], refusal.message.values["known"]) == (
        99,
        schema.SCHEMA,
    )


def test_row_8_a_migration_that_fails_half_way_leaves_the_file_as_it_was(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "migrations"
    shutil.copytree(schema.migrations_folder(), folder)
    (folder / "versions" / "9999_half_way.py").write_text(
        "from alembic import op\n"
        "import sqlalchemy as sa\n"
        f"revision = '9999'\ndown_revision = {_newest()!r}\n"
        "def upgrade():\n"
        "    op.create_table('half', sa.Column('id', sa.Integer))\n"
        "    op.execute('insert into nowhere values (1)')\n"
    )
    monkeypatch.setattr(schema, "migrations_folder", lambda: folder)
    monkeypatch.setattr(schema, "SCHEMA", schema.SCHEMA + 1)
    refusal = refusal_of()
    assert refusal.message.key == "foundation.migration_failed"
    made = Path(str(refusal.message.values["backup"]))
    assert _entries(made) == 3
    with closing(sqlite.connect(file)) as connection:
        tables = {row[0] for row in connection.execute("select name from sqlite_schema")}
        version = connection.execute("PRAGMA user_version").fetchone()[0]
    assert "half" not in tables
    assert version == schema.SCHEMA - 1
    assert verify(file).is_good


def _newest() -> str:
    versions = sorted((schema.migrations_folder() / "versions").glob("[0-9]*.py"))
    return versions[-1].name.partition("_")[0]


def test_the_schema_number_is_that_of_the_newest_migration() -> None:
    assert int(_newest()) == schema.SCHEMA


# Rows 36 and 37


def test_row_36_a_lock_held_elsewhere_is_said_in_words_and_the_save_works_afterwards(
    desk: Desk, staff: Staff, clock: MovingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = fill(desk, staff, clock)
    assert sqlite.BUSY_MILLISECONDS == 5000
    monkeypatch.setattr(sqlite, "BUSY_MILLISECONDS", 200)
    desk.store._engine("writing").dispose()
    form = call(desk, "waiting", "等一等")
    with closing(sqlite.connect(path, read_only=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Refusal) as refused:
            log_entry(desk, staff.clerk.person, form)
        assert refused.value.message.key == "foundation.busy"
        other.execute("ROLLBACK")
    log_entry(desk, staff.clerk.person, form)
    assert _entries(path) == 4


@pytest.mark.parametrize("table", ["entry", "addition", "journal", "matter_event", "signature"])
def test_row_37_sealed_rows_hold_against_the_programs_own_connection(
    desk: Desk, staff: Staff, clock: MovingClock, table: str
) -> None:
    path = fill(desk, staff, clock)
    key = SEALED[table].keys[0]
    with closing(sqlite.connect(path)) as connection:
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    fixed = next(name for name in columns if name not in SEALED[table].erasable and name != key)
    for statement in (
        f"update {table} set {fixed} = {fixed}",
        f"delete from {table}",
        f"insert or replace into {table} select * from {table} order by {key} limit 1",
        f"replace into {table} select * from {table} order by {key} limit 1",
    ):
        with pytest.raises(DBAPIError, match="sealed"), desk.transaction() as work:
            work.session.connection().execute(text(statement))
    assert verify(path).is_good
