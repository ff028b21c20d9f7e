"""A sheet as PDF, with a font that prints Chinese; without one there is no PDF, and never boxes.

A sign that the font lacks is printed as 〓, which the foot explains.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from desk_console.foundation.catalogue import Language
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.text import visible
from desk_console.outputs.sheets.fonts import Font, find_font
from desk_console.outputs.sheets.model import (
    Block,
    Fields,
    Grid,
    Label,
    Printed,
    Prose,
    Receipt,
    Sheet,
    Signatures,
    label,
)
from desk_console.rulebook.desk import SheetMaking

if TYPE_CHECKING:
    from fpdf import FPDF

LACKING = "〓"
"""Printed for a sign that the font does not have."""

_FAMILY = "sheet"
_MARGIN = 14
_LINE = 5.2
_SIZE, _LABEL, _SMALL, _FOOT = 9.5, 8, 7.4, 8
_LABEL_WIDTH = 27
_GREY = (242, 242, 242)
_SHADED = (230, 230, 230)
_PALE = 90


def pdf(sheet: Sheet, language: Language, printed: Printed, making: SheetMaking) -> bytes:
    """The file. Refuses where no font with Chinese is found: the HTML sheet prints all the same."""
    font = find_font(making.font)
    if font is None:
        if making.font is not None:
            raise Refusal("outputs.sheets.font_unfit", file=str(making.font))
        raise Refusal("outputs.sheets.no_font")
    return _Page(sheet, language, printed, font).made()


class _Page:
    """One sheet being set."""

    def __init__(self, sheet: Sheet, language: Language, printed: Printed, font: Font) -> None:
        self._sheet = sheet
        self._language = language
        self._printed = printed
        self._lacks = False
        self._pdf = self._begun(font)
        self._signs = frozenset(self._pdf.fonts[_FAMILY].cmap)  # type: ignore[union-attr] # a font of ours has one

    def _begun(self, font: Font) -> FPDF:
        from fpdf import FPDF
        from fpdf.enums import WrapMode

        self._wrap = WrapMode.CHAR
        logging.getLogger("fontTools").setLevel(logging.ERROR)
        made = _numbered(FPDF)(
            orientation="landscape" if self._sheet.is_landscape else "portrait", format="A4"
        )
        made.set_margin(_MARGIN)
        made.set_auto_page_break(True, margin=_MARGIN + 2)
        made.add_font(_FAMILY, fname=font.path, collection_font_number=font.number)
        made.set_font(_FAMILY, size=_SIZE)
        made.set_title(visible(self._sheet.title.first(self._language)))
        made.set_lang("zh-CN" if self._language == "zh" else "en")
        made.set_creator("desk-console")
        made.add_page()
        return made

    def made(self) -> bytes:
        """All of it."""
        self._head()
        setters: dict[type, Callable[[Any], None]] = {
            Fields: self._fields,
            Grid: self._grid,
            Prose: self._prose,
            Signatures: self._signatures,
            Receipt: self._receipt,
        }
        for block in self._sheet.blocks:
            setters[type(block)](block)
        self._foot()
        return bytes(self._pdf.output())

    # Words

    def _text(self, words: str) -> str:
        """The words as this font can print them."""
        plain = visible(words)
        shown = "".join(
            sign if sign == "\n" or ord(sign) in self._signs else LACKING for sign in plain
        )
        self._lacks |= shown != plain
        return shown

    def _both(self, given: Label) -> str:
        return self._text(given.line(self._language))

    def _stacked(self, given: Label) -> str:
        parts = (given.first(self._language), given.second(self._language))
        return "\n".join(self._text(part) for part in parts if part)

    def _line(self, words: str, *, size: float, align: str = "C", pale: bool = False) -> None:
        self._pdf.set_font(size=size)
        self._pdf.set_text_color(_PALE if pale else 0)
        self._pdf.multi_cell(
            0, size * 0.53, words, align=align, new_x="LMARGIN", new_y="NEXT", wrapmode=self._wrap
        )
        self._pdf.set_text_color(0)
        self._pdf.set_font(size=_SIZE)

    # Parts

    def _head(self) -> None:
        sheet, language = self._sheet, self._language
        self._line(self._text(sheet.site), size=10)
        self._line(self._text(sheet.title.first(language)), size=16)
        if second := sheet.title.second(language):
            self._line(self._text(second), size=9, pale=True)
        if sheet.number:
            number = f"{self._both(label('number'))}  {self._text(sheet.number)}"
            self._line(number, size=9, align="R")
        self._pdf.ln(2)

    def _heading(self, title: Label | None) -> None:
        if title is not None:
            if self._pdf.will_page_break(3 * _LINE):
                self._pdf.add_page()
            self._pdf.ln(2)
            self._line(self._both(title), size=10.5, align="L")

    def _fields(self, block: Fields) -> None:
        self._heading(block.title)
        widths = (_LABEL_WIDTH, self._pdf.epw / block.across - _LABEL_WIDTH) * block.across
        with self._table(widths, headings=0) as table:
            for given in block.rows():
                row = table.row()
                for each, span in given:
                    row.cell(self._stacked(each.label), align="C", style=self._face(_GREY, _LABEL))
                    row.cell(self._text(each.value), colspan=span)

    def _grid(self, block: Grid) -> None:
        self._heading(block.title)
        size = _SMALL if block.is_small else _SIZE
        shares = tuple(column.share for column in block.columns)
        with self._table(shares, headings=1, is_small=block.is_small) as table:
            head = table.row()
            for place, column in enumerate(block.columns):
                ground = _SHADED if place in block.shaded else _GREY
                style = self._face(ground, min(size, _LABEL))
                head.cell(self._stacked(column.label), align="C", style=style)
            if not block.padded():
                empty = self._both(label("no_rows"))
                table.row().cell(empty, colspan=len(block.columns), align="C")
            for cells in block.padded():
                self._grid_row(table, block, cells)

    def _grid_row(self, table: Any, block: Grid, cells: Sequence[str]) -> None:
        is_blank = not any(cells)
        row = table.row(min_height=9 if is_blank else 0)
        for place, (cell, column) in enumerate(zip(cells, block.columns, strict=True)):
            style = self._face(_SHADED) if place in block.shaded else None
            row.cell(self._text(cell), align="C" if column.is_centred else "L", style=style)

    def _prose(self, block: Prose) -> None:
        with self._table((_LABEL_WIDTH, self._pdf.epw - _LABEL_WIDTH), headings=0) as table:
            row = table.row(min_height=block.lines * 6 + 3)
            row.cell(self._stacked(block.label), align="C", style=self._face(_GREY, _LABEL))
            row.cell(self._text(block.words), v_align="TOP")

    def _signatures(self, block: Signatures) -> None:
        page = self._pdf
        page.ln(4)
        if page.will_page_break(24):
            page.add_page()
        width = page.epw / max(1, len(block.signed))
        top = page.y
        for place, each in enumerate(block.signed):
            left = page.l_margin + place * width
            rows = (
                (self._both(each.label), 8),
                (self._text(each.name), 12),
                (self._text(f"{each.at} {each.note}".strip()), 7),
            )
            page.set_xy(left, top)
            for words, size in rows:
                page.set_font(size=size)
                page.set_x(left)
                page.multi_cell(
                    width - 4, 6, words, align="L", new_x="LEFT", new_y="NEXT", wrapmode=self._wrap
                )
            page.line(left, top + 20, left + width - 4, top + 20)
        page.set_font(size=_SIZE)
        page.set_xy(page.l_margin, top + 22)

    def _receipt(self, block: Receipt) -> None:
        import segno

        page = self._pdf
        page.ln(3)
        if page.will_page_break(24):
            page.add_page()
        side, top, left = 0.8, page.y, page.l_margin
        lines = list(segno.make(block.code, error="m").matrix_iter(border=2))
        for down, line in enumerate(lines):
            for across, is_dark in enumerate(line):
                if is_dark:
                    page.rect(left + across * side, top + down * side, side, side, style="F")
        beside = left + len(lines) * side + 4
        page.set_xy(beside, top + 4)
        page.set_font(size=13)
        page.cell(0, 7, block.code, new_x="LEFT", new_y="NEXT")
        page.set_font(size=_FOOT)
        page.multi_cell(0, 4.5, self._both(block.note), align="L", wrapmode=self._wrap)
        page.set_font(size=_SIZE)
        page.set_xy(page.l_margin, top + len(lines) * side + 2)

    def _foot(self) -> None:
        self._pdf.ln(3)
        notes = [self._both(note) for note in self._sheet.notes]
        if self._sheet.has_personal_data:
            notes.append(self._both(label("personal_data")))
        made = (
            f"{self._both(label('printed_at'))} {self._text(self._printed.at)}   "
            f"{self._both(label('printed_by'))} {self._text(self._printed.by)}"
        )
        if self._lacks:
            notes.append(f"{LACKING} {self._both(label('lacking'))}")
        for words in (*notes, made):
            self._line(words, size=_FOOT, align="L", pale=True)

    # Tables

    def _table(self, widths: Sequence[float], *, headings: int, is_small: bool = False) -> Any:
        size = _SMALL if is_small else _SIZE
        self._pdf.set_font(size=size)
        return self._pdf.table(
            col_widths=tuple(widths),
            width=self._pdf.epw,
            num_heading_rows=headings,
            repeat_headings=1 if headings else 0,
            first_row_as_headings=bool(headings),
            headings_style=self._face(_GREY, size),
            line_height=size * 0.5,
            padding=0.6 if is_small else (1, 1.4),
            text_align="LEFT",
            v_align="MIDDLE",
            wrapmode=self._wrap,
        )

    def _face(self, ground: tuple[int, int, int], size: float | None = None) -> Any:
        from fpdf.fonts import FontFace

        return FontFace(family=_FAMILY, emphasis="", size_pt=size, fill_color=ground)


def _numbered(base: type[FPDF]) -> type[FPDF]:
    """The same, with the page's number at the foot of each page."""

    class Numbered(base):  # type: ignore[misc,valid-type] # made late: the library is slow to load
        def footer(self) -> None:
            self.set_y(-11)
            self.set_font(_FAMILY, size=_FOOT)
            self.cell(0, 5, f"{self.page_no()} / {{nb}}", align="R")
            self.set_font(_FAMILY, size=_SIZE)

    return Numbered


__all__ = ["LACKING", "Block", "pdf"]
