"""Where lines of Chinese are broken."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from desk_console.tui.terminal.wrapping import divide_line


def lines(text: str, cells: int) -> list[str]:
    """The lines that a text is broken into."""
    places = [0, *divide_line(text, cells), len(text)]
    return [text[a:b].rstrip() for a, b in pairwise(places)]


@pytest.mark.parametrize(
    ("text", "cells", "wanted"),
    [
        (
            "孙建军在最近 10 分钟内还在操作，没有离开",
            24,
            ["孙建军在最近 10 分钟内还", "在操作，没有离开"],
        ),
        ("记下后等本人确认，确认前不能办结。", 16, ["记下后等本人确", "认，确认前不能办", "结。"]),
        (
            "只替余下时间的，请换人。（第 9.13 条）",
            30,
            ["只替余下时间的，请换人。", "（第 9.13 条）"],
        ),
        ("and 刘文婷 takes over", 10, ["and 刘文婷", "takes over"]),
        ("  说明：断", 6, ["  说明", "：断"]),
    ],
)
def test_a_line_is_full_and_begins_with_no_stop(text: str, cells: int, wanted: list[str]) -> None:
    assert lines(text, cells) == wanted


@given(st.text("中文，。（）《 ab1-", max_size=60), st.integers(2, 30))
@example("111。 。", 4)
def test_nothing_is_lost_and_every_line_fits(text: str, cells: int) -> None:
    places = divide_line(text, cells)
    assert places == sorted(set(places)) and all(0 < place < len(text) for place in places)
    assert all(cell_len(line) <= cells for line in lines(text, cells))
