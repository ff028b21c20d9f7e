"""The kit's parts, one by one: what they decide, and what they say."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import NoReturn

import pytest
from rich.color import ColorSystem
from textual.app import App, ComposeResult
from textual.color import Color
from textual.theme import Theme

from desk_console.foundation.catalogue import Catalogue, pair
from desk_console.tui import palette, themes
from desk_console.tui.app import DeskApp
from desk_console.tui.keys import DEFAULT_KEYS, SWALLOWED, binding, key_words, remapped
from desk_console.tui.language import refresh_all_texts
from desk_console.tui.opening import Opening
from desk_console.tui.palette import Command, Palette, found, initials
from desk_console.tui.screen import DeskScreen
from desk_console.tui.terminal import environment
from desk_console.tui.terminal.bytes_in import PASTE_LIMIT, Listeners, TolerantDecoder
from desk_console.tui.texts import keys as key_texts
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import Line, PinField
from desk_console.tui.widgets.footer import GAP, Hint, KeyLine, fitting
from desk_console.tui.widgets.plain import Paper, Prose, fit, occurrences, pad, width
from desk_console.tui.widgets.table import Column, Listing, Row, Toned

BEGIN, END = b"\x1b[200~", b"\x1b[201~"


def test_text_is_cut_and_padded_by_cells() -> None:
    assert fit("物业管理中心", 9) == "物业管.."
    assert fit("物业", 4) == "物业"
    assert pad("物业", 7) == "物业   "
    assert width(fit("业业业业", 1)) <= 1
    assert fit("a\nb", 9) == "a b"


def test_sought_words_are_found_in_either_case_and_width() -> None:
    assert occurrences("水管漏水，漏水", ("漏水",)) == [(2, 4), (5, 7)]
    assert occurrences("Room ５", ("room", "5")) == [(0, 4), (5, 6)]
    assert occurrences("[red]", ("[",)) == [(0, 1)] and occurrences("a", ("",)) == []


@pytest.mark.parametrize("step", [1, 2, 3, 5, 7, 4096])
def test_fault_15_a_paste_is_cut_wherever_the_chunks_are_split(step: int) -> None:
    decoder = TolerantDecoder(Listeners())
    sent = "前".encode() + BEGIN + b"x" * (PASTE_LIMIT + 500) + END + "后".encode() + b"\x1b[A"
    came = "".join(decoder.decode(sent[i : i + step]) for i in range(0, len(sent), step))
    assert came == f"前\x1b[200~{'x' * (PASTE_LIMIT + 1)}\x1b[201~后\x1b[A"


def test_escape_alone_is_not_held_back() -> None:
    assert TolerantDecoder(Listeners()).decode(b"\x1b") == "\x1b"


def test_fault_39_foreign_bytes_are_told_of() -> None:
    told: list[int] = []
    decoder = TolerantDecoder(Listeners(foreign_bytes=lambda: told.append(1)))
    assert decoder.decode("王".encode()[:1]) == "" and not told
    assert decoder.decode("王".encode()[1:]) == "王" and not told
    assert decoder.decode(b"a\xffb") == "ab" and told


def test_every_action_has_a_key_of_its_own_and_words_in_both_languages() -> None:
    assert len(set(DEFAULT_KEYS.values())) == len(DEFAULT_KEYS)
    assert not SWALLOWED & set(DEFAULT_KEYS.values())
    for name in DEFAULT_KEYS:
        made = binding(name)
        assert all(pair(made.description)) and all(pair(made.tooltip))
    assert set(DEFAULT_KEYS) <= set(key_texts.TEXTS)


def test_keys_are_remapped_by_id_and_what_cannot_work_stays_at_its_default() -> None:
    made = remapped({"call": "alt+c", "live": "f11", "lock": "x", "nothing": "f5", "help": "f9"})
    assert made.keys == {"call": "alt+c"}
    assert [problem.key.rpartition(".")[2] for problem in made.problems] == [
        "unfit_key",
        "unfit_key",
        "unknown_action",
        "key_taken",
    ]
    assert key_words("ctrl+s") == "Ctrl+S" and key_words("escape") == "Esc"


def test_texts_name_the_keys_that_a_site_has_chosen_and_leave_what_people_typed() -> None:
    def never() -> NoReturn:
        raise AssertionError

    said = DeskApp(Opening(open=never, keys={"sign_on": "alt+n", "save": "ctrl+n"})).catalogue
    assert said.text("tui.handover.nobody_yet") == (
        "接班人还没有到。请接班人按 Alt+N 签到，再按 Ctrl+N 接班。"
    )
    assert said.text("tui.handover.joins", name="Ctrl+S") == "Ctrl+N  由Ctrl+S接班"


def test_hints_are_never_cut() -> None:
    hints = [Hint(f"f{n}", f"F{n}", "来电登记") for n in range(1, 9)]
    for cells in range(0, 100):
        taken = fitting(hints, cells)
        assert sum(hint.cells + GAP for hint in taken) - (GAP if taken else 0) <= cells


def test_commands_are_found_by_either_language_or_initials() -> None:
    commands = [Command(n, f"tui.keys.{n}", lambda: None) for n in ("call", "live", "lock", "save")]
    for command in commands:
        initials(pair(command.words)[0])
    assert [one.id for one in found(commands, "lddj")] == ["call"]
    assert [one.id for one in found(commands, "锁")] == ["lock"]
    assert [one.id for one in found(commands, "LIVE")] == ["live"]
    assert len(found(commands, " ")) == 4


def luminance(color: Color) -> float:
    """Relative luminance, as WCAG 2 defines it."""
    parts = [part / 255 for part in (color.r, color.g, color.b)]
    lit = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * lit[0] + 0.7152 * lit[1] + 0.0722 * lit[2]


def of_256(color: Color) -> Color:
    """What a terminal of 256 colours, as most are over SSH, draws for it."""
    return Color.from_rich_color(color.rich_color.downgrade(ColorSystem.EIGHT_BIT))


def contrast(theme: Theme, text: str, ground: str, *, is_256: bool = False) -> float:
    tokens = theme.to_color_system().generate()
    drawn = [Color.parse(tokens[name]) for name in (text, ground)]
    pair = [luminance(of_256(color) if is_256 else color) for color in drawn]
    return (max(pair) + 0.05) / (min(pair) + 0.05)


@pytest.mark.parametrize("theme", themes._MADE, ids=lambda theme: theme.name)
@pytest.mark.parametrize("ground", ["background", "surface", "panel"])
def test_every_text_has_the_contrast_that_wcag_asks(theme: Theme, ground: str) -> None:
    tokens = ["foreground", "text-muted", "text-warning", "text-error", "text-success"]
    for text in [*tokens, "text-primary", "text-disabled"]:
        assert contrast(theme, text, ground) >= 4.5, text
    for field in ("foreground", "text-muted", "text-primary"):
        assert contrast(theme, field, "accent-muted") >= 4.5, field
    assert contrast(theme, "block-cursor-foreground", "block-cursor-background") >= 4.5


@pytest.mark.parametrize("theme", themes._MADE, ids=lambda theme: theme.name)
def test_every_text_has_it_too_in_a_terminal_of_256_colours(theme: Theme) -> None:
    tokens = ["foreground", "text-muted", "text-warning", "text-error", "text-success"]
    for ground in ("background", "surface", "panel"):
        for text in [*tokens, "text-primary", "text-disabled"]:
            assert contrast(theme, text, ground, is_256=True) >= 4.5, (text, ground)
    for text in tokens:
        assert contrast(theme, text, "primary-muted", is_256=True) >= 4.5, text
    for text in ("foreground", "text-muted", "text-primary"):
        assert contrast(theme, text, "accent-muted", is_256=True) >= 4.5, text
    cursor = ("block-cursor-foreground", "block-cursor-background")
    assert contrast(theme, *cursor, is_256=True) >= 4.5


def test_the_environment_is_prepared_unless_the_user_chose() -> None:
    given: dict[str, str] = {"TEXTUAL_DISABLE_KITTY_KEY": "0"}
    environment.prepare(given)
    assert given["TEXTUAL_DISABLE_KITTY_KEY"] == "0"
    assert given["TEXTUAL_ANIMATIONS"] == "none"


def test_nothing_slow_is_imported_with_the_kit() -> None:
    code = (
        "import sys, desk_console.tui.palette, desk_console.tui.themes, "
        "desk_console.tui.widgets.table, desk_console.tui.terminal.overlays as o; "
        "o.mend_compositor(); "
        "slow = {'pypinyin', 'pydantic', 'sqlmodel', 'sqlalchemy', 'typer', 'importlib.metadata'}; "
        "print(sorted(slow & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=dict(os.environ)
    )
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


class Desk(DeskScreen[None]):
    """One of each widget."""

    BINDINGS = [binding("help"), binding("quit"), binding("call")]  # noqa: RUF012

    def compose(self) -> ComposeResult:
        yield Line(id="line", digits=True, hint="tui.keys.call")
        yield PinField(id="pin")
        yield Choice("abc", lambda code: f"选项{code}", id="choice")
        yield Listing(Column("when", "tui.keys.live", 6), Column("what", "tui.keys.call"))
        yield KeyLine()

    def action_help(self) -> None:
        """For the key line."""

    def action_call(self) -> None:
        """For the key line."""


class KitApp(App[None]):
    """Shows them."""

    catalogue = Catalogue("zh")

    def on_mount(self) -> None:
        themes.register(self)
        self.push_screen(Desk())


async def test_fault_29_full_width_signs_are_taken_as_plain_ones() -> None:
    app = KitApp()
    async with app.run_test() as pilot:
        line, pin = app.screen.query_one("#line", Line), app.screen.query_one("#pin", PinField)
        line.focus()
        await pilot.press("１", "２", "x", "3")
        pin.focus()
        await pilot.press("Ａ", "７", "b")
        assert (line.value, pin.value) == ("123", "A7b")


async def test_a_choice_takes_hotkeys_arrows_and_full_width_digits() -> None:
    app = KitApp()
    async with app.run_test() as pilot:
        choice = app.screen.query_one(Choice)
        choice.focus()
        await pilot.press("２")
        assert choice.value == "b"
        await pilot.press("right", "right")
        assert choice.value == "a"
        await pilot.press("9")
        assert choice.value == "a"


async def test_a_sentence_is_broken_as_people_break_it_at_every_width() -> None:
    class Told(App[None]):
        def compose(self) -> ComposeResult:
            yield Prose("开班检查还有 2 项未做，本班尚未开始：请先做完。来电照常记录。", id="told")

    app = Told()
    async with app.run_test(size=(24, 12)) as pilot:
        for columns in (24, 30, 38):
            await pilot.resize_terminal(columns, 12)
            await pilot.pause()
            told = app.query_one("#told", Prose)
            lines = [strip.text.rstrip() for strip in told.render_lines(told.size.region)]
            assert lines[0].startswith("开班检查还有 2 项未做") and all(lines)
            assert not any(line[0] in "，。：" for line in lines)
            assert all(width(line) <= columns for line in lines)


async def test_the_further_lines_of_a_record_are_set_in() -> None:
    class Signed(App[None]):
        def compose(self) -> ComposeResult:
            yield Paper(
                "现 状  水已止住，楼上还在查哪一根管子\n  - 下一步 早上八点再看\n短", id="it"
            )

    app = Signed()
    async with app.run_test(size=(22, 12)) as pilot:
        paper = app.query_one("#it", Paper)
        await pilot.pause()
        lines = [strip.text.rstrip() for strip in paper.render_lines(paper.size.region)]
    assert lines == [
        "现 状  水已止住，楼上",
        "  还在查哪一根管子",
        "  - 下一步 早上八点再",
        "    看",
        "短",
    ]


async def test_a_narrow_cell_cuts_what_is_said_and_keeps_what_it_waits_for() -> None:
    app = KitApp()
    async with app.run_test(size=(40, 24)) as pilot:
        listing = app.screen.query_one(Listing)
        listing.set_rows(
            [Row("1", ("09:50", Toned("报修 8-2-1304 阳台落水管渗水", tail="（待完工）", kept=18)))]
        )
        await pilot.pause()
        assert listing._table.get_cell("1", "what").plain.endswith("..（待完工）")
        await pilot.resize_terminal(32, 24)
        await pilot.pause()
        assert listing._table.get_cell("1", "what").plain.startswith("报修 8-2-1304")


async def test_rows_change_without_moving_the_readers_place() -> None:
    app = KitApp()
    async with app.run_test(size=(80, 24)) as pilot:
        listing = app.screen.query_one(Listing)
        rows = [Row(str(n), (f"{n:02}:00", f"报修{n}")) for n in range(40)]
        listing.set_rows(rows)
        await pilot.pause()
        listing.focus()
        assert listing.go_to("20")
        await pilot.pause()
        top = listing._table.scroll_y
        listing.set_rows([Row("new", ("now", "新")), *rows[:5], *rows[6:]])
        await pilot.pause()
        assert listing.key == "20"
        assert listing.keys[:2] == ("new", "0") and "5" not in listing.keys
        assert listing._table.scroll_y == top
        assert listing._table.get_row_at(0)[1].plain == "新"


async def test_home_and_end_go_to_the_first_row_and_the_last() -> None:
    app = KitApp()
    async with app.run_test(size=(80, 24)) as pilot:
        listing = app.screen.query_one(Listing)
        listing.set_rows([Row(str(n), (f"{n:02}:00", f"报修{n}")) for n in range(40)])
        await pilot.pause()
        listing.focus()
        await pilot.press("end")
        assert listing.key == "39"
        await pilot.press("home")
        assert listing.key == "0"


async def test_words_follow_the_language_live() -> None:
    app = KitApp()
    async with app.run_test() as pilot:
        line, foot = app.screen.query_one("#line", Line), app.screen.query_one(KeyLine)
        assert [hint.does for hint in foot.hints()] == ["帮助", "退出", "来电登记"]
        app.catalogue = Catalogue("en")
        refresh_all_texts(app)
        await pilot.pause()
        assert [hint.does for hint in foot.hints()] == ["Help", "Quit", "Call"]
        assert line.placeholder == "Call"
        assert app.screen.query_one(Listing)._table.ordered_columns[0].label.plain == "Live.."


async def test_the_palette_gives_the_command_that_initials_find() -> None:
    app = KitApp()
    given: list[Command | None] = []
    async with app.run_test() as pilot:
        commands = [Command(n, f"tui.keys.{n}", lambda: None) for n in ("call", "live", "lock")]
        palette._initials.clear()
        app.push_screen(Palette(commands), given.append)
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.press("s", "p", "enter")
        await pilot.pause()
        assert [one.id for one in given if one] == ["lock"]
