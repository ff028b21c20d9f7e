"""Residents and staff among the hits: found as one types, masked."""

import pytest

from desk_console.log.people_source import PEOPLE, RESIDENTS
from desk_console.log.resident_files import add_resident
from desk_console.log.residents import ResidentForm
from desk_console.log.search import search
from desk_console.log.search_terms import asked
from desk_console.rulebook.desk import Desk
from tests.staff import Staff

SOURCES = (RESIDENTS, PEOPLE)
PARTS = (
    "3-1502", "3栋2单元1502", "1502", "建国", "国", "sjg", "djg", "8000",
    "+86 138-0013-8000", "单建国 3-1502", "8000 1502",
)  # fmt: skip


@pytest.fixture
def settled(desk: Desk, staff: Staff) -> Desk:
    """A desk with two residents."""
    for form in (
        ResidentForm(
            building="3", entrance="2", room="1502", name="单建国", phones=("138 0013 8000",)
        ),
        ResidentForm(building="3栋", room="1503", name="Ann Smith", phones=("(010) 6234-5678",)),
    ):
        add_resident(desk, staff.supervisor.person, form)
    return desk


def found(desk: Desk, typed: str) -> list[str]:
    with desk.reading() as session:
        return [hit.who for hit in search(session, asked(typed), sources=SOURCES).hits]


@pytest.mark.parametrize("typed", PARTS)
def test_4_9_a_resident_is_found_by_any_part_and_stays_masked(settled: Desk, typed: str) -> None:
    assert found(settled, typed) == ["3-2-1502 单**"]


@pytest.mark.parametrize("typed", ["smith", "ann smith", "5678", "010-62345678", "as"])
def test_latin_names_are_found_by_their_words(settled: Desk, typed: str) -> None:
    assert found(settled, typed) == ["3-1503 A***"]


@pytest.mark.parametrize("typed", ["", "nn", "%", "_", "'", "建国 3-1503", "2026-03-02"])
def test_what_means_nobody_finds_nobody(settled: Desk, typed: str) -> None:
    assert found(settled, typed) == []


@pytest.mark.parametrize("typed", ["2001", "王晓燕", "wxy", "0002001"])
def test_staff_are_found_by_number_name_initials_and_phone(settled: Desk, typed: str) -> None:
    assert found(settled, typed) == ["2001 王晓燕"]


def test_pages_of_residents_hold_each_once(settled: Desk, staff: Staff) -> None:
    for room in range(5):
        add_resident(
            settled,
            staff.supervisor.person,
            ResidentForm(building="9", room=f"10{room}", name="赵小满"),
        )
    read: list[int] = []
    after = None
    while True:
        with settled.reading() as session:
            page = search(session, "小满", sources=SOURCES, after=after, limit=2)
        read += [hit.ref for hit in page.hits]
        if (after := page.next) is None:
            break
    assert read == sorted(set(read), reverse=True)
    assert len(read) == 5
