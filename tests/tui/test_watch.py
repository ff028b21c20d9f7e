"""The watch tells the screens what is new, and leaves them in peace while somebody types."""

from __future__ import annotations

from desk_console.log import drafts
from desk_console.rulebook.desk import Desk
from desk_console.shift.arrivals import sign_on
from desk_console.tui.watch import SETTLE_AT_LAST, SETTLE_EVERY, News, is_time_to_settle
from tests.staff import Staff


def test_what_anybody_writes_is_news_once(desk: Desk, staff: Staff) -> None:
    news = News(desk.store)
    assert not news.is_there(0)

    sign_on(desk, staff.clerk)

    assert news.is_there(0)
    assert not news.is_there(0)


def test_a_draft_kept_here_is_no_news_until_the_typing_rests(desk: Desk) -> None:
    news = News(desk.store)
    for kept in (1, 2):
        drafts.keep(desk, "form", "call", {"content": "水" * kept})
        assert not news.is_there(kept)

    assert news.is_there(2)
    assert not news.is_there(2)


def test_a_draft_is_no_news_between_two_keepings_of_it_while_keys_still_come(desk: Desk) -> None:
    news = News(desk.store)
    drafts.keep(desk, "form", "call", {"content": "水"})
    assert not news.is_there(1, is_typing=True)

    assert not news.is_there(1, is_typing=True)
    assert news.is_there(1, is_typing=False)


def test_what_another_does_is_news_while_somebody_types(desk: Desk, staff: Staff) -> None:
    news = News(desk.store)
    drafts.keep(desk, "form", "call", {"content": "水"})
    sign_on(desk, staff.clerk)

    assert news.is_there(1)


def test_a_draft_kept_at_another_console_is_news(desk: Desk) -> None:
    news = News(desk.store)

    drafts.keep(desk, "form", "call", {"content": "水"})

    assert news.is_there(0)


def test_what_time_brings_waits_for_a_pause_in_the_typing_but_not_for_long() -> None:
    assert not is_time_to_settle(SETTLE_EVERY - 1, is_typing=False)
    assert is_time_to_settle(SETTLE_EVERY, is_typing=False)
    assert not is_time_to_settle(SETTLE_EVERY, is_typing=True)
    assert is_time_to_settle(SETTLE_AT_LAST, is_typing=True)
