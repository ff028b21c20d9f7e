"""A sealed handover is found again by what was said, by whom, when, and by its receipt."""

from sqlmodel import select

from desk_console.handover.findable import HANDOVERS
from desk_console.handover.records import HandoverSeal
from desk_console.log.search import search
from desk_console.log.search_upkeep import is_whole, reindex
from tests.handover.conftest import Evening


def test_a_sealed_handover_is_found_by_names_day_and_receipt(evening: Evening) -> None:
    walk = evening.open()
    desk = evening.desk
    with desk.reading() as session:
        assert search(session, "王晓燕", sources=(HANDOVERS,)).hits == ()
    walk.whole()
    for _ in range(2):
        with desk.reading() as session:
            sealed = session.exec(select(HandoverSeal)).one()
            for typed in ("王晓燕", "wxy", "孙建军", "2026-03-02", sealed.receipt):
                hits = search(session, typed, sources=(HANDOVERS,)).hits
                assert [hit.ref for hit in hits] == [sealed.handover_id], typed
            assert is_whole(session, (HANDOVERS,))
        reindex(desk, (HANDOVERS,))
