"""Where a line of Chinese is broken: between two of its signs, and never before a stop.

Textual breaks at blanks only: a run of Chinese behind a figure or a key goes to the next line
whole, which leaves a line half empty, and where it has to cut, a line may begin with a comma.
"""

from __future__ import annotations

import re

from rich._wrap import divide_line as at_blanks
from rich.cells import cell_len

# What stays on one line: a few words in brackets, a short name, a word of letters and digits, or
# one Chinese sign; with the brackets and quotation marks before it, the stops and blanks behind it.
_UNBROKEN = re.compile(
    r"(?:[（(〔【][^（()）〔〕【】]{1,24}[）)〕】]"
    r"|(?<![一-鿿])[一-鿿]{1,4}(?![一-鿿])"
    r"|[“《〔【]*(?:[!-~]+|.))"
    r"[，。；：、！？）》”〕】]* *"
)


def divide_line(text: str, width: int, fold: bool = True) -> list[int]:
    """The places at which a line of text is broken, to fit so many cells."""
    if width < 2 or text.isascii():
        return at_blanks(text, width, fold)
    if cell_len(text) <= width:
        return []
    breaks: list[int] = []
    used = 0
    for found in _UNBROKEN.finditer(text):
        start, piece = found.start(), found.group()
        cells = cell_len(piece.rstrip())
        blanks = cell_len(piece) - cells
        if used + cells > width and text[:start].strip():
            breaks.append(start)
            used = 0
        if used + cells > width and fold:
            used = _cut(piece.rstrip(), start, width, used, breaks) + blanks
        else:
            used += cells + blanks
    return breaks


def _cut(piece: str, start: int, width: int, used: int, breaks: list[int]) -> int:
    """Breaks what no line can hold where a line is full; gives the cells used of the last line."""
    for place, sign in enumerate(piece, start):
        if used + cell_len(sign) > width:
            breaks.append(place)
            used = 0
        used += cell_len(sign)
    return used


def break_between_signs() -> None:
    """Have Textual break every text so."""
    from textual import content

    content.divide_line = divide_line  # type: ignore[attr-defined] # the mend
