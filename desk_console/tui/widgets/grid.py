"""A grid with a cursor in both directions: a fixed column on the left, columns that scroll, figures
on the right.

It paints only the cells that are seen, so that a month of forty people is as quick as a week of
five.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message as Event
from textual.widget import Widget

from desk_console.tui.language import Spoken
from desk_console.tui.widgets.plain import pad, width

TONES = ("muted", "strong", "warning", "overdue", "now", "changed")
_HEAD_LINES = 2
_BEFORE = 2
"""Rows and columns that stay in view before a cell that is gone to: what follows is wanted more."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell: its text, and a tone that only underlines what the text says."""

    text: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row: what it is known by, its fixed text, its cells, its figures."""

    key: str
    label: str
    cells: tuple[GridCell, ...]
    tail: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class GridPage:
    """What a grid shows."""

    heads: tuple[tuple[GridCell, GridCell], ...] = ()
    """Two lines over each column."""
    keys: tuple[str, ...] = ()
    """What each column is known by."""
    rows: tuple[GridRow, ...] = ()
    cells: tuple[int, ...] = ()
    """The cells of each column, the gap behind it included."""
    label: tuple[str, str] = ("", "")
    """Two lines over the fixed column."""
    label_cells: int = 10
    tail: tuple[str, str] = ("", "")
    tail_cells: int = 0


class Grid(Spoken, Widget, can_focus=True):
    """Shows a page; arrows move the cursor, Enter chooses its cell."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1, 0)", show=False),
        Binding("down", "move(1, 0)", show=False),
        Binding("left", "move(0, -1)", show=False),
        Binding("right", "move(0, 1)", show=False),
        Binding("home", "move(0, -1000)", show=False),
        Binding("end", "move(0, 1000)", show=False),
        Binding("ctrl+left", "move(0, -7)", show=False),
        Binding("ctrl+right", "move(0, 7)", show=False),
        Binding("enter", "choose", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "grid--cursor",
        "grid--head",
        *(f"grid--{tone}" for tone in TONES),
    }
    DEFAULT_CSS = """
    Grid { height: 1fr; width: 1fr; background: $background; }
    Grid > .grid--head { color: $text-primary; text-style: bold; }
    Grid > .grid--cursor { background: $primary; color: $background; text-style: bold; }
    Grid > .grid--muted { color: $text-muted; }
    Grid > .grid--strong { text-style: bold; }
    Grid > .grid--warning { color: $text-warning; text-style: bold; }
    Grid > .grid--overdue { color: $text-error; text-style: bold; }
    Grid > .grid--now { text-style: bold underline; }
    Grid > .grid--changed { color: $text-success; text-style: bold; }
    """

    @dataclass
    class Reached(Event):
        """The cursor came to a cell."""

        grid: Grid
        row: str
        column: str

    @dataclass
    class CellChosen(Event):
        """Enter was pressed on a cell, or it was clicked."""

        grid: Grid
        row: str
        column: str

    def __init__(self, *, id: str | None = None) -> None:
        """Empty until a page is set."""
        super().__init__(id=id)
        self._page = GridPage()
        self._row = self._column = 0
        self._top = self._left = 0

    @property
    def at(self) -> tuple[str, str] | None:
        """The keys of the row and column that the cursor is on; None in an empty grid."""
        if not self._page.rows or not self._page.keys:
            return None
        return self._page.rows[self._row].key, self._page.keys[self._column]

    def set_page(self, page: GridPage) -> None:
        """Show another page; the cursor stays on its row and column where they are in it."""
        before = self.at
        self._page = page
        rows = [row.key for row in page.rows]
        if before is not None:
            self._row = rows.index(before[0]) if before[0] in rows else self._row
            keys = page.keys
            self._column = keys.index(before[1]) if before[1] in keys else self._column
        self._row = max(0, min(self._row, len(rows) - 1))
        self._column = max(0, min(self._column, len(page.keys) - 1))
        self._tell()

    def go_to(self, row: str | None, column: str | None) -> None:
        """Put the cursor on a row and a column, with what follows them in view; what is None or
        not there stays.
        """
        rows = [one.key for one in self._page.rows]
        if row in rows:
            self._row = rows.index(row)
            self._top = max(0, self._row - _BEFORE)
        if column in self._page.keys:
            self._column = self._page.keys.index(column)
            self._left = max(0, self._column - _BEFORE)
        self._tell()

    def action_move(self, down: int, right: int) -> None:
        """Move the cursor, not beyond the edges."""
        if self.at is None:
            return
        self._row = max(0, min(len(self._page.rows) - 1, self._row + down))
        self._column = max(0, min(len(self._page.keys) - 1, self._column + right))
        self._tell()

    def action_choose(self) -> None:
        """This cell."""
        if (at := self.at) is not None:
            self.post_message(self.CellChosen(self, *at))

    def on_click(self, event: events.Click) -> None:
        """The cell under the pointer; a second click on it chooses it."""
        place = event.get_content_offset(self)
        if place is None or self.at is None:
            return
        row = self._top + place.y - _HEAD_LINES
        x = self._page.label_cells
        for column in range(self._left, len(self._page.keys)):
            width = self._page.cells[column]
            if x <= place.x < x + width and 0 <= row < len(self._page.rows):
                if (row, column) == (self._row, self._column):
                    self.action_choose()
                self._row, self._column = row, column
                self._tell()
                return
            x += width

    def _tell(self) -> None:
        self.refresh()
        if (at := self.at) is not None:
            self.post_message(self.Reached(self, *at))

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as there is room."""
        return container.width

    def render(self) -> Text:
        """The heads, then the rows that are seen."""
        page, room = self._page, self.content_size
        self._scroll(room)
        columns = self._columns_seen(room.width)
        lines = [self._head_line(line, columns) for line in range(_HEAD_LINES)]
        for index in range(self._top, min(len(page.rows), self._top + room.height - _HEAD_LINES)):
            lines.append(self._row_line(index, columns))
        return Text("\n").join(lines)

    def _scroll(self, room: Size) -> None:
        height = max(1, room.height - _HEAD_LINES)
        self._top = max(min(self._top, self._row), self._row - height + 1)
        self._top = max(0, min(self._top, len(self._page.rows) - height))
        self._left = min(self._left, self._column)
        while self._column not in self._columns_seen(room.width) and self._left < self._column:
            self._left += 1
        # No column hides on the left while there is room for it: another page may be narrower.
        while self._left > 0:
            self._left -= 1
            if self._columns_seen(room.width).stop < len(self._page.cells):
                self._left += 1
                break

    def _columns_seen(self, width: int) -> range:
        left = width - self._page.label_cells - self._page.tail_cells
        last = self._left
        while last < len(self._page.cells) and self._page.cells[last] <= left:
            left -= self._page.cells[last]
            last += 1
        return range(self._left, max(last, min(self._left + 1, len(self._page.cells))))

    def _head_line(self, line: int, columns: range) -> Text:
        page = self._page
        head = self.get_component_rich_style("grid--head", partial=True)
        text = Text(no_wrap=True, end="")
        text.append(pad(page.label[line], page.label_cells), head)
        for column in columns:
            cell = page.heads[column][line]
            text.append(pad(cell.text, page.cells[column]), self._style(cell.tone) or head)
        if page.tail_cells:
            text.append(pad(page.tail[line], page.tail_cells), head)
        return text

    def _row_line(self, index: int, columns: range) -> Text:
        page, row = self._page, self._page.rows[index]
        text = Text(no_wrap=True, end="")
        text.append(pad(row.label, page.label_cells), self._style(row.tone))
        for column in columns:
            cell, cells = row.cells[column], page.cells[column]
            if (index, column) == (self._row, self._column):
                cursor = self.get_component_rich_style("grid--cursor", partial=True)
                # A mark may fill the cell to its edge: under the cursor above all it must be seen.
                room = max(cells - 1, min(width(cell.text), cells))
                text.append(pad(cell.text, room), cursor)
                text.append(" " * (cells - room))
            else:
                text.append(pad(cell.text, cells), self._style(cell.tone))
        if page.tail_cells:
            text.append(pad(row.tail, page.tail_cells), self._style("muted"))
        return text

    def _style(self, tone: str) -> Style | None:
        return self.get_component_rich_style(f"grid--{tone}", partial=True) if tone else None
