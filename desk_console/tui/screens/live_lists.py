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
        yield _block("matter", ("left", 17), ("waited", 15), ("what", None), ("owner", 10))
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
        """Put the cursor into the first list."""
        self.query(Listing).first().focus()


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
