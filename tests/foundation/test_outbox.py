"""The outbox: queued with the act or not at all, to an address that is one, never changed after."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from desk_console.foundation import outbox
from desk_console.foundation.catalogue import Catalogue, message
from desk_console.foundation.outbox import MailState, OutgoingMail, address_verdict
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.texts import TEXTS
from desk_console.rulebook.desk import Desk


@pytest.fixture(autouse=True)
def words(monkeypatch: pytest.MonkeyPatch) -> None:
    """A template of the tests' own."""
    monkeypatch.setitem(TEXTS, "mail_test_subject", ("给{name}", "For {name}"))
    monkeypatch.setitem(TEXTS, "mail_test_body", ("{at}", "{at}"))


def queue(
    desk: Desk, address: str = "wang@example.com", values: Mapping[str, object] | None = None
) -> int:
    with desk.transaction() as work:
        return outbox.put(
            work,
            desk.source,
            template="foundation.test",
            address=address,
            language="zh",
            about="roster:3",
            values=values or {},
        )


def test_mail_is_queued_with_its_act_or_not_at_all(desk: Desk) -> None:
    with pytest.raises(RuntimeError), desk.transaction() as work:
        outbox.put(
            work,
            desk.source,
            template="foundation.test",
            address="wang@example.com",
            language="zh",
            about="roster:3",
            values={},
        )
        raise RuntimeError("the act failed")
    queued = queue(desk, values={"name": "王晓燕"})
    with desk.reading() as session:
        rows = session.exec(select(OutgoingMail)).all()
    assert [(row.id, row.state, row.tries) for row in rows] == [(queued, MailState.QUEUED, 0)]
    assert rows[0].next_try_at == desk.now()


def test_values_come_back_as_what_they_were(desk: Desk) -> None:
    values = {
        "name": "王晓燕",
        "at": desk.now(),
        "day": date(2026, 3, 2),
        "late": timedelta(minutes=7),
        "count": 3,
        "why": message("foundation.mail_address", address="x"),
        "names": ["甲", "乙"],
    }
    queue(desk, values=values)
    with desk.reading() as session:
        row = session.exec(select(OutgoingMail)).one()
    given = outbox.values_of(row.given)
    assert given == {**values, "day": "2026-03-02"}
    assert Catalogue("zh", desk.zone).text(outbox.words_key(row.template, "body"), **given) == (
        "03-02 08:45"
    )


@pytest.mark.parametrize("typed", ["wang@example.com", " ｗａｎｇ＠example．com ", "a.b+c@mail"])
def test_an_address_is_accepted_as_people_type_it(typed: str) -> None:
    assert address_verdict(outbox.plain_address(typed)).is_allowed


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "wang",
        "wang@",
        "@example.com",
        "a b@example.com",
        "a@b@example.com",
        "王@example.com",
        "a..b@example.com",
        "a@-example.com",
        "a@example.com\nBcc: all@example.com",
        "a@example.com, b@example.com",
        "<a@example.com>",
        "a" * 65 + "@example.com",
        "a@" + "b." * 130 + "com",
    ],
)
def test_what_is_no_address_is_refused_and_nothing_is_queued(desk: Desk, typed: str) -> None:
    with pytest.raises(Refusal):
        queue(desk, typed)
    with desk.reading() as session:
        assert session.exec(select(OutgoingMail)).all() == []


def test_a_template_without_words_is_a_defect_at_once(desk: Desk) -> None:
    with pytest.raises(KeyError), desk.transaction() as work:
        outbox.put(
            work,
            desk.source,
            template="foundation.absent",
            address="wang@example.com",
            language="zh",
            about="roster:3",
            values={},
        )


@pytest.mark.parametrize(
    "statement",
    [
        "update outbox set address = 'other@example.com'",
        "update outbox set given = '{}'",
        "update outbox set about = 'roster:4'",
        "delete from outbox",
    ],
)
def test_what_was_queued_is_not_changed(desk: Desk, statement: str) -> None:
    queue(desk)
    with pytest.raises(DBAPIError, match="sealed: outbox"), desk.transaction() as work:
        work.session.connection().execute(text(statement))
