"""Plain text on the screen: the gate through which every string that a person wrote goes out.

Nothing that passes here is markup or an escape sequence, and it is measured, cut and padded by
cells.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual.content import Content
from textual.widgets import Static

from desk_console.foundation.text import visible

if TYPE_CHECKING:
    from textual.css.styles import RulesMap
    from textual.strip import Strip
    from textual.style import Style
    from textual.visual import RenderOptions

CUT_MARK = ".."
"""Stands where text was cut. Not the sign for an ellipsis: its width differs between terminals."""

# Terminals do not agree on the width of joined and varied signs: each is shown by itself.
_JOINERS = re.compile("[\u200b-\u200d\u2060\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def tame(text: str) -> str:
    """The text as every terminal shows it alike: nothing to obey, nothing joined. Lines stay
    lines."""
    return _JOINERS.sub("", visible(text))


def one_line(text: str) -> str:
    """`tame` text on one line: breaks and tabs become spaces."""
    return tame(text).replace("\n", " ").replace("\t", " ")


def show(text: str) -> Content:
    """A person's text for Static, Label, Button, an option, a title or a tooltip. Never markup."""
    return Content(tame(text))


def cell(text: str, style: str = "") -> Text:
    """A person's text for a cell of a table. Never markup; `style` is ours."""
    return Text(one_line(text), style=style, no_wrap=True, end="")


def width(text: str) -> int:
    """Cells that the text takes on one line."""
    return cell_len(one_line(text))


def fit(text: str, cells: int) -> str:
    """The text on one line in at most so many cells, cut with two dots where it is longer."""
    line = one_line(text)
    if cell_len(line) <= cells:
        return line
    mark = CUT_MARK if cells > len(CUT_MARK) else ""
    room = cells - len(mark)
    taken, used = [], 0
    for sign in line:
        used += cell_len(sign)
        if used > room:
            break
        taken.append(sign)
    return "".join(taken) + mark


def pad(text: str, cells: int) -> str:
    """The text in exactly so many cells: cut where longer, filled with spaces where shorter."""
    line = fit(text, cells)
    return line + " " * (cells - cell_len(line))


# What stays on one line: a few words in brackets, a word of letters and digits, or one Chinese
# sign, each with the stops behind it.
_UNBROKEN = re.compile(r"(?:[（(][^（()）]{1,24}[）)]|[“《]*(?:[!-~]+|.))[，。；：、！？）》”]*")


def folded(text: str, cells: int) -> list[str]:
    """The text in lines of so many cells: words stay whole, and no line begins with a stop."""
    lines = [""]
    for piece in _UNBROKEN.findall(one_line(text)):
        if lines[-1] and width(lines[-1]) + width(piece.rstrip()) > cells:
            lines.append("")
        lines[-1] += piece if lines[-1] or len(lines) == 1 else piece.lstrip()
    return lines


def hung(text: str, cells: int) -> list[str]:
    """The text `folded`, its further lines two cells further in than the first: each line of a
    record is told from the next.
    """
    line = one_line(text)
    first = folded(line, cells)[0]
    rest = line[len(first) :].lstrip()
    if not rest:
        return [first]
    indent = " " * (len(line) - len(line.lstrip()) + 2)
    return [first, *(indent + each for each in folded(rest, max(cells - len(indent), 1)))]


def occurrences(text: str, sought: Iterable[str]) -> list[tuple[int, int]]:
    """Where those words stand in the text, as (start, end), in either case and width."""
    plain = _compared(text)
    found: list[tuple[int, int]] = []
    for word in filter(None, map(_compared, sought)):
        at = plain.find(word)
        while at >= 0:
            found.append((at, at + len(word)))
            at = plain.find(word, at + len(word))
    return found


def _compared(text: str) -> str:
    """Sign by sign, so that places in it are places in the text."""
    folded = (unicodedata.normalize("NFKC", sign).casefold() for sign in text)
    return "".join(one if len(one) == 1 else sign for one, sign in zip(folded, text, strict=True))


class Sentence(Content):
    """A person's text in lines that are `folded` to the width they are given."""

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Its lines at that width."""
        return self._folded(width).get_height(rules, width)

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """Its lines as they are painted."""
        return self._folded(width).render_strips(width, height, style, options)

    def _folded(self, cells: int) -> Content:
        lines = (self._broken(line, cells) for line in self.plain.split("\n"))
        return Content("\n".join(each for line in lines for each in line))

    def _broken(self, line: str, cells: int) -> list[str]:
        return folded(line, cells)


class Hung(Sentence):
    """The lines of a record: each is `hung`."""

    def _broken(self, line: str, cells: int) -> list[str]:
        return hung(line, cells)


class Plain(Static):
    """A Static that shows what it is given as it was written: markup is text to it."""

    content_type: ClassVar[type[Content]] = Content
    """How its lines are broken: those of columns where they end."""

    def __init__(self, text: str | Text | Content = "", **kwargs: Any) -> None:
        """`text` of a person as a string; what is ours may come styled as Text or Content."""
        super().__init__(self._shown(text), markup=False, **kwargs)
        self._put = text

    def put(self, text: str | Text | Content) -> None:
        """Show another text. The same one again costs nothing: a Static would lay out the whole
        screen anew, and paint it.
        """
        if text == self._put and isinstance(text, str):
            return
        self._put = text
        self.update(self._shown(text))

    def _shown(self, text: str | Text | Content) -> Text | Content:
        if not isinstance(text, str):
            return text
        return self.content_type(tame(text))


class Prose(Plain):
    """Sentences, as they come."""

    content_type = Sentence


class Paper(Plain):
    """A record, line by line."""

    content_type = Hung
