"""Tables of records: keyed rows, columns measured in cells, updates that leave the reader's place
alone.

Each table stands in a container of its own: Textual would else repaint into the neighbour. Every
cell is text, cut to its column by cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual import on
from textual._two_way_dict import TwoWayDict
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.coordinate import Coordinate
from textual.message import Message as Event
from textual.widgets import DataTable
from textual.widgets.data_table import ColumnKey, RowKey

from desk_console.tui.language import Spoken
from desk_console.tui.widgets.plain import fit, occurrences, one_line, width

LEAST_FLEXIBLE = 10
"""Cells that the flexible column keeps in a narrow terminal; then the table scrolls sideways."""
ENOUGH_FLEXIBLE = 40
"""Cells that it keeps, where it wants them, before any other column is given more."""

TONES = ("muted", "strong", "warning", "overdue")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in the program, the catalogue key of its label, its cells (None: all the
    rest). With `is_most` it takes no more of its cells than what stands in it wants, and more of
    them where a wide terminal has them to give."""

    name: str
    label: str
    cells: int | None = None
    is_most: bool = False


@dataclass(frozen=True, slots=True)
class Toned:
    """A cell's text in a tone: muted, strong, warning or overdue. The words alone must say it
    too."""

    text: str
    tone: str = ""
    sought: tuple[str, ...] = ()
    """Words that stand out in it wherever they occur, in either case and width."""
    tail: str = ""
    """What follows the text: it is the text that is cut for it."""
    kept: int = 0
    """Cells at the front of the text that are never cut for what follows: that goes instead."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the key it is known by, and its cells as the columns stand."""

    key: str
    cells: tuple[str | Toned, ...] = field(default_factory=tuple)


class _Table(DataTable[Text], inherit_css=True):
    """The table inside a Listing. Home and End go to the first row and the last: a row has no
    cells to go to.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("home", "scroll_top", show=False),
        Binding("end", "scroll_bottom", show=False),
    ]

    @dataclass
    class Beyond(Event):
        """The cursor was to go beyond the first row (by -1) or the last one (by 1)."""

        by: int

    def action_cursor_up(self) -> None:
        """One row up; at the first one it is told."""
        if self.cursor_row == 0:
            self.post_message(self.Beyond(-1))
        super().action_cursor_up()

    def action_cursor_down(self) -> None:
        """One row down; at the last one it is told."""
        if self.cursor_row >= self.row_count - 1:
            self.post_message(self.Beyond(1))
        super().action_cursor_down()


class Listing(Spoken, Container):
    """A table of records. Enter posts `RowChosen`, moving posts `RowReached`, its end posts
    `MoreWanted`."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"listing--{tone}" for tone in TONES}
    DEFAULT_CSS = """
    Listing { height: 1fr; width: 1fr; }
    Listing > _Table { height: 100%; width: 100%; background: $background; }
    Listing > .listing--muted { color: $text-muted; }
    Listing > .listing--strong { text-style: bold; }
    Listing > .listing--warning { color: $text-warning; text-style: bold; }
    Listing > .listing--overdue { color: $text-error; text-style: bold; }
    """

    @dataclass
    class RowChosen(Event):
        """Enter was pressed, or the row clicked."""

        listing: Listing
        key: str

        @property
        def control(self) -> Listing:
            """The table."""
            return self.listing

    @dataclass
    class RowReached(Event):
        """The cursor came to a row."""

        listing: Listing
        key: str

        @property
        def control(self) -> Listing:
            """The table."""
            return self.listing

    @dataclass
    class Beyond(Event):
        """An arrow went beyond the first row (by -1) or the last one (by 1)."""

        listing: Listing
        by: int

        @property
        def control(self) -> Listing:
            """The table."""
            return self.listing

    @dataclass
    class MoreWanted(Event):
        """The cursor came to the last row: bring more where there is more. Asked once for each
        length."""

        listing: Listing
        count: int

        @property
        def control(self) -> Listing:
            """The table."""
            return self.listing

    def __init__(
        self,
        *columns: Column,
        id: str | None = None,
        classes: str | None = None,
        show_header: bool = True,
    ) -> None:
        """The columns from left to right; at most one without `cells` takes the room that is
        left."""
        super().__init__(id=id, classes=classes)
        self._columns = columns
        self._rows: dict[str, Row] = {}
        self._asked_at = -1
        self._width_shared = -1
        self._table = _Table(
            cursor_type="row", zebra_stripes=False, cell_padding=1, show_header=show_header
        )
        for column in columns:
            self._table.add_column(Text(""), key=column.name, width=column.cells or LEAST_FLEXIBLE)

    def compose(self) -> ComposeResult:
        """The table, alone in its container."""
        yield self._table

    def on_mount(self) -> None:
        """Word the labels; a cell holds its colours, so other colours make it anew."""
        self.refresh_texts()
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self._lay_out())

    # What is in it

    @property
    def key(self) -> str | None:
        """The key of the row that the cursor is on."""
        if not self._rows:
            return None
        return self._table.coordinate_to_cell_key(
            Coordinate(self._table.cursor_row, 0)
        ).row_key.value

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all rows, from the top."""
        return tuple(self._rows)

    def go_to(self, key: str) -> bool:
        """Put the cursor on a row. False where there is none of that key."""
        if key not in self._rows:
            return False
        self._table.move_cursor(row=self._table.get_row_index(key), animate=False)
        return True

    def go_to_end(self, *, is_last: bool) -> None:
        """Put the cursor on the last row, or on the first one."""
        self._table.move_cursor(row=self._table.row_count - 1 if is_last else 0, animate=False)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows. Only what differs is changed; the cursor stays on its record, the view
        with it."""
        wanted = {row.key: row for row in rows}
        if wanted == self._rows and list(wanted) == list(self._rows):
            return
        table = self._table
        place, was_at = self.key, table.cursor_row
        needs_room = self._widths(wanted.values()) != self._widths(self._rows.values())
        with self.app.batch_update():
            self._drop(wanted)
            if needs_room:
                # Before any cell is made, so that each is made once.
                self._share_width(wanted.values())
            for name, row in wanted.items():
                known = self._rows.get(name)
                if known is None:
                    table.add_row(*self._cells(row), key=name)
                elif known != row or needs_room:
                    self._change(None if needs_room else known, row)
            if list(self._table_keys()) != list(wanted):
                self._reorder(list(wanted))
            self._rows = wanted
            if place in wanted:
                self._stay(place, was_at)

    def _drop(self, wanted: dict[str, Row]) -> None:
        gone = [name for name in self._rows if name not in wanted]
        if len(gone) == len(self._rows):
            self._table.clear()
            self._asked_at = -1
        else:
            for name in gone:
                self._table.remove_row(name)

    def _change(self, known: Row | None, row: Row) -> None:
        """The cells that differ from what is known; all of them where nothing is."""
        for index, column in enumerate(self._columns):
            if known is None or known.cells[index] != row.cells[index]:
                self._table.update_cell(row.key, column.name, self._cell(row, index))

    def _table_keys(self) -> Sequence[str]:
        return [row.key.value or "" for row in self._table.ordered_rows]

    def _reorder(self, names: list[str]) -> None:
        table = self._table
        keys = {row_key.value: row_key for row_key in table.rows}
        # As DataTable.sort does it, which can sort by what is in the cells only.
        order: dict[RowKey, int] = {keys[name]: index for index, name in enumerate(names)}
        table._row_locations = TwoWayDict(order)
        table._update_count += 1
        table.refresh()

    def _stay(self, place: str | None, was_at: int) -> None:
        """The cursor on the same record, at the same height. At the top of an idle table: at the
        top."""
        table = self._table
        assert place is not None
        now_at = table.get_row_index(place)
        if now_at == was_at:
            return
        if was_at == 0 and not table.has_focus:
            table.move_cursor(row=0, animate=False)
            return
        height = table.scroll_y
        table.move_cursor(row=now_at, animate=False, scroll=False)
        if height or was_at:
            table.scroll_to(y=height + now_at - was_at, animate=False, force=True)

    # How it looks

    def refresh_texts(self) -> None:
        """The labels in the language that is on, and all cells anew."""
        for column in self._columns:
            self._table.columns[self._column_key(column)].label = Text(self.tr(column.label))
        self._lay_out()

    def relabel(self, name: str, label: str) -> None:
        """Head a column by another label: what it shows is something else now."""
        wanted = tuple(
            replace(one, label=label) if one.name == name else one for one in self._columns
        )
        if wanted != self._columns:
            self._columns = wanted
            self.refresh_texts()

    def watch_virtual_size(self) -> None:
        """Give the flexible column the room that is left. A Resize does not come where something
        asked for a place on the screen between this being shown and the next layout.
        """
        self.call_later(self._fit)

    def on_resize(self) -> None:
        """The same where only a Resize comes."""
        self.call_later(self._fit)

    @property
    def _room(self) -> int:
        """The cells that it was laid out in last. `size` knows none while it is hidden, or while a
        new layout is on its way: what is filled then would be cut to nothing, and stay so.
        """
        return max(self.outer_size.width - self.gutter.width, 0)

    def _fit(self) -> None:
        if self.is_mounted and self._room != self._width_shared:
            self._lay_out()

    def _column_key(self, column: Column) -> ColumnKey:
        return next(key for key in self._table.columns if key.value == column.name)

    def _widths(self, rows: Iterable[Row]) -> list[int]:
        """The cells of the columns that have a number of their own: no more than is wanted, where
        that is said of them."""
        given = [column.cells or 0 for column in self._columns]
        most = [column.is_most for column in self._columns]
        if not any(most):
            return given
        wants = self._wants(rows)
        widths = [
            min(cells, want) if is_most else cells
            for cells, want, is_most in zip(given, wants, most, strict=True)
        ]
        flexible = next((at for at, one in enumerate(self._columns) if one.cells is None), None)
        if flexible is None:
            return widths
        spare = self._rest(widths) - min(ENOUGH_FLEXIBLE, wants[flexible])
        for at, want in enumerate(wants):
            if most[at] and at != flexible and (more := min(want - widths[at], spare)) > 0:
                widths[at] += more
                spare -= more
        return widths

    def _wants(self, rows: Iterable[Row]) -> list[int]:
        """The cells of the longest text in each column."""
        wants = [1] * len(self._columns)
        if self._table.show_header:
            wants = [width(self.tr(column.label)) for column in self._columns]
        for row in rows:
            for at, cell in enumerate(row.cells):
                said = cell.text if isinstance(cell, Toned) else cell
                wants[at] = max(wants[at], width(said))
        return wants

    def _rest(self, widths: Sequence[int]) -> int:
        """The cells that are left for the flexible column. One is kept for the scroll bar, whether
        it is there or not: the text must not jump.
        """
        padding = 2 * self._table.cell_padding * len(self._columns)
        return self._room - padding - sum(widths) - 2

    def _lay_out(self) -> None:
        """The width shared anew, and all cells anew."""
        self._share_width(self._rows.values())
        for row in self._rows.values():
            self._change(None, row)

    def _share_width(self, rows: Iterable[Row]) -> None:
        widths = self._widths(rows)
        self._width_shared = self._room
        rest = max(LEAST_FLEXIBLE, self._rest(widths))
        for column, cells in zip(self._columns, widths, strict=True):
            made = self._table.columns[self._column_key(column)]
            made.width = cells or rest
            made.label = Text(fit(self.tr(column.label), made.width))
        self._table._require_update_dimensions = True
        self._table._clear_caches()
        self._table.refresh(layout=True)

    def _cells(self, row: Row) -> list[Text]:
        return [self._cell(row, index) for index in range(len(self._columns))]

    def _cell(self, row: Row, index: int) -> Text:
        given = row.cells[index]
        toned = given if isinstance(given, Toned) else Toned(given)
        tone = toned.tone
        cells = next(
            made.width
            for key, made in self._table.columns.items()
            if key.value == self._columns[index].name
        )
        style = (
            self.get_component_rich_style(f"listing--{tone}", partial=True)
            if tone
            else Style.null()
        )
        room = cells - width(toned.tail)
        tail = toned.tail if room >= min(toned.kept, width(toned.text)) else ""
        said = fit(toned.text, room if tail else cells) + tail
        shown = Text(one_line(said), style=style, no_wrap=True, end="")
        if toned.sought:
            bold = self.get_component_rich_style("listing--strong", partial=True)
            for start, end in occurrences(shown.plain, toned.sought):
                shown.stylize(bold, start, end)
        return shown

    # What it tells

    def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
        """The cursor moved."""
        event.stop()
        if event.row_key.value is None:
            return
        self.post_message(self.RowReached(self, event.row_key.value))
        if (
            event.cursor_row == self._table.row_count - 1
            and self._asked_at != self._table.row_count
        ):
            self._asked_at = self._table.row_count
            self.post_message(self.MoreWanted(self, self._table.row_count))

    @on(_Table.Beyond)
    def _end_reached(self, event: _Table.Beyond) -> None:
        """The cursor cannot go further in this list."""
        event.stop()
        self.post_message(self.Beyond(self, event.by))

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """A row was chosen."""
        event.stop()
        if event.row_key.value is not None:
            self.post_message(self.RowChosen(self, event.row_key.value))

    def focus(self, scroll_visible: bool = True) -> Listing:
        """Focus the table inside."""
        self._table.focus(scroll_visible)
        return self
