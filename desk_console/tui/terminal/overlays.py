"""Wide characters beside the edges of widgets: two defects of Textual's compositor, mended.

Textual cuts every line at the edges of all widgets on it, also at edges that another widget hides,
and it repaints from the first changed cell to the last. Each such cut through the middle of a wide
character blanks the character (Textualize/textual#6357). Here a line is cut only where one
widget's cells end and another's begin, and a repaint always covers whole pieces. What is half
hidden is still blanked: half a character cannot be shown.
"""

from __future__ import annotations

import os
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence

import textual
from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.strip import Strip

KNOWN_VERSIONS = ("8.2.8", "8.2.9")
"""The versions of Textual whose compositor is known to have the defects, and to bear the mend."""

Line = dict[int, Strip]
Span = tuple[int, int, int]


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
    return True


def _whole_chops(
    compositor: Compositor, crop: Region, is_rendered_line: Callable[[int], bool]
) -> Sequence[Line]:
    """The pieces of each line by their first column: as many as there are changes of widget on
    it. Of each widget only what shows on the lines of `crop` is rendered.
    """
    cuts = compositor.cuts
    owners: list[list[tuple[int, Strip] | None]] = [[None] * (len(line) - 1) for line in cuts]
    # From the front to the back: the first to claim a place has it.
    for widget, (region, clip) in compositor.visible_widgets.items():
        shown = region.intersection(clip).intersection(crop)
        lines = [y for y in shown.line_range if is_rendered_line(y)]
        left, right = shown.column_span
        if not any(_is_free(cuts[y], owners[y], left, right) for y in lines):
            continue
        strips = widget.render_lines(shown.translate((-region.x, -region.y)))
        for y in lines:
            strip, line_owners = strips[y - shown.y], owners[y]
            piece = (left, strip)
            for place in _places(cuts[y], left, min(right, left + strip.cell_length)):
                if line_owners[place] is None:
                    line_owners[place] = piece
    return [_joined(line_cuts, owned) for line_cuts, owned in zip(cuts, owners, strict=True)]


def _places(cuts: list[int], left: int, right: int) -> range:
    """The places on a line, from cut to cut, that lie whole between two columns."""
    return range(bisect_left(cuts, left), bisect_right(cuts, right) - 1)


def _is_free(
    cuts: list[int], owners: list[tuple[int, Strip] | None], left: int, right: int
) -> bool:
    """Is there a place between two columns that nothing before it covers?"""
    return any(owners[place] is None for place in _places(cuts, left, right))


def _joined(cuts: list[int], owners: list[tuple[int, Strip] | None]) -> Line:
    """Neighbouring places that one strip fills, as one piece of it."""
    line: Line = {}
    place, count = 0, len(owners)
    while place < count:
        piece, start = owners[place], cuts[place]
        place += 1
        while place < count and owners[place] is piece:
            place += 1
        if piece is not None:
            left, strip = piece
            line[start] = strip.crop(start - left, cuts[place] - left)
    return line


def _whole_update(compositor: Compositor) -> ChopsUpdate | None:
    """The update for all regions that changed, each span widened to the pieces that it touches."""
    screen = compositor.size.region
    regions = compositor._dirty_regions.copy()
    compositor._dirty_regions.clear()
    if not regions:
        return None
    changed = Region.from_union(regions).intersection(screen)
    # Every widget on these lines has to be asked: one left out could not claim its place in a
    # piece.
    crop = Region(0, changed.y, screen.width, changed.height)
    spans = [span for span in compositor._regions_to_spans(regions) if span[0] < screen.height]
    if not spans:
        return None
    chops = _whole_chops(compositor, crop, {y for y, _, _ in spans}.__contains__)
    ends = [[x + strip.cell_length for x, strip in line.items()] for line in chops]
    return ChopsUpdate(chops, list(_widened(spans, chops)), ends)


def _widened(spans: Iterable[Span], chops: Sequence[Line]) -> Iterable[Span]:
    """The spans, each from the beginning of its first piece to the end of its last, none twice."""
    before: Span | None = None
    for y, first, last in spans:
        pieces = [
            (x, x + strip.cell_length)
            for x, strip in chops[y].items()
            if x < last and x + strip.cell_length > first
        ]
        if pieces:
            first, last = min(first, pieces[0][0]), max(last, pieces[-1][1])
        if before is not None and before[0] == y and first <= before[2]:
            before = (y, before[1], max(last, before[2]))
            continue
        if before is not None:
            yield before
        before = (y, first, last)
    if before is not None:
        yield before
