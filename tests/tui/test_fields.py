"""The box for longer text: as high as its words need, and the screen lies still until then."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.widgets import Static

from desk_console.tui.widgets.fields import TIME, Line, Notice, PinField, Words

LEAST, MOST = 3, 5


class Form(App[None]):
    """A box of ten cells a row, and something below it."""

    CSS = f"#words {{ width: 13; min-height: {LEAST}; max-height: {MOST}; }}"

    def __init__(self) -> None:
        super().__init__()
        self.layouts = 0

    def compose(self) -> ComposeResult:
        yield Words(id="words")
        yield Static("below", id="below")

    def on_mount(self) -> None:
        self.screen.screen_layout_refresh_signal.subscribe(self.screen, self._count)

    def _count(self, _screen: object) -> None:
        self.layouts += 1


async def test_the_screen_is_not_laid_out_anew_while_the_words_fit_into_the_box() -> None:
    app = Form()
    async with app.run_test() as pilot:
        app.layouts = 0

        await pilot.press(*"word " * 4)

        words = app.query_one(Words)
        assert words.wrapped_document.height > 1
        assert (words.size.height, app.layouts) == (LEAST, 0)


async def test_the_box_grows_with_its_words_and_shrinks_again() -> None:
    app = Form()
    async with app.run_test() as pilot:
        words = app.query_one(Words)

        await pilot.press(*["a", "enter"] * 3)
        assert (words.size.height, app.query_one("#below").region.y) == (4, 4)

        await pilot.press(*["a", "enter"] * 4)
        assert (words.size.height, words.show_vertical_scrollbar) == (MOST, True)
        assert words.scroll_offset.y == words.virtual_size.height - MOST

        await pilot.press(*["backspace"] * 60)
        assert (words.size.height, words.show_vertical_scrollbar) == (LEAST, False)


class Narrow(App[None]):
    """Fields that take some signs only, and what they said."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def compose(self) -> ComposeResult:
        yield Line(id="digits", digits=True)
        yield Line(id="time", pattern=TIME)
        yield PinField(id="pin")

    def on_notice(self, event: Notice) -> None:
        self.said.append(event.message.key)


@pytest.mark.parametrize(
    ("field", "typed", "left_out", "key"),
    [
        ("digits", "３", "三", "tui.kit.only_digits"),
        ("time", "8", "点", "tui.kit.only_time"),
        ("pin", "a", "密", "tui.kit.only_pin"),
        ("pin", "a", "space", "tui.kit.only_pin"),
    ],
)
async def test_a_field_says_once_what_it_takes_where_it_leaves_signs_out(
    field: str, typed: str, left_out: str, key: str
) -> None:
    app = Narrow()
    async with app.run_test() as pilot:
        app.query_one(f"#{field}").focus()
        await pilot.press(typed)
        assert app.said == []
        await pilot.press(left_out, left_out)
        assert app.said == [key], "not for every sign"
        await pilot.press(typed, left_out)
        assert app.said == [key, key]
        assert len(app.query_one(f"#{field}", Line).value) == 2
