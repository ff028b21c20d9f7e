"""Without a terminal a frame is drawn when a test looks at it.

The driver of the tests throws every frame away, and drawing them took a third of their time. The
first whole frame of each screen is drawn all the same: a widget that cannot be drawn is found.
What a terminal is sent is proved in pseudo-terminals, where the program runs by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from weakref import WeakSet

import pytest
from textual._compositor import Compositor
from textual.screen import Screen

_DRAWN: WeakSet[Compositor] = WeakSet()


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
        is_whole = full or self.size.region in self._dirty_regions
        if is_whole and self not in _DRAWN:
            _DRAWN.add(self)
            return draw(self, full, screen_stack, simplify)
        self._dirty_regions.clear()
        return None

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Compositor, "render_update", render_update)
        yield
