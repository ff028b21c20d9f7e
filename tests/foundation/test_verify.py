"""Row 20: whatever is changed with an SQL tool is found, and the first bad place is named."""

from collections.abc import Callable
from pathlib import Path

import pytest

from desk_console.foundation import columns, schema, verify, verify_seals
from desk_console.foundation.clock import MovingClock
from desk_console.foundation.head_mark import head_warning, keep_head
from desk_console.foundation.verify import Unverifiable
from desk_console.foundation.verify_receipts import receipt
from desk_console.rulebook.desk import Desk
from tests.foundation.desk_file import fill, meddle
from tests.staff import Staff


@pytest.fixture
def file(desk: Desk, staff: Staff, clock: MovingClock) -> Path:
    return fill(desk, staff, clock)


def test_an_untouched_file_is_good(file: Path) -> None:
    found = verify.verify(file)
    assert [str(each) for each in found.findings] == []
    assert found.rows > 5
    assert found.signatures == 1


def test_the_sealed_tables_are_those_that_the_packages_declare() -> None:
    declared = {
        each.table: verify_seals.Sealed(each.keys, each.changeable, each.erasable, each.once)
        for each in columns.seals()
        if not each.table.startswith(("sealed_", "crash_"))
    }
    assert {name: verify_seals.SEALED[name] for name in declared} == declared


SIGNED = (
    "update signature set statement = replace(statement, '\"read\"', '\"sent\"'), meaning = 'sent'"
)


@pytest.mark.parametrize(
    ("statement", "place", "key"),
    [
        ("update journal set body = '{}' where seq = 3", "journal:3", "row_changed"),
        ("update journal set person_id = 9 where seq = 2", "journal:2", "row_changed"),
        ("update journal set at = '2020-01-01T00:00:00.000000Z' where seq = 4", "journal:4", None),
        ("delete from journal where seq = 4", "journal:4", "row_missing"),
        ("delete from journal where seq = 1", "journal:1", "row_missing"),
        ("update entry set content = '没事' where id = 2", "entry:2", "words_changed"),
        ("update entry set phone = '1' where id = 1", "entry:1", "words_changed"),
        ("update entry set salt = 'x' where id = 1", "entry:1", "words_changed"),
        (
            "update entry set caller = replace(caller, '女', char(0xf981)) where id = 1",
            "entry:1",
            "words_changed",
        ),
        (
            "update journal set body = replace(body, '李', char(0xf9e1))",
            "journal:3",
            "row_changed",
        ),
        ("update entry set erased_by = 9999 where id = 1", "entry:1", "erased_without_order"),
        ("delete from entry where id = 3", "entry:3", "record_missing"),
        ("update addition set words = '1' where id = 1", "addition:1", "words_changed"),
        ("update matter_event set words = '改' where id = 1", None, "words_changed"),
        (SIGNED, "signature:1", "signature_bad"),
        ("update signature set subject = 'entry:2'", "signature:1", "signature_moved"),
        ("update signature set person_id = 1", "signature:1", "key_unknown"),
        ("update signing_key set person_id = 1", "signing_key:1", "key_unknown"),
    ],
)
def test_row_20_a_change_is_found_and_its_place_named(
    file: Path, statement: str, place: str | None, key: str | None
) -> None:
    meddle(file, statement)
    found = verify.verify(file).findings
    named = [(each.place, each.message.key) for each in found]
    assert named, "nothing was found"
    if key:
        assert any(
            one[1] == f"foundation.verify_{key}" and place in (None, one[0]) for one in named
        ), named
    if place and place.startswith("journal"):
        assert named[0][0] == place


def test_row_20_two_rows_swapped_are_found(file: Path) -> None:
    meddle(
        file,
        "update journal set seq = -2 where seq = 2",
        "update journal set seq = 2 where seq = 3",
        "update journal set seq = 3 where seq = -2",
    )
    assert verify.verify(file).findings[0].place == "journal:2"


def test_row_20_a_tail_cut_off_is_found_by_receipt_and_by_head_mark(
    file: Path, tmp_path: Path
) -> None:
    mark = tmp_path / "heads" / "desk.json"
    keep_head(mark, file)
    assert head_warning(mark, file) is None
    whole = verify.verify(file)
    code = receipt(whole.head)
    spaced = "-".join(code[at : at + 4] for at in range(0, 16, 4)).lower()
    assert verify.verify(file, receipts=[spaced]).is_good
    meddle(file, f"delete from journal where seq = {whole.rows}")
    assert verify.verify(file).is_good, "the chain alone cannot know"
    found = verify.verify(file, receipts=[spaced]).findings
    assert [each.message.key for each in found] == ["foundation.verify_receipt_unknown"]
    warning = head_warning(mark, file)
    assert warning is not None
    assert warning.key == "foundation.head_older"


@pytest.mark.parametrize(
    ("meddling", "key"),
    [
        ("drop trigger entry_unchanged", "trigger_missing"),
        ("drop trigger journal_unreplaced", "trigger_missing"),
        (
            "create trigger extra after insert on journal begin select 1; end",
            "trigger_foreign",
        ),
    ],
)
def test_row_20_seals_taken_off_are_found(file: Path, meddling: str, key: str) -> None:
    from desk_console.foundation import sqlite

    connection = sqlite.connect(file, read_only=False)
    connection.execute(meddling)
    connection.close()
    found = verify.verify(file).findings
    assert [each.message.key for each in found] == [f"foundation.verify_{key}"]


@pytest.mark.parametrize("number", range(1, schema.SCHEMA))
def test_a_file_of_an_older_schema_is_judged_by_its_own_seals(tmp_path: Path, number: int) -> None:
    from alembic import command
    from alembic.config import Config

    from desk_console.foundation import sqlite

    path = tmp_path / "old.db"
    engine = sqlite.make_engine(path, writing=True)
    settings = Config()
    settings.set_main_option("script_location", str(schema.migrations_folder()))
    with engine.begin() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, f"{number:04}")
        connection.exec_driver_sql(f"PRAGMA user_version={number}")
    engine.dispose()
    assert [str(one) for one in verify.verify(path).findings] == []


@pytest.mark.parametrize(
    ("meddling", "place"),
    [
        ("drop trigger tenure_set_once", "trigger:tenure_set_once"),
        ("drop table resident_look", "table:resident_look"),
    ],
)
def test_row_20_a_smaller_number_hides_no_seal(file: Path, meddling: str, place: str) -> None:
    from desk_console.foundation import sqlite

    connection = sqlite.connect(file, read_only=False)
    connection.execute(meddling)
    connection.execute("PRAGMA user_version=6")
    connection.close()
    assert [each.place for each in verify.verify(file).findings] == [place]


def test_row_20_a_seal_with_other_words_is_found(file: Path) -> None:
    from desk_console.foundation import sqlite

    connection = sqlite.connect(file, read_only=False)
    connection.execute("drop trigger notice_unremoved")
    connection.execute(
        "create trigger notice_unremoved before delete on notice begin select 1; end"
    )
    connection.close()
    assert verify.verify(file).findings[0].place == "trigger:notice_unremoved"


@pytest.mark.parametrize(
    "make",
    [
        lambda path: None,
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"not a database at all"),
        lambda path: path.mkdir(),
    ],
)
def test_what_is_no_file_of_ours_cannot_be_verified(
    tmp_path: Path, make: Callable[[Path], object]
) -> None:
    path = tmp_path / "other.db"
    make(path)
    with pytest.raises(Unverifiable):
        verify.verify(path)
