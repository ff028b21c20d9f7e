"""The lists of the live shift, one under the other. They are loaded and mounted behind the first
frame.
"""

from __future__ import annotations

from textual.app import ComposeResult

from desk_console.tui.widgets.plain import Plain
from desk_console.tui.widgets.shared import Block, Shared
from desk_console.tui.widgets.table import Column, Listing, Row


class LiveLists(Shared):
    """What is due, what is to be set up first, the open matters, the day's entries."""

    def compose(self) -> ComposeResult:
        """The four of them, empty."""
        yield _block("due", ("state", 16), ("what", None))
        yield _block("first", ("what", 10), ("key", 8), ("state", None))
        yield _block("matter", ("left", 17), ("waited", 16), ("what", None), ("owner", 10))
        yield _block("entry", ("at", 5), ("category", 9), ("words", None), ("writer", 10))

    @property
    def are_there(self) -> bool:
        """Are they mounted, so that they can be filled?"""
        return len(self.query(Listing)) > 0

    def fill(self, name: str, heading: str, rows: list[Row]) -> None:
        """Show the rows of one list under its heading."""
        self.query_one(f"#live-{name}-heading", Plain).put(heading)
        self.query_one(f"#live-{name}", Listing).set_rows(rows)

    def begin(self) -> None:
        """Put the cursor into what is open; where nothing is, into what there is instead."""
        for name in ("matter", "due", "first", "entry"):
            listing = self.query_one(f"#live-{name}", Listing)
            if listing.keys and listing.display:
                listing.focus()
                return

    def on_listing_beyond(self, event: Listing.Beyond) -> None:
        """The arrows go on from one list to the next."""
        event.stop()
        lists = [one for one in self.query(Listing) if one.keys and one.display]
        if event.listing not in lists:
            return  # it was emptied meanwhile
        at = lists.index(event.listing) + event.by
        if 0 <= at < len(lists):
            lists[at].focus()
            lists[at].go_to_end(is_last=event.by < 0)


def _block(name: str, *columns: tuple[str, int | None]) -> Block:
    made = [
        Column(column, f"tui.live.{name}_{column}", cells, is_most=True)
        for column, cells in columns
    ]
    return Block(
        Plain(id=f"live-{name}-heading", classes="live-heading"),
        Listing(*made, id=f"live-{name}", show_header=False),
        id=f"live-{name}-block",
    )
