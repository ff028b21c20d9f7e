"""The store: what is written on the short way is what a session would have written."""

from __future__ import annotations

import pytest
from sqlmodel import Session

from desk_console.foundation.reading import row, rows
from desk_console.foundation.refusal import Refusal
from desk_console.log.records import Unit
from desk_console.rulebook.desk import Desk


def unit(code: str) -> Unit:
    building, room = code.split("-")
    return Unit(code=code, building=building, room=room)


def stored(session: Session, code: str) -> dict[str, object] | None:
    return row(session, "select id, instruction from unit where code = :code", code=code)


def test_a_row_that_was_put_knows_its_id_and_is_the_sessions_from_then_on(desk: Desk) -> None:
    made = unit("3-1502")

    with desk.transaction() as work:
        work.put(made)
        assert stored(work.session, "3-1502") == {"id": made.id, "instruction": ""}
        assert work.session.get(Unit, made.id) is made
        made.instruction = "先打电话"

    with desk.reading() as session:
        assert stored(session, "3-1502") == {"id": made.id, "instruction": "先打电话"}


def test_a_row_that_was_made_is_what_the_file_gives_and_the_sessions_from_then_on(
    desk: Desk,
) -> None:
    with desk.transaction() as work:
        made = work.make(Unit, code="3-1502", building="3", room="1502")
        assert stored(work.session, "3-1502") == {"id": made.id, "instruction": ""}
        assert work.session.get(Unit, made.id) is made
        assert made == unit("3-1502").model_copy(update={"id": made.id})
        made.instruction = "先打电话"

    with desk.reading() as session:
        assert session.get(Unit, made.id) == made
        assert stored(session, "3-1502") == {"id": made.id, "instruction": "先打电话"}


def test_nothing_is_made_of_a_row_that_lacks_what_it_must_have(desk: Desk) -> None:
    with pytest.raises(TypeError, match="building is wanted"), desk.transaction() as work:
        work.make(Unit, code="3-1502", room="1502")


def test_what_waited_is_written_before_what_is_put(desk: Desk) -> None:
    first, second = unit("3-1501"), unit("3-1502")

    with desk.transaction() as work:
        work.session.add(first)
        work.put(second)

    assert first.id is not None
    assert second.id == first.id + 1


def test_a_unit_of_work_that_fails_in_plain_sql_leaves_nothing(desk: Desk) -> None:
    with pytest.raises(Exception, match="no such table"), desk.transaction() as work:
        work.put(unit("3-1502"))
        rows(work.session, "select 1 from nowhere")

    with desk.reading() as session:
        assert stored(session, "3-1502") is None


def test_plain_sql_on_a_file_that_is_none_refuses_in_words(desk: Desk) -> None:
    desk.store.close()
    desk.store.path.write_bytes(b"not a database " * 999)
    for log in ("-wal", "-shm"):
        desk.store.path.with_name(desk.store.path.name + log).unlink(missing_ok=True)

    with pytest.raises(Refusal) as refused, desk.reading() as session:
        rows(session, "select 1 from unit")

    assert refused.value.message.key == "foundation.file_damaged"
