"""Matters are found again: by their words, steps, numbers, units and callers, as they are now."""

from datetime import date

import pytest

from desk_console.log.search import search
from desk_console.log.search_terms import asked
from desk_console.log.search_upkeep import is_whole, reindex
from desk_console.matters.acts import close, log_entry, progress
from desk_console.matters.findable import MATTERS
from tests.log.desk_at_work import AtWork

SOURCES = (MATTERS,)


def found(work: AtWork, typed: str) -> list[int]:
    with work.desk.reading() as session:
        query = asked(typed, today=date(2026, 3, 2))
        return [hit.ref for hit in search(session, query, sources=SOURCES).hits]


@pytest.mark.parametrize(
    "typed", ["漏水", "水", "林小满", "lxm", "3栋1502", "3-15", "8000", "师傅已到现场", "今天"]
)
def test_a_matter_is_found_by_any_of_its_parts(work: AtWork, typed: str) -> None:
    form = work.call(caller="林小满", unit_text="3-1502", phone="138 0013 8000")
    matter_id = log_entry(work.desk, work.clerk, form).matter_id or 0
    log_entry(work.desk, work.clerk, work.call(caller="", content="别的事", action="", result=""))
    progress(work.desk, work.clerk, matter_id, 1, "师傅已到现场")
    for _ in range(2):
        assert matter_id in found(work, typed)
        assert typed == "今天" or len(found(work, typed)) == 1
        reindex(work.desk, SOURCES)


def test_a_hit_shows_the_matter_as_it_is_now(work: AtWork) -> None:
    matter_id = log_entry(work.desk, work.clerk, work.call(caller="林小满")).matter_id or 0
    close(work.desk, work.clerk, matter_id, 1, result="已换角阀", answered="已告知")
    with work.desk.reading() as session:
        (hit,) = search(session, "角阀", sources=SOURCES).hits
        assert is_whole(session, SOURCES)
    assert (hit.ref, hit.is_open, hit.kind.key) == (matter_id, False, "matters.stage_closed")


@pytest.mark.parametrize(
    ("phone", "typed"),
    [
        ("+86 138-0013-8000", "13800138000"),
        ("13800138000", "+86 138 0013 8000"),
        ("(010) 6234-5678", "01062345678"),
        ("（０１０）６２３４５６７８", "62345678"),
        ("95588", "95588"),
        ("6234-5678 转 801", "6234-5678"),
    ],
)
def test_row_30_a_matter_is_found_by_its_number_however_it_is_written(
    work: AtWork, phone: str, typed: str
) -> None:
    matter_id = log_entry(work.desk, work.clerk, work.call(phone=phone)).matter_id or 0
    log_entry(work.desk, work.clerk, work.call(phone="13911112222"))
    assert found(work, typed) == [matter_id]
