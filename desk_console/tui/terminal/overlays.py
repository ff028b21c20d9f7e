"""Wide characters beside the edges of widgets, and what went while a list was scrolled: defects of
Textual's compositor, mended.

Textual cuts every line at the edges of all widgets on it, also at edges that another widget hides,
and it repaints from the first changed cell to the last. Each such cut through the middle of a wide
character blanks the character (Textualize/textual#6357). Here a line is cut only where one
widget's cells end and another's begin, and a repaint always covers whole pieces. What is half
hidden is still blanked: half a character cannot be shown.

This is the quicker way too: only the widgets whose pieces changed are asked for their lines, where
Textual asks all that lie between the first and the last change, and those behind them.
"""

from __future__ import annotations

import os
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import textual
from textual._compositor import ChopsUpdate, Compositor, CompositorMap
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

KNOWN_VERSIONS = ("8.2.8", "8.2.9")
"""The versions of Textual whose compositor is known to have the defects, and to bear the mend."""

_KNOWN_PIECES = "_pieces_of_desk_console"
"""The compositor keeps its pieces itself, so that they go with it."""

Line = dict[int, Strip]
Span = tuple[int, int, int]


class Piece(NamedTuple):
    """A stretch of a line that one widget shows, and where that widget is."""

    start: int
    end: int
    widget: Widget
    region: Region
    shown: Region
    """The part of the widget's region that its container shows."""


def textual_version() -> str:
    """Textual's version, from the name of its folder of metadata: reading that itself costs 70
    ms."""
    above = os.path.dirname(os.path.dirname(textual.__file__))
    for name in os.listdir(above):
        if name.startswith("textual-") and name.endswith(".dist-info"):
            return name.removeprefix("textual-").removesuffix(".dist-info")
    return textual.__version__


def mend_compositor() -> bool:
    """Mend the compositor of a known version, once. False, and nothing done, under any other
    version."""
    if textual_version() not in KNOWN_VERSIONS:
        return False
    Compositor._render_chops = _whole_chops  # type: ignore[assignment,method-assign] # the mend
    Compositor.render_partial_update = _whole_update  # type: ignore[assignment,method-assign] # the mend
    Compositor.full_map = property(_full_map)  # type: ignore[assignment,method-assign] # the mend
    return True


def _full_map(compositor: Compositor) -> CompositorMap:
    """Where each widget is. Asked for behind a scrolling it is worked out anew, and what changed
    since the last picture is repainted: Textual takes the new map for what is shown, so that a
    notice that went in between stays on the screen for good.
    """
    if compositor.root is None:
        return {}
    if compositor._full_map_invalidated:
        compositor._full_map_invalidated = False
        shown = compositor._visible_map or {}
        found, _ = compositor._arrange_root(compositor.root, compositor.size, visible_only=False)
        changed = [place for widget, place in shown.items() if found.get(widget) != place]
        changed += [place for widget, place in found.items() if widget not in shown]
        regions = (place.clip.intersection(place.region) for place in changed)
        compositor._dirty_regions.update(region for region in regions if region)
        compositor._full_map = found
        compositor._visible_widgets = None
        compositor._visible_map = None
    return compositor._full_map


def _whole_chops(
    compositor: Compositor, crop: Region, is_rendered_line: Callable[[int], bool]
) -> Sequence[Line]:
    """What stands on each line of `crop`, by the first column of each piece."""
    pieces = _pieces(compositor)
    wanted = {y: pieces[y] for y in crop.line_range if is_rendered_line(y) and y < len(pieces)}
    return _rendered(wanted, len(pieces))


def _whole_update(compositor: Compositor) -> ChopsUpdate | None:
    """The update for all regions that changed: the pieces that they touch, whole. No other widget
    is asked for anything.
    """
    regions = compositor._dirty_regions.copy()
    compositor._dirty_regions.clear()
    pieces = _pieces(compositor)
    wanted: dict[int, list[Piece]] = {}
    for y, first, last in compositor._regions_to_spans(regions):
        if y < len(pieces):
            touched = [one for one in pieces[y] if one.start < last and one.end > first]
            line = wanted.setdefault(y, [])
            line += (one for one in touched if one not in line)
    spans = [(y, one.start, one.end) for y, line in sorted(wanted.items()) for one in line]
    if not spans:
        return None
    chops = _rendered(wanted, len(pieces))
    ends = [[x + strip.cell_length for x, strip in line.items()] for line in chops]
    return ChopsUpdate(chops, spans, ends)


def _rendered(wanted: Mapping[int, Sequence[Piece]], height: int) -> list[Line]:
    """These pieces of lines, each widget asked once, for the lines between its first and last."""
    asked: dict[Widget, tuple[Piece, int, int]] = {}
    for y in sorted(wanted):
        for piece in wanted[y]:
            _, first, _ = asked.get(piece.widget, (piece, y, y))
            asked[piece.widget] = (piece, first, y)
    strips: dict[tuple[Widget, int], Strip] = {}
    for widget, (piece, first, last) in asked.items():
        region, shown = piece.region, piece.shown
        lines = Region(shown.x - region.x, first - region.y, shown.width, last - first + 1)
        for offset, strip in enumerate(widget.render_lines(lines)):
            strips[widget, first + offset] = strip
    chops: list[Line] = [{} for _ in range(height)]
    for y, line in wanted.items():
        for start, end, widget, _, shown in line:
            if (widget, y) in strips:
                chops[y][start] = strips[widget, y].crop(start - shown.x, end - shown.x)
    return chops


def _pieces(compositor: Compositor) -> list[list[Piece]]:
    """The pieces of all lines, from the left: as many as there are changes of widget on it. They
    stay until something is laid out anew.
    """
    shown, cuts = compositor.visible_widgets, compositor.cuts
    known = vars(compositor).get(_KNOWN_PIECES)
    if known is None or known[0] is not shown or known[1] is not cuts:
        known = (shown, cuts, _cut_up(shown, cuts))
        vars(compositor)[_KNOWN_PIECES] = known
    pieces: list[list[Piece]] = known[2]
    return pieces


def _cut_up(
    visible: Mapping[Widget, tuple[Region, Region]], cuts: Sequence[Sequence[int]]
) -> list[list[Piece]]:
    owners: list[list[Piece | None]] = [[None] * (len(line) - 1) for line in cuts]
    for widget, (region, clip) in visible.items():
        shown = region.intersection(clip)
        left, right = shown.column_span
        piece = Piece(left, right, widget, region, shown)
        for y in shown.line_range:
            first, beyond = bisect_left(cuts[y], left), bisect_right(cuts[y], right) - 1
            for place in range(first, beyond):
                # They come from the front to the back: the first to claim a place has it.
                if owners[y][place] is None:
                    owners[y][place] = piece
    return [_joined(line, owned) for line, owned in zip(cuts, owners, strict=True)]


def _joined(cuts: Sequence[int], owners: Sequence[Piece | None]) -> list[Piece]:
    """Neighbouring places of one widget as one piece."""
    line: list[Piece] = []
    for start, end, owner in zip(cuts, cuts[1:], owners, strict=False):
        if owner is None:
            continue
        if line and line[-1].end == start and line[-1].widget is owner.widget:
            line[-1] = line[-1]._replace(end=end)
        else:
            line.append(owner._replace(start=start, end=end))
    return line
