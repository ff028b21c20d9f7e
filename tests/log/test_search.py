"""Search: exactly what a plain scan answers, whatever is typed, in pages that stay whole."""

import os
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, text
from sqlmodel import Session

from desk_console.foundation.clock import MovingClock
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.sqlite import driver
from desk_console.log import search_index
from desk_console.log.additions import correct
from desk_console.log.entry_source import ENTRIES
from desk_console.log.records import Category
from desk_console.log.search import search
from desk_console.log.search_terms import Asked, Searched, answers, asked
from desk_console.log.search_upkeep import Making, is_whole, mend, prepare, reindex
from desk_console.matters.acts import log_entry
from tests.log.desk_at_work import AtWork

SIGNS = "水管漏张三abA12-%_\"'*( ，１Ｂß𠮷栋"
DAYS = [date(2026, 3, 2), date(2026, 2, 28), date(2025, 3, 2)]
FIRST_DAY, DAY = date(2026, 1, 8), timedelta(days=1)
texts = st.lists(
    st.one_of(
        st.text(SIGNS, max_size=8),
        st.sampled_from(["3栋1502漏水", "3-2-1502", "13-2-15029", "x3#1502室a", "3月2日"]),
    ),
    max_size=3,
).map(tuple)
records = st.builds(
    Searched,
    texts=texts,
    units=st.sampled_from([(), ("3-1502",), ("3-2-1502",), ("A-15",)]),
    phones=st.sampled_from([(), ("13800138000",), ("110",)]),
    initials=st.sampled_from([(), ("zs",), ("szx", "zzx")]),
    days=st.sampled_from([(), *((day,) for day in DAYS)]),
    marks=st.sampled_from([(), ("category=repair",), ("category=repair", "kind=call")]),
)
# fmt: off
typed = st.one_of(
    st.text(SIGNS, max_size=6),
    st.sampled_from(
        [
        "3栋1502", "3-1502", "3-15", "3-2-1", "3#1502室", "a座15", "8000",
        "138-0013-8000", "+8613800138000", "z", "zs", "sz", "2026-03-02", "3月2日",
        "2026年3月", "2025年", "昨天", "漏水 3-15", "138 0013 8000",
    ]
    ),
)
# fmt: on
queries = st.builds(
    asked,
    typed,
    today=st.just(date(2026, 3, 3)),
    marks=st.sampled_from([(), (("category=repair",),), (("kind=call", "kind=visit"),)]),
    since=st.sampled_from([None, *DAYS]),
    until=st.sampled_from([None, *DAYS]),
)


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(records, max_size=6), queries)
def test_the_index_names_whatever_a_plain_scan_answers(
    written: list[Searched], query: Asked
) -> None:
    engine = create_engine("sqlite://", module=driver())
    with Session(engine) as session:
        session.connection().execute(text(search_index.CREATE))
        for number, searched in enumerate(written, start=1):
            search_index.add(session, 1, number, searched)
            search_index.add(session, 0, number, Searched(("水管漏张三",)))
            assert search_index.has(session, 1, number, searched)
        named = list(search_index.candidates(session, 1, query, before=None))
    engine.dispose()
    scanned = [number for number, each in enumerate(written, start=1) if answers(each, query)]
    assert set(scanned) <= set(named if not query.is_empty else scanned)
    assert named == sorted(set(named), reverse=True)


def test_the_index_of_a_new_file_is_as_one_that_is_made_again(work: AtWork) -> None:
    def made() -> list[tuple[str, ...]]:
        with work.desk.reading() as session:
            connection = session.connection()
            of_table = "select sql from sqlite_schema where name = :name"
            whole = connection.execute(text(of_table), {"name": search_index.TABLE}).all()
            settings = f"select k, v from {search_index.TABLE}_config order by k"
            return [tuple(line) for line in (*whole, *connection.execute(text(settings)))]

    as_new = made()
    reindex(work.desk, [ENTRIES])
    assert made() == as_new and len(as_new) == 4


@pytest.fixture(scope="module")
def a_line_a_day() -> Iterator[Session]:
    """An index in which each of a hundred days has one line, numbered by the day."""
    engine = create_engine("sqlite://", module=driver())
    with Session(engine) as session:
        session.connection().execute(text(search_index.CREATE))
        for number in range(100):
            search_index.add(session, 0, number, Searched((), days=(FIRST_DAY + number * DAY,)))
        yield session
    engine.dispose()


@given(st.integers(0, 99), st.integers(1, search_index.MOST_DAYS))
def test_a_time_of_two_months_asks_for_its_own_days_and_for_no_other(
    a_line_a_day: Session, first: int, length: int
) -> None:
    since = FIRST_DAY + first * DAY
    query = Asked(since=since, until=since + (length - 1) * DAY)
    named = search_index.candidates(a_line_a_day, 0, query, before=None)
    assert list(named)[::-1] == list(range(first, min(first + length, 100)))


@pytest.mark.parametrize(
    "operator",
    [
        "' OR 1=1 --",
        "%",
        "_",
        '"',
        "*",
        "NEAR(",
        "a OR b",
        "'",
        "AND",
        "NOT x",
        "words : q",
        "\ud800",
        "\U000f0022",
    ],
)
def test_row_16_whatever_is_typed_is_text(work: AtWork, operator: str) -> None:
    log_entry(work.desk, work.clerk, work.call(content="厨房漏水"))
    with work.desk.reading() as session:
        assert search(session, operator).hits == ()
    if operator.isprintable():
        log_entry(work.desk, work.clerk, work.call(content=f"他写了 {operator} 这几个字"))
        with work.desk.reading() as session:
            assert len(search(session, operator).hits) == 1


@pytest.mark.parametrize(
    "typed_words",
    [
        "漏水",
        "水",
        "张建国",
        "建国",
        "zjg",
        "z",
        "3栋1502",
        "3-1502",
        "3-15",
        "３＃１５０２",
        "8000",
        "138-0013-8000",
        "漏水 张建国",
        "漏水3-1502",
        "角阀",
        "2026-03-02",
        "3月2日",
        "03-02",
        "今天",
        "5栋301",
    ],
)
def test_an_entry_is_found_again_by_any_of_its_parts(work: AtWork, typed_words: str) -> None:
    form = work.call(
        caller="张建国", phone="138 0013 8000", unit_text="3-1502", content="漏水3-1502，也到5-301"
    )
    logged = log_entry(work.desk, work.clerk, form)
    correct(work.desk, work.clerk, logged.entry_id, "content", "厨房角阀漏水", "听错了")
    query = asked(typed_words, today=date(2026, 3, 2))
    for _ in range(2):
        with work.desk.reading() as session:
            assert [hit.ref for hit in search(session, query).hits] == [logged.entry_id]
            assert search(session, "别的").hits == ()
        assert reindex(work.desk, (ENTRIES,)) == 1


def test_a_list_is_narrowed_by_category_and_days(work: AtWork, clock: MovingClock) -> None:
    first = log_entry(work.desk, work.clerk, work.call(category=Category.REPAIR)).entry_id
    clock.advance(timedelta(hours=2))
    second = log_entry(work.desk, work.clerk, work.call(category=Category.PRAISE)).entry_id
    today = date(2026, 3, 2)

    def found(**narrowed: object) -> list[int]:
        with work.desk.reading() as session:
            page = search(session, asked("", **narrowed))  # type: ignore[arg-type] # as given
        return [hit.ref for hit in page.hits]

    assert found(marks=(("category=repair",),)) == [first]
    assert found(marks=(("category=repair", "category=praise"),)) == [second, first]
    assert found(since=today, until=today) == [second, first]
    assert found(since=date(2026, 3, 3)) == []
    assert found(until=date(2026, 3, 1)) == []
    assert found() == []


def test_pages_of_hits_hold_each_once_while_others_write(work: AtWork) -> None:
    written = [log_entry(work.desk, work.clerk, work.call()).entry_id for _ in range(7)]
    read: list[int] = []
    after = None
    while True:
        with work.desk.reading() as session:
            page = search(session, "漏水", after=after, limit=3)
        read += [hit.ref for hit in page.hits]
        after = page.next
        if after is None:
            break
        log_entry(work.desk, work.clerk, work.call())
    assert read == written[::-1]


# The index itself: missing or stale is found, and never a wrong answer


def damaged(work: AtWork, *statements: str) -> None:
    with work.desk.transaction() as unit:
        for statement in statements:
            unit.session.connection().execute(text(statement))


@pytest.mark.parametrize(
    "damage",
    [
        f"drop table {search_index.TABLE}",
        f"insert into {search_index.TABLE}({search_index.TABLE}) values ('delete-all')",
    ],
    ids=["missing", "empty"],
)
def test_an_index_that_is_not_whole_answers_nothing_and_is_made_again(
    work: AtWork, damage: str
) -> None:
    written = [log_entry(work.desk, work.clerk, work.call()).entry_id for _ in range(3)]
    damaged(work, damage)
    with work.desk.reading() as session, pytest.raises(Refusal, match=r"log\.search_"):
        search(session, "漏水")
    prepare(work.desk, (ENTRIES,))
    log_entry(work.desk, work.clerk, work.call(content="重建时也照样登记"))
    assert mend(work.desk, (ENTRIES,))
    with work.desk.reading() as session:
        assert [hit.ref for hit in search(session, "漏水").hits] == written[::-1]
        assert len(search(session, "照样登记").hits) == 1
    assert not mend(work.desk, (ENTRIES,))


def test_a_record_in_the_middle_that_was_never_indexed_is_noticed(work: AtWork) -> None:
    for _ in range(5):
        log_entry(work.desk, work.clerk, work.call())
    with work.desk.transaction() as unit:
        lines = [number for number in range(1, 6) if number != 3]
        documents = ENTRIES.documents(unit.session, lines)
        search_index.make_anew(unit.session)
        for number in lines:
            search_index.add(unit.session, ENTRIES.number, number, documents[number])
    with work.desk.reading() as session:
        assert not is_whole(session, (ENTRIES,))
    assert mend(work.desk, (ENTRIES,))


def test_many_records_are_read_by_other_processes(
    work: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desk_console.log.search_readers.FEW", 0)
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    monkeypatch.setattr("desk_console.log.search_upkeep.AT_ONCE", 2)
    monkeypatch.setattr("desk_console.log.search_readers.read", _ends)  # in this process only
    written = [log_entry(work.desk, work.clerk, work.call()).entry_id for _ in range(5)]
    correct(work.desk, work.clerk, written[2], "content", "卫生间漏水", "听错了")
    damaged(work, f"drop table {search_index.TABLE}")

    assert mend(work.desk, (ENTRIES,))

    with work.desk.reading() as session:
        assert [hit.ref for hit in search(session, "漏水").hits] == written[::-1]
        assert [hit.ref for hit in search(session, "卫生间").hits] == written[2:3]
        assert is_whole(session, (ENTRIES,))


def test_what_other_processes_can_not_read_is_read_here(
    work: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desk_console.log.search_readers.FEW", 0)
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    monkeypatch.setattr("desk_console.log.search_readers._begin", _ends)
    log_entry(work.desk, work.clerk, work.call())
    damaged(work, f"drop table {search_index.TABLE}")

    assert mend(work.desk, (ENTRIES,))

    with work.desk.reading() as session:
        assert len(search(session, "漏水").hits) == 1


def _ends(*_given: object) -> None:
    raise OSError


def test_a_mending_that_was_broken_off_goes_on_where_it_was(
    work: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desk_console.log.search_upkeep.AT_ONCE", 2)
    written = [log_entry(work.desk, work.clerk, work.call()).entry_id for _ in range(5)]
    damaged(work, f"drop table {search_index.TABLE}")
    steps = iter([False, True])
    mend(work.desk, (ENTRIES,), is_over=lambda: next(steps))
    late = log_entry(work.desk, work.clerk, work.call(content="后来又漏水")).entry_id
    with work.desk.reading() as session:
        page = search(session, "漏水")
        assert page.making == Making(2, 5), "said, and nothing is left out meanwhile"
        assert [hit.ref for hit in page.hits] == [late, *written[::-1]]
        halves = search(session, "漏水", limit=3)
        older = search(session, "漏水", limit=3, after=halves.next)
        assert [*halves.hits, *older.hits] == list(page.hits)
        assert search(session, "没有的词").hits == ()
    correct(work.desk, work.clerk, written[0], "content", "卫生间漏水", "听错了")
    mend(work.desk, (ENTRIES,))
    with work.desk.reading() as session:
        page = search(session, "漏水")
        assert ([hit.ref for hit in page.hits], page.making) == ([late, *written[::-1]], None)
        assert [hit.ref for hit in search(session, "卫生间").hits] == written[:1]
