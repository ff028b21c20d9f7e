"""What is remembered of the stylesheets is what they say."""

from __future__ import annotations

from typing import Any

import pytest
from textual.dom import DOMNode
from textual.pilot import Pilot
from textual.widget import Widget

from desk_console.foundation.clock import MovingClock
from desk_console.rulebook.desk import Desk
from desk_console.tui.app import DeskApp
from desk_console.tui.terminal import styling
from tests.tui.call_site import at_desk, settle, settled


def rules_of(node: Widget) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    known = node._component_styles
    parts = {name: dict(known[name].base._rules) for name in node._get_component_classes()}
    return dict(node.styles.base._rules), parts


def parts_worked_out(app: DeskApp, node: Widget) -> dict[str, dict[str, Any]]:
    """Those of its parts, by Textual itself."""
    parts = {}
    for name in node._get_component_classes():
        part = DOMNode(classes=name)
        part._attach(node)
        styling._work_out(app.stylesheet, part)
        parts[name] = dict(part.styles.base._rules)
    return parts


def worked_out(app: DeskApp, node: Widget) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """The same, by Textual itself."""
    styling._work_out(app.stylesheet, node)
    return dict(node.styles.base._rules), parts_worked_out(app, node)


async def restyled(app: DeskApp, pilot: Pilot[Any]) -> None:
    """Wait until what the last key changed of a widget's states has reached its parts."""
    for _ in range(200):
        shown = [one for one in app.screen.walk_children(with_self=True) if isinstance(one, Widget)]
        if all(rules_of(one)[1] == parts_worked_out(app, one) for one in shown):
            return
        await pilot.pause(0.02)


async def test_each_widget_has_the_style_that_its_stylesheets_give_it(
    desk: Desk, clock: MovingClock
) -> None:
    person = settled(desk, clock)
    seen = 0
    async with at_desk(desk, person) as (app, pilot):
        for key in ("f3", "f2", "tab", "2", "escape", "f6", "f9", "tab", "f5", "ctrl+t"):
            await pilot.press(key)
            await settle(app, pilot)
            await restyled(app, pilot)
            for node in app.screen.walk_children(with_self=True):
                assert isinstance(node, Widget)
                assert rules_of(node) == worked_out(app, node), (key, node)
                seen += 1
        await app.run_action("next_theme")
        await settle(app, pilot)
        await restyled(app, pilot)
        for node in app.screen.walk_children(with_self=True):
            assert isinstance(node, Widget)
            assert rules_of(node) == worked_out(app, node), node
    assert seen > 100


async def test_what_is_remembered_does_not_grow_with_each_notice(
    desk: Desk, clock: MovingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = settled(desk, clock)
    async with at_desk(desk, person) as (app, pilot):
        before = len(styling._said)
        monkeypatch.setattr(styling, "MOST_REMEMBERED", before + 8)
        sizes = []
        for number in range(8):
            app.notify(f"notice {number}")
            await settle(app, pilot)
            sizes.append(len(styling._said))
    assert max(sizes) <= before + 8
    assert min(sizes) < before, "it begins anew"
