"""Where a key of a TOML file stands: its line, so that an error can point at it."""

from __future__ import annotations

import re
from collections.abc import Sequence

_TABLE = re.compile(r"^\s*\[\[?\s*([^\[\]#]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(
    r"""^\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*="""
)


def line_of(text: str, path: Sequence[str | int]) -> int:
    """The line (from 1) of the key that `path` leads to; of its nearest parent where it has none.

    Numbers in the path count the members of a list: the third shift is `duty`, `shifts`, 2.
    """
    best, depth = 1, 0
    table: tuple[str | int, ...] = ()
    counts: dict[tuple[str | int, ...], int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        here: tuple[str | int, ...]
        if found := _TABLE.match(line):
            table = _parts(found[1])
            if line.lstrip().startswith("[["):
                counts[table] = counts.get(table, -1) + 1
                table = (*table, counts[table])
            here = table
        elif found := _KEY.match(line):
            here = (*table, *_parts(found[1]))
        else:
            continue
        if len(here) > depth and tuple(path[: len(here)]) == here:
            best, depth = number, len(here)
    rest = path[depth:]
    if rest and isinstance(rest[0], int):
        return _member_line(text.splitlines(), best, rest[0])
    return best


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def _member_line(lines: Sequence[str], first: int, member: int) -> int:
    """The line of a list's n-th inline table; the list's own where they cannot be counted."""
    seen = -1
    for number, line in enumerate(lines[first - 1 :], start=first):
        seen += line.split("#")[0].count("{")
        if seen >= member:
            return number
    return first
