"""The baselines: a bare Textual app, and a bare form with as many fields as the call form has.

`python -m tests.benchmarks.bare_app [form]`
"""

import sys

from textual.app import App, ComposeResult
from textual.widgets import Footer, Header, Input, Static, TextArea

READY = "bare-ready"


class BareApp(App[None]):
    """As little as an app with a header, a footer and a text can be."""

    def compose(self) -> ComposeResult:
        """Three widgets."""
        yield Header()
        yield Static(READY)
        yield Footer()


class BareForm(App[None]):
    """The widgets of a call form, with nothing behind them."""

    def compose(self) -> ComposeResult:
        """Eight lines and two boxes for longer text."""
        yield Static(READY)
        for _ in range(8):
            yield Input()
        yield TextArea()
        yield TextArea()

    def on_mount(self) -> None:
        """The cursor stands in the first longer text, as in the call form."""
        self.query(TextArea).first().focus()


if __name__ == "__main__":
    (BareForm if sys.argv[1:] == ["form"] else BareApp)().run()
