"""The base of dialogs that do something: fields in rows, Ctrl+S or Enter in the last one does it.

A refusal stands in the dialog with its clause; what was filled in stays, and the cursor is on the
field that the refusal is about. A wait after wrong PINs counts down.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.timer import Timer
from textual.widget import Widget

from desk_console.foundation.catalogue import Message, message
from desk_console.foundation.refusal import Refusal
from desk_console.tui.citing import cited
from desk_console.tui.host import OnDesk
from desk_console.tui.keys import binding
from desk_console.tui.refusing import of_whom
from desk_console.tui.screen import DeskDialog
from desk_console.tui.turn import Hold, hold_keys
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import Line, PinField, Words
from desk_console.tui.widgets.footer import KeyLine
from desk_console.tui.widgets.person_field import PersonField
from desk_console.tui.widgets.plain import Plain, Prose

if TYPE_CHECKING:
    from textual.screen import Screen

    from desk_console.rulebook.desk import Desk
    from desk_console.rulebook.topics import Topic

ResultT = TypeVar("ResultT")
AnswerT = TypeVar("AnswerT")

PIN_KEYS = "people.pin_"
"""How the keys of refusals begin that are about a PIN."""


class Label(Prose):
    """A text by its catalogue key, in the language that is on."""

    def __init__(
        self, key: Message | str, *, id: str | None = None, classes: str = "label"
    ) -> None:
        """`key` is looked up when it is shown."""
        super().__init__(id=id, classes=classes)
        self.key = key

    def on_mount(self) -> None:
        """The words."""
        self.refresh_texts()

    def refresh_texts(self) -> None:
        """The words, in the language that is on."""
        from desk_console.tui.language import tr

        self.put(tr(self, self.key))

    def word(self, key: Message | str) -> None:
        """Say something else."""
        self.key = key
        self.refresh_texts()


def row(label: Message | str, field: Widget, *, id: str | None = None) -> Container:
    """A label and its field, side by side."""
    field.add_class("field")
    return Container(Label(label), field, id=id, classes="row -wide")


class ActDialog(OnDesk, DeskDialog[ResultT]):
    """A dialog with one act. Say `title`, `fields` and `act`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding("save", "act", words="tui.act.do"),
        # For a dialog without a field; in a field Enter is the field's.
        Binding("enter", "act", show=False),
    ]
    title_key: ClassVar[str] = ""
    topics: ClassVar[tuple[Topic, ...]] = ()
    """What it asks is asked by these rules: their clauses stand in its title."""
    doing: ClassVar[str] = "tui.app.checking"
    """What stands there while it is being done."""
    is_wide: ClassVar[bool] = False
    is_dense: ClassVar[bool] = False
    """No line between the rows: a form of many fields fits the least terminal."""
    blames: ClassVar[Mapping[str, str]] = {}
    """Which field a refusal is about: the refusal's key, the field's id or its last part. A refusal
    may say so itself, by its value `field`."""

    def __init__(self) -> None:
        """Nothing is filled in, nothing was refused."""
        super().__init__()
        self._refusal: Refusal | None = None
        self._seconds = 0
        self._counting: Timer | None = None
        self._is_busy = False
        self._has_asked = False
        self._held = Hold(None)

    def compose(self) -> ComposeResult:
        """Title, fields, what was said."""
        with Container(classes="dialog") as dialog:
            dialog.set_class(self.is_wide, "-wide")
            dialog.set_class(self.is_dense, "-dense")
            yield Label(self.heading(), classes="title")
            yield from self.fields()
            yield Prose(id="act-refusal", classes="refusal -quiet")
        yield KeyLine()

    def heading(self) -> Message | str:
        """The title, with the clauses under which this site is asked."""
        return (
            cited(self.title_key, self.desk.duty, *self.topics) if self.topics else self.title_key
        )

    def fields(self) -> ComposeResult:
        """The fields, in order."""
        yield from ()

    async def act(self) -> None:
        """Do it, off the loop; Refusals come out of it. Dismiss when done."""
        raise NotImplementedError

    async def off_loop(self, work: Callable[[Desk], AnswerT]) -> AnswerT:
        """Do a view or an act in a thread; from then on a PIN that was given counts as asked."""
        self._has_asked = True
        return await super().off_loop(work)

    def text_of(self, id: str) -> str:
        """What stands in a field of one or several lines."""
        field = self.query_one(f"#{id}")
        return field.value if isinstance(field, Line | Words) else ""

    def action_act(self) -> None:
        """Do it once; a second press while it is being done does nothing. Keys wait meanwhile."""
        if not self._is_busy:
            self._is_busy = True
            self._held = hold_keys(self)
            self._do()

    async def ask_amid(self, dialog: Screen[AnswerT]) -> AnswerT | None:
        """Ask in the middle of the act: the keys are for what is asked, then they wait again."""
        self._held.release()
        try:
            return await super().ask_amid(dialog)
        finally:
            self._held = hold_keys(self)

    @work
    async def _do(self) -> None:
        self._show(self.doing)
        self._has_asked = False
        try:
            await self.act()
        except Refusal as refusal:
            if self._is_open:
                self.show_refusal(refusal)
            else:
                self.refused(refusal)
        else:
            if self._is_open:
                self._show(None)
        finally:
            # Behind the refusal, which may move the focus: what was typed ahead goes on from there.
            self._held.release()
            self._is_busy = False

    @property
    def _is_open(self) -> bool:
        """Still on the screen: what was done has closed it, or somebody left it meanwhile."""
        return self in self.app.screen_stack

    def on_line_entered(self, event: Line.Entered) -> None:
        """Enter goes to the next field; in the last one it does the act."""
        event.stop()
        if self.ends_with(event.line):
            self.action_act()
        else:
            self.focus_next()

    def ends_with(self, line: Line) -> bool:
        """Is it the last field that must be filled in? Enter there does the act."""
        return bool(self.focus_chain) and self.focus_chain[-1] is line

    def show_refusal(self, refusal: Refusal) -> None:
        """Show why not, with the cursor where it can be mended; else it stays where it is."""
        self._refusal = refusal
        self.host.clause = refusal.clause
        about = self.field_about(refusal)
        self.empty_pins(about)
        if about is not None:
            about.focus()
        self._seconds = 0
        seconds = refusal.message.values.get("seconds")
        if isinstance(seconds, int):
            self._seconds = seconds
            if self._counting is None:
                self._counting = self.set_interval(1.0, self._count_down)
        self._show_refused()

    @on(Choice.Chosen)
    @on(PersonField.Taken)
    def _answered(self, event: Choice.Chosen | PersonField.Taken) -> None:
        """What was wanted is there: the refusal that asked for it goes."""
        answered = event.field if isinstance(event, PersonField.Taken) else event.choice
        refusal = self._refusal
        if refusal and not self._seconds and self.field_about(refusal) is answered:
            self._refusal = None
            self._show(None)

    def field_about(self, refusal: Refusal) -> Widget | None:
        """The field that a refusal is about; the first PIN where it is about one."""
        key = refusal.message.key
        wanted = refusal.message.values.get("field") or self.blames.get(key)
        for one in self.query(".field").results(Widget):
            if wanted and one.id and (one.id == wanted or one.id.endswith(f"-{wanted}")):
                return one
        pins = [one for one in self.query(PinField) if one.focusable]
        return pins[0] if key.startswith(PIN_KEYS) and pins else None

    def empty_pins(self, about: Widget | None) -> None:
        """A PIN that was refused is given anew, also one that was asked and the act then refused:
        nobody signs for what another changes. One that nobody looked at stays.
        """
        if self._has_asked or isinstance(about, PinField):
            for field in self.query(PinField):
                field.value = ""

    def _count_down(self) -> None:
        if self._seconds > 0 and self._is_open:
            self._seconds -= 1
            self._show_refused()
            if self._seconds == 0:
                self._show(None)

    def _show_refused(self) -> None:
        if self._refusal is None:
            return
        if self._seconds:
            waits = message("tui.app.wait", seconds=self._seconds)
            self._show(of_whom(self._refusal, waits))
            return
        line = self.query_one("#act-refusal", Plain)
        line.set_class(False, "-quiet")
        line.put(self.host.refusal_words(self._refusal))
        # A dialog may be taller than the terminal: why not must be seen all the same.
        self.call_after_refresh(line.scroll_visible, animate=False)

    def _show(self, what: Message | str | None) -> None:
        if what is None:
            self._refusal = None  # else it stood there again in another language
        line = self.query_one("#act-refusal", Plain)
        line.set_class(what is None, "-quiet")
        line.put(self.tr(what) if what else "")

    def refresh_texts(self) -> None:
        """The refusal in the other language."""
        if self._refusal is not None and self.is_mounted:
            self._show_refused()
