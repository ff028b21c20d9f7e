"""Row 20: whatever is changed of a sealed handover with an SQL tool is found."""

import random
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desk_console.foundation import sqlite
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.verify import verify
from desk_console.foundation.verify_seals import SEALED
from desk_console.handover import counting, relief
from desk_console.handover.adding import add_note
from desk_console.handover.counting import Counted, Explanation
from desk_console.handover.found import ALL
from desk_console.handover.opening import call_off
from desk_console.handover.reporting import acknowledge_report
from desk_console.handover.signed import as_signed, since_the_one_before
from desk_console.rulebook.desk import Desk
from desk_console.shift.step_out import come_back, give_reason, step_out, take_now
from tests.built import built_once
from tests.foundation.desk_file import meddle
from tests.handover.conftest import Evening
from tests.handover.walk import Walk, call, proven
from tests.profiles import IS_DEEP

RECEIPTS: dict[Path, str] = {}


@pytest.fixture
def sealed(evening: Evening) -> Path:
    """The file with one sealed handover: a call, a broken item, words on both sides, a note."""
    RECEIPTS[evening.desk.store.path] = _sealed(evening.desk, evening)
    return evening.desk.store.path


@built_once
def _sealed(desk: Desk, evening: Evening) -> str:
    call(evening.desk, evening.clerk.person)
    walk = evening.open()
    walk.join()
    line = walk.sheet.items[0]
    counting.count(
        evening.desk,
        evening.night_man.person,
        walk.id,
        [Counted(line.item_id, line.expected, ALL)],
    )
    counting.explain(
        evening.desk,
        evening.clerk.person,
        walk.id,
        line.item_id,
        Explanation("齿断了", "用力过猛", follow_up_id=evening.supervisor.person.id),
    )
    receipt = walk.whole().receipt
    add_note(evening.desk, evening.clerk, walk.id, "补一句：师傅十点到")
    assert verify(evening.desk.store.path).is_good
    assert receipt and verify(evening.desk.store.path, receipts=[receipt]).is_good
    return receipt


def flip(text: str, at: int) -> str:
    """The text with one sign changed."""
    return text[:at] + ("x" if text[at] != "x" else "y") + text[at + 1 :]


COLUMNS = (
    ("handover_version", "content"),
    ("handover_words", "words"),
    ("handover_words", "salt"),
    ("handover_words", "place"),
    ("handover_note", "words"),
    ("signature", "statement"),
    ("signature", "signature"),
    ("signature", "public_key"),
    ("handover_seal", "receipt"),
    ("handover_seal", "post_code"),
    ("journal", "at"),
    ("journal", "act"),
    ("journal", "console"),
    ("journal", "subject"),
    ("journal", "body"),
    ("journal", "prev"),
    ("journal", "hash"),
)
"""What is signed, and the acts. Deep, every sign of every row is changed, one at a time."""


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_row_20_any_byte_of_a_sealed_handover_changed_is_found(
    sealed: Path, table: str, column: str
) -> None:
    connection = sqlite.connect(sealed, read_only=False)
    rows = connection.execute(f"select rowid, {column} from {table}").fetchall()
    connection.close()
    chance = random.Random(20)
    places = [(row, at) for row, text in rows for at in range(len(text))]
    texts = dict(rows)
    assert places
    for row, at in places if IS_DEEP else chance.sample(places, min(len(places), 5)):
        changed = flip(texts[row], at)
        meddle(sealed, _update(table, column, row, changed))
        assert not verify(sealed).is_good, f"{table}.{column} of {row} at {at}"
        meddle(sealed, _update(table, column, row, texts[row]))
    assert verify(sealed).is_good


def _update(table: str, column: str, row: int, text: str) -> str:
    words = text.replace("'", "''")
    return f"update {table} set {column} = '{words}' where rowid = {row}"


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("delete from handover_version", "handover_version:1"),
        ("delete from handover_words where id = 2", "handover_version:1:"),
        ("delete from handover_seal", "handover_seal:1"),
        ("delete from signature where id = 1", "signature:1"),
        ("delete from signature where id = 3", "signature:3"),
        ("delete from handover_note", "handover_note:1"),
        ("update handover set incoming_id = outgoing_id", "handover:1"),
        ("update handover set stage = 'dropped'", "handover:1"),
        ("update handover_seal set through_entry_id = 0", "handover_seal:1"),
        ("update handover_words set erased_by = 99999 where id = 1", "handover_words:1"),
        ("insert into handover_version select 9, 1, 9, content, made_at from handover_version",
         "handover_version:9"),
        ("insert into handover_seal select 9, 9, version_id, post_code, through_entry_id, "
         "journal_seq, receipt, sealed_at from handover_seal", "handover_seal:9"),
        ("update journal set body = replace(body, '\"version\":1', '\"version\":2')", "journal:"),
    ],
)  # fmt: skip
def test_row_20_rows_removed_added_or_moved_are_found(
    sealed: Path, statement: str, place: str
) -> None:
    meddle(sealed, statement)
    found = [each.place for each in verify(sealed).findings]
    assert any(each.startswith(place) for each in found), found


@pytest.mark.parametrize(
    "statement",
    [
        "update handover_words set words = '全改了' where id = 1",
        "update handover_words set salt = 'x' where id = 1",
        "update handover_words set place = 'nowhere.1' where id = 1",
        "update handover_words set words = '', erased_by = 5 where id = 1",
        "update handover_words set words = '', erased_by = 99999 where id = 1",
        "delete from handover_words",
        "update handover_version set content = '{}'",
        "update handover_version set content = 'x'",
        "update handover_version set content = replace(content, 'regular', 'odd')",
        "update handover_version set content = replace(content, '王晓燕', '孙建军')",
        "delete from handover_version",
        "delete from signature where id = 1",
        "delete from signature",
        "update signature set at = 'x'",
        "update signature set statement = '[]'",
        "update handover set incoming_id = outgoing_id",
        "update handover set outgoing_id = incoming_id",
        "update handover set acting_id = 1",
        "update handover_seal set receipt = 'ABCD-EFGH-JKMN-PQRS'",
        "update handover_seal set sealed_at = (select min(at) from journal)",
        "update handover_seal set journal_seq = 1",
        "update handover_seal set post_code = 'gate'",
        "update journal set hash = 'x' where seq = (select journal_seq from handover_seal)",
        "update journal set at = '2026-03-02T00:00:00.000000Z' "
        "where seq = (select journal_seq from handover_seal)",
        "update handover_note set words = 'x'",
        "update handover_note set signature_id = 99",
    ],
)
def test_row_20_the_book_vouches_for_nothing_that_was_changed(
    sealed: Path, evening: Evening, statement: str
) -> None:
    with evening.desk.reading() as session:
        assert as_signed(session, 1).is_good
    meddle(sealed, statement)
    with evening.desk.reading() as session:
        try:
            signed = as_signed(session, 1)
        except Refusal as refusal:
            assert refusal.message.key == "handover.record_broken"
        else:
            assert not signed.is_good


def test_row_20_a_note_is_told_as_whoever_signed_it_and_when(
    sealed: Path, evening: Evening
) -> None:
    def told() -> tuple[str, datetime]:
        with evening.desk.reading() as session:
            (note,) = as_signed(session, 1).notes
        return note.name, note.at

    before = told()
    meddle(sealed, "update handover_note set person_id = 1, at = (select min(at) from journal)")
    assert told() == before == (evening.clerk.person.name, before[1])


def test_row_20_the_one_after_it_says_that_it_cannot_be_read(
    sealed: Path, evening: Evening
) -> None:
    walk = Walk(evening.desk, evening.night_man, evening.clerk, reason="换回来")
    walk.whole()
    meddle(sealed, "update handover_version set content = 'x' where id = 1")
    with evening.desk.reading() as session:
        assert as_signed(session, walk.id).is_good
        differs = since_the_one_before(session, walk.id)
    assert differs is not None and [one.key for one in differs] == ["handover.record_broken"]


COPIED = "subject, meaning, person_id, public_key, statement, signature, at"


@pytest.mark.parametrize(
    ("statements", "place", "key"),
    [
        (
            (
                "update signature set id = -1 where id = 1",
                "update signature set id = 1 where id = 2",
                "update signature set id = 2 where id = -1",
            ),
            "signature:1",
            "signature_moved",
        ),
        (
            (
                f"update signature set ({COPIED}) = "
                f"(select {COPIED} from signature where id = 1) where id = 2",
            ),
            "signature:2",
            "signature_moved",
        ),
        (
            (f"insert into signature select 99, {COPIED} from signature where id = 2",),
            "signature:99",
            "unjournaled",
        ),
        (
            (
                f"update signature set ({COPIED}) = "
                f"(select {COPIED} from signature where id = 2) where id = 3",
            ),
            "signature:3",
            "signature_moved",
        ),
    ],
)
def test_row_20_signatures_swapped_copied_or_put_in_are_found(
    sealed: Path, statements: tuple[str, ...], place: str, key: str
) -> None:
    meddle(sealed, *statements)
    assert (place, f"foundation.verify_{key}") in _named(sealed)


def _named(file: Path) -> list[tuple[str, str]]:
    return [(each.place, each.message.key) for each in verify(file).findings]


def test_row_20_the_newest_rows_cut_off_are_found_by_the_receipt(sealed: Path) -> None:
    connection = sqlite.connect(sealed, read_only=False)
    seq = connection.execute("select journal_seq from handover_seal").fetchone()[0]
    connection.close()
    meddle(
        sealed,
        f"delete from journal where seq >= {seq}",
        "delete from handover_seal",
        "delete from handover_note",
        "delete from signature where id = 3",
        "update handover set stage = 'signed'",
    )
    found = verify(sealed, receipts=[RECEIPTS[sealed]]).findings
    assert [each.message.key for each in found] == ["foundation.verify_receipt_unknown"]


@pytest.mark.parametrize("typed", [str.lower, lambda code: code.replace("-", " ")])
def test_a_receipt_is_read_as_people_type_it(sealed: Path, typed: Callable[[str], str]) -> None:
    assert verify(sealed, receipts=[typed(RECEIPTS[sealed])]).is_good
    assert not verify(sealed, receipts=["ABCD-EFGH-JKMN-PQRS"]).is_good


@pytest.fixture
def lived(evening: Evening) -> Path:
    """The file with what is written later: a handover called off, a step-out, a call for relief
    answered, a post taken in an emergency and why, a sealed shift of which note was taken.
    """
    _lived(evening.desk, evening)
    return evening.desk.store.path


@built_once
def _lived(desk: Desk, evening: Evening) -> None:
    clerk, night_man = evening.clerk, evening.night_man
    guard = proven(desk, evening.staff.guard)
    call_off(desk, clerk.person, evening.open().id, "开错了")
    back = desk.now() + timedelta(minutes=10)
    step_out(desk, clerk, guard, reason="去送钥匙", back_at=back)
    come_back(desk, clerk)
    evening.clock.advance(timedelta(minutes=30))
    relief.settle(desk)
    relief.answer_call(desk, evening.supervisor.person, 1, "我马上安排")
    give_reason(desk, night_man.person.id, take_now(desk, night_man, post_code="desk"), "人晕倒了")
    Walk(desk, night_man, clerk, reason="换回来").whole()
    evening.clock.advance(timedelta(minutes=5))
    acknowledge_report(desk, evening.supervisor.person, 1)
    assert verify(desk.store.path).is_good


def _deep(text: str) -> str:
    return f"'{text * 5000}'"


PUT_IN = (
    "null", "-1", "9223372036854775807", "1.5", "''", "'x'", "x'00ff'", "'[]'", "'null'", "'{}'",
    "cast(x'ff' as text)", "'1e999'", "'[NaN]'", '\'"\\ud800"\'', _deep("["), _deep('{"x":'),
    """'{"digest":[]}'""", """'{"public_key":"a","person_id":"abc"}'""",
    """'{"handover":1,"version":1,"content":"a","signatures":[[1]],"signature":[]}'""",
)  # fmt: skip


@pytest.mark.parametrize("part", range(4))
def test_row_20_whatever_is_put_into_a_row_the_file_is_read_to_its_end(
    sealed: Path, part: int
) -> None:
    with closing(sqlite.connect(sealed)) as connection:
        places = [
            (table, column, rowid)
            for table in SEALED
            for (rowid,) in connection.execute(f"select max(rowid) from {table}")
            for (column,) in connection.execute(f"select name from pragma_table_info('{table}')")
            if rowid is not None and column not in ("id", "seq")
        ]
    every = [(*place, value) for place in places for value in PUT_IN]
    chosen = every[part::4] if IS_DEEP else random.Random(part).sample(every, 40)
    for table, column, rowid, value in chosen:
        with closing(sqlite.connect(sealed)) as connection:
            (was,) = connection.execute(
                f"select quote({column}) from {table} where rowid = {rowid}"
            ).fetchone()
        with suppress(sqlite.driver().IntegrityError):
            meddle(sealed, f"update {table} set {column} = {value} where rowid = {rowid}")
            assert _is_read_to_its_end(sealed), (table, column, value)
            meddle(sealed, f"update {table} set {column} = {was} where rowid = {rowid}")
    assert verify(sealed).is_good


def _is_read_to_its_end(file: Path) -> bool:
    """Is also named what is looked for last? No such receipt was ever given. What is found can be
    said.
    """
    never = "ABCD-EFGH-JKMN-PQRS"
    found = verify(file, receipts=[never]).findings
    assert "".join(str(each) for each in found).encode()
    is_whole = not [one for one in found if str(one.message.values.get("words")).endswith("Error")]
    return is_whole and found[-1].place == f"receipt:{never}"


@pytest.mark.parametrize(
    "statement",
    [
        "update journal set console = cast(x'ff' as text) where act = 'handover.note'",
        "update journal set body = '{\"handover\":1,\"post\":[]}' where act = 'handover.sealed'",
        "update handover_version set content = cast(x'ff' as text)",
        "update signature set statement = cast(x'ff' as text) where id = 1",
        "update handover_note set words = cast(x'ff' as text)",
    ],
)
def test_row_20_what_is_no_text_hides_nothing_that_was_changed_elsewhere(
    sealed: Path, statement: str
) -> None:
    meddle(sealed, statement, "update tenure set ended_at = began_at where id = 2")
    found = [each.place for each in verify(sealed).findings]
    assert "tenure:2" in found and len(found) > 1, found
    assert _is_read_to_its_end(sealed)


LATER = (
    ("update relief_call set answer = '没人管'", "relief_call:1"),
    ("update relief_call set answered_by = 2 where id = 1", "relief_call:1"),
    ("update relief_call set answered_at = called_at where id = 1", "relief_call:1"),
    ("update relief_call set answered_by = null, answered_at = null, answer = ''", "relief_call:1"),
    ("update relief_call set answered_by = 1, answered_at = called_at", "relief_call:2"),
    ("update shift_report set acknowledged_by = 2", "shift_report:"),
    ("update shift_report set acknowledged_at = reported_at where id = 1", "shift_report:1"),
    ("update shift_report set acknowledged_at = null, acknowledged_by = null", "shift_report:1"),
    ("update tenure set reason = '看错了' where kind = 'emergency'", "tenure:"),
    ("update tenure set reason = '', salt = '' where kind = 'emergency'", "tenure:"),
    ("update tenure set reason = '去吃饭' where kind = 'stand_in'", "tenure:"),
    ("update tenure set ended_at = began_at where id = 2", "tenure:2"),
    ("update handover set end_reason = '都没到' where id = 1", "handover:1"),
)  # fmt: skip


def test_row_20_what_was_written_later_and_is_changed_is_found(lived: Path, tmp_path: Path) -> None:
    for number, (statement, place) in enumerate(LATER):
        copy = tmp_path / f"{number}.db"
        sqlite.copy_whole(lived, copy, check=lambda path: [])
        meddle(copy, statement)
        found = [each.place for each in verify(copy).findings]
        assert any(each.startswith(place) for each in found), (statement, found)


@pytest.mark.parametrize(
    "statement",
    [
        "update relief_call set answer = '没人管' where id = 1",
        "update shift_report set acknowledged_by = 2 where id = 1",
        "update tenure set reason = '看错了' where kind = 'emergency'",
        "update tenure set ended_at = began_at where id = 2",
    ],
)
def test_what_was_written_later_is_written_once(lived: Path, statement: str) -> None:
    connection = sqlite.connect(lived, read_only=False)
    with closing(connection), pytest.raises(sqlite.driver().IntegrityError, match="sealed"):
        connection.execute(statement)


def test_why_a_post_was_taken_or_a_handover_called_off_stands_in_no_journal(lived: Path) -> None:
    with closing(sqlite.connect(lived)) as connection:
        bodies = " ".join(row[0] for row in connection.execute("select body from journal"))
    assert not [one for one in ("开错了", "去送钥匙", "我马上安排", "人晕倒了") if one in bodies]
