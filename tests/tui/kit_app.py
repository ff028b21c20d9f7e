"""A small app of the kit's widgets, run by the tests in a pseudo-terminal: `kit_app.py SCENE
[plain]`.

With `plain` nothing of Textual is mended: the tests see that the defect is there, or that it was
cured.
"""

from __future__ import annotations

import os
import sys

from desk_console.tui.terminal import environment

if "plain" not in sys.argv:
    environment.prepare()

from textual.app import App, ComposeResult  # after prepare
from textual.containers import Horizontal
from textual.widgets import DataTable, Input, Static

from desk_console.foundation.catalogue import Catalogue
from desk_console.tui import themes
from desk_console.tui.keys import bindings
from desk_console.tui.screen import DeskScreen
from desk_console.tui.terminal.bytes_in import Listeners, mend_input
from desk_console.tui.terminal.overlays import mend_compositor
from desk_console.tui.terminal.signals import OrderlyEnd, end_in_order
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import Line, Notice, PinField, Words
from desk_console.tui.widgets.footer import KeyLine
from desk_console.tui.widgets.plain import Plain, show
from desk_console.tui.widgets.table import Column, Listing, Row

PLAIN = "plain" in sys.argv
CHINESE = "物业管理客户服务中心值班记录交接班报修投诉咨询求助委托建议表扬"


class Overlay(DeskScreen[None]):
    """Narrow columns with edges everywhere, and a box of Chinese over them, moved by the keys."""

    CSS = """
    #under { height: 3; }
    #under Static { width: 3; }
    #over { position: absolute; overlay: screen; width: 30; height: 1; }
    """

    def compose(self) -> ComposeResult:
        with Horizontal(id="under"):
            for _ in range(26):
                yield Static("|..")
        yield Static("ready", id="ready")
        yield Static(CHINESE[:15], id="over")

    def on_key(self, event: object) -> None:
        self.query_one("#ready", Static).update(f"moved {getattr(event, 'key', '')}")

    def key_m(self) -> None:
        over = self.query_one("#over")
        over.styles.offset = (int(over.styles.offset.x.value) + 1, 0)


class Sideways(DeskScreen[None]):
    """A table wider than its view, beside a wall of Chinese; both in one container."""

    CSS = """
    #both { height: 12; }
    #table { width: 21; }
    #wall { width: 1fr; }
    """

    def compose(self) -> ComposeResult:
        with Horizontal(id="both"):
            yield DataTable(id="table", cursor_type="row")
            yield Static("\n".join([CHINESE] * 12), id="wall")

    def on_mount(self) -> None:
        table = self.query_one("#table", DataTable)
        table.add_columns("一", "二", "三")
        for number in range(8):
            table.add_row(f"{number} {CHINESE[:9]}", CHINESE[:8], CHINESE[:8])
        table.focus()

    def key_t(self) -> None:
        table = self.query_one("#table", DataTable)
        table.scroll_to(x=table.scroll_x + 1, animate=False)


class Scrolled(DeskScreen[None]):
    """One field, narrower than what is typed into it."""

    CSS = "#field { width: 30; margin-left: 3; }"

    def compose(self) -> ComposeResult:
        yield (Input(id="field", compact=True) if PLAIN else Line(id="field"))
        yield Static("ready")

    def on_mount(self) -> None:
        self.query_one("#field").focus()


class Form(DeskScreen[None]):
    """Every widget of the kit, filled with the text in KIT_TEXT."""

    BINDINGS = bindings("help", "quit", "save", "call")

    def compose(self) -> ComposeResult:
        text = os.environ.get("KIT_TEXT", "").encode("ascii").decode("unicode_escape")
        yield Plain(text, id="plain")
        yield Line(value=text, id="line")
        yield PinField(id="pin")
        yield Words(value=text, id="words")
        yield Choice(["one", "two"], lambda code: f"{code}{text}", id="choice")
        table = Listing(Column("a", "tui.keys.call", 10), Column("b", "tui.keys.help"), id="table")
        yield table
        yield Plain("", id="said")
        yield KeyLine()

    def on_mount(self) -> None:
        text = self.query_one("#line", Line).value
        raw = os.environ.get("KIT_TEXT", "").encode("ascii").decode("unicode_escape")
        self.query_one("#table", Listing).set_rows([Row("1", ("甲", raw)), Row("2", ("乙", "end"))])
        box = self.query_one("#said", Plain)
        box.border_title = show(raw) if raw else ""
        box.tooltip = show(raw)
        if raw:
            self.app.notify(raw and show(raw).plain, markup=False, timeout=60)
        self.query_one("#line").focus()
        box.put(f"ready {len(text)}")

    def on_notice(self, event: Notice) -> None:
        self.query_one("#said", Plain).put(self.tr(event.message))

    def on_line_entered(self, event: Line.Entered) -> None:
        self.query_one("#said", Plain).put(f"entered {len(event.value)}:{event.value[-6:]}")

    def action_help(self) -> None:
        self.query_one("#said", Plain).put("help")


SCENES = {"overlay": Overlay, "sideways": Sideways, "scrolled": Scrolled, "form": Form}


class KitApp(App[None]):
    """Shows one scene."""

    catalogue = Catalogue("zh")
    ENABLE_COMMAND_PALETTE = False
    end: OrderlyEnd

    def on_mount(self) -> None:
        themes.register(self)
        if not PLAIN:
            self.end = end_in_order(self, self.save)
        self.push_screen(SCENES[sys.argv[1]]())

    async def save(self, reason: str) -> None:
        if "hang" in sys.argv:
            import time

            time.sleep(60)
        with open(os.environ.get("KIT_SAVED", os.devnull), "w") as file:
            file.write(reason)

    def foreign(self) -> None:
        self.call_from_thread(self.screen.query_one("#said", Plain).put, catalogue_text())

    def gone(self) -> None:
        self.call_from_thread(self.end.begin, "gone")


def catalogue_text() -> str:
    return Catalogue("zh").text("tui.kit.encoding")


if __name__ == "__main__":
    app = KitApp()
    if not PLAIN:
        assert mend_compositor()
        mend_input(Listeners(app.foreign, app.gone))
    app.run()
