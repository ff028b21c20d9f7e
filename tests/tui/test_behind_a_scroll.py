"""What goes from a screen just behind a scrolling is not left standing on it."""

from __future__ import annotations

import pytest
from textual._compositor import Compositor
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from desk_console.tui.terminal import overlays


class Scrolled(App[None]):
    """Lines that scroll, and a notice below them."""

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Static("\n".join("water" for _ in range(99)))
        yield Static("a notice", id="notice")


async def repainted() -> bool:
    """Whether the notice's place is to be painted again, when somebody asked where widgets are
    between its going and the next layout.
    """
    app = Scrolled()
    async with app.run_test(size=(40, 12)) as pilot:
        compositor, notice = app.screen._compositor, app.query_one("#notice")
        await pilot.pause()
        place = notice.region
        app.query_one(VerticalScroll).scroll_to(y=9, animate=False, immediate=True)
        app.screen._refresh_layout(scroll=True)
        compositor._dirty_regions.clear()
        assert compositor._full_map_invalidated
        notice.display = False
        assert notice not in compositor.full_map
        compositor.reflow(app.screen, app.size)
        return any(region.overlaps(place) for region in compositor._dirty_regions)


async def test_what_went_behind_a_scrolling_is_repainted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Compositor, "full_map", property(overlays._full_map))
    assert await repainted()


async def test_textual_itself_leaves_it_standing() -> None:
    assert not await repainted(), "cured upstream: overlays._full_map can go"
