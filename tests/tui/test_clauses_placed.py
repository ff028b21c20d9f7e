"""The rule book says of each clause what the console does about it, and on which screen: no more
than there is.
"""

from __future__ import annotations

import pytest

from desk_console.foundation.catalogue import pair
from desk_console.rulebook.records import Clause, Handling
from desk_console.rulebook.views import clause, clauses
from desk_console.tui.commands import label_of
from desk_console.tui.places import place

ALL = clauses()
NOT_BUILT = {
    "3.11": "the month summed up",
    "4.5": "assessments",
    "7.14": "assessments",
    "1.14": "assessments",
    "3.12": "conduct records",
    "4.12": "conduct records",
    "7.15": "conduct records",
}
"""Clauses that nothing in the program is about yet; take one out with the screen that is."""


def test_there_are_a_hundred_and_four_clauses() -> None:
    assert len(ALL) == 104


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.id)
def test_what_the_console_does_about_a_clause_is_on_a_screen_that_is_there(one: Clause) -> None:
    is_handled = one.handling not in (Handling.REFERENCE, Handling.PENDING)
    assert bool(one.places) == is_handled
    for name in one.places:
        assert name == "live" or place(name) is not None, f"{one.id}: no screen {name}"
        assert all(pair(label_of(name)))


def test_what_is_not_built_is_called_not_handled_yet() -> None:
    assert {one.id for one in ALL if one.handling is Handling.PENDING} == set(NOT_BUILT)


@pytest.mark.parametrize("word", ["summary", "assessment", "conduct record", "attachment"])
def test_nothing_is_promised_of_what_the_program_does_not_have(word: str) -> None:
    assert [
        one.id for one in ALL if word in one.where and "outgoing summary" not in one.where
    ] == []


def test_3_11_the_month_s_summary_is_not_claimed() -> None:
    found = clause("3.11")
    assert found is not None
    assert found.where.startswith("not handled yet")
