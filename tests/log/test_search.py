"""Search: exactly what a plain scan answers, whatever is typed."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, text
from sqlmodel import Session

from desk_console.foundation.sqlite import driver
from desk_console.log import search_index
from desk_console.log.acts import correct
from desk_console.log.indexing import reindex
from desk_console.log.search import search
from desk_console.log.search_terms import Searched, answers
from desk_console.matters.acts import log_entry
from tests.log.desk_at_work import AtWork

SIGNS = "水管漏张三abA12-%_\"'*( ，１Ｂß𠮷栋"
texts = st.lists(st.text(SIGNS, max_size=8), max_size=3).map(tuple)
entries = st.builds(
    Searched,
    texts=texts,
    units=st.sampled_from([(), ("3-1502",), ("3-2-1502",)]),
    phones=st.sampled_from([(), ("13800138000",), ("110",)]),
    initials=st.sampled_from([(), ("zs",), ("szx", "zzx")]),
)
typed = st.one_of(
    st.text(SIGNS, max_size=6),
    st.sampled_from(["3栋1502", "3-1502", "8000", "138-0013-8000", "z", "zs", "sz", "3#1502室"]),
)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(entries, max_size=6), typed)
def test_the_index_answers_what_a_plain_scan_answers(logged: list[Searched], asked: str) -> None:
    engine = create_engine("sqlite://", module=driver())
    with Session(engine) as session:
        session.connection().execute(text(search_index.CREATE))
        for number, searched in enumerate(logged, start=1):
            search_index.add(session, number, searched, version=0)
        found = search_index.find(session, asked, before=None, limit=100)
    scanned = [number for number, each in enumerate(logged, start=1) if answers(each, asked)]
    assert found == scanned[::-1]
    engine.dispose()


@pytest.mark.parametrize(
    "asked",
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
    ],
)
def test_whatever_is_typed_is_text(work: AtWork, asked: str) -> None:
    log_entry(work.desk, work.clerk, work.call(content="厨房漏水"))
    with work.desk.reading() as session:
        assert search(session, asked).lines == ()
    if asked.isprintable():
        log_entry(work.desk, work.clerk, work.call(content=f"他写了 {asked} 这几个字"))
        with work.desk.reading() as session:
            assert len(search(session, asked).lines) == 1


@pytest.mark.parametrize(
    "asked",
    [
        "漏水",
        "水",
        "张建国",
        "建国",
        "zjg",
        "3栋1502",
        "3-1502",
        "３＃１５０２",
        "8000",
        "138-0013-8000",
        "漏水 张建国",
        "角阀",
    ],
)
def test_an_entry_is_found_again_by_any_of_its_parts(work: AtWork, asked: str) -> None:
    form = work.call(caller="张建国", phone="138 0013 8000", unit_text="3-1502")
    logged = log_entry(work.desk, work.clerk, form)
    log_entry(work.desk, work.clerk, work.call(content="别的事", caller="李四"))
    correct(work.desk, work.clerk, logged.entry_id, "content", "厨房角阀漏水", "听错了")
    for _ in range(2):
        with work.desk.reading() as session:
            assert [line.id for line in search(session, asked).lines] == [logged.entry_id]
        assert reindex(work.desk) == 2


def test_pages_of_hits_hold_each_once_while_others_write(work: AtWork) -> None:
    written = [log_entry(work.desk, work.clerk, work.call()).entry_id for _ in range(7)]
    read: list[int] = []
    after = None
    while True:
        with work.desk.reading() as session:
            page = search(session, "漏水", after=after, limit=3)
        read += [line.id for line in page.lines]
        after = page.next
        if after is None:
            break
        log_entry(work.desk, work.clerk, work.call())
    assert read == written[::-1]
