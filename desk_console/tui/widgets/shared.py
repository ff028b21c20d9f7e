"""Blocks that share the rows of a screen: each takes what it needs; where all of them together need
more than there is, they get alike, and what one leaves the others have.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.containers import Vertical

from desk_console.tui.widgets.table import Listing

HEADING = 1
"""Rows of the line that names a block."""


def shares(room: int, wants: Sequence[int]) -> list[int]:
    """Rows for each of several blocks: what it wants where that fits, else as many as the others.

    The last one that is given less than it wants has the odd row.
    """
    given = [0] * len(wants)
    left, waiting = max(room, 0), len(wants)
    for place in sorted(range(len(wants)), key=lambda place: wants[place]):
        given[place] = min(wants[place], left // waiting)
        left -= given[place]
        waiting -= 1
    return given


class Block(Vertical):
    """A heading and its list. Hidden where it has nothing to say; see `Shared`."""

    DEFAULT_CSS = """
    Block { height: auto; }
    Block.-quiet { display: none; }
    """

    @property
    def wants(self) -> int:
        """The rows that its list has."""
        return len(self.query_one(Listing).keys)

    def have(self, rows: int, *, below: int) -> None:
        """Give its list so many rows on the screen, and so many blank lines below it."""
        # Not by a class: that would have every cell of the column look for its styles again.
        if self.styles.margin.bottom != below:
            self.styles.margin = (0, 0, below, 0)
        listing = self.query_one(Listing)
        listing.display = rows > 0
        if listing.styles.height is None or listing.styles.height.cells != rows:
            listing.styles.height = max(rows, 1)


class Shared(Vertical):
    """A column of blocks. Where there is room enough for all, a blank line parts them."""

    DEFAULT_CSS = """
    Shared { height: 1fr; }
    """

    def share(self) -> None:
        """Share the rows anew: another height, or other rows in a list."""
        blocks = [one for one in self.query_children(Block) if not one.has_class("-quiet")]
        if not blocks or not self.size.height:
            return
        room = self.size.height - len(blocks) * HEADING
        wants = [one.wants for one in blocks]
        is_airy = sum(wants) + len(blocks) - 1 <= room
        for block, rows in zip(blocks, shares(room, wants), strict=True):
            block.have(rows, below=1 if is_airy else 0)

    def on_resize(self, event: events.Resize) -> None:
        """Another height."""
        self.share()
