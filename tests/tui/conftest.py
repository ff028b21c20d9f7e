"""Without a terminal a frame is drawn when a test looks at it, and a stylesheet is read once.

The driver of the tests throws every frame away, and drawing them took a third of their time. The
first whole frame of each kind of screen in each size is drawn all the same, and whatever a test
looks at: a widget that cannot be drawn is found.
What a terminal is sent is proved in pseudo-terminals, where the program runs by itself.

Each test has an app of its own, which would read the same stylesheets again. What they were read as
is kept for all apps of a worker; a fault in one is found by the first app that reads it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from textual._compositor import Compositor
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.css.types import CSSLocation
from textual.pilot import Pilot
from textual.screen import Screen

from desk_console.tui.terminal.styling import mend_stylesheet
from tests.tui.golden import count_frame
from tests.tui.idle import wait_for_idle

_DRAWN: set[object] = set()
_READ: dict[tuple[object, ...], list[RuleSet]] = {}


@pytest.fixture(scope="package", autouse=True)
def drawn_when_looked_at() -> Iterator[None]:
    """Frames that nobody sees are left out."""
    draw = Compositor.render_update

    def render_update(
        self: Compositor,
        full: bool = False,
        screen_stack: list[Screen[Any]] | None = None,
        simplify: bool = False,
    ) -> Any:
        count_frame(self)
        is_whole = full or self.size.region in self._dirty_regions
        if is_whole and (kind := (type(self.root), self.size)) not in _DRAWN:
            _DRAWN.add(kind)
            return draw(self, full, screen_stack, simplify)
        self._dirty_regions.clear()
        return None

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Compositor, "render_update", render_update)
        yield


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    """A console that has come to its end, however, looks at no file any more. Two hundred that went
    on looking took nine tenths of a late test's time.
    """
    yield
    for thread in threading.enumerate():
        if thread.name in ("watch", "postman"):
            thread.join(10)  # one that was told to stop may be amid a look
            assert not thread.is_alive(), thread.name


@pytest.fixture(scope="package", autouse=True)
def idle_as_soon_as_nothing_is_left() -> Iterator[None]:
    """See `tests.tui.idle`."""

    async def wait_for_screen(self: Pilot[Any], timeout: float = 30.0) -> bool:
        # Textual sends a message to each widget, and waits until all of them have heard it.
        await wait_for_idle()
        return True

    with pytest.MonkeyPatch.context() as patch:
        for place in ("textual.app", "textual.pilot"):
            patch.setattr(f"{place}.wait_for_idle", wait_for_idle)
        patch.setattr(Pilot, "_wait_for_screen", wait_for_screen)
        yield


@pytest.fixture(scope="package", autouse=True)
def stylesheets_read_once() -> Iterator[None]:
    """The same text, read with the same colours, gives the same rules."""
    read = Stylesheet._parse_rules

    def read_once(
        self: Stylesheet,
        css: str,
        read_from: CSSLocation,
        is_default_rules: bool = False,
        tie_breaker: int = 0,
        scope: str = "",
    ) -> list[RuleSet]:
        where = (read_from, is_default_rules, tie_breaker, scope)
        asked = (css, *where, tuple(self._variables.items()))
        if asked not in _READ:
            _READ[asked] = read(self, css, *where)
        return _READ[asked]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", read_once)
        mend_stylesheet()
        yield
