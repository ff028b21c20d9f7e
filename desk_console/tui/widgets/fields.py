"""Fields for typing: one line, several lines, a PIN.

What a field holds can always be shown and stored: signs that a terminal would obey never get in,
by key, by paste or by a value set. A paste is cut at the limit and the user is told.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any, ClassVar

from rich.text import Text
from textual import events
from textual.app import App
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Offset, Size
from textual.message import Message as Event
from textual.reactive import Reactive
from textual.widgets import Input, TextArea

from desk_console.foundation.catalogue import Message, message
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.text import LONG_LIMIT, SHORT_LIMIT, accept, visible
from desk_console.tui.language import Spoken, tr
from desk_console.tui.terminal.bytes_in import PASTE_LIMIT
from desk_console.tui.widgets.plain import tame

DIGITS = r"[0-9]*"
TIME = r"[0-9: ]*"
PIN = r"[\x21-\x7e]*"
_TAKES = {
    DIGITS: "tui.kit.only_digits",
    TIME: "tui.kit.only_time",
    PIN: "tui.kit.only_pin",
}
"""What a field says that left a sign out."""


@dataclass
class Notice(Event):
    """A field has something to say to the user: a paste was cut, a text was refused."""

    field: Input | TextArea
    message: Message

    @property
    def control(self) -> Input | TextArea:
        """The field, for `@on(Notice, "#id")`."""
        return self.field


def _pasted(text: str, *, lines: bool) -> tuple[str, bool]:
    """A pasted text as a field may take it, and whether it was cut. Refuses marks stacked on a
    letter."""
    is_cut = len(text) > PASTE_LIMIT
    return tame(accept(text[:PASTE_LIMIT], limit=2 * PASTE_LIMIT, lines=lines)), is_cut


def _narrowed(text: str) -> str:
    """Full-width signs as plain ones; unlike `narrow`, a space that is being typed stays one."""
    return unicodedata.normalize("NFKC", text)


def _follow(app: App[Any], cursor: Offset) -> None:
    """Put the terminal's own cursor, where an input method opens its window, on the field's."""
    app.cursor_position = cursor


class Line(Spoken, Input):
    """A field of one line, without a frame. Enter posts `Entered`, each change `Edited`."""

    DEFAULT_CSS = """
    Line.-textual-compact { height: 1; padding: 0 1; background: $panel; }
    Line.-textual-compact:focus { background: $accent-muted; background-tint: $foreground 0%; }
    Line.-textual-compact:focus > .input--placeholder { color: $foreground 90%; }
    """

    @dataclass
    class Edited(Event):
        """The value changed, by a key, a paste or the program."""

        line: Line
        value: str

        @property
        def control(self) -> Line:
            """The field."""
            return self.line

    @dataclass
    class Entered(Event):
        """Enter was pressed in the field."""

        line: Line
        value: str

        @property
        def control(self) -> Line:
            """The field."""
            return self.line

    def __init__(
        self,
        value: str = "",
        *,
        hint: Message | str | None = None,
        limit: int = SHORT_LIMIT,
        digits: bool = False,
        pattern: str | None = None,
        narrowed: bool = False,
        **kwargs: Any,
    ) -> None:
        """`hint` is the key of the text shown while empty; `limit` counts characters.

        `digits` takes digits only, `pattern` what it matches in full, `narrowed` anything: all
        three turn full-width signs into plain ones first.
        """
        self._hint = hint
        self._narrows = narrowed or digits or pattern is not None
        kwargs.setdefault("compact", True)
        super().__init__(
            max_length=limit,
            restrict=DIGITS if digits else pattern,
            validate_on=[],
            select_on_focus=False,
            **kwargs,
        )
        self._told: Message | None = None
        if value:
            self.value = value

    def on_mount(self) -> None:
        """Put the hint in words, and keep the terminal's cursor right when the field moves."""
        self.refresh_texts()
        self.screen.screen_layout_refresh_signal.subscribe(self, self._place_cursor)

    def refresh_texts(self) -> None:
        """The hint, in the language that is on."""
        if self._hint is not None:
            self.placeholder = self.tr(self._hint)

    def hint(self, hint: Message | str) -> None:
        """Show another hint."""
        self._hint = hint
        self.refresh_texts()

    def validate_value(self, value: str) -> str:
        """A value set by the program may come from an older file: it is shown and edited without
        danger."""
        return tame(value).replace("\n", " ").replace("\t", " ")

    def watch_value(self, value: str) -> None:
        """Tell of the change."""
        self._told = None
        self.post_message(self.Edited(self, value))

    def on_focus(self) -> None:
        """What was left out is told of anew."""
        self._told = None

    def _tell(self, what: Message) -> None:
        """Once, until the field takes something: not for every sign that is typed on."""
        if what != self._told:
            self._told = what
            self.post_message(Notice(self, what))

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the cursor is painted. Textual's own is one cell further at the end of the
        value."""
        left, top = self.content_region.offset
        cells = self._position_to_cell(self.cursor_position)
        return Offset(left + cells - round(self.scroll_x), top)

    def watch_scroll_x(self, old: float, new: float) -> None:
        """Textual sets the terminal's cursor before it scrolls: set it again afterwards."""
        super().watch_scroll_x(old, new)
        self._place_cursor()

    def _place_cursor(self, _screen: object = None) -> None:
        if self.has_focus:
            _follow(self.app, self.cursor_screen_offset)

    def replace(self, text: str, start: int, end: int) -> None:
        """Put text in the place of another; what the field cannot hold is left out and told of."""
        if text:
            text = self.validate_value(_narrowed(text) if self._narrows else text)
            room = (
                self.max_length - (len(self.value) - abs(end - start))
                if self.max_length
                else len(text)
            )
            if len(text) > room:
                self._tell(message("tui.kit.field_full", limit=self.max_length))
                text = text[: max(0, room)]
            if not text:
                return
        super().replace(text, start, end)

    async def _on_key(self, event: events.Key) -> None:
        if event.is_printable and event.character and visible(event.character) != event.character:
            event.stop()
            event.prevent_default()
            return
        await super()._on_key(event)

    def _on_paste(self, event: events.Paste) -> None:
        """Several lines become one; what is too long is cut with a notice."""
        event.stop()
        event.prevent_default()
        self._take(event.text)

    def action_paste(self) -> None:
        """Paste what was copied inside the program."""
        self._take(self.app.clipboard)

    def _take(self, pasted: str) -> None:
        try:
            text, is_cut = _pasted(pasted, lines=False)
        except Refusal as refusal:
            self.post_message(Notice(self, refusal.message))
            return
        if is_cut:
            self.post_message(Notice(self, message("tui.kit.paste_cut", limit=PASTE_LIMIT)))
        self.replace(text, *self.selection)

    async def action_submit(self) -> None:
        """Enter."""
        self.post_message(self.Entered(self, self.value))

    def restricted(self) -> None:
        """A sign that the field does not take is left out: says so, without a bell at the desk."""
        if self.restrict in _TAKES:
            self._tell(message(_TAKES[self.restrict]))


class PinField(Line):
    """A field for a PIN: masked; digits and letters, full-width ones too. Its words are never
    copied out."""

    def __init__(
        self, *, limit: int = 32, hint: Message | str | None = None, **kwargs: Any
    ) -> None:
        """`limit` counts characters."""
        super().__init__(hint=hint, limit=limit, pattern=PIN, password=True, **kwargs)

    @property
    def _value(self) -> Text:
        # Not the dot that Textual masks with: its width differs between terminals.
        return Text("*" * len(self.value), no_wrap=True, overflow="ignore", end="")

    def action_copy(self) -> None:
        """Nothing: a PIN stays in its field."""

    def action_cut(self) -> None:
        """Nothing: a PIN stays in its field."""


_EDITOR_KEYS = {"f6", "f7"}


class Words(Spoken, TextArea, inherit_bindings=False):
    """A field of several lines. Tab moves on; no key of a code editor's is in it. Changes post
    `Edited`."""

    # TextArea keeps F6 and F7 for selecting lines: here they open screens.
    BINDINGS: ClassVar[list[BindingType]] = [
        binding
        for binding in TextArea.BINDINGS
        if getattr(binding, "key", None) not in _EDITOR_KEYS
    ]

    DEFAULT_CSS = """
    Words.-textual-compact {
        height: auto; min-height: 2; max-height: 8; padding: 0 1; background: $panel;
    }
    Words.-textual-compact:focus { background: $accent-muted; }
    """

    # Textual lays the whole screen out anew for each row that is begun or given back.
    virtual_size = Reactive(Size(0, 0))

    @dataclass
    class Edited(Event):
        """The text changed."""

        words: Words
        value: str

        @property
        def control(self) -> Words:
            """The field."""
            return self.words

    def __init__(
        self,
        value: str = "",
        *,
        hint: Message | str | None = None,
        limit: int = LONG_LIMIT,
        **kwargs: Any,
    ) -> None:
        """`hint` is the key of the text shown while empty; `limit` counts characters."""
        self._hint = hint
        self._may_hide_cursor = False
        self.limit = limit
        kwargs.setdefault("compact", True)
        super().__init__(
            tame(value),
            soft_wrap=True,
            tab_behavior="focus",
            show_line_numbers=False,
            highlight_cursor_line=False,
            **kwargs,
        )
        self.match_cursor_bracket = False

    @property
    def value(self) -> str:
        """The text."""
        return self.text

    @value.setter
    def value(self, text: str) -> None:
        self.load_text(text)

    def load_text(self, text: str) -> None:
        """Set the whole text, the cursor behind it; the undo history begins anew."""
        super().load_text(tame(text))
        self.move_cursor(self.document.end)

    def on_mount(self) -> None:
        """Put the hint in words, and keep the terminal's cursor right when the field moves."""
        self.refresh_texts()
        self.screen.screen_layout_refresh_signal.subscribe(self, self._laid_out)

    def refresh_texts(self) -> None:
        """The hint, in the language that is on."""
        if self._hint is not None:
            self.placeholder = Content(tr(self, self._hint))

    def watch_virtual_size(self, old: Size, new: Size) -> None:
        """Lay out anew where another number of rows can make the field higher or lower, or give it
        a scrollbar: not while they fit into its least height. Textual scrolls before, and leaves
        the cursor on a new last row out of sight.
        """
        least = self.styles.min_height.cells if self.styles.min_height is not None else None
        if max(old.height, new.height) > (least or 0) - self.styles.gutter.height:
            self._may_hide_cursor = True
            self.refresh(layout=True)

    def _laid_out(self, _screen: object) -> None:
        if self._may_hide_cursor:
            self._may_hide_cursor = False
            self.scroll_cursor_visible()
        self._place_cursor()

    def watch_scroll_y(self, old: float, new: float) -> None:
        """Set the terminal's cursor again after a scroll."""
        super().watch_scroll_y(old, new)
        self._place_cursor()

    def _place_cursor(self, _screen: object = None) -> None:
        if self.has_focus:
            _follow(self.app, self.cursor_screen_offset)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Tell of the change, in our own words."""
        event.stop()
        self.post_message(self.Edited(self, self.text))

    def _replace_via_keyboard(self, insert: str, start: Any, end: Any) -> Any:
        """Every key and paste comes through here: what the field cannot hold is left out and told
        of."""
        text = tame(insert)
        room = self.limit - len(self.text) + len(self.get_text_range(start, end))
        if len(text) > room:
            self.post_message(Notice(self, message("tui.kit.field_full", limit=self.limit)))
            text = text[: max(0, room)]
        if insert and not text:
            return None
        return super()._replace_via_keyboard(text, start, end)

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self._take(event.text)

    def action_paste(self) -> None:
        """Paste what was copied inside the program."""
        self._take(self.app.clipboard)

    def _take(self, pasted: str) -> None:
        try:
            text, is_cut = _pasted(pasted, lines=True)
        except Refusal as refusal:
            self.post_message(Notice(self, refusal.message))
            return
        if is_cut:
            self.post_message(Notice(self, message("tui.kit.paste_cut", limit=PASTE_LIMIT)))
        if result := self._replace_via_keyboard(text, *self.selection):
            self.move_cursor(result.end_location)
