"""An entry told in words: who it was by the way they came, and what it turned out to be about."""

from __future__ import annotations

from desk_console.foundation.catalogue import Catalogue
from desk_console.foundation.clock import MovingClock
from desk_console.log.additions import correct
from desk_console.log.forms import CallForm, VisitForm
from desk_console.log.records import Category
from desk_console.log.views import entry_story
from desk_console.matters.acts import log_entry
from desk_console.rulebook.desk import Desk
from desk_console.tui.dialogs.entry_story import story_lines
from tests.tui.call_site import settled


def told(desk: Desk, entry_id: int, language: str = "zh") -> str:
    with desk.reading() as session:
        story = entry_story(session, entry_id)
    return "\n".join(story_lines(story, Catalogue(language)))  # type: ignore[arg-type] # zh or en


def test_whoever_rang_did_not_come_in(desk: Desk, clock: MovingClock) -> None:
    clerk = settled(desk, clock)
    given = {"at": desk.now(), "category": Category.ENQUIRY, "content": "x", "result": "y"}
    called = log_entry(desk, clerk, CallForm(form_id="1", caller="周敏", **given))
    rung = log_entry(desk, clerk, CallForm(form_id="2", caller="周敏", is_outgoing=True, **given))
    came = log_entry(desk, clerk, VisitForm(form_id="3", caller="周敏", in_at=desk.now(), **given))
    for entry, zh, en in (
        (called, "来电人：周敏", "Caller: 周敏"),
        (rung, "接电人：周敏", "Called: 周敏"),
        (came, "来访人：周敏", "Visitor: 周敏"),
    ):
        assert zh in told(desk, entry.entry_id)
        assert en in told(desk, entry.entry_id, "en")


def test_5_1_a_corrected_category_stands_first_and_the_original_beside_it(
    desk: Desk, clock: MovingClock
) -> None:
    clerk = settled(desk, clock)
    form = CallForm(form_id="1", at=desk.now(), category=Category.REPAIR, content="x", result="y")
    logged = log_entry(desk, clerk, form)
    correct(desk, clerk, logged.entry_id, "category", "complaint", "听错了")
    assert "投诉（原记报修）" in told(desk, logged.entry_id)
    assert "complaint (first logged as repair)" in told(desk, logged.entry_id, "en")
