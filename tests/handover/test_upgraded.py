"""Half signed before the program was brought up to date: what is said of the first signature."""

from collections.abc import Mapping
from typing import Any

import pytest

from desk_console.foundation.catalogue import Catalogue
from desk_console.foundation.refusal import Refusal
from desk_console.handover import versions
from desk_console.handover.sheet import Sheet
from tests.handover.conftest import Evening


def test_9_13_what_was_signed_before_the_upgrade_is_signed_again_and_says_why(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = versions._body

    def older(sheet: Sheet, salted: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
        return {name: one for name, one in made(sheet, salted).items() if name != "steps"}

    walk = evening.open()
    walk.through()
    monkeypatch.setattr(versions, "_body", older)
    walk.sign_outgoing()
    monkeypatch.undo()
    assert [one.key for one in walk.standing.void] == ["handover.change_older"]
    with pytest.raises(Refusal) as refused:
        walk.sign_incoming()
    assert (refused.value.message.key, refused.value.clause) == ("handover.changed", "9.13")
    assert "升级以前" in Catalogue("zh").text(refused.value.message)
    walk.sign_outgoing()
    assert walk.standing.void == ()
    assert walk.sign_incoming().receipt


def test_9_13_a_change_between_the_signatures_is_no_upgrade(evening: Evening) -> None:
    walk = evening.open()
    walk.through()
    walk.sign_outgoing()
    walk.look()
    desk = evening.desk
    with desk.transaction() as work:
        from desk_console.handover.records import Handover

        row = work.session.get(Handover, walk.id)
        assert row is not None
        row.remarks = "收到"
        work.session.add(row)
    assert [one.key for one in walk.standing.void] == ["handover.change_words"]
